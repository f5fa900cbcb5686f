package decide_test

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/decide"
)

var (
	nan = math.NaN()
	inf = math.Inf(1)
)

// TestLeastCostThreshold checks the threshold of Elkan (2001), equation 2, with the costs
// of the German credit data in its section 1: to call a bad customer good costs 5, a good
// one bad 1, so from p(bad) = 1/6 on "bad" is the better guess.
func TestLeastCostThreshold(t *testing.T) {
	loss := [][]float64{{0, 1}, {5, 0}} // [good, bad][called good, called bad]
	for _, c := range []struct {
		bad  float64
		want int
	}{{0.16, 0}, {1./6 - 1e-9, 0}, {1./6 + 1e-9, 1}, {0.3, 1}, {0, 0}, {1, 1}} {
		got, cost := decide.LeastCost([]float64{1 - c.bad, c.bad}, 2, loss)
		if got[0] != c.want || !(math.Abs(cost[0]-min(5*c.bad, 1-c.bad)) <= 1e-15) {
			t.Errorf("p(bad) = %v: action %d at the cost %v, want %d", c.bad, got[0], cost[0], c.want)
		}
	}
}

// TestChowsRule checks that abstaining where 1 − max p > tau is the decision of least
// cost if an error costs 1 and asking tau.
func TestChowsRule(t *testing.T) {
	const tau = 0.37
	var probs, uncertainty []float64
	for i := range 40 {
		for j := range 40 - i {
			a, b := float64(i)/40, float64(j)/40
			probs = append(probs, a, b, 1-a-b)
			uncertainty = append(uncertainty, 1-max(a, b, 1-a-b))
		}
	}
	loss := [][]float64{{0, 1, 1, tau}, {1, 0, 1, tau}, {1, 1, 0, tau}}
	actions, _ := decide.LeastCost(probs, 3, loss)
	for i, choice := range decide.Abstain(decide.MostProbable(probs, 3), uncertainty, tau) {
		if choice == decide.Refer {
			choice = 3
		}
		if actions[i] != choice && !(math.Abs(probs[3*i]-probs[3*i+1]) < 1e-9 || math.Abs(probs[3*i+1]-probs[3*i+2]) < 1e-9 || math.Abs(probs[3*i]-probs[3*i+2]) < 1e-9) {
			t.Errorf("probabilities %.3f: least cost %d, Chow %d", probs[3*i:3*i+3], actions[i], choice)
		}
	}
}

func TestOddRows(t *testing.T) {
	if got := decide.MostProbable([]float64{0.5, 0.5, nan, 1, 0.2, 0.8}, 2); !reflect.DeepEqual(got, []int{0, decide.Refer, 1}) {
		t.Errorf("most probable %v", got)
	}
	if got := decide.Abstain([]int{0, 1, 2, 0}, []float64{0.5, 0.6, nan, -inf}, 0.5); !reflect.DeepEqual(got, []int{0, decide.Refer, decide.Refer, 0}) {
		t.Errorf("abstain %v", got)
	}
	actions, cost := decide.LeastCost([]float64{nan, 1, 0, 1, 1, 0}, 2, [][]float64{{inf, 1}, {2, 3}})
	if !reflect.DeepEqual(actions, []int{decide.Refer, 0, 1}) || !math.IsNaN(cost[0]) || cost[1] != 2 || cost[2] != 1 {
		t.Errorf("actions %v at %v", actions, cost)
	}
	if got := decide.LACSets([]float64{nan, 1, 0.9, 0.1, 0.5, 0.5}, 2, 0.3); !reflect.DeepEqual(got, [][]int{{0, 1}, {0}, nil}) {
		t.Errorf("LAC sets %v", got)
	}
	if got := decide.APSSets([]float64{nan, 1, 0.9, 0.1, 0.5, 0.5}, 2, 0.9, nil); !reflect.DeepEqual(got, [][]int{{0, 1}, {0}, {0}}) {
		t.Errorf("APS sets %v", got)
	}
	if got := decide.Top([]float64{nan, 1, -inf, 1, inf, nan}, 6); !reflect.DeepEqual(got, []int{4, 1, 3, 2, 0, 5}) {
		t.Errorf("top %v", got)
	}
	if got := decide.ConformalQuantile([]float64{1, nan, 2, 3}, 0.4); got != 3 {
		t.Errorf("quantile %v, want 3", got)
	}
	if got := decide.ConformalQuantile([]float64{1, nan, 2, 3}, 0.2); !math.IsInf(got, 1) {
		t.Errorf("quantile %v, want +Inf", got)
	}
}

