//go:build unix

package nb_test

import (
	"encoding/gob"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/janpfeifer/gonb/gonbui/protocol"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/nb"
)

// A cell of these tests: a program that a pretended kernel runs.
var cells = map[string]func(){
	"show": func() {
		nb.Show(drawing{"two"}, page{"<b>chart</b>"}, drawing{"lines"}, nb.TeX(` x^2 `), nb.Table{Head: []string{"a<b"}, Rows: [][]any{{-0.5}}})
	},
	"tabs": func() {
		nb.Tabs([]string{"a<b", "two"}, drawing{"first"}, page{"<b>chart</b>"})
		nb.SideBySide(drawing{"left"}, nb.Table{Head: []string{"n"}, Rows: [][]any{{1}}})
	},
	"live": func() {
		live := nb.Live()
		for i := range 100 {
			live.Update(func() nb.Figure { return drawing{fmt.Sprint("at ", i)} })
			time.Sleep(10 * time.Millisecond)
		}
		live.Done()
	},
	"frames": func() { nb.Frames([]string{"a<b", "last"}, []drawing{{"first </script>"}, {"second"}}) },
	"train": func() {
		m := nb.Monitor("VI")
		for i := range 500 {
			time.Sleep(2 * time.Millisecond)
			loss := math.Exp(-float64(i) / 100)
			if i == 30 {
				loss = math.NaN()
			}
			m(bnn.Progress{Method: "VI", Step: i + 1, Steps: 500, Loss: loss, Elapsed: time.Duration(i) * 2 * time.Millisecond})
		}
	},
	"stop": func() {
		b := nb.Progress("sim <1>", 100)
		b.Step()
		b.Done()
		b.Step()
	},
}

type page struct{ html string }

func (p page) HTML() (string, error) { return p.html, nil }
func (p page) Alt() string           { return "a chart" }

