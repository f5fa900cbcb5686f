package prove

import (
	"math"
	"reflect"
	"testing"

	"github.com/credence-bnn/credence/tests/check"
)

// notNumbers holds that no comparison lets a NaN or an infinity pass for a
// number, at any place of a result: `if math.Abs(d) > tol` would.
func notNumbers(t *testing.T, e *check.Exercise, solved check.Funcs) {
	const most = 50 // places a call; long slices are compared in one loop
	for i := range e.Tasks {
		s := &e.Tasks[i]
		for _, c := range s.Calls(check.PublicSeed) {
			want, err := answer(solved[s.Name], c)
			if err != nil {
				t.Fatalf("%s: %s: %v", s.Name, s.ShowCall(c), err)
			}
			for j := range want {
				n := numbers(reflect.ValueOf(want[j]))
				for k := range min(n, most) {
					for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
						v := reflect.New(reflect.TypeOf(want[j])).Elem()
						v.Set(copied(reflect.ValueOf(want[j])))
						place := k
						if old := spoil(v, &place, x); old == x || math.IsNaN(old) && math.IsNaN(x) {
							continue
						}
						got := append([]any{}, want...)
						got[j] = v.Interface()
						if s.Diff(got, want) == "" {
							t.Errorf("%s: %s: %v passes for the wanted result; write the comparison as !(d <= tol)", s.Name, s.ShowCall(c), x)
							return
						}
					}
				}
			}
		}
	}
}

// numbers counts the floats in v.
func numbers(v reflect.Value) (n int) {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		return 1
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			n += numbers(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			n += numbers(v.Field(i))
		}
	}
	return n
}

// copied returns a copy of v that shares no slice with it.
func copied(v reflect.Value) reflect.Value {
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	switch v.Kind() {
	case reflect.Slice:
		if v.IsNil() {
			return c
		}
		c.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			c.Index(i).Set(copied(v.Index(i)))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if c.Field(i).CanSet() {
				c.Field(i).Set(copied(v.Field(i)))
			}
		}
	}
	return c
}

// spoil puts x in the place of the float number *place of v and returns what
// was there.
func spoil(v reflect.Value, place *int, x float64) float64 {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		if *place--; *place == -1 {
			old := v.Float()
			v.SetFloat(x)
			return old
		}
	case reflect.Slice, reflect.Array:
		for i := 0; i < v.Len() && *place >= 0; i++ {
			if old := spoil(v.Index(i), place, x); *place < 0 {
				return old
			}
		}
	case reflect.Struct:
		for i := 0; i < v.NumField() && *place >= 0; i++ {
			if old := spoil(v.Field(i), place, x); *place < 0 {
				return old
			}
		}
	}
	return math.NaN()
}
