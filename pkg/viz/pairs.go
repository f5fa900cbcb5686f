package viz

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// PairsData is draws of several quantities at once.
type PairsData struct {
	Title   string
	Names   []string
	Columns [][]float64 // two to six; Columns[k][i] is draw i of quantity k
	Truth   []float64   // of each quantity, when known; nil = none
}

// Pairs draws each quantity's density on the diagonal and, below it, the joint draws of
// every pair with the contours that hold half and 90 % of them: what depends on what, and
// whether a posterior is anything like a normal one.
func Pairs(d PairsData) (*Figure, error) {
	const name = "Pairs"
	n := len(d.Columns)
	if n < 2 || n > 6 {
		return nil, fmt.Errorf("viz: %s: %d Columns; it draws from 2 to 6", name, n)
	}
	if len(d.Names) != n || d.Truth != nil && len(d.Truth) != n {
		return nil, fmt.Errorf("viz: %s: %d Names and %d values of Truth for %d Columns; they must match", name, len(d.Names), len(d.Truth), n)
	}
	var cols []column
	for k, v := range d.Columns {
		cols = append(cols, column{fmt.Sprintf("Columns[%d]", k), nonNil(v)})
	}
	if len(cols[0].v) < 5 {
		return nil, fmt.Errorf("viz: %s: Columns[0] has %d values; a density of two needs at least five", name, len(cols[0].v))
	}
	if err := sameLength(name, cols[0], cols[1:]...); err != nil {
		return nil, err
	}
	if err := finite(name, "Truth", d.Truth); err != nil {
		return nil, err
	}
	f := &Figure{title: d.Title, w: defaultWidth, h: max(defaultHeight, 70+118*n)}
	f.alt = fmt.Sprintf("%s %s draws of %d quantities.", opening(d.Title, "Pairs"), number(float64(len(d.Columns[0])), 7), n)
	lo, hi := make([]float64, n), make([]float64, n)
	for k, v := range d.Columns {
		s := sorted(v)
		mean, sd := meanSD(s)
		f.alt += fmt.Sprintf(" %s: mean %s, sd %s.", d.Names[k], number(mean, 3), number(sd, 2))
		// Single far draws would squeeze the rest.
		lo[k], hi[k] = quantile(s, 0.001), quantile(s, 0.999)
		if d.Truth != nil {
			span(&lo[k], &hi[k], d.Truth[k])
		}
		lo[k], hi[k], _ = limits(name, 0, 0, lo[k], hi[k], 0.06)
	}
	for i := range n {
		row := make([]*panel, n)
		for j := range i + 1 {
			p := newBarePlot()
			p.X.Min, p.X.Max = lo[j], hi[j]
			if i == j {
				x, y := kde(sorted(d.Columns[i]), [2]float64{})
				p.Add(area{x, make([]float64, len(x)), y, fade(Posterior, 50)}, newCurve(x, y, Posterior, 1.4))
				p.Y.Min, p.Y.Max = 0, 1.08*maxOf(y)
				p.Y.Tick.Marker = plot.ConstantTicks(nil)
				if d.Truth != nil {
					p.Add(upright{d.Truth[i], draw.LineStyle{Color: Truth, Width: 1, Dashes: dashes}})
				}
			} else {
				p.Y.Min, p.Y.Max = lo[i], hi[i]
				v := joint{cloneOf(d.Columns[j]), cloneOf(d.Columns[i])}
				p.Add(dots{v.x, v.y, min(1.1, dotRadius(len(v.x))), fade(Posterior, 70)})
				for _, k := range v.contours(lo[j], hi[j], lo[i], hi[i]) {
					p.Add(k)
				}
				if d.Truth != nil {
					line := draw.LineStyle{Color: Truth, Width: 0.8, Dashes: dashes}
					p.Add(upright{d.Truth[j], line}, level{d.Truth[i], line})
				}
				r := correlation(v.x, v.y)
				f.alt += fmt.Sprintf(" Correlation of %s and %s: %s.", d.Names[j], d.Names[i], number(r, 2))
			}
			if i != j {
				p.Y.LineStyle.Width = 0.7
			}
			if i == n-1 {
				p.X.Label.Text = d.Names[j]
			} else {
				p.X.Tick.Marker = bare{&ticks{}}
			}
			if j == 0 && i > 0 {
				p.Y.Label.Text = d.Names[i]
			} else if i != j {
				p.Y.Tick.Marker = bare{&ticks{}}
			}
			row[j] = &panel{plot: p}
		}
		f.panels = append(f.panels, row)
	}
	f.legend = []entry{{"half of the draws", lineSample, Ink}, {"90 % of them", thinSample, Ink}}
	if d.Truth != nil {
		f.legend = append(f.legend, entry{"truth", dashSample, Truth})
	}
	return f, nil
}

