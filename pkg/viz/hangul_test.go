package viz_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/viz"
)

// A figure with Hangul in its title, axes, legend and labels, all of it in fonts that were
// registered (NanumGothic, cut down to these syllables; see testdata/hangul/LICENSE).
func TestGoldenHangul(t *testing.T) {
	for _, weight := range []string{"Regular", "Bold"} {
		ttf, err := os.ReadFile(filepath.Join("testdata", "hangul", "Hangul-"+weight+".ttf"))
		if err != nil {
			t.Fatal(err)
		}
		if err := viz.RegisterFont(ttf); err != nil {
			t.Fatal(err)
		}
	}
	d := coin(7, 10)
	fig := viz.Must(viz.Curves(viz.CurvesData{
		Title: "동전을 던질 때마다 믿음이 바뀐다", XLabel: "앞면이 나올 확률 θ", YLabel: "밀도", X: d.X,
		Curves: []viz.Curve{{Name: "사전 분포", Y: d.Prior, Color: viz.Prior}, {Name: "사후 분포 p(θ | D)", Y: d.Posterior, Color: viz.Posterior}},
		Lines:  []viz.VLine{{X: 0.5, Label: "공정한 동전"}},
	}))
	golden(t, "hangul", fig)
	words, err := fig.Texts()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range collisions(fig, words) {
		t.Error(s)
	}

	svg, err := fig.SVG()
	if err != nil {
		t.Fatal(err)
	}
	if words := regexp.MustCompile(`<text[^>]*>\s`).FindAll(svg, -1); words != nil {
		t.Errorf("%d texts begin with a space, which SVG forgets: what follows would move to the left", len(words))
	}

	// A syllable that the font does not have is an error that names it, not a box.
	_, err = viz.Must(viz.Loss(viz.LossData{Title: "동전 뷁", Traces: loss1().Traces})).PNG()
	if err == nil || !strings.Contains(err.Error(), "'뷁' (U+BDC1)") || !strings.Contains(err.Error(), "viz.RegisterFont") {
		t.Errorf("error %v, want one that names 뷁 (U+BDC1) and the cure", err)
	}
	if err := viz.RegisterFont([]byte("no font")); err == nil || !strings.Contains(err.Error(), ".ttf or .otf") {
		t.Errorf("registering something else: %v", err)
	}
}
