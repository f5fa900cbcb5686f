package lab

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// JupyterEnv returns the environment that keeps JupyterLab to private
// directories: nothing of the user's own Jupyter is read or written.
func (s *setup) jupyterEnv() ([]string, error) {
	dir := func(name string) string { return filepath.Join(s.home, name) }
	config := dir("config")
	for _, name := range []string{"config", "config/labconfig", "data", "runtime", "settings", "workspaces", "ipython"} {
		if err := os.MkdirAll(dir(name), 0o700); err != nil {
			return nil, writeTrouble(err)
		}
	}
	for name, content := range map[string]any{
		"jupyter_lab_config.json":    labConfig,
		"labconfig/page_config.json": pageConfig,
	} {
		text, err := json.MarshalIndent(content, "", "  ")
		if err != nil {
			return nil, err
		}
		if err := write(filepath.Join(config, name), text); err != nil {
			return nil, err
		}
	}
	// Kernels are looked for in JUPYTER_PATH first.
	path := s.data()
	if old := os.Getenv("JUPYTER_PATH"); old != "" {
		path += string(filepath.ListSeparator) + old
	}
	return append(os.Environ(),
		"JUPYTER_PATH="+path,
		"JUPYTER_CONFIG_DIR="+config,
		"JUPYTER_DATA_DIR="+s.data(),
		"JUPYTER_RUNTIME_DIR="+dir("runtime"),
		"JUPYTERLAB_SETTINGS_DIR="+dir("settings"),
		"JUPYTERLAB_WORKSPACES_DIR="+dir("workspaces"),
		"IPYTHONDIR="+dir("ipython"),
		"PYTHONDONTWRITEBYTECODE=1",
	), nil
}

// LabConfig: no requests to PyPI for updates and extensions, and in the
// launcher the one kernel the course uses.
var labConfig = map[string]any{
	"LabApp": map[string]any{
		"check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
		"news_url":                nil,
		"extension_manager":       "readonly",
	},
	"KernelSpecManager": map[string]any{
		"allowed_kernelspecs":  []string{KernelName},
		"ensure_native_kernel": false,
	},
}

// PageConfig: the announcements extension would ask whether it may fetch news.
var pageConfig = map[string]any{
	"disabledExtensions": map[string]bool{"@jupyterlab/apputils-extension:announcements": true},
}

// TempDir makes a temporary directory named after this process, and removes
// those of processes that ended without doing so (kill -9).
func (s *setup) tempDir() (string, error) {
	all := filepath.Join(s.home, "tmp")
	old, _ := filepath.Glob(filepath.Join(all, "*-*"))
	for _, dir := range old {
		pid, _, _ := strings.Cut(filepath.Base(dir), "-")
		if n, err := strconv.Atoi(pid); err == nil && !runs(n) {
			os.RemoveAll(dir)
		}
	}
	if err := os.MkdirAll(all, 0o700); err != nil {
		return "", writeTrouble(err)
	}
	dir, err := os.MkdirTemp(all, fmt.Sprintf("%d-*", os.Getpid()))
	return dir, writeTrouble(err)
}

// Runs reports whether the process exists.
func runs(pid int) bool {
	p, err := os.FindProcess(pid)
	return err == nil && p.Signal(syscall.Signal(0)) == nil
}
