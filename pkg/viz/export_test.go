package viz

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// PNGAt renders at a number of pixels for each CSS pixel; PNG does at 2.
func (f *Figure) PNGAt(scale int) ([]byte, error) { return f.png(scale) }

// A Written is text on a page and its box, in CSS pixels from the bottom left.
type Written struct {
	Text           string
	X0, Y0, X1, Y1 float64
}

// Texts returns what is written on the figure, and where.
func (f *Figure) Texts(scale int) ([]Written, error) {
	p, err := f.on(vgimg.NewWith(vgimg.UseWH(px(f.w), px(f.h)), vgimg.UseDPI(96*scale)))
	var out []Written
	css := func(l vg.Length) float64 { return float64(l) * 96 / 72 }
	for _, t := range p.texts {
		out = append(out, Written{t.text, css(t.box.Min.X), css(t.box.Min.Y), css(t.box.Max.X), css(t.box.Max.Y)})
	}
	return out, err
}
