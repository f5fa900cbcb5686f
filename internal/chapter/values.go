package chapter

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/credence-bnn/credence/internal/jupyter"
)

// printed matches the lines of nb.Value: "▸ name = 0.6".
var printed = regexp.MustCompile(`(?m)^▸ (\S.*?) = (\S+)\r?$`)

// Values collects what the cells of nb printed with nb.Value. It complains
// about a name that was printed with two values, because prose that uses it
// could mean either.
func Values(nb *jupyter.Notebook) (map[string]float64, []error) {
	values := map[string]float64{}
	var errs []error
	for i, c := range nb.Cells {
		for _, o := range c.Outputs {
			if o.Name != "stdout" {
				continue
			}
			for _, m := range printed.FindAllStringSubmatch(o.Text, -1) {
				v, err := strconv.ParseFloat(m[2], 64)
				if err != nil {
					continue // a line that only looks alike
				}
				if before, ok := values[m[1]]; ok && before != v {
					errs = append(errs, fmt.Errorf("cell %d prints %s = %g, an earlier one %g: give them two names", i+1, m[1], v, before))
				}
				values[m[1]] = v
			}
		}
	}
	return values, errs
}
