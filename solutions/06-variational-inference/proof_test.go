package variationalinference

import (
	"math"
	"slices"
	"testing"

	cases "github.com/credence-bnn/credence/tests/06-variational-inference"
	stub "github.com/credence-bnn/credence/tests/06-variational-inference/testdata/stub"
	"github.com/credence-bnn/credence/tests/check"
	"github.com/credence-bnn/credence/tests/check/prove"
)

func Test(t *testing.T) {
	prove.Exercise(t, cases.Exercise, Solved, check.Funcs{
		"softplus":         stub.Softplus,
		"inverse-softplus": stub.InverseSoftplus,
		"sample":           stub.Sample,
		"kl":               stub.KL,
		"elbo":             stub.ELBO,
		"batch-loss":       stub.BatchLoss,
		"gradient":         stub.Gradient,
		"train":            stub.Train,
	}, wrong, right...)
}

// draw is μ + sd·ε with any rule for the sd.
func draw(mu, rho, eps []float64, sd func(rho float64) float64) []float64 {
	theta := make([]float64, len(mu))
	for j := range theta {
		theta[j] = mu[j] + sd(rho[j])*eps[j]
	}
	return theta
}

// sum adds f over the weights.
func sum(mu, sigma []float64, f func(mu, sigma float64) float64) (total float64) {
	for j := range mu {
		total += f(mu[j], sigma[j])
	}
	return total
}

func total(v []float64) float64 { return mean(v) * float64(len(v)) }

// logMeanExp is log 1/S Σ exp v.
func logMeanExp(v []float64) float64 {
	top, m := slices.Max(v), 0.0
	for _, x := range v {
		m += math.Exp(x-top) / float64(len(v))
	}
	return top + math.Log(m)
}

// parts is what a gradient is made of.
type parts struct {
	g, eps, mu, sigma, slope float64 // data term; draw; mean and sd; derivative of softplus
	s, n, b                  float64 // prior sd; points; points in the batch
}

// assemble is Gradient with rules of its own for the derivatives by μ and σ.
func assemble(gMu, gRho func(p parts) float64) any {
	return func(x, y []float64, n int, mu, rho, eps []float64, noise, s float64) (m, r []float64) {
		clean, _ := Gradient(x, y, n, mu, rho, eps, noise, s)
		for j := range mu {
			g := clean[j] - mu[j]/(s*s*float64(n))
			p := parts{g, eps[j], mu[j], Softplus(rho[j]), 1 / (1 + math.Exp(-rho[j])), s, float64(n), float64(len(x))}
			m, r = append(m, gMu(p)), append(r, gRho(p))
		}
		return m, r
	}
}

func rightMu(p parts) float64 { return p.g + p.mu/(p.s*p.s*p.n) }
func rightSigma(p parts) float64 {
	return p.g*p.eps + (p.sigma/(p.s*p.s)-1/p.sigma)/p.n
}
func rightRho(p parts) float64 { return rightSigma(p) * p.slope }

// train is Train with a step of its own; it changes mu and rho, its own copies.
func train(mu, rho []float64, eps [][]float64, step func(mu, rho, eps []float64)) (muPath, sigmaPath [][]float64) {
	mu, rho = slices.Clone(mu), slices.Clone(rho)
	for _, e := range eps {
		step(mu, rho, e)
		muPath = append(muPath, slices.Clone(mu))
		sigmaPath = append(sigmaPath, []float64{Softplus(rho[0]), Softplus(rho[1])})
	}
	return muPath, sigmaPath
}

