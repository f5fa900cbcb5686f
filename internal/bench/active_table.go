package bench

import (
	"fmt"
	"io"
	"math"
	"strings"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// ActivePublished are the images that the paper needed for 10 % and 5 % error.
var ActivePublished = map[string][2]int{
	"BALD": {145, 335}, "variation ratios": {120, 295}, "max entropy": {165, 355}, "mean SD": {230, 695}, "random": {255, 835},
}

// ActiveKey names a job in the stored result.
func ActiveKey(rule string, seed uint64) string { return fmt.Sprintf("%s / seed %d", rule, seed) }

// WriteActive writes a Markdown table of the stored rows: how many labels the mean curve
// over seeds needs for 10 % and 5 % error, and the mean difference in error to random
// choice over the whole course and at its end, paired by seed, with 95 % intervals by
// Student's t.
func WriteActive(w io.Writer, r *Result[ActiveRow], seeds []uint64) error {
	var b strings.Builder
	fmt.Fprintf(&b, "| choice of labels | for 10 %% / 5 %% error, mean of %d seeds | as published | error at the end, %% | difference to random, points: whole course | at the end |\n|---|---|---|---|---|---|\n", len(seeds))
	for _, rule := range ActiveRules {
		var rows, random []ActiveRow
		for _, s := range seeds {
			row, ok := r.Rows[ActiveKey(rule, s)]
			base, both := r.Rows[ActiveKey("random", s)]
			if ok && both {
				rows, random = append(rows, row), append(random, base)
			}
		}
		if len(rows) == 0 {
			continue
		}
		curve := make([]float64, len(rows[0].Errors))
		var last, gap, lastGap []float64
		for i, row := range rows {
			for k, e := range row.Errors {
				curve[k] += e / float64(len(rows))
			}
			last = append(last, 100*row.Errors[len(row.Errors)-1])
			gap = append(gap, 100*(stat.Mean(row.Errors, nil)-stat.Mean(random[i].Errors, nil)))
			lastGap = append(lastGap, last[i]-100*random[i].Errors[len(random[i].Errors)-1])
		}
		course, end := "–", "–"
		if rule != "random" && len(gap) > 1 {
			course, end = pairedInterval(gap), pairedInterval(lastGap)
		}
		published := ActivePublished[rule]
		fmt.Fprintf(&b, "| %s | %s / %s | %d / %d | %s | %s | %s |\n", rule, crossing(rows[0].Labels, curve, 0.10), crossing(rows[0].Labels, curve, 0.05),
			published[0], published[1], withError(last), course, end)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// pairedInterval is the mean of the differences with its 95 % interval by Student's t.
func pairedInterval(d []float64) string {
	n := float64(len(d))
	half := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}.Quantile(0.975) * stat.StdDev(d, nil) / math.Sqrt(n)
	m := stat.Mean(d, nil)
	return fmt.Sprintf("%+.1f [%+.1f, %+.1f]", m, m-half, m+half)
}

// crossing is the number of labels at which the curve is first at or below the level.
func crossing(labels []int, curve []float64, level float64) string {
	for k, e := range curve {
		if e <= level {
			return fmt.Sprint(labels[k])
		}
	}
	return fmt.Sprintf("> %d", labels[len(labels)-1])
}
