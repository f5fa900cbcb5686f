// Command pictures takes the README's pictures out of the executed chapters:
//
//	go run ./docs/pictures        # in the top directory; writes docs/img/*.png
package main

import (
	"encoding/base64"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/credence-bnn/credence/internal/jupyter"
)

// A picture is the first one of a chapter whose text for the blind contains alt.
type picture struct{ chapter, alt, file string }

var pictures = []picture{
	{"02-bayes-rule", "Six flips: four heads, two tails", "prior-posterior.png"},
	{"01-coin-flips", "The first 1,000 flips", "running.png"},
	{"07-mc-dropout", "Carbon dioxide at Mauna Loa, detrended", "co2-mc-dropout.png"},
}

func main() {
	log.SetFlags(0)
	for _, p := range pictures {
		png, err := p.find("notebooks")
		if err != nil {
			log.Fatal(err)
		}
		file := filepath.Join("docs", "img", p.file)
		if err := os.WriteFile(file, png, 0o666); err != nil {
			log.Fatal(err)
		}
		fmt.Println("wrote", file)
	}
}

// find returns the picture's PNG from the executed notebook in dir.
func (p picture) find(dir string) ([]byte, error) {
	file := filepath.Join(dir, p.chapter+".ipynb")
	nb, err := jupyter.Read(file)
	if err != nil {
		return nil, err
	}
	for _, c := range nb.Cells {
		for _, o := range c.Outputs {
			meta, _ := o.Metadata["image/png"].(map[string]any)
			alt, _ := meta["alt"].(string)
			text, ok := o.Data["image/png"].(string)
			if !ok || !strings.Contains(alt, p.alt) {
				continue
			}
			return base64.StdEncoding.DecodeString(strings.ReplaceAll(text, "\n", ""))
		}
	}
	return nil, fmt.Errorf("%s shows no picture about %q; execute it, or change the list in docs/pictures", file, p.alt)
}
