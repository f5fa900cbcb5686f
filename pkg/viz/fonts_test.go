package viz_test

import (
	"strings"
	"testing"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"github.com/credence-bnn/credence/pkg/viz"
)

// A letter that no font has is an error that names it, also deep in a legend; once a font
// is registered the same figure is drawn, Latin still in the built-in face.
func TestRegisterFont(t *testing.T) {
	fig := viz.Must(viz.Loss(viz.LossData{Title: "Loss, потери", Traces: []viz.Trace{{Name: "обучение", Y: []float64{2, 1}}}}))
	_, err := fig.PNG()
	if err == nil || !strings.Contains(err.Error(), "U+043F") || !strings.Contains(err.Error(), "RegisterFont") {
		t.Fatalf("error %v, want one that names п (U+043F) and the cure", err)
	}
	if _, err := fig.SVG(); err == nil {
		t.Error("an SVG with a letter that no font has")
	}
	for _, ttf := range [][]byte{goregular.TTF, gobold.TTF} {
		if err := viz.RegisterFont(ttf); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := fig.PNG(); err != nil {
		t.Error(err)
	}
	svg, err := fig.SVG()
	if err != nil {
		t.Fatal(err)
	}
	for _, face := range []string{"font-family:Go", "font-family:Inter"} {
		if !strings.Contains(strings.ReplaceAll(string(svg), " ", ""), face) {
			t.Errorf("the SVG has no %s", face)
		}
	}
	words, err := fig.Texts()
	if err != nil {
		t.Error(err)
	}
	for _, s := range collisions(fig, words) {
		t.Error(s)
	}
}
