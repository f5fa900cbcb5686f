package bench

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"

	"gonum.org/v1/gonum/stat"

	"github.com/credence-bnn/credence/pkg/bnn/metrics"
)

// DigitsKey names a job in the stored result; seed 0 is the choice of settings.
func DigitsKey(net, method string, seed uint64) string {
	if seed == 0 {
		return fmt.Sprintf("%s / %s / choice", net, method)
	}
	return fmt.Sprintf("%s / %s / seed %d", net, method, seed)
}

// WriteDigits writes Markdown tables of the stored rows, for each network one of scores
// and one of differences to MAP: means over seeds, with 95 % bootstrap intervals over
// the test images.
func WriteDigits(w io.Writer, r *Result[DigitsRow], nets, methods, outside []string, seeds []uint64) error {
	var b strings.Builder
	for _, net := range nets {
		fmt.Fprintf(&b, "\n**%s**, mean over %d seeds [95 %% interval over test images]\n\n| method | settings | error, %% | NLL | ECE, %% |", net, len(seeds))
		for _, o := range outside {
			fmt.Fprintf(&b, " %s, AUROC by %s |", o, strings.Join(DigitsScores, " / "))
		}
		b.WriteString(" seconds |\n|---|---|---|---|---|" + strings.Repeat("---|", len(outside)+1) + "\n")
		reference := rowsOf(r, net, "MAP", seeds)
		var pairs strings.Builder
		for _, m := range methods {
			rows := rowsOf(r, net, m, seeds)
			if len(rows) == 0 {
				continue
			}
			wrong, nats := perImage(rows)
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |", m, rows[0].Choice,
				interval(100, 2, wrong), interval(1, 3, nats), meanEstimate(100, 2, rows, func(r DigitsRow) (Estimate, bool) { return r.ECE, true }))
			for _, o := range outside {
				var cells []string
				for _, s := range DigitsScores {
					cells = append(cells, meanEstimate(1, 3, rows, func(r DigitsRow) (Estimate, bool) { e, ok := r.Outside[o][s]; return e, ok }))
				}
				fmt.Fprintf(&b, " %s |", strings.Join(cells, " / "))
			}
			fmt.Fprintf(&b, " %.0f |\n", meanOf(rows, func(r DigitsRow) float64 { return r.Seconds }))
			if m != "MAP" && len(reference) == len(rows) {
				wrong0, nats0 := perImage(reference)
				fmt.Fprintf(&pairs, "| %s | %s | %s |\n", m, difference(100, 2, wrong, wrong0), difference(1, 3, nats, nats0))
			}
		}
		if pairs.Len() > 0 {
			b.WriteString("\nDifference to MAP on the same images; * where the interval leaves out 0:\n\n| method | error, points | NLL |\n|---|---|---|\n" + pairs.String())
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func rowsOf(r *Result[DigitsRow], net, method string, seeds []uint64) (rows []DigitsRow) {
	for _, s := range seeds {
		if row, ok := r.Rows[DigitsKey(net, method, s)]; ok {
			rows = append(rows, row)
		}
	}
	return rows
}

func meanOf(rows []DigitsRow, of func(DigitsRow) float64) float64 {
	var v []float64
	for _, r := range rows {
		v = append(v, of(r))
	}
	return stat.Mean(v, nil)
}

// perImage returns for every test image the share of seeds that got it wrong, and its
// mean −log p.
func perImage(rows []DigitsRow) (wrong, nats []float64) {
	n := len(rows[0].Surprises)
	wrong, nats = make([]float64, n), make([]float64, n)
	for _, r := range rows {
		for _, i := range r.Wrong {
			wrong[i] += 1 / float64(len(rows))
		}
		for i, v := range r.Surprises {
			nats[i] += v / float64(len(rows))
		}
	}
	return wrong, nats
}

// meanRows is the bootstrap's score of a mean.
func meanRows(v []float64) func(rows []int) float64 {
	return func(rows []int) float64 {
		sum := 0.0
		for _, i := range rows {
			sum += v[i]
		}
		return sum / float64(len(rows))
	}
}

// tableRand draws the tables' bootstrap samples: the same table from the same rows.
func tableRand() *rand.Rand { return rand.New(rand.NewPCG(1, 1)) }

// interval is "mean [lo, hi]" in units of 1/scale.
func interval(scale float64, digits int, v []float64) string {
	lo, hi := metrics.Bootstrap(len(v), 2000, tableRand(), meanRows(v))
	return fmt.Sprintf("%.*f [%.*f, %.*f]", digits, scale*stat.Mean(v, nil), digits, scale*lo, digits, scale*hi)
}

// difference is the same for a − b, paired.
func difference(scale float64, digits int, a, b []float64) string {
	lo, hi := metrics.PairedBootstrap(len(a), 2000, tableRand(), meanRows(a), meanRows(b))
	star := ""
	if lo > 0 || hi < 0 {
		star = " *"
	}
	return fmt.Sprintf("%+.*f [%+.*f, %+.*f]%s", digits, scale*(stat.Mean(a, nil)-stat.Mean(b, nil)), digits, scale*lo, digits, scale*hi, star)
}

// meanEstimate is the mean over seeds ± 1.96 times the mean standard error: seeds share
// the test images, so that averaging them takes nothing off. It is "–" where a method
// has no such score.
func meanEstimate(scale float64, digits int, rows []DigitsRow, of func(DigitsRow) (Estimate, bool)) string {
	for _, r := range rows {
		if _, ok := of(r); !ok {
			return "–"
		}
	}
	value := meanOf(rows, func(r DigitsRow) float64 { e, _ := of(r); return e.Value })
	se := meanOf(rows, func(r DigitsRow) float64 { e, _ := of(r); return e.SE })
	return fmt.Sprintf("%.*f ± %.*f", digits, scale*value, digits, scale*1.96*se)
}
