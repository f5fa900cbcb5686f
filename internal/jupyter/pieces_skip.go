package jupyter

import (
	"strings"
	"unicode"
)

// skipCode returns the end of the code span or fenced block that starts at
// md[i]; without one, the end of the run of backticks or tildes there.
func skipCode(md string, i int) (end int, ok bool) {
	c := md[i]
	if c != '`' && c != '~' {
		return i, false
	}
	n := 1
	for i+n < len(md) && md[i+n] == c {
		n++
	}
	bol := strings.LastIndexByte(md[:i], '\n') + 1
	if n >= 3 && strings.Trim(md[bol:i], " >\t") == "" {
		return fenceEnd(md, i+n, c, n), true
	}
	if c == '~' {
		return i + n, false
	}
	for j := i + n; j < min(len(md), i+maxSpan); {
		if md[j] == '\n' && blankLine(md[j:min(len(md), nextLine(md, j+1))]) {
			break
		}
		if md[j] != '`' {
			j++
			continue
		}
		m := 1
		for j+m < len(md) && md[j+m] == '`' {
			m++
		}
		if j += m; m == n {
			return j, true
		}
	}
	return i + n, false
}

// fenceEnd returns the end of a fenced block whose opening line is at md[i].
func fenceEnd(md string, i int, c byte, n int) int {
	for i = nextLine(md, i); i < len(md); {
		next := nextLine(md, i)
		line := strings.Trim(md[i:next], " >\t\r\n")
		if len(line) >= n && strings.Trim(line, string(c)) == "" {
			return next
		}
		i = next
	}
	return len(md)
}

// skipTag returns the end of the HTML tag or comment that starts at md[i].
func skipTag(md string, i int) (end int, ok bool) {
	rest := md[i:]
	if rest[0] != '<' {
		return i, false
	}
	if strings.HasPrefix(rest, "<!--") {
		if end := strings.Index(rest, "-->"); end >= 0 {
			return i + end + 3, true
		}
	}
	if len(rest) < 2 || rest[1] != '/' && !unicode.IsLetter(rune(rest[1])) {
		return i, false
	}
	end = strings.IndexByte(rest, '>')
	if end < 0 || blankLine(rest[:end]) {
		return i, false
	}
	return i + end + 1, true
}

func nextLine(s string, i int) int {
	if n := strings.IndexByte(s[i:], '\n'); n >= 0 {
		return i + n + 1
	}
	return len(s)
}

// blankLine reports whether s holds a line break followed by an empty line.
func blankLine(s string) bool {
	_, rest, ok := strings.Cut(s, "\n")
	for ok {
		var line string
		if line, rest, ok = strings.Cut(rest, "\n"); ok && strings.TrimSpace(line) == "" {
			return true
		}
	}
	return false
}
