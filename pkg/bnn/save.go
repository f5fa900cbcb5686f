package bnn

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
)

// Trained is a model with its posterior: all that prediction needs, and no data.
type Trained struct {
	Model     *Model
	Posterior Posterior
}

// MarshalBinary returns what [Save] writes. It and UnmarshalBinary make a Trained
// something that encoding/gob and nb.Once can keep.
func (t Trained) MarshalBinary() ([]byte, error) {
	var b bytes.Buffer
	err := Save(&b, t)
	return b.Bytes(), err
}

// UnmarshalBinary sets t to what [Load] reads from b.
func (t *Trained) UnmarshalBinary(b []byte) (err error) {
	*t, err = Load(bytes.NewReader(b))
	return err
}

// fileVersion is the version of the layout of metadata and tensors below.
const fileVersion = 1

// Save writes a model and its posterior in the safetensors format: weights as
// float64, the description of the model, scaling, names and units as metadata,
// and a checksum. No training data are written. Posteriors that can be saved are
// [*Gaussian], [*Dropped], [*LaplacePosterior], [*Weighted], every [Finite] one, which
// Load returns as [Samples], and a [Mixture] of them; priors and likelihoods those of this package.
// Loaded back, predictions are bit-identical for the same draws.
func Save(w io.Writer, t Trained) error {
	m := t.Model
	prior, err := describe(m.prior())
	if err != nil {
		return err
	}
	lik, err := describe(m.likelihood())
	if err != nil {
		return err
	}
	net, err := json.Marshal(m.Net)
	if err != nil {
		return fmt.Errorf("bnn: Save: %w", err)
	}
	mj := modelJSON{Net: net, Prior: prior, Likelihood: lik}
	meta, ts := map[string]string{"format": "credence", "version": strconv.Itoa(fileVersion)}, map[string]tensor{}
	if s := m.Scale; s != nil {
		mj.XNames, mj.YNames = s.XNames, s.YNames
		ts["scale.x_mean"], ts["scale.x_sd"] = vector(s.XMean), vector(s.XSD)
		ts["scale.y_mean"], ts["scale.y_sd"] = vector(s.YMean), vector(s.YSD)
	}
	kinds, parts, err := store(t.Posterior, m)
	if err != nil {
		return err
	}
	maps.Copy(meta, kinds)
	maps.Copy(ts, parts)
	desc, err := json.Marshal(mj)
	if err != nil {
		return fmt.Errorf("bnn: Save: %w", err)
	}
	meta["model"] = string(desc)
	if _, err := assemble(meta, ts); err != nil { // never write what Load would refuse
		return fmt.Errorf("bnn: Save: %w", err)
	}
	if err := writeTensors(w, meta, ts); err != nil {
		return fmt.Errorf("bnn: Save: %w", err)
	}
	return nil
}

// Load reads what [Save] wrote. A file that is no such thing, is cut short, damaged
// or newer than this program gives an error that wraps [ErrForeign],
// [ErrTruncated], [ErrCorrupt] or [ErrNewer].
func Load(r io.Reader) (Trained, error) {
	meta, ts, err := readTensors(r)
	if err != nil {
		return Trained{}, fmt.Errorf("bnn: Load: %w", err)
	}
	t, err := assemble(meta, ts)
	if err != nil {
		return Trained{}, fmt.Errorf("bnn: Load: %w: %w", ErrCorrupt, err)
	}
	return t, nil
}

// ours reports whether metadata are of this program and of a version it knows.
func ours(meta map[string]string) error {
	if meta["format"] != "credence" {
		return fmt.Errorf("%w: a safetensors file of another program", ErrForeign)
	}
	if v, err := strconv.Atoi(meta["version"]); err != nil || v < 1 {
		return fmt.Errorf("%w: version %q", ErrCorrupt, meta["version"])
	} else if v > fileVersion {
		return fmt.Errorf("%w: it has version %d, this program knows %d; update Credence", ErrNewer, v, fileVersion)
	}
	return nil
}

// digest is a checksum of the metadata (but for itself), the table of tensors and
// the numbers.
func digest(meta map[string]string, table map[string]entry, numbers []byte) string {
	h := sha256.New()
	for _, k := range slices.Sorted(maps.Keys(meta)) {
		if k != "sha256" {
			fmt.Fprintf(h, "%q=%q\n", k, meta[k])
		}
	}
	for _, k := range slices.Sorted(maps.Keys(table)) {
		fmt.Fprintf(h, "%q: %v\n", k, table[k])
	}
	h.Write(numbers)
	return hex.EncodeToString(h.Sum(nil))
}
