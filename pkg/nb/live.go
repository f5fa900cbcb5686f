package nb

import (
	"fmt"
	"sync"
	"time"

	"github.com/janpfeifer/gonb/gonbui"
)

// A LiveFigure is a figure that changes while a cell runs; [Live] makes one. It is safe
// for concurrent use.
type LiveFigure struct {
	mu   sync.Mutex
	id   string           // of the output block in the notebook
	next time.Time        // not drawn again before
	draw func() Figure    // what was last handed over and not drawn
	now  func() time.Time // the clock
}

// Live returns a place for a figure that changes while the cell runs, say what a network
// predicts as it learns. Call Update as often as you like, and Done at the end:
//
//	live := nb.Live()
//	for step := range 1000 {
//		…
//		live.Update(func() nb.Figure { return viz.Must(viz.Band(…)) })
//	}
//	live.Done()
//
// Only what Done leaves there is kept in the notebook.
func Live() *LiveFigure {
	return &LiveFigure{id: "live_" + gonbui.UniqueId(), now: time.Now}
}

// Update draws the figure now, if the last drawing is long enough ago: at most three
// times a second, and so that drawing takes at most a fifth of the time. Otherwise, and
// outside a notebook, draw is kept for Done and forgotten at the next Update; so it has
// to find its data unchanged until then, or be content with newer ones. A figure that
// cannot be rendered is a panic.
func (l *LiveFigure) Update(draw func() Figure) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.draw = draw
	if start := l.now(); inNotebook() && !start.Before(l.next) {
		l.show()
		took := l.now().Sub(start)
		l.next = start.Add(max(time.Second/3, 5*took))
	}
}

// Done shows the last state and waits until it is there. Outside a notebook it prints
// the figure's description.
func (l *LiveFigure) Done() {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.draw == nil:
	case inNotebook():
		l.show()
	default:
		fmt.Print(text(l.draw()))
		l.draw = nil
	}
	gonbui.Sync()
}

func (l *LiveFigure) show() {
	if err := sendFigure(l.id, l.draw()); err != nil {
		panic(fmt.Errorf("nb: Live: %w", err))
	}
	l.draw = nil
}
