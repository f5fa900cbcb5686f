package lab

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
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
	// The search for language servers would start npm and rustup, which write
	// into the home directory; completion comes from the kernel's gopls.
	"LanguageServerManager": map[string]any{
		"autodetect": false,
	},
}

// PageConfig: the announcements extension would ask whether it may fetch news.
var pageConfig = map[string]any{
	"disabledExtensions": map[string]bool{"@jupyterlab/apputils-extension:announcements": true},
}

// TempDir makes a temporary directory named after this process, and removes
// those of processes that ended without doing so (kill -9).
//
// Its path is short: gopls listens on a socket in it, and systems cut the
// names of sockets at about 100 bytes. Where even that is too long, the
// system's own temporary directory has to do.
func (s *setup) tempDir() (string, error) {
	all := filepath.Join(s.cache, "tmp")
	old, _ := os.ReadDir(all)
	for _, e := range old {
		if pid, err := strconv.Atoi(e.Name()); err == nil && !runs(pid) {
			os.RemoveAll(filepath.Join(all, e.Name()))
		}
	}
	dir := filepath.Join(all, strconv.Itoa(os.Getpid()))
	if len(dir) > maxSocket-len("/gonb_01234567/gopls_socket") {
		dir, err := os.MkdirTemp("", "credence-")
		return dir, writeTrouble(err)
	}
	os.RemoveAll(dir) // of an earlier process with our number
	return dir, writeTrouble(os.MkdirAll(dir, 0o700))
}

// MaxSocket is the length of a socket's name that every system allows.
const maxSocket = 100

// Runs reports whether the process exists.
func runs(pid int) bool {
	p, err := os.FindProcess(pid)
	return err == nil && p.Signal(syscall.Signal(0)) == nil
}
