// Package nb is what a notebook cell needs besides the library: [Show] puts figures
// and charts into the notebook, [Monitor] and [Progress] show how far a computation
// is, [Once] trains once and lets later cells reuse the result, [Frames] puts figures
// under a slider, and [Value] prints a number that the text can be checked against.
//
// It knows figures and charts by the small interfaces below only, so a cell links no
// plotting library unless it draws.
//
// All of it also works outside a notebook, in a plain Go program: figures become one
// line with their description, progress a bar on the terminal (or a last line, where
// there is none).
package nb

import "github.com/janpfeifer/gonb/gonbui"

// A Figure is a finished picture; *viz.Figure is one.
type Figure interface {
	PNG() ([]byte, error) // at twice the nominal size
	Size() (w, h int)     // nominal, in CSS pixels
	Alt() string          // what the picture shows, in words
}

// A Chart is a piece of HTML; *echart.Chart is one.
type Chart interface {
	HTML() (string, error)
	Alt() string
}

// inNotebook tells whether a GoNB kernel runs this program.
func inNotebook() bool { return gonbui.IsNotebook }
