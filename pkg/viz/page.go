package viz

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// A page is the canvas that figures are drawn on. It stands between the marks and
// the back end, so that there is one place that knows the theme (colours are looked
// up when they are set), refuses letters that no font has, and remembers where
// text was written, which the tests ask it.
type page struct {
	vg.CanvasSizer
	dark    bool
	now     affine
	saved   []affine
	texts   []written
	missing error
}

// written is a line of text and the box it fills on the page.
type written struct {
	text string
	box  vg.Rectangle
}

func newPage(c vg.CanvasSizer, dark bool) *page {
	p := &page{CanvasSizer: c, dark: dark, now: affine{1, 0, 0, 1, 0, 0}}
	// SVG has no background of its own.
	w, h := c.Size()
	p.SetColor(paper)
	var all vg.Path
	all.Move(vg.Point{})
	all.Line(vg.Point{X: w})
	all.Line(vg.Point{X: w, Y: h})
	all.Line(vg.Point{Y: h})
	all.Close()
	p.Fill(all)
	return p
}

// SetColor sets the colour that c has in the page's theme.
func (p *page) SetColor(c color.Color) { p.CanvasSizer.SetColor(inTheme(c, p.dark)) }

// DrawImage draws an image; a stencil in the colour that the theme gives it.
func (p *page) DrawImage(r vg.Rectangle, m image.Image) {
	if s, ok := m.(stencil); ok {
		c := color.NRGBAModel.Convert(inTheme(s.c, p.dark)).(color.NRGBA)
		inked := image.NewNRGBA(s.Bounds())
		for i, a := range s.Pix {
			copy(inked.Pix[4*i:], []uint8{c.R, c.G, c.B, a})
		}
		m = inked
	}
	// Images have the pixels of a PNG (see raster): they are copied, for its canvas would
	// blur them, and take its time.
	if c, ok := p.CanvasSizer.(*vgimg.Canvas); ok && p.now == (affine{1, 0, 0, 1, 0, 0}) {
		page := c.Image()
		x, top := math.Round(r.Min.X.Dots(c.DPI())), math.Round(r.Max.Y.Dots(c.DPI()))
		at := image.Pt(int(x), page.Bounds().Dy()-int(top))
		draw.Draw(page, m.Bounds().Add(at.Sub(m.Bounds().Min)), m, m.Bounds().Min, draw.Over)
		return
	}
	p.CanvasSizer.DrawImage(r, m)
}

// FillString writes s and remembers where, and the first letter it cannot write.
func (p *page) FillString(f font.Face, pt vg.Point, s string) {
	if f.Font.Size > 0 {
		for _, r := range s {
			if p.missing == nil && !has(f.Face, r) {
				p.missing = fmt.Errorf("viz: no font has the letter %q (%U) of %q; register one that does: viz.RegisterFont(ttf)", r, r, s)
			}
		}
		e := f.Extents()
		w := f.Width(s)
		lo, hi := pt.Y-0.5*e.Descent, pt.Y+0.72*e.Ascent // of letters, without the room for accents
		p.texts = append(p.texts, written{s, p.now.box(pt.X, lo, pt.X+w, hi)})
	}
	p.CanvasSizer.FillString(f, pt, s)
}

func (p *page) Push() {
	p.saved = append(p.saved, p.now)
	p.CanvasSizer.Push()
}

func (p *page) Pop() {
	last := len(p.saved) - 1
	p.now, p.saved = p.saved[last], p.saved[:last]
	p.CanvasSizer.Pop()
}

func (p *page) Rotate(rad float64) {
	sin, cos := math.Sincos(rad)
	p.now = p.now.then(affine{vg.Length(cos), vg.Length(sin), vg.Length(-sin), vg.Length(cos), 0, 0})
	p.CanvasSizer.Rotate(rad)
}

func (p *page) Translate(pt vg.Point) {
	p.now = p.now.then(affine{1, 0, 0, 1, pt.X, pt.Y})
	p.CanvasSizer.Translate(pt)
}

func (p *page) Scale(x, y float64) {
	p.now = p.now.then(affine{vg.Length(x), 0, 0, vg.Length(y), 0, 0})
	p.CanvasSizer.Scale(x, y)
}

// affine maps (x, y) to (a·x + c·y + e, b·x + d·y + f).
type affine struct{ a, b, c, d, e, f vg.Length }

func (m affine) at(x, y vg.Length) vg.Point {
	return vg.Point{X: m.a*x + m.c*y + m.e, Y: m.b*x + m.d*y + m.f}
}

// then returns the map that applies n first and m after it, as canvases do.
func (m affine) then(n affine) affine {
	return affine{
		m.a*n.a + m.c*n.b, m.b*n.a + m.d*n.b,
		m.a*n.c + m.c*n.d, m.b*n.c + m.d*n.d,
		m.a*n.e + m.c*n.f + m.e, m.b*n.e + m.d*n.f + m.f,
	}
}

// box is the upright rectangle around the image of a rectangle.
func (m affine) box(x0, y0, x1, y1 vg.Length) vg.Rectangle {
	p := m.at(x0, y0)
	r := vg.Rectangle{Min: p, Max: p}
	for _, q := range []vg.Point{m.at(x1, y0), m.at(x0, y1), m.at(x1, y1)} {
		r.Min.X, r.Min.Y = min(r.Min.X, q.X), min(r.Min.Y, q.Y)
		r.Max.X, r.Max.Y = max(r.Max.X, q.X), max(r.Max.Y, q.Y)
	}
	return r
}
