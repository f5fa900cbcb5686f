package variationalinference

import (
	"math"

	"github.com/credence-bnn/credence/tests/check/prove"
)

// Other ways to the same answers: a student may take any of them.
var right = []prove.Right{
	{Task: "softplus", Name: "two cases", Func: func(rho float64) float64 {
		if rho > 0 {
			return rho + math.Log1p(math.Exp(-rho))
		}
		return math.Log1p(math.Exp(rho))
	}},
	{Task: "softplus", Name: "large ρ are left alone", Func: func(rho float64) float64 {
		if rho > 40 {
			return rho
		}
		return math.Log1p(math.Exp(rho))
	}},

	{Task: "inverse-softplus", Name: "large σ are left alone", Func: func(sigma float64) float64 {
		if sigma > 40 {
			return sigma
		}
		return math.Log(math.Expm1(sigma))
	}},
	{Task: "inverse-softplus", Name: "Newton's steps on softplus", Func: func(sigma float64) float64 {
		rho := min(sigma, math.Log(sigma)+sigma/2)
		for range 60 {
			rho -= (Softplus(rho) - sigma) * (1 + math.Exp(-rho))
		}
		return rho
	}},

	{Task: "sample", Name: "the plain log(1 + exp ρ), which is enough for such ρ", Func: func(mu, rho, eps []float64) (theta []float64) {
		for j := range eps {
			theta = append(theta, eps[j]*math.Log(1+math.Exp(rho[j]))+mu[j])
		}
		return theta
	}},

	{Task: "kl", Name: "three sums, one after the other", Func: func(mu, sigma []float64, s float64) float64 {
		d := float64(len(mu))
		logs := sum(mu, sigma, func(_, sd float64) float64 { return math.Log(sd) })
		means := sum(mu, sigma, func(m, _ float64) float64 { return m / s * m / s })
		spreads := sum(mu, sigma, func(_, sd float64) float64 { return sd / s * sd / s })
		return d*math.Log(s) - logs + (means+spreads-d)/2
	}},
	{Task: "kl", Name: "in units of the prior: (r² − 1 − log r²)/2 + m²/2", Func: func(mu, sigma []float64, s float64) float64 {
		return sum(mu, sigma, func(m, sd float64) float64 {
			r2 := math.Pow(sd/s, 2)
			return 0.5 * (r2 - 1 - math.Log(r2) + math.Pow(m/s, 2))
		})
	}},

	{Task: "elbo", Name: "each draw minus the KL, then the mean", Func: func(logLik []float64, kl float64) (l float64) {
		for _, v := range logLik {
			l += (v - kl) / float64(len(logLik))
		}
		return l
	}},

	{Task: "batch-loss", Name: "−ELBO of all points, scaled up, then divided by N", Func: func(logLik []float64, kl float64, n int) float64 {
		all := total(logLik) * float64(n) / float64(len(logLik))
		return -(all - kl) / float64(n)
	}},

	{Task: "gradient", Name: "sums over the batch first: means of x, y, x², xy", Func: func(x, y []float64, n int, mu, rho, eps []float64, noise, s float64) ([]float64, []float64) {
		var sx, sy, sxx, sxy float64
		for i := range x {
			sx, sy, sxx, sxy = sx+x[i], sy+y[i], sxx+x[i]*x[i], sxy+x[i]*y[i]
		}
		b, theta := float64(len(x)), Sample(mu, rho, eps)
		g := []float64{
			(theta[0] + theta[1]*sx/b - sy/b) / noise / noise,
			(theta[0]*sx/b + theta[1]*sxx/b - sxy/b) / noise / noise,
		}
		var gMu, gRho []float64
		for j := range g {
			sd, slope := Softplus(rho[j]), math.Exp(rho[j])/(1+math.Exp(rho[j]))
			gMu = append(gMu, g[j]+mu[j]/s/s/float64(n))
			gRho = append(gRho, slope*g[j]*eps[j]+slope*sd/s/s/float64(n)-slope/sd/float64(n))
		}
		return gMu, gRho
	}},
	{Task: "gradient", Name: "point by point: each bears its share of the KL", Func: func(x, y []float64, n int, mu, rho, eps []float64, noise, s float64) ([]float64, []float64) {
		gMu, gRho := make([]float64, 2), make([]float64, 2)
		for i := range x {
			m, r := Gradient(x[i:i+1], y[i:i+1], n, mu, rho, eps, noise, s)
			for j := range 2 {
				gMu[j] += m[j] / float64(len(x))
				gRho[j] += r[j] / float64(len(x))
			}
		}
		return gMu, gRho
	}},

	{Task: "train", Name: "changes its own copies in place", Func: func(x, y, mu, rho []float64, eps [][]float64, noise, s, rate float64) ([][]float64, [][]float64) {
		return train(mu, rho, eps, func(mu, rho, e []float64) {
			gMu, gRho := Gradient(x, y, len(y), mu, rho, e, noise, s)
			for j := range mu {
				mu[j] -= rate * gMu[j]
				rho[j] -= rate * gRho[j]
			}
		})
	}},
	{Task: "train", Name: "the gradient of the loss times N, the rate divided by N", Func: func(x, y, mu, rho []float64, eps [][]float64, noise, s, rate float64) ([][]float64, [][]float64) {
		n := float64(len(x))
		return train(mu, rho, eps, func(mu, rho, e []float64) {
			gMu, gRho := make([]float64, 2), make([]float64, 2)
			for i := range x {
				m, r := Gradient(x[i:i+1], y[i:i+1], len(x), mu, rho, e, noise, s)
				for j := range 2 {
					gMu[j], gRho[j] = gMu[j]+m[j], gRho[j]+r[j]
				}
			}
			for j := range mu {
				mu[j] -= rate / n * gMu[j]
				rho[j] -= rate / n * gRho[j]
			}
		})
	}},
}
