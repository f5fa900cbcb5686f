package viz_test

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/credence-bnn/credence/pkg/viz"
)

// A picture of the gallery: what TestGolden draws.
type picture struct {
	name string
	draw func() (*viz.Figure, error)
}

func gallery() []picture {
	return slices.Concat(beliefs(), calibration(), pictures(), firstPictures())
}

func firstPictures() []picture {
	return []picture{
		{"band", func() (*viz.Figure, error) { return viz.Band(sine(1)) }},
		{"band_limits", func() (*viz.Figure, error) {
			d := sine(1)
			d.Title = "A long title that has to be broken into two lines because the figure is narrow"
			d.YMin, d.YMax = -1.5, 1.5
			fig, err := viz.Band(d)
			return fig.Resize(300, 260), err
		}},
		{"running", func() (*viz.Figure, error) {
			return viz.Running(viz.RunningData{
				Title: "Three students toss a coin", LogX: true, Funnel: true,
				Runs: []viz.Run{{Name: "Ada", Freq: tosses(5000, 1)}, {Name: "Ben", Freq: tosses(5000, 2)}, {Name: "Cy", Freq: tosses(5000, 3)}},
				YMin: 0, YMax: 1,
			})
		}},
		{"running_linear", func() (*viz.Figure, error) {
			return viz.Running(viz.RunningData{Title: "One coin, 20 000 tosses", Runs: []viz.Run{{Freq: tosses(20000, 4)}}, YMin: 0.45, YMax: 0.55, Funnel: true})
		}},
		{"running_history", func() (*viz.Figure, error) {
			return viz.Running(viz.RunningData{
				Title: "People who tossed coins", LogX: true, Funnel: true, YMin: 0.485, YMax: 0.515,
				Points: []viz.RunningPoint{
					{"Buffon", 4040, 2048. / 4040}, {"De Morgan", 4092, 2048. / 4092}, {"Kerrich", 10000, 0.5067},
					{"Pearson", 12000, 0.5016}, {"Pearson", 24000, 0.5005}, {"Feller", 10000, 0.4979}, {"Bartoš et al.", 350757, 0.5001},
				},
			})
		}},
		{"running_both", func() (*viz.Figure, error) { // names over curves, in little room
			fig, err := viz.Running(viz.RunningData{
				Title: "Students and history", LogX: true, YMin: 0.46, YMax: 0.54,
				Runs:   []viz.Run{{Freq: tosses(100000, 1)[999:], N: grid(1000, 100000, 99001)}, {Freq: tosses(100000, 2)[999:], N: grid(1000, 100000, 99001)}},
				Points: []viz.RunningPoint{{"Buffon", 4040, 2048. / 4040}, {"John Kerrich", 10000, 0.5067}, {"Karl Pearson", 24000, 12012. / 24000}},
			})
			return fig.Resize(380, 280), err
		}},
		{"prior_posterior", func() (*viz.Figure, error) { return viz.PriorPosterior(coin(7, 10)) }},
		{"prior_posterior_sharp", func() (*viz.Figure, error) {
			d := coin(2048, 4040)
			d.Lines = []viz.VLine{{0.5, "fair"}, {2048. / 4040, "Buffon's frequency"}}
			return viz.PriorPosterior(d)
		}},
		{"loss", func() (*viz.Figure, error) { return viz.Loss(loss()) }},
		{"bars_binomial", func() (*viz.Figure, error) {
			y, lit := binomial(20, 0.5, 14)
			return viz.Bars(viz.BarsData{Title: "20 tosses of a fair coin", XLabel: "heads", Series: []viz.BarSeries{{Y: y}}, Highlight: lit, HighlightName: "14 heads or more"})
		}},
		{"bars_groups", func() (*viz.Figure, error) {
			return viz.Bars(viz.BarsData{Title: "Before and after a positive test", Names: []string{"ill", "healthy"}, Values: true,
				Series: []viz.BarSeries{{Name: "prior", Y: []float64{0.01, 0.99}, Color: viz.Prior}, {Name: "posterior", Y: []float64{0.0876, 0.9124}, Color: viz.Posterior}}})
		}},
		{"curves", func() (*viz.Figure, error) { return viz.Curves(rooted()) }},
		{"intervals", func() (*viz.Figure, error) { return viz.Intervals(flippers()) }},
		{"grid", func() (*viz.Figure, error) {
			var figs []*viz.Figure
			for i, title := range []string{"ReLU, point estimate", "Gaussian process", "MC dropout, ReLU", "MC dropout, tanh"} {
				d := sine(float64(i))
				d.Title, d.XLabel, d.YLabel = title, "x (standardised years)", "CO₂ (ppm)"
				d.Draws, d.Truth = nil, nil
				d.Lines = []viz.VLine{{1.5, "end of data"}}
				if i == 0 {
					d.EpistemicSD, d.TotalSD = nil, nil
				}
				fig, err := viz.Band(d)
				if err != nil {
					return nil, err
				}
				figs = append(figs, fig)
			}
			return viz.Grid(viz.GridData{Figures: figs, SharedX: true, SharedY: true})
		}},
		{"grid_mixed", func() (*viz.Figure, error) {
			return viz.Grid(viz.GridData{Title: "Different figures together", Columns: 3, Figures: []*viz.Figure{
				viz.Must(viz.PriorPosterior(coin(7, 10))), viz.Must(viz.Loss(loss())), viz.Must(viz.Running(viz.RunningData{LogX: true, Title: "Running", Runs: []viz.Run{{Freq: tosses(1000, 1)}}})),
			}})
		}},
	}
}

