package jupyter

import (
	"errors"
	"fmt"
	"regexp"
)

// cellID is what nbformat 4.5 allows as a cell's id.
var cellID = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`)

// Validate checks what nbformat 4.5 asks for and Read lets pass: the ids of
// the cells, and the shape of outputs and metadata.
func (nb *Notebook) Validate() error {
	var errs []error
	first := map[string]int{}
	for i, c := range nb.Cells {
		bad := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("cell %d: %s", i+1, fmt.Sprintf(format, args...)))
		}
		if !cellID.MatchString(c.ID) {
			bad("id %q is not 1 to 64 letters, digits, - or _", c.ID)
		}
		if before, ok := first[c.ID]; ok {
			bad("has the id %q of cell %d", c.ID, before)
		}
		first[c.ID] = i + 1
		for name := range c.extra {
			if name != "attachments" || c.Type == "code" {
				bad("unknown field %q", name)
			}
		}
		for j, o := range c.Outputs {
			if o.Type == "stream" && o.Name != "stdout" && o.Name != "stderr" {
				bad("output %d is a stream named %q", j+1, o.Name)
			}
			for name := range o.extra {
				bad("output %d: unknown field %q", j+1, name)
			}
		}
	}
	for name := range nb.extra {
		errs = append(errs, fmt.Errorf("unknown field %q", name))
	}
	if object(nb.Metadata["kernelspec"])["name"] == nil {
		errs = append(errs, errors.New("metadata name no kernelspec"))
	}
	return errors.Join(errs...)
}
