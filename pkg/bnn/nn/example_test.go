package nn_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

func ExampleMLP() {
	net := nn.MLP([]int{1, 50, 1}, nn.Tanh)
	fmt.Println(net)
	fmt.Println(net.Dim(), "weights and biases")
	// Output:
	// 1 → dense 50, tanh, dropout, dense 1
	// 151 weights and biases
}

func ExampleNew() {
	net := nn.New(1,
		nn.Dense{Out: 128, Start: nn.Spread{Weight: 25, Range: 1.9}}, nn.Tanh,
		nn.Dropout{}, nn.Dense{Out: 1})
	fmt.Println(net.In(), net.Out(), net.Dim(), len(net.Layers()))
	// Output: 1 1 385 4
}

func ExampleNet_Blocks() {
	for _, b := range nn.MLP([]int{3, 2, 1}, nn.ReLU).Blocks() {
		fmt.Printf("layer %d: θ[%d:%d], fan-in %d, bias %v\n", b.Layer, b.Lo, b.Hi, b.FanIn, b.Bias)
	}
	// Output:
	// layer 0: θ[0:6], fan-in 3, bias false
	// layer 0: θ[6:8], fan-in 3, bias true
	// layer 1: θ[8:10], fan-in 2, bias false
	// layer 1: θ[10:11], fan-in 2, bias true
}

func ExampleNet_Widest() {
	fmt.Println(nn.MLP([]int{3, 50, 20, 1}, nn.ReLU).Widest())
	// Output: 50
}

func ExampleNet_Init() {
	net := nn.MLP([]int{1, 2, 1}, nn.Tanh)
	theta := make([]float64, net.Dim())
	net.Init(theta, rand.New(rand.NewPCG(1, 2)))
	fmt.Printf("%.2f\n", theta) // W (2 × 1), b (2), W (1 × 2), b (1)
	// Output: [0.38 0.07 0.00 0.00 0.14 -0.80 0.00]
}

func ExampleNet_Mask() {
	net := nn.MLP([]int{1, 4, 1}, nn.Tanh)
	theta := []float64{1, 1, 1, 1, 0, 0, 0, 0, 3, 3, 3, 3, 0}
	net.Mask(theta, 0.5, rand.New(rand.NewPCG(1, 2)))
	fmt.Println(theta[8:12]) // the weights that leave the four hidden units
	fmt.Println(net.MaskMoment(0.5)[8:])
	// Output:
	// [6 0 6 0]
	// [2 2 2 2 1]
}

func ExampleTape_Forward() {
	net := nn.New(2, nn.Dense{Out: 1})
	tape := nn.NewTape[float64](net, 2)
	theta := []float64{2, -1, 0.5} // f(x) = 2 x₁ − x₂ + 0.5
	fmt.Println(tape.Forward(theta, []float64{1, 1, 3, 0}, 2))
	// Output: [1.5 6.5]
}

func ExampleTape_ForwardNoisy() {
	net := nn.New(1, nn.Dense{Out: 1})
	tape := nn.NewTape[float64](net, 3)
	mu, v := []float64{1, 0}, []float64{0, 0} // no variance: no noise
	rng := rand.New(rand.NewPCG(1, 2))
	fmt.Println(tape.ForwardNoisy(mu, []float64{1, 2, 3}, 3, nn.Noise[float64]{Var: v, Rand: rng}))
	// Output: [1 2 3]
}

func ExampleTape_Backward() {
	net := nn.New(2, nn.Dense{Out: 1})
	tape := nn.NewTape[float64](net, 1)
	theta, grad := []float64{2, -1, 0.5}, make([]float64, 3)
	tape.Forward(theta, []float64{3, 4}, 1)
	tape.OutGrad()[0] = 1 // ∂f/∂f
	tape.Backward(grad, nil, theta)
	fmt.Println(grad) // ∂f/∂w₁ = x₁, ∂f/∂w₂ = x₂, ∂f/∂b = 1
	// Output: [3 4 1]
}

func ExampleNet_WithRates() {
	net := nn.New(3, nn.Dropout{P: 0.2}, nn.Dense{Out: 4}, nn.ReLU, nn.Dropout{}, nn.Dense{Out: 1})
	for _, s := range net.WithRates([]float64{0.1, 0.5}).Sites() {
		fmt.Printf("%d units, θ[%d:%d], p = %v\n", s.Units, s.Lo, s.Hi, s.P)
	}
	// Output:
	// 3 units, θ[0:12], p = 0.1
	// 4 units, θ[16:20], p = 0.5
}
