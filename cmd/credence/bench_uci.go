package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/bench"
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
	var splits int
	var fresh bool
	cmd := &cobra.Command{
		Use:   "uci",
		Short: "Regression on the UCI benchmark's own splits, beside published numbers",
		Long: `UCI fits every method to the sets of the regression benchmark that are on this
machine, on the published splits, with settings chosen on rows of the training part,
and prints RMSE and log likelihood in raw units, with standard errors, beside the
published columns. Sets that are missing are named with the command that fetches
them. With --data, a CSV file of your own runs through the same code.`,
		Example: `  credence bench uci
  credence bench uci --set yacht --set boston
  credence bench uci --data springs.csv --target "length (cm)"`,
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if (file == "") != (target == "") {
				return usageError{cmd.CommandPath(), "--data FILE and --target COLUMN go together"}
			}
			sets, err := benchSets(cmd, file, target, only)
			if err != nil {
				return err
			}
			if out == "" {
				if out, err = resultsFile("uci", file); err != nil {
					return err
				}
			}
			return benchUCI(cmd, out, sets, splits, fresh)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "file for the results (default notebooks/results/uci.json, or beside --data)")
	cmd.Flags().StringSliceVar(&only, "set", nil, "only this set; may be given several times")
	cmd.Flags().StringVar(&file, "data", "", "a CSV file of your own, with a header")
	cmd.Flags().StringVar(&target, "target", "", "its target column")
	cmd.Flags().IntVar(&splits, "splits", 0, "at most so many splits a set (default all: 20, protein 5)")
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

func benchUCI(cmd *cobra.Command, out string, sets []benchSet, most int, fresh bool) error {
	r, err := bench.Open[bench.UCIRow](out, "credence bench uci", fresh)
	if err != nil {
		return err
	}
	methods, names, count := bench.UCIMethods(), []string{}, map[string]int{}
	for _, s := range sets {
		names, count[s.name] = append(names, s.name), s.splits
		if most > 0 {
			count[s.name] = min(most, s.splits)
		}
	}
	for _, s := range sets {
		folds := data.NumpySplits(s.set.Len(), s.splits, 0.9, 1)[:count[s.name]]
		for i, m := range methods {
			if err := bench.Each(len(folds), func(k int) error {
				key := bench.UCIKey(s.name, m.Name, k)
				return r.Do(key, func() (bench.UCIRow, error) {
					fmt.Fprintln(cmd.ErrOrStderr(), key)
					return m.Run(cmd.Context(), s.set, folds[k], s.hidden, rand.New(rand.NewPCG(uint64(k), uint64(i))))
				})
			}); err != nil {
				if cmd.Context().Err() != nil {
					fmt.Fprintln(cmd.ErrOrStderr(), "stopped; the same command goes on from here")
				}
				return err
			}
		}
	}
	if err := bench.WriteUCI(cmd.OutOrStdout(), r, names, methods, func(set string) int { return count[set] }); err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "\nFrom %s (%s), %.0f s of computing: %s\n", r.Machine, strings.TrimSpace(r.Commit), r.Seconds, out)
	return nil
}
