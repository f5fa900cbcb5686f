package check

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/credence-bnn/credence/tests/check/testdata/fixture"
)

// The fixture: one task whose function doubles every element.
type doubles = func(xs []float64, rng *rand.Rand) ([]float64, float64)

func double(xs []float64, rng *rand.Rand) ([]float64, float64) {
	ys := make([]float64, len(xs))
	for i, x := range xs {
		ys[i] = 2 * x
	}
	return ys, rng.Float64()
}

func spec() *Spec {
	return &Spec{
		Name: "double", Func: "double", Type: doubles(nil), Points: 3, Asks: "Doubles.", Hint: "Times two.", Idea: "twice is 2·x",
		Cases: func(rng *rand.Rand) []Case {
			return []Case{
				Noted("three numbers", []float64{1, 2, 3}, Rand(7)),
				Call([]float64{Uniform(rng, 1, 2, 3)}, Rand(8)),
				Noted("none", []float64{}, Rand(9)),
			}
		},
	}
}

// wants answers the fixture's calls as its solution would.
func wantsOf(t *Spec, calls []Case) (all [][]any) {
	for _, c := range calls {
		ys, u := double(c.Args[0].([]float64), c.Args[1].(Rand).New())
		all = append(all, []any{ys, u})
	}
	return all
}

func try(t *testing.T, fn any, limit time.Duration) Result {
	t.Helper()
	s := spec()
	calls := s.Calls(PublicSeed)
	return s.try(fn, calls, wantsOf(s, calls), limit, nil)
}

func TestTry(t *testing.T) {
	kept := 0.0
	for _, c := range []struct {
		name string
		fn   any
		want []string // what the lines must say
	}{
		{"right", doubles(double), []string{"all 3 calls agree"}},
		{"wrong value", func(xs []float64, rng *rand.Rand) ([]float64, float64) {
			ys, u := double(xs, rng)
			if len(ys) > 0 {
				ys[len(ys)-1]++
			}
			return ys, u
		}, []string{"double([]float64{1, 2, 3}, rand.New(rand.NewPCG(7, 7))) // three numbers", "element [2]: 7 instead of 6, off by 1", "2 of 3 calls go wrong", "recheck: twice"}},
		{"NaN", func(xs []float64, rng *rand.Rand) ([]float64, float64) {
			ys, _ := double(xs, rng)
			return ys, math.NaN()
		}, []string{"result 2 of 2: NaN", "3 of 3"}},
		{"infinite", func(xs []float64, rng *rand.Rand) ([]float64, float64) {
			ys, _ := double(xs, rng)
			return ys, math.Inf(1)
		}, []string{"result 2 of 2: +Inf instead of"}},
		{"named", fixture.Named, []string{"  draw, result 2 of 2: "}},
		{"nil", func(xs []float64, rng *rand.Rand) ([]float64, float64) { return nil, rng.Float64() },
			[]string{"nil where 3 elements are wanted", "2 of 3"}},
		{"too short", func(xs []float64, rng *rand.Rand) ([]float64, float64) { return []float64{2}, rng.Float64() },
			[]string{"length 1 instead of 3"}},
		{"changes its argument", func(xs []float64, rng *rand.Rand) ([]float64, float64) {
			ys, u := double(xs, rng)
			copy(xs, ys)
			return ys, u
		}, []string{"changes its argument 1"}},
		{"returns its argument", func(xs []float64, rng *rand.Rand) ([]float64, float64) {
			return xs[:0], rng.Float64()
		}, []string{"shares memory with argument 1"}},
		{"panics", func(xs []float64, rng *rand.Rand) ([]float64, float64) {
			return xs[5:6:7], 0
		}, []string{"it panics: slice bounds out of range"}},
		{"panics with nil map", fixture.NilMap, []string{"it panics: assignment to entry in nil map", "at m[0] = 1"}},
		{"ends its goroutine", func(xs []float64, rng *rand.Rand) ([]float64, float64) {
			runtime.Goexit()
			return nil, 0
		}, []string{"Goexit", "three numbers"}},
		{"keeps state", func(xs []float64, rng *rand.Rand) ([]float64, float64) {
			ys, u := double(xs, rng)
			if kept++; kept > 3 {
				u++
			}
			return ys, u
		}, []string{"the same call gives two answers"}},
		{"its own random numbers", func(xs []float64, rng *rand.Rand) ([]float64, float64) {
			ys, _ := double(xs, rng)
			return ys, rand.Float64()
		}, []string{"result 2 of 2", "off by"}},
		{"another type", func(xs []float64) []float64 { return nil },
			[]string{"double is a func([]float64) []float64, the task asks for a func([]float64, *rand.Rand) ([]float64, float64)"}},
		{"no function", nil, []string{"double is a <nil>"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := try(t, c.fn, time.Minute)
			if passed := r.State == Passed; passed != (c.name == "right") {
				t.Errorf("state %s", r.State)
			}
			said := strings.Join(r.Lines(), "\n")
			for _, want := range c.want {
				if !strings.Contains(said, want) {
					t.Errorf("it says\n%s\nwithout %q", said, want)
				}
			}
		})
	}
}

