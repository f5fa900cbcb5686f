package chapter

import (
	"fmt"
	"strings"

	"github.com/credence-bnn/credence/internal/jupyter"
)

// MaxBytes is the size of an executed notebook file that still opens quickly.
const MaxBytes = 3 << 20

// Outputs checks that nb was executed: every code cell has an execution count,
// counts grow from top to bottom, and no cell shows an error but those tagged
// raises-exception.
func Outputs(nb *jupyter.Notebook) (errs []error) {
	before := 0
	for i, c := range nb.Cells {
		if c.Type != "code" || strings.TrimSpace(c.Source) == "" {
			continue
		}
		switch {
		case c.Count == 0:
			errs = append(errs, fmt.Errorf("cell %d was not executed", i+1))
		case c.Count <= before:
			errs = append(errs, fmt.Errorf("cell %d was executed out of order: [%d] after [%d]", i+1, c.Count, before))
		}
		before = max(before, c.Count)
		for _, o := range c.Outputs {
			if o.Type == "error" && !c.Tagged("raises-exception") {
				errs = append(errs, fmt.Errorf("cell %d shows the error %.200s", i+1, o.EValue))
			}
		}
	}
	return errs
}
