package viz

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"sync"

	stdfont "golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
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

const typeface = "Inter"

// fonts unpacks the typeface when the first figure is made, not before: a cell
// that draws nothing should not pay for it.
var fonts = sync.OnceValue(func() text.Plain {
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
	return text.Plain{Fonts: font.NewCache(font.Collection{
		load(regularGz, stdfont.WeightNormal),
		load(semiBoldGz, stdfont.WeightSemiBold),
	})}
})

const badFont = "viz: the embedded font cannot be read"

// Sizes in points (1/72 inch).
const (
	titleSize  = 10.5
	labelSize  = 9
	tickSize   = 8.25
	legendSize = 8.25
)

// style returns a text style in our typeface.
func style(size vg.Length, w stdfont.Weight, x draw.XAlignment, y draw.YAlignment) text.Style {
	return text.Style{
		Color:   Ink,
		Font:    font.Font{Typeface: typeface, Size: size, Weight: w},
		XAlign:  x,
		YAlign:  y,
		Handler: fonts(),
	}
}

// newPlot returns an empty plot in the theme: sans-serif text, a light grid, a
// thin axis at the bottom and none at the left, where the grid does its work.
func newPlot() *plot.Plot {
	p := newBarePlot()
	p.Add(newGrid(true))
	return p
}

// newGrid returns the light grid, with vertical lines or without.
func newGrid(vertical bool) *plotter.Grid {
	g := plotter.NewGrid()
	g.Vertical.Color, g.Horizontal.Color = gridGrey, gridGrey
	g.Vertical.Width, g.Horizontal.Width = 0.6, 0.6
	if !vertical {
		g.Vertical.Color = nil
	}
	return g
}

func newBarePlot() *plot.Plot {
	p := plot.New()
	p.TextHandler = fonts()
	// gonum measures its own title and legend even when they are empty.
	p.Title.TextStyle = style(titleSize, 0, draw.XLeft, draw.YTop)
	p.Legend.TextStyle = style(legendSize, 0, draw.XLeft, draw.YTop)
	p.X.Label.TextStyle = style(labelSize, 0, draw.XCenter, draw.YBottom)
	p.Y.Label.TextStyle = style(labelSize, 0, draw.XCenter, draw.YBottom)
	p.X.Tick.Label = style(tickSize, 0, draw.XCenter, draw.YTop)
	p.Y.Tick.Label = style(tickSize, 0, draw.XRight, draw.YCenter)
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.Tick.Label.Color = tickGrey
		a.LineStyle.Color, a.LineStyle.Width = axisGrey, 0.7
		a.Tick.LineStyle = a.LineStyle
		a.Tick.Length, a.Padding, a.Label.Padding = 3, 0, 3
		a.Tick.Marker = &ticks{}
	}
	p.Y.LineStyle.Width, p.Y.Tick.Length = 0, 0
	return p
}
