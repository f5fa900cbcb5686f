package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/bench"
	"github.com/credence-bnn/credence/internal/cli"
	"github.com/credence-bnn/credence/pkg/bnn/data/mnist10k"
)

func newBenchActiveCmd() *cobra.Command {
	var out string
	var seeds, labels int
	var fresh bool
	cmd := &cobra.Command{
		Use:   "active",
		Short: "Which digit to label next: error against labels, by five rules",
		Long: `Active trains MC dropout on digits whose labels it buys, ten a round: those with the
largest mutual information (BALD), variation ratio, entropy or spread, or any. It prints
how many labels each rule needs for 10 % and 5 % error, beside the published numbers.`,
		Example: `  credence bench active
  credence bench active --labels 160`,
		Args: cli.Usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if seeds < 1 || labels < 30 || labels > 1000 {
				return cli.BadUsage(cmd.CommandPath(), "--seeds must be at least 1, and --labels between 30 and 1000")
			}
			command := "credence bench active"
			if labels != 300 {
				command += fmt.Sprintf(" --labels %d", labels) // courses of another length do not mix
			}
			if out == "" {
				var err error
				if out, err = resultsFile("active", ""); err != nil {
					return err
				}
			}
			return benchActive(cmd, command, out, seeds, labels, fresh)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "file for the results (default notebooks/results/active.json)")
	cmd.Flags().IntVar(&seeds, "seeds", 5, "courses to average over")
	cmd.Flags().IntVar(&labels, "labels", 300, "labels to buy in all")
	cmd.Flags().BoolVar(&fresh, "fresh", false, "forget stored results and start anew")
	return cmd
}

func benchActive(cmd *cobra.Command, command, out string, seeds, labels int, fresh bool) error {
	r, err := bench.Open[bench.ActiveRow](out, command, fresh)
	if err != nil {
		return err
	}
	pool, test := mnist10k.Split()
	task := bench.ActiveDigits(pool, test, labels)
	list := seedList(seeds)
	total := seeds * len(bench.ActiveRules)
	if err := bench.Each(total, func(i int) error { // all rules of a seed before the next seed
		rule, seed := bench.ActiveRules[i%len(bench.ActiveRules)], list[i/len(bench.ActiveRules)]
		key := bench.ActiveKey(rule, seed)
		return r.Do(key, func() (bench.ActiveRow, error) {
			fmt.Fprintf(cmd.ErrOrStderr(), "%d of %d: %s\n", i+1, total, key)
			return task.Run(cmd.Context(), rule, seed)
		})
	}); err != nil {
		return stopped(cmd, err)
	}
	if err := bench.WriteActive(cmd.OutOrStdout(), r, list); err != nil {
		return err
	}
	printOrigin(cmd, r, out)
	return nil
}