func grid(lo, hi float64, n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = lo + (hi-lo)*float64(i)/float64(n-1)
	}
	return v
}

func sine(k float64) viz.BandData {
	rng := rand.New(rand.NewPCG(7, 7))
	d := viz.BandData{Title: "A network that knows where it does not know", XLabel: "x", YLabel: "y", X: grid(-5, 5, 201)}
	for _, x := range d.X {
		e := 0.08 + 0.25*k*math.Pow(math.Abs(x)/2.2, 2)/(1+math.Abs(x)/4)
		d.Mean = append(d.Mean, math.Sin(1.3*x))
		d.EpistemicSD = append(d.EpistemicSD, e)
		d.TotalSD = append(d.TotalSD, math.Hypot(e, 0.3))
		d.Truth = append(d.Truth, math.Sin(1.3*x)+0.1*x)
	}
	for range 6 {
		var f []float64
		a, b, w := rng.NormFloat64(), rng.NormFloat64(), 0.6+0.4*rng.Float64()
		for i, x := range d.X {
			f = append(f, d.Mean[i]+d.EpistemicSD[i]*(a*math.Cos(w*x)+b*math.Sin(w*x)))
		}
		d.Draws = append(d.Draws, f)
	}
	for range 40 {
		x := 1.2 * rng.NormFloat64()
		d.DataX = append(d.DataX, x)
		d.DataY = append(d.DataY, math.Sin(1.3*x)+0.1*x+0.3*rng.NormFloat64())
	}
	return d
}

func tosses(n int, seed uint64) []float64 {
	rng := rand.New(rand.NewPCG(seed, 1))
	f, heads := make([]float64, n), 0.0
	for i := range f {
		heads += float64(rng.IntN(2))
		f[i] = heads / float64(i+1)
	}
	return f
}

// coin is a uniform prior and k heads in n tosses.
func coin(k, n float64) viz.PriorPosteriorData {
	d := viz.PriorPosteriorData{Title: "Belief about a coin", XLabel: "θ, probability of heads", X: grid(0, 1, 401), IntervalLabel: "95 % interval"}
	lg, _ := math.Lgamma(n + 2)
	la, _ := math.Lgamma(k + 1)
	lb, _ := math.Lgamma(n - k + 1)
	mode := k / n
	for _, x := range d.X {
		l := k*math.Log(x) + (n-k)*math.Log(1-x)
		if x == 0 || x == 1 {
			l = math.Inf(-1)
		}
		d.Prior = append(d.Prior, 1)
		d.Likelihood = append(d.Likelihood, math.Exp(l-k*math.Log(mode)-(n-k)*math.Log(1-mode)))
		d.Posterior = append(d.Posterior, math.Exp(lg-la-lb+l))
	}
	sd := math.Sqrt(mode * (1 - mode) / (n + 3))
	d.Lo, d.Hi = mode-2*sd, mode+2*sd
	if d.Hi > 1 {
		d.Hi = 1
	}
	return d
}

func loss() viz.LossData {
	rng := rand.New(rand.NewPCG(1, 2))
	var nll, kl []float64
	for i := range 2000 {
		t := float64(i)
		nll = append(nll, 40*math.Exp(-t/20)+1.2*math.Exp(-t/400)-0.6+0.12*rng.NormFloat64())
		kl = append(kl, 0.3*(1-math.Exp(-t/300)))
	}
	return viz.LossData{Title: "VI on the gap sine", Smooth: 51, Traces: []viz.Trace{{Name: "mean NLL", Y: nll}, {Name: "KL/N", Y: kl}}}
}

func binomial(n int, p float64, from int) (y []float64, lit []int) {
	c := 1.0
	for k := range n + 1 {
		y = append(y, c*math.Pow(p, float64(k))*math.Pow(1-p, float64(n-k)))
		if k >= from {
			lit = append(lit, k)
		}
		c *= float64(n-k) / float64(k+1)
	}
	return y, lit
}
