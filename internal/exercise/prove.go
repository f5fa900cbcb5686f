package exercise

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/credence-bnn/credence/internal/proc"
	"github.com/credence-bnn/credence/tests/check"
)

// Prove runs the proofs of the exercises called ids, and the test that nothing
// is missing or unlisted (solutions/house_test.go). It returns what each
// exercise proved of itself, and what go test said when something does not hold.
func Prove(ctx context.Context, root string, ids []string) (proofs []check.Proof, trouble string, err error) {
	dir, err := os.MkdirTemp("", "credence-prove-*")
	if err != nil {
		return nil, "", err
	}
	defer os.RemoveAll(dir)
	args := []string{"test", "-count=1", "./solutions"}
	for _, id := range ids {
		args = append(args, "./solutions/"+id)
	}
	cmd := proc.Command(ctx, "go", args...)
	cmd.Dir, cmd.Env = root, append(os.Environ(), "GOWORK=off", check.ProofEnv+"="+dir)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	runErr := cmd.Run()
	if err := ctx.Err(); err != nil {
		return nil, "", err
	}
	for _, id := range ids {
		p := check.Proof{Exercise: id}
		if raw, err := os.ReadFile(filepath.Join(dir, id+".json")); err == nil {
			if err := json.Unmarshal(raw, &p); err != nil {
				return nil, "", fmt.Errorf("the proof of %s cannot be read: %w", id, err)
			}
		}
		proofs = append(proofs, p)
	}
	if runErr != nil {
		var lines []string
		for line := range strings.Lines(out.String()) {
			if !strings.HasPrefix(line, "ok ") {
				lines = append(lines, strings.TrimRight(line, "\n"))
			}
		}
		trouble = fmt.Sprintf("%s\n(%v)", strings.Join(lines, "\n"), runErr)
	}
	return proofs, trouble, nil
}
