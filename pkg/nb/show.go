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

// Show puts views ([Figure], [Chart], [Table], [TeX]) into the cell's output, one
// below the other, and waits until the notebook has them. The description of a figure
// goes with it, for screen readers and front ends without pictures: exported pages and
// VS Code read it out; JupyterLab 4 gives no picture a description. Outside a notebook it
// prints one line for each, with its description, and a table whole.
//
// It panics, so that the cell fails with the reason, if one cannot be rendered or is
// none of these.
func Show(x ...View) {
	for _, v := range x {
		if err := show(v); err != nil {
			panic(fmt.Errorf("nb: Show: %w", err))
		}
	}
	gonbui.Sync() // without it, output is lost now and then when the program ends
}

func show(v View) error {
	switch v.(type) {
	case TeX, Chart, Figure:
	default:
		return fmt.Errorf("%T has neither PNG and Size nor HTML", v)
	}
	if !inNotebook() {
		fmt.Print(text(v))
		return nil
	}
	switch v := v.(type) {
	case TeX:
		gonbui.SendData(&protocol.DisplayData{Data: map[protocol.MIMEType]any{
			"text/latex":           v.source(),
			protocol.MIMETextPlain: v.Alt(),
		}})
	case Chart:
		page, err := v.HTML()
		if err != nil {
			return err
		}
		plain := v.Alt()
		if s, ok := v.(fmt.Stringer); ok {
			plain = s.String()
		}
		send("", page, plain)
	case Figure:
		return sendFigure("", v)
	}
	return nil
}

// sendFigure displays a figure, in the output block called id if there is one. The
// nominal size makes the notebook show the picture's double resolution as sharpness
// instead of size.
func sendFigure(id string, f Figure) error {
	png, err := f.PNG()
	if err != nil {
		return err
	}
	w, h := f.Size()
	gonbui.SendData(&protocol.DisplayData{
		Data: map[protocol.MIMEType]any{
			protocol.MIMEImagePNG:  png,
			protocol.MIMETextPlain: f.Alt(),
		},
		Metadata:  map[string]any{"image/png": map[string]any{"width": w, "height": h, "alt": f.Alt()}},
		DisplayID: id,
	})
	return nil
}

// Value prints "▸ name = v" with six significant digits. The course's tests read
// these lines: a number in the text that is tied to a name has to agree with the
// value its cell printed.
func Value(name string, v float64) {
	fmt.Printf("▸ %s = %.6g\n", name, v)
}
