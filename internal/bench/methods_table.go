package bench

import (
	"fmt"
	"io"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/credence-bnn/credence/pkg/bnn"
)

// stored counts the numbers that a posterior has to keep.
func stored(p bnn.Posterior) int {
	switch p := p.(type) {
	case *bnn.Gaussian:
		return len(p.Mu) + len(p.Sigma)
	case *bnn.Dropped:
		return len(p.Theta) + len(p.Net.Sites())
	case bnn.Finite:
		return p.Len() * len(p.At(0))
	case *bnn.LaplacePosterior:
		n := len(p.Mode) + len(p.SD)
		if p.Root != nil { // a triangle
			d, _ := p.Root.Dims()
			n += d * (d + 1) / 2
		}
		return n
	}
	return 0
}

// circle returns n points at the given distance from the middle of the moons.
func circle(radius float64, n int) *mat.Dense {
	x := mat.NewDense(n, 2, nil)
	for i := range n {
		a := 2 * math.Pi * float64(i) / float64(n)
		x.SetRow(i, []float64{0.5 + radius*math.Cos(a), 0.25 + radius*math.Sin(a)})
	}
	return x
}

func mean(v []float64) float64 { return stat.Mean(v, nil) }

// WriteMethods writes a Markdown table for each task: the mean over seeds of every
// column, with the standard deviation over seeds behind the log likelihood, and
// in-between doubt as a ratio to that of HMC.
func WriteMethods(w io.Writer, r *Result[MethodRow], tasks []string, methods []Contestant, seeds []uint64) error {
	for _, task := range tasks {
		head := "| method | log likelihood | coverage of 95 % | epistemic sd on data | in the gap | gap / HMC's gap | seconds | parameters |"
		if task == "two moons" {
			head = "| method | log likelihood | ECE | entropy on data | far away | far / HMC's far | seconds | parameters |"
		}
		if _, err := fmt.Fprintf(w, "\n**%s**, mean over %d seeds (± sd over seeds)\n\n%s\n|---|---|---|---|---|---|---|---|\n", task, len(seeds), head); err != nil {
			return err
		}
		column := func(method string, of func(MethodRow) float64) []float64 {
			var v []float64
			for _, s := range seeds {
				if row, ok := r.Rows[Key(task, method, s)]; ok {
					v = append(v, of(row))
				}
			}
			return v
		}
		reference := mean(column("HMC", func(r MethodRow) float64 { return r.Between }))
		for _, m := range methods {
			lp := column(m.Name, func(r MethodRow) float64 { return r.LogProb })
			if len(lp) == 0 {
				continue
			}
			of := func(f func(MethodRow) float64) float64 { return mean(column(m.Name, f)) }
			between := of(func(r MethodRow) float64 { return r.Between })
			if _, err := fmt.Fprintf(w, "| %s | %.3f ± %.3f | %.3f | %.3f | %.3f | %.2f | %.1f | %.0f |\n", m.Name, mean(lp), stat.PopStdDev(lp, nil),
				of(func(r MethodRow) float64 { return r.Calibration }), of(func(r MethodRow) float64 { return r.On }), between, between/reference,
				of(func(r MethodRow) float64 { return r.Seconds }), of(func(r MethodRow) float64 { return float64(r.Parameters) })); err != nil {
				return err
			}
		}
	}
	return nil
}
