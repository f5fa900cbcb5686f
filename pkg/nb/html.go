package nb

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"strings"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// showHTML puts HTML into the cell's output, with the plain text for front ends without
// it, and waits until it is there. Outside a notebook it prints the plain text.
func showHTML(plain string, make func() (string, error)) {
	if !inNotebook() {
		fmt.Print(plain)
		return
	}
	page, err := make()
	if err != nil {
		panic(fmt.Errorf("nb: %w", err))
	}
	send("", page, plain)
	gonbui.Sync() // without it, output is lost now and then when the program ends
}

// send displays HTML with its plain text, in the output block called id if there is one.
func send(id, page, plain string) {
	gonbui.SendData(&protocol.DisplayData{
		Data:      map[protocol.MIMEType]any{protocol.MIMETextHTML: page, protocol.MIMETextPlain: strings.TrimSuffix(plain, "\n")},
		DisplayID: id,
	})
}

// block is a <div> with a script that runs once for it, as the variable d. The name of
// its class depends on its contents only, so that a notebook run twice is the same file.
// A page may show the same block twice; each gets its own run.
//
// All of it has to work in JupyterLab, in VS Code and in a file: no style sheet (an
// untrusted notebook drops it), no names that another output could also use.
func block(kind, style, body, script string) string {
	sum := sha256.Sum256([]byte(body + script))
	class := kind + "_" + hex.EncodeToString(sum[:6])
	return fmt.Sprintf(`<div class="%[1]s" style="%[2]smax-width:100%%;font:13px system-ui,sans-serif">%[3]s</div>`+
		`<script>document.querySelectorAll(".%[1]s").forEach(function(d){if(d.dataset.on)return;d.dataset.on=1;%[4]s});</script>`,
		class, style, body, script)
}

// part returns a view as HTML, to be put into a larger piece of it.
func part(v View) (string, error) {
	switch v := v.(type) {
	case Chart:
		return v.HTML()
	case Figure:
		return picture(v)
	}
	return "", fmt.Errorf("%T cannot stand beside others: it has neither PNG and Size nor HTML", v)
}

// picture is a figure as an <img>, white where it is transparent: its ink is dark.
func picture(f Figure) (string, error) {
	src, err := dataURI(f)
	if err != nil {
		return "", err
	}
	w, h := f.Size()
	return fmt.Sprintf(`<img src="%s" alt="%s" width="%d" height="%d" style="max-width:100%%;height:auto;display:block;background:#fff">`,
		src, html.EscapeString(f.Alt()), w, h), nil
}

func dataURI(f Figure) (string, error) {
	png, err := f.PNG()
	if err != nil {
		return "", err
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(png), nil
}

// text is a view for a terminal: a table whole, anything else as its description.
func text(v View) string {
	switch v := v.(type) {
	case fmt.Stringer:
		return v.String()
	case Chart:
		return "chart: " + v.Alt() + "\n"
	case Figure:
		w, h := v.Size()
		return fmt.Sprintf("figure, %d × %d: %s\n", w, h, v.Alt())
	}
	return v.Alt() + "\n"
}
