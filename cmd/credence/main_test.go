package main

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/internal/cli"
)

// run executes one command line and returns the exit code.
func run(args []string, stdout, stderr io.Writer) int {
	return cli.Run(newRootCmd(), args, stdout, stderr)
}

func TestCommandLine(t *testing.T) {
	for _, c := range []struct {
		args   string
		code   int
		stdout string // part of it
		stderr string // part of it
	}{
		{"", 0, "credence doctor", ""},
		{"--help", 0, "credence doctor", ""},
		{"lab --help", 0, "--kernel-only", ""},
		{"run --help", 0, "Examples:", ""},
		{"site --help", 0, "Examples:", ""},
		{"check --help", 0, "Examples:", ""},
		{"data --help", 0, "Examples:", ""},
		{"data list --help", 0, "Examples:", ""},
		{"data fetch --help", 0, "Examples:", ""},
		{"data verify --help", 0, "Examples:", ""},
		{"doctor --help", 0, "Examples:", ""},
		{"version --help", 0, "Examples:", ""},
		{"version", 0, "v0.11.4", ""},
		{"labb", 2, "", `credence: unknown command "labb", did you mean lab?; see`},
		{"chapter", 2, "", `credence: unknown command "chapter"; see`},
		{"--verbose", 2, "", "credence: unknown flag: --verbose; see `credence --help`"},
		{"lab --prot 8888", 2, "", "credence: unknown flag: --prot; see `credence lab --help`"},
		{"lab --port 70000", 2, "", "--port 70000 is not between 1 and 65535"},
		{"lab --port 0", 2, "", "--port 0 is not between 1 and 65535"},
		{"lab notebooks", 2, "", "see `credence lab --help`"},
		{"doctor now", 2, "", "see `credence doctor --help`"},
		{"run", 2, "", "see `credence run --help`"},
		{"site public", 2, "", "see `credence site --help`"},
		{"site --out=", 2, "", "--out is empty"},
		{"bench", 0, "credence bench [command]", ""},
		{"bench methods --help", 0, "--fresh", ""},
		{"bench methods --seeds 0", 2, "", "--seeds must be at least 1"},
		{"bench uci --help", 0, "--target", ""},
		{"bench uci --data x.csv", 2, "", "--data FILE and --target COLUMN go together"},
		{"bench uci --data none.csv --target y", 1, "", "none.csv"},
		{"bench uci --set paris", 1, "", `no set "paris"`},
		{"bench uci --method MAPP", 2, "", `--method "MAPP"; there are`},
		{"bench digits --help", 0, "--full", ""},
		{"bench digits --net tree", 2, "", "it must be one of dense, cnn"},
		{"bench active --labels 20", 2, "", "--labels between 30 and 1000"},
		{"bench digits --seeds 0", 2, "", "--seeds must be at least 1"},
	} {
		var stdout, stderr bytes.Buffer
		code := run(strings.Fields(c.args), &stdout, &stderr)
		if code != c.code {
			t.Errorf("credence %s: exit code %d, want %d", c.args, code, c.code)
		}
		if !strings.Contains(stdout.String(), c.stdout) || c.stdout == "" && stdout.Len() > 0 {
			t.Errorf("credence %s: printed %q, want %q", c.args, stdout.String(), c.stdout)
		}
		if !strings.Contains(stderr.String(), c.stderr) || c.stderr == "" && stderr.Len() > 0 {
			t.Errorf("credence %s: complained %q, want %q", c.args, stderr.String(), c.stderr)
		}
		if strings.Count(stderr.String(), "\n") > 1 {
			t.Errorf("credence %s: more than one line of error:\n%s", c.args, stderr.String())
		}
	}
}

// Doctor names the cure and exits with 1 where something needed is missing.
func TestDoctor(t *testing.T) {
	var stdout, stderr bytes.Buffer
	t.Setenv("CREDENCE_CACHE", t.TempDir())
	if code := run([]string{"doctor"}, &stdout, &stderr); !strings.Contains(stdout.String(), "kernel (gonb)") || code > 1 {
		t.Errorf("exit code %d, %s%s", code, &stdout, &stderr)
	}
	stdout.Reset()
	stderr.Reset()
	t.Chdir(t.TempDir())
	if code := run([]string{"doctor"}, &stdout, &stderr); code != 1 {
		t.Errorf("exit code %d outside a checkout, want 1", code)
	}
	if !strings.Contains(stdout.String(), "cd into your clone") || !strings.Contains(stderr.String(), "missing: see the line") {
		t.Errorf("doctor says %s%s", &stdout, &stderr)
	}
}
