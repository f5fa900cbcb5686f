package viz

import (
	"image/color"
	"math"
)

// Viridis (Smith and van der Walt, 2015): light and dark in order, alike for all kinds
// of colour vision and in print without colour. Sampled at sixteenths.
var viridisAt = [...][3]float64{
	{68, 1, 84}, {72, 24, 106}, {71, 45, 123}, {66, 64, 134}, {59, 82, 139}, {51, 99, 141}, {44, 114, 142}, {38, 130, 142},
	{33, 145, 140}, {31, 160, 136}, {40, 174, 128}, {63, 188, 115}, {94, 201, 98}, {132, 212, 75}, {173, 220, 48}, {216, 226, 25}, {253, 231, 37},
}

// viridis returns the colour of t in [0, 1], interpolated.
func viridis(t float64) color.NRGBA {
	t = math.Max(0, math.Min(1, t)) * float64(len(viridisAt)-1)
	i := min(int(t), len(viridisAt)-2)
	f := t - float64(i)
	at := func(k int) uint8 { return uint8(math.Round(viridisAt[i][k] + f*(viridisAt[i+1][k]-viridisAt[i][k]))) }
	return color.NRGBA{at(0), at(1), at(2), 255}
}
