package viz

import (
	"fmt"
	"image/color"
	"math"
	"strings"

	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// NetworkData is a small network of fully connected layers.
type NetworkData struct {
	Title string
	Sizes []int // units in each layer, inputs first: two to six layers of at most 12

	// Mean[l][j*Sizes[l]+i] is the weight from unit i of layer l to unit j of the next
	// one, row by row as package nn keeps it. SD, of the same shape, makes every weight a
	// normal distribution instead of a number; nil = numbers.
	Mean, SD [][]float64

	Inputs, Outputs []string // names of the units; nil = none
}

// Network draws units as circles and weights as edges. Weights that are numbers are
// coloured by sign, blue above and vermillion below zero, and as wide as they are large.
// Weights that are distributions each carry a small density over an axis whose stroke is
// zero, all to one scale.
func Network(d NetworkData) (*Figure, error) {
	const name = "Network"
	if len(d.Sizes) < 2 || len(d.Sizes) > 6 {
		return nil, fmt.Errorf("viz: %s: Sizes has %d layers; it draws from 2 to 6", name, len(d.Sizes))
	}
	for l, n := range d.Sizes {
		if n < 1 || n > 12 {
			return nil, fmt.Errorf("viz: %s: Sizes[%d] = %d; it draws from 1 to 12 units a layer", name, l, n)
		}
	}
	if len(d.Mean) != len(d.Sizes)-1 || d.SD != nil && len(d.SD) != len(d.Mean) {
		return nil, fmt.Errorf("viz: %s: Mean has %d and SD %d layers of weights; %d layers of units have %d between them", name, len(d.Mean), len(d.SD), len(d.Sizes), len(d.Sizes)-1)
	}
	largest, reach, edges := 0.0, 0.0, 0
	for l, w := range d.Mean {
		field := fmt.Sprintf("Mean[%d]", l)
		if len(w) != d.Sizes[l]*d.Sizes[l+1] {
			return nil, fmt.Errorf("viz: %s: %s has %d weights; layers of %d and %d units have %d", name, field, len(w), d.Sizes[l], d.Sizes[l+1], d.Sizes[l]*d.Sizes[l+1])
		}
		if err := finite(name, field, w); err != nil {
			return nil, err
		}
		edges += len(w)
		for k, v := range w {
			largest = math.Max(largest, math.Abs(v))
			if d.SD == nil {
				continue
			}
			if len(d.SD[l]) != len(w) {
				return nil, fmt.Errorf("viz: %s: SD[%d] has %d values and %s has %d; they must match", name, l, len(d.SD[l]), field, len(w))
			}
			if sd := d.SD[l][k]; !(sd > 0) || math.IsInf(sd, 0) {
				return nil, fmt.Errorf("viz: %s: SD[%d][%d] = %v; a standard deviation is positive", name, l, k, sd)
			}
			reach = math.Max(reach, math.Abs(v)+2.5*d.SD[l][k])
		}
	}
	if d.SD != nil && edges > 60 {
		return nil, fmt.Errorf("viz: %s: %d weights; as distributions at most 60 can be told apart (leave out SD)", name, edges)
	}
	for _, n := range []struct {
		field string
		names []string
		units int
	}{{"Inputs", d.Inputs, d.Sizes[0]}, {"Outputs", d.Outputs, d.Sizes[len(d.Sizes)-1]}} {
		if n.names != nil && len(n.names) != n.units {
			return nil, fmt.Errorf("viz: %s: %d %s for %d units", name, len(n.names), n.field, n.units)
		}
	}
	p := newBarePlot()
	p.HideAxes()
	g := graph{sizes: append([]int(nil), d.Sizes...), mean: cloneGrid(d.Mean), inputs: append([]string(nil), d.Inputs...), outputs: append([]string(nil), d.Outputs...), largest: largest, reach: reach}
	pan := &panel{plot: p, title: d.Title}
	pan.alt = fmt.Sprintf("%s A network with layers of %s units and %d weights", opening(d.Title, "Network"), strings.Trim(strings.ReplaceAll(fmt.Sprint(d.Sizes), " ", ", "), "[]"), edges)
	if d.SD != nil {
		g.sd = cloneGrid(d.SD)
		pan.legend = []entry{{"a weight's posterior", fillSample, onPaper(fade(Posterior, 90))}, {"zero", tallyOne, tickGrey}}
		pan.alt += ", each a distribution."
	} else {
		pan.legend = []entry{{"positive weight", lineSample, Mean}, {"negative weight", lineSample, Posterior}}
		pan.alt += ", each a number."
	}
	for l, w := range d.Mean {
		k := argMaxAbs(w)
		pan.alt += fmt.Sprintf(" The largest from layer %d to layer %d is %s", l+1, l+2, number(w[k], 3))
		if d.SD != nil {
			pan.alt += " ± " + number(d.SD[l][k], 2)
		}
		pan.alt += "."
	}
	p.Add(g)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 1, 0, 1
	return onePanel(pan), nil
}

func argMaxAbs(v []float64) int {
	k := 0
	for i := range v {
		if math.Abs(v[i]) > math.Abs(v[k]) {
			k = i
		}
	}
	return k
}

type graph struct {
	sizes           []int
	mean, sd        [][]float64
	inputs, outputs []string
	largest, reach  float64
}

func (g graph) Plot(c draw.Canvas, _ *plot.Plot) {
	sty := style(legendSize, stdfont.WeightNormal, draw.XRight, draw.YCenter)
	const gap = 7
	var left, right vg.Length
	for _, s := range g.inputs {
		left = max(left, sty.Width(s)+gap)
	}
	for _, s := range g.outputs {
		right = max(right, sty.Width(s)+gap)
	}
	most := 1
	for _, n := range g.sizes {
		most = max(most, n)
	}
	r := min(9, 0.33*(c.Max.Y-c.Min.Y)/vg.Length(most))
	c.Min.X, c.Max.X = c.Min.X+left+r+2, c.Max.X-right-r-2
	high := c.Max.Y - c.Min.Y - 2*r - 4 // between the first and the last unit of the largest layer
	at := func(l, i int) vg.Point {
		n := vg.Length(g.sizes[l])
		step := high / max(1, n-1+0.45*(vg.Length(most)-n)) // a smaller layer spreads a little
		return vg.Point{
			X: c.Min.X + (c.Max.X-c.Min.X)*vg.Length(l)/vg.Length(len(g.sizes)-1),
			Y: (c.Min.Y+c.Max.Y)/2 + step*((n-1)/2-vg.Length(i)),
		}
	}
	for l, w := range g.mean {
		for k, v := range w {
			from, to := at(l, k%g.sizes[l]), at(l+1, k/g.sizes[l])
			line := draw.LineStyle{Color: fade(tickGrey, 120), Width: 0.7}
			if g.sd == nil && g.largest > 0 {
				share := math.Abs(v) / g.largest
				line.Color, line.Width = fade(Mean, uint8(70+150*share)), vg.Length(0.4+2.8*share)
				if v < 0 {
					line.Color = fade(Posterior, uint8(70+150*share))
				}
			}
			c.StrokeLine2(line, from.X, from.Y, to.X, to.Y)
		}
	}
	if g.sd != nil {
		g.densities(c, at, r)
	}
	for l, n := range g.sizes {
		for i := range n {
			pt := at(l, i)
			dot(c, pt, r, tickGrey)
			dot(c, pt, r-1, unitFill)
			if l == 0 && g.inputs != nil {
				write(c, sty, pt.Add(vg.Point{X: -r - 5}), g.inputs[i])
			}
			if l == len(g.sizes)-1 && g.outputs != nil {
				out := sty
				out.XAlign = draw.XLeft
				write(c, out, pt.Add(vg.Point{X: r + 5}), g.outputs[i])
			}
		}
	}
}

// unitFill is the inside of a unit: the page with a breath of grey.
var unitFill = onPaper(color.NRGBA{120, 120, 120, 36})

// densities draws each weight's density on its edge, neighbours at different places
// along their edges, so that they stay apart.
func (g graph) densities(c draw.Canvas, at func(l, i int) vg.Point, r vg.Length) {
	most := 0
	for _, w := range g.mean {
		most = max(most, len(w))
	}
	for l, w := range g.mean {
		n := len(w)
		span := at(l+1, 0).X - at(l, 0).X
		width, height := min(34, 0.21*span), vg.Length(15)
		if most <= 6 { // few of them have room
			width, height = min(64, 0.4*span), 22
		}
		height = min(height, 0.5*(c.Max.Y-c.Min.Y)/vg.Length(max(g.sizes[l], g.sizes[l+1])))
		places := g.spread(at, l, width+3, height+4, r)
		for k := range n {
			g.density(c, places[k], width, height, w[k], g.sd[l][k])
		}
	}
}

// spread finds a place on each edge between two layers, so that no two boxes overlap,
// or as few as possible, and those nearest to the middle first.
func (g graph) spread(at func(l, i int) vg.Point, l int, w, h, r vg.Length) []vg.Point {
	out := make([]vg.Point, len(g.mean[l]))
	for k := range out {
		from, to := at(l, k%g.sizes[l]), at(l+1, k/g.sizes[l])
		best, cost := vg.Point{}, math.Inf(1)
		for t := 0.16; t <= 0.84; t += 0.02 {
			pt := vg.Point{X: from.X + vg.Length(t)*(to.X-from.X), Y: from.Y + vg.Length(t)*(to.Y-from.Y)}
			now := math.Abs(t - 0.5)
			for _, o := range out[:k] {
				dx, dy := w-vg.Length(math.Abs(float64(pt.X-o.X))), h-vg.Length(math.Abs(float64(pt.Y-o.Y)))
				if dx > 0 && dy > 0 {
					now += 1 + 10*float64(dx*dy/(w*h))
				}
			}
			if pt.X-w/2 < from.X+r || pt.X+w/2 > to.X-r {
				now += 5
			}
			if now < cost {
				best, cost = pt, now
			}
		}
		out[k] = best
	}
	return out
}

// density draws a normal density with its foot centred at pt.
func (g graph) density(c draw.Canvas, pt vg.Point, w, h vg.Length, mean, sd float64) {
	foot := pt.Y - h/3
	x := func(v float64) vg.Length { return pt.X + w/2*vg.Length(v/g.reach) }
	var curve []vg.Point
	for i := range 41 {
		v := mean + sd*(-3+6*float64(i)/40)
		// The height is the same for all: what counts is place and width.
		curve = append(curve, vg.Point{X: max(pt.X-w/2, min(pt.X+w/2, x(v))), Y: foot + h*vg.Length(math.Exp(-0.5*math.Pow((v-mean)/sd, 2)))})
	}
	c.FillPolygon(onPaper(fade(Posterior, 90)), append(append([]vg.Point{{X: curve[0].X, Y: foot}}, curve...), vg.Point{X: curve[40].X, Y: foot}))
	c.StrokeLines(draw.LineStyle{Color: Posterior, Width: 0.9}, curve)
	c.StrokeLine2(draw.LineStyle{Color: tickGrey, Width: 0.6}, pt.X-w/2, foot, pt.X+w/2, foot)
	c.StrokeLine2(draw.LineStyle{Color: tickGrey, Width: 0.8}, pt.X, foot-2, pt.X, foot+3)
}
