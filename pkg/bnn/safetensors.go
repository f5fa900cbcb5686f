package bnn

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
)

// The errors of [Load], found by errors.Is.
var (
	ErrForeign   = errors.New("not a file saved by Credence")
	ErrTruncated = errors.New("the file is cut short")
	ErrCorrupt   = errors.New("the file is damaged")
	ErrNewer     = errors.New("the file was saved by a newer version of Credence")
)

// tensor is one array of float64, row-major.
type tensor struct {
	shape []int
	data  []float64
}

func vector(v []float64) tensor { return tensor{[]int{len(v)}, v} }

// maxHeader bounds the header that a file may announce.
const maxHeader = 16 << 20

// entry is a tensor's line in the header.
type entry struct {
	Dtype   string `json:"dtype"`
	Shape   []int  `json:"shape"`
	Offsets [2]int `json:"data_offsets"` // bytes from the end of the header
}

// writeTensors writes the safetensors format: 8 bytes with the length of the
// header, a JSON header that names every tensor and its place, and the numbers in
// little-endian order. Tensors go in the order of their names.
func writeTensors(w io.Writer, meta map[string]string, ts map[string]tensor) error {
	table := map[string]entry{}
	var data bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(ts)) {
		t, lo := ts[name], data.Len()
		for _, v := range t.data {
			data.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(v)))
		}
		table[name] = entry{"F64", t.shape, [2]int{lo, data.Len()}}
	}
	meta["sha256"] = digest(meta, table, data.Bytes())
	header := map[string]any{"__metadata__": meta}
	for name, e := range table {
		header[name] = e
	}
	h, err := json.Marshal(header)
	if err != nil {
		return err
	}
	for len(h)%8 != 0 { // so that the numbers are aligned
		h = append(h, ' ')
	}
	for _, b := range [][]byte{binary.LittleEndian.AppendUint64(nil, uint64(len(h))), h, data.Bytes()} {
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	return nil
}

// readTensors reads what writeTensors wrote. It allocates in proportion to what
// the reader really holds, whatever the header claims.
func readTensors(r io.Reader) (map[string]string, map[string]tensor, error) {
	var size [8]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return nil, nil, short(err)
	}
	n := binary.LittleEndian.Uint64(size[:])
	if n < 2 || n > maxHeader {
		return nil, nil, fmt.Errorf("%w: it does not begin like a safetensors file", ErrForeign)
	}
	h, err := io.ReadAll(io.LimitReader(r, int64(n)))
	if err != nil {
		return nil, nil, err
	}
	if len(h) == 0 || h[0] != '{' {
		return nil, nil, fmt.Errorf("%w: it does not begin like a safetensors file", ErrForeign)
	}
	if uint64(len(h)) < n {
		return nil, nil, fmt.Errorf("%w: header of %d bytes, %d announced", ErrTruncated, len(h), n)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(h, &raw); err != nil {
		return nil, nil, fmt.Errorf("%w: header: %v", ErrCorrupt, err)
	}
	meta := map[string]string{}
	if m, ok := raw["__metadata__"]; ok {
		if err := json.Unmarshal(m, &meta); err != nil {
			return nil, nil, fmt.Errorf("%w: metadata: %v", ErrCorrupt, err)
		}
	}
	if err := ours(meta); err != nil {
		return nil, nil, err
	}
	delete(raw, "__metadata__")
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, nil, err
	}
	table := map[string]entry{}
	for name, m := range raw {
		var e entry
		if err := json.Unmarshal(m, &e); err != nil {
			return nil, nil, fmt.Errorf("%w: tensor %q: %v", ErrCorrupt, name, err)
		}
		table[name] = e
	}
	ts, err := cutTensors(table, data)
	if err != nil {
		return nil, nil, err
	}
	if meta["sha256"] != digest(meta, table, data) {
		return nil, nil, fmt.Errorf("%w: its checksum does not match", ErrCorrupt)
	}
	return meta, ts, nil
}

// cutTensors finds the tensors in the data, which they must cover without a gap
// and without overlap.
func cutTensors(table map[string]entry, data []byte) (map[string]tensor, error) {
	ts, at := map[string]tensor{}, 0
	byPlace := func(a, b string) int {
		return cmp.Or(cmp.Compare(table[a].Offsets[0], table[b].Offsets[0]), cmp.Compare(table[a].Offsets[1], table[b].Offsets[1]))
	}
	for _, name := range slices.SortedFunc(maps.Keys(table), byPlace) {
		e, count := table[name], 1
		for _, d := range e.Shape {
			if d < 0 || d > maxHeader || count > math.MaxInt/8/maxHeader {
				return nil, fmt.Errorf("%w: tensor %q has shape %v", ErrCorrupt, name, e.Shape)
			}
			count *= d
		}
		lo, hi := e.Offsets[0], e.Offsets[1]
		if e.Dtype != "F64" || lo != at || hi-lo != 8*count {
			return nil, fmt.Errorf("%w: tensor %q: %s %v at %v", ErrCorrupt, name, e.Dtype, e.Shape, e.Offsets)
		}
		if hi > len(data) {
			return nil, fmt.Errorf("%w: tensor %q ends at byte %d of %d", ErrTruncated, name, hi, len(data))
		}
		t := tensor{shape: e.Shape, data: make([]float64, count)}
		for i := range t.data {
			t.data[i] = math.Float64frombits(binary.LittleEndian.Uint64(data[lo+8*i:]))
		}
		ts[name], at = t, hi
	}
	if at != len(data) {
		return nil, fmt.Errorf("%w: %d bytes of numbers, %d described", ErrCorrupt, len(data), at)
	}
	return ts, nil
}

func short(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: fewer than 8 bytes", ErrTruncated)
	}
	return err
}
