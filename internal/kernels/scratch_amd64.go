package kernels

import "sync/atomic"

// A shelf keeps scratch space between products, for as many as run at once. Unlike a
// sync.Pool it is never emptied, so that a product allocates only the first time.
type shelf[T Float] [32]atomic.Pointer[scratch[T]]

func (s *shelf[T]) get() *scratch[T] {
	for i := range s {
		if p := s[i].Swap(nil); p != nil {
			return p
		}
	}
	return new(scratch[T])
}

func (s *shelf[T]) put(p *scratch[T]) {
	for i := range s {
		if s[i].CompareAndSwap(nil, p) {
			return
		}
	}
}

var (
	shelf32 shelf[float32]
	shelf64 shelf[float64]
)

// scratches returns the shelf for T.
func scratches[T Float]() *shelf[T] {
	if s, ok := any(&shelf32).(*shelf[T]); ok {
		return s
	}
	return any(&shelf64).(*shelf[T])
}
