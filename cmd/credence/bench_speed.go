package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/bench/peers"
	"github.com/credence-bnn/credence/internal/bench"
	"github.com/credence-bnn/credence/internal/cli"
	"github.com/credence-bnn/credence/internal/lab"
	"github.com/credence-bnn/credence/internal/proc"
)

func newBenchSpeedCmd() *cobra.Command {
	var out, worker string
	var only []string
	var threads []int
	var rounds int
	var ms float64
	var install, cpu, fresh bool
	cmd := &cobra.Command{
		Use:   "speed",
		Short: "A training step and MC dropout, beside PyTorch and JAX on this machine",
		Long: `Speed times one step of Bayes by Backprop and the passes of MC dropout on small and on
large networks, ours and those of the peers that are installed: PyTorch, eager and
compiled, and JAX under jit. All sides of a row run at the same time, pinned to the same
processors, and take turns; only one works at a time. It prints medians, ratios with 95 %
bootstrap intervals, versions, kernels, and what this machine can do at best.

--peers installs PyTorch and JAX, of fixed versions and some gigabytes, into an
environment of their own below the cache. Without it, a python3 on PATH that has torch or
jax is asked.`,
		Example: `  credence bench speed
  credence bench speed --peers
  credence bench speed --row "step 13-50-1" --threads 1`,
		Args: cli.Usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if rounds < 1 || !(ms > 0) {
				return cli.BadUsage(cmd.CommandPath(), "--rounds and --ms must be positive")
			}
			if worker != "" {
				return serveSpeed(cmd, worker, threads[0])
			}
			if out == "" {
				var err error
				if out, err = resultsFile("speed", ""); err != nil {
					return err
				}
			}
			python, scripts, err := speedPeers(cmd, install)
			if err != nil {
				return err
			}
			return benchSpeed(cmd, out, only, threads, rounds, ms, python, scripts, cpu, fresh)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "file for the results (default notebooks/results/speed.json)")
	cmd.Flags().StringArrayVar(&only, "row", nil, "only rows whose name contains this; may be given several times")
	cmd.Flags().IntSliceVar(&threads, "threads", []int{1, 2}, "threads a side")
	cmd.Flags().IntVar(&rounds, "rounds", 15, "turns of each side")
	cmd.Flags().Float64Var(&ms, "ms", 250, "milliseconds a turn")
	cmd.Flags().BoolVar(&install, "peers", false, "install PyTorch and JAX into an environment of their own first")
	cmd.Flags().BoolVar(&cpu, "cpu", false, "print times of the processor instead of the clock's (both are stored)")
	cmd.Flags().BoolVar(&fresh, "fresh", false, "forget stored results and start anew")
	cmd.Flags().StringVar(&worker, "worker", "", "serve one row on standard input")
	_ = cmd.Flags().MarkHidden("worker") // the flag is there
	return cmd
}

// serveSpeed is our side of a row, in a process of its own like every side.
func serveSpeed(cmd *cobra.Command, name string, threads int) error {
	for _, t := range bench.SpeedTasks() {
		if t.Name == name {
			return bench.ServeSpeed(t, threads, cmd.InOrStdin(), cmd.OutOrStdout())
		}
	}
	return fmt.Errorf("there is no row %q", name)
}

