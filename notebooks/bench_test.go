package notebooks

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/credence-bnn/credence/internal/jupyter"
	"github.com/credence-bnn/credence/internal/lab"
)

// BenchmarkCell measures what a reader waits for after Shift-Enter in a warm notebook:
// compile, link, run and show one figure, or one interactive chart. Next to the time by
// the clock stands the processor time of a cell, the first ones included, which says
// more on a machine that has other work.
func BenchmarkCell(b *testing.B) {
	if runtime.GOOS == "windows" {
		b.Skip("GoNB has no native Windows kernel; use WSL")
	}
	dir, err := lab.Kernel(b.Context(), lab.Options{})
	if err != nil {
		b.Fatal(err)
	}
	spec, err := jupyter.ReadSpec(dir)
	if err != nil {
		b.Fatal(err)
	}
	const module = "github.com/credence-bnn/credence/pkg/"
	for _, c := range []struct{ name, imports, cell string }{
		{"text", "", `fmt.Println(%d)`},
		{"figure", `"` + module + `viz"`, `nb.Show(viz.Must(viz.Loss(viz.LossData{Traces: []viz.Trace{{Y: []float64{%d, 2, 1}}}})))`},
		{"chart", `"` + module + `viz"; "` + module + `viz/echart"`, `nb.Show(echart.Must(echart.Loss(viz.LossData{Traces: []viz.Trace{{Y: []float64{%d, 2, 1}}}})))`},
	} {
		b.Run(c.name, func(b *testing.B) {
			k, err := jupyter.Start(b.Context(), spec, jupyter.StartOptions{Args: []string{"-raw_error=true"}})
			if err != nil {
				b.Fatal(err)
			}
			defer k.Close()
			n := 0
			run := func(cell string) {
				n++
				if r := k.Execute(b.Context(), fmt.Sprintf(cell, n), 0); r.Err != nil {
					b.Fatal(r.Err)
				}
			}
			run("%%noautoget\n%%goflags -ldflags=-w\nimport (\"fmt\"; \"" + module + "nb\"; " + c.imports + ")\nvar number%d = 0")
			run("%%%%\n" + c.cell) // the first one also compiles the packages
			for b.Loop() {
				run("%%%%\n" + c.cell) // a new text each time, as from a reader
			}
			k.Close()
			b.ReportMetric(k.CPU().Seconds()/float64(n), "cpu-s/cell")
		})
	}
}
