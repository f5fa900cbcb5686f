package notebooks

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/internal/chapter"
	"github.com/credence-bnn/credence/internal/jupyter"
	"github.com/credence-bnn/credence/internal/lab"
)

// TestSeeds runs each chapter with other random numbers: what its text claims, with
// the tolerances it states, must not hang on one lucky seed. Every generator of a
// cell, rand.NewPCG(s, …), gets s + 1000, s + 2000, … in its place. Then no cell may
// fail, and every claim that a cell checks with Agree or Hold must hold; the numbers
// that the prose quotes may change, and are logged.
//
//	CREDENCE_SEEDS=3 go test -timeout 60m -v ./notebooks -run TestSeeds/07
func TestSeeds(t *testing.T) {
	shifts, _ := strconv.Atoi(os.Getenv("CREDENCE_SEEDS"))
	if shifts < 1 {
		t.Skip("runs all chapters again with other seeds: set CREDENCE_SEEDS=3, as .ci/full seeds does")
	}
	if runtime.GOOS == "windows" {
		t.Skip("GoNB has no native Windows kernel; use WSL")
	}
	dir, err := lab.Kernel(t.Context(), lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	spec, err := jupyter.ReadSpec(dir)
	if err != nil {
		t.Fatal(err)
	}
	chapters(t, func(t *testing.T, file, slug string) {
		committed, err := jupyter.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		before, _ := chapter.Values(committed)
		seen := map[string][]float64{} // values that changed, by name
		for k := 1; k <= shifts; k++ {
			nb, err := jupyter.Read(file)
			if err != nil {
				t.Fatal(err)
			}
			generators, claims := shift(nb, 1000*k)
			if generators == 0 {
				t.Log("draws no random numbers")
				return
			}
			_, err = run(t, spec, nb, 2*budget)
			broken := brokenClaims(nb)
			for _, claim := range append(broken, errorText(err)...) {
				t.Errorf("seeds + %d: %s", 1000*k, claim)
			}
			values, _ := chapter.Values(nb)
			changed := 0
			for name, v := range values {
				if old, ok := before[name]; ok && old != v {
					seen[name] = append(seen[name], v)
					changed++
				}
			}
			if err == nil && changed == 0 {
				t.Errorf("seeds + %d: %d generators have other seeds, and no value of nb.Value changed: are they used?", 1000*k, generators)
			}
			t.Logf("seeds + %d: %d generators, %d kinds of claim, %d of %d values changed, %d claims broken", 1000*k, generators, claims, changed, len(before), len(broken))
		}
		for _, name := range slices.Sorted(maps.Keys(seen)) {
			t.Logf("%-28s %.6g; with other seeds %.6g", name, before[name], seen[name])
		}
	})
}

// newPCG is how a cell makes a generator; its first seed follows.
const newPCG = "rand.NewPCG("

// claimed finds the panics of Agree and Hold, as the chapters write them. In a run
// with other seeds they are told instead, so that the rest of the chapter is tried.
var claimed = regexp.MustCompile(`panic\((fmt\.Sprintf\("%s: %v and %v differ by [^\n]*\)|"does not hold: " \+ what)\)\n`)

const brokenMark = "✗ broken claim: "

// shift gives the generators of nb other seeds and returns how many there are.
func shift(nb *jupyter.Notebook, by int) (generators, claims int) {
	for _, c := range nb.Cells {
		if c.Type != "code" {
			continue
		}
		generators += strings.Count(c.Source, newPCG)
		c.Source = strings.ReplaceAll(c.Source, newPCG, fmt.Sprintf("%s%d+", newPCG, by))
		c.Source = claimed.ReplaceAllStringFunc(c.Source, func(s string) string {
			claims++
			return claimed.ReplaceAllString(s, "fmt.Println(\""+brokenMark+"\" + $1)\n\t\treturn\n")
		})
	}
	return generators, claims
}

// brokenClaims returns the claims that the cells of nb told as broken, each with what
// its cell printed.
func brokenClaims(nb *jupyter.Notebook) (all []string) {
	for i, c := range nb.Cells {
		for _, o := range c.Outputs {
			for line := range strings.Lines(o.Text) {
				if claim, ok := strings.CutPrefix(line, brokenMark); ok {
					all = append(all, fmt.Sprintf("cell %d: %s\n%s", i+1, strings.TrimSpace(claim), strings.ReplaceAll("\n"+strings.TrimSpace(o.Text), "\n", "\n  | ")[1:]))
				}
			}
		}
	}
	return all
}

func errorText(err error) []string {
	if err == nil {
		return nil
	}
	return []string{err.Error()}
}

// The rewriting keeps what it does not mean, and leaves no generator out.
func TestShift(t *testing.T) {
	nb := &jupyter.Notebook{Cells: []*jupyter.Cell{
		{Type: "markdown", Source: "rand.NewPCG(1, 7)"},
		{Type: "code", Source: "func Seeded(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 7)) }\nx := rand.New(rand.NewPCG(uint64(2*i), 1))\n"},
		{Type: "code", Source: "if !(d <= tol) {\n\t\tpanic(fmt.Sprintf(\"%s: %v and %v differ by %.2g\", what, a, b, d))\n\t}\n\tif !ok {\n\t\tpanic(\"does not hold: \" + what)\n\t}\n\tpanic(\"no\")\n",
			Outputs: []*jupyter.Output{{Text: "✓ fine\n✗ broken claim: a\n"}}},
	}}
	if generators, claims := shift(nb, 1000); generators != 2 || claims != 2 {
		t.Errorf("%d generators, %d claims", generators, claims)
	}
	for i, want := range []string{
		"rand.NewPCG(1, 7)",
		"func Seeded(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(1000+seed, 7)) }\nx := rand.New(rand.NewPCG(1000+uint64(2*i), 1))\n",
		"if !(d <= tol) {\n\t\tfmt.Println(\"✗ broken claim: \" + fmt.Sprintf(\"%s: %v and %v differ by %.2g\", what, a, b, d))\n\t\treturn\n\t}\n\tif !ok {\n\t\tfmt.Println(\"✗ broken claim: \" + \"does not hold: \" + what)\n\t\treturn\n\t}\n\tpanic(\"no\")\n",
	} {
		if got := nb.Cells[i].Source; got != want {
			t.Errorf("cell %d is\n%s\nwant\n%s", i, got, want)
		}
	}
	if got := brokenClaims(nb); !slices.Equal(got, []string{"cell 3: a\n  | ✓ fine\n  | ✗ broken claim: a"}) {
		t.Errorf("broken: %q", got)
	}
}

// TestGenerators holds that every cell makes its generators as shift finds them: one
// it does not find would keep its seed, and the claim would hang on it unnoticed.
func TestGenerators(t *testing.T) {
	other := regexp.MustCompile(`rand\.(NewChaCha8|N|IntN|Int|Float64|NormFloat64|ExpFloat64|Perm|Shuffle|Uint64)\(|rand\.NewPCG\s+\(`)
	chapters(t, func(t *testing.T, file, slug string) {
		nb, err := jupyter.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range nb.Cells {
			if m := other.FindString(c.Source); m != "" && c.Type == "code" {
				t.Errorf("cell %d has %s: make generators with rand.NewPCG(seed, …), which TestSeeds shifts", i+1, m)
			}
		}
	})
}
