package check

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// shown is how many elements of a slice a message spells out.
const shown = 8

// ShowCall writes a call as Go would, and its note: StandardError(0.6, 5).
func (t *Spec) ShowCall(c Case) string {
	var parts []string
	for _, a := range c.Args {
		if r, ok := a.(Rand); ok {
			parts = append(parts, fmt.Sprintf("rand.New(rand.NewPCG(%d, %d))", r, r))
			continue
		}
		parts = append(parts, show(reflect.ValueOf(a)))
	}
	s := t.Func + "(" + strings.Join(parts, ", ") + ")"
	if c.Note != "" {
		s += " // " + c.Note
	}
	return s
}

// showAll writes the results of one call.
func showAll(vs []any) string {
	var parts []string
	for _, v := range vs {
		parts = append(parts, show(reflect.ValueOf(v)))
	}
	return strings.Join(parts, ", ")
}

// show writes a value as a short Go literal. Long slices are cut in the
// middle and their length is said.
func show(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		return number(v.Float())
	case reflect.String:
		s := v.String()
		if utf8.RuneCountInString(s) > 60 {
			s = string([]rune(s)[:57]) + "…"
		}
		return strconv.Quote(s)
	case reflect.Slice:
		if v.IsNil() {
			return "nil"
		}
		n := v.Len()
		var parts []string
		inner := func(i int) string { // a slice of slices says its type once
			return strings.TrimPrefix(show(v.Index(i)), v.Type().Elem().String())
		}
		for i := range n {
			if n > shown && i == shown-2 {
				parts = append(parts, "…", inner(n-1))
				break
			}
			parts = append(parts, inner(i))
		}
		s := v.Type().String() + "{" + strings.Join(parts, ", ") + "}"
		if n > shown {
			s += fmt.Sprintf(" (%d elements)", n)
		}
		return s
	case reflect.Struct:
		var parts []string
		for i := range v.NumField() {
			parts = append(parts, v.Type().Field(i).Name+": "+show(v.Field(i)))
		}
		return v.Type().Name() + "{" + strings.Join(parts, ", ") + "}"
	case reflect.Invalid:
		return "nil"
	}
	return fmt.Sprint(v)
}

// number writes x with up to ten digits: enough to see a wrong one, few enough
// to read.
func number(x float64) string {
	if a := math.Abs(x); a != 0 && (a < 1e-4 || a >= 1e10) {
		return strconv.FormatFloat(x, 'g', 7, 64)
	}
	return strconv.FormatFloat(x, 'g', 10, 64)
}
