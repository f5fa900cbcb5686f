package chapter

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/credence-bnn/credence/internal/jupyter"
)

// staleRel is how far a value of a fresh run may be from the committed one, as a
// share: other machines sum in other orders. What prose quotes is held to its digits
// by [Numbers].
const staleRel = 0.01

// Stale compares the outputs of committed with those of again, the same notebook
// executed just now: the same values by name, cell by cell the same kinds of output,
// and the same printed words, alternative texts of figures included. Numbers in words
// may differ: among them are times. It returns what shows that committed was edited,
// or the library changed, without executing it again.
//
// sameBits says that this machine rounds as the one of committed did. If it does not,
// values may differ, since a training follows the last bit of its first step.
func Stale(committed, again *jupyter.Notebook, sameBits bool) (errs []error) {
	if len(committed.Cells) != len(again.Cells) {
		return []error{fmt.Errorf("has %d cells, %d when executed", len(committed.Cells), len(again.Cells))}
	}
	for i, c := range committed.Cells {
		printed, shown := signs(c)
		printedNow, shownNow := signs(again.Cells[i])
		for _, err := range []error{differ(printed, printedNow), differ(shown, shownNow)} {
			if err != nil {
				errs = append(errs, fmt.Errorf("cell %d is stale: %w", i+1, err))
			}
		}
	}
	if !sameBits {
		return errs
	}
	before, _ := Values(committed)
	now, _ := Values(again)
	for _, name := range slices.Sorted(maps.Keys(before)) {
		v, ok := now[name]
		if was := before[name]; ok && !(math.Abs(v-was) <= staleRel*max(math.Abs(v), math.Abs(was))+1e-6) && !(math.IsNaN(v) && math.IsNaN(was)) && v != was {
			errs = append(errs, fmt.Errorf("the value %s is stale: %g, executed now %g", name, was, v))
		}
	}
	return errs
}

// differ names the first place where two lists do.
func differ(was, is []string) error {
	for i := range max(len(was), len(is)) {
		w, n := "nothing", "nothing"
		if i < len(was) {
			w = was[i]
		}
		if i < len(is) {
			n = is[i]
		}
		if w != n {
			return fmt.Errorf("it shows %.120q, executed now %.120q", w, n)
		}
	}
	return nil
}

// signs are the outputs of a cell in a form that does not hang on time, rounding and
// the pieces in which prints arrive: what is printed, and what is shown, each sorted,
// for in which order the two ways and the goroutines of a cell deliver, chance decides.
func signs(c *jupyter.Cell) (printed, shown []string) {
	for _, o := range c.Outputs {
		to, text := &printed, o.Text
		if o.Type != "stream" {
			to = &shown
			shown = append(shown, strings.Join(slices.Sorted(maps.Keys(o.Data)), " "))
			text, _ = o.Data["text/plain"].(string)
		}
		for line := range strings.Lines(cellLine.ReplaceAllString(text, "")) {
			if words := strings.Join(strings.Fields(anyNumber.ReplaceAllString(line, "#")), " "); words != "" {
				*to = append(*to, words)
			}
		}
	}
	slices.Sort(printed)
	slices.Sort(shown)
	return printed, shown
}

// cellLine matches what GoNB puts before a place in a stack trace, not every time.
var cellLine = regexp.MustCompile(`\x1b\[[\d;]*m|\[\[ Cell \[\d+\] Line \d+ \]\]\s*`)

// anyNumber matches a number in what a cell prints, with its sign; a duration, such as
// 1m2.5s or 950ms or 3 s, is one.
var anyNumber = regexp.MustCompile(`\b(?:\d+(?:\.\d+)?(?:h|ms|m|µs|ns|s))+\b|[-+−]?(?:\d[\d,.]*(?:e[-+]?\d+)?|NaN|\+?Inf)(?: (?:ms|s|min)\b)?`)
