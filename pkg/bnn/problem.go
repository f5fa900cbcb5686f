package bnn

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// A Problem is a [Model] on a data set. It implements [Target] and all of a
// target's abilities. It shares the data, owns its scratch space, and is not
// safe for concurrent use; [Problem.Clone] makes another one for another goroutine.
type Problem struct {
	model *Model
	set   *data.Set
	err   error

	k              int       // target columns
	x, y           []float64 // (N × in), (N × k), standardised
	weight         []float64 // (N) factor of each row's log likelihood; nil means 1
	mean, sd       []float64 // Gaussian prior of θ; nil when the prior is not Gaussian
	norm           float64   // its constant, Σ_j log sd_j + ½ log 2π
	phiMean, phiSD []float64 // prior of the likelihood's parameters
	blocks         []nn.Block
	*engine[float64]
	single *engine[float32] // made on demand
	held   *Problem         // rows set aside; nil for none
}

const badProblem = "bnn: this Problem is unusable; Problem.Err says why"

// build prepares the data, the prior and the float64 engine.
func (p *Problem) build() {
	x, y := p.set.X, p.set.Y
	if s := p.model.Scale; s != nil {
		x, y = s.X(x), s.Y(y)
	}
	_, p.k = y.Dims()
	n := p.set.Len()
	for i := range n {
		p.x = append(p.x, x.RawRowView(i)...)
		p.y = append(p.y, y.RawRowView(i)...)
	}
	w, lik := p.model.Net.Dim(), p.model.likelihood()
	p.weigh(lik)
	p.blocks = p.model.Net.Blocks()
	p.phiMean, p.phiSD = make([]float64, lik.Params(p.k)), make([]float64, lik.Params(p.k))
	lik.ParamPrior(p.phiMean, p.phiSD)
	if g, ok := p.model.prior().(interface{ SDs([]float64, []nn.Block) }); ok {
		p.mean = append(make([]float64, w), p.phiMean...)
		p.sd = append(make([]float64, w), p.phiSD...)
		g.SDs(p.sd[:w], p.blocks)
		for _, sd := range p.sd {
			p.norm += math.Log(sd) + halfLog2Pi
		}
	}
	p.engine = newEngine[float64](p)
}

// weigh multiplies the weights of the set's rows and those of the likelihood.
func (p *Problem) weigh(lik Likelihood) {
	rw, ok := lik.(RowWeighter)
	if !ok && p.set.W == nil {
		return
	}
	p.weight = make([]float64, p.set.Len())
	for i := range p.weight {
		p.weight[i] = 1
		if p.set.W != nil {
			p.weight[i] = p.set.W[i]
		}
		if ok {
			p.weight[i] *= rw.RowWeight(p.y[i*p.k : (i+1)*p.k])
		}
	}
	if !slices.ContainsFunc(p.weight, func(w float64) bool { return w != 1 }) {
		p.weight = nil
	}
}

// Err says why the problem cannot be fitted, or returns nil.
func (p *Problem) Err() error { return p.err }

// Model returns the model.
func (p *Problem) Model() *Model { return p.model }

// Dim implements [Target].
func (p *Problem) Dim() int {
	p.must()
	return p.model.Dim(p.k)
}

// Len implements [Target].
func (p *Problem) Len() int {
	p.must()
	return p.set.Len()
}

// Init implements [Target]: the network's own start, and the likelihood's
// parameters at their prior mean.
func (p *Problem) Init(theta []float64, rng *rand.Rand) {
	p.must()
	w := p.model.Net.Dim()
	p.model.Net.Init(theta[:w], rng)
	copy(theta[w:], p.phiMean)
}

// Clone implements [Cloner].
func (p *Problem) Clone() Target {
	c := *p
	if p.err == nil {
		c.engine, c.single = newEngine[float64](&c), nil
		if p.held != nil {
			c.held = p.held.Clone().(*Problem)
		}
	}
	return &c
}

// PriorMoments implements [GaussPrior].
func (p *Problem) PriorMoments() (mean, sd []float64) { return p.mean, p.sd }

// LearnPrior implements [PriorLearner].
func (p *Problem) LearnPrior(sd, mu, sigma []float64) bool {
	l, ok := p.model.prior().(interface {
		learn(sd, mu, sigma []float64, blocks []nn.Block)
	})
	if ok {
		l.learn(sd, mu, sigma, p.blocks)
	}
	return ok
}

// Network implements [Masker].
func (p *Problem) Network() nn.Net { return p.model.Net }

// Single implements [Single].
func (p *Problem) Single() Passes[float32] {
	p.must()
	if p.single == nil {
		p.single = newEngine[float32](p)
	}
	return p.single
}

func (p *Problem) must() {
	if p.err != nil {
		panic(badProblem)
	}
}