func TestTryLeavesLoops(t *testing.T) {
	defer close(fixture.Stop)
	for _, c := range []struct {
		fn   doubles
		want string
	}{
		{fixture.Wait, "waits for something that never comes (a channel, a lock, input)\n  at <-Stop"},
		{fixture.Loop, "does a loop never end?"}, // last: it goes on meanwhile
	} {
		r := try(t, c.fn, 50*time.Millisecond)
		said := strings.Join(r.Lines(), "\n")
		if r.State != Failed || !strings.Contains(said, c.want) || strings.Contains(said, "agree") || !strings.Contains(said, "\n  recheck: twice") {
			t.Errorf("%s:\n%s\nwithout %q, or without what to recheck", r.State, said, c.want)
		}
	}
}

func TestLateBy(t *testing.T) {
	const s = time.Second
	for _, c := range []struct {
		clock, cpu time.Duration
		computes   bool
		late       bool
	}{
		{5 * s, 5 * s, true, true},
		{5 * s, 2 * s, true, false}, // the machine does something else
		{49 * s, 2 * s, true, false},
		{50 * s, 2 * s, true, true},
		{5 * s, 0, false, true}, // it waits
	} {
		if late := lateBy(c.clock, c.cpu, 5*s, c.computes); late != c.late {
			t.Errorf("%+v: %v", c, late)
		}
	}
}

func TestTryFindsGoroutines(t *testing.T) {
	fixture.Stop = make(chan struct{}) // the one before is closed
	defer close(fixture.Stop)
	for _, c := range []struct {
		fn   doubles
		want string
	}{
		{fixture.Workers, "all 3 calls agree"},
		{fixture.Forget, "its answers are right, but a goroutine that it started waits for ever: end it before you return\n  at go func() {"},
		{fixture.Spin, "its answers are right, but a goroutine that it started still runs: end it before you return\n  at go Loop(nil, nil)"},
	} {
		if said := strings.Join(try(t, c.fn, time.Minute).Lines(), "\n"); !strings.Contains(said, c.want) {
			t.Errorf("%s\nwithout %q", said, c.want)
		}
	}
}

func TestFresh(t *testing.T) {
	stub := "package fixture\n\nfunc double(x float64) float64 { return 0 }\n"
	e := Exercise{ID: "95-fixture", Title: "Fixture", Tasks: []Spec{*spec()}, Files: fstest.MapFS{StubDir + "/f.go": {Data: []byte(stub)}}}
	for _, c := range []struct {
		name  string
		files map[string]string
		fresh bool
	}{
		{"untouched", map[string]string{"f.go": stub}, true},
		{"a comment, a README and a test", map[string]string{"f.go": "// how?\n\n" + stub, "README.md": "x", "f_test.go": "package"}, true},
		{"Windows line ends", map[string]string{"f.go": strings.ReplaceAll(stub, "\n", "\r\n")}, true},
		{"another file", map[string]string{"f.go": stub, "g.go": "package fixture\n"}, false},
		{"renamed", map[string]string{"g.go": stub}, false},
		{"emptied", map[string]string{"f.go": ""}, false},
		{"gone", nil, false},
		{"written", map[string]string{"f.go": strings.Replace(stub, "0", "2*x", 1)}, false},
		{"without the task", map[string]string{"f.go": strings.Replace(stub, "double", "triple", 1)}, false},
		{"outside the function", map[string]string{"f.go": stub + "func init() {}\n"}, false},
	} {
		files := fstest.MapFS{}
		for name, text := range c.files {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		rep, ok := e.Fresh(files)
		if ok != c.fresh || ok && (rep.Tasks[0].State != Untouched || rep.Tasks[0].Where != "exercises/95-fixture/f.go:"+strconv.Itoa(1+strings.Count(c.files["f.go"][:strings.Index(c.files["f.go"], "func")], "\n"))) {
			t.Errorf("%s: %v %+v", c.name, ok, rep)
		}
	}
}

func TestClose(t *testing.T) {
	type pair struct {
		A float64
		B string
	}
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		got, want any
		ok        bool
	}{
		{1.0, 1.0, true}, {1 + 1e-10, 1.0, true}, {1 + 1e-8, 1.0, false},
		{1e-3 + 1e-11, 1e-3, false}, // relative, not absolute
		{1e-13, 0.0, true}, {1e-11, 0.0, false},
		{nan, nan, true}, {nan, 1.0, false}, {1.0, nan, false}, {nan, inf, false},
		{inf, inf, true}, {inf, 1.0, false}, {1.0, inf, false}, {-inf, inf, false}, {1e300, inf, false},
		{math.Copysign(0, -1), 0.0, true},
		{3, 3, true}, {3, 4, false}, {true, false, false}, {"a", "a", true}, {"a", "b", false},
		{[]float64(nil), []float64{}, true}, {[]float64{}, []float64(nil), true},
		{[]float64(nil), []float64{0}, false}, {[]float64{0, 0}, []float64{0}, false},
		{[][]float64{{1}, {2}}, [][]float64{{1}, {2}}, true}, {[][]float64{{1}, {2}}, [][]float64{{1}, {nan}}, false},
		{pair{1, "x"}, pair{1, "x"}, true}, {pair{1, "x"}, pair{1, "y"}, false}, {pair{nan, "x"}, pair{1, "x"}, false},
	} {
		if d := Close(1e-9)(c.got, c.want); (d == "") != c.ok {
			t.Errorf("Close(%v, %v) = %q", c.got, c.want, d)
		}
	}
}

