package main

import (
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/cli"
	"github.com/credence-bnn/credence/internal/lab"
)

func newDoctorCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Say what is there, what is missing, and the cure",
		Long: `Doctor looks at everything the notebooks need and changes nothing. It exits with
1 only if something is missing that credence cannot install by itself.`,
		Example: `  credence doctor`,
		Args:    cli.Usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			missing := 0
			for _, f := range lab.Examine(cmd.Context(), "") {
				mark, text := "ok", f.Found
				switch {
				case f.Cure != "" && f.Needed:
					mark = "MISSING"
					missing++
				case f.Cure != "":
					mark = "note"
				}
				if f.Cure != "" && text != "" {
					text += "; "
				}
				fmt.Fprintf(w, "%s\t%s\t%s\n", mark, f.Name, text+f.Cure)
			}
			if err := w.Flush(); err != nil {
				return err
			}
			switch {
			case missing == 1:
				return errors.New("one thing is missing: see the line above")
			case missing > 1:
				return fmt.Errorf("%d things are missing: see the lines above", missing)
			}
			fmt.Fprintln(cmd.OutOrStdout(), "\nAll is well: credence lab will start.")
			return nil
		},
	}
}
