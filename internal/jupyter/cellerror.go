package jupyter

import (
	"fmt"
	"regexp"
	"strings"
)

// A CellError is an error the kernel reports for a cell: code that does not
// compile, a panic, an exit code, a failing test.
type CellError struct {
	Name, Value string
	Traceback   []string
	Detail      string // what happened, in one line, as far as the outputs tell
}

func (e *CellError) Error() string {
	for _, s := range []string{e.Detail, e.Value, strings.Join(e.Traceback, "\n"), e.Name} {
		if s = strings.TrimSpace(stripANSI(s)); s != "" {
			return s
		}
	}
	return "the kernel reports an error and does not say which"
}

var (
	compileLine = regexp.MustCompile(`(?m)^\S*main(?:_test)?\.go:\d+:\d+: (.+)$`)
	cellLine    = regexp.MustCompile(`Cell ?\[(\d+)\]:? Line (\d+)`)
	failedTest  = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)
	testMessage = regexp.MustCompile(`(?m)^\s+\S+\.go:\d+: (.+)$`)
)

// explain finds out what happened. GoNB itself says "exit status 2" after a
// panic and "exit status 1" after a failing test; the reason is in what was
// printed. outputs may hold the error in a longer form than the reply did.
func (e *CellError) explain(outputs []*Output) {
	var stdout, stderr strings.Builder
	for _, o := range outputs {
		switch {
		case o.Type == "error":
			e.Name, e.Value, e.Traceback = o.EName, o.EValue, o.Traceback
		case o.Name == "stdout":
			stdout.WriteString(o.Text)
		case o.Name == "stderr":
			stderr.WriteString(stripANSI(o.Text))
		}
	}
	switch {
	case compileLine.MatchString(e.Value):
		e.Detail = e.compile()
	case strings.HasPrefix(e.Value, "exit status"):
		if why := crash(stderr.String()); why != "" {
			e.Detail = why
			return
		}
		if tests := failedTest.FindAllStringSubmatch(stdout.String(), -1); tests != nil {
			e.Detail = tests[0][1] + " failed"
			if m := testMessage.FindStringSubmatch(stdout.String()); m != nil {
				e.Detail += ": " + m[1]
			}
			if n := len(tests) - 1; n > 0 {
				e.Detail += fmt.Sprintf(" (and %d more)", n)
			}
		}
	}
}

// compile lists the compiler's messages, with line numbers of the cell where
// GoNB gives one for each.
func (e *CellError) compile() string {
	messages := compileLine.FindAllStringSubmatch(e.Value, -1)
	places := cellLine.FindAllStringSubmatch(stripANSI(strings.Join(e.Traceback, "\n")), -1)
	var all []string
	for i, m := range messages {
		s := m[1]
		if len(places) == len(messages) {
			s = fmt.Sprintf("line %s: %s", places[i][2], s)
		}
		if all = append(all, s); len(all) == 3 {
			break
		}
	}
	return "does not compile: " + strings.Join(all, "; ")
}

// crash finds the reason of a crash in what the program wrote to stderr.
func crash(stderr string) string {
	for line := range strings.Lines(stderr) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "panic: ") && !strings.HasPrefix(line, "fatal error: ") {
			continue
		}
		if m := cellLine.FindStringSubmatch(stderr); m != nil {
			line += fmt.Sprintf(" (cell [%s], line %s)", m[1], m[2])
		}
		return line
	}
	return ""
}