var wrong = []prove.Wrong{
	{Task: "softplus", Name: "exp of a large number: overflows", Func: func(rho float64) float64 {
		return math.Log1p(math.Exp(rho))
	}},
	{Task: "softplus", Name: "1 + exp ρ rounded to 1: σ becomes 0", Func: func(rho float64) float64 {
		return max(0, rho) + math.Log(1+math.Exp(-math.Abs(rho)))
	}},
	{Task: "softplus", Name: "exp, another way to be positive", Func: math.Exp},
	{Task: "softplus", Name: "max(0, ρ): not positive for ρ < 0", Func: func(rho float64) float64 { return max(0, rho) }},
	{Task: "softplus", Name: "the sigmoid, which is softplus's derivative", Func: func(rho float64) float64 {
		return 1 / (1 + math.Exp(-rho))
	}},
	{Task: "softplus", Name: "the logarithm to base 2", Func: func(rho float64) float64 { return Softplus(rho) / math.Ln2 }},

	{Task: "inverse-softplus", Name: "log: the inverse of exp", Func: math.Log},
	{Task: "inverse-softplus", Name: "exp of a large number: overflows", Func: func(sigma float64) float64 {
		return math.Log(math.Expm1(sigma))
	}},
	{Task: "inverse-softplus", Name: "softplus once more: log(exp σ + 1)", Func: Softplus},
	{Task: "inverse-softplus", Name: "σ forgotten: log(1 − exp(−σ))", Func: func(sigma float64) float64 {
		return math.Log(-math.Expm1(-sigma))
	}},
	{Task: "inverse-softplus", Name: "log(exp σ) − 1: the 1 outside the logarithm", Func: func(sigma float64) float64 { return sigma - 1 }},

	{Task: "sample", Name: "ρ taken for the sd", Func: func(mu, rho, eps []float64) []float64 {
		return draw(mu, rho, eps, func(rho float64) float64 { return rho })
	}},
	{Task: "sample", Name: "exp(ρ) instead of softplus(ρ)", Func: func(mu, rho, eps []float64) []float64 {
		return draw(mu, rho, eps, math.Exp)
	}},
	{Task: "sample", Name: "the variance σ² as the step", Func: func(mu, rho, eps []float64) []float64 {
		return draw(mu, rho, eps, func(rho float64) float64 { return Softplus(rho) * Softplus(rho) })
	}},
	{Task: "sample", Name: "softplus(ρ) taken for the variance: its root as the step", Func: func(mu, rho, eps []float64) []float64 {
		return draw(mu, rho, eps, func(rho float64) float64 { return math.Sqrt(Softplus(rho)) })
	}},
	{Task: "sample", Name: "one ε for all weights", Func: func(mu, rho, eps []float64) []float64 {
		one := make([]float64, len(eps))
		for j := range one {
			one[j] = eps[0]
		}
		return Sample(mu, rho, one)
	}},

	{Task: "kl", Name: "the other way round: KL(p‖q)", Func: func(mu, sigma []float64, s float64) float64 {
		return sum(mu, sigma, func(m, sd float64) float64 { return math.Log(sd/s) + (s*s+m*m)/(2*sd*sd) - 0.5 })
	}},
	{Task: "kl", Name: "wrong sign: −KL", Func: func(mu, sigma []float64, s float64) float64 { return -KL(mu, sigma, s) }},
	{Task: "kl", Name: "log(σ/s): the logarithm upside down", Func: func(mu, sigma []float64, s float64) float64 {
		return sum(mu, sigma, func(m, sd float64) float64 { return math.Log(sd/s) + (sd*sd+m*m)/(2*s*s) - 0.5 })
	}},
	{Task: "kl", Name: "−½ forgotten: not 0 at the prior", Func: func(mu, sigma []float64, s float64) float64 {
		return KL(mu, sigma, s) + float64(len(mu))/2
	}},
	{Task: "kl", Name: "−½ once for all weights together", Func: func(mu, sigma []float64, s float64) float64 {
		return KL(mu, sigma, s) + float64(len(mu)-1)/2
	}},
	{Task: "kl", Name: "the mean over the weights instead of the sum", Func: func(mu, sigma []float64, s float64) float64 {
		return KL(mu, sigma, s) / float64(len(mu))
	}},
	{Task: "kl", Name: "the spread forgotten: weight decay only", Func: func(mu, sigma []float64, s float64) float64 {
		return sum(mu, sigma, func(m, sd float64) float64 { return m * m / (2 * s * s) })
	}},
	{Task: "kl", Name: "s where s² belongs: an sd taken for a variance", Func: func(mu, sigma []float64, s float64) float64 {
		return sum(mu, sigma, func(m, sd float64) float64 { return math.Log(s/sd) + (sd*sd+m*m)/(2*s) - 0.5 })
	}},

	{Task: "elbo", Name: "adds the KL", Func: func(logLik []float64, kl float64) float64 { return mean(logLik) + kl }},
	{Task: "elbo", Name: "log of the mean likelihood: the evidence's average, not the ELBO's", Func: func(logLik []float64, kl float64) float64 {
		return logMeanExp(logLik) - kl
	}},
	{Task: "elbo", Name: "the sum over draws instead of the mean", Func: func(logLik []float64, kl float64) float64 { return total(logLik) - kl }},
	{Task: "elbo", Name: "KL forgotten: the fit alone", Func: func(logLik []float64, kl float64) float64 { return mean(logLik) }},
	{Task: "elbo", Name: "the KL averaged over the draws as well", Func: func(logLik []float64, kl float64) float64 {
		return (total(logLik) - kl) / float64(len(logLik))
	}},

	{Task: "batch-loss", Name: "KL per batch: KL/B instead of KL/N", Func: func(logLik []float64, kl float64, n int) float64 {
		return -mean(logLik) + kl/float64(len(logLik))
	}},
	{Task: "batch-loss", Name: "the whole KL in every batch", Func: func(logLik []float64, kl float64, n int) float64 {
		return -mean(logLik) + kl
	}},
	{Task: "batch-loss", Name: "N/B forgotten: the batch's sum taken for that of all points", Func: func(logLik []float64, kl float64, n int) float64 {
		return (kl - total(logLik)) / float64(n)
	}},
	{Task: "batch-loss", Name: "wrong sign of the KL: rewards leaving the prior", Func: func(logLik []float64, kl float64, n int) float64 {
		return -mean(logLik) - kl/float64(n)
	}},
	{Task: "batch-loss", Name: "the ELBO itself instead of the loss", Func: func(logLik []float64, kl float64, n int) float64 {
		return mean(logLik) - kl/float64(n)
	}},
	{Task: "batch-loss", Name: "not divided by N: the loss of all points", Func: func(logLik []float64, kl float64, n int) float64 {
		return -mean(logLik)*float64(n) + kl
	}},

	{Task: "gradient", Name: "the slope of softplus forgotten: ∂/∂σ for ∂/∂ρ", Func: assemble(rightMu, rightSigma)},
	{Task: "gradient", Name: "ε forgotten in ∂/∂σ", Func: assemble(rightMu, func(p parts) float64 {
		return (p.g + (p.sigma/(p.s*p.s)-1/p.sigma)/p.n) * p.slope
	})},
	{Task: "gradient", Name: "KL forgotten: fits the data only", Func: assemble(func(p parts) float64 { return p.g }, func(p parts) float64 { return p.g * p.eps * p.slope })},
	{Task: "gradient", Name: "KL per batch: 1/B instead of 1/N", Func: assemble(
		func(p parts) float64 { return p.g + p.mu/(p.s*p.s*p.b) },
		func(p parts) float64 { return (p.g*p.eps + (p.sigma/(p.s*p.s)-1/p.sigma)/p.b) * p.slope })},
	{Task: "gradient", Name: "wrong sign of the KL", Func: assemble(
		func(p parts) float64 { return p.g - p.mu/(p.s*p.s*p.n) },
		func(p parts) float64 { return (p.g*p.eps - (p.sigma/(p.s*p.s)-1/p.sigma)/p.n) * p.slope })},
	{Task: "gradient", Name: "−1/σ forgotten: nothing keeps σ from shrinking to 0", Func: assemble(rightMu, func(p parts) float64 {
		return (p.g*p.eps + p.sigma/(p.s*p.s)/p.n) * p.slope
	})},
	{Task: "gradient", Name: "the data's term summed over the batch, not averaged", Func: assemble(
		func(p parts) float64 { return rightMu(p) + p.g*(p.b-1) },
		func(p parts) float64 { return rightRho(p) + p.g*(p.b-1)*p.eps*p.slope })},
	{Task: "gradient", Name: "the error taken at μ instead of the draw", Func: func(x, y []float64, n int, mu, rho, eps []float64, noise, s float64) ([]float64, []float64) {
		gMu, _ := Gradient(x, y, n, mu, rho, []float64{0, 0}, noise, s)
		gRho := make([]float64, 2)
		for j := range gRho {
			sigma := Softplus(rho[j])
			g := gMu[j] - mu[j]/(s*s*float64(n))
			gRho[j] = (g*eps[j] + (sigma/(s*s)-1/sigma)/float64(n)) / (1 + math.Exp(-rho[j]))
		}
		return gMu, gRho
	}},

	{Task: "train", Name: "walks uphill", Func: func(x, y, mu, rho []float64, eps [][]float64, noise, s, rate float64) ([][]float64, [][]float64) {
		return Train(x, y, mu, rho, eps, noise, s, -rate)
	}},
	{Task: "train", Name: "the same ε in every step", Func: func(x, y, mu, rho []float64, eps [][]float64, noise, s, rate float64) ([][]float64, [][]float64) {
		same := make([][]float64, len(eps))
		for t := range same {
			same[t] = eps[0]
		}
		return Train(x, y, mu, rho, same, noise, s, rate)
	}},
	{Task: "train", Name: "only μ learns", Func: func(x, y, mu, rho []float64, eps [][]float64, noise, s, rate float64) ([][]float64, [][]float64) {
		return train(mu, rho, eps, func(mu, rho, e []float64) {
			gMu, _ := Gradient(x, y, len(x), mu, rho, e, noise, s)
			mu[0], mu[1] = mu[0]-rate*gMu[0], mu[1]-rate*gMu[1]
		})
	}},
	{Task: "train", Name: "writes down ρ instead of σ", Func: func(x, y, mu, rho []float64, eps [][]float64, noise, s, rate float64) ([][]float64, [][]float64) {
		m, sigma := Train(x, y, mu, rho, eps, noise, s, rate)
		for t := range sigma {
			for j := range sigma[t] {
				sigma[t][j] = InverseSoftplus(sigma[t][j])
			}
		}
		return m, sigma
	}},
	{Task: "train", Name: "writes down where the step began", Func: func(x, y, mu, rho []float64, eps [][]float64, noise, s, rate float64) ([][]float64, [][]float64) {
		m, sigma := Train(x, y, mu, rho, eps, noise, s, rate)
		first := []float64{Softplus(rho[0]), Softplus(rho[1])}
		return append([][]float64{slices.Clone(mu)}, m[:len(m)-1]...), append([][]float64{first}, sigma[:len(sigma)-1]...)
	}},
	{Task: "train", Name: "ρ moves by the gradient at the new μ", Func: func(x, y, mu, rho []float64, eps [][]float64, noise, s, rate float64) ([][]float64, [][]float64) {
		return train(mu, rho, eps, func(mu, rho, e []float64) {
			gMu, _ := Gradient(x, y, len(x), mu, rho, e, noise, s)
			mu[0], mu[1] = mu[0]-rate*gMu[0], mu[1]-rate*gMu[1]
			_, gRho := Gradient(x, y, len(x), mu, rho, e, noise, s)
			rho[0], rho[1] = rho[0]-rate*gRho[0], rho[1]-rate*gRho[1]
		})
	}},
	{Task: "train", Name: "the last place in every row: one slice appended again and again", Func: func(x, y, mu, rho []float64, eps [][]float64, noise, s, rate float64) ([][]float64, [][]float64) {
		m, sigma := Train(x, y, mu, rho, eps, noise, s, rate)
		for t := range m {
			m[t], sigma[t] = m[len(m)-1], sigma[len(m)-1]
		}
		return m, sigma
	}},
}
