package main

import (
	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/checkcmd"
	"github.com/credence-bnn/credence/internal/cli"
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
		Args: cli.Usage(cobra.NoArgs),
		RunE: cli.Help,
	}
	root.AddCommand(
		newLabCmd(),
		checkcmd.New(),
		newRunCmd(),
		newSiteCmd(),
		newDataCmd(),
		newBenchCmd(),
		newDoctorCmd(),
		newVersionCmd(),
	)
	return root
}
