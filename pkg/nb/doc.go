// Package nb is what a notebook cell needs besides the library: [Show] puts figures,
// charts, a [Table] or a formula ([TeX]) into the notebook, [SideBySide] and [Tabs] put
// several of them next to or behind one another, [Frames] puts figures under a slider;
// [Monitor] and [Progress] show how far a computation is and [Live] a figure that grows
// with it; [Once] trains once and lets later cells reuse the result, and [Value] prints
// a number that the text can be checked against.
//
// What moves needs no kernel: it works in exported pages as in the notebook, with
// scripts of its own and none from elsewhere. Where scripts do not run, a picture of the
// same data stands in its place; where only pictures and text are shown, as in a folder
// that VS Code does not trust, it is told in words.
//
// It knows figures and charts by the small interfaces below only, so a cell links no
// plotting library unless it draws.
//
// All of it also works outside a notebook, in a plain Go program: figures become one
// line with their description, tables are aligned with spaces, progress is a bar on the
// terminal (or a last line, where there is none).
package nb

import "github.com/janpfeifer/gonb/gonbui"

// A Figure is a finished picture; *viz.Figure is one.
type Figure interface {
	PNG() ([]byte, error) // at twice the nominal size
	Size() (w, h int)     // nominal, in CSS pixels
	Alt() string          // what the picture shows, in words
}

// A View is anything that [Show] takes: a [Figure], a [Chart], a [Table], a [TeX].
type View interface{ Alt() string }

// A Chart is a piece of HTML; *echart.Chart is one.
type Chart interface {
	HTML() (string, error)
	Alt() string
}

// inNotebook tells whether a GoNB kernel runs this program.
func inNotebook() bool { return gonbui.IsNotebook }
