package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/bench"
	"github.com/credence-bnn/credence/internal/cli"
	"github.com/credence-bnn/credence/pkg/bnn/data/fashion2000"
	"github.com/credence-bnn/credence/pkg/bnn/data/kmnist"
	"github.com/credence-bnn/credence/pkg/bnn/data/mnist"
	"github.com/credence-bnn/credence/pkg/bnn/data/mnist10k"
)

func newBenchDigitsCmd() *cobra.Command {
	var out string
	var nets []string
	var seeds int
	var full, fresh bool
	cmd := &cobra.Command{
		Use:   "digits",
		Short: "Digits: error, calibration, and what networks say to pictures that are none",
		Long: `Digits fits MAP, MC dropout, VI and an ensemble to 8,000 handwritten digits, with
settings chosen on a fifth of them, and prints error, NLL and ECE on 2,000 others, and how
well the networks' doubt tells digits from clothes, and from Japanese characters where
these are present (credence data fetch kmnist). With --full it takes all 60,000 and
10,000 digits of MNIST (credence data fetch mnist).`,
		Example: `  credence bench digits
  credence bench digits --net cnn --seeds 1
  credence bench digits --full`,
		Args: cli.Usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if seeds < 1 {
				return cli.BadUsage(cmd.CommandPath(), "--seeds must be at least 1")
			}
			for _, n := range nets {
				if !slices.Contains(bench.DigitsNets, n) {
					return cli.BadUsage(cmd.CommandPath(), fmt.Sprintf("--net %q; it must be one of %s", n, strings.Join(bench.DigitsNets, ", ")))
				}
			}
			name := "digits"
			if full {
				name = "digits-full"
			}
			if out == "" {
				var err error
				if out, err = resultsFile(name, ""); err != nil {
					return err
				}
			}
			task, err := digitsTask(cmd, full)
			if err != nil {
				return err
			}
			return benchDigits(cmd, task, "credence bench "+strings.Replace(name, "-", " --", 1), out, nets, seeds, fresh)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "file for the results (default notebooks/results/digits.json, or digits-full.json)")
	cmd.Flags().StringSliceVar(&nets, "net", bench.DigitsNets, "only this network: dense or cnn")
	cmd.Flags().IntVar(&seeds, "seeds", 3, "starts to average over")
	cmd.Flags().BoolVar(&full, "full", false, "all of MNIST instead of 10,000 digits of it")
	cmd.Flags().BoolVar(&fresh, "fresh", false, "forget stored results and start anew")
	return cmd
}

// digitsTask loads what is there and says what is not.
func digitsTask(cmd *cobra.Command, full bool) (*bench.Digits, error) {
	t := &bench.Digits{Outside: []bench.Pictures{{Name: "clothes", Set: fashion2000.Set()}}}
	if full {
		var err error
		if t.Train, t.Test, err = mnist.Load(); err != nil {
			return nil, err
		}
	} else {
		t.Train, t.Test = mnist10k.Split()
	}
	letters, err := kmnist.Load()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		fmt.Fprintln(cmd.ErrOrStderr(), err)
	case err != nil:
		return nil, err
	default:
		t.Outside = append(t.Outside, bench.Pictures{Name: "KMNIST", Set: letters})
	}
	return t, nil
}

func benchDigits(cmd *cobra.Command, task *bench.Digits, command, out string, nets []string, seeds int, fresh bool) error {
	r, err := bench.Open[bench.DigitsRow](out, command, fresh)
	if err != nil {
		return err
	}
	type job struct {
		net    string
		method bench.Tuned
		index  uint64 // of the method: its stream of random numbers
		seed   uint64 // 0 for the choice
	}
	var choices, runs []job
	var methods, outside []string
	list := seedList(seeds)
	for _, net := range nets {
		methods = nil
		for i, m := range bench.DigitsMethods(net, task.Train.Len()) {
			methods = append(methods, m.Name)
			if m.Like == "" {
				choices = append(choices, job{net, m, uint64(i), 0})
			}
			for _, seed := range list {
				runs = append(runs, job{net, m, uint64(i), seed})
			}
		}
	}
	for _, o := range task.Outside {
		outside = append(outside, o.Name)
	}
	total := len(choices) + len(runs)
	for pass, jobs := range [][]job{choices, runs} {
		if err := bench.Each(len(jobs), func(i int) error {
			j := jobs[i]
			key := bench.DigitsKey(j.net, j.method.Name, j.seed)
			return r.Do(key, func() (bench.DigitsRow, error) {
				fmt.Fprintf(cmd.ErrOrStderr(), "%d of %d: %s\n", pass*len(choices)+i+1, total, key)
				rng := rand.New(rand.NewPCG(j.seed, j.index))
				if j.seed == 0 {
					return task.Choose(cmd.Context(), j.method, rng)
				}
				choice := r.Row(bench.DigitsKey(j.net, cmp.Or(j.method.Like, j.method.Name), 0)).Choice
				return task.Run(cmd.Context(), j.method, choice, rng)
			})
		}); err != nil {
			return stopped(cmd, err)
		}
	}
	if err := bench.WriteDigits(cmd.OutOrStdout(), r, nets, methods, outside, list); err != nil {
		return err
	}
	printOrigin(cmd, r, out)
	return nil
}
