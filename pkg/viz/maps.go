package viz

import (
	"fmt"
	"image/color"
	"math"

	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// SegmentationData is a picture with a class for every pixel, and two kinds of doubt.
// All slices go row by row from the top left.
type SegmentationData struct {
	Title         string
	Width, Height int
	Image         []float64 // Width·Height grey values, or three times as many; in [0, 1]

	Classes    []string // names, at most 8
	Prediction []int    // index into Classes, for each pixel
	Truth      []int    // likewise; nil = unknown

	Epistemic, Aleatoric []float64 // for each pixel, ≥ 0; nil = not drawn
	UncertaintyName      string    // e.g. "entropy (nats)"; empty = "uncertainty"
}

// Segmentation draws the input, the predicted classes (and the true ones), and maps of
// epistemic and aleatoric uncertainty on one common scale, so that they can be compared.
func Segmentation(d SegmentationData) (*Figure, error) {
	const name = "Segmentation"
	if len(d.Classes) < 2 || len(d.Classes) > len(classPalette) {
		return nil, fmt.Errorf("viz: %s: %d Classes; it draws from 2 to %d", name, len(d.Classes), len(classPalette))
	}
	if err := checkPicture(name, "Image", d.Image, d.Width, d.Height); err != nil {
		return nil, err
	}
	maps := []picture{{title: "input", at: colours(d.Image, d.Width, d.Height)}}
	share := make([]float64, len(d.Classes))
	right := 0
	for _, c := range []struct {
		field, title string
		v            []int
	}{{"Truth", "truth", d.Truth}, {"Prediction", "prediction", d.Prediction}} {
		if c.v == nil && c.field == "Truth" {
			continue
		}
		if len(c.v) != d.Width*d.Height {
			return nil, fmt.Errorf("viz: %s: %s has %d values; Width %d × Height %d is %d", name, c.field, len(c.v), d.Width, d.Height, d.Width*d.Height)
		}
		px := make([]color.NRGBA, len(c.v))
		for i, k := range c.v {
			if k < 0 || k >= len(d.Classes) {
				return nil, fmt.Errorf("viz: %s: %s[%d] = %d, but there are %d Classes", name, c.field, i, k, len(d.Classes))
			}
			px[i] = color.NRGBA(classPalette[k])
			if c.field == "Prediction" {
				share[k] += 1 / float64(len(c.v))
				if d.Truth != nil && d.Truth[i] == k {
					right++
				}
			}
		}
		maps = append(maps, picture{title: c.title, at: nearest(px, d.Width, d.Height)})
	}
	alt := fmt.Sprintf("%s A picture of %d × %d pixels and the class of each:", opening(d.Title, "Segmentation"), d.Width, d.Height)
	var legend []entry
	for k, c := range d.Classes {
		legend = append(legend, entry{c, fillSample, classPalette[k]})
		if k > 0 {
			alt += ","
		}
		alt += fmt.Sprintf(" %s %s", c, percent(math.Round(1000*share[k])/1000))
	}
	alt += "."
	if d.Truth != nil {
		alt += fmt.Sprintf(" %s of the pixels are right.", percent(math.Round(1000*float64(right)/float64(len(d.Truth)))/1000))
	}
	return mapsFigure(name, d.Title, alt, maps, legend, d.Width, d.Height, d.Epistemic, d.Aleatoric, orText(d.UncertaintyName, "uncertainty"))
}

// DepthData is a picture with a number for every pixel, such as the distance of what it
// shows, and two kinds of doubt. All slices go row by row from the top left.
type DepthData struct {
	Title         string
	Width, Height int
	Image         []float64 // Width·Height grey values, or three times as many; in [0, 1]

	Prediction []float64 // for each pixel
	Truth      []float64 // likewise; nil = unknown
	Name       string    // of what is predicted, e.g. "depth (m)"; empty = "prediction"

	Epistemic, Aleatoric []float64 // standard deviations for each pixel; nil = not drawn
}

// Depth draws the input, the prediction (and the truth) on one scale, and maps of
// epistemic and aleatoric uncertainty on another that they share.
func Depth(d DepthData) (*Figure, error) {
	const name = "Depth"
	if err := checkPicture(name, "Image", d.Image, d.Width, d.Height); err != nil {
		return nil, err
	}
	n := d.Width * d.Height
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, c := range []column{{"Prediction", nonNil(d.Prediction)}, {"Truth", d.Truth}} {
		if c.v == nil {
			continue
		}
		if len(c.v) != n {
			return nil, fmt.Errorf("viz: %s: %s has %d values; Width %d × Height %d is %d", name, c.name, len(c.v), d.Width, d.Height, n)
		}
		if err := finite(name, c.name, c.v); err != nil {
			return nil, err
		}
		span(&lo, &hi, c.v...)
	}
	maps := []picture{{title: "input", at: colours(d.Image, d.Width, d.Height)}}
	if d.Truth != nil {
		maps = append(maps, picture{title: "truth", at: ramped(d.Truth, d.Width, d.Height, lo, hi, cividis)})
	}
	maps = append(maps, picture{title: "prediction", at: ramped(d.Prediction, d.Width, d.Height, lo, hi, cividis)})
	what := orText(d.Name, "prediction")
	write := likeWidth(hi - lo)
	alt := fmt.Sprintf("%s A picture of %d × %d pixels and %s for each, from %s to %s.", opening(d.Title, "A prediction for every pixel"), d.Width, d.Height, what, write(minOf(d.Prediction)), write(maxOf(d.Prediction)))
	if d.Truth != nil {
		sum := 0.0
		for i := range d.Truth {
			sum += (d.Truth[i] - d.Prediction[i]) * (d.Truth[i] - d.Prediction[i])
		}
		alt += fmt.Sprintf(" Root mean squared error %s.", number(math.Sqrt(sum/float64(n)), 3))
	}
	legend := []entry{{what + " " + write(lo) + "\t" + write(hi), cividisSample, Ink}}
	return mapsFigure(name, d.Title, alt, maps, legend, d.Width, d.Height, d.Epistemic, d.Aleatoric, "sd")
}

// mapsFigure adds the two maps of uncertainty and lays out all of them.
func mapsFigure(name, title, alt string, maps []picture, legend []entry, w, h int, epistemic, aleatoric []float64, unit string) (*Figure, error) {
	most := 0.0
	doubts := []column{{"Epistemic", epistemic}, {"Aleatoric", aleatoric}}
	for _, c := range doubts {
		if c.v == nil {
			continue
		}
		if len(c.v) != w*h {
			return nil, fmt.Errorf("viz: %s: %s has %d values; Width %d × Height %d is %d", name, c.name, len(c.v), w, h, w*h)
		}
		if err := finite(name, c.name, c.v); err != nil {
			return nil, err
		}
		if err := notNegative(name, c, "an uncertainty"); err != nil {
			return nil, err
		}
		most = max(most, maxOf(c.v))
	}
	for _, c := range doubts {
		if c.v == nil {
			continue
		}
		title := map[string]string{"Epistemic": "epistemic", "Aleatoric": "aleatoric"}[c.name]
		maps = append(maps, picture{title: title, at: ramped(c.v, w, h, 0, most, viridis)})
		mean, _ := meanSD(c.v)
		k := argMax(c.v)
		alt += fmt.Sprintf(" %s uncertainty: mean %s, most, %s, in row %d, column %d.", c.name, number(mean, 2), number(c.v[k], 2), k/w+1, k%w+1)
	}
	if most > 0 {
		legend = append(legend, entry{unit + " 0\t" + number(most, 3), rampSample, Ink})
	}
	cols := len(maps)
	if cols > 4 || cols == 4 && float64(w)/float64(h) > 1.45 { // in two rows
		cols = (cols + 1) / 2
	}
	p := newBarePlot()
	p.HideAxes()
	p.Add(pictureRows{maps, cols, float64(h) / float64(w)})
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 1, 0, 1
	pan := &panel{plot: p, title: title, legend: legend, alt: alt}
	f := onePanel(pan)
	rows := (len(maps) + cols - 1) / cols
	f.h = max(120, int(56+float64(rows)*(22+float64(defaultWidth-16-8*(cols-1))/float64(cols)*float64(h)/float64(w))))
	return f, nil
}

// classPalette are the colours of classes in a map of them.
var classPalette = [...]fixed{
	{0, 114, 178, 255}, {230, 159, 0, 255}, {0, 158, 115, 255}, {204, 121, 167, 255},
	{86, 180, 233, 255}, {213, 94, 0, 255}, {240, 228, 66, 255}, {90, 90, 96, 255},
}

func nearest(px []color.NRGBA, w, h int) func(x, y float64) color.NRGBA {
	return func(x, y float64) color.NRGBA {
		return px[min(h-1, int((1-y)*float64(h)))*w+min(w-1, int(x*float64(w)))]
	}
}

// ramped colours values from lo to hi.
func ramped(v []float64, w, h int, lo, hi float64, ramp func(float64) color.NRGBA) func(x, y float64) color.NRGBA {
	px := make([]color.NRGBA, len(v))
	for i, x := range v {
		t := 0.0
		if hi > lo {
			t = (x - lo) / (hi - lo)
		}
		px[i] = ramp(t)
	}
	return nearest(px, w, h)
}

// pictureRows draws titled pictures as large as fit.
type pictureRows struct {
	maps   []picture
	cols   int
	aspect float64 // height over width
}

func (r pictureRows) Plot(c draw.Canvas, _ *plot.Plot) {
	const gap, head = 6, 13
	rows := (len(r.maps) + r.cols - 1) / r.cols
	w := (c.Max.X - c.Min.X - gap*vg.Length(r.cols-1)) / vg.Length(r.cols)
	h := (c.Max.Y-c.Min.Y)/vg.Length(rows) - head - 3
	if w*vg.Length(r.aspect) > h {
		w = h / vg.Length(r.aspect)
	}
	h = w * vg.Length(r.aspect)
	sty := style(legendSize, stdfont.WeightSemiBold, draw.XLeft, draw.YTop)
	for i, m := range r.maps {
		x := c.Min.X + vg.Length(i%r.cols)*(w+gap)
		top := c.Max.Y - vg.Length(i/r.cols)*(h+head+3)
		write(c, sty, vg.Point{X: x, Y: top}, m.title)
		raster(c, vg.Rectangle{Min: vg.Point{X: x, Y: top - head - h}, Max: vg.Point{X: x + w, Y: top - head}}, m.at)
	}
}
