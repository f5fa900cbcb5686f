package viz_test

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/credence-bnn/credence/pkg/viz"
)

var regen = flag.Bool("regen", false, "rewrite testdata/*_golden.png from what is drawn now")

// Every figure of the gallery is drawn and compared with its golden picture. Look at
// each picture after -regen: this test only knows that they did not change.
func TestGolden(t *testing.T) {
	for _, g := range gallery() {
		t.Run(g.name, func(t *testing.T) {
			fig, err := g.draw()
			if err != nil {
				t.Fatal(err)
			}
			golden(t, g.name, fig)
			if len(fig.Alt()) < 20 {
				t.Errorf("alt text %q says too little", fig.Alt())
			}
		})
	}
}

// golden compares a figure with testdata/NAME_golden.png, or writes that.
func golden(t *testing.T, name string, fig *viz.Figure) {
	t.Helper()
	got, err := fig.Half() // to keep the files small
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", name+"_golden.png")
	if *regen {
		if old, err := os.ReadFile(file); err == nil && samePixels(old, got) {
			return // compressed in another way, maybe
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; draw it with: go test ./pkg/viz -run Golden -regen", err)
	}
	if err := samePicture(got, want); err != nil {
		out := filepath.Join(os.TempDir(), "credence_"+name+".png") // stays, to be looked at
		if err := os.WriteFile(out, got, 0o644); err != nil {
			t.Error(err)
		}
		t.Errorf("%v\n got %s\nwant %s\nif the new picture is right: go test ./pkg/viz -run Golden -regen", err, out, file)
	}
}

// samePicture compares decoded pixels. Rounding differs a little between processors
// (fused multiply-add), so a pixel may differ by 24 of 255, and 2 in 1000 by more.
func samePicture(a, b []byte) error {
	x, err := png.Decode(bytes.NewReader(a))
	if err != nil {
		return err
	}
	y, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		return err
	}
	if x.Bounds() != y.Bounds() {
		return fmt.Errorf("size %v, want %v", x.Bounds().Size(), y.Bounds().Size())
	}
	differ := 0
	first := image.Point{}
	r := x.Bounds()
	for j := r.Min.Y; j < r.Max.Y; j++ {
		for i := r.Min.X; i < r.Max.X; i++ {
			r0, g0, b0, _ := x.At(i, j).RGBA()
			r1, g1, b1, _ := y.At(i, j).RGBA()
			const tol = 24 * 257
			if apart(r0, r1) > tol || apart(g0, g1) > tol || apart(b0, b1) > tol {
				if differ == 0 {
					first = image.Pt(i, j)
				}
				differ++
			}
		}
	}
	if limit := r.Dx() * r.Dy() / 500; differ > limit {
		return fmt.Errorf("%d pixels differ (at most %d may), the first at %v", differ, limit, first)
	}
	return nil
}

// samePixels reports whether two PNGs show exactly the same.
func samePixels(a, b []byte) bool {
	x, err := png.Decode(bytes.NewReader(a))
	if err != nil {
		return false
	}
	y, err := png.Decode(bytes.NewReader(b))
	return err == nil && reflect.DeepEqual(x, y)
}

func apart(a, b uint32) uint32 { return max(a, b) - min(a, b) }
