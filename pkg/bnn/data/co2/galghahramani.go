package co2

import (
	"math"
	"sync"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

const (
	trainRows = 272    // March 1958 to March 1981
	testRows  = 1000   // test inputs
	testStart = 1.7257 // where the training data end
	testStep  = 0.002
)

// recipe holds the numbers that turn months and ppm into the figure's coordinates.
type recipe struct {
	intercept, slope float64 // least-squares line: ppm, ppm a row
	sd               float64 // population sd of what remains, ppm
	rowMean, rowSD   float64 // of the row index 0…271
}

var fit = sync.OnceValue(func() recipe {
	ppm := load().ppm[:trainRows]
	row := make([]float64, trainRows)
	for i := range row {
		row[i] = float64(i)
	}
	var r recipe
	r.intercept, r.slope = stat.LinearRegression(row, ppm, nil, false)
	rest := make([]float64, trainRows)
	for i, y := range ppm {
		rest[i] = y - r.intercept - r.slope*row[i]
	}
	r.sd = stat.PopStdDev(rest, nil) // a line with an intercept leaves mean 0
	r.rowMean = stat.Mean(row, nil)
	r.rowSD = stat.PopStdDev(row, nil)
	return r
})

// GalGhahramani returns the training set and the test inputs of the CO2 figure of
// "Dropout as a Bayesian Approximation". The series is *detrended*: what the
// network sees is not the rise of CO2 but what is left of it.
//
//	row r = 0…271 of the record (March 1958 to March 1981)
//	y = (ppm − (a + b r)) / s     a, b by least squares, b = 0.0886 ppm a row, s = 2.1354 ppm
//	x = (r − 135.5) / 78.5        mean and population sd of r
//
// A row is a measured month; five months are missing, so steps in x are not quite
// equal in time. train has 272 rows with y of mean 0 and sd 1. testX holds the
// 1000 × 1 inputs 1.7257 + 0.002 k, from where the data end to thirteen years later
// (mid 1994). [PPM] and [Year] undo the recipe. Each call returns fresh copies.
//
// Reference: Gal and Ghahramani, ICML 2016, arXiv:1506.02142. The points differ
// from the authors' own file by 0.003 rms, in units of y.
func GalGhahramani() (train *data.Set, testX *mat.Dense) {
	s, r := load(), fit()
	x, y := make([]float64, trainRows), make([]float64, trainRows)
	for i := range x {
		row := float64(i)
		x[i] = (row - r.rowMean) / r.rowSD
		y[i] = (s.ppm[i] - r.intercept - r.slope*row) / r.sd
	}
	train = data.New("Mauna Loa CO2, detrended", x, y)
	train.XNames, train.YNames = []string{"time (standardised)"}, []string{"CO2 (detrended, standardised)"}
	testX = mat.NewDense(testRows, 1, nil)
	for k := range testRows {
		testX.Set(k, 0, testStart+testStep*float64(k))
	}
	return train, testX
}

// PPM returns the CO2 concentration in ppm at a point (x, y) of the figure of
// [GalGhahramani]: the line at x put back under the standardised rest y. The ends
// of a band are undone the same way; a standard deviation of y is PPM(x, sd) − PPM(x, 0).
func PPM(x, y float64) float64 {
	r := fit()
	return r.intercept + r.slope*rowOf(x) + r.sd*y
}

// Year returns the decimal year at the input x of [GalGhahramani], interpolated
// between the middles of the measured months. Before the first month and after the
// last (April 2020, at x near 7.7) it goes on at twelve rows a year.
func Year(x float64) float64 {
	month := load().month
	last := len(month) - 1
	row := rowOf(x)
	i := int(math.Floor(min(max(row, 0), float64(last))))
	here := year(month[i])
	if row < 0 || i == last {
		return here + (row-float64(i))/12
	}
	return here + (row-float64(i))*(year(month[i+1])-here)
}

// rowOf returns the (fractional) row index at input x.
func rowOf(x float64) float64 {
	r := fit()
	return r.rowMean + r.rowSD*x
}
