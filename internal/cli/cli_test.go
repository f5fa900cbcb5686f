package cli

import (
	"bytes"
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// program has a command for each way to end.
func program(t *testing.T) *cobra.Command {
	root := &cobra.Command{Use: "program", Args: Usage(cobra.NoArgs), RunE: Help}
	for name, err := range map[string]error{"right": nil, "wrong": errors.New("two\nlines\n"), "told": errors.New(""), "misread": BadUsage("program misread", "say how many")} {
		root.AddCommand(&cobra.Command{Use: name, Args: Usage(cobra.NoArgs), RunE: func(*cobra.Command, []string) error { return err }})
	}
	root.AddCommand(&cobra.Command{Use: "wait", RunE: func(cmd *cobra.Command, _ []string) error {
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Signal(os.Interrupt)
		}
		if err != nil {
			t.Error(err)
			return err
		}
		<-cmd.Context().Done()
		return cmd.Context().Err()
	}})
	return root
}

func TestRun(t *testing.T) {
	for _, c := range []struct {
		args, says string
		code       int
	}{
		{"right", "", 0},
		{"", "", 0},
		{"wrong", "program: two\nlines\n", 1},
		{"told", "", 1},
		{"misread", "program: say how many; see `program misread --help`\n", 2},
		{"right now", "program: unknown command \"now\" for \"program right\"; see `program right --help`\n", 2},
		{"rihgt", "program: unknown command \"rihgt\", did you mean right?; see `program --help`\n", 2},
		{"right --so", "program: unknown flag: --so; see `program right --help`\n", 2},
		{"wait", "program: stopped\n", 130},
	} {
		if c.args == "wait" && runtime.GOOS == "windows" {
			continue // a program there cannot interrupt itself
		}
		var out, errs bytes.Buffer
		if code := Run(program(t), strings.Fields(c.args), &out, &errs); code != c.code || errs.String() != c.says {
			t.Errorf("%q: exit code %d, %q; want %d, %q", c.args, code, &errs, c.code, c.says)
		}
	}
}
