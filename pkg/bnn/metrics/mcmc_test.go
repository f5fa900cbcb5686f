package metrics_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/metrics"
)

// walk is an autoregressive chain on a congruential generator, so that any language
// makes the same numbers: x ← phi x + u, u ∈ [−½, ½), draw = mean + sd x, rounded down
// to multiples of 1/digits unless that is 0.
func walk(seed, n int, phi, mean, sd, digits float64) []float64 {
	x, draws := 0.0, make([]float64, n)
	for i := range draws {
		seed = (1103515245*seed + 12345) % (1 << 31)
		x = phi*x + (float64(seed)/(1<<31) - 0.5)
		draws[i] = mean + sd*x
		if digits > 0 {
			draws[i] = math.Floor(draws[i]*digits) / digits
		}
	}
	return draws
}

// walks is one chain for each seed; apart and wider are for seed 4.
func walks(n int, phi, mean, apart, wider, digits float64, seeds ...int) (draws [][]float64) {
	for _, s := range seeds {
		m, sd := mean, 1.0
		if s == 4 {
			m, sd = mean+apart, 1+wider
		}
		draws = append(draws, walk(s, n, phi, m, sd, digits))
	}
	return draws
}

// The wanted numbers were printed by Python's ArviZ 0.23.4 (rhat(method="rank"),
// ess(method="bulk"), "tail" and "mean") on the same chains.
func TestAgreesWithArviZ(t *testing.T) {
	for name, c := range map[string]struct {
		draws                 [][]float64
		rHat, bulk, tail, ess float64
	}{
		"independent":     {walks(200, 0, 0, 0, 0, 0, 1, 2, 3, 4), 0.9985487610846057, 750.6223168011436, 768.6166431404718, 773.5506466845143},
		"slow":            {walks(500, 0.9, 0, 0, 0, 0, 1, 2, 3, 4), 1.0189851160405274, 134.7078332355111, 288.3633218908031, 134.0635173794587},
		"one apart":       {walks(200, 0.5, 0, 0.3, 0, 0, 1, 2, 3, 4), 1.0571472086620153, 131.65018988397426, 380.1814076709966, 136.25888217111535},
		"one wider":       {walks(200, 0, 0, 0, 2, 0, 1, 2, 3, 4), 1.166023754731326, 919.2806021288237, 28.783633578594575, 929.9806628905097},
		"antithetic, odd": {walks(301, -0.7, 2, 0, 0, 0, 5, 6, 7), 1.0030305686220982, 2658.8182584953925, 802.484067216409, 2658.8182584953925},
		"ties":            {walks(150, 0.6, 0, 0, 0, 4, 8, 9), 1.0189640634163448, 91.79947407661032, 127.10377827370803, 90.5853108820984},
		"one chain":       {walks(400, 0.3, 0, 0, 0, 0, 1), 1.0121328093030584, 178.6892526349593, 195.9655157160174, 186.13352865213963},
	} {
		for what, v := range map[string][2]float64{
			"R̂": {metrics.RHat(c.draws), c.rHat}, "bulk ESS": {metrics.BulkESS(c.draws), c.bulk},
			"tail ESS": {metrics.TailESS(c.draws), c.tail}, "ESS": {metrics.ESS(c.draws), c.ess},
		} {
			if !(math.Abs(v[0]-v[1]) <= 1e-9*v[1]) {
				t.Errorf("%s: %s = %v, ArviZ says %v", name, what, v[0], v[1])
			}
		}
	}
}

// An autoregressive chain x ← φ x + noise has ESS/S = (1 − φ)/(1 + φ).
func TestESSOfAutoregression(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, phi := range []float64{-0.4, 0, 0.5, 0.9} {
		draws := make([][]float64, 4)
		for c := range draws {
			x := rng.NormFloat64() / math.Sqrt(1-phi*phi)
			for range 20000 {
				x = phi*x + rng.NormFloat64()
				draws[c] = append(draws[c], x)
			}
		}
		want := 80000 * (1 - phi) / (1 + phi)
		for what, got := range map[string]float64{"ESS": metrics.ESS(draws), "bulk ESS": metrics.BulkESS(draws)} {
			if !(math.Abs(got-want) <= 0.1*want) {
				t.Errorf("φ = %v: %s %.0f, want %.0f within 10 %%", phi, what, got, want)
			}
		}
		if r := metrics.RHat(draws); !(math.Abs(r-1) < 0.005) {
			t.Errorf("φ = %v: R̂ = %v", phi, r)
		}
	}
}

func TestOddChains(t *testing.T) {
	same := [][]float64{{3, 3, 3, 3}, {3, 3, 3, 3}}
	if !math.IsNaN(metrics.RHat(same)) || metrics.BulkESS(same) != 8 || metrics.TailESS(same) != 8 {
		t.Errorf("constant draws: R̂ %v, bulk ESS %v, tail ESS %v; want NaN, 8, 8", metrics.RHat(same), metrics.BulkESS(same), metrics.TailESS(same))
	}
	bad := [][]float64{{1, 2, nan, 4, 5}, {5, 4, 3, 2, 1}}
	for name, f := range map[string]func([][]float64) float64{"RHat": metrics.RHat, "BulkESS": metrics.BulkESS, "TailESS": metrics.TailESS, "ESS": metrics.ESS} {
		if v := f(bad); !math.IsNaN(v) {
			t.Errorf("%s of draws with a NaN = %v", name, v)
		}
		for what, draws := range map[string][][]float64{"no chains": nil, "3 draws": {{1, 2, 3}}, "unequal": {{1, 2, 3, 4}, {1, 2, 3, 4, 5}}} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%s of %s does not panic", name, what)
					}
				}()
				f(draws)
			}()
		}
	}
}

func chainsAround(means ...float64) (draws [][]float64) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, m := range means {
		c := make([]float64, 1000)
		for i := range c {
			c[i] = m + rng.NormFloat64()
		}
		draws = append(draws, c)
	}
	return draws
}

func ExampleRHat() {
	fmt.Printf("agree     %.2f\n", metrics.RHat(chainsAround(0, 0, 0, 0)))
	fmt.Printf("disagree  %.2f\n", metrics.RHat(chainsAround(0, 0, 0, 3)))
	// Output:
	// agree     1.00
	// disagree  1.48
}

func ExampleBulkESS() {
	draws := chainsAround(0, 0)
	repeated := make([][]float64, 2) // every draw ten times
	for c, ch := range draws {
		for _, v := range ch {
			for range 10 {
				repeated[c] = append(repeated[c], v)
			}
		}
	}
	fmt.Println("ten times the draws are worth ten times as much:", metrics.BulkESS(repeated) > 5*metrics.BulkESS(draws))
	// Output: ten times the draws are worth ten times as much: false
}

func ExampleTailESS() {
	draws := [][]float64{{1, 4, 2, 8, 5, 7, 3, 6}, {3, 1, 8, 2, 6, 4, 7, 5}}
	fmt.Println(metrics.TailESS(draws) > 0)
	// Output: true
}

func ExampleESS() {
	draws := chainsAround(0, 0, 0, 0) // 4000 independent draws
	fmt.Printf("standard error of their mean: %.3f\n", 1/math.Sqrt(metrics.ESS(draws)))
	// Output: standard error of their mean: 0.016
}
