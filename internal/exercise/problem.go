package exercise

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// A Problem is one thing the compiler says about a student's files.
type Problem struct {
	File    string `json:"file,omitempty"`   // "exercises/01-coin-flips/coinflips.go"; "" if no file is to blame
	Line    int    `json:"line,omitempty"`   // counted from 1
	Source  string `json:"source,omitempty"` // that line
	Func    string `json:"func,omitempty"`   // the function it stands in
	Message string `json:"message"`          // the compiler's words
	Help    string `json:"help,omitempty"`   // ours
}

// message matches where the compiler found fault, and its words.
var message = regexp.MustCompile(`^(?:\./)?((?:exercises|tests)/[^/]+/[^:]+\.go):(\d+)(?::\d+)?: (.*)$`)

// problems reads what go test -c said when it could not build the tests of id.
func problems(root, id, out string) []Problem {
	var all []Problem
	for line := range strings.Lines(filepath.ToSlash(out)) {
		line = strings.TrimRight(line, "\r\n")
		switch m := message.FindStringSubmatch(line); {
		case m != nil:
			p := Problem{File: m[1], Message: strings.ReplaceAll(m[3], filepath.ToSlash(root)+"/", "")}
			p.Line, _ = strconv.Atoi(m[2])
			all = append(all, p)
		case strings.HasPrefix(line, "\t") && len(all) > 0: // more of the message before
			all[len(all)-1].Message += "; " + strings.TrimSpace(line)
		case line == "" || strings.HasPrefix(line, "# ") || strings.HasPrefix(line, "FAIL"):
		default:
			all = append(all, Problem{Message: strings.TrimSpace(line)})
		}
	}
	for i := range all {
		all[i].explain(os.DirFS(root), id)
	}
	return all
}

// explain adds what the compiler cannot know: the line it speaks of, and for
// the usual slips what to do.
func (p *Problem) explain(root fs.FS, id string) {
	own := path.Join("exercises", id)
	if strings.HasPrefix(p.File, own+"/") {
		src, err := fs.ReadFile(root, p.File)
		if lines := strings.Split(string(src), "\n"); err == nil && p.Line > 0 && p.Line <= len(lines) {
			p.Source = strings.TrimSpace(lines[p.Line-1])
		}
		p.Func = enclosing(src, p.Line)
	}
	if strings.HasPrefix(p.Source, "<<<<<<<") || strings.HasPrefix(p.Source, "=======") || strings.HasPrefix(p.Source, ">>>>>>>") {
		p.Help = "git left both versions of a passage here: keep what you want of them, and remove the lines with <<<<<<<, ======= and >>>>>>>"
		return
	}
	for _, s := range slips {
		m := s.pattern.FindStringSubmatchIndex(p.Message)
		if m == nil {
			continue
		}
		help := strings.NewReplacer("{dir}", own, "{id}", id).Replace(s.help)
		p.Help = string(s.pattern.ExpandString(nil, help, p.Message, m))
		if name, ok := strings.CutPrefix(p.Message, missing); ok {
			if now := renamed(root, own, name, id); now != "" {
				p.Help += "; is it the one that is now called " + now + "?"
			} else if t, err := Find([]string{id}, id+"/"+name); err == nil { // removed, or new in an update of the course
				p.Help += fmt.Sprintf("; credence check %s/%s --reset adds it as it first was, and changes nothing else there", t.ID, t.Task)
			}
		}
		if s.whole { // the position is one in a test, which is not to blame
			p.File, p.Line = own, 0
		}
		if s.says != "" {
			p.Message = string(s.pattern.ExpandString(nil, s.says, p.Message, m))
		}
		return
	}
}

// missing is how the compiler says that a test finds no function of the student's.
const missing = "undefined: student."

