package viz

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// fitTicks chooses the number of ticks from the room there is.
func (p *panel) fitTicks(c draw.Canvas) {
	if t, ok := p.plot.X.Tick.Marker.(*ticks); ok && t.names != nil {
		fitNamesX(p.plot, t, c)
	} else if ok {
		room := vg.Length(tickRoomX)
		if t.log {
			room = 40 // powers of ten are short, and few of them say nothing
		}
		w := c.Max.X - c.Min.X
		t.n = max(2, int(w/room), min(3, int(w/40))) // 2 in little room say too little
	}
	if t, ok := p.plot.Y.Tick.Marker.(*ticks); ok && t.names != nil {
		t.every = 1
		t.every = int(math.Ceil(float64(lineRoom / perName(p.plot.DataCanvas(c).Size().Y, &p.plot.Y))))
	} else if ok {
		h := c.Max.Y - c.Min.Y
		t.n = max(2, int(h/tickRoomY), min(4, int(h/18)))
	}
}

const lineRoom = 10 // the height that a row of names needs

// perName is the room between neighbouring names on an axis of a length.
func perName(length vg.Length, a *plot.Axis) vg.Length {
	return max(1e-3, length/vg.Length(a.Max-a.Min))
}

// fitNamesX writes names upright where they do not fit side by side, and leaves some out
// where even so they do not.
func fitNamesX(p *plot.Plot, t *ticks, c draw.Canvas) {
	l := &p.X.Tick.Label
	l.Rotation, l.XAlign, l.YAlign, t.every, t.upright = 0, draw.XCenter, draw.YTop, 1, false
	widest := vg.Length(0)
	for _, s := range t.names {
		widest = max(widest, l.Width(s))
	}
	if room := perName(p.DataCanvas(c).Size().X, &p.X); widest+4 > room {
		l.Rotation, l.XAlign, l.YAlign = math.Pi/2, draw.XRight, draw.YCenter
		t.every, t.upright = int(math.Ceil(float64(lineRoom/room))), true
	}
}
