package prove

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/tests/check"
)

// publicJSON computes the expected results of the public calls with the
// solutions, one call a line.
func publicJSON(e *check.Exercise, solved check.Funcs) ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\n\"exercise\": %q,\n\"seed\": %d,\n\"tasks\": {", e.ID, check.PublicSeed)
	for i := range e.Tasks {
		s := &e.Tasks[i]
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, "\n%q: [", s.Name)
		for j, c := range s.Calls(check.PublicSeed) {
			results, err := answer(solved[s.Name], c)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", s.Name, s.ShowCall(c), err)
			}
			known := check.Known{Call: s.ShowCall(c)}
			for _, r := range results {
				raw, err := check.Encode(r)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", s.Name, err)
				}
				known.Want = append(known.Want, raw)
			}
			line, err := json.Marshal(known)
			if err != nil {
				return nil, err
			}
			if j > 0 {
				b.WriteString(",")
			}
			fmt.Fprintf(&b, "\n  %s", line)
		}
		b.WriteString("\n]")
	}
	b.WriteString("\n}\n}\n")
	return b.Bytes(), nil
}

// answer calls fn; a panic is an error.
func answer(fn any, c check.Case) (results []any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	if reflect.TypeOf(fn) == nil {
		return nil, errors.New("no solution is bound: add the task to Solved in solved.go")
	}
	var args []reflect.Value
	for _, a := range c.Args {
		if r, ok := a.(check.Rand); ok {
			a = r.New()
		}
		args = append(args, reflect.ValueOf(a))
	}
	for _, v := range reflect.ValueOf(fn).Call(args) {
		results = append(results, v.Interface())
	}
	return results, nil
}

// renew writes cases.json, the stub record and the README's task list.
func renew(root string, e *check.Exercise, solved check.Funcs) error {
	raw, err := publicJSON(e, solved)
	if err != nil {
		return err
	}
	here := filepath.Join(root, "exercises", e.ID)
	testdata := filepath.Join(root, "tests", e.ID, "testdata")
	if err := os.WriteFile(filepath.Join(testdata, "cases.json"), raw, 0o644); err != nil {
		return err
	}
	readme := filepath.Join(here, "README.md")
	text, err := os.ReadFile(readme)
	if err != nil {
		return err
	}
	now, err := withTasks(string(text), e)
	if err != nil {
		return fmt.Errorf("%s: %w", readme, err)
	}
	if err := os.WriteFile(readme, []byte(now), 0o644); err != nil {
		return err
	}
	record := filepath.Join(testdata, "stub")
	if err := os.RemoveAll(record); err != nil {
		return err
	}
	if err := os.Mkdir(record, 0o755); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(here, "*.go"))
	if err != nil {
		return err
	}
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err == nil {
			err = os.WriteFile(filepath.Join(record, filepath.Base(f)), src, 0o644)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// fresh holds that the generated files are what would be generated now.
func fresh(t *testing.T, root string, e *check.Exercise, solved check.Funcs) {
	cure := "renew it: go test ./solutions/" + e.ID + " -regen"
	now, err := publicJSON(e, solved)
	if err != nil {
		t.Fatal(err)
	}
	stored, err := os.ReadFile(filepath.Join(root, "tests", e.ID, "testdata", "cases.json"))
	if err != nil {
		t.Fatalf("%v; %s", err, cure)
	}
	if where := differs(string(stored), string(now)); where != "" {
		t.Errorf("tests/%s/testdata/cases.json is stale (%s); %s", e.ID, where, cure)
	}
	text, err := os.ReadFile(filepath.Join(root, "exercises", e.ID, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := withTasks(string(text), e)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != want {
		t.Errorf("the task list of exercises/%s/README.md is stale; %s", e.ID, cure)
	}
}

// float matches a number in JSON.
var float = regexp.MustCompile(`-?\d+(\.\d+)?([eE][-+]?\d+)?`)

// differs compares two texts, numbers in them to 1e-9: another processor may
// round the last digit of a logarithm differently. It returns the first line
// that differs, "" if none does.
func differs(a, b string) string {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	if len(as) != len(bs) {
		return fmt.Sprintf("%d lines instead of %d", len(as), len(bs))
	}
	for i := range as {
		if as[i] == bs[i] {
			continue
		}
		x, y := float.FindAllString(as[i], -1), float.FindAllString(bs[i], -1)
		same := float.ReplaceAllString(as[i], "#") == float.ReplaceAllString(bs[i], "#") && len(x) == len(y)
		for j := 0; same && j < len(x); j++ {
			u, _ := strconv.ParseFloat(x[j], 64)
			v, _ := strconv.ParseFloat(y[j], 64)
			same = math.Abs(u-v) <= 1e-9*math.Abs(v)+1e-15
		}
		if !same {
			return fmt.Sprintf("line %d", i+1)
		}
	}
	return ""
}

const (
	tasksBegin = "<!-- tasks: written from tests/%s/cases.go by -regen -->"
	tasksEnd   = "<!-- end of tasks -->"
)

// withTasks returns the README with its task list written from e.
func withTasks(readme string, e *check.Exercise) (string, error) {
	begin := fmt.Sprintf(tasksBegin, e.ID)
	before, rest, ok := strings.Cut(readme, begin)
	if !ok {
		return "", fmt.Errorf("the line %q is missing", begin)
	}
	_, after, ok := strings.Cut(rest, tasksEnd)
	if !ok {
		return "", fmt.Errorf("the line %q is missing", tasksEnd)
	}
	var b strings.Builder
	b.WriteString(before + begin + "\n\n")
	for i, s := range e.Tasks {
		fmt.Fprintf(&b, "%d. **`%s`**, %d points, `%s/%s`. %s\n\n", i+1, s.Func, s.Points, e.ID, s.Name, s.Asks)
		hint := strings.ReplaceAll(s.Hint, "*", `\*`) // a*b/n*n is no emphasis
		fmt.Fprintf(&b, "   <details><summary>Hint</summary>\n\n   %s\n\n   </details>\n\n", hint)
	}
	fmt.Fprintf(&b, "Together %d points.\n\n", e.Points())
	b.WriteString(tasksEnd + after)
	return b.String(), nil
}

// equalFiles reports whether two folders hold the same Go files.
func equalFiles(a, b string) (bool, error) {
	x, err := filepath.Glob(filepath.Join(a, "*.go"))
	if err != nil {
		return false, err
	}
	y, err := filepath.Glob(filepath.Join(b, "*.go"))
	if err != nil || len(x) != len(y) {
		return false, err
	}
	for _, f := range x {
		p, err := os.ReadFile(f)
		if err != nil {
			return false, err
		}
		q, err := os.ReadFile(filepath.Join(b, filepath.Base(f)))
		if os.IsNotExist(err) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if !bytes.Equal(p, q) {
			return false, nil
		}
	}
	return true, nil
}
