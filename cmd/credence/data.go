package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/cli"
	"github.com/credence-bnn/credence/internal/fetch"
	"github.com/credence-bnn/credence/pkg/bnn/data"
)

func newDataCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "data",
		Short: "List, fetch and verify data sets",
		Long: `Data knows the sets that are part of the program, and those too large or not free
enough for that: they lie in the data directory, which is CREDENCE_DATA if set, else
data in CREDENCE_CACHE, else credence/data in your cache directory.`,
		Example: `  credence data list                # what there is, and where
  credence data fetch uci/energy    # one set of the UCI benchmark
  credence data fetch uci mnist     # all nine of it, and the 70,000 digits
  credence data verify              # are they what they should be?`,
		Args: cli.Usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newDataListCmd(), newDataFetchCmd(), newDataVerifyCmd())
	return cmd
}

func newDataListCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "The sets, their licences, and where they are",
		Example: `  credence data list
  CREDENCE_DATA=~/datasets credence data list`,
		Args: cli.Usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := data.Dir()
			if err != nil {
				return err
			}
			out := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			fmt.Fprintln(out, "Part of the program (import pkg/bnn/data/NAME):")
			for _, a := range embeddedSets() {
				fmt.Fprintf(out, "  %s\t%d rows\t%s\t%s (%s)\n", a.Name, a.Rows, a.Licence, a.What, a.Origin)
			}
			fmt.Fprintf(out, "\nIn %s:\n", dir)
			for _, s := range externalSets(dir) {
				fmt.Fprintf(out, "  %s\t%d rows\t%s\t%s\t%s", s.name, s.rows, s.licence, s.what, s.where(dir))
				if s.note != "" {
					fmt.Fprintf(out, " (%s)", s.note)
				}
				fmt.Fprintln(out)
			}
			return out.Flush()
		},
	}
}

// Where says where the set is, below dir if it can be said so, or how to get it.
func (s externalSet) where(dir string) string {
	switch n, path := s.missing(); {
	case n == 0 && len(s.files) == 1:
		if rel, err := filepath.Rel(dir, path); err == nil {
			return rel
		}
		return path
	case n == 0:
		return fmt.Sprintf("%d files", len(s.files))
	case n < len(s.files):
		return fmt.Sprintf("%d of %d files missing: credence data fetch %s", n, len(s.files), s.name)
	}
	return "missing: credence data fetch " + s.name
}

func newDataVerifyCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Recompute the checksum of every set that is there",
		Long: `Verify compares every set with its pinned checksum. A wrong one fails the command
and the line says what to do; a missing one does not.`,
		Example: "  credence data verify",
		Args:    cli.Usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := data.Dir()
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			wrong, right, missing := 0, 0, 0
			line := func(name string, err error) {
				if err != nil {
					wrong++
					fmt.Fprintf(out, "✗ %s: %v\n", name, err)
					return
				}
				right++
				fmt.Fprintf(out, "✓ %s\n", name)
			}
			for _, a := range embeddedSets() {
				line(a.Name, a.Verify())
			}
			for _, s := range externalSets(dir) {
				if n, _ := s.missing(); n > 0 {
					missing++
					fmt.Fprintf(out, "– %s %s\n", s.name, s.where(dir))
					continue
				}
				line(s.name, s.verify())
			}
			fmt.Fprintf(out, "%d right, %d wrong, %d missing\n", right, wrong, missing)
			if wrong > 0 {
				return fmt.Errorf("data sets that are not what they should be: %d", wrong)
			}
			return nil
		},
	}
}

// Verify recomputes the checksums of the set's files.
func (s externalSet) verify() error {
	for _, f := range s.files {
		path, err := f.find()
		if err != nil {
			return err
		}
		if err := fetch.Verify(path, f.SHA256); err != nil {
			return fmt.Errorf("%w: delete it and run `credence data fetch %s`", err, s.name)
		}
	}
	return nil
}

// FindSets returns the sets named on the command line. A name is a set's, or the part
// before the slash for all below it. Embedded is what needs no fetching.
func findSets(command string, names []string, all []externalSet) (found []externalSet, embedded []string, err error) {
	for _, name := range names {
		n := len(found) + len(embedded)
		hint := ""
		for _, s := range all {
			if group, _, _ := strings.Cut(s.name, "/"); name == s.name || name == group {
				found = append(found, s)
			}
			if s.name == "uci/"+name {
				hint = fmt.Sprintf(", did you mean %s?", s.name)
			}
		}
		for _, a := range embeddedSets() {
			if a.Name == name {
				embedded = append(embedded, name)
			}
		}
		if len(found)+len(embedded) == n {
			if hint == "" {
				hint = "; `credence data list` names them"
			}
			return nil, nil, cli.BadUsage(command, fmt.Sprintf("no data set %q%s", name, hint))
		}
	}
	return found, embedded, nil
}
