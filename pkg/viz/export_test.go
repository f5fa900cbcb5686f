package viz

import (
	"bytes"
	"image"
	"image/color"
	"image/png"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// Half returns the PNG at its nominal size, each pixel the mean of four, as a browser
// shows it on a screen that is not dense.
func (f *Figure) Half() ([]byte, error) {
	b, err := f.PNG()
	if err != nil {
		return nil, err
	}
	full, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	m := image.NewNRGBA(image.Rect(0, 0, f.w, f.h))
	for j := range f.h {
		for i := range f.w {
			var sum [3]uint32
			for _, at := range []image.Point{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
				r, g, b, _ := full.At(2*i+at.X, 2*j+at.Y).RGBA()
				sum[0], sum[1], sum[2] = sum[0]+r, sum[1]+g, sum[2]+b
			}
			m.SetNRGBA(i, j, color.NRGBA{uint8(sum[0] / 4 >> 8), uint8(sum[1] / 4 >> 8), uint8(sum[2] / 4 >> 8), 255})
		}
	}
	var out bytes.Buffer
	err = png.Encode(&out, m)
	return out.Bytes(), err
}

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
