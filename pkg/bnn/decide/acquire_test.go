package decide_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/decide"
)

// TestThreeKinds is the comparison of Gal, Uncertainty in Deep Learning, 2016, section
// 3.3.1: draws that are sure and agree, draws that agree on a fair coin, and draws that
// are sure and contradict each other. Only the last row can be learned about.
func TestThreeKinds(t *testing.T) {
	d := decide.NewDraws(3, 2)
	for s := range 10 {
		p := float64(s % 2)
		d.Add([]float64{1, 0, 0.5, 0.5, p, 1 - p})
	}
	for name, c := range map[string]struct{ got, want []float64 }{
		"max entropy":      {d.MaxEntropy(), []float64{0, math.Ln2, math.Ln2}},
		"BALD":             {d.BALD(), []float64{0, 0, math.Ln2}},
		"variation ratios": {d.VariationRatios(), []float64{0, 0.5, 0.5}},
		"mean SD":          {d.MeanSD(), []float64{0, 0, 0.5}},
	} {
		for i, v := range c.got {
			if !(math.Abs(v-c.want[i]) <= 1e-15) {
				t.Errorf("%s, row %d: %v, want %v", name, i, v, c.want[i])
			}
		}
	}
}

// TestByDefinition checks the streaming sums against the definitions on all draws.
func TestByDefinition(t *testing.T) {
	const draws, rows, classes = 37, 5, 4
	rng := rand.New(rand.NewPCG(7, 8))
	all := make([][]float64, draws)
	d := decide.NewDraws(rows, classes)
	for s := range all {
		all[s] = make([]float64, rows*classes)
		for i := range rows {
			sum := 0.0
			for c := range classes {
				all[s][i*classes+c] = rng.ExpFloat64()
				sum += all[s][i*classes+c]
			}
			for c := range classes {
				all[s][i*classes+c] /= sum
			}
		}
		d.Add(all[s])
	}
	h := func(p []float64) (h float64) {
		for _, v := range p {
			h -= v * math.Log(v)
		}
		return h
	}
	for i := range rows {
		mean, inner, sd, most := make([]float64, classes), 0.0, 0.0, 0.0
		for _, p := range all {
			inner += h(p[i*classes:(i+1)*classes]) / draws
			for c := range mean {
				mean[c] += p[i*classes+c] / draws
			}
		}
		for c, m := range mean {
			v := 0.0
			for _, p := range all {
				v += (p[i*classes+c] - m) * (p[i*classes+c] - m) / draws
			}
			sd += math.Sqrt(v) / classes
			most = max(most, m)
		}
		for name, c := range map[string][2]float64{
			"max entropy": {d.MaxEntropy()[i], h(mean)}, "BALD": {d.BALD()[i], h(mean) - inner},
			"variation ratios": {d.VariationRatios()[i], 1 - most}, "mean SD": {d.MeanSD()[i], sd},
		} {
			if !(math.Abs(c[0]-c[1]) <= 1e-14) {
				t.Errorf("%s, row %d: %v, want %v", name, i, c[0], c[1])
			}
		}
	}
}

func TestAcquireNaN(t *testing.T) {
	before, d := decide.NewDraws(1, 2), decide.NewDraws(2, 2)
	d.Add([]float64{0.5, 0.5, 1, 0})
	d.Add([]float64{nan, 0.5, 0, 1})
	for name, f := range map[string]func(*decide.Draws) []float64{"MaxEntropy": (*decide.Draws).MaxEntropy, "BALD": (*decide.Draws).BALD,
		"VariationRatios": (*decide.Draws).VariationRatios, "MeanSD": (*decide.Draws).MeanSD} {
		if !math.IsNaN(f(before)[0]) || !math.IsNaN(f(d)[0]) || !(f(d)[1] >= 0.5) {
			t.Errorf("%s: %v before a draw, %v with a NaN in the first row", name, f(before), f(d))
		}
	}
	if n := testing.AllocsPerRun(10, func() { d.Add([]float64{0.5, 0.5, 1, 0}[:]) }); n > 0 {
		t.Errorf("Add allocates %v times", n)
	}
}

func ExampleConformalQuantile() {
	// The largest of nine residuals bounds the next one with probability at least 0.9.
	y := []float64{1.1, 2.3, 2.9, 4.2, 5.0, 5.7, 7.4, 8.1, 8.8}
	mean := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9}
	q := decide.ConformalQuantile(decide.Residuals(y, mean, nil), 0.1)
	lo, hi := decide.Intervals([]float64{10}, nil, q)
	fmt.Printf("%.1f to %.1f\n", lo[0], hi[0])
	// Output: 9.6 to 10.4
}

func ExampleLACSets() {
	held := []float64{0.9, 0.1, 0.8, 0.2, 0.6, 0.4, 0.3, 0.7}
	labels := []float64{0, 0, 1, 1}
	q := decide.ConformalQuantile(decide.LAC(held, 2, labels), 0.2)
	fmt.Println(decide.LACSets([]float64{0.95, 0.05, 0.5, 0.5}, 2, q))
	// Output: [[0] [0 1]]
}

func ExampleAPSSets() {
	held := []float64{0.9, 0.1, 0.8, 0.2, 0.6, 0.4, 0.3, 0.7}
	labels := []float64{0, 0, 0, 1}
	q := decide.ConformalQuantile(decide.APS(held, 2, labels, nil), 0.4)
	fmt.Printf("q = %.1f: %v\n", q, decide.APSSets([]float64{0.7, 0.3, 0.5, 0.5}, 2, q, nil))
	// Output: q = 0.8: [[0] [0]]
}

func ExampleNewDraws() {
	d := decide.NewDraws(2, 2)
	d.Add([]float64{0.5, 0.5, 0.9, 0.1}) // p(y|x,θ) of two rows under one θ
	d.Add([]float64{0.5, 0.5, 0.1, 0.9})
	fmt.Printf("entropy %.2f\n", d.MaxEntropy())
	fmt.Printf("BALD    %.2f\n", d.BALD())
	fmt.Printf("ratios  %.2f\n", d.VariationRatios())
	fmt.Printf("mean SD %.2f\n", d.MeanSD())
	fmt.Println("label first: row", decide.Top(d.BALD(), 1)[0])
	// Output:
	// entropy [0.69 0.69]
	// BALD    [0.00 0.37]
	// ratios  [0.50 0.50]
	// mean SD [0.00 0.40]
	// label first: row 1
}

func ExampleTop() {
	fmt.Println(decide.Top([]float64{0.2, 0.7, 0.1, 0.7}, 3))
	// Output: [1 3 0]
}

func ExampleRandom() {
	fmt.Println(len(decide.Top(decide.Random(100, rand.New(rand.NewPCG(1, 2))), 10)))
	// Output: 10
}
