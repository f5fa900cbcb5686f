package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/bench"
	"github.com/credence-bnn/credence/internal/cli"
	"github.com/credence-bnn/credence/internal/clone"
)

func newBenchCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Run a long experiment of the course; resumable",
		Long: `Bench runs the experiments that take too long for a chapter. A finished step is
stored at once: after Ctrl-C, the same command goes on where it stopped.`,
		Args: cli.Usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newBenchMethodsCmd(), newBenchUCICmd(), newBenchDigitsCmd(), newBenchActiveCmd(), newBenchSpeedCmd())
	return cmd
}

func newBenchMethodsCmd() *cobra.Command {
	var out string
	var seeds int
	var fresh bool
	cmd := &cobra.Command{
		Use:   "methods",
		Short: "All methods on the gap sine and two moons, beside HMC",
		Long: `Methods fits every method to two small problems and prints, as Markdown, the test
log likelihood, calibration, doubt where there are no data beside that of HMC,
seconds and parameters. Results go to notebooks/results/methods.json.`,
		Example: `  credence bench methods
  credence bench methods --seeds 5 --out /somewhere/methods.json`,
		Args: cli.Usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if seeds < 1 {
				return cli.BadUsage(cmd.CommandPath(), "--seeds must be at least 1")
			}
			if out == "" {
				var err error
				if out, err = resultsFile("methods", ""); err != nil {
					return err
				}
			}
			return benchMethods(cmd, out, seeds, fresh)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "file for the results (default notebooks/results/methods.json)")
	cmd.Flags().IntVar(&seeds, "seeds", 3, "data sets and starts to average over")
	cmd.Flags().BoolVar(&fresh, "fresh", false, "forget stored results and start anew")
	return cmd
}

// resultsFile is where an experiment stores its results: with the course's, or
// beside the user's own file.
func resultsFile(name, own string) (string, error) {
	if own != "" {
		return own + "." + name + ".json", nil
	}
	dir, err := clone.Root("")
	if err != nil {
		return "", fmt.Errorf("%w, or say where results go with --out FILE", err)
	}
	return filepath.Join(dir, "notebooks", "results", name+".json"), nil
}

func benchMethods(cmd *cobra.Command, out string, seeds int, fresh bool) error {
	r, err := bench.Open[bench.MethodRow](out, "credence bench methods", fresh)
	if err != nil {
		return err
	}
	list := seedList(seeds)
	names := []string{"gap sine", "two moons"}
	methods := bench.Methods()
	total, done := len(names)*len(methods)*seeds, 0
	for _, seed := range list {
		for _, task := range []*bench.Task{bench.GapSine(seed), bench.TwoMoons(seed)} {
			for i, m := range methods {
				done++
				key := bench.Key(task.Name, m.Name, seed)
				if !r.Stored(key) {
					fmt.Fprintf(cmd.ErrOrStderr(), "%d of %d: %s\n", done, total, key)
				}
				if err := r.Do(key, func() (bench.MethodRow, error) {
					return task.Run(cmd.Context(), m.Method, rand.New(rand.NewPCG(seed, uint64(i))))
				}); err != nil {
					return stopped(cmd, err)
				}
			}
		}
	}
	if err := bench.WriteMethods(cmd.OutOrStdout(), r, names, methods, list); err != nil {
		return err
	}
	printOrigin(cmd, r, out)
	return nil
}

// printOrigin says where a table's numbers come from.
func printOrigin[R any](cmd *cobra.Command, r *bench.Result[R], out string) {
	fmt.Fprintf(cmd.OutOrStdout(), "\nFrom %s (%s), %.0f s of computing: %s\n", r.Machine, strings.TrimSpace(r.Commit), r.Seconds, out)
}

// stopped returns err; after Ctrl-C it says that nothing is lost.
func stopped(cmd *cobra.Command, err error) error {
	if cmd.Context().Err() != nil {
		fmt.Fprintln(cmd.ErrOrStderr(), "stopped; the same command goes on from here")
	}
	return err
}

// seedList returns the seeds 1 … n.
func seedList(n int) []uint64 {
	list := make([]uint64, n)
	for i := range list {
		list[i] = uint64(i + 1)
	}
	return list
}
