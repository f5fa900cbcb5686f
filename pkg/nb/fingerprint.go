package nb

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
)

// fingerprint returns 16 hexadecimal digits that depend on the types and contents
// of the values, following pointers: equal values in another process give equal
// digits. Functions are passed over. Channels and values nested deeper than 100
// (cycles) are errors.
func fingerprint(values ...any) (string, error) {
	h := sha256.New()
	for _, v := range values {
		if err := describe(h, reflect.ValueOf(v), 0); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8]), nil
}

func describe(w io.Writer, v reflect.Value, depth int) error {
	if !v.IsValid() {
		fmt.Fprint(w, "nil;")
		return nil
	}
	if depth > 100 {
		return fmt.Errorf("config is nested deeper than 100 values: does it point to itself?")
	}
	t := v.Type()
	fmt.Fprintf(w, "%s:", t)
	switch v.Kind() {
	case reflect.Func:
		fmt.Fprint(w, "func;")
	case reflect.Pointer, reflect.Interface:
		return describe(w, v.Elem(), depth+1)
	case reflect.Struct:
		for i := range v.NumField() {
			fmt.Fprintf(w, "%s=", t.Field(i).Name)
			if err := describe(w, v.Field(i), depth+1); err != nil {
				return err
			}
		}
	case reflect.Slice, reflect.Array:
		fmt.Fprintf(w, "%d[", v.Len())
		for i := range v.Len() {
			if err := describe(w, v.Index(i), depth+1); err != nil {
				return err
			}
		}
	case reflect.Map:
		return describeMap(w, v, depth)
	case reflect.String:
		fmt.Fprintf(w, "%q;", v.String())
	case reflect.Bool:
		fmt.Fprintf(w, "%t;", v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		fmt.Fprintf(w, "%d;", v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		fmt.Fprintf(w, "%d;", v.Uint())
	case reflect.Float32, reflect.Float64:
		fmt.Fprintf(w, "%x;", math.Float64bits(v.Float()))
	case reflect.Complex64, reflect.Complex128:
		fmt.Fprintf(w, "%v;", v.Complex())
	default:
		return fmt.Errorf("config holds a %s, which has no contents to compare; leave it out", t)
	}
	return nil
}

// describeMap writes the entries in the order of their descriptions, because a
// map has no order of its own.
func describeMap(w io.Writer, v reflect.Value, depth int) error {
	var entries []string
	for it := v.MapRange(); it.Next(); {
		h := sha256.New()
		if err := describe(h, it.Key(), depth+1); err != nil {
			return err
		}
		if err := describe(h, it.Value(), depth+1); err != nil {
			return err
		}
		entries = append(entries, string(h.Sum(nil)))
	}
	slices.Sort(entries)
	for _, e := range entries {
		io.WriteString(w, e)
	}
	fmt.Fprintf(w, "%d;", len(entries))
	return nil
}
