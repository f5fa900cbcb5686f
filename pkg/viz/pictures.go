package viz

import (
	"fmt"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// ImagesData is pictures of one size and what a model says about them.
type ImagesData struct {
	Title         string
	Width, Height int         // in pixels
	Pixels        [][]float64 // each Width·Height grey values row by row, or three times as many (red, green, blue); in [0, 1]

	Predictions []string  // what the model says; nil = nothing
	Labels      []string  // what is true; nil = unknown
	Doubt       []float64 // ≥ 0, e.g. the entropy of the prediction; nil = none
	DoubtName   string    // e.g. "entropy (nats)"; empty = "doubt"

	Columns int // 0 = as many as look well
}

// Images draws a grid of at most 60 pictures. Under each stand the prediction and, in
// another colour, the label where they differ; a bar shows the doubt, full for the
// largest in the grid.
func Images(d ImagesData) (*Figure, error) {
	const name = "Images"
	n := len(d.Pixels)
	if n == 0 || n > 60 {
		return nil, fmt.Errorf("viz: %s: %d pictures in Pixels; it draws from 1 to 60", name, n)
	}
	for i, v := range d.Pixels {
		if err := checkPicture(name, fmt.Sprintf("Pixels[%d]", i), v, d.Width, d.Height); err != nil {
			return nil, err
		}
	}
	for _, c := range []struct {
		field string
		given bool
		n     int
	}{{"Predictions", d.Predictions != nil, len(d.Predictions)}, {"Labels", d.Labels != nil, len(d.Labels)}, {"Doubt", d.Doubt != nil, len(d.Doubt)}} {
		if c.given && c.n != n {
			return nil, fmt.Errorf("viz: %s: %s has %d values and Pixels has %d; they must match", name, c.field, c.n, n)
		}
	}
	if err := finite(name, "Doubt", d.Doubt); err != nil {
		return nil, err
	}
	if err := notNegative(name, column{"Doubt", d.Doubt}, "a doubt"); err != nil {
		return nil, err
	}
	cols := d.Columns
	if cols <= 0 {
		cols = max(1, min(n, 10))
		for k := 10; k >= 5 && n > 10; k-- { // without a ragged last row, if possible
			if n%k == 0 {
				cols = k
				break
			}
		}
	}
	g := gallery{images: make([]picture, n), cols: min(cols, n), most: 1}
	wrong := 0
	alt := fmt.Sprintf("%s %s of %d × %d pixels.", opening(d.Title, "Pictures with predictions"), plural(n, "picture"), d.Width, d.Height)
	for i, v := range d.Pixels {
		p := picture{at: colours(v, d.Width, d.Height)}
		if d.Predictions != nil {
			p.caption = d.Predictions[i]
		}
		if d.Labels != nil && d.Predictions == nil {
			p.caption = d.Labels[i]
		} else if d.Labels != nil && d.Labels[i] != d.Predictions[i] {
			p.truth = d.Labels[i]
			wrong++
		}
		if d.Doubt != nil {
			p.doubt = d.Doubt[i]
			g.bars = true
		}
		g.images[i] = p
	}
	p := newBarePlot()
	p.HideAxes()
	pan := &panel{plot: p, title: d.Title}
	if d.Labels != nil && d.Predictions != nil {
		pan.legend = append(pan.legend, entry{"wrong (in brackets: the label)", fillSample, Posterior})
		alt += fmt.Sprintf(" %d of the predictions are right, %d wrong.", n-wrong, wrong)
	}
	if g.bars {
		g.most = maxOf(d.Doubt)
		what := orText(d.DoubtName, "doubt")
		pan.legend = append(pan.legend, entry{what + ", full bar: " + number(g.most, 3), barSample, Mean})
		k := argMax(d.Doubt)
		alt += fmt.Sprintf(" The largest %s, %s, is that of picture %d", what, number(g.most, 3), k+1)
		if g.images[k].caption != "" {
			alt += fmt.Sprintf(" (%s)", g.images[k].caption)
		}
		alt += "."
	}
	for _, i := range firstFew(n, 12) {
		if q := g.images[i]; q.truth != "" {
			alt += fmt.Sprintf(" Picture %d: %s instead of %s.", i+1, orText(q.caption, "nothing"), q.truth)
		}
	}
	p.Add(g)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 1, 0, 1
	pan.alt = alt
	f := onePanel(pan)
	rows := (n + g.cols - 1) / g.cols
	cell := float64(defaultWidth-20) / float64(g.cols)
	picture := min(cell-8, 120) * float64(d.Height) / float64(d.Width)
	f.h = int(60 + float64(rows)*(picture+30))
	return f, nil
}

func firstFew(n, most int) []int {
	out := make([]int, min(n, most))
	for i := range out {
		out[i] = i
	}
	return out
}

// checkPicture checks the size and the values of a picture.
func checkPicture(figure, field string, v []float64, w, h int) error {
	if w < 1 || h < 1 || len(v) != w*h && len(v) != 3*w*h {
		return fmt.Errorf("viz: %s: %s has %d values; a picture of Width %d × Height %d has %d, or %d in colour", figure, field, len(v), w, h, w*h, 3*w*h)
	}
	for i, x := range v {
		if !(x >= 0 && x <= 1) {
			return fmt.Errorf("viz: %s: %s[%d] = %v; pixels lie between 0 and 1 (divide by 255?)", figure, field, i, x)
		}
	}
	return nil
}

// colours returns what colour a picture has at (u, v), v upward: its nearest pixel.
func colours(v []float64, w, h int) func(x, y float64) color.NRGBA {
	px := make([]color.NRGBA, w*h)
	for i := range px {
		r, g, b := v[i%len(v)], 0.0, 0.0
		if len(v) == 3*w*h {
			r, g, b = v[3*i], v[3*i+1], v[3*i+2]
		} else {
			g, b = r, r
		}
		px[i] = color.NRGBA{uint8(255*r + 0.5), uint8(255*g + 0.5), uint8(255*b + 0.5), 255}
	}
	return func(x, y float64) color.NRGBA {
		return px[min(h-1, int((1-y)*float64(h)))*w+min(w-1, int(x*float64(w)))]
	}
}

// A picture is an image with what stands around it.
type picture struct {
	at             func(u, v float64) color.NRGBA
	title          string // above
	caption, truth string // below
	doubt          float64
}

// gallery draws pictures in rows.
type gallery struct {
	images []picture
	cols   int
	bars   bool
	most   float64
}

func (g gallery) Plot(c draw.Canvas, _ *plot.Plot) {
	rows := (len(g.images) + g.cols - 1) / g.cols
	cw, ch := (c.Max.X-c.Min.X)/vg.Length(g.cols), (c.Max.Y-c.Min.Y)/vg.Length(rows)
	sty := style(legendSize, 0, draw.XCenter, draw.YTop)
	for i, p := range g.images {
		x := c.Min.X + vg.Length(i%g.cols)*cw
		top := c.Max.Y - vg.Length(i/g.cols)*ch
		below := vg.Length(3)
		if g.bars {
			below += 5
		}
		if p.caption != "" || p.truth != "" {
			below += 13
		}
		side := min(cw-6, ch-below-2)
		box := vg.Rectangle{Min: vg.Point{X: x + (cw-side)/2, Y: top - side}, Max: vg.Point{X: x + (cw+side)/2, Y: top}}
		raster(c, box, p.at)
		y := box.Min.Y - 3
		if g.bars {
			full := box.Max.X - box.Min.X
			c.StrokeLine2(draw.LineStyle{Color: gridGrey, Width: 2.6}, box.Min.X, y, box.Max.X, y)
			if g.most > 0 && p.doubt > 0 {
				c.StrokeLine2(draw.LineStyle{Color: Mean, Width: 2.6}, box.Min.X, y, box.Min.X+full*vg.Length(p.doubt/g.most), y)
			}
			y -= 3
		}
		caption := p.caption
		if p.truth != "" {
			caption = fmt.Sprintf("%s (%s)", p.caption, p.truth)
			sty.Color = Posterior
		} else {
			sty.Color = Ink
		}
		if caption != "" {
			write(c, sty, vg.Point{X: x + cw/2, Y: y}, shorten(sty, caption, cw-4))
		}
	}
}

// shorten cuts a text to a width.
func shorten(sty text.Style, s string, w vg.Length) string {
	if sty.Width(s) <= w {
		return s
	}
	r := []rune(s)
	for len(r) > 1 && sty.Width(string(r)+"…") > w {
		r = r[:len(r)-1]
	}
	return string(r) + "…"
}
