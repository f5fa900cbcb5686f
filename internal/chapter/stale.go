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
		was, is := signs(c), signs(again.Cells[i])
		for j := range max(len(was), len(is)) {
			w, n := "nothing", "nothing"
			if j < len(was) {
				w = was[j]
			}
			if j < len(is) {
				n = is[j]
			}
			if w != n {
				errs = append(errs, fmt.Errorf("cell %d is stale: it shows %.120q, executed now %.120q", i+1, w, n))
				break
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

// signs are the outputs of a cell in a form that does not hang on time, rounding and
// the pieces in which prints arrive.
func signs(c *jupyter.Cell) (all []string) {
	for _, o := range c.Outputs {
		text := o.Text
		if o.Type != "stream" {
			all = append(all, strings.Join(slices.Sorted(maps.Keys(o.Data)), " "))
			text, _ = o.Data["text/plain"].(string)
		}
		for line := range strings.Lines(cellLine.ReplaceAllString(text, "")) {
			if words := strings.Join(strings.Fields(anyNumber.ReplaceAllString(line, "#")), " "); words != "" {
				all = append(all, words)
			}
		}
	}
	return all
}

// cellLine matches what GoNB puts before a place in a stack trace, not every time.
var cellLine = regexp.MustCompile(`\x1b\[[\d;]*m|\[\[ Cell \[\d+\] Line \d+ \]\]\s*`)

// anyNumber matches a number in what a cell prints, with its sign; a duration, such as
// 1m2.5s or 950ms or 3 s, is one.
var anyNumber = regexp.MustCompile(`\b(?:\d+(?:\.\d+)?(?:h|ms|m|µs|ns|s))+\b|[-+−]?(?:\d[\d,.]*(?:e[-+]?\d+)?|NaN|\+?Inf)(?: (?:ms|s|min)\b)?`)
