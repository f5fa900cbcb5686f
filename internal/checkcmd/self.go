package checkcmd

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/credence-bnn/credence/internal/exercise"
	"github.com/credence-bnn/credence/tests/check"
)

// fewestThrice is how many tasks of the course must accept three right answers
// that are written in different ways: else it would teach our way, not the idea.
const fewestThrice = 5

// self proves the exercises themselves.
func (c checker) self(ctx context.Context) error {
	if _, err := os.Stat(filepath.Join(c.root, "solutions")); errors.Is(err, fs.ErrNotExist) {
		return errors.New("this checkout has no solutions/, which the proof needs")
	}
	all, err := exercise.List(c.root)
	if err != nil {
		return err
	}
	var ids []string
	for _, t := range c.targets {
		ids = append(ids, t.ID)
	}
	proofs, trouble, err := exercise.Prove(ctx, c.root, ids)
	if err != nil {
		return err
	}
	var sum check.Proof
	for _, p := range proofs {
		mark := "✓"
		if !p.Holds {
			mark = "✗"
		}
		fmt.Fprintf(c.w, "  %s %-27s %s\n", mark, p.Exercise, proofWords(p))
		sum.Tasks, sum.Points, sum.Calls = sum.Tasks+p.Tasks, sum.Points+p.Points, sum.Calls+p.Calls
		sum.Wrong, sum.Caught = sum.Wrong+p.Wrong, sum.Caught+p.Caught
		sum.Others, sum.Thrice = sum.Others+p.Others, sum.Thrice+p.Thrice
	}
	fmt.Fprintf(c.w, "\n  Together %s\n", proofWords(sum))
	if trouble == "" && len(ids) == len(all) && sum.Thrice < fewestThrice {
		trouble = fmt.Sprintf("%d tasks have three right answers, %d are needed: add some to the proofs", sum.Thrice, fewestThrice)
	}
	if trouble != "" {
		fmt.Fprintf(c.w, "\n%s\n", trouble)
		return errors.New("the exercises do not prove themselves; see above")
	}
	fmt.Fprintln(c.w, "  Every stub scores 0, every solution all points; nothing is missing or unlisted.")
	return nil
}

func proofWords(p check.Proof) string {
	if p.Tasks == 0 {
		return "no proof"
	}
	return fmt.Sprintf("%2d tasks, %3d points, %3d calls; %d of %d wrong answers fail their task and no other; %d other right ones pass (%d tasks have three)",
		p.Tasks, p.Points, p.Calls, p.Caught, p.Wrong, p.Others, p.Thrice)
}
