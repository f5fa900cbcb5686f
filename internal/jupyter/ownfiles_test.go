package jupyter

import (
	"reflect"
	"testing"
)

func TestForgetOwnFiles(t *testing.T) {
	outputs := []*Output{
		{Type: "stream", Name: "stdout", Text: "gonb_f6592234 is what the program printed itself\n"},
		{Type: "stream", Name: "stderr", Text: "main.Last(...)\n\t [[ Cell [9] Line 2 ]] /tmp/credence-kernel-2335127402/tmp/gonb_f6592234/main.go:51\n"},
		{Type: "error", EName: "ERROR", EValue: "# gonb_f6592234\n./main.go:78:2: declared and not used: sum\n", Traceback: []string{"# gonb_f6592234", "Cell[8]: Line 4"}},
	}
	forgetOwnFiles(outputs)
	want := []*Output{
		{Type: "stream", Name: "stdout", Text: "gonb_f6592234 is what the program printed itself\n"},
		{Type: "stream", Name: "stderr", Text: "main.Last(...)\n\t [[ Cell [9] Line 2 ]] main.go:51\n"},
		{Type: "error", EName: "ERROR", EValue: "# gonb\n./main.go:78:2: declared and not used: sum\n", Traceback: []string{"# gonb", "Cell[8]: Line 4"}},
	}
	for i := range want {
		if !reflect.DeepEqual(outputs[i], want[i]) {
			t.Errorf("output %d: %+v, want %+v", i, *outputs[i], *want[i])
		}
	}
}
