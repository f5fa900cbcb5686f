package viz_test

import (
	"bytes"
	"image/png"
	"math"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/viz"
)

// No figure of the gallery writes a word over another or off the page, in light and
// dark. Without -short each is also rendered.
func TestWordsApart(t *testing.T) {
	for _, g := range gallery() {
		fig, err := g.draw()
		if err != nil {
			t.Errorf("%s: %v", g.name, err)
			continue
		}
		for _, f := range []*viz.Figure{fig, fig.Dark()} {
			words, err := f.Texts()
			if err != nil {
				t.Errorf("%s: %v", g.name, err)
			}
			for _, s := range collisions(f, words) {
				t.Errorf("%s: %s", g.name, s)
			}
			if testing.Short() {
				continue
			}
			b, err := f.PNG()
			if err != nil {
				t.Fatalf("%s: %v", g.name, err)
			}
			w, h := f.Size()
			if img, _ := png.DecodeConfig(bytes.NewReader(b)); img.Width != 2*w || img.Height != 2*h {
				t.Errorf("%s: %d × %d pixels, want twice %d × %d", g.name, img.Width, img.Height, w, h)
			}
		}
	}
}

// collisions names what is clipped or written over.
func collisions(f *viz.Figure, words []viz.Written) (out []string) {
	w, h := f.Size()
	for i, a := range words {
		if strings.TrimSpace(a.Text) == "" {
			continue
		}
		if a.X0 < 0 || a.Y0 < 0 || a.X1 > float64(w) || a.Y1 > float64(h) {
			out = append(out, "“"+a.Text+"” leaves the page")
		}
		for _, b := range words[:i] {
			dx, dy := math.Min(a.X1, b.X1)-math.Max(a.X0, b.X0), math.Min(a.Y1, b.Y1)-math.Max(a.Y0, b.Y0)
			if dx > 0.5 && dy > 1 && strings.TrimSpace(b.Text) != "" {
				out = append(out, "“"+a.Text+"” covers “"+b.Text+"”")
			}
		}
	}
	return out
}

// The check sees what it is for.
func TestCollisions(t *testing.T) {
	fig := viz.Must(viz.Loss(loss1()))
	a := viz.Written{Text: "a", X0: 10, Y0: 10, X1: 20, Y1: 20}
	b := viz.Written{Text: "b", X0: 19, Y0: 18, X1: 30, Y1: 30}
	off := viz.Written{Text: "off", X0: 600, Y0: 10, X1: 610, Y1: 20}
	if got := collisions(fig, []viz.Written{a, b, off}); len(got) != 2 {
		t.Errorf("%q, want two complaints", got)
	}
}
