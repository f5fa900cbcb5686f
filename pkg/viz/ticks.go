package viz

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
)

// ticks places marks at 1, 2, 2.5 or 5 times a power of ten, as many as fit,
// and writes them with a real minus sign (U+2212), thin spaces between
// thousands, one number of decimals per axis and never "-0.00".
type ticks struct {
	n       int      // how many marks fit; 0 means 5
	integer bool     // only whole numbers, as for counts
	names   []string // labels of 0, 1, 2, … instead of numbers
	every   int      // of the names one in so many is written; 0 means all
	upright bool     // the names are; gonum lets them reach into the data by two letters
	log     bool     // a logarithmic axis: powers of ten
}

// Ticks implements plot.Ticker.
func (t *ticks) Ticks(lo, hi float64) []plot.Tick {
	switch {
	case t.names != nil:
		out := make([]plot.Tick, 0, len(t.names))
		for i, s := range t.names {
			if i%max(1, t.every) != 0 {
				continue
			}
			if s == "" {
				s = " " // an empty label would make it a minor mark
			}
			if t.upright {
				s += "   "
			}
			out = append(out, plot.Tick{Value: float64(i), Label: s})
		}
		return out
	case t.log:
		return t.logTicks(lo, hi)
	}
	n := t.n
	if n == 0 {
		n = 5
	}
	step := niceStep((hi-lo)/float64(n), t.integer)
	for k := n + 1; k <= n+3 && math.Floor(hi/step+1e-9)-math.Ceil(lo/step-1e-9) < 1; k++ {
		step = niceStep((hi-lo)/float64(k), t.integer) // one mark alone says nothing
	}
	if !(step > 0) || math.IsInf(step, 0) {
		return []plot.Tick{{Value: lo, Label: number(lo, 3)}}
	}
	decimals := 0
	for d := step; decimals < 12 && math.Abs(d-math.Round(d)) > 1e-6*math.Abs(d); decimals++ {
		d *= 10
	}
	var out []plot.Tick
	for k := math.Ceil(lo/step - 1e-9); k*step <= hi+1e-9*step; k++ {
		out = append(out, plot.Tick{Value: k * step, Label: tickLabel(k*step, step, decimals)})
	}
	return out
}

// logTicks marks powers of ten, with 3, with 2 and 5, or with more of the numbers
// between them, as many as fit; each of 1 … 9 has at least a small mark. Where even all
// of them are too few, over much less than a decade, the marks are those of a linear axis.
func (t *ticks) logTicks(lo, hi float64) []plot.Tick {
	if !(lo > 0) || !(hi > lo) {
		return nil
	}
	n := t.n
	if n == 0 {
		n = 5
	}
	room := math.Log10(hi/lo) / float64(n) // between labels, in decades
	first, last := int(math.Floor(math.Log10(lo)-1e-9)), int(math.Floor(math.Log10(hi)+1e-9))
	for _, digits := range []string{"123456789", "1234568", "12357", "125", "13", "1"} {
		every := 1
		if digits == "1" {
			every = max(1, int(math.Ceil(room-1e-9)))
		} else if closest(digits) < 0.8*room {
			continue
		}
		var out []plot.Tick
		labels := 0
		for e := first; e <= last; e++ {
			for m := 1; m < 10; m++ {
				v := float64(m) * math.Pow10(e)
				if e < 0 {
					v = float64(m) / math.Pow10(-e)
				}
				if v < lo*(1-1e-9) || v > hi*(1+1e-9) || m > 1 && every > 1 {
					continue
				}
				k := plot.Tick{Value: v}
				if strings.ContainsRune(digits, rune('0'+m)) && (e-first-1)%every == 0 {
					k.Label = powerLabel(m, e, first < -4 || last > 5)
					labels++
				}
				out = append(out, k)
			}
		}
		if labels >= 3 || labels == 2 && digits == "1" {
			return out
		}
		if digits == "123456789" {
			break
		}
	}
	return (&ticks{n: t.n, integer: t.integer}).Ticks(lo, hi)
}

