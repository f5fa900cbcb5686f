package bench

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/stat"

	"github.com/credence-bnn/credence/pkg/viz"
)

// UCIFigure draws the log likelihoods of the stored rows: a panel a set, with our
// methods as mean ± 1.96 standard errors, and the published columns as points.
func UCIFigure(r *Result[UCIRow], sets, methods []string, splits func(set string) int) (*viz.Figure, error) {
	var panels []*viz.Figure
	for _, set := range sets {
		d := viz.IntervalsData{Title: set, XLabel: "test log likelihood (nats a row)", Groups: []string{"ours", "published"}}
		for _, m := range methods {
			var lp []float64
			for _, row := range UCIRows(r, set, m, splits(set)) {
				lp = append(lp, row.LogProb)
			}
			if len(lp) == 0 {
				continue
			}
			mean, half := stat.Mean(lp, nil), 0.0
			if len(lp) > 1 {
				half = 1.96 * stat.StdDev(lp, nil) / math.Sqrt(float64(len(lp)))
			}
			d.Rows = append(d.Rows, viz.Interval{Label: m, At: mean, Lo: mean - half, Hi: mean + half})
		}
		for j, cell := range published.rows[set] {
			if _, lp, ok := parsePublished(cell); ok {
				d.Rows = append(d.Rows, viz.Interval{Label: published.columns[j], At: lp, Lo: lp, Hi: lp, Group: 1})
			}
		}
		f, err := viz.Intervals(d)
		if err != nil {
			return nil, err
		}
		panels = append(panels, f)
	}
	rows := (len(panels) + 1) / 2
	return viz.Grid(viz.GridData{Title: "Test log likelihood on the benchmark's splits; further right is better", Figures: panels, Width: 860, Height: 300*rows + 40})
}

// Published returns what a column, such as "PBP 2015", prints for a set.
func Published(set, column string) (rmse, logProb float64, ok bool) {
	j := slices.Index(published.columns, column)
	if row := published.rows[set]; j >= 0 && j < len(row) {
		return parsePublished(row[j])
	}
	return 0, 0, false
}

// PublishedColumns are the names of the columns.
func PublishedColumns() []string { return slices.Clone(published.columns) }

// parsePublished reads a cell such as "4.32/−2.90".
func parsePublished(cell string) (rmse, logProb float64, ok bool) {
	a, b, both := strings.Cut(strings.ReplaceAll(cell, "−", "-"), "/")
	rmse, err1 := strconv.ParseFloat(a, 64)
	logProb, err2 := strconv.ParseFloat(b, 64)
	return rmse, logProb, both && err1 == nil && err2 == nil
}
