// Package bnn approximates the posterior p(θ | D) of a Bayesian neural network and
// predicts with it. The data's way is the same line every time:
//
//	data → model (network + prior + likelihood) → method.Fit → posterior → Predict
//
//	model := &bnn.Model{Net: nn.MLP([]int{1, 50, 1}, nn.Tanh), Prior: bnn.Normal{SD: 1}}
//	post, err := bnn.VI{}.Fit(ctx, model.On(train), rng)
//	pred, err := bnn.Predict(ctx, model, post, x, bnn.PredictOptions{Draws: 200, Rand: rng})
//
// # Conventions
//
// Data D = {(x_i, y_i)} has N rows. θ is flat, of length d: the network's weights,
// then the likelihood's parameters (such as log σ). p(θ) is the prior, p(θ | D) the
// posterior and q(θ) its approximation. Everything is in nats. Losses are per row,
//
//	loss = −ELBO/N = mean negative log likelihood + KL(q ‖ p)/N,
//
// so the KL is divided by the number of rows, never by the batch size or the number
// of layers. Probabilities are averaged, never logits. A variance is called a
// variance and a standard deviation SD. When a model has a Scale, priors and noise
// are in standardised units and predictions in the units of the data.
//
// Every function that draws takes a *rand.Rand; the same state gives the same bits,
// for any number of workers.
//
// # Methods and what they need
//
// A target that offers the abilities in the second column can be fitted; those in
// the third are used when they are there (see the interfaces of the same name).
// [Problem] offers them all.
//
//	method              needs                   uses
//	MAP                 -                       GaussPrior Single HeldOut
//	VI                  -                       Parts GaussPrior PriorLearner Noisy Single HeldOut
//	MCDropout           Masker                  GaussPrior Noisy Single HeldOut
//	ConcreteDropout     Masker Noisy GaussPrior Single HeldOut
//	Ensemble            -                       Cloner
//	Laplace             GaussNewton GaussPrior  Single
//	HMC                 -                       Cloner
//	SGLD                -                       -
//	Metropolis          -                       Cloner
//	ImportanceSampling  GaussPrior              -
//
// # Errors
//
// What the caller could have known panics (wrong lengths, no Rand). What only
// running can tell is an error: bad data ([Problem.Err]), a cancelled context
// (with the posterior so far), a [DivergedError], a [NeedsError], a bad file
// ([ErrTruncated] and its siblings).
package bnn
