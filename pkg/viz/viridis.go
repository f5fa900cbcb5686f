package viz

import (
	"image/color"
	"math"
	"sync"
)

// Viridis (Smith and van der Walt, 2015): light and dark in order, alike for all kinds
// of colour vision and in print without colour. Sampled at sixteenths.
var viridisAt = [...][3]float64{
	{68, 1, 84}, {72, 24, 106}, {71, 45, 123}, {66, 64, 134}, {59, 82, 139}, {51, 99, 141}, {44, 114, 142}, {38, 130, 142},
	{33, 145, 140}, {31, 160, 136}, {40, 174, 128}, {63, 188, 115}, {94, 201, 98}, {132, 212, 75}, {173, 220, 48}, {216, 226, 25}, {253, 231, 37},
}

// Cividis (Nuñez, Anderton and Renslow, 2018): a second ramp, for what is predicted beside
// how doubtful it is. Sampled at eighths.
var cividisAt = [...][3]float64{
	{0, 34, 78}, {18, 53, 112}, {59, 73, 108}, {87, 93, 109}, {112, 113, 115}, {138, 134, 120}, {165, 156, 116}, {195, 179, 105}, {254, 232, 56},
}

// viridis returns the colour of t in [0, 1], cividis likewise.
func viridis(t float64) color.NRGBA { return ramp(viridisTable(), t) }
func cividis(t float64) color.NRGBA { return ramp(cividisTable(), t) }

var (
	viridisTable = sync.OnceValue(func() []color.NRGBA { return steps(viridisAt[:]) })
	cividisTable = sync.OnceValue(func() []color.NRGBA { return steps(cividisAt[:]) })
)

// ramp looks a colour up: a map has a million pixels.
func ramp(table []color.NRGBA, t float64) color.NRGBA {
	return table[int(max(0, min(1, t))*float64(len(table)-1)+0.5)]
}

// steps interpolates evenly spaced colours, finer than eight bits tell apart.
func steps(colours [][3]float64) []color.NRGBA {
	table := make([]color.NRGBA, 1024)
	for k := range table {
		t := float64(k) / float64(len(table)-1) * float64(len(colours)-1)
		i := min(int(t), len(colours)-2)
		f := t - float64(i)
		at := func(c int) uint8 { return uint8(math.Round(colours[i][c] + f*(colours[i+1][c]-colours[i][c]))) }
		table[k] = color.NRGBA{at(0), at(1), at(2), 255}
	}
	return table
}
