package bnn_test

import (
	"context"
	"fmt"
	"math"
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
	fmt.Printf("slope %.1f, exactly %.1f; sd right within a tenth: %v\n", slope.Mean, line.Mean[0], math.Abs(slope.SD/line.SD()[0]-1) < 0.1)
	fmt.Printf("R̂ %.2f, worth more than 400 independent draws: %v\n", slope.RHat, slope.BulkESS > 400)
	// Output:
	// 4 chains, 2000 draws, 0 divergences
	// slope 1.4, exactly 1.4; sd right within a tenth: true
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
		fmt.Printf("f(%+.0f) = %+.1f, R̂ below 1.05: %v\n", x, at[i].Mean, at[i].RHat < 1.05)
	}
	fmt.Println("log joint, R̂ below 1.05:", chains.DiagnoseLogJoint().RHat < 1.05)
	// Output:
	// f(-2) = -2.3, R̂ below 1.05: true
	// f(+0) = +0.5, R̂ below 1.05: true
	// f(+2) = +3.2, R̂ below 1.05: true
	// log joint, R̂ below 1.05: true
}

func ExampleSGLD() {
	line := bnntest.NewLinear(1) // its exact slope is 1.38 ± 0.08
	post, err := bnn.SGLD{Steps: 100000, Rate: 0.002}.Fit(context.Background(), line.Model().On(line.Set), rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		fmt.Println(err)
		return
	}
	slope := post.(*bnn.Chains).Diagnose(func(theta []float64) float64 { return theta[0] })
	fmt.Printf("slope %.1f ± %.1f\n", slope.Mean, slope.SD)
	// Output: slope 1.4 ± 0.1
}

func ExampleMetropolis() {
	post, err := bnn.Metropolis{Step: 1.5}.Fit(context.Background(), bnntest.Gauss{}, rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		fmt.Println(err)
		return
	}
	chains := post.(*bnn.Chains)
	for j := range 2 {
		d := chains.Diagnose(func(theta []float64) float64 { return theta[j] })
		fmt.Printf("θ[%d] %.1f ± %.1f, R̂ %.2f\n", j, d.Mean, d.SD, d.RHat)
	}
	fmt.Println("neighbours are alike:", chains.Len(), "steps are worth less than", chains.Len()/5, "draws:",
		chains.DiagnoseLogJoint().BulkESS < float64(chains.Len()/5))
	// Output:
	// θ[0] 1.0 ± 0.5, R̂ 1.00
	// θ[1] -2.0 ± 2.0, R̂ 1.00
	// neighbours are alike: 40000 steps are worth less than 8000 draws: true
}

func ExampleImportanceSampling() {
	line := bnntest.NewLinear(1)
	near := &bnn.Gaussian{Mu: []float64{1.4, 0.5}, Sigma: []float64{0.1, 0.1}}
	post, err := bnn.ImportanceSampling{Sample: 50000, Proposal: near}.Fit(context.Background(), line.Model().On(line.Set), rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		fmt.Println(err)
		return
	}
	w := post.(*bnn.Weighted)
	fmt.Printf("log evidence %.1f, exactly %.1f\n", w.LogEvidence, line.LogEvidence)
	fmt.Printf("slope %.2f, exactly %.2f\n", w.Mean(func(theta []float64) float64 { return theta[0] }), line.Mean[0])
	fmt.Println("worth more than a third of the draws:", w.ESS() > 50000/3)
	// Output:
	// log evidence -14.8, exactly -14.8
	// slope 1.38, exactly 1.38
	// worth more than a third of the draws: true
}
