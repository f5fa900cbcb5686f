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
	log     bool     // a logarithmic axis: powers of ten
}

// Ticks implements plot.Ticker.
func (t *ticks) Ticks(lo, hi float64) []plot.Tick {
	switch {
	case t.names != nil:
		out := make([]plot.Tick, 0, len(t.names))
		for i, s := range t.names {
			if s == "" {
				s = " " // an empty label would make it a minor mark
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

// logTicks marks the powers of ten, thinned to what fits, with small marks at
// 2…9 between them; a range of less than a decade is marked as a linear one.
func (t *ticks) logTicks(lo, hi float64) []plot.Tick {
	if !(lo > 0) || !(hi > lo) {
		return nil
	}
	first, last := int(math.Ceil(math.Log10(lo)-1e-9)), int(math.Floor(math.Log10(hi)+1e-9))
	if last-first < 1 {
		return (&ticks{n: t.n, integer: t.integer}).Ticks(lo, hi)
	}
	n := t.n
	if n == 0 {
		n = 5
	}
	every := max(1, (last-first+n)/n)
	var out []plot.Tick
	for e := first - 1; e <= last; e++ {
		v := math.Pow10(e)
		if e >= first && (e-first)%every == 0 {
			out = append(out, plot.Tick{Value: v, Label: powerLabel(e)})
		}
		for m := 2.0; every == 1 && m < 10; m++ {
			if m*v > lo && m*v < hi {
				out = append(out, plot.Tick{Value: m * v})
			}
		}
	}
	return out
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

func powerLabel(e int) string {
	if -3 <= e && e <= 5 {
		return Fixed(math.Pow10(e), max(0, -e))
	}
	return "10" + superscript(e)
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
