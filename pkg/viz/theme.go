package viz

import (
	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

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
	p.BackgroundColor = nil // the page has one
	p.TextHandler = fonts()
	p.Add(tickRoom{})
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
	p.X.Label.TextStyle.Handler, p.Y.Label.TextStyle.Handler = axisLabel{fonts()}, axisLabel{fonts()}
	p.Y.LineStyle.Width, p.Y.Tick.Length, p.Y.Padding = 0, 0, 2.5
	return p
}

// axisLabel writes the label of an axis. gonum makes room for it as if it stood at the
// arithmetic mean of the ends, which on a logarithmic axis is near one of them; it is
// drawn in the middle of the axis, where it needs no room beyond.
type axisLabel struct{ typesetter }

func (l axisLabel) Box(line string, f font.Font) (width, height, depth vg.Length) {
	_, height, depth = l.typesetter.Box(line, f)
	return 0, height, depth
}

// tickRoom draws nothing. It keeps the label of the leftmost mark inside the page where
// no labels of the y axis do; gonum cares for the rightmost only.
type tickRoom struct{}

func (tickRoom) Plot(draw.Canvas, *plot.Plot) {}

func (tickRoom) GlyphBoxes(p *plot.Plot) (boxes []plot.GlyphBox) {
	for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
		if t.Label != "" {
			return nil
		}
	}
	for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		if w := p.X.Tick.Label.Width(t.Label); t.Label != "" {
			boxes = append(boxes, plot.GlyphBox{X: p.X.Norm(t.Value), Rectangle: vg.Rectangle{Min: vg.Point{X: -w / 2}, Max: vg.Point{X: w / 2}}})
		}
	}
	return boxes
}
