package bench

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strconv"
	"time"

	"github.com/credence-bnn/credence/internal/proc"
)

// A SpeedTask is one row of the comparison: training steps or passes of a dense network
// with rectified units.
type SpeedTask struct {
	Name    string
	Sizes   []int
	Rows    int  // of the batch, or of the input of the passes
	Total   int  // N; 0 for passes
	Classes bool // cross-entropy; else Gaussian noise with sd 0.1
	Mask    string
	Draws   int // passes; 0 for a step
	Predict bool
}

const speedDrop = 0.1

// SpeedTasks returns all rows. MC dropout is timed with one mask per pass and with one
// per example; bnn.Predict, which computes the first layer once, has rows of its own.
func SpeedTasks() []SpeedTask {
	line, digits := []int{1, 50, 50, 1}, []int{784, 400, 400, 10}
	tasks := []SpeedTask{
		{Name: "step 1-50-50-1, batch 32", Sizes: line, Rows: 32, Total: 200},
		{Name: "step 1-50-50-1, batch 200", Sizes: line, Rows: 200, Total: 200},
		{Name: "step 13-50-1, batch 32", Sizes: []int{13, 50, 1}, Rows: 32, Total: 455},
		{Name: "step 784-400-400-10, batch 128", Sizes: digits, Rows: 128, Total: 60000, Classes: true},
	}
	for _, net := range []struct {
		name    string
		sizes   []int
		classes bool
	}{{"1,000 points, 1-50-50-1", line, false}, {"1,000 digits, 784-400-400-10", digits, true}} {
		for _, mask := range []string{"pass", "example"} {
			tasks = append(tasks, SpeedTask{Name: "100 passes, " + net.name + ", a mask per " + mask, Sizes: net.sizes, Rows: 1000, Classes: net.classes, Mask: mask, Draws: 100})
		}
		tasks = append(tasks, SpeedTask{Name: "100 draws, " + net.name + ", by Predict", Sizes: net.sizes, Rows: 1000, Classes: net.classes, Mask: "pass", Draws: 100, Predict: true})
	}
	return tasks
}

// Args returns the task as the peers take it.
func (t SpeedTask) Args(threads int) []string {
	sizes := ""
	for i, s := range t.Sizes {
		if i > 0 {
			sizes += ","
		}
		sizes += strconv.Itoa(s)
	}
	args := []string{"--kind", "step", "--sizes", sizes, "--rows", strconv.Itoa(t.Rows), "--total", strconv.Itoa(t.Total), "--threads", strconv.Itoa(threads)}
	if t.Draws > 0 {
		args[1] = "passes"
		args = append(args, "--mask", t.Mask, "--draws", strconv.Itoa(t.Draws), "--drop", fmt.Sprint(speedDrop))
	}
	if t.Classes {
		args = append(args, "--classes")
	}
	if t.Predict { // which computes the first layer once
		args = append(args, "--reuse")
	}
	return args
}

// Flop returns the floating-point operations of the task's matrix products: forward, and
// for a step twice that backward but for the gradient of the input.
func (t SpeedTask) Flop() float64 {
	forward := 0
	for l, in := range t.Sizes[:len(t.Sizes)-1] {
		forward += 2 * t.Rows * in * t.Sizes[l+1]
	}
	first := 2 * t.Rows * t.Sizes[0] * t.Sizes[1]
	switch {
	case t.Predict:
		return float64(t.Draws*(forward-first) + first)
	case t.Draws > 0:
		return float64(t.Draws * forward)
	}
	return float64(3*forward - first)
}

// Parameters returns the number of weights and biases.
func (t SpeedTask) Parameters() int {
	n := 0
	for l, in := range t.Sizes[:len(t.Sizes)-1] {
		n += (in + 1) * t.Sizes[l+1]
	}
	return n
}

// Bytes returns what a step must read and write at least, in float32: μ, ρ and four
// running means in and out, θ and the gradient out and in. Passes keep their weights in
// the caches.
func (t SpeedTask) Bytes() float64 {
	if t.Draws > 0 {
		return 0
	}
	return float64(16 * 4 * t.Parameters())
}

// A SpeedSide is one program's part in a row.
type SpeedSide struct {
	Name string    `json:"name"`          // with version and kernel, as it says itself
	Flop float64   `json:"flop"`          // of the matrix products, as it counts itself
	US   []float64 `json:"us,omitempty"`  // microseconds a call, by round
	CPU  []float64 `json:"cpu,omitempty"` // microseconds of the processor a call, by round
}

// Median returns the middle of v, or the mean of the two in the middle.
func Median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}

// A SpeedRow is a row with all its sides, ours first.
type SpeedRow struct {
	Floor  SpeedFloor        `json:"floor"`
	Sides  []SpeedSide       `json:"sides"`
	Absent map[string]string `json:"absent,omitempty"` // peers that could not run, and why
}

// A SpeedFloor is what this machine can do, measured by our kernels beside each row.
type SpeedFloor struct {
	GFLOPS float64 `json:"gflops"` // matrix product, float32, one thread, best of many
	GBs    float64 `json:"gbs"`    // a = a + b + c on arrays beyond the caches, one thread, best of many
}

// US returns the least time of a task on one thread, in microseconds.
func (f SpeedFloor) US(t SpeedTask) float64 {
	return t.Flop()/(f.GFLOPS*1e3) + t.Bytes()/(f.GBs*1e3)
}

// ServeSpeed is our side of the conversation with the clock, the one of
// bench/peers/common.py: it prints who it is, and then for every line with a number of
// milliseconds works that long and prints the microseconds of one call.
func ServeSpeed(t SpeedTask, threads int, in io.Reader, out io.Writer) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(threads))
	run, err := t.ours(threads)
	if err != nil {
		return err
	}
	run(3)
	each := max(run(2), 1e-7)
	enc := json.NewEncoder(out)
	if err := enc.Encode(SpeedSide{Name: oursName(), Flop: t.Flop()}); err != nil {
		return err
	}
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		ms, err := strconv.ParseFloat(lines.Text(), 64)
		if err != nil {
			return err
		}
		n, cpu := max(1, int(ms/1e3/each)), proc.CPUSeconds()
		each = run(n)
		if err := enc.Encode(speedRound{each * 1e6, (proc.CPUSeconds() - cpu) / float64(n) * 1e6}); err != nil {
			return err
		}
	}
	return lines.Err()
}

// A speedRound is what a side says after its turn, in microseconds a call.
type speedRound struct {
	US  float64 `json:"us"`
	CPU float64 `json:"cpu"`
}

// timed returns the seconds of one of n calls.
func timed(n int, call func()) float64 {
	begin := time.Now()
	for range n {
		call()
	}
	return time.Since(begin).Seconds() / float64(n)
}
