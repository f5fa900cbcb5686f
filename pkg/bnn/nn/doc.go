// Package nn evaluates feed-forward networks whose weights live in one flat
// vector θ, so that inference code can treat a network as a function of θ.
//
// A [Net] is a description: a list of layers and no weights. A [Tape] evaluates
// it on up to a fixed number of rows and remembers what the backward pass needs;
// it allocates once, when it is made. Everything is written once for float32 and
// float64.
//
// # Conventions
//
// Matrices are dense and row-major: a batch x is (n × in), one row per example.
// A dense layer stores W (out × in) and then b (out) in θ, layer after layer; a
// convolution stores W (filters × patch) and then b (filters). An image of H × W
// pixels with C channels is a row of x, pixel by pixel from the top left, channels
// last ([Shape]).
// dst comes first, inputs are never modified, and no argument may overlap another.
//
// # Noise inside the pass
//
// A pass can carry its own randomness ([Noise]): local reparameterisation, which
// draws the pre-activations of q(θ) = Π N(μ_j, v_j) instead of its weights, and
// dropout with one mask per example. A *function draw* is something else: one θ,
// or one mask ([Net.Mask]), for all x.
package nn
