package bnn

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// FuzzDescription changes what a file says of itself and makes its checksum right
// again, so that the fuzzer reaches what lies behind it: no description may panic,
// and what loads must predict and save.
func FuzzDescription(f *testing.F) {
	for _, name := range []string{"testdata/v1.safetensors", "testdata/v1-python.safetensors"} {
		file, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		n := binary.LittleEndian.Uint64(file)
		f.Add(string(file[8:8+n]), file[8+n:])
	}
	f.Fuzz(func(t *testing.T, header string, numbers []byte) {
		meta, table := map[string]string{}, map[string]entry{}
		var raw map[string]json.RawMessage
		if json.Unmarshal([]byte(header), &raw) != nil {
			return
		}
		for name, m := range raw {
			var e entry
			if name == "__metadata__" {
				json.Unmarshal(m, &meta)
			} else if json.Unmarshal(m, &e) == nil {
				table[name] = e
			}
		}
		ts, err := cutTensors(table, numbers)
		if err != nil {
			if !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrTruncated) {
				t.Errorf("an error of no kind: %v", err)
			}
			return
		}
		tr, err := assemble(meta, ts)
		if err != nil || tr.Model.Net.In() > 100 || tr.Model.Net.Dim() > 10000 {
			return
		}
		if err := Save(io.Discard, tr); err != nil {
			t.Errorf("loads but does not save: %v", err)
		}
		x := mat.NewDense(2, tr.Model.Net.In(), nil)
		if _, err := Predict(t.Context(), tr.Model, tr.Posterior, x, PredictOptions{Draws: 2, Rand: rand.New(rand.NewPCG(1, 2))}); err != nil {
			t.Logf("does not predict: %v", err) // an empty posterior, say
		}
	})
}
