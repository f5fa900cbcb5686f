package check

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime/debug"
	"strings"
	"time"
)

// limit is how long the calls of one task may take together: time of the
// processor while they compute, of the clock while they wait. They need
// milliseconds; a task that needs seconds loops.
const limit = 5 * time.Second

// lateBy says whether calls that have taken so much time of the clock and of
// the processor are beyond limit. On a machine that is busy with something else
// a function gets more of the clock, up to ten times limit.
func lateBy(clock, cpu, limit time.Duration, computes bool) bool {
	return !computes || cpu >= limit || clock >= 10*limit
}

// try makes the calls of t and compares their results with wants. It returns
// after limit at the latest; a call that does not return is left behind in its
// goroutine. begin, when not nil, is told before each call.
func (t *Spec) try(fn any, calls []Case, wants [][]any, limit time.Duration, begin func(i int)) Result {
	r := t.result()
	r.Calls = len(calls)
	if why := t.misfit(fn); why != "" {
		r.State, r.Wrong, r.Halted = Failed, len(calls), true
		r.First = &Failure{Why: why + ". Give it back the parameters and results it came with."}
		return r
	}
	type event struct {
		call int
		fail *Failure
	}
	events := make(chan event) // one per call; closed when all have returned
	late := make(chan struct{})
	defer close(late)
	send := func(e event) bool {
		select {
		case events <- e:
			return true
		case <-late:
			return false
		}
	}
	dir := filepath.Dir(sourceOf(fn))
	before := goroutines()
	worker := make(chan string, 1)
	go func() {
		worker <- goroutine()
		ended := false
		defer func() {
			if !ended { // runtime.Goexit: no result, no panic
				send(event{-1, &Failure{Why: "it ended its goroutine (runtime.Goexit) instead of returning"}})
			}
			close(events)
		}()
		first := make([][]any, len(calls))
		agree := true
		for i, c := range calls {
			if begin != nil {
				begin(i)
			}
			got, fail := t.call(fn, c, wants[i], dir)
			first[i] = got
			agree = agree && fail == nil
			if !send(event{i, fail}) {
				return
			}
		}
		for i := 0; agree && i < len(calls); i++ { // once more, and nothing may have changed
			if begin != nil {
				begin(i)
			}
			if fail := t.again(fn, calls[i], first[i]); fail != nil {
				send(event{i, fail})
				break
			}
		}
		ended = true
	}()

	began, cpu := time.Now(), processorTime()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	doer := ""
	at := 0 // the call under way
	for {
		select {
		case e, more := <-events:
			if !more {
				r.State = Passed
				if r.Wrong == 0 {
					if r.First = leftBehind(before, dir); r.First != nil {
						r.Wrong, r.Halted = 1, true // no call of its own is to blame
					}
				}
				if r.Wrong > 0 {
					r.State = Failed
				}
				return r
			}
			if e.fail != nil {
				r.Wrong++
				if r.First == nil {
					r.First = e.fail
					if e.call < 0 {
						e.fail.Call = t.ShowCall(calls[min(at, len(calls)-1)])
					}
				}
			}
			at = e.call + 1
		case <-timer.C:
			if doer == "" {
				doer = <-worker
			}
			if used := processorTime() - cpu; !lateBy(time.Since(began), used, limit, busy(goroutines()[doer])) {
				timer.Reset(max(limit-used, limit/20))
				continue
			}
			r.State, r.Wrong, r.Halted = Failed, r.Wrong+1, true
			if r.First == nil {
				r.First = stuck(doer, dir, limit)
				r.First.Call = t.ShowCall(calls[at%len(calls)])
			}
			return r
		}
	}
}