func TestMain(m *testing.M) {
	if cell := os.Getenv("NB_TEST_CELL"); cell != "" {
		cells[cell]()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// runCell runs a cell with the two pipes that a kernel gives it, answers its Sync, and
// returns all it sent and printed. Like the real kernel, it answers only after it has
// read everything before.
func runCell(t *testing.T, name string) (sent []protocol.DisplayData, out string, syncs int) {
	t.Helper()
	dir := t.TempDir()
	to, from := filepath.Join(dir, "to"), filepath.Join(dir, "from")
	for _, p := range []string{to, from} {
		if err := syscall.Mkfifo(p, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "NB_TEST_CELL="+name, protocol.GONB_PIPE_ENV+"="+to, protocol.GONB_PIPE_BACK_ENV+"="+from)
	var b strings.Builder
	cmd.Stdout, cmd.Stderr = &b, &b
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// Both ends are opened for reading and writing, so that opening cannot hang.
	r, err := os.OpenFile(to, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	w, err := os.OpenFile(from, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	done := make(chan error, 1)
	go func() {
		done <- cmd.Wait()
		time.Sleep(100 * time.Millisecond) // whatever is still in the pipe
		r.Close()
	}()
	timer := time.AfterFunc(60*time.Second, func() { cmd.Process.Kill() })
	defer timer.Stop()
	dec, enc := gob.NewDecoder(r), gob.NewEncoder(w)
	for {
		var d protocol.DisplayData
		if err := dec.Decode(&d); err != nil {
			if err != io.EOF && !strings.Contains(err.Error(), "closed") {
				t.Errorf("the kernel could not read a message: %v", err)
			}
			break
		}
		if c, ok := d.Data[protocol.MIMECommValue].(protocol.CommValue); ok {
			syncs++
			enc.Encode(&protocol.CommValue{Address: protocol.GonbuiSyncAckAddress, Value: c.Value})
			continue
		}
		if c, ok := d.Data[protocol.MIMECommValue].(*protocol.CommValue); ok {
			syncs++
			enc.Encode(&protocol.CommValue{Address: protocol.GonbuiSyncAckAddress, Value: c.Value})
			continue
		}
		sent = append(sent, d)
	}
	if err := <-done; err != nil {
		t.Fatalf("cell %s: %v\n%s", name, err, b.String())
	}
	return sent, b.String(), syncs
}

func TestShowInNotebook(t *testing.T) {
	sent, out, syncs := runCell(t, "show")
	if len(sent) != 5 || syncs != 1 || out != "" {
		t.Fatalf("%d displays, %d syncs, printed %q; want 5, 1 and nothing", len(sent), syncs, out)
	}
	png, _ := sent[0].Data[protocol.MIMEImagePNG].([]byte)
	meta, _ := sent[0].Metadata["image/png"].(map[string]any)
	if !strings.HasPrefix(string(png), "\x89PNG") || meta["width"] != 605 || meta["height"] != 340 || meta["alt"] != "two" || sent[0].Data[protocol.MIMETextPlain] != "two" {
		t.Errorf("picture: %.20q, metadata %v, text %v", png, sent[0].Metadata, sent[0].Data[protocol.MIMETextPlain])
	}
	if sent[1].Data[protocol.MIMETextHTML] != "<b>chart</b>" || sent[1].Data[protocol.MIMETextPlain] != "a chart" {
		t.Errorf("chart: %v", sent[1].Data)
	}
	if sent[3].Data["text/latex"] != "$$x^2$$" || sent[3].Data[protocol.MIMETextPlain] != "x^2" {
		t.Errorf("formula: %v", sent[3].Data)
	}
	if s := html(t, sent[4]); !strings.Contains(s, "a&lt;b") || !strings.Contains(s, "−0.5") || sent[4].Data[protocol.MIMETextPlain] != " a<b\n────\n−0.5" {
		t.Errorf("table: %v", sent[4].Data)
	}
}

// html returns what a display shows, after checking that its script compiles, that
// nothing of the user's gets out of its place, and that there is a plain text.
func html(t *testing.T, d protocol.DisplayData) string {
	t.Helper()
	page, _ := d.Data[protocol.MIMETextHTML].(string)
	_, script, ok := strings.Cut(page, "<script>")
	if script, _, _ = strings.Cut(script, "</script>"); ok {
		if _, err := goja.Compile("", script, true); err != nil {
			t.Errorf("%v in the script\n%s", err, script)
		}
	}
	if strings.Count(page, "</script>") > 1 || strings.Contains(page, "a<b") {
		t.Errorf("a label or description is not escaped:\n%s", page)
	}
	if strings.Contains(page, "http") {
		t.Errorf("loads from the net:\n%s", page)
	}
	if d.Data[protocol.MIMETextPlain] == "" {
		t.Error("no plain text")
	}
	return page
}

func TestFramesInNotebook(t *testing.T) {
	sent, _, syncs := runCell(t, "frames")
	if len(sent) != 1 || syncs != 1 {
		t.Fatalf("%d displays, %d syncs; want 1 and 1", len(sent), syncs)
	}
	page := html(t, sent[0])
	for _, want := range []string{`alt="second"`, `width="605"`, `n=1,`, "last of 2 pictures"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
	before, _, _ := strings.Cut(page, "<script>")
	if strings.Contains(before, "<input") {
		t.Error("a slider without a script: it would not move in an untrusted notebook")
	}
}

func TestTabsInNotebook(t *testing.T) {
	sent, out, syncs := runCell(t, "tabs")
	if len(sent) != 2 || syncs != 2 || out != "" {
		t.Fatalf("%d displays, %d syncs, printed %q; want 2, 2 and nothing", len(sent), syncs, out)
	}
	tabs, row := html(t, sent[0]), html(t, sent[1])
	for _, want := range []string{`<b>a&lt;b</b>`, `alt="first"`, `<b>two</b>`, `<b>chart</b>`} {
		if !strings.Contains(tabs, want) {
			t.Errorf("no %s in\n%s", want, tabs)
		}
	}
	if !strings.Contains(row, `alt="left"`) || !strings.Contains(row, "<table") {
		t.Errorf("a view is missing:\n%s", row)
	}
	if got := sent[1].Data[protocol.MIMETextPlain]; got != "figure, 605 × 340: left\nn\n─\n1" {
		t.Errorf("plain text %q", got)
	}
}

func TestLiveInNotebook(t *testing.T) {
	begin := time.Now()
	sent, out, syncs := runCell(t, "live")
	if n, most := len(sent), int(3*time.Since(begin).Seconds())+2; n < 2 || n > most {
		t.Errorf("%d drawings, want a few, at most %d in this time", n, most)
	}
	if syncs != 1 || out != "" {
		t.Errorf("%d syncs, printed %q; want 1 and nothing", syncs, out)
	}
	for _, d := range sent {
		if d.DisplayID == "" || d.DisplayID != sent[0].DisplayID {
			t.Errorf("drawings go to blocks %q and %q, want one", sent[0].DisplayID, d.DisplayID)
		}
	}
	if last := sent[len(sent)-1]; last.Data[protocol.MIMETextPlain] != "at 99" {
		t.Errorf("the last drawing is %v, want that of the last update", last.Data[protocol.MIMETextPlain])
	}
}

func TestMonitorInNotebook(t *testing.T) {
	begin := time.Now()
	sent, out, syncs := runCell(t, "train")
	if n, most := len(sent), int(10*time.Since(begin).Seconds())+2; n < 4 || n > most {
		t.Errorf("%d updates, want at most %d in this time", n, most)
	}
	if syncs != 1 || out != "" {
		t.Errorf("%d syncs, printed %q; want 1 and nothing", syncs, out)
	}
	for _, d := range sent {
		if d.DisplayID == "" || d.DisplayID != sent[0].DisplayID {
			t.Errorf("updates go to blocks %q and %q, want one", sent[0].DisplayID, d.DisplayID)
		}
		if _, curve, _ := strings.Cut(d.Data[protocol.MIMETextHTML].(string), `<path d="`); strings.Contains(curve, "NaN") {
			t.Errorf("NaN in the curve %s", curve)
		}
	}
	last := sent[len(sent)-1].Data[protocol.MIMETextHTML].(string)
	for _, want := range []string{"500 of 500, done in ", `aria-valuenow="100"`, "loss 0.006", "<svg"} {
		if !strings.Contains(last, want) {
			t.Errorf("no %q in the final state:\n%s", want, last)
		}
	}
}

func TestProgressStopped(t *testing.T) {
	sent, _, syncs := runCell(t, "stop")
	last := sent[len(sent)-1].Data[protocol.MIMETextHTML].(string)
	if !strings.Contains(last, "1 of 100, stopped after") || !strings.Contains(last, "sim &lt;1&gt;") || syncs != 1 {
		t.Errorf("%d syncs, final state %s", syncs, last)
	}
}
