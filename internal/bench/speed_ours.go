package bench

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"time"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/internal/kernels"
	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

func oursName() string {
	return fmt.Sprintf("Credence (%s kernels, %s)", kernels.Active(), runtime.Version())
}

// ours prepares our side of a task: run does it n times and returns the seconds of one.
func (t SpeedTask) ours(threads int) (run func(n int) float64, err error) {
	rng := rand.New(rand.NewPCG(1, 2))
	net := nn.MLP(t.Sizes, nn.ReLU)
	x, y := mat.NewDense(t.Rows, t.Sizes[0], nil), mat.NewDense(t.Rows, 1, nil)
	for i := range t.Rows {
		for j := range t.Sizes[0] {
			x.Set(i, j, rng.NormFloat64())
		}
		y.Set(i, 0, math.Sin(3*x.At(i, 0)))
		if t.Classes {
			y.Set(i, 0, float64(rng.IntN(t.Sizes[len(t.Sizes)-1])))
		}
	}
	m := &bnn.Model{Net: net, Likelihood: bnn.GaussianNoise{SD: 0.1}}
	if t.Classes {
		m.Likelihood = bnn.Categorical{Classes: t.Sizes[len(t.Sizes)-1]}
	}
	if t.Draws == 0 {
		p := m.On(&data.Set{Name: "speed", X: x, Y: y})
		return func(n int) float64 { return stepSeconds(p, rng, n) }, p.Err()
	}
	theta := make([]float64, net.Dim())
	net.Init(theta, rng)
	if t.Predict {
		q := &bnn.Dropped{Net: net, Theta: theta, P: speedDrop}
		return func(n int) float64 {
			return timed(n, func() {
				if _, e := bnn.Predict(context.Background(), m, q, x, bnn.PredictOptions{Draws: t.Draws, Rand: rng, Workers: threads}); e != nil {
					panic(e)
				}
			})
		}, nil
	}
	f := newPassesOf(t, net, theta, x, threads)
	return func(n int) float64 { return timed(n, f.predict) }, nil
}

// stepSeconds fits n steps of Bayes by Backprop, one draw a batch, and returns the time
// of one: from the beginning of the first step, when Fit asks whether it should stop, to
// that of the last.
func stepSeconds(p *bnn.Problem, rng *rand.Rand, n int) float64 {
	w := &stepWatch{Context: context.Background()}
	if _, err := (bnn.VI{Steps: n + 1, Batch: p.Len(), Rate: 1e-3, OneDraw: true}).Fit(w, p, rng); err != nil {
		panic(err)
	}
	return w.last.Sub(w.first).Seconds() / float64(n)
}

// A stepWatch is a context that remembers when it was asked.
type stepWatch struct {
	context.Context
	first, last time.Time
}

// Err implements [context.Context].
func (w *stepWatch) Err() error {
	w.last = time.Now()
	if w.first.IsZero() {
		w.first = w.last
	}
	return nil
}

// passesOf makes the passes of MC dropout and their mean and variance, as the peers do:
// the whole network every time, with products for units that are dropped, too.
type passesOf struct {
	t         SpeedTask
	sites     []nn.Site
	x, theta  []float32
	rows      int
	workers   []*passWorker
	mean, m2  []float32
	perWorker int
}

type passWorker struct {
	tape    *nn.Tape[float32]
	rng     *rand.Rand
	masks   kernels.Rand
	w, z    []float32 // weights of the pass, and a mask
	sum, sq []float64
}

func newPassesOf(t SpeedTask, net nn.Net, theta []float64, x *mat.Dense, threads int) *passesOf {
	f := &passesOf{t: t, sites: net.Sites(), rows: 250, theta: make([]float32, len(theta)), perWorker: t.Draws / threads}
	for j, v := range theta {
		f.theta[j] = float32(v)
	}
	for _, v := range x.RawMatrix().Data {
		f.x = append(f.x, float32(v))
	}
	n := t.Rows * net.Out()
	for i := range threads {
		w := &passWorker{tape: nn.NewTape[float32](net, f.rows), rng: rand.New(rand.NewPCG(1, uint64(i))), w: slices.Clone(f.theta), z: make([]float32, net.Widest()),
			sum: make([]float64, n), sq: make([]float64, n)}
		w.masks.Seed(1, uint64(i))
		w.tape.Freeze(w.w)
		f.workers = append(f.workers, w)
	}
	f.mean, f.m2 = make([]float32, n), make([]float32, n)
	return f
}

func (f *passesOf) predict() {
	var wg sync.WaitGroup
	for _, w := range f.workers[1:] {
		wg.Go(func() { f.run(w) })
	}
	f.run(f.workers[0])
	wg.Wait()
	draws := float64(f.perWorker * len(f.workers))
	for i := range f.mean {
		sum, sq := 0.0, 0.0
		for _, w := range f.workers {
			sum, sq = sum+w.sum[i], sq+w.sq[i]
		}
		f.mean[i] = float32(sum / draws)
		f.m2[i] = float32((sq - sum*sum/draws) / (draws - 1))
	}
}

func (f *passesOf) run(w *passWorker) {
	clear(w.sum)
	clear(w.sq)
	in, out := f.t.Sizes[0], f.t.Sizes[len(f.t.Sizes)-1]
	perPass := f.t.Mask == "pass"
	var z nn.Noise[float32]
	if !perPass {
		z = nn.Noise[float32]{Drop: speedDrop, Rand: w.rng}
	}
	for range f.perWorker {
		if perPass {
			w.maskWeights(f)
		}
		for lo := 0; lo < f.t.Rows; lo += f.rows {
			y := w.tape.ForwardNoisy(w.w, f.x[lo*in:(lo+f.rows)*in], f.rows, z)
			if f.t.Classes {
				kernels.Softmax(y, y, out)
			}
			sum, sq := w.sum[lo*out:][:len(y)], w.sq[lo*out:][:len(y)]
			for i, v := range y {
				v := float64(v)
				sum[i] += v
				sq[i] += v * v
			}
		}
	}
}

// maskWeights draws a mask for all rows and puts it on the weights that leave each unit.
func (w *passWorker) maskWeights(f *passesOf) {
	for _, s := range f.sites {
		z := w.z[:s.Units]
		kernels.Masks(&w.masks, z, speedDrop, 1/(1-speedDrop))
		kernels.MulRows(w.w[s.Lo:s.Hi], f.theta[s.Lo:s.Hi], z)
	}
	w.tape.Freeze(w.w)
}

// MeasureFloor measures what the kernels reach on one thread: the best of many products
// of 192 × 256 and 256 × 512 numbers, and of many sums over 96 MB.
func MeasureFloor(ctx context.Context) (f SpeedFloor, err error) {
	rng := rand.New(rand.NewPCG(1, 2))
	fill := func(n int) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = rng.Float32()
		}
		return v
	}
	const m, n, k = 192, 512, 256
	a, b, c := fill(m*k), fill(k*n), fill(m*n)
	for range 200 {
		f.GFLOPS = max(f.GFLOPS, 2*m*n*k/1e9/timed(1, func() { kernels.MulAB(c, a, b, m, n, k) }))
	}
	big := 8 << 20
	x, y, z := fill(big), fill(big), fill(big)
	for range 20 {
		if err := ctx.Err(); err != nil {
			return f, err
		}
		f.GBs = max(f.GBs, float64(4*4*big)/1e9/timed(1, func() { kernels.AddTwice(x, y, z) })) // x in and out, y and z in
	}
	return f, nil
}
