package jupyter

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
)

// A Notebook is an nbformat 4 document. Fields this package does not know are
// kept and written back.
type Notebook struct {
	Cells    []*Cell
	Metadata map[string]any

	minor int
	extra map[string]any
}

// A Cell of a notebook. Source is one string, however the file splits it.
type Cell struct {
	ID       string
	Type     string // "markdown", "code" or "raw"
	Source   string
	Metadata map[string]any
	Outputs  []*Output // code only
	Count    int       // code only: execution count, 0 when not executed

	extra map[string]any
}

// Tagged reports whether the cell's metadata holds the tag.
func (c *Cell) Tagged(tag string) bool {
	tags, _ := c.Metadata["tags"].([]any)
	for _, t := range tags {
		if t == tag {
			return true
		}
	}
	return false
}

// Read reads a notebook file of nbformat 4. Cells without an id, from before
// version 4.5, get one that depends on place and text only.
func Read(file string) (*Notebook, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("jupyter: %w", err)
	}
	nb, err := Parse(b)
	if err != nil {
		return nil, fmt.Errorf("jupyter: %s: %w", file, err)
	}
	return nb, nil
}

// Parse is Read on bytes.
func Parse(b []byte) (*Notebook, error) {
	var raw map[string]any
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber() // numbers go through unchanged
	if err := d.Decode(&raw); err != nil {
		return nil, fmt.Errorf("not a notebook: %w", jsonPlace(b, err))
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("not a notebook: something follows the JSON object")
	}
	if v, ok := raw["nbformat"].(json.Number); !ok || v != "4" {
		return nil, fmt.Errorf("nbformat %v is not 4: open it in JupyterLab once and save it", raw["nbformat"])
	}
	nb := &Notebook{extra: raw, minor: 5, Metadata: object(raw["metadata"])}
	if v, ok := raw["nbformat_minor"].(json.Number); ok {
		if n, err := v.Int64(); err == nil && n > 5 {
			nb.minor = int(n)
		}
	}
	cells, ok := raw["cells"].([]any)
	if !ok {
		return nil, errors.New("not a notebook: no cells")
	}
	for i, v := range cells {
		c, err := parseCell(i, v)
		if err != nil {
			return nil, fmt.Errorf("cell %d: %w", i+1, err)
		}
		nb.Cells = append(nb.Cells, c)
	}
	for _, name := range []string{"cells", "metadata", "nbformat", "nbformat_minor"} {
		delete(raw, name)
	}
	return nb, nil
}

func parseCell(i int, v any) (*Cell, error) {
	raw, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("is no object")
	}
	c := &Cell{Metadata: object(raw["metadata"]), extra: raw}
	c.ID, _ = raw["id"].(string)
	switch c.Type, _ = raw["cell_type"].(string); c.Type {
	case "markdown", "code", "raw":
	default:
		return nil, fmt.Errorf("unknown type %v", raw["cell_type"])
	}
	var err error
	if c.Source, err = text(raw["source"]); err != nil {
		return nil, fmt.Errorf("source: %w", err)
	}
	if c.ID == "" {
		h := sha256.Sum256(fmt.Appendf(nil, "%d %s", i, c.Source))
		c.ID = hex.EncodeToString(h[:4])
	}
	if c.Type == "code" {
		c.Count = count(raw["execution_count"])
		outputs, _ := raw["outputs"].([]any)
		for j, v := range outputs {
			o, err := parseOutput(v)
			if err != nil {
				return nil, fmt.Errorf("output %d: %w", j+1, err)
			}
			c.Outputs = append(c.Outputs, o)
		}
	}
	for _, name := range []string{"id", "cell_type", "source", "metadata", "outputs", "execution_count"} {
		delete(raw, name)
	}
	return c, nil
}

// Write writes nb to file the way Jupyter does, so that saving it there
// changes nothing: keys sorted, one space of indentation, texts split into
// lines. The file appears whole or not at all.
func Write(file string, nb *Notebook) error {
	b, err := nb.Encode()
	if err != nil {
		return fmt.Errorf("jupyter: %s: %w", file, err)
	}
	return WriteFile(file, b)
}

// Encode is Write into bytes.
func (nb *Notebook) Encode() ([]byte, error) {
	cells := make([]any, len(nb.Cells))
	for i, c := range nb.Cells {
		cells[i] = c.encode()
	}
	raw := maps.Clone(nb.extra)
	if raw == nil {
		raw = map[string]any{}
	}
	raw["cells"], raw["metadata"] = cells, nonNil(nb.Metadata)
	raw["nbformat"], raw["nbformat_minor"] = 4, max(nb.minor, 5)
	var b bytes.Buffer
	e := json.NewEncoder(&b) // sorts keys and ends with a newline
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(raw); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (c *Cell) encode() map[string]any {
	raw := maps.Clone(c.extra)
	if raw == nil {
		raw = map[string]any{}
	}
	raw["id"], raw["cell_type"], raw["metadata"], raw["source"] = c.ID, c.Type, nonNil(c.Metadata), lines(c.Source)
	if c.Type == "code" {
		outputs := make([]any, len(c.Outputs))
		for i, o := range c.Outputs {
			outputs[i] = o.encode()
		}
		raw["outputs"], raw["execution_count"] = outputs, nil
		if c.Count > 0 {
			raw["execution_count"] = c.Count
		}
	}
	return raw
}

// WriteFile writes b to file through a temporary neighbour and a rename: after
// a crash or a Ctrl-C there is the old file or the new one, never a half.
func WriteFile(file string, b []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*")
	if err != nil {
		return fmt.Errorf("jupyter: cannot write %s: %w", file, err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
			err = fmt.Errorf("jupyter: cannot write %s: %w", file, err)
		}
	}()
	if _, err = f.Write(b); err != nil {
		return err
	}
	if err = f.Chmod(0o644); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}

// jsonPlace adds the line to a JSON error, where the decoder knows it.
func jsonPlace(b []byte, err error) error {
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		n := min(int(syntax.Offset), len(b))
		return fmt.Errorf("line %d: %w", 1+strings.Count(string(b[:n]), "\n"), err)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the file ends early")
	}
	return err
}
