package jupyter

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// Spec says how to start a kernel: the parts of kernel.json that matter here.
type Spec struct {
	Argv          []string          `json:"argv"`           // program and arguments; "{connection_file}" is replaced
	DisplayName   string            `json:"display_name"`   // as the launcher shows it
	Language      string            `json:"language"`       // "go"
	InterruptMode string            `json:"interrupt_mode"` // "message", or "signal" (the default)
	Env           map[string]string `json:"env"`            // set over the parent's environment

	Dir string `json:"-"` // the directory kernel.json was read from
}

// ReadSpec reads dir/kernel.json. It errs when the file is missing, is not
// JSON, or names no program or no connection file.
func ReadSpec(dir string) (*Spec, error) {
	file := filepath.Join(dir, "kernel.json")
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("jupyter: no kernel there: %w", err)
	}
	s := &Spec{Dir: dir}
	if err := json.Unmarshal(b, s); err != nil {
		return nil, fmt.Errorf("jupyter: %s is not a kernelspec: %w", file, err)
	}
	if len(s.Argv) == 0 {
		return nil, fmt.Errorf("jupyter: %s has no argv", file)
	}
	for _, a := range s.Argv[1:] {
		if a == connectionFile {
			return s, nil
		}
	}
	return nil, fmt.Errorf("jupyter: argv of %s has no %q", file, connectionFile)
}

// connectionFile stands in a kernelspec's argv for the file with ports and key.
const connectionFile = "{connection_file}"
