package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/cli"
	"github.com/credence-bnn/credence/internal/lab"
)

func newLabCmd() *cobra.Command {
	var (
		port       int
		noBrowser  bool
		kernelOnly bool
	)
	cmd := &cobra.Command{
		Use:   "lab",
		Short: "Open the course in JupyterLab",
		Long: `Lab builds the pinned Go kernel, uses a JupyterLab 4 or newer on PATH or makes a
private one, and serves the notebooks until Ctrl-C. The first start downloads
what is missing and takes some minutes; later ones take seconds and need no
network. It needs no root and writes only to the checkout and to the cache
(CREDENCE_CACHE, or credence in your cache directory).`,
		Example: `  credence lab
  credence lab --no-browser --port 9000     # on another machine, behind ssh -L 9000:localhost:9000
  credence lab --kernel-only                # for your own Jupyter, VS Code or a hub`,
		Args: cli.Usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("port") && (port < 1 || port > 65535) {
				return cli.BadUsage(cmd.CommandPath(), fmt.Sprintf("--port %d is not between 1 and 65535", port))
			}
			o := lab.Options{Progress: cmd.ErrOrStderr()}
			if kernelOnly {
				dir, err := lab.Install(cmd.Context(), o)
				if err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "The kernel %q is installed in %s; choose it in your Jupyter.\n", lab.DisplayName, dir)
				return nil
			}
			serve := lab.ServeOptions{Options: o, Port: port, Out: cmd.OutOrStdout(), Open: lab.OpenBrowser}
			if noBrowser {
				serve.Open = nil
			}
			return lab.Serve(cmd.Context(), serve)
		},
	}
	cmd.Flags().IntVar(&port, "port", 0, "port to listen on; the first free one from 8888 if left out")
	cmd.Flags().BoolVar(&noBrowser, "no-browser", false, "print the address instead of opening a browser")
	cmd.Flags().BoolVar(&kernelOnly, "kernel-only", false, "install the kernel for an existing Jupyter and exit")
	return cmd
}
