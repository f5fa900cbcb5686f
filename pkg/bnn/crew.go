package bnn

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// A crew does the parts of one step side by side: the caller and, while processors are
// free, goroutines that help. Which of them does a part changes nothing in what it
// does. It allocates nothing, so that a step of training can call it several times.
type crew struct {
	part  func(i int) // one part; parts must not touch what others write
	help  func()
	parts int64
	next  atomic.Int64
	wg    sync.WaitGroup

	mu       sync.Mutex
	panicked any // by the first part that did
}

// newCrew returns a crew for one kind of part.
func newCrew(part func(i int)) *crew {
	c := &crew{part: part}
	c.help = func() {
		defer c.wg.Done()
		c.work()
	}
	return c
}

// run does parts 0 … n−1 and returns when all are done. A panic in one of them is the
// caller's.
func (c *crew) run(n int) {
	helpers := min(n, runtime.GOMAXPROCS(0)) - 1
	if helpers <= 0 {
		for i := range n {
			c.part(i)
		}
		return
	}
	c.parts, c.panicked = int64(n), nil
	c.next.Store(0)
	c.wg.Add(helpers)
	for range helpers {
		go c.help()
	}
	c.work()
	c.wg.Wait()
	if c.panicked != nil {
		panic(c.panicked)
	}
}

// work does parts until none is left.
func (c *crew) work() {
	defer func() {
		if p := recover(); p != nil {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.next.Store(c.parts) // nobody needs the rest
			if c.panicked == nil {
				c.panicked = p
			}
		}
	}()
	for {
		i := c.next.Add(1) - 1
		if i >= c.parts {
			return
		}
		c.part(int(i))
	}
}
