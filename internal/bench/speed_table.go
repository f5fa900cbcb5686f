package bench

import (
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/credence-bnn/credence/pkg/bnn/metrics"
)

// SpeedKey is the job of one row with so many threads a side.
func SpeedKey(t SpeedTask, threads int) string {
	if threads == 1 {
		return t.Name + ", 1 thread"
	}
	return fmt.Sprintf("%s, %d threads", t.Name, threads)
}

// WriteSpeed writes the stored rows as Markdown: our median time, the fastest peer's, and
// how many times longer it takes, with a 95 % bootstrap interval over the rounds; then
// all sides. The floor is what one thread of this machine cannot beat. With cpu, times are
// those of the processor, which others at work on the machine disturb less.
func WriteSpeed(w io.Writer, r *Result[SpeedRow], threads []int, cpu bool) error {
	var b strings.Builder
	of := func(s SpeedSide) []float64 {
		if cpu {
			return s.CPU
		}
		return s.US
	}
	if cpu {
		fmt.Fprint(&b, "Times are those of the processor, summed over threads.\n\n")
	}
	stored := func(n int) bool {
		return slices.ContainsFunc(SpeedTasks(), func(t SpeedTask) bool { _, ok := r.Rows[SpeedKey(t, n)]; return ok })
	}
	for _, n := range threads {
		if !stored(n) {
			continue
		}
		fmt.Fprintf(&b, "### One step, or one prediction; %d thread(s) a side\n\n", n)
		fmt.Fprint(&b, "| work | ours (µs) | fastest peer (µs) | ratio | 95 % interval | floor (µs) |\n|---|---|---|---|---|---|\n")
		for _, t := range SpeedTasks() {
			row, ok := r.Rows[SpeedKey(t, n)]
			if !ok || len(row.Sides) == 0 {
				continue
			}
			peer, ratio, interval := "–", "–", "–"
			if best := fastest(row.Sides[1:], of); best != nil {
				lo, hi := ratioInterval(of(row.Sides[0]), of(*best))
				peer = fmt.Sprintf("%.4g, %s", Median(of(*best)), best.Name)
				ratio, interval = fmt.Sprintf("%.3g", Median(of(*best))/Median(of(row.Sides[0]))), fmt.Sprintf("%.3g to %.3g", lo, hi)
			}
			least := "–"
			if n == 1 {
				least = fmt.Sprintf("%.3g", row.Floor.US(t))
			}
			fmt.Fprintf(&b, "| %s | %.4g | %s | %s | %s | %s |\n", t.Name, Median(of(row.Sides[0])), peer, ratio, interval, least)
		}
		fmt.Fprintln(&b)
	}
	fmt.Fprint(&b, "### All sides\n\n| work | side | median (µs) | products (MFLOP) | ratio to ours | 95 % interval |\n|---|---|---|---|---|---|\n")
	for _, n := range threads {
		for _, t := range SpeedTasks() {
			row, ok := r.Rows[SpeedKey(t, n)]
			if !ok {
				continue
			}
			for i, s := range row.Sides {
				ratio := "–"
				interval := "–"
				if i > 0 {
					lo, hi := ratioInterval(of(row.Sides[0]), of(s))
					ratio, interval = fmt.Sprintf("%.3g", Median(of(s))/Median(of(row.Sides[0]))), fmt.Sprintf("%.3g to %.3g", lo, hi)
				}
				fmt.Fprintf(&b, "| %s | %s | %.4g | %.4g | %s | %s |\n", SpeedKey(t, n), s.Name, Median(of(s)), s.Flop/1e6, ratio, interval)
			}
		}
	}
	absent := map[string]string{}
	var gflops, gbs []float64
	for _, row := range r.Rows {
		gflops, gbs = append(gflops, row.Floor.GFLOPS), append(gbs, row.Floor.GBs)
		for name, why := range row.Absent {
			absent[name] = why
		}
	}
	if len(gflops) > 0 {
		fmt.Fprintf(&b, "\nMeasured on one thread by our kernels before each row, median of %d: matrix product %.3g GFLOP/s in float32, memory %.3g GB/s. The\n"+
			"floor of a row is its products at the rate measured then, and for a step 64 bytes a parameter at the bandwidth.\n", len(gflops), Median(gflops), Median(gbs))
	}
	for _, name := range slices.Sorted(maps.Keys(absent)) {
		fmt.Fprintf(&b, "\nNot in some rows: %s (%s).\n", name, absent[name])
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Ahead returns the ratio of the fastest peer's median time to ours, and the lower end of
// its interval.
func (r SpeedRow) Ahead() (ratio, lo float64) {
	of := func(s SpeedSide) []float64 { return s.US }
	ours, best := r.Sides[0].US, fastest(r.Sides[1:], of).US
	lo, _ = ratioInterval(ours, best)
	return Median(best) / Median(ours), lo
}

// fastest returns the side with the least median time, or nil.
func fastest(sides []SpeedSide, of func(SpeedSide) []float64) *SpeedSide {
	var best *SpeedSide
	for i := range sides {
		if best == nil || Median(of(sides[i])) < Median(of(*best)) {
			best = &sides[i]
		}
	}
	return best
}

// ratioInterval returns a 95 % bootstrap interval of the ratio of medians, theirs to
// ours, over the rounds, in which both sides took turns.
func ratioInterval(ours, theirs []float64) (lo, hi float64) {
	pick := func(us []float64, rounds []int) float64 {
		v := make([]float64, len(rounds))
		for i, r := range rounds {
			v[i] = us[r]
		}
		return Median(v)
	}
	return metrics.Bootstrap(min(len(ours), len(theirs)), 2000, rand.New(rand.NewPCG(1, 2)), func(rounds []int) float64 {
		return pick(theirs, rounds) / pick(ours, rounds)
	})
}
