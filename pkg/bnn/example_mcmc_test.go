package bnn_test

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/bnntest"
)

func ExampleHMC() {
	ctx, line := context.Background(), bnntest.NewLinear(1) // Bayesian linear regression, with its exact answer
	post, err := bnn.HMC{}.Fit(ctx, line.Model().On(line.Set), rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		fmt.Println(err)
		return
	}
	chains := post.(*bnn.Chains)
	fmt.Println(len(chains.Chain), "chains,", chains.Len(), "draws,", chains.Divergences(), "divergences")
	slope := chains.Diagnose(func(theta []float64) float64 { return theta[0] })
	fmt.Printf("slope %.1f ± %.2f, exactly %.1f ± %.2f\n", slope.Mean, slope.SD, line.Mean[0], line.SD()[0])
	fmt.Printf("R̂ %.2f, worth more than 400 independent draws: %v\n", slope.RHat, slope.BulkESS > 400)
	// Output:
	// 4 chains, 2000 draws, 0 divergences
	// slope 1.4 ± 0.08, exactly 1.4 ± 0.08
	// R̂ 1.00, worth more than 400 independent draws: true
}

// Weights are not identified, predictions are: they say whether the chains agree.
func ExampleChains_DiagnoseAt() {
	ctx, line := context.Background(), bnntest.NewLinear(1)
	model := line.Model()
	post, err := bnn.HMC{}.Fit(ctx, model.On(line.Set), rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		fmt.Println(err)
		return
	}
	chains := post.(*bnn.Chains)
	at, err := chains.DiagnoseAt(ctx, model, bnntest.Grid())
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, x := range []float64{-2, 0, 2} {
		fmt.Printf("f(%+.0f) = %+.1f ± %.2f, R̂ %.2f\n", x, at[i].Mean, at[i].SD, at[i].RHat)
	}
	fmt.Printf("log joint: R̂ %.2f\n", chains.DiagnoseLogJoint().RHat)
	// Output:
	// f(-2) = -2.3 ± 0.14, R̂ 1.00
	// f(+0) = +0.5 ± 0.05, R̂ 1.00
	// f(+2) = +3.2 ± 0.18, R̂ 1.00
	// log joint: R̂ 1.00
}
