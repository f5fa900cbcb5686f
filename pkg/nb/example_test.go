package nb_test

import (
	"github.com/credence-bnn/credence/pkg/nb"
)

// A picture stands for any figure here; *viz.Figure is one.
type drawing struct{ alt string }

func (d drawing) PNG() ([]byte, error) { return []byte("\x89PNG\r\n\x1a\n" + d.alt), nil }
func (d drawing) Size() (w, h int)     { return 605, 340 }
func (d drawing) Alt() string          { return d.alt }

// Outside a notebook, a figure is its description.
func ExampleShow() {
	nb.Show(drawing{"Three coins settle down near one half."})
	// Output:
	// ▸ figure, 605 × 340: Three coins settle down near one half.
}

func ExampleValue() {
	nb.Value("mle", 0.6)
	nb.Value("evidence", -1234.56789)
	// Output:
	// ▸ mle = 0.6
	// ▸ evidence = -1234.57
}

func ExampleFrames() {
	nb.Frames([]string{"3 tosses", "30 tosses"}, []drawing{{"A wide posterior."}, {"A narrow one."}})
	// Output:
	// ▸ frame 3 tosses: A wide posterior.
	// ▸ frame 30 tosses: A narrow one.
}
