package bnn_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// trained returns one trained model of each kind of posterior, prior, likelihood.
func trained(t testing.TB) map[string]bnn.Trained {
	set := wave(40, 1, 1)
	set.XNames, set.YNames = []string{"time (s)"}, []string{"height (m)"}
	scale, err := data.NewScale(set)
	if err != nil {
		t.Fatal(err)
	}
	spread := nn.New(1, nn.Dense{Out: 6, Start: nn.Spread{Weight: 9, Range: 1.5}}, nn.Tanh, nn.Dropout{}, nn.Dense{Out: 1})
	out := map[string]bnn.Trained{}
	for name, c := range map[string]struct {
		model  *bnn.Model
		method bnn.Method
	}{
		"VI":        {&bnn.Model{Net: nn.MLP([]int{1, 5, 2}, nn.Softplus), Likelihood: bnn.Heteroscedastic{}, Scale: scale}, bnn.VI{Steps: 20}},
		"MCDropout": {&bnn.Model{Net: spread, Prior: bnn.Normal{SD: 1.3, FanIn: true, Bias: 0.4}, Scale: scale}, bnn.MCDropout{P: 0.2, Steps: 20}},
		"Concrete":  {&bnn.Model{Net: nn.New(1, nn.Dense{Out: 6}, nn.Tanh, nn.Dropout{P: 0.3}, nn.Dense{Out: 1}), Scale: scale}, bnn.ConcreteDropout{Steps: 20}},
		"HMC":       {&bnn.Model{Net: nn.MLP([]int{1, 3, 1}, nn.Tanh)}, bnn.HMC{Chains: 2, Warmup: 20, Keep: 5}},
		"weighted":  {&bnn.Model{Net: nn.MLP([]int{1, 3, 1}, nn.Tanh)}, bnn.ImportanceSampling{Sample: 200}},
		"Ensemble":  {&bnn.Model{Net: nn.MLP([]int{1, 5, 1}, nn.Tanh), Scale: scale}, bnn.Ensemble{Members: 12, Base: bnn.VI{Steps: 5}}},
		"Laplaces":  {&bnn.Model{Net: nn.MLP([]int{1, 3, 1}, nn.Tanh), Scale: scale}, bnn.Ensemble{Members: 2, Base: bnn.Laplace{Steps: 50}}},
		"MAP":       {&bnn.Model{Net: nn.MLP([]int{1, 5, 1}, nn.ReLU), Likelihood: bnn.GaussianNoise{SD: 0.1 + 0.2}}, bnn.MAP{Steps: 20}},
	} {
		post, err := c.method.Fit(t.Context(), c.model.On(set), newRand(1))
		if err != nil {
			t.Fatal(err)
		}
		out[name] = bnn.Trained{Model: c.model, Posterior: post}
	}
	return out
}