// slips are the usual ones. ${1} is the first group of the pattern, {dir} and
// {id} are the exercise's; says, if not empty, takes the place of the message.
var slips = []struct {
	pattern    *regexp.Regexp
	whole      bool
	help, says string
}{
	{regexp.MustCompile(`^undefined: student\.(\w+)`), true,
		"put ${1} back into {dir} with the name and the parameters it came with", "the function ${1} is missing"},
	{regexp.MustCompile(`^cannot use generic function student\.(\w+)`), true,
		"give ${1} back the parameters it came with; type parameters are not needed", "${1} is a generic function"},
	{regexp.MustCompile(`^found packages (\w+) \(([^)]+)\) and (\w+) \(([^)]+)\)`), true,
		"all files of one folder begin with the same package line: ${2} says package ${1}, ${4} says package ${3}; correct one, or move it out of {dir}", ""},
	{regexp.MustCompile(`is a program, not an importable package`), true,
		"the package line at the top of the file was not main when it came; credence check runs the functions, no main is needed", "it is package main"},
	{regexp.MustCompile(`^no required module provides package \S+/exercises/`), true,
		"credence check {id} --reset brings back the first ones", "there are no Go files"},
	{regexp.MustCompile(`^no required module provides package ([^;\s]+)`), false,
		"exercises need nothing from outside: remove the import of ${1}", "no module provides package ${1}"},
	{regexp.MustCompile(`^package (\S+) is not in std`), false,
		"Go knows no package ${1}: a typing error?", ""},
	{regexp.MustCompile(`^expected 'package', found`), false,
		"the first line that is no comment says package and its name; is the file empty? credence check {id} --reset brings back the first one", ""},
	{regexp.MustCompile(`UTF-16|UTF-8|invalid BOM|NUL character`), false,
		"the file is not saved as UTF-8: an editor for programs does that", ""},
	{regexp.MustCompile(`^(\w+) redeclared in this block; (?:.*/)?([^/]+\.go):(\d+)`), false,
		"there are two of ${1}, the other one in ${2}, line ${3}: keep one", ""},
	{regexp.MustCompile(`^declared and not used: (\w+)`), false,
		"${1} gets a value that nothing reads: use it, or remove it", ""},
	{regexp.MustCompile(`^"([^"]+)" imported(?: as \w+)? and not used`), false,
		"remove the import of ${1}, or use it", ""},
	{regexp.MustCompile(`^undefined: (math|rand|slices|sort|fmt|strings|strconv|errors|cmp|sync|cmplx|bits)$`), false,
		"the package is not imported: add its path to the imports at the top of the file", ""},
	{regexp.MustCompile(`^undefined: (\w+)\.\w+ \(but have (\w+)\)`), false,
		"it is ${1}.${2}; names from packages start with a capital letter", ""},
	{regexp.MustCompile(`^undefined: (\w+)$`), false,
		"there is no ${1} here: a typing error, or declared inside another block? A new variable begins with :=", ""},
	{regexp.MustCompile(`^missing return`), false,
		"the function can reach its end without a return", ""},
	{regexp.MustCompile(`mismatched types (?:float64 and int|int and float64)|value of type int\) as float64`), false,
		"Go does not mix whole numbers and floats by itself: write float64(…) around each int. Around a whole division it comes too late: 3/5 is 0", ""},
	{regexp.MustCompile(`value of type float64\) as int`), false,
		"Go does not turn a float into a whole number by itself: write int(…), after math.Ceil, Floor or Round", ""},
	{regexp.MustCompile(`mismatched types bool and`), false,
		"a bool is true or false and no number: write if heads { … }, and count in a variable of its own", ""},
	{regexp.MustCompile(`^not enough return values|^too many return values`), false,
		"the results after return are those in the function's first line, in that order", ""},
	{regexp.MustCompile(`^assignment mismatch: (\d+) variables? but (\S+) returns (\d+)`), false,
		"${2} gives ${3} values; _ takes one that you do not need, as in x, _ := …", ""},
	{regexp.MustCompile(`^no new variables on left side of :=`), false,
		"the variable is there already: write = instead of :=", ""},
	{regexp.MustCompile(`^operator \^ not defined|operator \^ not defined`), false,
		"^ is no power in Go: write math.Pow(x, 2), or x*x", ""},
	{regexp.MustCompile(`undefined \(type \S+ has no field or method append\)`), false,
		"append is a function: s = append(s, x)", ""},
	{regexp.MustCompile(`^syntax error: unexpected semicolon or newline before \{`), false,
		"in Go the { stands at the end of the line before, not on one of its own", ""},
	{regexp.MustCompile(`^syntax error: unexpected name in, expected \{`), false,
		"Go writes for i, x := range xs { … }", ""},
	{regexp.MustCompile(`^syntax error: cannot use assignment`), false,
		"a comparison is ==; = assigns", ""},
	{regexp.MustCompile(`^syntax error: non-declaration statement outside function body|after top level declaration`), false,
		"this stands outside all functions: is there a } too many above?", ""},
	{regexp.MustCompile(`^missing function body`), false,
		"in Go the { stands at the end of the function's first line", ""},
	{regexp.MustCompile(`^invalid character U\+20[0-9A-F]{2}`), false,
		"a typographic character, perhaps copied from a page: type it again, quotation marks as \" and minus as -", ""},
	{regexp.MustCompile(`^syntax error`), false,
		"here, or in the line before, a bracket, a comma or a brace is missing or too many", ""},
}

// enclosing names the function of a file that a line stands in.
func enclosing(src []byte, line int) string {
	set := token.NewFileSet()
	file, _ := parser.ParseFile(set, "", src, parser.SkipObjectResolution)
	if file == nil {
		return ""
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if ok && set.Position(f.Pos()).Line <= line && line <= set.Position(f.End()).Line {
			return f.Name.Name
		}
	}
	return ""
}

// renamed looks for a function that has the parameters of the one called name
// in the stub, and a name that the stub does not have.
func renamed(root fs.FS, own, name, id string) string {
	e := registered(id)
	if e == nil {
		return ""
	}
	stub, err := fs.Sub(e.Files, stubDir)
	if err != nil {
		return ""
	}
	here, err := fs.Sub(root, own)
	if err != nil {
		return ""
	}
	first := signatures(stub)
	var found string
	for other, sig := range signatures(here) {
		if first[other] == "" && sig == first[name] && (found == "" || strings.EqualFold(other, name)) {
			found = other
		}
	}
	return found
}

// signatures returns parameters and results of the functions of a folder.
func signatures(dir fs.FS) map[string]string {
	all := map[string]string{}
	names, _ := fs.Glob(dir, "*.go")
	for _, name := range names {
		src, err := fs.ReadFile(dir, name)
		if err != nil {
			continue
		}
		set := token.NewFileSet()
		file, _ := parser.ParseFile(set, name, src, parser.SkipObjectResolution)
		if file == nil {
			continue
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil {
				from, to := set.Position(f.Type.Params.Pos()).Offset, set.Position(f.Type.End()).Offset
				if from < to && to <= len(src) {
					all[f.Name.Name] = string(src[from:to])
				}
			}
		}
	}
	return all
}