// call makes one call and says what is wrong with it, if anything.
func (t *Spec) call(fn any, c Case, want []any, dir string) (got []any, fail *Failure) {
	args, fresh := instances(c.Args), instances(c.Args)
	fail = &Failure{Call: t.ShowCall(c), Want: showAll(want)}
	defer func() {
		if p := recover(); p != nil {
			stack := string(debug.Stack())
			why := fmt.Sprint(p)
			if strings.Contains(why, "unexpected call to os.Exit") {
				why = "it ends the program (os.Exit); return a value instead"
			} else {
				why = "it panics: " + strings.TrimPrefix(why, "runtime error: ")
			}
			got, fail.Why, fail.At = nil, why, place(locate(stack, dir))
		}
	}()
	for _, v := range reflect.ValueOf(fn).Call(args) {
		got = append(got, v.Interface())
	}
	fail.Got = showAll(got)
	for i := range args {
		if k := args[i].Kind(); k != reflect.Slice && k != reflect.Struct {
			continue
		}
		if d := differ(args[i], fresh[i], 0, ""); d != "" {
			fail.Why = fmt.Sprintf("it changes its argument %d (%s): work on a copy, the caller still needs its data", i+1, d)
			return got, fail
		}
		for _, g := range got {
			if overlap(reflect.ValueOf(g), args[i]) {
				fail.Why = fmt.Sprintf("its result shares memory with argument %d: make a new slice, or the caller's next change changes your answer", i+1)
				return got, fail
			}
		}
	}
	if t.Diff(got, want) == "" {
		return got, nil
	}
	d, _ := declOf(fn)
	fail.Why = t.diff(got, want, d.results)
	return got, fail
}

// again repeats a call that agreed, with the function's prints held back: the
// same question deserves the same answer.
func (t *Spec) again(fn any, c Case, first []any) (fail *Failure) {
	defer func() {
		if p := recover(); p != nil {
			fail = &Failure{Call: t.ShowCall(c), Why: fmt.Sprintf("the first time it answers, the second time it panics: %v. Does it keep something between calls?", p)}
		}
	}()
	defer hush()()
	var got []any
	for _, v := range reflect.ValueOf(fn).Call(instances(c.Args)) {
		got = append(got, v.Interface())
	}
	for i := range got {
		if d := differ(reflect.ValueOf(got[i]), reflect.ValueOf(first[i]), 1e-9, ""); d != "" {
			return &Failure{Call: t.ShowCall(c), Got: showAll(got), Want: showAll(first) + " (the answer to the same call before)",
				Why: "the same call gives two answers. Does it keep something between calls, or draw from a generator of its own?"}
		}
	}
	return nil
}

// hush sends what is printed nowhere until the returned function is called.
func hush() func() {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return func() {}
	}
	out, errs := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = null, null
	return func() {
		os.Stdout, os.Stderr = out, errs
		null.Close()
	}
}

// instances returns a call's own copy of args.
func instances(args []any) []reflect.Value {
	vs := make([]reflect.Value, len(args))
	for i, a := range args {
		if r, ok := a.(Rand); ok {
			vs[i] = reflect.ValueOf(r.New())
			continue
		}
		vs[i] = clone(reflect.ValueOf(a))
	}
	return vs
}

func clone(v reflect.Value) reflect.Value {
	switch {
	case v.Kind() == reflect.Slice && !v.IsNil():
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			c.Index(i).Set(clone(v.Index(i)))
		}
		return c
	case v.Kind() == reflect.Struct:
		c := reflect.New(v.Type()).Elem()
		c.Set(v)
		for i := range v.NumField() {
			if c.Field(i).CanSet() {
				c.Field(i).Set(clone(v.Field(i)))
			}
		}
		return c
	}
	return v
}

// overlap reports whether two slices share memory.
func overlap(a, b reflect.Value) bool {
	if a.Kind() != reflect.Slice || b.Kind() != reflect.Slice || a.Cap() == 0 || b.Cap() == 0 {
		return false
	}
	a0, b0 := a.Pointer(), b.Pointer()
	a1 := a0 + uintptr(a.Cap())*a.Type().Elem().Size()
	b1 := b0 + uintptr(b.Cap())*b.Type().Elem().Size()
	return a0 < b1 && b0 < a1
}
