package jupyter

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
)

// text reads a string that a notebook file may hold whole or as lines.
func text(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case nil:
		return "", nil
	case []any:
		var b strings.Builder
		for _, l := range v {
			s, ok := l.(string)
			if !ok {
				return "", fmt.Errorf("holds %v among its lines", l)
			}
			b.WriteString(s)
		}
		return b.String(), nil
	}
	return "", fmt.Errorf("is neither a string nor lines: %v", v)
}

// lines splits a text after each line break, as Python's splitlines(True)
// does; Jupyter stores texts so, for readable diffs.
func lines(s string) []string {
	out := []string{}
	start := 0
	for i, r := range s {
		switch r {
		case '\r':
			if strings.HasPrefix(s[i+1:], "\n") {
				continue
			}
		case '\n', '\v', '\f', 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029:
		default:
			continue
		}
		end := i + len(string(r))
		out = append(out, s[start:end])
		start = end
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

// splitMIME reports whether nbformat stores a MIME type's text as lines.
func splitMIME(mime string) bool {
	return strings.HasPrefix(mime, "text/") || mime == "application/javascript" || mime == "image/svg+xml"
}

func parseOutput(v any) (*Output, error) {
	raw, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("is no object")
	}
	o := &Output{extra: raw}
	var err error
	var known []string
	switch o.Type, _ = raw["output_type"].(string); o.Type {
	case "stream":
		o.Name, _ = raw["name"].(string)
		o.Text, err = text(raw["text"])
		known = []string{"name", "text"}
	case "display_data", "execute_result":
		o.Data, o.Metadata, o.Count = object(raw["data"]), object(raw["metadata"]), count(raw["execution_count"])
		for mime, v := range o.Data {
			if isJSON(mime) {
				continue
			}
			if o.Data[mime], err = text(v); err != nil {
				return nil, fmt.Errorf("%s: %w", mime, err)
			}
		}
		known = []string{"data", "metadata", "execution_count"}
	case "error":
		o.EName, _ = raw["ename"].(string)
		o.EValue, _ = raw["evalue"].(string)
		tb, _ := raw["traceback"].([]any)
		for _, l := range tb {
			o.Traceback = append(o.Traceback, fmt.Sprint(l))
		}
		known = []string{"ename", "evalue", "traceback"}
	default:
		return nil, fmt.Errorf("unknown type %v", raw["output_type"])
	}
	for _, name := range append(known, "output_type") {
		delete(raw, name)
	}
	return o, err
}

func (o *Output) encode() map[string]any {
	raw := maps.Clone(o.extra)
	if raw == nil {
		raw = map[string]any{}
	}
	raw["output_type"] = o.Type
	switch o.Type {
	case "stream":
		raw["name"], raw["text"] = o.Name, lines(o.Text)
	case "display_data", "execute_result":
		data := map[string]any{}
		for mime, v := range o.Data {
			if s, ok := v.(string); ok && splitMIME(mime) {
				v = lines(s)
			}
			data[mime] = v
		}
		raw["data"], raw["metadata"] = data, nonNil(o.Metadata)
		if o.Type == "execute_result" {
			raw["execution_count"] = nil
			if o.Count > 0 {
				raw["execution_count"] = o.Count
			}
		}
	case "error":
		tb := o.Traceback
		if tb == nil {
			tb = []string{}
		}
		raw["ename"], raw["evalue"], raw["traceback"] = o.EName, o.EValue, tb
	}
	return raw
}

func isJSON(mime string) bool {
	return mime == "application/json" || strings.HasSuffix(mime, "+json")
}

func object(v any) map[string]any {
	m, _ := v.(map[string]any)
	return nonNil(m)
}

func nonNil(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}

func count(v any) int {
	n, ok := v.(json.Number)
	if !ok {
		return 0
	}
	i, _ := n.Int64()
	return int(i)
}