func TestEncode(t *testing.T) {
	type pair struct {
		A []float64
		B bool
	}
	for _, v := range []any{
		0.1, math.Inf(1), math.Inf(-1), 1e-310, -7, "a\nb", true,
		[]float64(nil), []float64{}, []float64{1, math.Inf(1)}, [][]float64{{1}, nil, {}},
		pair{[]float64{math.Inf(-1)}, true},
	} {
		raw, err := Encode(v)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(raw, reflect.TypeOf(v))
		if err != nil || !reflect.DeepEqual(back, v) {
			t.Errorf("%#v came back as %#v (%s, %v)", v, back, raw, err)
		}
	}
	raw, _ := Encode(math.NaN())
	if back, err := Decode(raw, reflect.TypeFor[float64]()); err != nil || !math.IsNaN(back.(float64)) {
		t.Errorf("NaN came back as %v", back)
	}
}

func TestTokens(t *testing.T) {
	stub := "func F(x float64) float64 {\n\treturn math.NaN()\n}"
	for src, same := range map[string]bool{
		stub: true,
		"func F(x float64) float64 { return math.NaN() }":                               true,
		"func F(x float64) float64 {\n\n\t// TODO\n\treturn  math.NaN() /* later */\n}": true,
		"func F(x float64) float64 {\n\treturn math.Inf(1)\n}":                          false,
		"func F(y float64) float64 {\n\treturn math.NaN()\n}":                           false,
	} {
		if got := tokens([]byte(src)) == tokens([]byte(stub)); got != same {
			t.Errorf("%q equal to the stub: %v", src, got)
		}
	}
}

// publicOf is the file with the answers to the fixture's public calls.
func publicOf(t *testing.T, id string, s *Spec) []byte {
	t.Helper()
	calls := s.Calls(PublicSeed)
	var known []Known
	for i, w := range wantsOf(s, calls) {
		k := Known{Call: s.ShowCall(calls[i])}
		for _, v := range w {
			raw, err := Encode(v)
			if err != nil {
				t.Fatal(err)
			}
			k.Want = append(k.Want, raw)
		}
		known = append(known, k)
	}
	public, err := json.Marshal(Public{id, PublicSeed, map[string][]Known{"double": known}})
	if err != nil {
		t.Fatal(err)
	}
	return public
}

