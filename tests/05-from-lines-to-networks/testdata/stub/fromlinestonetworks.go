// Package fromlinestonetworks is exercise 05: a network is a line whose features
// are learned too, and its weights get a prior like any other unknown.
//
// The network has inputs x_0 … x_{n−1}, one hidden layer of H units and one output:
//
//	a_k = b1_k + Σ_j W1_kj x_j       k = 0 … H−1, j = 0 … n−1
//	h_k = max(0, a_k)                the rectified linear unit, ReLU
//	f   = b2 + Σ_k w2_k h_k
//
// W1 (w1 in Go, H × n, row by row) and w2 (H) are weights, b1 (H) and b2 are
// biases. All together are called θ (theta). N(0, σ²) is the bell curve around 0
// with standard deviation (sd) σ.
//
// Every function below compiles and gives a wrong answer until you write it; try
//
//	go run ./cmd/credence check 05-from-lines-to-networks
package fromlinestonetworks

import "math"

// Forward returns the hidden units' outputs h (H) and the network's output f at
// one x (n), by the three formulas above.
//
// x = {1, 2}, w1 = {{1, −1}, {0.5, 0.5}}, b1 = {0, −0.5}, w2 = {3, 2} and b2 = 1
// give a = {−1, 1}, h = {0, 1} and f = 3.
func Forward(x []float64, w1 [][]float64, b1, w2 []float64, b2 float64) (h []float64, f float64) {
	return nil, math.NaN()
}

// Backward returns the derivatives of the loss at one point (x, y),
//
//	loss = ½ (f − y)²
//
// by each weight and bias, in the shapes of w1, b1, w2 and b2. (∂loss/∂b2 is the
// slope of the loss when b2 alone is moved.) With e = f − y, and r_k = 1 if a_k > 0,
// else 0, which is the derivative of max(0, a_k), the chain rule gives them from the
// output back to the input:
//
//	∂loss/∂b2    = e
//	∂loss/∂w2_k  = e h_k
//	∂loss/∂b1_k  = e w2_k r_k
//	∂loss/∂W1_kj = e w2_k r_k x_j
//
// In the example of Forward, y = 1 makes e = 2, gb2 = 2, gw2 = {0, 2},
// gb1 = {0, 4} and gw1 = {{0, 0}, {4, 8}}: a unit that is off learns nothing.
func Backward(x []float64, y float64, w1 [][]float64, b1, w2 []float64, b2 float64) (gw1 [][]float64, gb1, gw2 []float64, gb2 float64) {
	return nil, nil, nil, math.NaN()
}

// InitSDs returns the sd from which each layer's weights are drawn before training
// starts, so that signals neither die out nor blow up on their way. sizes lists the
// layers' widths from input to output; layer l leads from n = sizes[l] to
// m = sizes[l+1] units, and there are len(sizes)−1 of them:
//
//	sd = √(2/n)          with ReLU (He and others, 2015)
//	sd = √(2/(n+m))      otherwise (Xavier: Glorot & Bengio, 2010)
//
// sizes {2, 50, 1} give {1, 0.2} with ReLU and {0.19612, 0.19803} without. These
// are starting points, soon forgotten; a prior is a belief, and stays.
func InitSDs(sizes []int, relu bool) []float64 {
	return nil
}

// Draw turns H(n+2)+1 standard normal numbers z into one network drawn from the
// prior. It uses them in this order: W1 row by row, b1, w2, b2. inputs is n, hidden
// is H; every weight has sd sw, divided by the root of the number of inputs of its
// layer, and every bias has sd sb:
//
//	W1_kj ~ N(0, sw²/n),   w2_k ~ N(0, sw²/H),   b1_k, b2 ~ N(0, sb²)
//
// Multiplying a standard normal number by an sd makes one with that sd. inputs 1,
// hidden 4, sw 2, sb 0.1 and z = {1, −1, 2, 0,  0.5, 1, 0, −1,  2, 1, −2, 4,  3} give
// w1 = {{2}, {−2}, {4}, {0}}, b1 = {0.05, 0.1, 0, −0.1}, w2 = {2, 1, −2, 4}, b2 = 0.3.
func Draw(z []float64, inputs, hidden int, sw, sb float64) (w1 [][]float64, b1, w2 []float64, b2 float64) {
	return nil, nil, nil, math.NaN()
}

// Functions draws networks with one input and returns what each says at every x:
// row s holds f at x_0, x_1, … for the network that Draw makes of z[s]. One network
// is one function, with the same weights at every x. (len(z) × len(x)) Drawn over
// x, the rows are what the prior holds possible before any data.
func Functions(z [][]float64, hidden int, sw, sb float64, x []float64) [][]float64 {
	return nil
}

// SDByWidth returns how far such functions spread at one place x, for networks of
// each width H in widths. For a width, draw a network from the first 3H+1 numbers
// of every z[s], s = 0 … S−1, take its f_s at x, and return
//
//	sd = √(1/S Σ_s (f_s − f̄)²),   f̄ = 1/S Σ_s f_s
//
// in the order of widths. Drawn over the width this is a level line, up to chance:
// without the division by √H in Draw it would climb. For any H it should be near
//
//	√(sb² + ½ sw² (sw² x² + sb²))
//
// since max(0, a) keeps half of a's mean square.
func SDByWidth(z [][]float64, widths []int, x, sw, sb float64) []float64 {
	return nil
}
