package exercise

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/tests/check"
)

// told writes an outcome as a student would be told it.
func told(o Outcome) string {
	var b strings.Builder
	for _, p := range o.Broken {
		fmt.Fprintf(&b, "%s:%d in %q: %s > %s\n   %s\n", p.File, p.Line, p.Func, p.Message, p.Source, p.Help)
	}
	for _, l := range o.Ended {
		fmt.Fprintln(&b, "ended:", l)
	}
	if o.Report != nil {
		for _, r := range o.Report.Tasks {
			fmt.Fprintf(&b, "%s %s: %s\n", r.State, r.Task, strings.Join(r.Lines(), "\n"))
		}
	}
	return b.String()
}

// TestSituations plays what students do to a file, one thing at a time, and
// holds what they are told: the cure, and no more than they can use.
func TestSituations(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds a test program for each situation")
	}
	const (
		imports = "\t\"math\"\n"
		none    = "\treturn math.NaN()\n" // of Frequency, the first function
		pass    = "\th := 0.0\n\tfor _, f := range flips {\n\t\tif f {\n\t\t\th++\n\t\t}\n\t}\n\treturn h / float64(len(flips))\n"
		file    = "exercises/01-coin-flips/coinflips.go"
	)
	root := checkout(t)
	dir := Dir(root, "01-coin-flips")
	mine := filepath.Join(dir, "coinflips.go")
	stub, err := os.ReadFile(mine)
	if err != nil {
		t.Fatal(err)
	}
	whole := func(f func(s string) string) func(*testing.T) {
		return func(t *testing.T) { write(t, mine, f(string(stub))) }
	}
	swap := func(oldnew ...string) func(*testing.T) {
		return func(t *testing.T) { edit(t, mine, oldnew...) }
	}
	cut := func(t *testing.T, name string) {
		s, err := find(stub, name)
		if err != nil || s == nil {
			t.Fatal(err)
		}
		write(t, mine, string(stub[:s.from])+string(stub[s.to:]))
	}
	for _, c := range []struct {
		name string
		do   func(*testing.T)
		says []string
	}{
		// What does not compile.
		{"a value nobody reads", swap(none, "\tx := 1\n"+none), []string{file + `:21 in "Frequency": declared and not used: x > x := 1`, "x gets a value that nothing reads"}},
		{"a bracket", swap(none, "\treturn math.NaN(\n"), []string{file + ":", "syntax error", "a bracket, a comma or a brace"}},
		{"a brace too many", swap(none, none+"}\n"), []string{":23", "outside all functions: is there a } too many"}},
		{"a brace too few", swap(none+"}", none), []string{"syntax error", "a brace is missing or too many"}},
		{"a function deleted", func(t *testing.T) { cut(t, "Running") }, []string{"exercises/01-coin-flips:0", "the function Running is missing", "put Running back into exercises/01-coin-flips with the name", "credence check 01-coin-flips/running --reset adds it"}},
		{"a function renamed", swap("func Running(", "func RunningShare("), []string{"the function Running is missing", "is it the one that is now called RunningShare?"}},
		{"a function in lower case", swap("func Running(", "func running("), []string{"is it the one that is now called running?"}},
		{"type parameters", swap("func Running(", "func Running[T any]("), []string{"Running is a generic function", "give Running back the parameters"}},
		{"an import too many", swap(imports, "\t\"fmt\"\n"+imports), []string{`"fmt" imported and not used > "fmt"`, "remove the import of fmt, or use it"}},
		{"an import forgotten", swap(none, "\treturn float64(len(strings.Repeat(\"x\", 3)))\n"), []string{"undefined: strings", "not imported: add its path"}},
		{"an import from outside", swap(imports, imports+"\t_ \"github.com/a/b\"\n"), []string{file + ":12", "no module provides package github.com/a/b", "nothing from outside: remove the import of github.com/a/b"}},
		{"an import misspelt", swap(imports, "\t\"mathh\"\n"+imports), []string{"Go knows no package mathh"}},
		{"an int for a float", swap(none, "\treturn 1 / len(flips)\n"), []string{"value of type int) as float64", "write float64(…) around each int"}},
		{"an int times a float", swap(none, "\th := 0.5\n\treturn h * len(flips)\n"), []string{"mismatched types float64 and int", "write float64(…) around each int"}},
		{"a bool compared with 1", swap(none, "\tfor _, f := range flips {\n\t\tif f == 1 {\n\t\t}\n\t}\n"+none), []string{"a bool is true or false and no number"}},
		{"one result of two", swap("return math.NaN(), math.NaN()", "return 1"), []string{`in "Interval"`, "not enough return values; have (number); want (float64, float64)", "the results after return"}},
		{"no return at the end", swap(none, "\tif len(flips) > 0 {\n\t\treturn 1\n\t}\n"), []string{"missing return", "reach its end without a return"}},
		{"two values taken for one", swap(none, "\tx := math.Lgamma(2)\n\treturn x\n"), []string{"math.Lgamma gives 2 values; _ takes one"}},
		{"a name from another language", swap(none, "\treturn math.nan()\n"), []string{"it is math.NaN; names from packages start with a capital letter"}},
		{"a variable never declared", swap(none, "\tx = 3\n\treturn x\n"), []string{"there is no x here", ":="}},
		{"declared twice", swap(none, "\tx := 3.0\n\tx := 4.0\n\treturn x\n"), []string{"write = instead of :="}},
		{"^ for a power", swap(none, "\treturn 2.5 ^ 2\n"), []string{"^ is no power in Go: write math.Pow(x, 2)"}},
		{"append as a method", swap(none, "\tvar s []float64\n\ts.append(1)\n\treturn 0\n"), []string{"s = append(s, x)"}},
		{"the brace on its own line", swap("func Running(flips []bool) []float64 {", "func Running(flips []bool) []float64\n{"), []string{"the { stands at the end of the line before"}},
		{"typographic quotation marks", swap(none, "\treturn “x”\n"), []string{"type it again, quotation marks as \""}},
		{"marks of a merge", swap(none, "<<<<<<< HEAD\n\treturn 1\n=======\n\treturn 2\n>>>>>>> main\n"), []string{"git left both versions of a passage here"}},
		{"an empty file", whole(func(string) string { return "" }), []string{"is the file empty? credence check 01-coin-flips --reset"}},
		{"UTF-16", whole(func(s string) string { return "\xff\xfe" + s }), []string{"not saved as UTF-8"}},
		{"package main", swap("package coinflips", "package main"), []string{"exercises/01-coin-flips:0", "was not main when it came"}},
		{"no file", func(t *testing.T) { os.Remove(mine) }, []string{"exercises/01-coin-flips:0", "there are no Go files", "credence check 01-coin-flips --reset"}},
		{"no folder", func(t *testing.T) { os.RemoveAll(dir) }, []string{"there are no Go files"}},
		{"a scratch file of another package", func(t *testing.T) { write(t, filepath.Join(dir, "try.go"), "package main\n\nfunc main() {}\n") },
			[]string{"found packages coinflips (coinflips.go) and main (try.go) in exercises/01-coin-flips", "try.go says package main; correct one, or move it out"}},
		{"a copy of the file", func(t *testing.T) { write(t, filepath.Join(dir, "coinflips copy.go"), string(stub)) }, []string{"Frequency redeclared", "there are two of Frequency, the other one in coinflips copy.go, line 20"}},

		// What compiles and may look odd.
		{"another package name", swap("package coinflips", "package mine"), []string{"untouched frequency"}},
		{"helpers, in another file too", func(t *testing.T) {
			edit(t, mine, none, "\treturn share(flips)\n")
			write(t, filepath.Join(dir, "share.go"), "package coinflips\n\nfunc share(flips []bool) float64 {\n"+pass+"}\n")
		}, []string{"passed frequency", "untouched running"}},
		{"what go vet would refuse", swap(none, "\tprintln()\n\tfor false {\n\t}\n"+pass, imports, "\t\"fmt\"\n"+imports, "func Running", "func hi() { fmt.Printf(\"%d\\n\", \"x\") }\n\nfunc Running"), []string{"passed frequency"}},
		{"a variable for the function", swap("func Frequency(flips []bool) float64 {\n"+none+"}", "var Frequency = func(flips []bool) float64 {\n"+pass+"}"), []string{"passed frequency"}},
		{"other parameters", swap("func Frequency(flips []bool)", "func Frequency(flips []int)"), []string{"failed frequency", "Frequency is a func([]int) float64, the task asks for a func([]bool) float64"}},
		{"Windows line ends", whole(func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }), []string{"untouched frequency", "untouched paths"}},
		{"only comments", swap(none, "\t// how?\n"+none), []string{"untouched frequency"}},

		// What goes wrong at run time.
		{"a panic of its own", swap(none, "\tpanic(\"todo\")\n"), []string{"failed frequency", "it panics: todo", file + ":21: panic(\"todo\")", "untouched running"}},
		{"a panic in a goroutine", swap(none, "\tgo func() { panic(\"there\") }()\n\tselect {}\n"), []string{"it ends the program with \"panic: there\"", file + ":21", "untouched running"}},
		{"a deadlock", swap(none, "\tc := make(chan float64)\n\treturn <-c\n"), []string{"it waits for something that never comes", "return <-c"}},
		{"a spinning goroutine", swap(none, "\tgo func() {\n\t\tfor {\n\t\t}\n\t}()\n"+pass), []string{"failed frequency", "a goroutine that it started still runs", file + ":21: go func() {"}},
		{"writes to one map from two goroutines", swap(none, "\tm := map[int]int{}\n\tgo func() {\n\t\tfor {\n\t\t\tm[0]++\n\t\t}\n\t}()\n\tfor {\n\t\tm[1]++\n\t}\n"), []string{"concurrent map writes"}},
		{"log.Fatal", swap(none, "\tlog.Fatal(\"no\")\n"+none, imports, "\t\"log\"\n"+imports), []string{"it ends the program (os.Exit or log.Fatal)", "no"}},
		{"reads the keyboard", swap(none, "\tvar x float64\n\tfmt.Scan(&x)\n\treturn x\n", imports, "\t\"fmt\"\n"+imports), []string{"failed frequency"}},
		{"init ends it", swap("func Frequency", "func init() { panic(\"early\") }\n\nfunc Frequency"), []string{"ended: panic: early", "ended: at " + file}},
		{"init leaves", swap("func Frequency", "func init() { os.Exit(0) }\n\nfunc Frequency", imports, imports+"\t\"os\"\n"), []string{"does an init function call os.Exit?"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			os.RemoveAll(dir)
			if err := os.MkdirAll(dir, 0o755); err != nil {
				t.Fatal(err)
			}
			write(t, mine, string(stub))
			c.do(t)
			outcomes, err := Run(t.Context(), root, []Target{{ID: "01-coin-flips"}}, nil)
			if err != nil {
				t.Fatal(err)
			}
			said := told(outcomes[0])
			for _, s := range c.says {
				if !strings.Contains(said, s) {
					t.Errorf("it says\n%s\nwithout %q", said, s)
				}
			}
			for _, s := range []string{root, "goroutine ", "_test.go", "%!"} {
				if strings.Contains(said, s) && s != "goroutine " || strings.Contains(said, "\ngoroutine ") {
					t.Errorf("it says\n%s\nwith %q", said, s)
				}
			}
			if o := outcomes[0]; o.Report != nil && o.Report.Tasks[5].State != check.Untouched {
				t.Errorf("the last task is no more untouched:\n%s", said)
			}
			if testing.Verbose() {
				t.Log("\n" + said)
			}
		})
	}
}

// A variable that takes for ever to make stops no test of Go's own; here it
// is named.
func TestInitLoops(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for an endless loop")
	}
	root := checkout(t)
	edit(t, filepath.Join(Dir(root, "01-coin-flips"), "coinflips.go"), "func Frequency", "func init() {\n\tfor {\n\t}\n}\n\nfunc Frequency")
	outcomes, err := Run(t.Context(), root, []Target{{ID: "01-coin-flips"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if said := told(outcomes[0]); !strings.Contains(said, "did not come to its tasks within 15s") {
		t.Error(said)
	}
}
