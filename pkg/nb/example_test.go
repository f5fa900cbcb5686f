package nb_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
	"github.com/credence-bnn/credence/pkg/nb"
)

// A picture stands for any figure here; *viz.Figure is one.
type drawing struct{ alt string }

func (d drawing) PNG() ([]byte, error) { return []byte("\x89PNG\r\n\x1a\n" + d.alt), nil }
func (d drawing) Size() (w, h int)     { return 605, 340 }
func (d drawing) Alt() string          { return d.alt }

// Outside a notebook, a figure is its description.
func ExampleShow() {
	nb.Show(drawing{"Three coins settle down near one half."})
	// Output:
	// figure, 605 × 340: Three coins settle down near one half.
}

func ExampleValue() {
	nb.Value("mle", 0.6)
	nb.Value("evidence", -1234.56789)
	// Output:
	// ▸ mle = 0.6
	// ▸ evidence = -1234.57
}

func ExampleFrames() {
	nb.Frames([]string{"3 tosses", "30 tosses"}, []drawing{{"A wide posterior."}, {"A narrow one."}})
	// Output:
	// frame 3 tosses: A wide posterior.
	// frame 30 tosses: A narrow one.
}

// Outside a notebook all tabs are seen at once.
func ExampleTabs() {
	nb.Tabs([]string{"curve", "numbers"},
		drawing{"The loss falls from 2.1 to 1.0."},
		nb.Table{Head: []string{"step", "loss"}, Rows: [][]any{{1, 2.1}, {1000, 1.0}}})
	// Output:
	// curve: figure, 605 × 340: The loss falls from 2.1 to 1.0.
	// numbers: step  loss
	// ──────────
	//    1   2.1
	// 1000     1
}

func ExampleSideBySide() {
	nb.SideBySide(drawing{"Before: a flat prior."}, drawing{"After: a hill at 0.6."})
	// Output:
	// figure, 605 × 340: Before: a flat prior.
	// figure, 605 × 340: After: a hill at 0.6.
}

func ExampleTable() {
	nb.Show(nb.Table{
		Caption: "Two methods on the same rows",
		Head:    []string{"method", "NLL", "coverage"},
		Rows: [][]any{
			{"MC dropout", 0.123456, "91.0 %"},
			{"Laplace", -0.5, "95.5 %"},
			{"MAP", math.NaN(), ""},
		},
	})
	// Output:
	// Two methods on the same rows
	// method         NLL  coverage
	// ────────────────────────────
	// MC dropout  0.1235    91.0 %
	// Laplace       −0.5    95.5 %
	// MAP              –
}

func ExampleTeX() {
	nb.Show(nb.TeX(`p(\theta \mid D) \propto p(D \mid \theta)\, p(\theta)`))
	// Output: p(\theta \mid D) \propto p(D \mid \theta)\, p(\theta)
}

// In a notebook the figure is drawn again up to three times a second.
func ExampleLive() {
	live := nb.Live()
	sum, rng := 0.0, rand.New(rand.NewPCG(1, 2))
	for n := 1; n <= 1000; n++ {
		sum += rng.Float64()
		live.Update(func() nb.Figure { return drawing{fmt.Sprintf("The mean of %d numbers.", n)} })
	}
	live.Done()
	// Output: figure, 605 × 340: The mean of 1000 numbers.
}

// A bar on a terminal or in a notebook; elsewhere one line on the standard error.
func ExampleProgress() {
	bar := nb.Progress("simulating", 1000)
	heads, rng := 0, rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		heads += rng.IntN(2)
		bar.Step()
	}
	fmt.Println(heads > 450 && heads < 550)
	// Output: true
}

func ExampleBar_Done() {
	bar := nb.Progress("until the first head", 100)
	for rng := rand.New(rand.NewPCG(1, 2)); rng.IntN(2) == 0; {
		bar.Step()
	}
	bar.Done() // earlier than after 100
	// Output:
}

// The second call reads what the first has trained, also from another cell.
func ExampleOnce() {
	os.Setenv("CREDENCE_CACHE", must(os.MkdirTemp("", "once")))
	defer os.RemoveAll(os.Getenv("CREDENCE_CACHE"))
	defer os.Unsetenv("CREDENCE_CACHE")

	config := struct {
		Rows, Steps int
		Seed        uint64
	}{Rows: 20, Steps: 50, Seed: 1}
	trainings := 0
	trained := func() bnn.Trained {
		return nb.Once("line", config, func() (bnn.Trained, error) {
			trainings++
			rng := rand.New(rand.NewPCG(config.Seed, 0))
			model := &bnn.Model{Net: nn.MLP([]int{1, 4, 1}, nn.Tanh), Likelihood: bnn.GaussianNoise{SD: 0.1}}
			post, err := bnn.VI{Steps: config.Steps, Monitor: nb.Monitor("VI")}.Fit(context.Background(), model.On(data.GapSine(config.Rows, rng)), rng)
			return bnn.Trained{Model: model, Posterior: post}, err
		})
	}
	first, second := trained(), trained()
	fmt.Println(trainings, first.Posterior.(*bnn.Gaussian).Mu[0] == second.Posterior.(*bnn.Gaussian).Mu[0])
}

func must(s string, err error) string {
	if err != nil {
		panic(err)
	}
	return s
}

// Monitor goes into a method's Monitor field.
func ExampleMonitor() {
	method := bnn.VI{Steps: 2000, Monitor: nb.Monitor("VI, 50 units")}
	fmt.Println(method.Steps, method.Monitor != nil)
	// Output: 2000 true
}
