// Package fromlinestonetworks is exercise 05, solved: a network is a line whose
// features are learned too, and its weights get a prior like any other unknown.
package fromlinestonetworks

import "math"

// Forward goes through the layers once.
func Forward(x []float64, w1 [][]float64, b1, w2 []float64, b2 float64) (h []float64, f float64) {
	h = make([]float64, len(w1))
	f = b2
	for k, row := range w1 {
		a := b1[k]
		for j, w := range row {
			a += w * x[j]
		}
		h[k] = max(0, a)
		f += w2[k] * h[k]
	}
	return h, f
}

// Backward goes back through them; h_k > 0 says that a_k was above 0.
func Backward(x []float64, y float64, w1 [][]float64, b1, w2 []float64, b2 float64) (gw1 [][]float64, gb1, gw2 []float64, gb2 float64) {
	h, f := Forward(x, w1, b1, w2, b2)
	e := f - y
	gw1, gb1, gw2 = make([][]float64, len(w1)), make([]float64, len(w1)), make([]float64, len(w1))
	for k := range w1 {
		gw2[k] = e * h[k]
		if h[k] > 0 {
			gb1[k] = e * w2[k]
		}
		gw1[k] = make([]float64, len(x))
		for j, v := range x {
			gw1[k][j] = gb1[k] * v
		}
	}
	return gw1, gb1, gw2, e
}

// InitSDs applies He's or Xavier's rule to each layer.
//
// He and others, Delving Deep into Rectifiers, 2015; Glorot & Bengio,
// Understanding the Difficulty of Training Deep Feedforward Neural Networks, 2010.
func InitSDs(sizes []int, relu bool) []float64 {
	sds := make([]float64, len(sizes)-1)
	for l := range sds {
		n := sizes[l]
		if !relu {
			n += sizes[l+1]
		}
		sds[l] = math.Sqrt(2 / float64(n))
	}
	return sds
}

// Draw hands out z from the front.
//
// Neal, Bayesian Learning for Neural Networks, 1996, has the scaling by width.
func Draw(z []float64, inputs, hidden int, sw, sb float64) (w1 [][]float64, b1, w2 []float64, b2 float64) {
	take := func(n int, sd float64) []float64 {
		v := make([]float64, n)
		for i := range v {
			v[i] = sd * z[i]
		}
		z = z[n:]
		return v
	}
	for range hidden {
		w1 = append(w1, take(inputs, sw/math.Sqrt(float64(inputs))))
	}
	b1 = take(hidden, sb)
	w2 = take(hidden, sw/math.Sqrt(float64(hidden)))
	return w1, b1, w2, take(1, sb)[0]
}

// Functions draws each network once and asks it everywhere.
func Functions(z [][]float64, hidden int, sw, sb float64, x []float64) [][]float64 {
	f := make([][]float64, len(z))
	for s := range z {
		w1, b1, w2, b2 := Draw(z[s], 1, hidden, sw, sb)
		f[s] = make([]float64, len(x))
		for i, v := range x {
			_, f[s][i] = Forward([]float64{v}, w1, b1, w2, b2)
		}
	}
	return f
}

// SDByWidth takes the sd over the functions at one place.
func SDByWidth(z [][]float64, widths []int, x, sw, sb float64) []float64 {
	sds := make([]float64, len(widths))
	for i, hidden := range widths {
		var mean, ss float64
		f := Functions(z, hidden, sw, sb, []float64{x})
		for _, row := range f {
			mean += row[0] / float64(len(f))
		}
		for _, row := range f {
			ss += (row[0] - mean) * (row[0] - mean)
		}
		sds[i] = math.Sqrt(ss / float64(len(f)))
	}
	return sds
}
