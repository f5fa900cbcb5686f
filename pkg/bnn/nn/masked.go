package nn

import (
	"math/rand/v2"

	"github.com/credence-bnn/credence/internal/kernels"
)

// FreezeMasked is [Tape.Freeze] of θ under one mask, with the probabilities of [Net.Mask]
// and drawn from a stream that rng seeds: all passes up to the next freeze are one
// function of x. Hidden units that it drops between two [Dense] layers are left out of the
// products, not multiplied by 0: a layer with such a site before it, or behind it, costs
// about 1−p of what it does in the whole network, and (1−p)² with both. Only [Tape.Forward] works then: noise and backward passes
// panic.
func (t *Tape[T]) FreezeMasked(theta []T, p float64, rng *rand.Rand) {
	if !(p >= 0 && p < 1) {
		panic(badProb)
	}
	if p == 0 {
		t.Freeze(theta)
		return
	}
	t.thaw(theta)
	t.masked = true
	if t.masks == nil {
		t.masks = make([]unitMask[T], len(t.ops))
	}
	var stream kernels.Rand
	stream.Seed(rng.Uint64(), rng.Uint64())
	for l, layer := range t.net.layers {
		if d, ok := layer.(Dropout); ok {
			t.drawMask(l, d.rate(p), &stream)
		}
	}
	for l, o := range t.ops {
		if o, ok := o.(freezer[T]); ok {
			o.freeze(theta[t.span(l).lo:t.span(l).hi], t.maskBefore(l), t.maskAfter(l))
		}
	}
}

// A unitMask is the mask of a dropout site: a factor for each unit.
type unitMask[T Float] struct {
	z    []T   // 0 or 1/(1−p)
	kept []int // the units that are left if the others are left out; nil if none is
}

// drawMask draws the mask of the site at place l. If its units are outputs of a dense layer
// before it and inputs of one behind it, those that are dropped can be left out.
func (t *Tape[T]) drawMask(l int, p float64, stream *kernels.Rand) {
	m := &t.masks[l]
	if m.z == nil {
		m.z = make([]T, t.net.units(l))
	}
	kernels.Masks(stream, m.z, p, 1/(1-p))
	from := l - 1
	for from >= 0 && isActivation(t.net.layers[from]) {
		from--
	}
	if from < 0 || !isDense(t.net.layers[from]) || !isDense(t.net.layers[l+1]) {
		return
	}
	m.kept = m.kept[:0]
	for k, z := range m.z {
		if z != 0 {
			m.kept = append(m.kept, k)
		}
	}
	if len(m.kept) == 0 { // a product needs a term
		m.kept = append(m.kept, 0)
	}
	for _, o := range t.ops[from+1 : l] {
		o.(*activation[T]).width = len(m.kept)
	}
}

func isDense(l Layer) bool { _, ok := l.(Dense); return ok }

// maskBefore returns the mask of what goes into layer l, or nil.
func (t *Tape[T]) maskBefore(l int) *unitMask[T] {
	if l > 0 && t.masks[l-1].z != nil {
		return &t.masks[l-1]
	}
	return nil
}

// maskAfter returns the mask under which units of layer l are left out, or nil.
func (t *Tape[T]) maskAfter(l int) *unitMask[T] {
	for l++; l < len(t.ops) && isActivation(t.net.layers[l]); l++ {
	}
	if l < len(t.ops) && t.masks[l].kept != nil {
		return &t.masks[l]
	}
	return nil
}

// freeze puts the weights θ = (W, b) in the order that products want: those of the units
// that are left, times the mask of their inputs.
func (d *dense[T]) freeze(theta []T, before, after *unitMask[T]) {
	w, b := theta[:d.out*d.in], theta[d.out*d.in:]
	if d.frozen == nil {
		d.frozen = new(kernels.Packed[T])
	}
	if d.mw == nil && (before != nil || after != nil) {
		d.mw, d.mb = make([]T, len(w)), make([]T, len(b))
	}
	out, in := d.out, d.in
	if after != nil {
		out = len(after.kept)
		for r, o := range after.kept {
			copy(d.mw[r*in:(r+1)*in], w[o*in:(o+1)*in])
			d.mb[r] = b[o]
		}
		w, b = d.mw[:out*in], d.mb[:out]
	}
	switch {
	case before == nil:
	case before.kept == nil:
		kernels.MulRows(d.mw[:out*in], w, before.z)
		w = d.mw[:out*in]
	default:
		in = len(before.kept)
		for r := range out { // perhaps in place: what is read lies behind what is written
			row := w[r*d.in : (r+1)*d.in]
			for c, i := range before.kept {
				d.mw[r*in+c] = row[i] * before.z[i]
			}
		}
		w = d.mw[:out*in]
	}
	d.bias = b
	d.frozen.Pack(w, out, in)
}
