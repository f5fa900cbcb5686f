package metrics_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/metrics"
)

// TestCRPSIsTheIntegral checks both closed forms against ∫ (F(t) − [y ≤ t])² dt.
func TestCRPSIsTheIntegral(t *testing.T) {
	integral := func(f func(float64) float64, y float64) (sum float64) {
		const h = 1e-4
		for t := -12.0; t < 12; t += h {
			d := f(t + h/2)
			if y <= t+h/2 {
				d--
			}
			sum += h * d * d
		}
		return sum
	}
	gauss := func(t float64) float64 { return 0.5 * math.Erfc((0.3-t)/(1.7*math.Sqrt2)) }
	sample := func(t float64) (f float64) {
		for _, d := range []float64{-1.3, 2.1, 0.4} {
			if d <= t {
				f += 1. / 3
			}
		}
		return f
	}
	for _, y := range []float64{-2.2, 0.3, 0.9, 4} {
		g, s := metrics.GaussianCRPS([]float64{y}, []float64{0.3}, []float64{1.7}), metrics.SampleCRPS([]float64{y}, [][]float64{{-1.3}, {2.1}, {0.4}})
		if want := integral(gauss, y); !(math.Abs(g-want) <= 2e-4) {
			t.Errorf("y = %v: Gaussian %v, integral %v", y, g, want)
		}
		if want := integral(sample, y); !(math.Abs(s-want) <= 2e-4) {
			t.Errorf("y = %v: sample %v, integral %v", y, s, want)
		}
	}
}

// TestFairCRPSIsFair checks that two draws give the Gaussian's score on average, and
// that the ensemble's own score is higher by E|d − d'|/(2S) = 1/(S√π).
func TestFairCRPSIsFair(t *testing.T) {
	const n = 200_000
	rng := rand.New(rand.NewPCG(3, 4))
	y, draws := make([]float64, n), [][]float64{make([]float64, n), make([]float64, n)}
	for i := range y {
		y[i], draws[0][i], draws[1][i] = 0.8, rng.NormFloat64(), rng.NormFloat64()
	}
	want := metrics.GaussianCRPS([]float64{0.8}, []float64{0}, []float64{1})
	if got := metrics.FairCRPS(y, draws); !(math.Abs(got-want) <= 0.01) {
		t.Errorf("fair %v, exact %v", got, want)
	}
	if got, want := metrics.SampleCRPS(y, draws), want+1/(2*math.Sqrt(math.Pi)); !(math.Abs(got-want) <= 0.01) {
		t.Errorf("ensemble %v, exact %v", got, want)
	}
}

// TestIntervalScoreIsProper checks that of all intervals the true quantiles score best.
func TestIntervalScoreIsProper(t *testing.T) {
	y := make([]float64, 1001) // uniform on [0, 1]
	for i := range y {
		y[i] = float64(i) / 1000
	}
	score := func(lo, hi float64) float64 {
		l, h := make([]float64, len(y)), make([]float64, len(y))
		for i := range y {
			l[i], h[i] = lo, hi
		}
		return metrics.IntervalScore(y, l, h, 0.2)
	}
	best := score(0.1, 0.9)
	for _, ends := range [][2]float64{{0.05, 0.9}, {0.15, 0.9}, {0.1, 0.85}, {0.1, 0.95}, {0, 1}, {0.2, 0.8}} {
		if s := score(ends[0], ends[1]); !(s > best) {
			t.Errorf("[%v, %v] scores %v, the quantiles %v", ends[0], ends[1], s, best)
		}
	}
}

func TestPIT(t *testing.T) {
	draws := [][]float64{{1, 1, 5}, {2, 2, 6}, {3, 2, 7}, {4, 3, nan}}
	got := metrics.SamplePIT([]float64{2.5, 2, 6}, draws)
	if got[0] != 0.5 || got[1] != 0.5 || !math.IsNaN(got[2]) {
		t.Errorf("got %v, want [0.5 0.5 NaN]", got)
	}
	// All rows at PIT 0.5: the shares are 0 below and 1 from there on, mean |·| = (0 + ¼ + ½ + ¼ + 0)/5.
	if got := metrics.QuantileCalibrationError([]float64{0.5, 0.5}, 5); got != 0.2 {
		t.Errorf("error %v, want 0.2", got)
	}
	if got := metrics.QuantileCalibrationError([]float64{0.5, nan}, 5); !math.IsNaN(got) {
		t.Errorf("error of NaN %v", got)
	}
}

func ExampleMAE() {
	fmt.Println(metrics.MAE([]float64{1, 2, 3, 4}, []float64{1, 2, 3, 6}))
	// Output: 0.5
}

func ExampleDrawsNLL() {
	// Row 0 is likely under the first draw, row 1 under the second.
	logp := [][]float64{{math.Log(0.75), math.Log(0.25)}, {math.Log(0.25), math.Log(0.75)}}
	fmt.Printf("%.4f\n", metrics.DrawsNLL(logp)) // −ln ½ for both
	// Output: 0.6931
}

func ExampleGaussianCRPS() {
	// With no width the score is the absolute error; a fitting width makes it smaller.
	y, mean := []float64{3}, []float64{1}
	for _, sd := range []float64{1e-9, 2, 20} {
		fmt.Printf("sd %-5.3g %.3f\n", sd, metrics.GaussianCRPS(y, mean, []float64{sd}))
	}
	// Output:
	// sd 1e-09 2.000
	// sd 2     1.205
	// sd 20    4.754
}

func ExampleSampleCRPS() {
	draws := [][]float64{{1}, {3}} // two draws for one row
	fmt.Println(metrics.SampleCRPS([]float64{2}, draws), metrics.FairCRPS([]float64{2}, draws))
	// Output: 0.5 0
}

func ExampleIntervalScore() {
	lo, hi := []float64{0}, []float64{4}
	fmt.Println(metrics.IntervalScore([]float64{3}, lo, hi, 0.1)) // inside: the width
	fmt.Println(metrics.IntervalScore([]float64{5}, lo, hi, 0.1)) // 1 above: 2/0.1 more
	// Output:
	// 4
	// 24
}

func ExampleQuantileCalibrationError() {
	y, mean := []float64{-1.2, -0.5, -0.1, 0.2, 0.4, 1.3}, make([]float64, 6)
	for _, sd := range []float64{0.1, 0.8, 10} {
		pit := metrics.GaussianPIT(y, mean, []float64{sd, sd, sd, sd, sd, sd})
		fmt.Printf("sd %-4v %.2f\n", sd, metrics.QuantileCalibrationError(pit, 100))
	}
	// Output:
	// sd 0.1  0.21
	// sd 0.8  0.05
	// sd 10   0.22
}

func ExampleSamplePIT() {
	draws := [][]float64{{1}, {2}, {3}, {4}}
	fmt.Println(metrics.SamplePIT([]float64{3.5}, draws))
	// Output: [0.75]
}
