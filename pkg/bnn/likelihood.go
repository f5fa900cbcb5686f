package bnn

// A Likelihood is p(y | f, φ) for one row: targets y (K), network outputs
// f = f_w(x), and parameters φ of its own, which are the last entries of θ, have
// a Gaussian prior of their own, and are never dropped.
type Likelihood interface {
	// Outputs returns how many network outputs k target columns need.
	Outputs(k int) int
	// Params returns len(φ) for k target columns.
	Params(k int) int
	// ParamPrior writes the moments of φ ~ N(mean, sd²); training starts at the mean.
	ParamPrior(mean, sd []float64)
	// LogProb returns log p(y | f, φ) in nats. Unless they are nil, it writes
	// ∂/∂f over df and adds ∂/∂φ to dphi.
	LogProb(df, dphi, f, phi, y []float64) float64
	// Moments writes E[y | f, φ] and Var[y | f, φ], both of length K.
	Moments(mean, variance, f, phi []float64)
}
