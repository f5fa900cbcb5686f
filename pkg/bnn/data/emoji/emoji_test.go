package emoji_test

import (
	"fmt"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn/data/emoji"
)

func TestChecksum(t *testing.T) {
	if err := emoji.About().Verify(); err != nil {
		t.Error(err)
	}
}

func TestTiles(t *testing.T) {
	count, names := map[string]int{}, map[string]bool{}
	for _, tile := range emoji.Tiles() {
		count[tile.Kind]++
		names[tile.Name] = true
	}
	if count["animal"] != 121 || count["vehicle"] != 50 || count["food"] != 87 || len(names) != emoji.About().Rows {
		t.Errorf("%v, %d names", count, len(names))
	}
}

// TestPictures checks colours that can be named: a red apple is red, a green one green,
// whoever drew it, and corners are white.
func TestPictures(t *testing.T) {
	g, w := emoji.Google(), emoji.Twitter()
	apples := 0
	for i, tile := range emoji.Tiles() {
		red, green := 0, 1
		switch tile.Name {
		case "green_apple":
			red, green = green, red
		case "apple":
		default:
			continue
		}
		apples++
		for _, x := range [][]float64{g.X.RawRowView(i), w.X.RawRowView(i)} {
			centre := x[(16*emoji.Width+16)*emoji.Channels:]
			if !(centre[red] > centre[green]+0.2) {
				t.Errorf("%s is drawn as %.2f", tile.Name, centre[:3])
			}
			if x[0] != 1 || x[1] != 1 || x[2] != 1 {
				t.Errorf("%s has the corner %.2f", tile.Name, x[:3])
			}
		}
	}
	n, d := g.X.Dims()
	if apples != 2 || n != emoji.About().Rows || d != 3072 || mat.Max(g.X) != 1 || mat.Min(g.X) < 0 || mat.Equal(g.X, w.X) || !mat.Equal(g.Y, w.Y) {
		t.Errorf("%d × %d", n, d)
	}
}

func ExampleTiles() {
	tile := emoji.Tiles()[0]
	fmt.Println(tile.Kind, tile.Name, tile.Code, emoji.About().Licence)
	// Output: food hotdog 1F32D Apache-2.0; CC BY 4.0
}

func ExampleGoogle() {
	google, twitter := emoji.Google(), emoji.Twitter()
	fmt.Println(google.Len(), twitter.Len(), emoji.Kinds()[int(google.Y.At(0, 0))])
	// Output: 258 258 food
}
