package chapter

import (
	"strings"

	"github.com/credence-bnn/credence/internal/jupyter"
)

// document is the markdown of a notebook, by headings of level 2.
type document struct {
	parts  []part
	all    string
	figure int // index of the first code cell that shows a figure, or -1
}

// part is the text under one heading of level 2, up to the next.
type part struct {
	name  string
	text  string
	order int
	cell  int // index of the heading's cell
}

// part returns the part whose heading is name, or starts with it and goes on
// after a punctuation mark.
func (d *document) part(name string) *part {
	for i, p := range d.parts {
		if rest, ok := strings.CutPrefix(p.name, name); ok && (rest == "" || strings.ContainsAny(rest[:1], ":,(") || strings.HasPrefix(rest, " (") || strings.HasPrefix(rest, " –")) {
			return &d.parts[i]
		}
	}
	return nil
}

// before returns the text in front of a heading.
func (d *document) before(name string) string {
	var b strings.Builder
	stop := d.part(name)
	for i := range d.parts {
		if &d.parts[i] == stop {
			break
		}
		b.WriteString(d.parts[i].text + "\n")
	}
	return b.String()
}

func split(nb *jupyter.Notebook) *document {
	d := &document{figure: -1, parts: []part{{}}} // the first part is what stands before any heading
	var all strings.Builder
	for i, c := range nb.Cells {
		if c.Type == "code" && d.figure < 0 && showsFigure(c) {
			d.figure = i
		}
		if c.Type != "markdown" {
			continue
		}
		all.WriteString(c.Source + "\n\n")
		fenced := false
		for line := range strings.Lines(c.Source + "\n\n") {
			if strings.HasPrefix(line, "```") {
				fenced = !fenced
			}
			if name, ok := strings.CutPrefix(line, "## "); ok && !fenced {
				d.parts = append(d.parts, part{name: strings.TrimSpace(name), order: len(d.parts), cell: i})
				continue
			}
			d.parts[len(d.parts)-1].text += line
		}
	}
	d.all = all.String()
	return d
}

func showsFigure(c *jupyter.Cell) bool {
	for _, o := range c.Outputs {
		for mime := range o.Data {
			if strings.HasPrefix(mime, "image/") || mime == "text/html" {
				return true
			}
		}
	}
	return false
}
