package chapter

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/credence-bnn/credence/internal/jupyter"
)

// Parts are the headings of a chapter, in this order, each of level 2. More
// may stand between them; text may follow one after a colon.
var parts = []string{
	"Goals", "The situation", "Break it", "The library version", "Exercises",
	"Summary", "Symbols", "Recall", "Further reading", "What this chapter does not claim",
}

// MaxCells is what a chapter may have.
const maxCells = 60

// Template checks that nb, whose file is slug.ipynb, has the form of a
// chapter:
//
//   - a title, then a goal box with three to five goals, and what it takes:
//     prerequisites, minutes, data;
//   - a situation of 100 to 200 words and a question to answer before the
//     first figure;
//   - at least three checkpoints with folded answers, all written alike;
//   - Break it, The library version, Exercises with a link to its folder;
//   - Summary, Symbols (a table), 8 to 12 questions under Recall, Further
//     reading with DOI or arXiv numbers, and what the chapter does not claim;
//   - at most 60 cells, the first code cell with %noautoget and
//     %goflags -ldflags=-w.
func Template(nb *jupyter.Notebook, slug string) []error {
	d := split(nb)
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }

	if len(nb.Cells) > maxCells {
		bad("has %d cells, at most %d are allowed", len(nb.Cells), maxCells)
	}
	if len(nb.Cells) == 0 || nb.Cells[0].Type != "markdown" || !strings.HasPrefix(nb.Cells[0].Source, "# ") {
		bad("the first cell does not start with a title (# …)")
	}
	if err := firstCode(nb); err != nil {
		errs = append(errs, err)
	}
	at := -1
	for _, name := range parts {
		p := d.part(name)
		switch {
		case p == nil:
			bad("has no heading ## %s", name)
		case p.order < at:
			bad("## %s stands too early: the order is %s", name, strings.Join(parts, ", "))
		default:
			at = p.order
		}
	}
	for _, check := range []struct {
		part string
		test func(text string) error
	}{
		{"Goals", goals},
		{"The situation", situation},
		{"Exercises", func(s string) error {
			if !strings.Contains(s, "exercises/"+slug) {
				return fmt.Errorf("does not link to exercises/%s", slug)
			}
			return nil
		}},
		{"Symbols", func(s string) error {
			if !tableRule.MatchString(s) {
				return errors.New("has no table")
			}
			return nil
		}},
		{"Recall", func(s string) error {
			if n := len(listItem.FindAllString(s, -1)); n < 8 || n > 12 {
				return fmt.Errorf("has %d questions as list items, 8 to 12 are wanted", n)
			}
			return nil
		}},
		{"Further reading", func(s string) error {
			if !reference.MatchString(s) {
				return errors.New("names no DOI and no arXiv number")
			}
			return nil
		}},
	} {
		if p := d.part(check.part); p != nil {
			if err := check.test(p.text); err != nil {
				bad("## %s %w", check.part, err)
			}
		}
	}
	for _, word := range []string{"prerequisites", "minutes", "data"} {
		if !strings.Contains(strings.ToLower(d.before("The situation")), word) {
			bad("does not say its %s before ## The situation", word)
		}
	}
	if s := d.part("The situation"); s != nil && d.figure >= 0 && d.figure < s.cell {
		bad("shows a figure (cell %d) before ## The situation", d.figure+1)
	}
	if n := len(answer.FindAllString(d.all, -1)); n < 3 || n != strings.Count(d.all, "<details") || n != strings.Count(d.all, "</details>") {
		bad("has %d folded answers, at least 3 are wanted, each written so: a line <details><summary>Answer</summary>, an empty line, "+
			"the answer, an empty line, a line </details> (JupyterLab shows formulas and emphasis only between empty lines)", n)
	}
	return errs
}

var (
	listItem  = regexp.MustCompile(`(?m)^(?:\d+[.)]|[-*+]) `)
	tableRule = regexp.MustCompile(`(?m)^\|?[ :]*---`)
	reference = regexp.MustCompile(`(?i)10\.\d{4,9}/|arxiv`)
	answer    = regexp.MustCompile(`(?sm)^<details><summary>[^\n]+</summary>\n\n.*?\n\n</details>$`)
	word      = regexp.MustCompile(`[\pL\d][\pL\d'’-]*`)
)

func goals(s string) error {
	if n := len(listItem.FindAllString(strings.ReplaceAll(s, "> ", ""), -1)); n < 3 || n > 5 {
		return fmt.Errorf("has %d goals as list items, 3 to 5 are wanted", n)
	}
	return nil
}

// situation counts the words before the question: the last paragraph with a
// question mark.
func situation(s string) error {
	at := strings.LastIndex(s, "?")
	if at < 0 {
		return errors.New("asks no question")
	}
	story := s
	if p := strings.LastIndex(s[:at], "\n\n"); p >= 0 {
		story = s[:p]
	}
	if n := len(word.FindAllString(story, -1)); n < 100 || n > 200 {
		return fmt.Errorf("has %d words before its question, 100 to 200 are wanted", n)
	}
	return nil
}

func firstCode(nb *jupyter.Notebook) error {
	for i, c := range nb.Cells {
		if c.Type != "code" {
			continue
		}
		for _, line := range []string{"%noautoget", "%goflags -ldflags=-w"} {
			if !strings.Contains("\n"+c.Source+"\n", "\n"+line+"\n") {
				return fmt.Errorf("the first code cell (cell %d) has no line %s", i+1, line)
			}
		}
		return nil
	}
	return errors.New("has no code cell")
}