// speedPeers returns the Python to run the peers with and where their scripts are, and
// installs them if told to.
func speedPeers(cmd *cobra.Command, install bool) (python, scripts string, err error) {
	cache, err := lab.CacheDir()
	if err != nil {
		return "", "", err
	}
	scripts = filepath.Join(cache, "peers")
	if err := os.MkdirAll(scripts, 0o755); err != nil {
		return "", "", err
	}
	files, err := fs.Glob(peers.Files, "*")
	if err != nil {
		return "", "", err
	}
	for _, f := range files {
		b, err := peers.Files.ReadFile(f)
		if err != nil {
			return "", "", err
		}
		if err := os.WriteFile(filepath.Join(scripts, f), b, 0o644); err != nil {
			return "", "", err
		}
	}
	venv := filepath.Join(scripts, "env")
	python = filepath.Join(venv, "bin", "python")
	if install {
		for _, argv := range [][]string{
			{"python3", "-m", "venv", venv},
			{python, "-m", "pip", "install", "--no-cache-dir", "-r", filepath.Join(scripts, "requirements.txt")},
		} {
			fmt.Fprintln(cmd.ErrOrStderr(), strings.Join(argv, " "))
			c := proc.Command(cmd.Context(), argv[0], argv[1:]...)
			c.Stdout, c.Stderr = cmd.ErrOrStderr(), cmd.ErrOrStderr()
			if err := c.Run(); err != nil {
				return "", "", fmt.Errorf("cannot install the peers: %w; Debian and Ubuntu have an older PyTorch: sudo apt install python3-torch, then credence bench speed without --peers", err)
			}
		}
	}
	if _, err := os.Stat(python); err == nil {
		return python, scripts, nil
	}
	if python, err = exec.LookPath("python3"); err != nil {
		return "", scripts, nil // nobody to compare with
	}
	return python, scripts, nil
}

// speedSides returns how to start each side, ours first.
func speedSides(python, scripts string) ([]bench.SpeedCommand, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	pin := func(threads int, argv ...string) []string {
		if taskset, err := exec.LookPath("taskset"); err == nil {
			return append([]string{taskset, "-c", fmt.Sprintf("0-%d", threads-1)}, argv...)
		}
		return argv
	}
	sides := []bench.SpeedCommand{{Name: "Credence", Argv: func(t bench.SpeedTask, threads int) []string {
		return pin(threads, self, "bench", "speed", "--worker", t.Name, "--threads", strconv.Itoa(threads))
	}}}
	if python == "" {
		return sides, nil
	}
	for _, p := range []struct{ script, variant, module string }{
		{"torch_peer.py", "eager", "torch"}, {"torch_peer.py", "batched", "torch"}, {"torch_peer.py", "compiled", "torch"},
		{"jax_peer.py", "threefry", "jax"}, {"jax_peer.py", "rbg", "jax"},
	} {
		if exec.Command(python, "-c", "import "+p.module).Run() != nil {
			continue
		}
		sides = append(sides, bench.SpeedCommand{Name: p.module + " " + p.variant, Argv: func(t bench.SpeedTask, threads int) []string {
			if p.variant == "batched" && t.Draws == 0 {
				return nil
			}
			return append(pin(threads, python, filepath.Join(scripts, p.script), "--variant", p.variant), t.Args(threads)...)
		}})
	}
	return sides, nil
}

func benchSpeed(cmd *cobra.Command, out string, only []string, threads []int, rounds int, ms float64, python, scripts string, cpu, fresh bool) error {
	r, err := bench.Open[bench.SpeedRow](out, "credence bench speed", fresh)
	if err != nil {
		return err
	}
	sides, err := speedSides(python, scripts)
	if err != nil {
		return err
	}
	if len(sides) == 1 {
		fmt.Fprintln(cmd.ErrOrStderr(), "no peer is installed: only our times; `credence bench speed --peers` installs PyTorch and JAX")
	}
	for _, n := range threads {
		for _, t := range bench.SpeedTasks() {
			if len(only) > 0 && !slices.ContainsFunc(only, func(s string) bool { return strings.Contains(t.Name, s) }) {
				continue
			}
			key := bench.SpeedKey(t, n)
			if !r.Stored(key) {
				fmt.Fprintln(cmd.ErrOrStderr(), key)
			}
			err := r.Do(key, func() (bench.SpeedRow, error) { return bench.RunSpeed(cmd.Context(), t, n, rounds, ms, sides) })
			if err != nil {
				return stopped(cmd, err)
			}
		}
	}
	if err := bench.WriteSpeed(cmd.OutOrStdout(), r, threads, cpu); err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "\nFrom %s (%s), %.0f s: %s\n", r.Machine, strings.TrimSpace(r.Commit), r.Seconds, out)
	return nil
}
