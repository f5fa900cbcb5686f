package viz

import (
	"image"
	"image/color"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// PNGAt renders at a number of pixels for each CSS pixel; PNG does at 2.
func (f *Figure) PNGAt(scale int) ([]byte, error) { return f.png(scale) }

// A Written is text on a page and its box, in CSS pixels from the bottom left.
type Written struct {
	Text           string
	X0, Y0, X1, Y1 float64
}

// Texts returns what is written on the figure, and where. Boxes are measured in points,
// whatever the resolution.
func (f *Figure) Texts() ([]Written, error) {
	p, err := f.on(blind{px(f.w), px(f.h)})
	var out []Written
	css := func(l vg.Length) float64 { return float64(l) * 96 / 72 }
	for _, t := range p.texts {
		out = append(out, Written{t.text, css(t.box.Min.X), css(t.box.Min.Y), css(t.box.Max.X), css(t.box.Max.Y)})
	}
	return out, err
}

// blind is a canvas that draws nothing.
type blind struct{ w, h vg.Length }

func (b blind) Size() (w, h vg.Length)               { return b.w, b.h }
func (blind) SetLineWidth(vg.Length)                 {}
func (blind) SetLineDash([]vg.Length, vg.Length)     {}
func (blind) SetColor(color.Color)                   {}
func (blind) Rotate(float64)                         {}
func (blind) Translate(vg.Point)                     {}
func (blind) Scale(float64, float64)                 {}
func (blind) Push()                                  {}
func (blind) Pop()                                   {}
func (blind) Stroke(vg.Path)                         {}
func (blind) Fill(vg.Path)                           {}
func (blind) FillString(font.Face, vg.Point, string) {}
func (blind) DrawImage(vg.Rectangle, image.Image)    {}
