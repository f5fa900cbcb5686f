package prove_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestProofs breaks exercise 01 in a copy of the checkout, in one place at a
// time, and holds that its proof says so.
func TestProofs(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds test programs")
	}
	const id = "01-coin-flips"
	from, root := filepath.Join("..", "..", ".."), t.TempDir()
	for _, name := range []string{"tests/check", "tests/" + id, "solutions/" + id, "exercises/" + id} {
		if err := os.CopyFS(filepath.Join(root, filepath.FromSlash(name)), os.DirFS(filepath.Join(from, name))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		raw, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, name), raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const (
		stub   = "tests/" + id + "/testdata/stub/coinflips.go"
		cases  = "tests/" + id + "/cases.go"
		solved = "solutions/" + id + "/coinflips.go"
		proof  = "solutions/" + id + "/proof_test.go"
		right  = "solutions/" + id + "/right_test.go"
	)
	for _, c := range []struct {
		name, file string
		oldnew     []string
		says       string // "" if the proof holds
	}{
		{"nothing", stub, nil, ""},
		{"a stub that scores", stub, []string{"func FlipsNeeded(theta, margin, z float64) int {\n\treturn 0", "func FlipsNeeded(theta, margin, z float64) int {\n\treturn int(math.Ceil(z * z * theta * (1 - theta) / (margin * margin)))"}, "flips-needed: the stub scores 4 points"},
		{"a stub that panics", stub, []string{"\treturn math.NaN()\n}\n\n// Running", "\tpanic(\"todo\")\n}\n\n// Running"}, "frequency: the stub panics"},
		{"a stub that is not formatted", stub, []string{"\treturn nil", "\treturn   nil"}, "stub/coinflips.go is not as gofmt would have it"},
		{"a solution that fails", solved, []string{"float64(i+1)", "float64(i+2)"}, "testdata/cases.json is stale"},
		{"a wrong answer that is right", proof, []string{"return 1 - heads(flips)/float64(len(flips))", "return heads(flips) / float64(len(flips))"}, `frequency: the wrong answer "takes F for false: counts tails" goes wrong on 0 of 8 calls`},
		{"a wrong answer named twice", proof, []string{"heads against tails: odds, not a share", "divides whole numbers"}, `two wrong answers are called "frequency: divides whole numbers"`},
		{"a right answer that is wrong", right, []string{"f += (x - f) / float64(i+1)", "f += (x - f) / float64(i+2)"}, `running: the right answer "updates the mean: f += (x − f)/i" fails`},
		{"a comparison that lets NaN pass", cases, []string{"Cases: standardError,", "Cases: standardError,\n\t\t\tCompare: func(got, want any) string {\n\t\t\t\tif d := got.(float64) - want.(float64); d*d > 1e-18 {\n\t\t\t\t\treturn \"off\"\n\t\t\t\t}\n\t\t\t\treturn \"\"\n\t\t\t},"}, "standard-error: StandardError(0.5, 5) // a fair coin, 5 flips: NaN passes for the wanted result"},
		{"calls that another seed does not change", cases, []string{"check.Uniform(rng, 0.05, 0.95, 2), 2+rng.IntN(400)", "0.25, 2"}, "standard-error: all seeds give the same calls; constants would pass"},
		{"a task that nobody solved", cases, []string{`Name: "paths", Func: "Paths"`, `Name: "trails", Func: "Paths"`}, `trails: no solution is bound: add "trails" to Solved in solved.go`},
	} {
		t.Run(c.name, func(t *testing.T) {
			name := filepath.Join(root, filepath.FromSlash(c.file))
			old, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			text := string(old)
			for i := 0; i < len(c.oldnew); i += 2 {
				if !strings.Contains(text, c.oldnew[i]) {
					t.Fatalf("%s does not contain %q", c.file, c.oldnew[i])
				}
				text = strings.Replace(text, c.oldnew[i], c.oldnew[i+1], 1)
			}
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			defer os.WriteFile(name, old, 0o644)
			cmd := exec.Command("go", "test", "-count=1", "-vet=off", "./solutions/"+id)
			cmd.Dir = root
			cmd.Env = append(os.Environ(), "GOWORK=off", "CREDENCE_PRISTINE=")
			out, err := cmd.CombinedOutput()
			if (err == nil) != (c.says == "") || !strings.Contains(string(out), c.says) {
				t.Errorf("%v\n%s\nwithout %q", err, out, c.says)
			}
		})
	}
}
