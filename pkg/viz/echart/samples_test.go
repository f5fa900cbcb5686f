package echart_test

import (
	"math"
	"math/rand/v2"

	"github.com/credence-bnn/credence/pkg/viz"
	"github.com/credence-bnn/credence/pkg/viz/echart"
)

// One chart of each kind, and the words and the number of marks it has to show.

func traces() viz.LossData {
	d := viz.LossData{Title: "VI", Traces: []viz.Trace{{Name: "mean NLL"}, {Name: "KL/N"}, {Name: "loss"}}}
	for i := range 120 {
		nll, kl := 20*math.Exp(-float64(i)/10)+math.Exp(-float64(i)/80), 0.3*(1-math.Exp(-float64(i)/50))
		for j, v := range []float64{nll, kl, nll + kl} {
			d.Traces[j].Y = append(d.Traces[j].Y, v)
		}
	}
	return d
}

func running() viz.RunningData {
	return viz.RunningData{Title: "Tosses", LogX: true, Funnel: true, Runs: []viz.Run{{Name: "Ada", Freq: []float64{1, 0.5, 2. / 3, 0.75, 0.6}}}}
}

func confusion() viz.ConfusionData {
	nan := math.NaN()
	return viz.ConfusionData{
		Title:  "Penguins, 82 held-out rows",
		Names:  []string{"Adélie", "Chinstrap", "Gentoo"},
		Counts: [][]int{{34, 2, 0}, {3, 13, 1}, {0, 0, 29}},
		Doubt:  [][]float64{{0.12, 0.6, nan}, {0.55, 0.21, 0.69}, {nan, nan, 0.04}},
	}
}

func calibration() echart.CalibrationData {
	nan := math.NaN()
	return echart.CalibrationData{Title: "Promised and kept", Curves: []echart.CalibrationCurve{
		{Name: "one network", Confidence: []float64{nan, 0.35, 0.55, 0.75, 0.96}, Accuracy: []float64{nan, 0.3, 0.42, 0.55, 0.8}, Count: []int{0, 10, 50, 80, 360}},
		{Name: "ensemble", Confidence: []float64{nan, 0.34, 0.56, 0.76, 0.94}, Accuracy: []float64{nan, 0.35, 0.52, 0.74, 0.93}, Count: []int{0, 20, 80, 150, 250}},
	}}
}

func acquisition() echart.AcquisitionData {
	rng := rand.New(rand.NewPCG(1, 2))
	d := echart.AcquisitionData{Title: "Two moons, six labels at a time", ScoreName: "BALD (nats)", TestName: "accuracy"}
	for i := range 60 {
		a, side := math.Pi*rng.Float64(), float64(i%2)
		d.X = append(d.X, (1-2*side)*math.Cos(a)+side+0.1*rng.NormFloat64())
		d.Y = append(d.Y, (1-2*side)*math.Sin(a)+0.5*side+0.1*rng.NormFloat64())
	}
	d.Start = []int{0, 1, 2, 3}
	for s := range 5 {
		step := echart.AcquisitionStep{Test: 0.98 - 0.25*math.Exp(-float64(s))}
		for i := range d.X {
			step.Score = append(step.Score, 0.7*math.Exp(-math.Abs(d.Y[i]-0.25)*float64(1+s)))
		}
		step.Score[7] = math.NaN()
		for k := range 6 {
			step.Chosen = append(step.Chosen, 4+6*s+k)
		}
		d.Steps = append(d.Steps, step)
	}
	return d
}

func chains() viz.ChainsData {
	rng := rand.New(rand.NewPCG(3, 4))
	d := viz.ChainsData{Title: "HMC, two weights", Quantities: []viz.Quantity{{Name: "w₁"}, {Name: "w₂"}}}
	for range 2 {
		a, b := 0.0, 0.0
		var x, y []float64
		for i := range 60 {
			a, b = 0.8*a+0.6*rng.NormFloat64(), 0.9*b+0.3*rng.NormFloat64()
			x, y = append(x, a), append(y, a*a+b)
			if i == 20 {
				x[i] = math.NaN()
			}
		}
		d.Quantities[0].Chains = append(d.Quantities[0].Chains, x)
		d.Quantities[1].Chains = append(d.Quantities[1].Chains, y)
	}
	return d
}

var samples = []struct {
	name  string
	chart *echart.Chart
	words []string // in the chart as drawn
}{
	{"loss", echart.Must(echart.Loss(traces())), []string{"mean NLL", "KL/N", "loss", "step", "nats per row"}},
	{"running", echart.Must(echart.Running(running())), []string{"Ada", "long run", "number of trials", "Tosses"}},
	{"confusion", echart.Must(echart.Confusion(confusion())), []string{"Penguins", "Chinstrap", ">34<", ">13<", "predicted class", "true class", "wrong"}},
	{"calibration", echart.Must(echart.Calibration(calibration())), []string{"Promised and kept", "ensemble", "kept = promised", "share that was right", "rows"}},
	{"acquisition", echart.Must(echart.Acquisition(acquisition())), []string{"Two moons", "BALD (nats)", "step 5 of 5", "chosen now", "accuracy", "labels"}},
	{"traces", echart.Must(echart.Traces(chains())), []string{"HMC, two weights", "chain 2", "w₁", "w₂", "draw"}},
}