// closest is the smallest distance between neighbouring digits, in decades.
func closest(digits string) float64 {
	least := math.Log10(10 / float64(digits[len(digits)-1]-'0'))
	for i := 1; i < len(digits); i++ {
		least = math.Min(least, math.Log10(float64(digits[i]-'0')/float64(digits[i-1]-'0')))
	}
	return least
}

// niceStep returns the smallest step ≥ raw among 1, 2, 2.5, 5 × 10^k.
func niceStep(raw float64, integer bool) float64 {
	if !(raw > 0) || math.IsInf(raw, 0) {
		return math.NaN()
	}
	base := math.Pow10(int(math.Floor(math.Log10(raw))))
	for _, m := range []float64{1, 2, 2.5, 5, 10} {
		if s := m * base; s >= raw*(1-1e-9) && !(integer && s != math.Round(s)) {
			return s
		}
	}
	if integer {
		return math.Max(1, math.Round(raw))
	}
	return 10 * base
}

// tickLabel writes v, a multiple of step; very large or small axes in powers of ten.
func tickLabel(v, step float64, decimals int) string {
	if v != 0 && (math.Abs(v) >= 1e7 || step < 1e-5) {
		e := int(math.Floor(math.Log10(math.Abs(v)) + 1e-9))
		m := v / math.Pow10(e)
		return number(math.Round(m*1000)/1000, 4) + "·10" + superscript(e)
	}
	return Fixed(v, decimals)
}

// powerLabel writes m·10^e; if powers, then all but 1 and 10 as a power of ten.
func powerLabel(m, e int, powers bool) string {
	switch {
	case !powers || e == 0 || e == 1 && m == 1:
		return Fixed(float64(m)*math.Pow10(e), max(0, -e))
	case m == 1:
		return "10" + superscript(e)
	}
	return Fixed(float64(m), 0) + "·10" + superscript(e)
}

// Fixed writes v with the given number of decimals the way figures do: a real
// minus sign, thin spaces between thousands from 10 000 on, and no negative zero.
func Fixed(v float64, decimals int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), "-", "−", 1)
	}
	s := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, frac, _ := strings.Cut(s, ".")
	if len(whole) > 4 {
		var b strings.Builder
		for i, d := range whole {
			if i > 0 && (len(whole)-i)%3 == 0 {
				b.WriteRune('\u2009')
			}
			b.WriteRune(d)
		}
		whole = b.String()
	}
	if frac != "" {
		whole += "." + frac
	}
	if v < 0 && strings.ContainsAny(s, "123456789") {
		return "−" + whole
	}
	return whole
}

// number writes v with at most digits significant digits and no trailing zeros.
func number(v float64, digits int) string {
	if v == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return Fixed(v, 0)
	}
	e := int(math.Floor(math.Log10(math.Abs(v))))
	if e < -4 || e > 6 {
		return number(v/math.Pow10(e), digits) + "·10" + superscript(e)
	}
	s := Fixed(v, max(0, digits-1-e))
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// likeWidth returns a function that writes numbers with so many decimals that a width
// has three significant digits: the ends of an interval are as exact as it is wide.
func likeWidth(width float64) func(float64) string {
	if !(width > 0) || width < 1e-5 || width > 1e6 {
		return func(v float64) string { return number(v, 3) }
	}
	decimals := max(0, 2-int(math.Floor(math.Log10(width))))
	return func(v float64) string {
		s := Fixed(v, decimals)
		if strings.Contains(s, ".") {
			s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
		}
		return s
	}
}

func superscript(e int) string {
	const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	var b strings.Builder
	for _, r := range strconv.Itoa(e) {
		if r == '-' {
			b.WriteRune('⁻')
			continue
		}
		b.WriteRune([]rune(digits)[r-'0'])
	}
	return b.String()
}
