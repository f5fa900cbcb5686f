package bnn_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// A fastPath is a method whose passes are in float32, on a network.
type fastPath struct {
	m   *bnn.Model
	fit bnn.Method
	set func(n int, seed uint64) *data.Set
}

// fastPaths are networks whose predictions go every way there is: with a part before the
// first mask, without one, with a mask of the input, and over images.
func fastPaths() map[string]fastPath {
	line := func(n int, seed uint64) *data.Set { return wave(n, 2, seed) }
	deep := &bnn.Model{Net: nn.MLP([]int{1, 40, 30, 2}, nn.ReLU)}
	input := &bnn.Model{Net: nn.New(1, nn.Dropout{P: 0.1}, nn.Dense{Out: 20}, nn.Tanh, nn.Dense{Out: 2})}
	image := &bnn.Model{Likelihood: bnn.Categorical{Classes: 2}, Net: nn.NewImage(nn.Shape{H: 6, W: 6, C: 1},
		nn.Conv{Out: 5, Size: 3}, nn.ReLU, nn.MaxPool{Size: 2}, nn.Dropout{}, nn.Dense{Out: 2})}
	return map[string]fastPath{
		"MAP":                  {deep, bnn.MAP{Steps: 20, Batch: 50}, line},
		"VI":                   {deep, bnn.VI{Steps: 20, Batch: 50}, line},
		"VI, one draw":         {deep, bnn.VI{Steps: 20, Batch: 50, OneDraw: true}, line},
		"VI, images":           {image, bnn.VI{Steps: 5, Batch: 50}, bars},
		"MCDropout":            {deep, bnn.MCDropout{Steps: 20, Batch: 50}, line},
		"MCDropout, input":     {input, bnn.MCDropout{Steps: 20, Batch: 50}, line},
		"MCDropout, images":    {image, bnn.MCDropout{Steps: 5, Batch: 50}, bars},
		"ConcreteDropout":      {deep, bnn.ConcreteDropout{Steps: 20, Batch: 50}, line},
		"Ensemble of VI":       {deep, bnn.Ensemble{Members: 5, Base: bnn.VI{Steps: 10, Batch: 50}}, line},
		"Ensemble of dropouts": {image, bnn.Ensemble{Members: 3, Base: bnn.MCDropout{Steps: 5, Batch: 50}}, bars},
		"HMC":                  {deep, bnn.HMC{Chains: 8, Warmup: 3, Keep: 3, MaxDepth: 2}, line},
	}
}

// withWorkers sets how many members or chains run at once, for methods that have any.
func withWorkers(m bnn.Method, workers int) bnn.Method {
	switch m := m.(type) {
	case bnn.Ensemble:
		m.Workers = workers
		return m
	case bnn.HMC:
		m.Workers = workers
		return m
	}
	return m
}

// Fits and predictions give the same bits for 1 to 8 workers, at rows that take several
// pieces, and whatever else runs at the same time on the same scratch space.
func TestWorkersOnFastPaths(t *testing.T) {
	for name, p := range fastPaths() {
		t.Run(name, func(t *testing.T) {
			all := func(workers int) string {
				rng := newRand(7)
				post, err := withWorkers(p.fit, workers).Fit(t.Context(), p.m.On(p.set(120, 1)), rng)
				if err != nil {
					t.Error(err)
					return ""
				}
				pred, err := bnn.Predict(t.Context(), p.m, post, p.set(600, 2).X, bnn.PredictOptions{Draws: 37, Keep: 3, Samples: 2, Rand: rng, Workers: workers})
				if err != nil {
					t.Error(err)
					return ""
				}
				return fmt.Sprintf("%b", *pred)
			}
			first := all(1)
			for workers := 2; workers <= 8; workers++ {
				if all(workers) != first {
					t.Errorf("%d workers give other bits than 1", workers)
				}
			}
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					if all(2) != first {
						t.Error("four at once give other bits than one")
					}
				})
			}
			wg.Wait()
		})
	}
}
