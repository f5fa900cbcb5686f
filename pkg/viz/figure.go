package viz

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
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
	legend []entry    // likewise
	wide   []float64  // relative widths of the columns; nil = all the same
	tall   []float64  // relative heights of the rows; nil = all the same
	w, h   int        // CSS px
	dark   bool
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

// Dark returns the same figure for a dark page: the same hues, lighter, on near black.
func (f *Figure) Dark() *Figure {
	g := *f
	g.dark = true
	return &g
}

// PNG returns the figure as a PNG of 2w × 2h pixels, sharp on dense screens. It is an
// error if no font has a letter of the figure's texts; see [RegisterFont].
func (f *Figure) PNG() ([]byte, error) {
	c := vgimg.NewWith(vgimg.UseWH(px(f.w), px(f.h)), vgimg.UseDPI(2*96))
	if _, err := f.on(c); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	// The usual compression saves one byte in twenty and takes twice as long.
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, c.Image()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// SVG returns the figure as an <svg> element with its fonts inside, without the
// XML prologue, so that it can stand in a file or within HTML. Errors are those of PNG.
func (f *Figure) SVG() ([]byte, error) {
	c := vgsvg.NewWith(vgsvg.UseWH(px(f.w), px(f.h)), vgsvg.EmbedFonts(true))
	if _, err := f.on(c); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, err
	}
	s := b.String()
	return []byte(s[max(0, strings.Index(s, "<svg")):]), nil
}

// Save writes the figure to a file whose name ends in .png or .svg.
func (f *Figure) Save(file string) error {
	render := map[string]func() ([]byte, error){".png": f.PNG, ".svg": f.SVG}[strings.ToLower(filepath.Ext(file))]
	if render == nil {
		return fmt.Errorf("viz: Save: %q; the name of a figure's file ends in .png or .svg", file)
	}
	b, err := render()
	if err != nil {
		return err
	}
	return os.WriteFile(file, b, 0o666)
}

// on draws the figure on a canvas of its size and returns the page, full.
func (f *Figure) on(c vg.CanvasSizer) (*page, error) {
	p := newPage(c, f.dark)
	f.draw(draw.New(p))
	return p, p.missing
}

// px converts CSS pixels to points.
func px(n int) vg.Length { return vg.Length(n) * 72 / 96 }
