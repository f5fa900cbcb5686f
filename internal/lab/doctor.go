package lab

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/credence-bnn/credence/internal/clone"
)

// A Finding is one line of what [Examine] found out.
type Finding struct {
	Name   string // "Go", "JupyterLab", …
	Found  string // what is there: version and place; "" if nothing is
	Cure   string // what to do; "" if all is well
	Needed bool   // without it notebooks do not run; only then a cure is urgent
}

// Examine looks at everything that notebooks need, installs nothing and
// writes nothing. What the first `credence lab` will install by itself is not
// a fault.
func Examine(ctx context.Context, dir string) []Finding {
	var all []Finding
	add := func(name, found string, err error, needed bool) {
		f := Finding{Name: name, Found: found, Needed: needed}
		if err != nil {
			f.Cure = err.Error()
		}
		all = append(all, f)
	}
	if runtime.GOOS == "windows" {
		add("system", "windows/"+runtime.GOARCH, ErrWindows, true)
	} else {
		add("system", runtime.GOOS+"/"+runtime.GOARCH, nil, true)
	}
	checkout, err := clone.Root(dir)
	add("checkout", checkout, err, true)
	cache, err := CacheDir()
	if err == nil {
		err = mayWrite(cache)
	}
	add("cache", cache, err, true)
	all = append(all, examineDisk(cache))

	s := &setup{checkout: checkout, cache: cache}
	if s.go_, err = findGo(ctx, checkout); err != nil {
		add("Go", "", err, true)
	} else {
		add("Go", strings.TrimPrefix(s.go_.version, "go")+"  "+s.go_.root, nil, true)
	}
	if checkout != "" {
		all = append(all, s.examineTools()...)
		all = append(all, s.examineKernel()...)
	}
	return append(all, examineLab(ctx, cache)...)
}

// ExamineTools looks at the kernel's programs.
func (s *setup) examineTools() (all []Finding) {
	mod, err := os.ReadFile(filepath.Join(s.checkout, "tools", "go.mod"))
	if err != nil {
		return []Finding{{Name: "kernel", Cure: "the checkout is incomplete, tools/go.mod is missing: clone it again", Needed: true}}
	}
	sum, _ := os.ReadFile(filepath.Join(s.checkout, "tools", "go.sum"))
	s.tools = toolsDir(s.cache, mod, sum, s.go_)
	versions := map[string]string{}
	if f, err := modfile.ParseLax("tools/go.mod", mod, nil); err == nil {
		for _, r := range f.Require {
			versions[r.Mod.Path] = r.Mod.Version
		}
	}
	for i, p := range toolPackages {
		name := filepath.Base(p)
		version := versions[p]
		if version == "" {
			version = versions["golang.org/x/tools"] // goimports is a package of that module
		}
		f := Finding{Name: name, Found: version + "  " + filepath.Join(s.tools, name)}
		if i == 0 {
			f.Name = "kernel (" + name + ")"
		}
		if _, err := os.Stat(filepath.Join(s.tools, name)); err != nil {
			f.Found, f.Cure = "", "version "+version+" is built by the first credence lab or credence run"
		}
		all = append(all, f)
	}
	return all
}

// ExamineKernel looks at the kernelspecs: the private one, and the one that
// `credence lab --kernel-only` wrote.
func (s *setup) examineKernel() (all []Finding) {
	s.home = home(s.cache, s.checkout)
	f := Finding{Name: "kernelspec", Found: filepath.Dir(s.spec())}
	if _, err := os.Stat(s.spec()); err != nil {
		f.Found, f.Cure = "", "it is written by the first credence lab or credence run"
	}
	all = append(all, f)
	data, err := userData()
	if err != nil {
		return all
	}
	name := filepath.Join(data, "kernels", KernelName, "kernel.json")
	text, err := os.ReadFile(name)
	if err != nil {
		return all
	}
	f = Finding{Name: "kernelspec for your own Jupyter", Found: filepath.Dir(name)}
	var spec kernelSpec
	if err := json.Unmarshal(text, &spec); err != nil || !spec.usable(s.checkout) {
		f.Cure = "it is not that of this checkout (moved?) or its kernel is gone: run credence lab --kernel-only here"
	}
	return append(all, f)
}

