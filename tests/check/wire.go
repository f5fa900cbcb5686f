package check

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"reflect"
)

// PublicFile is where an exercise keeps the expected results of its public
// calls, inside [Exercise.Files].
const PublicFile = "testdata/cases.json"

// Public is the content of testdata/cases.json.
type Public struct {
	Exercise string             `json:"exercise"`
	Seed     uint64             `json:"seed"`
	Tasks    map[string][]Known `json:"tasks"` // by task name, in the order of the calls
}

// Known is one call and its expected results.
type Known struct {
	Call string            `json:"call"` // as it is shown, to notice a stale file
	Want []json.RawMessage `json:"want"` // one per result, see Encode
}

// Public reads the stored results of the public calls.
func (e *Exercise) Public() (*Public, error) {
	raw, err := fs.ReadFile(e.Files, PublicFile)
	if err != nil {
		return nil, fmt.Errorf("check: %s has no expected results: %w", e.ID, err)
	}
	p := new(Public)
	if err := json.Unmarshal(raw, p); err != nil {
		return nil, fmt.Errorf("check: %s: %s: %w", e.ID, PublicFile, err)
	}
	return p, nil
}

// wants decodes the expected results of t's public calls.
func (p *Public) wants(t *Spec, calls []Case) ([][]any, error) {
	known := p.Tasks[t.Name]
	if len(known) != len(calls) {
		return nil, fmt.Errorf("check: %s/%s makes %d calls, %s knows %d: run go test ./solutions/%s -regen",
			p.Exercise, t.Name, len(calls), PublicFile, len(known), p.Exercise)
	}
	typ := reflect.TypeOf(t.Type)
	all := make([][]any, len(calls))
	for i, k := range known {
		if call := t.ShowCall(calls[i]); call != k.Call || len(k.Want) != typ.NumOut() {
			return nil, fmt.Errorf("check: %s/%s: call %d is %s, %s has %s: run go test ./solutions/%s -regen",
				p.Exercise, t.Name, i, call, PublicFile, k.Call, p.Exercise)
		}
		for j, raw := range k.Want {
			v, err := Decode(raw, typ.Out(j))
			if err != nil {
				return nil, fmt.Errorf("check: %s/%s: call %d: %w", p.Exercise, t.Name, i, err)
			}
			all[i] = append(all[i], v)
		}
	}
	return all, nil
}

// Encode writes one result as JSON. Numbers that JSON lacks are strings:
// "NaN", "+Inf", "-Inf". A nil slice is null.
func Encode(v any) (json.RawMessage, error) {
	return json.Marshal(plain(reflect.ValueOf(v)))
}

func plain(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		if x := v.Float(); math.IsNaN(x) || math.IsInf(x, 0) {
			return fmt.Sprintf("%+v", x)
		}
		return v.Interface()
	case reflect.Slice:
		if v.IsNil() {
			return nil
		}
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plain(v.Index(i))
		}
		return list
	case reflect.Struct:
		m := map[string]any{}
		for i := range v.NumField() {
			m[v.Type().Field(i).Name] = plain(v.Field(i))
		}
		return m
	}
	return v.Interface()
}

// Decode reads what Encode wrote, as a value of type t.
func Decode(raw json.RawMessage, t reflect.Type) (any, error) {
	v := reflect.New(t).Elem()
	if err := decode(raw, v); err != nil {
		return nil, err
	}
	return v.Interface(), nil
}

func decode(raw json.RawMessage, v reflect.Value) error {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		switch string(raw) {
		case `"NaN"`:
			v.SetFloat(math.NaN())
			return nil
		case `"+Inf"`:
			v.SetFloat(math.Inf(1))
			return nil
		case `"-Inf"`:
			v.SetFloat(math.Inf(-1))
			return nil
		}
	case reflect.Slice:
		var list []json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil {
			return err
		}
		if list == nil {
			return nil
		}
		v.Set(reflect.MakeSlice(v.Type(), len(list), len(list)))
		for i, r := range list {
			if err := decode(r, v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	case reflect.Struct:
		var m map[string]json.RawMessage
		if err := json.Unmarshal(raw, &m); err != nil {
			return err
		}
		for i := range v.NumField() {
			if err := decode(m[v.Type().Field(i).Name], v.Field(i)); err != nil {
				return err
			}
		}
		return nil
	}
	return json.Unmarshal(raw, v.Addr().Interface())
}
