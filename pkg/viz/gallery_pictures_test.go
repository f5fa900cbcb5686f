package viz_test

import (
	"fmt"
	"math"

	"github.com/credence-bnn/credence/pkg/viz"
)

// Pictures of joint distributions, samplers, checks, images and maps.
func pictures() []picture {
	return []picture{
		{"pairs", func() (*viz.Figure, error) { return viz.Pairs(banana(4000)) }},
		{"ridgeline", func() (*viz.Figure, error) { return viz.Ridgeline(ridges()) }},
		{"energy", func() (*viz.Figure, error) {
			return viz.Energy(viz.EnergyData{Title: "Does the sampler reach the tails?", Chains: walks(2, 2000, 0.55, 0)})
		}},
		{"predictive_check", func() (*viz.Figure, error) { return viz.PredictiveCheck(replicas()) }},
		{"predictive_check_counts", func() (*viz.Figure, error) { return viz.PredictiveCheck(zeros()) }},
		{"images", func() (*viz.Figure, error) { return viz.Images(digits()) }},
		{"segmentation", func() (*viz.Figure, error) { return viz.Segmentation(scene()) }},
		{"depth", func() (*viz.Figure, error) { return viz.Depth(room()) }},
		{"confusion", func() (*viz.Figure, error) { return viz.Confusion(confused()) }},
	}
}

func banana(n int) viz.PairsData {
	rng := random(40)
	d := viz.PairsData{Title: "What depends on what", Names: []string{"w₁", "w₂", "log σ"}, Columns: make([][]float64, 3), Truth: []float64{0.2, 0.3, -1}}
	for range n {
		a := rng.NormFloat64()
		d.Columns[0] = append(d.Columns[0], a)
		d.Columns[1] = append(d.Columns[1], 0.7*a*a-0.5+0.35*rng.NormFloat64())
		d.Columns[2] = append(d.Columns[2], -1+0.25*(0.6*a+0.8*rng.NormFloat64()))
	}
	return d
}

func ridges() viz.RidgelineData {
	rng := random(41)
	d := viz.RidgelineData{Title: "How each unit's weight is known", XLabel: "weight", Lines: []viz.VLine{{X: 0, Label: "pruned"}}}
	for i := range 7 {
		r := viz.Ridge{Label: fmt.Sprintf("unit %d", i+1)}
		m, s := 1.2*rng.NormFloat64(), 0.15+0.5*rng.Float64()
		for range 800 {
			v := m + s*rng.NormFloat64()
			if i == 3 && rng.Float64() < 0.5 {
				v = -v
			}
			r.Samples = append(r.Samples, v)
		}
		d.Rows = append(d.Rows, r)
	}
	return d
}

func replicas() viz.PredictiveCheckData {
	rng := random(42)
	d := viz.PredictiveCheckData{Title: "A normal model misses the long tail", XLabel: "y", StatisticName: "largest value"}
	for range 200 {
		d.Observed = append(d.Observed, rng.NormFloat64()+1.5*rng.ExpFloat64())
	}
	for range 200 {
		var v []float64
		for range 200 {
			v = append(v, 1.5+1.8*rng.NormFloat64())
		}
		d.Replicated = append(d.Replicated, v)
	}
	d.Statistic = func(v []float64) float64 {
		m := v[0]
		for _, x := range v {
			m = math.Max(m, x)
		}
		return m
	}
	return d
}

func zeros() viz.PredictiveCheckData {
	rng := random(43)
	d := viz.PredictiveCheckData{Title: "More zeros than a Poisson model has", XLabel: "count"}
	draw := func(inflate float64) (v []float64) {
		for range 300 {
			k, p := 0.0, math.Exp(-2.2)
			for u := rng.Float64(); u > p && k < 20; k++ {
				u, p = u-p, p*2.2/(k+1)
			}
			if rng.Float64() < inflate {
				k = 0
			}
			v = append(v, k)
		}
		return v
	}
	d.Observed = draw(0.2)
	for range 40 {
		d.Replicated = append(d.Replicated, draw(0))
	}
	return d
}

