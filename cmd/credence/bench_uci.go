package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/bench"
	"github.com/credence-bnn/credence/internal/cli"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/data/uci"
)

// benchSet is a set of the UCI benchmark, or a file of the user's own.
type benchSet struct {
	name           string
	set            *data.Set
	splits, hidden int
}

func newBenchUCICmd() *cobra.Command {
	var out, file, target string
	var only []string
	var methods []string
	var splits int
	var tune, fresh bool
	cmd := &cobra.Command{
		Use:   "uci",
		Short: "Regression on the UCI benchmark's own splits, beside published numbers",
		Long: `UCI fits every method to the sets of the regression benchmark that are on this
machine, on the published splits, with settings chosen on rows of the training part,
and prints RMSE and log likelihood in raw units, with standard errors, beside the
published columns. Sets that are missing are named with the command that fetches
them. With --data, a CSV file of your own runs through the same code. With --tune it only
shows how all settings do on rows of the training parts, and looks at no test row.`,
		Example: `  credence bench uci
  credence bench uci --set yacht --set boston
  credence bench uci --tune --splits 3 --method VI
  credence bench uci --data springs.csv --target "length (cm)"`,
		Args: cli.Usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if (file == "") != (target == "") {
				return cli.BadUsage(cmd.CommandPath(), "--data FILE and --target COLUMN go together")
			}
			chosen, err := uciMethods(methods)
			if err != nil {
				return cli.BadUsage(cmd.CommandPath(), err.Error())
			}
			sets, err := benchSets(cmd, file, target, only)
			if err != nil {
				return err
			}
			if out == "" {
				name := "uci"
				if tune {
					name = "uci-tune"
				}
				if out, err = resultsFile(name, file); err != nil {
					return err
				}
			}
			command, err := uciCommand(file, target, tune)
			if err != nil {
				return err
			}
			return benchUCI(cmd, command, out, sets, chosen, splits, tune, fresh)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "file for the results (default notebooks/results/uci.json, or beside --data)")
	cmd.Flags().StringSliceVar(&only, "set", nil, "only this set; may be given several times")
	cmd.Flags().StringVar(&file, "data", "", "a CSV file of your own, with a header")
	cmd.Flags().StringVar(&target, "target", "", "its target column")
	cmd.Flags().IntVar(&splits, "splits", 0, "at most so many splits a set (default all: 20, protein 5)")
	cmd.Flags().StringSliceVar(&methods, "method", nil, "only this method; may be given several times")
	cmd.Flags().BoolVar(&tune, "tune", false, "only try settings on rows of the training parts (results in uci-tune.json)")
	cmd.Flags().BoolVar(&fresh, "fresh", false, "forget stored results and start anew")
	return cmd
}

// benchSets loads what is there and says what is not.
func benchSets(cmd *cobra.Command, file, target string, only []string) ([]benchSet, error) {
	if file != "" {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		set, err := data.ReadCSV(filepath.Base(file), f, target)
		return []benchSet{{name: filepath.Base(file), set: set, splits: 20, hidden: 50}}, err
	}
	wanted := uci.Sets()
	if len(only) > 0 {
		wanted = nil
		for _, name := range only {
			s, err := uci.Find(name)
			if err != nil {
				return nil, err
			}
			wanted = append(wanted, s)
		}
	}
	var sets []benchSet
	for _, s := range wanted {
		set, err := s.Load()
		switch {
		case errors.Is(err, fs.ErrNotExist):
			fmt.Fprintln(cmd.ErrOrStderr(), err)
			continue
		case err != nil:
			return nil, err
		}
		sets = append(sets, benchSet{s.Name, set, s.Splits, s.Hidden})
	}
	if len(sets) == 0 {
		return nil, errors.New("none of the sets is on this machine: run `credence data fetch uci`")
	}
	return sets, nil
}

// uciMethods returns the names of all methods, or checks those given.
func uciMethods(only []string) (names []string, err error) {
	for _, m := range bench.UCIMethods(0) {
		names = append(names, m.Name)
	}
	for _, name := range only {
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("--method %q; there are %s", name, strings.Join(names, ", "))
		}
	}
	if len(only) > 0 {
		names = slices.DeleteFunc(names, func(n string) bool { return !slices.Contains(only, n) })
	}
	return names, nil
}

// uciCommand names what a result file holds, so that one of another file, another target
// or an older content of the same file is not taken for it.
func uciCommand(file, target string, tune bool) (string, error) {
	command := "credence bench uci"
	if tune {
		command += " --tune"
	}
	if file == "" {
		return command, nil
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s --data %s --target %q (sha256 %.12x)", command, filepath.Base(file), target, sha256.Sum256(content)), nil
}

func benchUCI(cmd *cobra.Command, command, out string, sets []benchSet, methods []string, most int, tune, fresh bool) error {
	write := bench.WriteUCI
	if tune {
		write = bench.WriteTuning
	}
	r, err := bench.Open[bench.UCIRow](out, command, fresh)
	if err != nil {
		return err
	}
	names, count := []string{}, map[string]int{}
	for _, s := range sets {
		names, count[s.name] = append(names, s.name), s.splits
		if most > 0 {
			count[s.name] = min(most, s.splits)
		}
	}
	first, then := uciJobs(cmd, r, sets, methods, count, tune)
	for _, jobs := range [][]func() error{first, then} {
		if err := bench.Each(len(jobs), func(i int) error { return jobs[i]() }); err != nil {
			return stopped(cmd, err)
		}
	}
	if err := write(cmd.OutOrStdout(), r, names, methods, func(set string) int { return count[set] }); err != nil {
		return err
	}
	printOrigin(cmd, r, out)
	if tune {
		return nil
	}
	figure, err := bench.UCIFigure(r, names, methods, func(set string) int { return count[set] })
	if err != nil {
		return err
	}
	picture := strings.TrimSuffix(out, ".json") + ".png"
	fmt.Fprintf(cmd.OutOrStdout(), "The same as a figure: %s\n", picture)
	return figure.Save(picture)
}

// uciJobs returns a job for every split of every set under every method: those that can
// start at once, and those of methods that take the settings another one has chosen.
func uciJobs(cmd *cobra.Command, r *bench.Result[bench.UCIRow], sets []benchSet, methods []string, count map[string]int, tune bool) (first, then []func() error) {
	for _, s := range sets {
		folds := data.NumpySplits(s.set.Len(), s.splits, 0.9, 1)[:count[s.name]]
		for i, m := range bench.UCIMethods(len(folds[0].Train)) {
			if !slices.Contains(methods, m.Name) {
				continue
			}
			jobs := &first
			if m.Like != "" {
				jobs = &then
			}
			for k, fold := range folds {
				*jobs = append(*jobs, func() error {
					key := bench.UCIKey(s.name, m.Name, k)
					return r.Do(key, func() (bench.UCIRow, error) {
						fmt.Fprintln(cmd.ErrOrStderr(), key)
						rng := rand.New(rand.NewPCG(uint64(k), uint64(i)))
						if tune {
							_, row, err := m.Choose(cmd.Context(), s.set, fold, s.hidden, rng)
							return row, err
						}
						choice := r.Row(bench.UCIKey(s.name, m.Like, k)).Choice // "" where there is none
						return m.Run(cmd.Context(), s.set, fold, s.hidden, choice, rng)
					})
				})
			}
		}
	}
	return first, then
}
