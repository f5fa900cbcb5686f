package kernels

import (
	"slices"
	"unsafe"
)

// panelF32 and so on write S + A B over C for m rows of A and n columns of B and C, which
// are at most as many as [panelColumns] says. Strides are in bytes: element (i, l) of A, within a block of six rows, is
// rowA·i + colA·l behind the block, and blocks are blockA apart.
//
//go:noescape
func panelF32(m, k int, a *float32, rowA, colA, blockA uintptr, b *float32, rowB uintptr, c *float32, rowC uintptr, n int, s *float32, rowS uintptr)

//go:noescape
func panelF64(m, k int, a *float64, rowA, colA, blockA uintptr, b *float64, rowB uintptr, c *float64, rowC uintptr, n int, s *float64, rowS uintptr)

//go:noescape
func panelF32AVX512(m, k int, a *float32, rowA, colA, blockA uintptr, b *float32, rowB uintptr, c *float32, rowC uintptr, n int, s *float32, rowS uintptr)

//go:noescape
func panelF64AVX512(m, k int, a *float64, rowA, colA, blockA uintptr, b *float64, rowB uintptr, c *float64, rowC uintptr, n int, s *float64, rowS uintptr)

// transposeF32 and transposeF64 transpose blocks of 8 × 8 or 4 × 4 numbers that lie
// side by side in src, and below each other in dst. Strides are in bytes.
//
//go:noescape
func transposeF32(dst *float32, rowDst uintptr, src *float32, rowSrc uintptr, blocks int)

//go:noescape
func transposeF64(dst *float64, rowDst uintptr, src *float64, rowSrc uintptr, blocks int)

// copyRows copies rows of the given number of bytes, a multiple of 4. Strides are in
// bytes.
//
//go:noescape
func copyRows(dst unsafe.Pointer, rowDst uintptr, src unsafe.Pointer, rowSrc uintptr, bytes, rows int)

// dotsF32 and dotsF64 add Σ_l a_il x_l to y_i for m rows of A; x and the rows are
// contiguous. Strides are in bytes.
//
//go:noescape
func dotsF32(m, k int, a *float32, rowA uintptr, x, y *float32, strideY uintptr)

//go:noescape
func dotsF64(m, k int, a *float64, rowA uintptr, x, y *float64, strideY uintptr)

// oneRowF32 and so on add Σ_l a_l b_lj to c_j for n columns of B, at most 8 registers wide.
//
//go:noescape
func oneRowF32(k int, a *float32, colA uintptr, b *float32, rowB uintptr, c *float32, n int)

//go:noescape
func oneRowF64(k int, a *float64, colA uintptr, b *float64, rowB uintptr, c *float64, n int)

//go:noescape
func oneRowF32AVX512(k int, a *float32, colA uintptr, b *float32, rowB uintptr, c *float32, n int)

//go:noescape
func oneRowF64AVX512(k int, a *float64, colA uintptr, b *float64, rowB uintptr, c *float64, n int)

// What the caches hold: a panel of B in the first (16 KiB) or, of AVX-512, in the second
// (64 KiB), and a block of A (64 KiB to 192 KiB) in the second.
const (
	blockRows = 6   // rows of C that the assembly holds in registers
	depth     = 256 // longest piece of the sum over k
	tallest   = 264 // rows of A in a block, if they are as long as depth; a multiple of blockRows
	lineBytes = 64  // a panel's width in memory is a multiple of this
	widest    = 256 // bytes of a panel's row
	packRun   = 32  // rows of B that packTransposed goes through at a time
	packFrom  = 24  // rows of A from which a copy of B in order pays
)

// panelColumns is how many of n columns the next panel takes, and whether by AVX-512.
// Up to half of its row's registers are left to AVX2, which has them all: such a row is
// short of loads rather than of products. So are sums of few terms, of stores.
func panelColumns[T Float](n, terms int) (columns int, wide bool) {
	size := int(unsafe.Sizeof(T(0)))
	if active == AVX512 && n*size > lineBytes && terms > 4 {
		return min(n, widest/size), true
	}
	return min(n, lineBytes/size), false
}

// scratch is room for a panel of B and a block of A.
type scratch[T Float] struct {
	a [tallest * depth]T
	b [depth * widest / 4]T
	s [widest / 4]T // zeros
}

// pieceOf is how many terms a piece of a sum over k has: at most depth, each piece about
// as many, on all levels alike.
func pieceOf(k int) int {
	pieces := (k + depth - 1) / depth
	return (k + pieces - 1) / pieces
}

// paddedTo is how many elements apart the rows of a panel lie.
func paddedTo[T Float](columns int) int {
	size := int(unsafe.Sizeof(T(0)))
	return (columns*size + lineBytes - 1) / lineBytes * lineBytes / size
}

// packAll returns the panels of op(B) = Bᵀ, B (n × k), one after the other in the order in
// which gemmFast takes them, in room if that suffices.
func packAll[T Float](room, b []T, n, k int) []T {
	panels := slices.Grow(room[:0], k*paddedTo[T](n))
	deep := pieceOf(k)
	for l := 0; l < k; l += deep {
		terms := min(deep, k-l)
		for j := 0; j < n; {
			columns, _ := panelColumns[T](n-j, terms)
			at, padded := len(panels), paddedTo[T](columns)
			panels = panels[:at+padded*terms]
			packTransposed(panels[at:], padded, b[j*k+l:], k, columns, terms)
			j += columns
		}
	}
	return panels
}

