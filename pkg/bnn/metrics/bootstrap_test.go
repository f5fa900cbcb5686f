package metrics_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/metrics"
)

// The wanted intervals were printed by SciPy 1.17.1, bootstrap(method="percentile",
// n_resamples=200000): its own chance and ours stay below the tolerance.
func TestBootstrapOthers(t *testing.T) {
	y, mean, _, draws := predicted()
	at := func(v []float64, rows []int) (picked []float64) {
		for _, i := range rows {
			picked = append(picked, v[i])
		}
		return picked
	}
	const n = 20_000
	rng := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct {
		name         string
		tol          float64
		wantLo, high float64
		score        func(rows []int) float64
	}{
		{"mean", 0.015, -0.1488, 0.4976, func(rows []int) float64 { return avg(at(y, rows)) }},
		{"SD", 0.008, 0.8782, 1.1721, func(rows []int) float64 {
			v := at(y, rows)
			m := make([]float64, len(v))
			for i := range m {
				m[i] = avg(v)
			}
			return metrics.RMSE(v, m)
		}},
	} {
		lo, hi := metrics.Bootstrap(len(y), n, rng, c.score)
		if !(math.Abs(lo-c.wantLo) <= c.tol && math.Abs(hi-c.high) <= c.tol) {
			t.Errorf("%s: got [%.4f, %.4f], SciPy [%.4f, %.4f]", c.name, lo, hi, c.wantLo, c.high)
		}
	}
	mae := func(p []float64) func([]int) float64 {
		return func(rows []int) float64 { return metrics.MAE(at(y, rows), at(p, rows)) }
	}
	lo, hi := metrics.PairedBootstrap(len(y), n, rng, mae(mean), mae(draws[0]))
	if !(math.Abs(lo+0.3065) <= 0.008 && math.Abs(hi+0.0059) <= 0.008) {
		t.Errorf("paired: got [%.4f, %.4f], SciPy [-0.3065, -0.0059]", lo, hi)
	}
	lo, hi = metrics.Bootstrap(2, 50, rng, func(rows []int) float64 { // sometimes both rows are row 0
		return metrics.AUROC(at([]float64{0, 1}, rows), []bool{rows[0] == 1, rows[1] == 1})
	})
	if !math.IsNaN(lo) || !math.IsNaN(hi) {
		t.Errorf("a score that is NaN for some samples: [%v, %v]", lo, hi)
	}
	if lo, hi := metrics.Bootstrap(3, 1, rng, func(rows []int) float64 { return float64(len(rows)) }); lo != 3 || hi != 3 {
		t.Errorf("one draw: [%v, %v]", lo, hi)
	}
}

func avg(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

func ExampleBootstrap() {
	right := make([]float64, 100) // 90 of 100 answers are right
	for i := range 90 {
		right[i] = 1
	}
	accuracy := func(rows []int) (share float64) {
		for _, i := range rows {
			share += right[i] / float64(len(rows))
		}
		return share
	}
	lo, hi := metrics.Bootstrap(100, 2000, rand.New(rand.NewPCG(1, 2)), accuracy)
	fmt.Printf("90 %% right, 95 %% interval %.0f to %.0f %%\n", 100*lo, 100*hi)
	// Output: 90 % right, 95 % interval 84 to 95 %
}

func ExamplePairedBootstrap() {
	// Model b is a little worse on every row, whatever the row is like.
	hard := []float64{0.1, 2.5, 0.4, 1.9, 0.2, 3.1, 0.7, 1.2}
	mean := func(extra float64) func(rows []int) float64 {
		return func(rows []int) (m float64) {
			for _, i := range rows {
				m += (hard[i]*(1+extra) + extra) / float64(len(rows))
			}
			return m
		}
	}
	lo, hi := metrics.PairedBootstrap(8, 2000, rand.New(rand.NewPCG(1, 2)), mean(0), mean(0.1))
	fmt.Println("a is better:", lo < 0 && hi < 0)
	// Output: a is better: true
}
