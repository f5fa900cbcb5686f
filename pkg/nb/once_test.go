package nb

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// model returns a trained model whose posterior mean starts with v.
func trainedWith(v float64) bnn.Trained {
	m := &bnn.Model{Net: nn.MLP([]int{1, 2, 1}, nn.Tanh), Likelihood: bnn.GaussianNoise{SD: 0.1}}
	g := &bnn.Gaussian{Mu: make([]float64, 7), Sigma: slices.Repeat([]float64{0.5}, 7)}
	g.Mu[0] = v
	return bnn.Trained{Model: m, Posterior: g}
}

func mean(t bnn.Trained) float64 { return t.Posterior.(*bnn.Gaussian).Mu[0] }

// printed returns what f writes to the standard output.
func printed(t *testing.T, f func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	old := os.Stdout
	os.Stdout = w
	defer func() { os.Stdout = old }()
	out := make(chan string)
	go func() { b, _ := io.ReadAll(r); out <- string(b) }()
	func() {
		defer w.Close()
		f()
	}()
	return <-out
}

func TestOnce(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("CREDENCE_CACHE", dir)
	calls := 0
	once := func(name string, config any) (v float64, said string) {
		said = printed(t, func() {
			v = mean(Once(name, config, func() (bnn.Trained, error) { calls++; return trainedWith(float64(calls)), nil }))
		})
		return v, said
	}
	expect := func(what string, v float64, said string, wantV float64, wantSaid string) {
		t.Helper()
		if v != wantV || !strings.Contains(said, wantSaid) || strings.Count(said, "\n") != 1 && !strings.Contains(said, "cannot be read") {
			t.Errorf("%s: got %v, said %q; want %v and %q", what, v, said, wantV, wantSaid)
		}
	}
	v, said := once("a", bnn.VI{Steps: 10})
	expect("first", v, said, 1, "trained in")
	v, said = once("a", bnn.VI{Steps: 10, Monitor: func(bnn.Progress) {}})
	expect("again, with a monitor", v, said, 1, "reused")
	v, said = once("a", bnn.VI{Steps: 11})
	expect("other config", v, said, 2, "trained in")
	v, said = once("b", bnn.VI{Steps: 10})
	expect("other name", v, said, 3, "trained in")

	// A file cut short, and one from elsewhere, are trained anew, and that is said.
	files, _ := filepath.Glob(filepath.Join(dir, "once", "b-*.safetensors"))
	if len(files) != 1 {
		t.Fatalf("files %v, want one", files)
	}
	whole, _ := os.ReadFile(files[0])
	for i, b := range [][]byte{whole[:len(whole)/2], []byte("not ours"), {}} {
		if err := os.WriteFile(files[0], b, 0o644); err != nil {
			t.Fatal(err)
		}
		v, said = once("b", bnn.VI{Steps: 10})
		expect(fmt.Sprintf("broken file %d", i), v, said, float64(4+i), "trained anew")
		v, said = once("b", bnn.VI{Steps: 10})
		expect("mended", v, said, float64(4+i), "reused")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "once", ".once-*")); len(left) > 0 {
		t.Errorf("temporary files left: %v", left)
	}
}

// Errors of the training end the cell with the name and the reason.
func TestOncePanics(t *testing.T) {
	t.Setenv("CREDENCE_CACHE", t.TempDir())
	cause := errors.New("diverged at step 7")
	defer func() {
		err, ok := recover().(error)
		if !ok || !errors.Is(err, cause) || !strings.Contains(err.Error(), `Once("a")`) {
			t.Errorf("panic %v, want one that names a and wraps the cause", err)
		}
	}()
	Once("a", 1, func() (bnn.Trained, error) { return bnn.Trained{}, cause })
}

// Where nothing can be kept, training still gives its result, and says why.
func TestOnceUnwritable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("CREDENCE_CACHE", file)
	var v float64
	said := printed(t, func() {
		v = mean(Once("a", 1, func() (bnn.Trained, error) { return trainedWith(5), nil }))
	})
	if v != 5 || !strings.Contains(said, "not kept") {
		t.Errorf("got %v, said %q", v, said)
	}
}

