package jupyter

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
)

// shown lists the MIME types a page can show, the best first.
var shown = []string{
	"text/html", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp",
	"text/markdown", "text/latex", "text/plain",
}

// output returns one output as HTML.
func (p *page) output(o *Output) string {
	switch o.Type {
	case "stream":
		if o = withoutEcho(o); o.Text == "" {
			return ""
		}
		text, class := terminal(o.Text), html.EscapeString(o.Name)
		if o.Name == "stdout" && !columns.MatchString(text) {
			class += " lines"
		}
		return fmt.Sprintf("<pre class=\"out %s\">%s</pre>\n", class, text)
	case "error":
		text := strings.Join(o.Traceback, "\n")
		if strings.TrimSpace(text) == "" {
			text = o.EName + ": " + o.EValue
		}
		return fmt.Sprintf("<pre class=\"out error\">%s</pre>\n", terminal(text))
	}
	for _, mime := range shown {
		s, ok := o.Data[mime].(string)
		if !ok {
			continue
		}
		return p.rich(mime, s, object(o.Metadata[mime]))
	}
	return ""
}

// columns matches text that is set in columns: its lines must not be broken.
var columns = regexp.MustCompile(`[^\s✓] {3,}\S|\S {2,}\S.*\S {2,}\S|\t`)

func (p *page) rich(mime, s string, meta map[string]any) string {
	switch mime {
	case "text/html":
		return "<div class=\"out html\">" + s + "</div>\n"
	case "image/svg+xml": // as a picture: two SVGs in one page may use the same ids
		return picture(dataURI(mime, []byte(s)), meta)
	case "text/markdown", "text/latex":
		out, err := p.md.html(s)
		if err != nil {
			p.errs = append(p.errs, fmt.Errorf("output of cell %q: %w", firstLine(p.cell.Source), err))
		}
		return "<div class=\"out md\">" + out + "</div>\n"
	case "text/plain":
		return fmt.Sprintf("<pre class=\"out\">%s</pre>\n", terminal(s))
	}
	return picture("data:"+mime+";base64,"+strings.Join(strings.Fields(s), ""), meta)
}

// picture shows a figure in the size its metadata gives, in CSS pixels: the
// bitmaps themselves have twice that for sharp screens.
func picture(src string, meta map[string]any) string {
	size := ""
	for _, side := range []string{"width", "height"} {
		if v, ok := meta[side]; ok {
			size += fmt.Sprintf(" %s=\"%s\"", side, html.EscapeString(fmt.Sprint(v)))
		}
	}
	alt, ok := meta["alt"].(string)
	if !ok {
		alt = "figure"
	}
	if w, err := strconv.ParseFloat(fmt.Sprint(meta["width"]), 64); err == nil && w >= 700 { // on a phone too small to be read
		size += ` class="wide"`
	}
	return fmt.Sprintf("<div class=\"out figure\"><img src=\"%s\"%s alt=\"%s\"></div>\n", src, size, html.EscapeString(alt))
}

// terminal shows text as a terminal leaves it: without colours, and with what
// a carriage return overwrites (progress bars) gone.
func terminal(s string) string {
	s = stripANSI(s)
	var b strings.Builder
	for line := range strings.Lines(s) {
		body := strings.TrimRight(line, "\r\n")
		if i := strings.LastIndexByte(body, '\r'); i >= 0 {
			body = body[i+1:]
		}
		b.WriteString(html.EscapeString(body))
		if strings.HasSuffix(line, "\n") {
			b.WriteByte('\n')
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// echo is what GoNB answers to %goflags; it is of no use to a reader.
var echo = regexp.MustCompile(`(?m)^%goflags=\[.*\]\n?`)

func withoutEcho(o *Output) *Output {
	quiet := *o
	quiet.Text = echo.ReplaceAllString(o.Text, "")
	return &quiet
}
