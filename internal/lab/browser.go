package lab

import (
	"os"
	"os/exec"
	"runtime"
)

// OpenBrowser shows url in the user's browser, if there is one: on a server
// without a screen nothing happens. It does not wait for it, and the browser
// goes on when we end: it is not a child in the sense of package proc.
func OpenBrowser(url string) {
	for _, name := range openers() {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		if cmd := exec.Command(path, url); cmd.Start() == nil {
			go cmd.Wait()
			return
		}
	}
}

// Openers are the programs that open an address, best first.
func openers() []string {
	switch {
	case runtime.GOOS == "darwin":
		return []string{"open"}
	case os.Getenv("WSL_DISTRO_NAME") != "":
		return []string{"wslview", "explorer.exe", "xdg-open"}
	case os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "":
		return []string{"xdg-open", "sensible-browser", "firefox"}
	}
	return nil
}