func TestPanics(t *testing.T) {
	one, two := []float64{1}, []float64{1, 2}
	for name, f := range map[string]func(){
		"MostProbable rows":    func() { decide.MostProbable(one, 2) },
		"Abstain lengths":      func() { decide.Abstain([]int{1}, two, 0.5) },
		"Abstain empty":        func() { decide.Abstain(nil, nil, 0.5) },
		"LeastCost classes":    func() { decide.LeastCost(two, 2, [][]float64{one}) },
		"LeastCost ragged":     func() { decide.LeastCost(two, 2, [][]float64{one, two}) },
		"LeastCost no action":  func() { decide.LeastCost(two, 2, [][]float64{nil, nil}) },
		"ConformalQuantile, 0": func() { decide.ConformalQuantile(one, 0) },
		"ConformalQuantile, 1": func() { decide.ConformalQuantile(one, 1) },
		"ConformalQuantile":    func() { decide.ConformalQuantile(nil, 0.1) },
		"Residuals":            func() { decide.Residuals(one, two, nil) },
		"Residuals sd":         func() { decide.Residuals(one, one, []float64{0}) },
		"Intervals sd":         func() { decide.Intervals(one, two, 1) },
		"LAC labels":           func() { decide.LAC(two, 2, []float64{2}) },
		"APS labels":           func() { decide.APS(two, 2, two, nil) },
		"LACSets":              func() { decide.LACSets(one, 0, 0.1) },
		"APSSets":              func() { decide.APSSets(nil, 2, 0.1, nil) },
		"NewDraws":             func() { decide.NewDraws(0, 2) },
		"Add":                  func() { decide.NewDraws(1, 2).Add(one) },
		"Random":               func() { decide.Random(-1, nil) },
		"Top":                  func() { decide.Top(one, 2) },
		"Top, negative":        func() { decide.Top(one, -1) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if text := fmt.Sprint(recover()); !strings.HasPrefix(text, "decide: ") {
					t.Errorf("panic %q, want one that starts with \"decide: \"", text)
				}
			}()
			f()
		})
	}
}

func ExampleMostProbable() {
	fmt.Println(decide.MostProbable([]float64{0.9, 0.1, 0.4, 0.6}, 2))
	// Output: [0 1]
}

func ExampleAbstain() {
	probs := []float64{0.95, 0.05, 0.55, 0.45}
	uncertainty := []float64{0.05, 0.45} // 1 − the largest probability
	fmt.Println(decide.Abstain(decide.MostProbable(probs, 2), uncertainty, 0.2))
	// Output: [0 -1]
}

func ExampleLeastCost() {
	// Dog, wolf, cat. To pet a wolf is bad; to keep away costs a little joy; a person can be asked.
	probs := []float64{
		0.4, 0.35, 0.25,
		0.7, 0.01, 0.29,
		0.8, 0.1, 0.1,
	}
	loss := [][]float64{ // pet, keep away, ask
		{0, 2, 1},
		{50, 0, 1},
		{0, 2, 1},
	}
	actions, cost := decide.LeastCost(probs, 3, loss)
	for i, a := range actions {
		fmt.Printf("%s, expected cost %.2f\n", []string{"pet", "keep away", "ask"}[a], cost[i])
	}
	// Output:
	// ask, expected cost 1.00
	// pet, expected cost 0.50
	// ask, expected cost 1.00
}