// gemmFast is gemm in assembly. The pieces of the sum over k are each added up in order,
// so that all levels give the same bits. panels are those of [packAll] for op(B) = Bᵀ, or
// nil.
func gemmFast[T Float](ta, tb bool, m, n, k int, a []T, lda int, b []T, ldb int, panels []T, s []T, lds int, c []T, ldc int) {
	if thin(ta, tb, m, n, k, a, lda, b, ldb, s, lds, c, ldc) {
		return
	}
	size := unsafe.Sizeof(T(0))
	far := widest / int(size)
	room := scratches[T]().get()
	deep := pieceOf(k)
	stepA, stepB := uintptr(lda)*size, uintptr(ldb)*size
	tall := tallest * depth / deep / blockRows * blockRows // the more rows, the shorter they are
	for i := 0; i < m; i += tall {
		rows, panel := min(tall, m-i), 0
		for l := 0; l < k; l += deep {
			terms := min(deep, k-l)
			begin, ldBegin := s, lds
			if l > 0 {
				begin, ldBegin = c, ldc
			}
			ap, rowA, colA := (*T)(nil), stepA, size
			if ta {
				ap, rowA, colA = &a[l*lda+i], size, stepA
			} else {
				ap = &a[i*lda+l]
			}
			blockA := blockRows * rowA
			if ta && n > far && terms > 32 {
				packRows(room.a[:], a[l*lda+i:], lda, rows, terms)
				ap, rowA, colA, blockA = &room.a[0], size, blockRows*size, blockRows*size*uintptr(terms)
			}
			for j := 0; j < n; {
				columns, wide := panelColumns[T](n-j, terms)
				packed := paddedTo[T](columns)
				bp, rowB := (*T)(nil), uintptr(packed)*size
				switch {
				case panels != nil:
					bp = &panels[panel]
					panel += packed * terms
				case tb:
					packTransposed(room.b[:], packed, b[j*ldb+l:], ldb, columns, terms)
					bp = &room.b[0]
				case rows >= packFrom && n > far:
					copyRows(unsafe.Pointer(&room.b[0]), rowB, unsafe.Pointer(&b[l*ldb+j]), stepB, columns*int(size), terms)
					bp = &room.b[0]
				default:
					bp, rowB = &b[l*ldb+j], stepB
				}
				sp := &room.s[0]
				if begin != nil {
					sp = &begin[i*ldBegin+j]
				}
				panelOf(wide, rows, terms, ap, rowA, colA, blockA, bp, rowB, &c[i*ldc+j], uintptr(ldc)*size, columns, sp, uintptr(ldBegin)*size)
				j += columns
			}
		}
	}
	scratches[T]().put(room)
}

// panelOf calls the assembly for T.
func panelOf[T Float](wide bool, m, k int, a *T, rowA, colA, blockA uintptr, b *T, rowB uintptr, c *T, rowC uintptr, n int, s *T, rowS uintptr) {
	switch a := any(a).(type) {
	case *float32:
		if wide {
			panelF32AVX512(m, k, a, rowA, colA, blockA, any(b).(*float32), rowB, any(c).(*float32), rowC, n, any(s).(*float32), rowS)
			return
		}
		panelF32(m, k, a, rowA, colA, blockA, any(b).(*float32), rowB, any(c).(*float32), rowC, n, any(s).(*float32), rowS)
	case *float64:
		if wide {
			panelF64AVX512(m, k, a, rowA, colA, blockA, any(b).(*float64), rowB, any(c).(*float64), rowC, n, any(s).(*float64), rowS)
			return
		}
		panelF64(m, k, a, rowA, colA, blockA, any(b).(*float64), rowB, any(c).(*float64), rowC, n, any(s).(*float64), rowS)
	}
}

// packRows copies Aᵀ (k × m, rows lda apart) so that the m columns lie in blocks of
// blockRows, each k × blockRows.
func packRows[T Float](dst, a []T, lda, m, k int) {
	size := unsafe.Sizeof(T(0))
	for i := 0; i < m; i += blockRows {
		copyRows(unsafe.Pointer(&dst[i*k]), blockRows*size, unsafe.Pointer(&a[i]), uintptr(lda)*size, min(blockRows, m-i)*int(size), k)
	}
}

// packTransposed writes the transpose of B (n × k, rows ldb apart) over dst, whose rows
// are columns elements apart.
func packTransposed[T Float](dst []T, columns int, b []T, ldb, n, k int) {
	size := unsafe.Sizeof(T(0))
	lanes := 32 / int(size) // of the assembly's blocks
	if n < lanes || k < lanes {
		for j := range n {
			for l, v := range b[j*ldb : j*ldb+k] {
				dst[l*columns+j] = v
			}
		}
		return
	}
	for l := 0; l < k; l += packRun {
		run := min(packRun, k-l)
		if run < lanes { // the last blocks overlap those before
			l, run = k-lanes, lanes
		}
		for j := 0; j < n; j += lanes {
			j := min(j, n-lanes)
			transpose(&dst[l*columns+j], uintptr(columns)*size, &b[j*ldb+l], uintptr(ldb)*size, run/lanes)
			if run%lanes != 0 {
				l := l + run - lanes
				transpose(&dst[l*columns+j], uintptr(columns)*size, &b[j*ldb+l], uintptr(ldb)*size, 1)
			}
		}
	}
}

// transpose calls the assembly for T.
func transpose[T Float](dst *T, rowDst uintptr, src *T, rowSrc uintptr, blocks int) {
	switch dst := any(dst).(type) {
	case *float32:
		transposeF32(dst, rowDst, any(src).(*float32), rowSrc, blocks)
	case *float64:
		transposeF64(dst, rowDst, any(src).(*float64), rowSrc, blocks)
	}
}
