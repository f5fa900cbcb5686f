package bench

import (
	"fmt"
	"maps"
	"slices"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// DigitsNets are the networks of the table: 784-400-400-10, with 478,410 parameters,
// and a small convolutional one, conv 16 – pool – conv 32 – pool – 128 – 10, with 80,202.
var DigitsNets = []string{"dense", "cnn"}

var he = nn.Scaled{Gain: 2}

// digitsDense drops inputs with probability in, if that is not 0, and hidden units with
// probability p.
func digitsDense(in, p float64) nn.Net {
	var layers []nn.Layer
	if in > 0 {
		layers = append(layers, nn.Dropout{P: in})
	}
	return nn.New(784, append(layers,
		nn.Dense{Out: 400, Start: he}, nn.ReLU, nn.Dropout{P: p},
		nn.Dense{Out: 400, Start: he}, nn.ReLU, nn.Dropout{P: p},
		nn.Dense{Out: 10})...)
}

// digitsCNN drops channels of the first image and units of the second with probability
// early, and hidden units with probability late.
func digitsCNN(early, late float64) nn.Net {
	return nn.NewImage(nn.Shape{H: 28, W: 28, C: 1},
		nn.Conv{Out: 16, Size: 5, Start: he}, nn.ReLU, nn.MaxPool{Size: 2}, nn.Dropout{P: early},
		nn.Conv{Out: 32, Size: 5, Start: he}, nn.ReLU, nn.MaxPool{Size: 2}, nn.Dropout{P: early},
		nn.Dense{Out: 128, Start: he}, nn.ReLU, nn.Dropout{P: late},
		nn.Dense{Out: 10})
}

// DigitsMethods are the methods of the table on one of [DigitsNets] for n training
// digits, with the settings they may choose from. Batches have 128 digits.
func DigitsMethods(net string, n int) []Tuned {
	steps := func(epochs int) int { return max(epochs*n/128, 1) }
	priors := func(name string, net nn.Net, m bnn.Method) (rs []Recipe) {
		for _, sd := range []float64{0.1, 0.3, 1, 3} {
			rs = append(rs, Recipe{Name: fmt.Sprintf("%sprior %g", name, sd), Net: net, Prior: bnn.Normal{SD: sd}, Method: m})
		}
		return rs
	}
	mapEpochs, dropEpochs, viEpochs, plain := 15, 40, 25, digitsDense(0, 0)
	drops := map[string]nn.Net{"p 0.5": digitsDense(0, 0.5), "p 0.5, input 0.2": digitsDense(0.2, 0.5)}
	if net == "cnn" {
		mapEpochs, dropEpochs, viEpochs, plain = 10, 20, 20, digitsCNN(0, 0)
		drops = map[string]nn.Net{"p 0.25, 0.25, 0.5": digitsCNN(0.25, 0.5), "p 0.1, 0.1, 0.5": digitsCNN(0.1, 0.5)}
	}
	var drop []Recipe
	for _, name := range slices.Sorted(maps.Keys(drops)) {
		drop = append(drop, priors(name+", ", drops[name], bnn.MCDropout{Steps: steps(dropEpochs), Rate: 1e-3})...)
	}
	point := bnn.MAP{Steps: steps(mapEpochs), Rate: 1e-3}
	return []Tuned{
		{Name: "MAP", Recipes: priors("", plain, point)},
		{Name: "MCDropout", Recipes: drop},
		{Name: "VI", Recipes: priors("", plain, bnn.VI{Steps: steps(viEpochs), Rate: 2e-3, InitSD: 0.01, Warmup: 0.3})},
		{Name: "Ensemble", Recipes: priors("", plain, bnn.Ensemble{Members: 5, Base: point}), Like: "MAP"},
	}
}
