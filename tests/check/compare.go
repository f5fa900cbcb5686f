package check

import (
	"fmt"
	"math"
	"reflect"
)

// A Compare says in plain words how got differs from want, "" if they agree.
// Both have the type of the function's result.
type Compare func(got, want any) string

// Close compares numbers to within a relative error,
//
//	|got − want| ≤ tol·|want| + 1e-12,
//
// which no NaN satisfies; a wanted NaN or infinity must be met exactly.
// Whole numbers, strings and booleans must be equal. Slices must have the same
// length and slices, arrays and structs are compared element by element; nil
// and empty slices agree, unless a value is wanted.
func Close(tol float64) Compare {
	return func(got, want any) string {
		return differ(reflect.ValueOf(got), reflect.ValueOf(want), tol, "")
	}
}

// slack is the absolute error allowed beside the relative one: a wanted 0 may
// come out as rounding noise.
const slack = 1e-12

func differ(got, want reflect.Value, tol float64, at string) string {
	switch want.Kind() {
	case reflect.Float32, reflect.Float64:
		g, w := got.Float(), want.Float()
		d := math.Abs(g - w)
		switch {
		case g == w || math.IsNaN(g) && math.IsNaN(w) || d <= tol*math.Abs(w)+slack && !math.IsInf(w, 0):
			return ""
		case math.IsNaN(g):
			return at + "NaN is not a number: is 0 divided by 0, or a root or logarithm of something negative?"
		case math.IsInf(d, 0) || math.IsNaN(d):
			return instead(at, got, want)
		case at == "":
			return fmt.Sprintf("off by %.3g", d)
		}
		return fmt.Sprintf("%s, off by %.3g", instead(at, got, want), d)
	case reflect.Slice, reflect.Array:
		if got.Kind() == reflect.Slice && got.IsNil() && want.Len() > 0 {
			return fmt.Sprintf("%snil where %d elements are wanted", at, want.Len())
		}
		if got.Len() != want.Len() {
			return fmt.Sprintf("%slength %d instead of %d", at, got.Len(), want.Len())
		}
		for i := range want.Len() {
			if d := differ(got.Index(i), want.Index(i), tol, fmt.Sprintf("%selement [%d]: ", at, i)); d != "" {
				return d
			}
		}
		return ""
	case reflect.Struct:
		for i := range want.NumField() {
			if d := differ(got.Field(i), want.Field(i), tol, fmt.Sprintf("%sfield %s: ", at, want.Type().Field(i).Name)); d != "" {
				return d
			}
		}
		return ""
	}
	if !got.Equal(want) {
		return instead(at, got, want)
	}
	return ""
}

func instead(at string, got, want reflect.Value) string {
	return fmt.Sprintf("%s%s instead of %s", at, show(got), show(want))
}