// bare marks an axis by strokes alone.
type bare struct{ *ticks }

// Ticks implements plot.Ticker.
func (b bare) Ticks(lo, hi float64) []plot.Tick {
	t := b.ticks.Ticks(lo, hi)
	for i := range t {
		t[i].Label = ""
	}
	return t
}

// correlation is Pearson's; 0 if one of them does not vary.
func correlation(x, y []float64) float64 {
	mx, sx := meanSD(x)
	my, sy := meanSD(y)
	if sx == 0 || sy == 0 {
		return 0
	}
	sum := 0.0
	for i := range x {
		sum += (x[i] - mx) / sx * (y[i] - my) / sy
	}
	return sum / float64(len(x)-1)
}

type joint struct{ x, y []float64 }

// contours are the lines around the smallest regions with half and with 90 % of the
// draws, from a histogram smoothed by a Gaussian of Scott's (1992) width.
func (v joint) contours(x0, x1, y0, y1 float64) []contour {
	const n = 64
	dx, dy := (x1-x0)/(n-1), (y1-y0)/(n-1)
	z := make([][]float64, n)
	for j := range z {
		z[j] = make([]float64, n)
	}
	for i := range v.x {
		k, l := int(math.Round((v.x[i]-x0)/dx)), int(math.Round((v.y[i]-y0)/dy))
		if k >= 0 && k < n && l >= 0 && l < n {
			z[l][k]++
		}
	}
	_, sx := meanSD(v.x)
	_, sy := meanSD(v.y)
	scott := math.Pow(float64(len(v.x)), -1./6)
	z = blurRows(z, math.Max(0.8, scott*sx/dx))
	z = transpose(blurRows(transpose(z), math.Max(0.8, scott*sy/dy)))
	var all []float64
	total := 0.0
	for _, row := range z {
		all = append(all, row...)
		for _, c := range row {
			total += c
		}
	}
	slices.Sort(all)
	x, y := grid(x0, x1, n), grid(y0, y1, n)
	var out []contour
	sum := 0.0
	shares, widths := []float64{0.5, 0.9}, []vg.Length{1.3, 0.7}
	for k := len(all) - 1; k >= 0 && len(shares) > 0; k-- {
		if sum += all[k]; sum >= shares[0]*total {
			out = append(out, contour{x, y, z, all[k], draw.LineStyle{Color: Ink, Width: widths[0]}})
			shares, widths = shares[1:], widths[1:]
		}
	}
	return out
}

// blurRows convolves each row with a Gaussian of so many cells.
func blurRows(z [][]float64, cells float64) [][]float64 {
	reach := int(math.Ceil(3 * cells))
	kernel := make([]float64, reach+1)
	for k := range kernel {
		kernel[k] = math.Exp(-0.5 * math.Pow(float64(k)/cells, 2))
	}
	out := make([][]float64, len(z))
	for j, row := range z {
		out[j] = make([]float64, len(row))
		for i, c := range row {
			for k := -reach; c != 0 && k <= reach; k++ {
				if i+k >= 0 && i+k < len(row) {
					out[j][i+k] += c * kernel[max(k, -k)]
				}
			}
		}
	}
	return out
}

func transpose(z [][]float64) [][]float64 {
	out := make([][]float64, len(z[0]))
	for i := range out {
		out[i] = make([]float64, len(z))
		for j := range z {
			out[i][j] = z[j][i]
		}
	}
	return out
}
