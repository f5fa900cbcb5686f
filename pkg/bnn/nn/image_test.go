package nn_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// small is a network with every image layer; 7 × 6 does not divide by the pool.
func small() nn.Net {
	return nn.NewImage(nn.Shape{H: 7, W: 6, C: 2},
		nn.Dropout{}, nn.Conv{Out: 3, Size: 2}, nn.Tanh, nn.MaxPool{Size: 2},
		nn.Dropout{}, nn.Conv{Out: 4, Size: 2}, nn.Tanh,
		nn.Dropout{}, nn.Dense{Out: 2})
}

// A convolution against its definition, in seven loops.
func TestConvolution(t *testing.T) {
	const h, w, c, out, size, n = 5, 6, 3, 4, 3, 2
	net := nn.NewImage(nn.Shape{H: h, W: w, C: c}, nn.Conv{Out: out, Size: size})
	rng := newRand(1)
	theta, x := normals[float64](net.Dim(), rng), normals[float64](n*net.In(), rng)
	got := nn.NewTape[float64](net, n).Forward(theta, x, n)
	weight := func(o, i, j, k int) float64 { return theta[((o*size+i)*size+j)*c+k] }
	at := 0
	for image := range n {
		for r := range h - size + 1 {
			for col := range w - size + 1 {
				for o := range out {
					want := theta[out*size*size*c+o]
					for i := range size {
						for j := range size {
							for k := range c {
								want += weight(o, i, j, k) * x[((image*h+r+i)*w+col+j)*c+k]
							}
						}
					}
					if !(math.Abs(got[at]-want) <= 1e-12) {
						t.Fatalf("image %d, place (%d, %d), filter %d: %v, want %v", image, r, col, o, got[at], want)
					}
					at++
				}
			}
		}
	}
	if at != len(got) {
		t.Errorf("%d outputs, want %d", len(got), at)
	}
}

func TestMaxPool(t *testing.T) {
	net := nn.NewImage(nn.Shape{H: 2, W: 5, C: 2}, nn.MaxPool{Size: 2})
	x := []float64{ // pixel by pixel, two channels; the fifth column is left out
		1, -1, 2, -2, 3, -9, 0, -7, 99, 99,
		4, -4, 0, -5, 1, -8, 5, -6, 99, 99}
	got := nn.NewTape[float64](net, 1).Forward(nil, x, 1)
	if fmt.Sprint(got) != "[4 -1 5 -6]" {
		t.Errorf("maxima %v", got)
	}
}

func TestImageGradients(t *testing.T) {
	net := small()
	rng := newRand(5)
	const n = 3
	tape := nn.NewTape[float64](net, n+1)
	theta, x, c := make([]float64, net.Dim()), normals[float64](n*net.In(), rng), normals[float64](2*n, rng)
	net.Init(theta, rng)
	variance, grad, gradVar := make([]float64, len(theta)), make([]float64, len(theta)), make([]float64, len(theta))
	for i := range variance {
		variance[i] = 0.05 + 0.1*rng.Float64()
	}
	for name, z := range map[string]nn.Noise[float64]{"plain": {}, "local": {Var: variance}, "dropout": {Drop: 0.4}} {
		loss(tape, net, theta, x, c, n, z, grad, gradVar)
		value := func() float64 { return loss(tape, net, theta, x, c, n, z, nil, nil) }
		checkGradient(t, name+" ∂θ", theta, grad, value)
		if z.Var != nil {
			checkGradient(t, name+" ∂v", variance, gradVar, value)
		}
	}
	logits, gradLogits := []float64{-1, 0.3, -0.2}, make([]float64, 3)
	concrete := func(g []float64) nn.Noise[float64] { return nn.Noise[float64]{Logits: logits, GradLogits: g} }
	loss(tape, net, theta, x, c, n, concrete(gradLogits), grad, nil)
	value := func() float64 { return loss(tape, net, theta, x, c, n, concrete(make([]float64, 3)), nil, nil) }
	checkGradient(t, "relaxed ∂θ", theta, grad, value)
	checkGradient(t, "relaxed ∂a", logits, gradLogits, value)
}

