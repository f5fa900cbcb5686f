package jupyter

import (
	"go/scanner"
	"go/token"
	"html"
	"strings"
)

// highlightGo returns Go code as HTML with spans for keywords, strings,
// numbers and comments. Cells need not be whole Go files, so this works on
// tokens; lines of GoNB's own (%% and !…) come out as comments do.
func highlightGo(src string) string {
	// A magic line would confuse the scanner, so it sees blanks there.
	plain := []byte(src)
	magic := map[int]int{} // start → end of magic lines
	at := 0
	for line := range strings.Lines(src) {
		if strings.HasPrefix(line, "%") || strings.HasPrefix(line, "!") {
			end := at + len(strings.TrimRight(line, "\n"))
			magic[at] = end
			for i := at; i < end; i++ {
				plain[i] = ' '
			}
		}
		at += len(line)
	}
	var s scanner.Scanner
	set := token.NewFileSet()
	s.Init(set.AddFile("", set.Base(), len(plain)), plain, func(token.Position, string) {}, scanner.ScanComments)

	var b strings.Builder
	done := 0
	copyTo := func(end int) { // text between tokens, with the magic lines in it
		for done < end {
			if to, ok := magic[done]; ok {
				b.WriteString(span("mg", src[done:to]))
				done = to
				continue
			}
			next := strings.IndexByte(src[done:end], '\n')
			stop := end
			if next >= 0 {
				stop = done + next + 1
			}
			b.WriteString(html.EscapeString(src[done:stop]))
			done = stop
		}
	}
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			break
		}
		start := set.Position(pos).Offset
		class := ""
		switch {
		case tok == token.COMMENT:
			class = "c"
		case tok.IsKeyword():
			class = "k"
		case tok == token.STRING || tok == token.CHAR:
			class = "s"
		case tok == token.INT || tok == token.FLOAT || tok == token.IMAG:
			class = "n"
		default:
			continue
		}
		if start < done || start+len(lit) > len(src) {
			continue
		}
		copyTo(start)
		b.WriteString(span(class, src[start:start+len(lit)]))
		done = start + len(lit)
	}
	copyTo(len(src))
	return b.String()
}

func span(class, text string) string {
	return `<span class="` + class + `">` + html.EscapeString(text) + `</span>`
}
