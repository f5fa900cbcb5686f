package guard

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeCode checks that every line of the README's Go example stands, in order,
// in docs/quickstart, which is compiled and tested. A line "…" stands for what is left out.
func TestReadmeCode(t *testing.T) {
	readme := read(t, "README.md")
	program := strings.Split(read(t, "docs/quickstart/main.go")+read(t, "docs/quickstart/main_test.go"), "\n")
	_, block, ok := strings.Cut(readme, "```go\n")
	block, _, closed := strings.Cut(block, "```")
	if !ok || !closed {
		t.Fatal("README.md has no Go example")
	}
	at := 0
	for line := range strings.Lines(block) {
		line = strings.TrimSpace(line)
		if line == "" || line == "…" {
			continue
		}
		for ; at < len(program) && strings.TrimSpace(program[at]) != line; at++ {
		}
		if at == len(program) {
			t.Fatalf("the README's line\n\t%s\nis not in docs/quickstart, or not in this order", line)
		}
	}
}

// TestReadmeCommands checks that the two commands are there, word for word.
func TestReadmeCommands(t *testing.T) {
	readme := read(t, "README.md")
	for _, command := range []string{"\n    go run ./cmd/credence lab ", "\n    go test -timeout 30m ./... "} {
		if !strings.Contains(readme, command) {
			t.Errorf("README.md lacks the command %q", strings.TrimSpace(command))
		}
	}
}

// TestStructureTable checks the README's table of paths against the checkout.
func TestStructureTable(t *testing.T) {
	_, table, _ := strings.Cut(read(t, "README.md"), "| path | why it exists |")
	table, _, _ = strings.Cut(table, "\n\n")
	paths := regexp.MustCompile("`([a-z]+(?:/[a-z]*)*)`")
	for line := range strings.Lines(table) {
		cell, _, _ := strings.Cut(strings.TrimPrefix(line, "|"), "|")
		for _, m := range paths.FindAllStringSubmatch(cell, -1) {
			if info, err := os.Stat(filepath.Join(root(t), m[1])); err != nil || !info.IsDir() {
				t.Errorf("README.md explains %s, which is no directory", m[1])
			}
		}
	}
}

// read returns a file of the checkout.
func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(t), path))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
