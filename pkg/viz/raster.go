package viz

import (
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// What is drawn as an image inside a figure: heat maps, pictures, clouds of points.
// Its pixels are those of the page at twice the nominal size. The back ends must not
// scale it: one blurs, the other keeps the aspect.

const dot2x = vg.Length(0.375) // a pixel at 192 dpi

// raster fills a rectangle with the colours of f at (u, v) in [0, 1)², v upward.
func raster(c draw.Canvas, r vg.Rectangle, f func(u, v float64) color.NRGBA) {
	w, h := pixels(r)
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for j := range h {
		for i := range w {
			m.SetNRGBA(i, j, f((float64(i)+0.5)/float64(w), 1-(float64(j)+0.5)/float64(h)))
		}
	}
	c.DrawImage(r, m)
}

func pixels(r vg.Rectangle) (w, h int) {
	n := func(l vg.Length) int { return max(1, int(math.Round(float64(l/dot2x)))) }
	return n(r.Max.X - r.Min.X), n(r.Max.Y - r.Min.Y)
}

// A stencil is an image of one colour, which the page knows in both themes.
type stencil struct {
	*image.Alpha
	c color.Color
}

// cloud draws very many points as one image: where more of them lie it is darker.
func (d dots) cloud(c draw.Canvas, tx, ty func(float64) vg.Length) {
	w, h := pixels(c.Rectangle)
	clear := make([]float64, w*h) // log of the share of light that passes
	size := 2
	if len(d.x) > 50_000 {
		size = 1
	}
	_, _, _, a := d.c.RGBA()
	alpha := math.Max(0.06, math.Min(0.9, float64(a)/0xffff*math.Sqrt(3000/float64(len(d.x)))))
	pass := math.Log(1 - alpha)
	for k := range d.x {
		i, j := int((tx(d.x[k])-c.Min.X)/dot2x), int((c.Max.Y-ty(d.y[k]))/dot2x)
		for dj := range size {
			for di := range size {
				if i+di >= 0 && i+di < w && j+dj >= 0 && j+dj < h {
					clear[(j+dj)*w+i+di] += pass
				}
			}
		}
	}
	m := image.NewAlpha(image.Rect(0, 0, w, h))
	for k, l := range clear {
		m.Pix[k] = uint8(math.Round(255 * (1 - math.Exp(l))))
	}
	r, g, b, _ := d.c.RGBA()
	solidInk := color.NRGBAModel.Convert(color.RGBA64{uint16(r), uint16(g), uint16(b), uint16(a)}).(color.NRGBA)
	c.DrawImage(c.Rectangle, stencil{m, fade(solidInk, 255)})
}
