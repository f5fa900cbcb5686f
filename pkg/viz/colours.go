package viz

import "image/color"

// The colours of the course: one meaning each, the same in every figure.
// The hues are those of Okabe and Ito (2008), safe for the common kinds of
// colour blindness; the fills are translucent so that what lies below shows.
var (
	Ink       = color.NRGBA{40, 44, 52, 255}    // data, text
	Mean      = color.NRGBA{0, 114, 178, 255}   // a mean, an estimate
	Epistemic = color.NRGBA{0, 114, 178, 89}    // what more data would remove (α 0.35)
	Total     = color.NRGBA{86, 180, 233, 69}   // epistemic and noise together (α 0.27)
	Prior     = color.NRGBA{120, 120, 120, 255} // what was believed before
	Truth     = color.NRGBA{0, 0, 0, 255}       // the truth, when known; drawn dashed
	Posterior = color.NRGBA{213, 94, 0, 255}    // what is believed after; the unknown
)

// Series returns the i-th colour for curves that have no meaning of their own:
// blue, vermillion, green, purple, orange, sky, and round again.
func Series(i int) color.NRGBA {
	hues := [...]color.NRGBA{
		{0, 114, 178, 255}, {213, 94, 0, 255}, {0, 158, 115, 255},
		{204, 121, 167, 255}, {230, 159, 0, 255}, {86, 180, 233, 255},
	}
	return hues[((i%len(hues))+len(hues))%len(hues)]
}

// Greys of the scaffolding.
var (
	gridGrey = color.NRGBA{228, 231, 235, 255}
	axisGrey = color.NRGBA{150, 155, 163, 255}
	tickGrey = color.NRGBA{84, 90, 100, 255}
)

// fade returns c with alpha a.
func fade(c color.NRGBA, a uint8) color.NRGBA { c.A = a; return c }

// onWhite returns the opaque colour that c is on a white page.
func onWhite(c color.NRGBA) color.NRGBA {
	mix := func(v uint8) uint8 { return uint8((int(v)*int(c.A) + 255*(255-int(c.A)) + 127) / 255) }
	return color.NRGBA{mix(c.R), mix(c.G), mix(c.B), 255}
}
