package bnn_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"
)

// The table in doc.go says which method needs and uses which ability. It must
// list every ability that the method's files assert, and no other.
func TestAbilityTable(t *testing.T) {
	files := map[string][]string{ // where each method looks for abilities
		"MAP":                {"map.go", "early_stop.go"},
		"VI":                 {"vi.go", "vi_estimator.go", "vi_single.go", "early_stop.go"},
		"MCDropout":          {"dropout.go", "early_stop.go"},
		"ConcreteDropout":    {"concrete.go", "early_stop.go"},
		"Ensemble":           {"ensemble.go"},
		"Laplace":            {"laplace.go", "map.go"},
		"HMC":                {"hmc.go", "nuts.go", "hmc_adapt.go", "chains.go", "chains_run.go"},
		"SGLD":               {"sgld.go"},
		"Metropolis":         {"metropolis.go", "chains_run.go"},
		"ImportanceSampling": {"importance.go"},
	}
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	abilities := []string{"Cloner", "Parts", "GaussPrior", "PriorLearner", "Noisy", "Single", "Masker", "GaussNewton", "HeldOut", "Finite"}
	for method, names := range files {
		var used []string
		for _, name := range names {
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if a, ok := n.(*ast.TypeAssertExpr); ok {
					if id, ok := a.Type.(*ast.Ident); ok && slices.Contains(abilities, id.Name) {
						used = append(used, id.Name)
					}
				}
				return true
			})
		}
		var listed []string
		for line := range strings.Lines(string(doc)) {
			if f := strings.Fields(strings.TrimPrefix(line, "//")); len(f) > 2 && f[0] == method {
				listed = slices.DeleteFunc(f[1:], func(s string) bool { return s == "-" })
			}
		}
		slices.Sort(used)
		slices.Sort(listed)
		if !slices.Equal(slices.Compact(used), listed) {
			t.Errorf("%s looks for %v, the table in doc.go lists %v", method, used, listed)
		}
	}
}
