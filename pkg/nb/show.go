package nb

import (
	"encoding/gob"
	"fmt"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

func init() {
	// The width and height of a picture travel as a nested map.
	gob.Register(map[string]any{})
}

// Show puts figures and charts ([Figure], [Chart]) into the cell's output, in
// order, and waits until the notebook has them. Outside a notebook it prints one
// line for each, with its description, and draws nothing.
//
// It panics, so that the cell fails with the reason, if one cannot be rendered or is
// neither a Figure nor a Chart.
func Show(x ...interface{ Alt() string }) {
	for _, v := range x {
		switch v := v.(type) {
		case Chart:
			showChart(v)
		case Figure:
			showFigure(v)
		default:
			panic(fmt.Sprintf("nb: Show: %T has neither PNG and Size nor HTML", v))
		}
	}
	gonbui.Sync() // without it, output is lost now and then when the program ends
}

func showFigure(f Figure) {
	w, h := f.Size()
	if !inNotebook() {
		fmt.Printf("figure, %d × %d: %s\n", w, h, f.Alt())
		return
	}
	png, err := f.PNG()
	if err != nil {
		panic(fmt.Errorf("nb: Show: %w", err))
	}
	// The nominal size makes the notebook show the picture's double resolution as
	// sharpness instead of size; the description is for screen readers, and for
	// front ends without pictures.
	gonbui.SendData(&protocol.DisplayData{
		Data: map[protocol.MIMEType]any{
			protocol.MIMEImagePNG:  png,
			protocol.MIMETextPlain: f.Alt(),
		},
		Metadata: map[string]any{"image/png": map[string]any{"width": w, "height": h, "alt": f.Alt()}},
	})
}

func showChart(c Chart) {
	if !inNotebook() {
		fmt.Printf("chart: %s\n", c.Alt())
		return
	}
	html, err := c.HTML()
	if err != nil {
		panic(fmt.Errorf("nb: Show: %w", err))
	}
	gonbui.SendData(&protocol.DisplayData{
		Data: map[protocol.MIMEType]any{
			protocol.MIMETextHTML:  html,
			protocol.MIMETextPlain: c.Alt(),
		},
	})
}

// Value prints "▸ name = v" with six significant digits. The course's tests read
// these lines: a number in the text that is tied to a name has to agree with the
// value its cell printed.
func Value(name string, v float64) {
	fmt.Printf("▸ %s = %.6g\n", name, v)
}