func save(t testing.TB, tr bnn.Trained) []byte {
	var b bytes.Buffer
	if err := bnn.Save(&b, tr); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSaveLoadPredictsTheSameBits(t *testing.T) {
	for name, tr := range trained(t) {
		file := save(t, tr)
		back, err := bnn.Load(bytes.NewReader(file))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var bits [2]string
		for i, v := range []bnn.Trained{tr, back} {
			p, err := bnn.Predict(t.Context(), v.Model, v.Posterior, wave(9, 1, 2).X, bnn.PredictOptions{Keep: 3, Y: wave(9, 1, 2).Y, Rand: newRand(3)})
			if err != nil {
				t.Fatal(err)
			}
			bits[i] = fmt.Sprintf("%b", *p)
		}
		if bits[0] != bits[1] {
			t.Errorf("%s: predictions differ after reload", name)
		}
		if !bytes.Equal(save(t, back), file) {
			t.Errorf("%s: saving again gives another file", name)
		}
		if s := back.Model.Scale; s != nil && (s.XNames[0] != "time (s)" || s.YNames[0] != "height (m)") {
			t.Errorf("%s: names %v, %v", name, s.XNames, s.YNames)
		}
	}
}

// header takes a saved file apart; rebuild puts it together again.
func header(t testing.TB, file []byte) (map[string]any, []byte) {
	n := binary.LittleEndian.Uint64(file)
	h := map[string]any{}
	if err := json.Unmarshal(file[8:8+n], &h); err != nil {
		t.Fatal(err)
	}
	return h, file[8+n:]
}

func rebuild(t testing.TB, h map[string]any, numbers []byte) []byte {
	b, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	return append(append(binary.LittleEndian.AppendUint64(nil, uint64(len(b))), b...), numbers...)
}

func TestLoadRefuses(t *testing.T) {
	file := save(t, trained(t)["VI"])
	changed := func(change func(h, meta map[string]any)) []byte {
		h, numbers := header(t, file)
		change(h, h["__metadata__"].(map[string]any))
		return rebuild(t, h, numbers)
	}
	flipped := bytes.Clone(file)
	flipped[len(flipped)-5] ^= 4
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"empty":           {nil, bnn.ErrTruncated},
		"half":            {file[:len(file)/2], bnn.ErrTruncated},
		"half a header":   {file[:40], bnn.ErrTruncated},
		"one byte short":  {file[:len(file)-1], bnn.ErrTruncated},
		"one byte more":   {append(bytes.Clone(file), 0), bnn.ErrCorrupt},
		"flipped bit":     {flipped, bnn.ErrCorrupt},
		"text":            {[]byte("<html>404 not found</html>"), bnn.ErrForeign},
		"zip":             {append([]byte("PK\x03\x04\x00\x00\x00\x00"), make([]byte, 100)...), bnn.ErrForeign},
		"other program":   {changed(func(h, meta map[string]any) { meta["format"] = "pt" }), bnn.ErrForeign},
		"newer":           {changed(func(h, meta map[string]any) { meta["version"] = "2" }), bnn.ErrNewer},
		"no version":      {changed(func(h, meta map[string]any) { delete(meta, "version") }), bnn.ErrCorrupt},
		"no parts":        {changed(func(h, meta map[string]any) { meta["posterior"] = "mixture" }), bnn.ErrCorrupt},
		"other posterior": {changed(func(h, meta map[string]any) { meta["posterior"] = "samples" }), bnn.ErrCorrupt},
		"huge tensor": {changed(func(h, meta map[string]any) {
			h["mu"].(map[string]any)["shape"] = []int{1 << 40}
		}), bnn.ErrCorrupt},
		"overlap": {changed(func(h, meta map[string]any) {
			h["mu"].(map[string]any)["data_offsets"] = h["sigma"].(map[string]any)["data_offsets"]
		}), bnn.ErrCorrupt},
	} {
		if _, err := bnn.Load(bytes.NewReader(c.file)); !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", name, err, c.want)
		}
	}
	if _, err := bnn.Load(io.MultiReader(bytes.NewReader(file[:99]), errReader{})); err == nil || !strings.Contains(err.Error(), "disk on fire") {
		t.Errorf("a failing reader: %v", err)
	}
	if err := bnn.Save(io.Discard, bnn.Trained{Model: &bnn.Model{Net: nn.MLP([]int{1, 1}, nn.Tanh), Prior: laplacian{1}}, Posterior: three}); err == nil {
		t.Error("Save takes a prior that Load cannot know")
	}
	if err := bnn.Save(io.Discard, bnn.Trained{Model: &bnn.Model{Net: nn.MLP([]int{1, 2, 1}, nn.Tanh)}, Posterior: three}); err == nil {
		t.Error("Save takes a posterior that does not fit the model")
	}
}

// Files of version 1 load for ever: one written by Save, and the same tensors and
// metadata written by the Python package safetensors 0.8.0.
func TestLoadOldFiles(t *testing.T) {
	var loaded []string
	for _, name := range []string{"testdata/v1.safetensors", "testdata/v1-python.safetensors"} {
		file, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tr, err := bnn.Load(bytes.NewReader(file))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		q := tr.Posterior.(*bnn.Gaussian)
		loaded = append(loaded, fmt.Sprint(tr.Model.Net, tr.Model.Likelihood, *tr.Model.Scale, q.Mu, q.Sigma))
	}
	if len(loaded) != 2 || loaded[0] != loaded[1] || !strings.Contains(loaded[0], "softplus") {
		t.Errorf("loaded %q", loaded)
	}
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, errors.New("disk on fire") }

// FuzzLoad: no file may panic or be taken for another model without an error.
func FuzzLoad(f *testing.F) {
	for _, tr := range trained(f) {
		file := save(f, tr)
		f.Add(file)
		f.Add(file[:len(file)*2/3])
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		tr, err := bnn.Load(bytes.NewReader(file))
		if err != nil {
			return
		}
		if again := save(t, tr); len(again) == 0 {
			t.Error("a loaded model cannot be saved")
		}
	})
}
