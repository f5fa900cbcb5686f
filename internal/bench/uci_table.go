package bench

import (
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"
)

// published are test RMSE / log likelihood, means over the same splits, as printed
// by: Graves 2011 and Hernández-Lobato & Adams 2015 (both in the latter), Gal &
// Ghahramani 2016, the same with ten times the epochs and with a grid (Gal's
// repository; Mukhoti, Stratis & Gal 2018), Bayes by Backprop as redone by others,
// and Lakshminarayanan et al. 2017.
var published = struct {
	columns []string
	rows    map[string][]string
}{
	columns: []string{"VI 2011", "PBP 2015", "Dropout 2016", "Dropout, 10× epochs", "Dropout, grid 2018", "BBB redo", "Ensemble 2017"},
	rows: map[string][]string{
		"boston":   {"4.32/−2.90", "3.01/−2.57", "2.97/−2.46", "2.80/−2.39", "2.90/−2.40", "3.31/−2.64", "3.28/−2.41"},
		"concrete": {"7.19/−3.39", "5.67/−3.16", "5.23/−3.04", "4.81/−2.94", "4.82/−2.93", "5.79/−3.26", "6.03/−3.06"},
		"energy":   {"2.65/−2.39", "1.80/−2.04", "1.66/−1.99", "1.09/−1.72", "0.54/−1.21", "1.00/−1.56", "2.09/−1.38"},
		"wine":     {".65/−.98", ".64/−.97", ".62/−.93", ".61/−.92", ".62/−.93", ".64/−.97", ".64/−.94"},
		"yacht":    {"6.89/−3.43", "1.02/−1.63", "1.11/−1.55", ".72/−1.38", ".67/−1.25", ".97/−1.45", "1.58/−1.18"},
		"kin8nm":   {".10/.90", ".10/.90", ".10/.95", ".09/.97", ".08/1.14", ".086/.98", ".09/1.20"},
		"power":    {"4.33/−2.89", "4.12/−2.84", "4.02/−2.80", "4.00/−2.79", "4.01/−2.80", "4.22/−2.94", "4.11/−2.79"},
		"protein":  {"–", "–", "–", "–", "4.27/−2.87", "–", "–"},
		"naval":    {"–", "–", "–", "–", ".00074/4.45", "–", "–"},
	},
}

// UCIKey names a job in the stored result.
func UCIKey(set, method string, split int) string {
	return fmt.Sprintf("%s / %s / split %d", set, method, split)
}

// UCIRows returns the stored rows of a method on the first splits of a set, in order.
func UCIRows(r *Result[UCIRow], set, method string, splits int) (rows []UCIRow) {
	for k := range splits {
		if row, ok := r.Rows[UCIKey(set, method, k)]; ok {
			rows = append(rows, row)
		}
	}
	return rows
}

// WriteUCI writes a Markdown table of the stored rows: for each set and method the
// mean over splits ± its standard error of RMSE, log likelihood (mixture over
// draws) and log density of the matched Gaussian; below it the published columns.
func WriteUCI(w io.Writer, r *Result[UCIRow], sets, methods []string, splits func(set string) int) error {
	var b strings.Builder
	b.WriteString("| set | method | splits | RMSE | log likelihood | matched Gaussian | seconds |\n|---|---|---|---|---|---|---|\n")
	for _, set := range sets {
		for _, m := range methods {
			var rmse, lp, gauss, sec []float64
			for _, row := range UCIRows(r, set, m, splits(set)) {
				rmse, lp = append(rmse, row.RMSE), append(lp, row.LogProb)
				gauss, sec = append(gauss, row.Gauss), append(sec, row.Seconds)
			}
			if len(rmse) > 0 {
				fmt.Fprintf(&b, "| %s | %s | %d | %s | %s | %s | %.1f |\n", set, m, len(rmse), withError(rmse), withError(lp), withError(gauss), stat.Mean(sec, nil))
			}
		}
	}
	known := func(set string) bool { _, ok := published.rows[set]; return ok }
	if !slices.ContainsFunc(sets, known) {
		_, err := io.WriteString(w, b.String())
		return err
	}
	b.WriteString("\nPublished (RMSE/log likelihood):\n\n| set | " + strings.Join(published.columns, " | ") + " |\n|---" + strings.Repeat("|---", len(published.columns)) + "|\n")
	for _, set := range sets {
		if row, ok := published.rows[set]; ok {
			fmt.Fprintf(&b, "| %s | %s |\n", set, strings.Join(row, " | "))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteTuning writes a Markdown table of how the settings of every method did on rows of
// the training parts: means over splits, and how often each was chosen.
func WriteTuning(w io.Writer, r *Result[UCIRow], sets, methods []string, splits func(set string) int) error {
	var b strings.Builder
	b.WriteString("| set | method | settings | log likelihood on training rows held out | chosen |\n|---|---|---|---|---|\n")
	for _, set := range sets {
		for _, m := range methods {
			lp, chosen := map[string][]float64{}, map[string]int{}
			for _, row := range UCIRows(r, set, m, splits(set)) {
				chosen[row.Choice]++
				for name, v := range row.Validation {
					lp[name] = append(lp[name], v)
				}
			}
			for _, name := range slices.Sorted(maps.Keys(lp)) {
				fmt.Fprintf(&b, "| %s | %s | %s | %s | %d of %d |\n", set, m, name, withError(lp[name]), chosen[name], len(lp[name]))
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// withError is "mean ± standard error of the mean".
func withError(v []float64) string {
	if len(v) < 2 {
		return fmt.Sprintf("%.3f", v[0])
	}
	return fmt.Sprintf("%.3f ± %.3f", stat.Mean(v, nil), stat.StdDev(v, nil)/math.Sqrt(float64(len(v))))
}
