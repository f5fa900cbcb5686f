package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/credence-bnn/credence/internal/cli"
	"github.com/credence-bnn/credence/internal/fetch"
	"github.com/credence-bnn/credence/pkg/bnn/data"
)

func newDataFetchCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "fetch NAME…",
		Short: "Download sets from their publishers",
		Long: `Fetch downloads sets into the data directory: those that are not there yet, or not
with the right checksum. A download that was cut or stopped with Ctrl-C goes on where
it was. What does not have the pinned checksum is thrown away.`,
		Example: `  credence data fetch uci/energy
  credence data fetch uci                                 # all nine sets of the UCI benchmark
  CREDENCE_DATA=~/datasets credence data fetch mnist      # the 70,000 digits, somewhere else
  HTTPS_PROXY=proxy.example.com:3128 credence data fetch uci`,
		Args: cli.Usage(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, names []string) error {
			dir, err := data.Dir()
			if err != nil {
				return err
			}
			sets, embedded, err := findSets(cmd.CommandPath(), names, externalSets(dir))
			if err != nil {
				return err
			}
			for _, name := range embedded {
				fmt.Fprintf(cmd.ErrOrStderr(), "%s is part of the program; there is nothing to fetch\n", name)
			}
			return fetchSets(cmd, sets)
		},
	}
}

// FetchSets goes through all files and says at the end how many failed, so that one
// that its publisher moved does not keep the others away.
func fetchSets(cmd *cobra.Command, sets []externalSet) error {
	out := cmd.ErrOrStderr()
	failed, total := 0, 0
	for _, s := range sets {
		for _, f := range s.files {
			total++
			if path, err := f.find(); err == nil && fetch.Verify(path, f.SHA256) == nil {
				fmt.Fprintf(out, "✓ %s is there: %s\n", s.name, path)
				continue
			}
			client := fetch.Client{}
			if failed > 0 {
				client.Tries = 2 // the network has had its chance
			}
			show := newDownloadProgress(out, s.name+" "+filepath.Base(f.Path))
			client.Progress, client.Retry = show.progress, show.retry
			_, err := client.Get(cmd.Context(), f.File)
			show.close()
			if err == nil {
				fmt.Fprintf(out, "✓ %s: %s\n", s.name, f.Path)
				continue
			}
			fmt.Fprintf(out, "✗ %s: %v\n", s.name, err)
			if cmd.Context().Err() != nil {
				return err
			}
			failed++
		}
	}
	if failed > 0 {
		return fmt.Errorf("files not fetched: %d of %d; the lines above say why", failed, total)
	}
	return nil
}

// A downloadProgress tells how far a download is: a bar on a terminal, else a line every
// few seconds.
type downloadProgress struct {
	w    io.Writer
	name string
	bar  *progressbar.ProgressBar // nil before the first byte, and without a terminal
	tty  bool
	base int64 // bytes there when the bar started: they took no time now
	last time.Time
}

const betweenLines = 5 * time.Second

func newDownloadProgress(w io.Writer, name string) *downloadProgress {
	f, ok := w.(*os.File)
	return &downloadProgress{w: w, name: name, tty: ok && term.IsTerminal(int(f.Fd())), last: time.Now()}
}

func (p *downloadProgress) progress(done, total int64) {
	if !p.tty {
		if time.Since(p.last) >= betweenLines {
			p.last = time.Now()
			if total > 0 {
				fmt.Fprintf(p.w, "%s: %.1f of %.1f MB\n", p.name, float64(done)/1e6, float64(total)/1e6)
			} else {
				fmt.Fprintf(p.w, "%s: %.1f MB\n", p.name, float64(done)/1e6)
			}
		}
		return
	}
	if p.bar == nil {
		p.base = done
		if total -= done; total <= 0 {
			total = -1
		}
		p.bar = progressbar.NewOptions64(total,
			progressbar.OptionSetWriter(p.w), progressbar.OptionSetDescription(p.name), progressbar.OptionShowBytes(true),
			progressbar.OptionSetWidth(24), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	p.bar.Set64(done - p.base)
}

// retry is called before another try; a try may be told a different length, so the bar
// starts anew.
func (p *downloadProgress) retry(wait time.Duration, because error) {
	p.close()
	again := ""
	if wait > 0 {
		again = fmt.Sprintf("; trying again in %v", wait)
	}
	fmt.Fprintf(p.w, "%s: %v%s\n", p.name, because, again)
}

func (p *downloadProgress) close() {
	if p.bar != nil {
		p.bar.Clear()
		p.bar = nil
	}
}
