package nb

import (
	"strings"
	"testing"
)

// On a terminal a bar is one line, as full as the work is done.
func TestLine(t *testing.T) {
	for done, full := range map[int]int{0: 0, 1: 0, 500: 15, 999: 29, 1000: 30, 1200: 30} {
		b := newBar("simulating", 1000)
		b.done = done
		line := b.line()
		if got := strings.Count(line, "█"); got != full || strings.Count(line, "░") != 30-full || !strings.HasPrefix(line, "simulating ") || strings.Contains(line, "\n") {
			t.Errorf("after %d: %q, want %d of 30 places full", done, line, full)
		}
	}
	if line := newBar("none", 0).line(); !strings.Contains(line, "0 of 0") {
		t.Errorf("no steps at all: %q", line)
	}
}
