package lab

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// Install prepares the kernel and writes its kernelspec into the user's own
// Jupyter data directory, for an existing Jupyter, VS Code or hub. It returns
// the directory of the kernelspec.
func Install(ctx context.Context, o Options) (dir string, err error) {
	s, err := prepare(ctx, o)
	if err != nil {
		return "", err
	}
	data, err := userData()
	if err != nil {
		return "", err
	}
	dir = filepath.Join(data, "kernels", KernelName)
	return dir, s.writeSpec(filepath.Join(dir, "kernel.json"))
}

// UserData is the user's Jupyter data directory.
// See https://docs.jupyter.org/en/latest/use/jupyter-directories.html#data-files.
func userData() (string, error) {
	if dir := os.Getenv("JUPYTER_DATA_DIR"); dir != "" {
		return filepath.Abs(dir)
	}
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" && runtime.GOOS != "darwin" {
		return filepath.Join(dir, "jupyter"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("no Jupyter data directory (%w): set JUPYTER_DATA_DIR", err)
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Jupyter"), nil
	}
	return filepath.Join(home, ".local", "share", "jupyter"), nil
}
