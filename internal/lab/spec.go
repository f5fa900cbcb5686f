package lab

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"os"
	"path/filepath"
)

// The kernel as notebooks know it: the name in their metadata, and the name in
// JupyterLab's launcher.
const (
	KernelName  = "credence"
	DisplayName = "Go (Credence)"
)

//go:embed logo.svg
var logo []byte

// A kernelSpec is the content of kernel.json.
// See https://jupyter-client.readthedocs.io/en/latest/kernels.html#kernel-specs.
type kernelSpec struct {
	Argv          []string          `json:"argv"`
	DisplayName   string            `json:"display_name"`
	Language      string            `json:"language"`
	InterruptMode string            `json:"interrupt_mode"`
	Env           map[string]string `json:"env"`
}

// WriteSpec writes kernel.json and the logo, unless they are there and right.
// All paths are absolute: a moved checkout needs a new one.
func (s *setup) writeSpec(name string) error {
	list := string(filepath.ListSeparator)
	spec := kernelSpec{
		// -go_work puts the checkout into each notebook's go.work, so that
		// cells import its packages from the disk, without a network.
		Argv: []string{filepath.Join(s.tools, "gonb"), "--kernel", "{connection_file}",
			"-go_work=" + s.checkout},
		DisplayName:   DisplayName,
		Language:      "go",
		InterruptMode: "message",
		Env: map[string]string{
			// goimports and gopls are ours, go is the one that built them.
			"PATH":        s.tools + list + s.go_.bin() + list + "${PATH}",
			"GOROOT":      s.go_.root,
			"GOTOOLCHAIN": "local", // never download another Go in the middle of a lesson
			"GOFLAGS":     "",      // -mod=mod of the user's would forbid go.work
			"GOWORK":      "",      // off would, too
		},
	}
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(spec); err != nil {
		return err
	}
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, text.Bytes()) {
		return nil
	}
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return writeTrouble(err)
	}
	if err := write(filepath.Join(dir, "logo-svg.svg"), logo); err != nil {
		return err
	}
	return write(name, text.Bytes())
}
