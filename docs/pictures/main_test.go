package main

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// TestPictures checks that every picture of the README can be made again.
func TestPictures(t *testing.T) {
	for _, p := range pictures {
		made, err := p.find(filepath.Join("..", "..", "notebooks"))
		if err != nil {
			t.Error(err)
			continue
		}
		if _, err := png.Decode(bytes.NewReader(made)); err != nil {
			t.Errorf("%s: %v", p.file, err)
		}
		if _, err := os.Stat(filepath.Join("..", "img", p.file)); err != nil {
			t.Errorf("%v; run go run ./docs/pictures", err)
		}
	}
}