// Usable reports whether the kernel exists and is that of the checkout.
func (k kernelSpec) usable(checkout string) bool {
	if len(k.Argv) == 0 || k.Argv[len(k.Argv)-1] != "-go_work="+checkout {
		return false
	}
	_, err := os.Stat(k.Argv[0])
	return err == nil
}

// ExamineLab looks at Python and JupyterLab. Without them, notebooks still run
// headless, so nothing here is strictly needed if a JupyterLab is there.
func examineLab(ctx context.Context, cache string) (all []Finding) {
	jl, _ := labOnPath(ctx, cache, false)
	if jl.argv != nil && !atLeast(jl.version, minLab) {
		all = append(all, Finding{Name: "JupyterLab on PATH", Found: jl.version + "  " + jl.argv[0],
			Cure: "older than " + minLab + ": a private one is used instead"})
		jl = jupyterLab{}
	}
	if jl.argv == nil {
		jl, _ = privateLab(ctx, cache)
	}
	have := jl.argv != nil
	py, err := findPython(ctx)
	f := Finding{Name: "Python", Needed: !have}
	if err != nil {
		f.Cure = err.Error()
	} else {
		f.Found = py.version + "  " + py.path
	}
	all = append(all, f)
	if err == nil {
		f = Finding{Name: "Python venv", Found: "there", Needed: !have}
		if err := py.hasVenv(ctx); err != nil {
			f.Found, f.Cure = "", err.Error()
		}
		all = append(all, f)
	}
	f = Finding{Name: "JupyterLab"}
	if have {
		f.Found = jl.version + "  " + jl.argv[0]
		if jl.private {
			f.Found += " (private)"
		}
	} else {
		f.Cure = "version " + labVersion + " is installed by the first credence lab"
	}
	return append(all, f)
}

// MayWrite says what to do if dir, or the directory it will be made in, is not writable.
func mayWrite(dir string) error {
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			break
		}
	}
	probe, err := os.CreateTemp(dir, ".credence-doctor-*")
	if err != nil {
		return writeTrouble(err)
	}
	probe.Close()
	return writeTrouble(os.Remove(probe.Name()))
}

// ExamineDisk looks at the free space for the cache.
func examineDisk(cache string) Finding {
	for cache != filepath.Dir(cache) {
		if _, err := os.Stat(cache); err == nil {
			break
		}
		cache = filepath.Dir(cache)
	}
	f := Finding{Name: "disk", Found: "free space unknown"}
	free, err := freeBytes(cache)
	if err != nil {
		return f // not every system tells
	}
	f.Found = fmt.Sprintf("%.1f GB free for the cache", float64(free)/1e9)
	if free < 2e9 {
		f.Cure = "a first start needs " + roomNeeded + ": free some, or set CREDENCE_CACHE to a directory on another disk"
		f.Needed = free < 2e8 // not even a later start works
	}
	return f
}

// Versions returns name and value pairs for `credence version`.
func Versions(ctx context.Context, dir string) [][2]string {
	own, commit := "unknown", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		own = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = s.Value
			}
			if s.Key == "vcs.modified" && s.Value == "true" {
				commit += " (modified)"
			}
		}
	}
	checkout, err := clone.Root(dir)
	if err == nil && commit == "" {
		cmd := exec.CommandContext(ctx, "git", "-C", checkout, "describe", "--always", "--dirty", "--abbrev=12")
		if out, err := cmd.Output(); err == nil {
			commit = strings.TrimSpace(string(out))
		}
	}
	all := [][2]string{{"credence", own}, {"commit", commit}, {"go", runtime.Version()}}
	if err != nil {
		return all
	}
	mod, _ := os.ReadFile(filepath.Join(checkout, "tools", "go.mod"))
	if f, err := modfile.ParseLax("tools/go.mod", mod, nil); err == nil {
		for _, r := range f.Require {
			if r.Mod.Path == toolPackages[0] {
				all = append(all, [2]string{"kernel (gonb)", r.Mod.Version})
			}
		}
	}
	return all
}
