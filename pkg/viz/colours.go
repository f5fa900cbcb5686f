package viz

import "image/color"

// The colours of the course: one meaning each, the same in every figure.
// The hues are those of Okabe and Ito (2008), safe for the common kinds of
// colour blindness; the fills are translucent so that what lies below shows.
// They are given as on a light page; see [Figure.Dark].
var (
	Ink       = color.NRGBA{40, 44, 52, 255}    // data, text
	Mean      = color.NRGBA{0, 114, 178, 255}   // a mean, an estimate
	Epistemic = color.NRGBA{0, 114, 178, 89}    // what more data would remove (α 0.35)
	Aleatoric = color.NRGBA{86, 180, 233, 115}  // noise, which they would not (α 0.45)
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
	paper    = color.NRGBA{255, 255, 255, 255}
	gridGrey = color.NRGBA{228, 231, 235, 255}
	axisGrey = color.NRGBA{150, 155, 163, 255}
	tickGrey = color.NRGBA{84, 90, 100, 255}
)

// night is what the colours become on a dark page: the same hues, lighter, and the
// greys turned round. Colours that are not listed stay as they are.
var night = map[[3]uint8][3]uint8{
	{40, 44, 52}:    {224, 228, 234}, // ink
	{0, 0, 0}:       {250, 250, 252}, // truth
	{120, 120, 120}: {160, 165, 172}, // prior
	{0, 114, 178}:   {70, 160, 228},  // blue
	{86, 180, 233}:  {142, 208, 246}, // sky
	{213, 94, 0}:    {242, 132, 56},  // vermillion
	{0, 158, 115}:   {40, 192, 148},  // green
	{204, 121, 167}: {224, 152, 192}, // purple
	{230, 159, 0}:   {242, 184, 58},  // orange
	{255, 255, 255}: {20, 23, 28},    // paper
	{228, 231, 235}: {44, 49, 57},    // grid
	{150, 155, 163}: {112, 118, 128}, // axes
	{84, 90, 100}:   {178, 184, 193}, // ticks
}

// inTheme returns c as it is on a light or a dark page.
func inTheme(c color.Color, dark bool) color.Color {
	turn := func(k color.NRGBA) color.NRGBA {
		if n, ok := night[[3]uint8{k.R, k.G, k.B}]; ok && dark {
			k.R, k.G, k.B = n[0], n[1], n[2]
		}
		return k
	}
	switch k := c.(type) {
	case color.NRGBA:
		return turn(k)
	case solid:
		return blend(turn(color.NRGBA(k)), turn(paper))
	case fixed:
		return color.NRGBA(k)
	}
	return c
}

// A solid colour covers what is below it, and looks as if it were translucent on paper.
type solid color.NRGBA

// RGBA implements color.Color.
func (s solid) RGBA() (r, g, b, a uint32) { return blend(color.NRGBA(s), paper).RGBA() }

// A fixed colour is the same in both themes: it lies on a picture, not on the page.
type fixed color.NRGBA

// RGBA implements color.Color.
func (f fixed) RGBA() (r, g, b, a uint32) { return color.NRGBA(f).RGBA() }

// fade returns c with alpha a.
func fade(c color.NRGBA, a uint8) color.NRGBA { c.A = a; return c }

// onPaper returns the opaque colour that c is on an empty page.
func onPaper(c color.NRGBA) solid { return solid(c) }

// blend returns the opaque colour that c is over below.
func blend(c, below color.NRGBA) color.NRGBA {
	mix := func(v, w uint8) uint8 { return uint8((int(v)*int(c.A) + int(w)*(255-int(c.A)) + 127) / 255) }
	return color.NRGBA{mix(c.R, below.R), mix(c.G, below.G), mix(c.B, below.B), 255}
}
