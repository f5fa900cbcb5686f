package bench

import (
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// The counts of the two large rows, by hand.
func TestSpeedCounts(t *testing.T) {
	for _, task := range SpeedTasks() {
		want := 0.0
		switch task.Name {
		case "step 784-400-400-10, batch 128": // 2·128·(784·400 + 400·400 + 400·10) three times, less the first layer's once
			want = 3*2*128*(313600+160000+4000) - 2*128*313600
		case "100 passes, 1,000 digits, 784-400-400-10, a mask per pass":
			want = 100 * 2 * 1000 * (313600 + 160000 + 4000)
		default:
			continue
		}
		if task.Flop() != want {
			t.Errorf("%s: %v, want %v", task.Name, task.Flop(), want)
		}
		if task.Parameters() != 478410 {
			t.Errorf("%s: %d parameters, want 478410", task.Name, task.Parameters())
		}
	}
}

// Sides take turns and are stored by round; one that cannot run is absent, with the last
// thing it said.
func TestSpeedSidesTakeTurns(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell")
	}
	side := func(name, script string) SpeedCommand {
		return SpeedCommand{Name: name, Argv: func(SpeedTask, int) []string { return []string{sh, "-c", script} }}
	}
	answer := `echo '{"name":"NAME","flop":1}'; while read ms; do echo noise; echo '{"us":'$ms',"cpu":2}'; done`
	row, err := RunSpeed(t.Context(), SpeedTasks()[0], 1, 3, 7, []SpeedCommand{
		side("ours", strings.Replace(answer, "NAME", "ours", 1)), side("peer", strings.Replace(answer, "NAME", "peer 1.0", 1)),
		side("missing", "echo first >&2; echo no such module >&2; exit 1"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(row.Sides) != 2 || row.Sides[1].Name != "peer 1.0" || len(row.Sides[1].US) != 3 || row.Sides[1].US[2] != 7 || row.Sides[0].CPU[0] != 2 {
		t.Errorf("sides %+v", row.Sides)
	}
	if !strings.Contains(row.Absent["missing"], "no such module") {
		t.Errorf("absent %v", row.Absent)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := RunSpeed(ctx, SpeedTasks()[0], 1, 1, 7, []SpeedCommand{side("sleeper", "sleep 60")}); err == nil {
		t.Error("no error from a side that was stopped")
	}
}

// Our side serves every kind of row, and the table names the faster peer.
func TestSpeedServesAndWrites(t *testing.T) {
	r := &Result[SpeedRow]{Rows: map[string]SpeedRow{}}
	for _, i := range []int{2, 4, 5, 6} {
		task := SpeedTasks()[i]
		task.Draws /= 20
		var out strings.Builder
		if err := ServeSpeed(task, 1, strings.NewReader("1\n1\n"), &out); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(out.String(), `"us":`); n != 2 {
			t.Errorf("%s: %d answers to 2 lines:\n%s", task.Name, n, out.String())
		}
		r.Rows[SpeedKey(SpeedTasks()[i], 1)] = SpeedRow{Floor: SpeedFloor{GFLOPS: 100, GBs: 10}, Sides: []SpeedSide{{Name: "ours", US: []float64{2, 2, 2}},
			{Name: "slow", US: []float64{9, 9, 9}}, {Name: "quick", US: []float64{5, 5, 5}}}}
	}
	var b strings.Builder
	if err := WriteSpeed(&b, r, []int{1}, false); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "| step 13-50-1, batch 32 | 2 | 5, quick | 2.5 | 2.5 to 2.5 | 5.73 |") {
		t.Error(b.String())
	}
}

func BenchmarkSpeed(b *testing.B) {
	for _, t := range SpeedTasks() {
		b.Run(t.Name, func(b *testing.B) {
			run, err := t.ours(1)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			seconds := run(b.N)
			b.ReportMetric(t.Flop()/seconds/1e9, "GFLOP/s")
		})
	}
}
