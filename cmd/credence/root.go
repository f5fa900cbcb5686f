package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

func newRootCmd() *cobra.Command {
	root := &cobra.Command{
		Use:   "credence",
		Short: "Bayesian neural networks in Go: the course's notebooks and exercises",
		Long: `Credence opens the course's notebooks in JupyterLab, executes them headless,
checks exercises, and says what is missing on this machine.`,
		Example: `  credence lab                                    # open the course in JupyterLab
  credence run notebooks/01-coin-flips.ipynb      # execute a chapter, no Python needed
  credence check 01-coin-flips                    # check an exercise
  credence doctor                                 # what is missing, and the cure`,
		SilenceErrors: true, // main prints them, in one line
		SilenceUsage:  true,
		Args:          usage(cobra.NoArgs),
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SuggestionsMinimumDistance = 2
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{cmd.CommandPath(), err.Error()}
	})
	root.AddCommand(
		newLabCmd(),
		newCheckCmd(),
		newRunCmd(),
		newSiteCmd(),
		newDataCmd(),
		newBenchCmd(),
		newDoctorCmd(),
		newVersionCmd(),
	)
	return root
}

// A usageError is a command line that cannot be understood.
type usageError struct{ command, problem string }

func (e usageError) Error() string {
	return fmt.Sprintf("%s; see `%s --help`", e.problem, e.command)
}

// Usage makes the complaints of a check of positional arguments usage errors.
func usage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		err := check(cmd, args)
		if err == nil {
			return nil
		}
		problem := err.Error()
		if !cmd.HasParent() && len(args) > 0 {
			problem = fmt.Sprintf("unknown command %q", args[0])
			if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
				problem += ", did you mean " + strings.Join(near, " or ") + "?"
			}
		}
		return usageError{cmd.CommandPath(), problem}
	}
}
