package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/cli"
	"github.com/credence-bnn/credence/internal/lab"
)

func newVersionCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the versions of credence, Go and the kernel",
		Example: `  credence version`,
		Args:    cli.Usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			for _, v := range lab.Versions(cmd.Context(), "") {
				fmt.Fprintf(w, "%s\t%s\n", v[0], v[1])
			}
			return w.Flush()
		},
	}
}