// Many at once: every one gets a whole result, and the file is whole afterwards.
func TestOnceTogether(t *testing.T) {
	t.Setenv("CREDENCE_CACHE", t.TempDir())
	printed(t, func() {
		var wg sync.WaitGroup
		for range 16 {
			wg.Go(func() {
				if v := mean(Once("a", 1, func() (bnn.Trained, error) { return trainedWith(5), nil })); v != 5 {
					t.Errorf("got %v", v)
				}
			})
		}
		wg.Wait()
	})
	said := printed(t, func() {
		Once("a", 1, func() (bnn.Trained, error) { t.Error("trained again"); return trainedWith(5), nil })
	})
	if !strings.Contains(said, "reused") {
		t.Errorf("said %q", said)
	}
}

func TestFingerprint(t *testing.T) {
	type inner struct{ W []int }
	type config struct {
		Name string
		Rate float64
		In   *inner
		Any  any
		M    map[string]int
		F    func()
	}
	base := func() config {
		return config{"a", 0.1, &inner{[]int{1, 50, 1}}, nn.Tanh, map[string]int{"x": 1, "y": 2, "z": 3}, nil}
	}
	want, err := fingerprint(base())
	if err != nil {
		t.Fatal(err)
	}
	for range 20 { // maps come in any order
		if got, _ := fingerprint(base()); got != want {
			t.Fatal("equal configs, different fingerprints")
		}
	}
	same := base()
	same.F = func() {}
	if got, _ := fingerprint(same); got != want {
		t.Error("a function changes the fingerprint")
	}
	for name, change := range map[string]func(*config){
		"string":    func(c *config) { c.Name = "b" },
		"float":     func(c *config) { c.Rate = math.Nextafter(0.1, 1) },
		"slice":     func(c *config) { c.In.W[1] = 51 },
		"length":    func(c *config) { c.In.W = c.In.W[:2] },
		"pointer":   func(c *config) { c.In = nil },
		"interface": func(c *config) { c.Any = nn.ReLU },
		"map":       func(c *config) { c.M["x"] = 7 },
	} {
		c := base()
		change(&c)
		if got, _ := fingerprint(c); got == want {
			t.Errorf("%s: changed, but the fingerprint is the same", name)
		}
	}
	if a, _ := fingerprint(bnn.VI{}); func() bool { b, _ := fingerprint(bnn.MAP{}); return a == b }() {
		t.Error("VI{} and MAP{} have the same fingerprint")
	}
	type loop struct{ Next *loop }
	l := &loop{}
	l.Next = l
	for _, v := range []any{l, make(chan int)} {
		if _, err := fingerprint(v); err == nil {
			t.Errorf("%T: no error", v)
		}
	}
}

// A real training, kept and read, predicts the same.
func TestOncePredicts(t *testing.T) {
	t.Setenv("CREDENCE_CACHE", t.TempDir())
	var a, b bnn.Trained
	printed(t, func() {
		train := func() (bnn.Trained, error) { return trainedWith(0.25), nil }
		a, b = Once("p", 1, train), Once("p", 1, train)
	})
	draw := func(q bnn.Trained) []float64 {
		for θ := range q.Posterior.Draws(1, rand.New(rand.NewPCG(1, 1))) {
			return slices.Clone(θ)
		}
		return nil
	}
	if !slices.Equal(draw(a), draw(b)) {
		t.Error("the kept posterior draws other weights")
	}
	var x, y bytes.Buffer
	if bnn.Save(&x, a) != nil || bnn.Save(&y, b) != nil || !bytes.Equal(x.Bytes(), y.Bytes()) {
		t.Error("what was kept is not what was trained")
	}
}

// Not only networks: whatever writes and reads itself.
func TestOnceOfAnything(t *testing.T) {
	t.Setenv("CREDENCE_CACHE", t.TempDir())
	begin := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for range 2 {
		out := printed(t, func() {
			if got := Once("moment", 7, func() (time.Time, error) { return begin, nil }); !got.Equal(begin) {
				t.Errorf("%v, want %v", got, begin)
			}
		})
		if !strings.HasPrefix(out, "moment: ") {
			t.Errorf("printed %q", out)
		}
	}
}