func TestCell(t *testing.T) {
	s := spec()
	public := publicOf(t, "98-fixture", s)
	Register(Exercise{ID: "98-fixture", Title: "Fixture", Tasks: []Spec{*s}, Files: fstest.MapFS{
		PublicFile:              {Data: public},
		StubDir + "/fixture.go": {Data: []byte("package fixture\n\nfunc double(xs []float64, rng *rand.Rand) ([]float64, float64) {\n\treturn nil, 0\n}\n")},
	}})
	s.Func = "untouched"
	Register(Exercise{ID: "99-fixture", Title: "Fixture", Tasks: []Spec{*s}, Files: fstest.MapFS{
		StubDir + "/fixture.go": {Data: []byte("package fixture\n\n// not yet\nfunc untouched(xs []float64, rng *rand.Rand) ([]float64, float64) {\n\treturn nil, 0\n}\n")},
	}})
	for _, c := range []struct {
		id   string
		fn   any
		want string
	}{
		{"98-fixture/double", double, "✓ double: 3 points, all 3 calls agree\n  To keep the points, copy it to exercises/98-fixture/fixture.go: credence check counts"},
		{"98-fixture/double", doubles(func([]float64, *rand.Rand) ([]float64, float64) { panic("no") }), "✗ double is not right yet (3 points)\n"},
		{"99-fixture/double", untouched, "○ untouched is not solved yet (3 points)"},
		{"99-fixture", double, "✗ \"99-fixture\" is not a task id"},
		{"97-fixture/double", double, "✗ exercise \"97-fixture\" is not known here: import"},
		{"99-fixture/triple", double, "✗ 99-fixture has no task \"triple\"; its tasks are double"},
		{"98-fixture/double", nil, "double is a <nil>"},
	} {
		var out bytes.Buffer
		report(&out, c.id, c.fn)
		if !strings.Contains(out.String(), c.want) {
			t.Errorf("%s says\n%s\nwithout %q", c.id, &out, c.want)
		}
	}
}

// Recursion and memory without end are told in plain words and end the cell.
func TestTaskRunaway(t *testing.T) {
	s := spec()
	fns := map[string]doubles{"deep": fixture.Deep, "large": fixture.Large}
	if which := os.Getenv("CREDENCE_TEST_CELL"); which != "" { // the cell's process
		public := publicOf(t, "94-fixture", s)
		Register(Exercise{ID: "94-fixture", Title: "Fixture", Tasks: []Spec{*s}, Files: fstest.MapFS{
			PublicFile:              {Data: public},
			StubDir + "/fixture.go": {Data: []byte("package fixture\n\nfunc double() {}\n")},
		}})
		Task("94-fixture/double", fns[which])
		return
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for which, why := range map[string]string{"deep": tooDeep, "large": tooMuch} {
		cmd := exec.Command(self, "-test.run=^TestTaskRunaway$")
		cmd.Env = append(os.Environ(), "CREDENCE_TEST_CELL="+which)
		out, err := cmd.CombinedOutput()
		if err != nil && strings.Contains(string(out), "unexpected call to os.Exit(0)") {
			err = nil // package testing's own word for it
		}
		said := string(out)
		if err != nil || !strings.Contains(said, "✗ double is not right yet (3 points)\n  double([]float64{1, 2, 3}") || !strings.Contains(said, why) ||
			which == "deep" && !strings.Contains(said, "Deep(xs") || !strings.Contains(said, "This cell ends here.") || strings.Contains(said, "fatal error") || strings.Contains(said, "runtime stack") {
			t.Errorf("%s: %v\n%.2000s", which, err, said)
		}
	}
}

// A stale cases.json must not judge anybody: it says so, and the cure.
func TestStale(t *testing.T) {
	s := spec()
	calls := s.Calls(PublicSeed)
	one, err := Encode(1.0)
	if err != nil {
		t.Fatal(err)
	}
	for _, known := range [][]Known{
		nil,
		{{Call: s.ShowCall(calls[0])}, {}, {}}, // results are missing
		{{Call: "double(nil)", Want: []json.RawMessage{one, one}}, {}, {}},
		{{Call: s.ShowCall(calls[0]), Want: []json.RawMessage{one, one}}, {}, {}}, // a number where a slice belongs
	} {
		p := Public{"98-fixture", PublicSeed, map[string][]Known{"double": known}}
		if _, err := p.wants(s, calls); err == nil || !strings.Contains(err.Error(), "98-fixture/double") {
			t.Errorf("%v: %v", known, err)
		}
	}
}

func untouched(xs []float64, rng *rand.Rand) ([]float64, float64) {
	return nil, 0
}

func TestRegisterPanics(t *testing.T) {
	defer func() {
		if p := fmt.Sprint(recover()); !strings.HasPrefix(p, badTask) {
			t.Errorf("panic %v", p)
		}
	}()
	s := *spec()
	s.Points = 0
	Register(Exercise{ID: "96-fixture", Title: "Fixture", Tasks: []Spec{s}, Files: os.DirFS(".")})
}
