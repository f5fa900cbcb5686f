package jupyter

import (
	"fmt"
	"strings"
)

// Output is one output of a code cell. Which fields are used depends on Type.
type Output struct {
	Type string // "stream", "display_data", "execute_result" or "error"

	Name, Text string // stream: "stdout" or "stderr", and what was printed

	Data     map[string]any // display: MIME type → string, or any JSON for application/json
	Metadata map[string]any // display: MIME type → e.g. width and height
	Count    int            // execute_result

	EName, EValue string   // error
	Traceback     []string // error; may hold ANSI colours

	extra map[string]any // fields this package does not know, kept
}

// Bounds of what one cell may leave in a notebook. The kernel itself has none:
// a loop that prints fills the disk.
const (
	maxText = 1 << 20  // bytes printed
	maxRich = 16 << 20 // bytes of figures and other rich output
)

// collector builds the outputs of one running cell from the kernel's messages.
type collector struct {
	outputs  []*Output
	displays map[string][]*Output // display id → the outputs that show it, in all cells
	stream   *strings.Builder     // text of the last output while that is a stream
	text     int                  // bytes kept of what was printed
	dropped  int                  // bytes printed over maxText
	rich     int                  // bytes of rich output kept
	clear    bool                 // clear_output(wait=true) came: clear before the next output
}

// add takes one message of the cell.
func (c *collector) add(m *message) {
	switch m.Type {
	case "stream":
		c.print(m.str("name"), m.str("text"))
	case "display_data", "execute_result":
		c.show(m)
	case "update_display_data":
		c.update(m)
	case "clear_output":
		if wait, _ := m.Content["wait"].(bool); wait {
			c.clear = true
		} else {
			c.reset()
		}
	case "error":
		o := &Output{Type: "error", EName: m.str("ename"), EValue: m.str("evalue"), Traceback: []string{}}
		lines, _ := m.Content["traceback"].([]any)
		for _, l := range lines {
			o.Traceback = append(o.Traceback, fmt.Sprint(l))
		}
		c.put(o)
	}
}

// put appends an output; streams end with it.
func (c *collector) put(o *Output) {
	if c.clear {
		c.reset()
	}
	c.flush()
	c.outputs = append(c.outputs, o)
}

// print merges text into the last output when that is the same stream, as
// every Jupyter client does.
func (c *collector) print(name, text string) {
	if c.clear {
		c.reset()
	}
	if room := maxText - c.text; len(text) > room {
		c.dropped += len(text) - room
		text = strings.ToValidUTF8(text[:room], "") // no half character at the cut
	}
	if text == "" {
		return
	}
	c.text += len(text)
	if c.stream == nil || c.outputs[len(c.outputs)-1].Name != name {
		c.put(&Output{Type: "stream", Name: name})
		c.stream = &strings.Builder{}
	}
	c.stream.WriteString(text)
}

// show appends a rich output and remembers its display id.
func (c *collector) show(m *message) {
	o := &Output{Type: m.Type}
	if n, ok := m.Content["execution_count"].(float64); ok {
		o.Count = int(n)
	}
	c.fill(o, m)
	c.put(o)
	if id := displayID(m); id != "" {
		c.displays[id] = append(c.displays[id], o)
	}
}

// update rewrites every output with the message's display id, in this and in
// earlier cells. An unknown id is ignored, as the protocol says.
func (c *collector) update(m *message) {
	for _, o := range c.displays[displayID(m)] {
		c.fill(o, m)
	}
}

// fill copies data and metadata, or a line in their place when the cell has
// already shown too much.
func (c *collector) fill(o *Output, m *message) {
	data, _ := m.Content["data"].(map[string]any)
	meta, _ := m.Content["metadata"].(map[string]any)
	c.rich += size(data) - size(o.Data)
	if c.rich > maxRich {
		c.rich -= size(data)
		data = map[string]any{"text/plain": fmt.Sprintf("[left out: a cell may show %d MB]", maxRich>>20)}
	}
	if data == nil {
		data = map[string]any{}
	}
	if meta == nil {
		meta = map[string]any{}
	}
	o.Data, o.Metadata = data, meta
}

func (c *collector) flush() {
	if c.stream != nil {
		c.outputs[len(c.outputs)-1].Text = c.stream.String()
		c.stream = nil
	}
}

// reset drops what the cell has shown so far.
func (c *collector) reset() {
	c.flush()
	c.outputs, c.clear, c.text, c.dropped, c.rich = nil, false, 0, 0, 0
}

// finish returns the outputs, with a last line when text was left out.
func (c *collector) finish() []*Output {
	c.flush()
	if c.dropped > 0 {
		c.outputs = append(c.outputs, &Output{Type: "stream", Name: "stderr",
			Text: fmt.Sprintf("… %.1f MB more were printed and left out: a notebook keeps %d MB a cell.\n", float64(c.dropped)/1e6, maxText>>20)})
		c.dropped = 0
	}
	return c.outputs
}

func displayID(m *message) string {
	t, _ := m.Content["transient"].(map[string]any)
	id, _ := t["display_id"].(string)
	return id
}

func size(data map[string]any) (n int) {
	for _, v := range data {
		if s, ok := v.(string); ok {
			n += len(s)
		}
	}
	return n
}
