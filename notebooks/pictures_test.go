package notebooks

import (
	"bytes"
	"encoding/base64"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/internal/jupyter"
)

var regen = flag.Bool("regen", false, "write the pictures of docs/img anew from the chapters")

// pictures are those of the README that a chapter draws: the figure whose alternative
// text begins so.
var pictures = []struct{ file, chapter, alt string }{
	{"running.png", "01-coin-flips", "2 panels. Panel a: The first 1,000 flips."},
	{"prior-posterior.png", "02-bayes-rule", "Six flips: four heads, two tails."},
	{"co2-mc-dropout.png", "07-mc-dropout", "Carbon dioxide at Mauna Loa"},
}

// TestPictures holds that the README shows what the chapters draw.
func TestPictures(t *testing.T) {
	for _, p := range pictures {
		nb, err := jupyter.Read(p.chapter + ".ipynb")
		if err != nil {
			t.Fatal(err)
		}
		var drawn []byte
		for _, c := range nb.Cells {
			for _, o := range c.Outputs {
				alt, _ := o.Data["text/plain"].(string)
				if png, ok := o.Data["image/png"].(string); ok && drawn == nil && strings.HasPrefix(alt, p.alt) {
					if drawn, err = base64.StdEncoding.DecodeString(strings.ReplaceAll(png, "\n", "")); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		name := filepath.Join("..", "docs", "img", p.file)
		if *regen && drawn != nil {
			if err := os.WriteFile(name, drawn, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		kept, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case drawn == nil:
			t.Errorf("%s draws no figure that begins with %q", p.chapter, p.alt)
		case !bytes.Equal(drawn, kept):
			t.Errorf("docs/img/%s is not what %s draws: go test ./notebooks -run Pictures -regen, and look at it", p.file, p.chapter)
		}
	}
}
