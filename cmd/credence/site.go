package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/mod/modfile"

	"github.com/credence-bnn/credence/internal/cli"
	"github.com/credence-bnn/credence/internal/clone"
	"github.com/credence-bnn/credence/internal/site"
)

// newSiteCmd is `credence site`.
func newSiteCmd() *cobra.Command {
	var out, source string
	c := &cobra.Command{
		Use:   "site",
		Short: "Write the course as a website for any static host",
		Long: `Site writes all chapters and exercises as linked pages: contents, previous and
next, search, light and dark, for wide screens and phones. Formulas, figures and
charts are inside the pages, so that they also work without a network and when
opened as files.

Chapters are taken as they lie in notebooks/, with their outputs; run them anew
with credence run. Pages in the directory are replaced, other files stay. The
exit code is 1 if a link leads nowhere, a formula does not parse or a chapter
was not executed; the last lines say which.`,
		Example: `  credence site --out public
  credence site --out public && python3 -m http.server -d public`,
		Args: cli.Usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if strings.TrimSpace(out) == "" {
				return cli.BadUsage(cmd.CommandPath(), "--out is empty: it names the directory of the site")
			}
			return writeSite(cmd.Context(), out, source, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	c.Flags().StringVar(&out, "out", filepath.Join("out", "site"), "directory of the site; made if it is not there")
	c.Flags().StringVar(&source, "source", "", "address of the repository on the web, for links to its files (default: from go.mod)")
	return c
}

// writeSite is the command without its flags' parsing.
func writeSite(ctx context.Context, out, source string, stdout, stderr io.Writer) error {
	checkout, err := clone.Root("")
	if err != nil {
		return err
	}
	if source == "" {
		mod, err := os.ReadFile(filepath.Join(checkout, "go.mod"))
		if err != nil {
			return err
		}
		source = "https://" + modfile.ModulePath(mod)
	}
	pages, err := site.Build(ctx, site.Options{Checkout: checkout, Source: source, Out: out, Progress: stderr})
	if ctx.Err() != nil {
		return fmt.Errorf("stopped: %w; nothing was written", context.Cause(ctx))
	}
	if err != nil && pages == 0 {
		return err
	}
	if err != nil {
		fmt.Fprintln(stderr, err)
		return fmt.Errorf("%d pages are written to %s, with mistakes: see the lines above", pages, out)
	}
	fmt.Fprintf(stdout, "%d pages. Open %s in a browser, or copy the directory to a static host.\n", pages, filepath.Join(out, "index.html"))
	return nil
}
