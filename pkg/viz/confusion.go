package viz

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// ConfusionData counts answers, as metrics.Confusion of pkg/bnn/metrics does.
type ConfusionData struct {
	Title  string
	Names  []string // of the classes, two to 40
	Counts [][]int  // Counts[t][p]: how often class p was predicted where t was true

	// Doubt, if there is any, has a number for each cell, such as the mean entropy of its
	// answers in nats. NaN and Inf: none.
	Doubt     [][]float64
	DoubtName string // empty = "mean entropy (nats)"
}

// Confusion draws a map of confusions, one row a true class. A cell is as strong as the
// share of its row that it holds, and shows the count, and below it the doubt; what is off
// the diagonal is wrong.
func Confusion(d ConfusionData) (*Figure, error) {
	const name = "Confusion"
	if err := d.check(name); err != nil {
		return nil, err
	}
	n := len(d.Names)
	p := newBarePlot()
	pan := &panel{plot: p, title: d.Title}
	p.X.Label.Text, p.Y.Label.Text = "predicted", "true"
	c := confusion{shares: make([][]float64, n), counts: make([][]int, n), doubt: cloneGrid(d.Doubt)}
	right, total := 0, 0
	worst, at := 0, [2]int{}
	names := make([]string, n)
	for t, row := range d.Counts {
		sum := 0
		for _, v := range row {
			sum += v
		}
		c.counts[t], c.shares[t] = append([]int(nil), row...), make([]float64, n)
		for k, v := range row {
			if sum > 0 {
				c.shares[t][k] = float64(v) / float64(sum)
			}
			if k != t && v > worst {
				worst, at = v, [2]int{t, k}
			}
		}
		right, total = right+row[t], total+sum
		names[n-1-t] = d.Names[t]
	}
	p.Add(c)
	p.X.Tick.Marker, p.Y.Tick.Marker = &ticks{names: append([]string(nil), d.Names...)}, &ticks{names: names}
	p.X.Tick.Length, p.X.LineStyle.Width = 0, 0
	widest := vg.Length(0)
	for _, s := range d.Names {
		widest = max(widest, p.X.Tick.Label.Width(s))
	}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = -0.5, float64(n)-0.5, -0.5, float64(n)-0.5
	pan.legend = []entry{{"right", fillSample, onPaper(fade(Mean, 190))}, {"wrong", fillSample, onPaper(fade(Posterior, 150))}, {"accuracy " + percent(math.Round(1000*float64(right)/float64(total))/1000), noSample, Ink}}
	if d.Doubt != nil {
		pan.legend = append(pan.legend, entry{"below the count: " + orText(d.DoubtName, "mean entropy (nats)"), noSample, Ink})
	}
	pan.alt = fmt.Sprintf("%s %s answers in %d classes, %s right.", opening(d.Title, "Confusion map"), number(float64(total), 7), n, percent(math.Round(1000*float64(right)/float64(total))/1000))
	if worst > 0 {
		pan.alt += fmt.Sprintf(" The most frequent mistake: %s taken for %s, %s times.", d.Names[at[0]], d.Names[at[1]], number(float64(worst), 7))
	}
	f := onePanel(pan)
	f.h = max(defaultHeight, min(900, 110+26*n+int(widest)))
	return f, nil
}

func (d ConfusionData) check(name string) error {
	n := len(d.Names)
	if n < 2 || n > 40 {
		return fmt.Errorf("viz: %s: %d Names; it draws from 2 to 40 classes, so join rare ones", name, n)
	}
	if len(d.Counts) != n {
		return fmt.Errorf("viz: %s: Counts has %d rows and there are %d Names; they must match", name, len(d.Counts), n)
	}
	if d.Doubt != nil && len(d.Doubt) != n {
		return fmt.Errorf("viz: %s: Doubt has %d rows and there are %d Names; they must match", name, len(d.Doubt), n)
	}
	all := 0
	for t, row := range d.Counts {
		if len(row) != n {
			return fmt.Errorf("viz: %s: Counts[%d] has %d values and there are %d Names; they must match", name, t, len(row), n)
		}
		if d.Doubt != nil && len(d.Doubt[t]) != n {
			return fmt.Errorf("viz: %s: Doubt[%d] has %d values and there are %d Names; they must match", name, t, len(d.Doubt[t]), n)
		}
		for k, v := range row {
			if v < 0 {
				return fmt.Errorf("viz: %s: Counts[%d][%d] = %d; a count cannot be negative", name, t, k, v)
			}
			all += v
		}
	}
	if all == 0 {
		return fmt.Errorf("viz: %s: Counts are all 0; there is nothing to draw", name)
	}
	return nil
}

type confusion struct {
	shares [][]float64
	counts [][]int
	doubt  [][]float64 // empty = none
}

func (k confusion) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	n := len(k.shares)
	room := tx(1) - tx(0)
	sty := style(legendSize, 0, draw.XCenter, draw.YCenter)
	if n > 14 {
		sty.Font.Size = 6.5
	}
	for t := range n {
		y := float64(n - 1 - t)
		for q := range n {
			x := float64(q)
			hue, share := Posterior, k.shares[t][q]
			if q == t {
				hue = Mean
			}
			// A root keeps rare mistakes visible; an empty cell is a breath of grey.
			fillc := onPaper(fade(Prior, 16))
			strength := uint8(0)
			if share > 0 {
				strength = uint8(30 + 190*math.Sqrt(share))
				fillc = onPaper(fade(hue, strength))
			}
			pad := 0.03
			block{x - 0.5 + pad, x + 0.5 - pad, y - 0.5 + pad, y + 0.5 - pad, fillc}.Plot(c, p)
			text := number(float64(k.counts[t][q]), 7)
			if k.counts[t][q] == 0 || sty.Width(text) > 0.92*room || ty(1)-ty(0) < 8 {
				continue
			}
			at, place := sty, vg.Point{X: tx(x), Y: ty(y)}
			if strength > 140 {
				at.Color = fixed{255, 255, 255, 255}
			}
			if len(k.doubt) > 0 && !math.IsNaN(k.doubt[t][q]) && !math.IsInf(k.doubt[t][q], 0) {
				small := at
				small.Font.Size = 6.5
				if s := number(k.doubt[t][q], 2); small.Width(s) <= 0.92*room && ty(1)-ty(0) > 18 {
					place.Y += 4.5
					write(c, small, place.Sub(vg.Point{Y: 9}), s)
				}
			}
			write(c, at, place, text)
		}
	}
}
