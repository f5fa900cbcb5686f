package viz

import (
	"math"
	"strings"
	"testing"
)

func labels(t *ticks, lo, hi float64) string {
	var out []string
	for _, k := range t.Ticks(lo, hi) {
		if k.Label != "" {
			out = append(out, k.Label)
		}
	}
	return strings.Join(out, " ")
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		t      ticks
		lo, hi float64
		want   string
	}{
		{ticks{}, 0, 1, "0.0 0.2 0.4 0.6 0.8 1.0"},
		{ticks{}, -1, 1, "−1.0 −0.5 0.0 0.5 1.0"},
		{ticks{}, -0.02, 0.02, "−0.02 −0.01 0.00 0.01 0.02"}, // never −0.00
		{ticks{}, 0.485, 0.515, "0.49 0.50 0.51"},
		{ticks{}, 0, 0.25, "0.00 0.05 0.10 0.15 0.20 0.25"},
		{ticks{}, 0, 12, "0.0 2.5 5.0 7.5 10.0"},
		{ticks{integer: true}, 0, 12, "0 5 10"},
		{ticks{integer: true}, 0, 3, "0 1 2 3"},
		{ticks{integer: true}, 1, 2000, "500 1000 1500 2000"},
		{ticks{}, 0, 50000, "0 10\u2009000 20\u2009000 30\u2009000 40\u2009000 50\u2009000"},
		{ticks{}, 0, 3e9, "0 1·10⁹ 2·10⁹ 3·10⁹"},
		{ticks{}, 1e-7, 3e-7, "1·10⁻⁷ 1.5·10⁻⁷ 2·10⁻⁷ 2.5·10⁻⁷ 3·10⁻⁷"},
		{ticks{n: 2}, -5, 5, "−5 0 5"},
		{ticks{log: true}, 1, 5000, "1 10 100 1000"},
		{ticks{log: true}, 3000, 400000, "3000 10\u2009000 30\u2009000 100\u2009000 300\u2009000"},
		{ticks{log: true}, 2, 9, "2 3 5 7"},
		{ticks{log: true, n: 3}, 1, 1e7, "1 10³ 10⁶"},
		{ticks{log: true}, 20, 60, "20 30 40 50 60"},
		{ticks{log: true}, 31, 39, "32 34 36 38"},
		{ticks{log: true}, 0.02, 0.3, "0.02 0.05 0.1 0.2"},
		{ticks{log: true}, 1e-7, 1e-3, "10⁻⁷ 10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³"},
		{ticks{names: []string{"ill", "healthy"}}, -0.5, 1.5, "ill healthy"},
	} {
		if got := labels(&c.t, c.lo, c.hi); got != c.want {
			t.Errorf("%+v from %v to %v:\n got %s\nwant %s", c.t, c.lo, c.hi, got, c.want)
		}
	}
}

// Whatever the range, there are a few labels, all different and within it.
func TestTicksAnyRange(t *testing.T) {
	for _, scale := range []float64{1e-12, 1e-6, 0.03, 1, 47, 1e5, 1e12} {
		for _, lo := range []float64{-1, 0, 0.9, 1} {
			for _, n := range []int{2, 5, 9} {
				lo, hi := lo*scale, (lo+1.37)*scale
				seen := map[string]bool{}
				k := (&ticks{n: n}).Ticks(lo, hi)
				for _, k := range k {
					if seen[k.Label] || !(k.Value >= lo-1e-9*scale && k.Value <= hi+1e-9*scale) {
						t.Errorf("from %g to %g: label %q at %g is double or outside", lo, hi, k.Label, k.Value)
					}
					seen[k.Label] = true
				}
				if len(k) < 1 || len(k) > n+1 {
					t.Errorf("from %g to %g with room for %d: %d ticks", lo, hi, n, len(k))
				}
			}
		}
	}
}

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		v      float64
		digits int
		want   string
	}{
		{0, 3, "0"}, {0.5, 3, "0.5"}, {0.08759, 3, "0.0876"}, {-1.25, 3, "−1.25"}, {24000, 7, "24\u2009000"},
		{1.5e-9, 2, "1.5·10⁻⁹"}, {-3e8, 3, "−3·10⁸"}, {100, 1, "100"}, {0.99996, 3, "1"}, {math.Inf(-1), 3, "−Inf"},
	} {
		if got := number(c.v, c.digits); got != c.want {
			t.Errorf("number(%v, %d) = %s, want %s", c.v, c.digits, got, c.want)
		}
	}
}

// Thinning keeps the ends and the extremes of a long curve, in order.
func TestThin(t *testing.T) {
	x, y := counts(50_000), make([]float64, 50_000)
	for i := range y {
		y[i] = math.Sin(float64(i) / 100)
	}
	y[31_415], y[27_182] = 7, -7
	for _, log := range []bool{false, true} {
		idx := thin(x, y, 500, log)
		seen := map[int]bool{}
		for i, k := range idx {
			seen[k] = true
			if i > 0 && k <= idx[i-1] {
				t.Fatalf("log %t: index %d after %d", log, k, idx[i-1])
			}
		}
		for _, k := range []int{0, 49_999, 31_415, 27_182} {
			if !seen[k] {
				t.Errorf("log %t: point %d is lost", log, k)
			}
		}
		if len(idx) > 2100 {
			t.Errorf("log %t: %d points kept", log, len(idx))
		}
	}
}

// Every sign that our own labels and the course's symbols use is in the font.
func TestGlyphs(t *testing.T) {
	const need = "−·±½²³⁰¹⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉ₙ\u2009αβγδεθκλμνξπρσςτφχψωΓΔΘΛΣΦΨΩ≤≥≈≠→∞∑∏√∂∫…–—“”’äöüßéšČ°×"
	f := fonts().Fonts.Lookup(style(9, 0, 0, 0).Font, 9)
	b := fonts().Fonts.Lookup(titleStyle().Font, 9)
	for _, r := range need {
		for _, face := range []string{"regular", "semibold"} {
			ff := f
			if face == "semibold" {
				ff = b
			}
			if i, err := ff.Face.GlyphIndex(nil, r); err != nil || i == 0 {
				t.Errorf("%s: no glyph for %q (%U)", face, r, r)
			}
		}
	}
}
