package viz

import (
	"bytes"
	"image/png"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// The nominal size of a figure: 16 × 9 cm.
const (
	defaultWidth  = 605 // CSS px
	defaultHeight = 340 // CSS px
)

// A Figure is a finished picture: it can be rendered any number of times.
// Not safe for concurrent use.
type Figure struct {
	panels [][]*panel // rows of columns; nil = an empty place
	title  string     // over all panels, for more than one
	w, h   int        // CSS px
	alt    string
}

// Must returns fig, or panics with the error: for cells, where an error should
// end the cell with its text.
//
//	nb.Show(viz.Must(viz.Loss(viz.LossData{…})))
func Must(fig *Figure, err error) *Figure {
	if err != nil {
		panic(err)
	}
	return fig
}

// Size returns the nominal width and height in CSS pixels (1/96 inch).
func (f *Figure) Size() (w, h int) { return f.w, f.h }

// Alt describes the figure in one or a few sentences, from the data it shows.
func (f *Figure) Alt() string { return f.alt }

// Resize returns the same figure at another nominal size, in CSS pixels. Text
// keeps its size. It panics unless both are at least 120.
func (f *Figure) Resize(w, h int) *Figure {
	if w < 120 || h < 120 {
		panic(tooSmall)
	}
	g := *f
	g.w, g.h = w, h
	return &g
}

const tooSmall = "viz: a figure needs at least 120 × 120 pixels"

// PNG returns the figure as a PNG of 2w × 2h pixels, sharp on dense screens.
func (f *Figure) PNG() ([]byte, error) {
	c := vgimg.NewWith(vgimg.UseWH(px(f.w), px(f.h)), vgimg.UseDPI(192))
	f.draw(draw.New(c))
	var b bytes.Buffer
	if err := png.Encode(&b, c.Image()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// SVG returns the figure as an <svg> element with its fonts inside, without the
// XML prologue, so that it can stand in a file or within HTML.
func (f *Figure) SVG() ([]byte, error) {
	c := vgsvg.NewWith(vgsvg.UseWH(px(f.w), px(f.h)), vgsvg.EmbedFonts(true))
	f.draw(draw.New(c))
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, err
	}
	s := b.String()
	return []byte(s[max(0, strings.Index(s, "<svg")):]), nil
}

// px converts CSS pixels to points.
func px(n int) vg.Length { return vg.Length(n) * 72 / 96 }