// digits are ten hand-made pictures: rings, strokes and angles.
func digits() viz.ImagesData {
	rng := random(44)
	d := viz.ImagesData{Title: "What it sees, what it says, how sure it is", Width: 14, Height: 14, DoubtName: "entropy (nats)"}
	stroke := func(x0, y0, x1, y1, x, y float64) float64 {
		t := math.Max(0, math.Min(1, ((x-x0)*(x1-x0)+(y-y0)*(y1-y0))/((x1-x0)*(x1-x0)+(y1-y0)*(y1-y0))))
		return math.Hypot(x-x0-t*(x1-x0), y-y0-t*(y1-y0))
	}
	for i := range 20 {
		kind, tilt := []string{"0", "1", "7", "4"}[i%4], 2.2*(rng.Float64()-0.5)
		v := make([]float64, 14*14)
		for k := range v {
			x, y := float64(k%14)+tilt*(float64(k/14)-6.5)/6, float64(k/14)
			var dist float64
			switch kind {
			case "0":
				dist = math.Abs(math.Hypot((x-6.5)/0.8, y-6.5) - 4)
			case "1":
				dist = stroke(6.5, 2, 6.5, 11, x, y)
			case "7":
				dist = math.Min(stroke(3, 2.5, 10, 2.5, x, y), stroke(10, 2.5, 5.5, 11, x, y))
			case "4":
				dist = math.Min(math.Min(stroke(4, 2, 3, 7, x, y), stroke(3, 7, 10, 7, x, y)), stroke(8.5, 2, 8.5, 11, x, y))
			}
			v[k] = math.Min(1, math.Max(0, 1.5-dist)+0.1*rng.Float64())
		}
		said := kind
		doubt := 0.1 * rng.ExpFloat64()
		if i%7 == 5 {
			said, doubt = "7", 0.5+0.5*rng.Float64()
		}
		d.Pixels, d.Labels, d.Predictions, d.Doubt = append(d.Pixels, v), append(d.Labels, kind), append(d.Predictions, said), append(d.Doubt, doubt)
	}
	return d
}

// scene is a road between meadows below the sky.
func scene() viz.SegmentationData {
	const w, h = 64, 48
	rng := random(45)
	d := viz.SegmentationData{Title: "Doubt lives at the edges, and where the tree is new", Width: w, Height: h, Classes: []string{"sky", "road", "meadow", "tree"}, UncertaintyName: "entropy (nats)"}
	class := func(x, y float64) int {
		switch {
		case math.Hypot((x-0.78)/0.1, (y-0.33)/0.22) < 1:
			return 3
		case y < 0.4:
			return 0
		case math.Abs(x-0.45) < 0.08+0.6*(y-0.4):
			return 1
		}
		return 2
	}
	rgb := [][3]float64{{0.62, 0.78, 0.92}, {0.5, 0.5, 0.52}, {0.45, 0.66, 0.35}, {0.2, 0.4, 0.22}}
	for k := range w * h {
		x, y := (float64(k%w)+0.5)/w, (float64(k/w)+0.5)/h
		c := class(x, y)
		for _, v := range rgb[c] {
			d.Image = append(d.Image, math.Max(0, math.Min(1, v+0.06*rng.NormFloat64())))
		}
		edge := 0.0
		for _, s := range [][2]float64{{0.02, 0}, {-0.02, 0}, {0, 0.03}, {0, -0.03}} {
			if class(x+s[0], y+s[1]) != c {
				edge += 0.25
			}
		}
		said := c
		if c == 3 && rng.Float64() < 0.25 || edge > 0 && rng.Float64() < 0.2 {
			said = 2
		}
		e := 0.05 * rng.Float64()
		if c == 3 {
			e += 0.5
		}
		d.Truth, d.Prediction = append(d.Truth, c), append(d.Prediction, said)
		d.Epistemic, d.Aleatoric = append(d.Epistemic, e), append(d.Aleatoric, 0.05*rng.Float64()+0.9*edge)
	}
	return d
}

// room is a floor, a wall and a ball.
func room() viz.DepthData {
	const w, h = 80, 48
	rng := random(46)
	d := viz.DepthData{Title: "How far, and how far one can trust it", Width: w, Height: h, Name: "depth (m)"}
	for k := range w * h {
		x, y := (float64(k%w)+0.5)/w, (float64(k/w)+0.5)/h
		z, shade := 6.0, 0.75
		if y > 0.55 {
			z, shade = 6*0.45/(y-0.1), 0.55+0.3*(y-0.55)
		}
		ball := math.Hypot((x-0.3)*w, (y-0.6)*h) < 11
		if ball {
			z, shade = 2.4, 0.25+0.02*math.Hypot((x-0.25)*w, (y-0.5)*h)
		}
		window := x > 0.65 && x < 0.9 && y > 0.12 && y < 0.42
		e, a := 0.1+0.03*z*rng.Float64(), 0.02*z
		if window {
			shade, e = 0.97, 1.4
			z = 9
		}
		if math.Abs(math.Hypot((x-0.3)*w, (y-0.6)*h)-11) < 1.2 {
			a = 1.2
		}
		d.Image = append(d.Image, math.Min(1, math.Max(0, shade+0.03*rng.NormFloat64())))
		d.Prediction = append(d.Prediction, z+0.5*e*rng.NormFloat64())
		d.Epistemic, d.Aleatoric = append(d.Epistemic, e), append(d.Aleatoric, a)
	}
	return d
}

func confused() viz.ConfusionData {
	rng := random(47)
	d := viz.ConfusionData{Title: "Which clothes look alike", Names: []string{"T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"}}
	for t := range d.Names {
		row := make([]int, len(d.Names))
		for p := range row {
			if rng.Float64() < 0.4 {
				row[p] = rng.IntN(6)
			}
		}
		row[t] = 160 + rng.IntN(40)
		d.Counts = append(d.Counts, row)
	}
	d.Counts[0][6], d.Counts[6][0], d.Counts[2][4], d.Counts[4][2], d.Counts[6][2] = 31, 44, 27, 22, 25
	return d
}