// Dropping a channel in the pass is dropping the weights that leave it: over many
// masks both give the same two values of f, equally often.
func TestChannelDropout(t *testing.T) {
	net := nn.NewImage(nn.Shape{H: 3, W: 3, C: 2}, nn.Dropout{}, nn.Conv{Out: 1, Size: 2}, nn.MaxPool{Size: 2}, nn.Dense{Out: 1})
	tape, rng := nn.NewTape[float64](net, 1), newRand(3)
	theta, x := normals[float64](net.Dim(), rng), normals[float64](net.In(), rng)
	const draws, p = 40000, 0.3
	inPass, byMask := map[float64]float64{}, map[float64]float64{}
	for range draws {
		f := tape.ForwardNoisy(theta, x, 1, nn.Noise[float64]{Drop: p, Rand: rng})[0]
		inPass[math.Round(1e9*f)]++
		masked := append([]float64(nil), theta...)
		net.Mask(masked, p, rng)
		byMask[math.Round(1e9*tape.Forward(masked, x, 1)[0])]++
	}
	if len(byMask) != 4 { // two channels, each kept or dropped
		t.Fatalf("masks give %d functions, want 4", len(byMask))
	}
	for f, count := range byMask {
		if !(math.Abs(inPass[f]-count) <= 5*math.Sqrt(2*count)) {
			t.Errorf("f = %v: %v times in the pass, %v times by masks", f/1e9, inPass[f], count)
		}
	}
	if s := small().Sites(); s[0].Units != 2 || s[1].Units != 3 || s[2].Units != 2*1*4 {
		t.Errorf("sites %+v", s)
	}
}

func TestImageJSON(t *testing.T) {
	for _, net := range []nn.Net{small(), nn.MLP([]int{2, 3, 1}, nn.ReLU)} {
		text, err := json.Marshal(net)
		if err != nil {
			t.Fatal(err)
		}
		var back nn.Net
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if back.String() != net.String() || back.Dim() != net.Dim() || back.InShape() != net.InShape() {
			t.Errorf("%v came back as %v", net, back)
		}
	}
	for text, want := range map[string]string{
		`{"in":5,"image":{"H":2,"W":2,"C":1},"layers":[]}`:                                                   "image 2×2×1 with 5 values",
		`{"in":4,"image":{"H":2,"W":-2,"C":-1},"layers":[]}`:                                                 "widths",
		`{"in":4,"image":{"H":2,"W":2,"C":1},"layers":[{"kind":"conv","out":1,"size":3}]}`:                   "larger than the image",
		`{"in":4,"image":{"H":2,"W":2,"C":1},"layers":[{"kind":"conv","out":1,"size":1000000000000000000}]}`: "larger than the image",
		`{"in":4,"layers":[{"kind":"maxpool"}]}`:                                                             "widths",
		`{"in":4,"layers":[{"kind":"maxpool","size":2}]}`:                                                    "larger than the image",
	} {
		var net nn.Net
		if err := json.Unmarshal([]byte(text), &net); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", text, err, want)
		}
	}
}

func ExampleNewImage() {
	net := nn.NewImage(nn.Shape{H: 28, W: 28, C: 1},
		nn.Conv{Out: 16, Size: 5}, nn.ReLU, nn.MaxPool{Size: 2},
		nn.Dropout{}, nn.Conv{Out: 32, Size: 5}, nn.ReLU, nn.MaxPool{Size: 2},
		nn.Dropout{}, nn.Dense{Out: 10})
	fmt.Println(net)
	fmt.Println(net.In(), "pixels,", net.Dim(), "weights and biases")
	// Output:
	// 28×28×1 → conv 16 of 5×5, relu, max of 2×2, dropout, conv 32 of 5×5, relu, max of 2×2, dropout, dense 10
	// 784 pixels, 18378 weights and biases
}

func ExampleNet_InShape() {
	net := nn.NewImage(nn.Shape{H: 8, W: 6, C: 3}, nn.Conv{Out: 4, Size: 3}, nn.ReLU)
	fmt.Println(net.InShape(), "→", net.OutShape(), "=", net.Out(), "values")
	// Output: 8×6×3 → 6×4×4 = 96 values
}
