package kernels

// A Packed holds the weights W (out × in) of a dense layer in the order in which products
// take them, for many products with the same W. Its zero value holds none.
type Packed[T Float] struct {
	w, panels []T
	out, in   int
}

// Pack puts w into p. It allocates only if p has no room yet. w must stay as it is while
// p is in use.
func (p *Packed[T]) Pack(w []T, out, in int) {
	if len(w) < out*in {
		panic(badLength)
	}
	p.w, p.out, p.in = w, out, in
	if active >= AVX2 && !registered {
		p.panels = packAll(p.panels, w, out, in)
	}
}

// AffinePacked is [Affine] for packed weights: the same bits.
func AffinePacked[T Float](y, x []T, p *Packed[T], b []T, n int) {
	if active < AVX2 || registered {
		Affine(y, x, p.w, b, n, p.out, p.in)
		return
	}
	if check(false, true, n, p.out, p.in, x, p.in, p.w, p.in, b, 0, y, p.out) {
		gemmFast(false, true, n, p.out, p.in, x, p.in, p.w, p.in, p.panels, b, 0, y, p.out)
	}
}
