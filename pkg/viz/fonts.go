package viz

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"math"
	"strings"
	"sync"

	stdfont "golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// The typeface of every figure is Inter (SIL Open Font License 1.1, see
// font/LICENSE), cut down to Latin, Greek, sub- and superscripts and the
// mathematical signs it has, and compressed.
var (
	//go:embed font/Inter-Regular.ttf.gz
	regularGz []byte
	//go:embed font/Inter-SemiBold.ttf.gz
	semiBoldGz []byte
)

const (
	typeface = "Inter"
	badFont  = "viz: the embedded font cannot be read"
)

// fonts unpacks the typeface when the first figure is made, not before: a cell
// that draws nothing should not pay for it.
var fonts = sync.OnceValue(func() typesetter {
	load := func(gz []byte, w stdfont.Weight) font.Face {
		zr, err := gzip.NewReader(bytes.NewReader(gz))
		if err != nil {
			panic(badFont)
		}
		ttf, err := io.ReadAll(zr)
		if err != nil {
			panic(badFont)
		}
		f, err := opentype.Parse(ttf)
		if err != nil {
			panic(badFont)
		}
		return font.Face{Font: font.Font{Typeface: typeface, Weight: w}, Face: f}
	}
	return typesetter{text.Plain{Fonts: font.NewCache(font.Collection{
		load(regularGz, stdfont.WeightNormal),
		load(semiBoldGz, stdfont.WeightSemiBold),
	})}}
})

// registered are the fonts asked for letters that Inter does not have, in order.
var registered struct {
	sync.RWMutex
	faces []font.Face
}

// RegisterFont adds a TrueType or OpenType font for the letters that the built-in
// one, with Latin and Greek, does not have: Hangul, kana, Cyrillic, whatever the font
// holds. Fonts are asked in the order in which they were registered; for titles, bold
// ones first. A figure with a letter that no font has is not rendered; its error names
// the letter.
//
//	ttf, err := os.ReadFile("/usr/share/fonts/truetype/nanum/NanumGothic.ttf") // Debian's fonts-nanum
//	…
//	err = viz.RegisterFont(ttf)
//
// Each cell of a notebook is a program of its own, so a notebook registers its fonts in a
// function that runs at the start of each: GoNB runs every function whose name begins
// with init_.
func RegisterFont(ttf []byte) error {
	f, err := opentype.Parse(ttf)
	if err != nil {
		return fmt.Errorf("viz: RegisterFont: %w; it needs the bytes of one .ttf or .otf file", err)
	}
	name, _ := f.Name(nil, sfnt.NameIDFamily)
	face := font.Face{Font: font.Font{Typeface: font.Typeface(orText(name, "registered"))}, Face: f}
	if bold(f) {
		face.Font.Weight = stdfont.WeightSemiBold
	}
	registered.Lock()
	defer registered.Unlock()
	registered.faces = append(registered.faces, face)
	return nil
}

// bold reports whether a font calls itself so: some do it in the style's name, some,
// being families of their own, in the family's.
func bold(f *opentype.Font) bool {
	for _, id := range []sfnt.NameID{sfnt.NameIDSubfamily, sfnt.NameIDTypographicSubfamily, sfnt.NameIDFamily, sfnt.NameIDFull} {
		if name, _ := f.Name(nil, id); strings.Contains(strings.ToLower(name), "bold") {
			return true
		}
	}
	return false
}

// has reports whether a font has a letter.
func has(f *opentype.Font, r rune) bool {
	i, err := f.GlyphIndex(nil, r)
	return err == nil && i != 0
}

// A typesetter writes text like text.Plain, and takes each letter from the first font
// that has it.
type typesetter struct{ text.Plain }

// A piece is text in one font.
type piece struct {
	face font.Face
	text string
}

// pieces splits a line where its font has to change.
func (t typesetter) pieces(line string, f font.Font) []piece {
	own := t.Fonts.Lookup(f, f.Size)
	var ps []piece
	for _, r := range line {
		face := own
		if r > 0x7e && !has(own.Face, r) {
			face = fallback(own, r)
		}
		if n := len(ps); n > 0 && ps[n-1].face.Face == face.Face {
			ps[n-1].text += string(r)
		} else {
			ps = append(ps, piece{face, string(r)})
		}
	}
	return ps
}

// fallback returns the first registered font with r, of the same weight if there is
// one; or own, which will show that the letter is missing.
func fallback(own font.Face, r rune) font.Face {
	registered.RLock()
	defer registered.RUnlock()
	best := own
	for _, f := range registered.faces {
		if has(f.Face, r) && (best.Face == own.Face || f.Font.Weight == own.Font.Weight && best.Font.Weight != own.Font.Weight) {
			f.Font.Size = own.Font.Size
			best = f
		}
	}
	return best
}

// Box implements text.Handler.
func (t typesetter) Box(line string, f font.Font) (width, height, depth vg.Length) {
	e := t.Extents(f)
	for _, p := range t.pieces(line, f) {
		width += p.face.Width(p.text)
	}
	return width, e.Ascent, e.Descent
}

// Draw implements text.Handler.
func (t typesetter) Draw(c vg.Canvas, txt string, sty text.Style, pt vg.Point) {
	txt = strings.TrimRight(txt, "\n")
	if txt == "" {
		return
	}
	c.SetColor(sty.Color)
	if sty.Rotation != 0 {
		c.Push()
		defer c.Pop()
		c.Rotate(sty.Rotation)
		sin, cos := math.Sincos(sty.Rotation)
		pt.X, pt.Y = pt.Y*vg.Length(sin)+pt.X*vg.Length(cos), pt.Y*vg.Length(cos)-pt.X*vg.Length(sin)
	}
	lines := t.Lines(txt)
	pt.Y += sty.Height(txt)*vg.Length(sty.YAlign) - t.Extents(sty.Font).Ascent
	for i, line := range lines {
		w, _, _ := t.Box(line, sty.Font)
		at := pt.Add(vg.Point{X: vg.Length(sty.XAlign) * w, Y: vg.Length(len(lines)-i) * sty.Font.Size})
		for _, p := range t.pieces(line, sty.Font) {
			word := strings.TrimLeft(p.text, " ") // SVG forgets spaces at the start
			at.X += p.face.Width(p.text[:len(p.text)-len(word)])
			c.FillString(p.face, at, word)
			at.X += p.face.Width(word)
		}
	}
}
