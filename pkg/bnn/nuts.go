package bnn

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
)

// worstEnergy is how far H may grow along a path, in nats, before the path counts as
// divergent: the step is far too long for the curvature there.
const worstEnergy = 1000

// phase is a point (θ, ρ) of a path with log p(θ, D) and its gradient.
type phase struct {
	theta, rho, grad []float64
	lp               float64
}

// pick is the point chosen so far from a piece of a path.
type pick struct {
	theta, grad []float64
	lp, energy  float64
}

// piece is a stretch of the path: the momenta at both of its ends (first is the end
// nearer to where the piece began to grow), their sum over all of its points, the log
// of its weight Σ exp(H₀ − H), and the chosen point.
type piece struct {
	first, last, sum []float64
	logW             float64
	pick             pick
}

// path sums up one draw.
type path struct {
	accept    float64 // mean over its points of min(1, exp(H₀ − H))
	energy    float64 // H of the point that was chosen
	leapfrogs int
	diverged  bool
}

// nuts is one chain: the multinomial no-U-turn sampler in the form that Stan uses.
// Paths grow by doubling: 1, 2, 4, … steps to a random side. All scratch is made here.
type nuts struct {
	t       Target
	rng     *rand.Rand
	depth   int       // doublings at most
	step    float64   // ε
	invMass []float64 // diagonal of M⁻¹
	now     pick      // the current draw

	ends  [2]phase // backward and forward end of the path
	whole piece    // the path so far
	half  []piece  // one scratch piece of each size, 2^0, 2^1, …
	h0    float64
	path  path
}

func newNUTS(t Target, depth int, rng *rand.Rand) (*nuts, error) {
	d := t.Dim()
	v := func() []float64 { return make([]float64, d) }
	newPiece := func() piece { return piece{first: v(), last: v(), sum: v(), pick: pick{theta: v(), grad: v()}} }
	s := &nuts{t: t, rng: rng, depth: depth, step: 1, invMass: v(), now: pick{theta: v(), grad: v()}, whole: newPiece()}
	for i := range s.ends {
		s.ends[i] = phase{theta: v(), rho: v(), grad: v()}
	}
	for range depth {
		s.half = append(s.half, newPiece())
	}
	for j := range s.invMass {
		s.invMass[j] = 1
	}
	t.Init(s.now.theta, rng)
	s.now.lp = t.LogJoint(s.now.grad, s.now.theta, nil)
	if math.IsNaN(s.now.lp) || math.IsInf(s.now.lp, 0) {
		return nil, fmt.Errorf("bnn: HMC cannot start: the log joint is %v at the target's own start", s.now.lp)
	}
	return s, nil
}

// draw moves s.now to the next draw; ok is false when ctx was cancelled.
func (s *nuts) draw(ctx context.Context) (p path, ok bool) {
	s.kick()
	s.ends[0].set(&s.ends[1])
	w := &s.whole
	copy(w.first, s.ends[1].rho)
	copy(w.last, w.first)
	copy(w.sum, w.first)
	w.logW, w.pick.lp, w.pick.energy = 0, s.now.lp, s.h0
	copy(w.pick.theta, s.now.theta)
	copy(w.pick.grad, s.now.grad)
	s.path = path{}
	for k := 0; k < s.depth; k++ {
		if ctx.Err() != nil {
			return path{}, false
		}
		side := s.rng.IntN(2)
		outer, inner := w.first, w.last // as seen from the side that grows
		if side == 0 {
			outer, inner = inner, outer
		}
		n := &s.half[k]
		if !s.grow(k, side, n) {
			break
		}
		// The newer half is preferred, so that draws move far: Betancourt 2017, A.3.2.
		if s.rng.Float64() < math.Exp(n.logW-w.logW) {
			w.pick, n.pick = n.pick, w.pick
		}
		on := s.onwards(outer, inner, w.sum, n.first, n.last, n.sum)
		copy(inner, n.last) // the new outer end on this side
		w.join(n)
		if !on {
			break
		}
	}
	s.now, w.pick = w.pick, s.now
	s.path.accept /= float64(s.path.leapfrogs)
	s.path.energy = s.now.energy
	return s.path, true
}

// kick puts the forward end at the current draw with a fresh momentum ρ ~ N(0, M).
func (s *nuts) kick() {
	z := &s.ends[1]
	for j, v := range s.invMass {
		z.rho[j] = s.rng.NormFloat64() / math.Sqrt(v)
	}
	copy(z.theta, s.now.theta)
	copy(z.grad, s.now.grad)
	z.lp = s.now.lp
	s.h0 = s.energy(z)
}

// grow adds 2^k leapfrog steps at one side of the path (0 backward, 1 forward) and
// writes them over p; false means that they diverged or turn back within themselves.
func (s *nuts) grow(k, side int, p *piece) bool {
	if k == 0 {
		return s.grow1(side, p)
	}
	if !s.grow(k-1, side, p) {
		return false
	}
	q := &s.half[k-1]
	if !s.grow(k-1, side, q) {
		return false
	}
	if s.rng.Float64() < 1/(1+math.Exp(p.logW-q.logW)) {
		p.pick, q.pick = q.pick, p.pick
	}
	on := s.onwards(p.first, p.last, p.sum, q.first, q.last, q.sum)
	copy(p.last, q.last)
	p.join(q)
	return on
}

// grow1 adds one leapfrog step.
func (s *nuts) grow1(side int, p *piece) bool {
	z, eps := &s.ends[side], s.step
	if side == 0 {
		eps = -eps
	}
	s.leapfrog(z, eps)
	h := s.energy(z)
	p.logW = s.h0 - h
	s.path.leapfrogs++
	s.path.accept += math.Min(1, math.Exp(p.logW))
	copy(p.first, z.rho)
	copy(p.last, z.rho)
	copy(p.sum, z.rho)
	copy(p.pick.theta, z.theta)
	copy(p.pick.grad, z.grad)
	p.pick.lp, p.pick.energy = z.lp, h
	s.path.diverged = !(h-s.h0 <= worstEnergy)
	return !s.path.diverged
}

// leapfrog makes one step of length eps: half a step in ρ, one in θ, half in ρ. It is
// reversible and keeps volume, which is why exp(−H) is all that a weight needs.
func (s *nuts) leapfrog(z *phase, eps float64) {
	for j, g := range z.grad {
		z.rho[j] += eps / 2 * g
		z.theta[j] += eps * s.invMass[j] * z.rho[j]
	}
	z.lp = s.t.LogJoint(z.grad, z.theta, nil)
	for j, g := range z.grad {
		z.rho[j] += eps / 2 * g
	}
}

// energy returns H(θ, ρ), +Inf for NaN.
func (s *nuts) energy(z *phase) float64 {
	kinetic := 0.0
	for j, r := range z.rho {
		kinetic += s.invMass[j] * r * r / 2
	}
	if h := kinetic - z.lp; !math.IsNaN(h) {
		return h
	}
	return math.Inf(1)
}

// onwards reports whether two neighbouring pieces together still move apart: the
// velocity M⁻¹ρ at either end has a positive product with the sum of ρ over the path.
// The same is asked of each piece with the nearest point of the other one, or paths
// that are just a full turn long would slip through. Pieces are a and b, their inner
// ends next to each other.
func (s *nuts) onwards(aOuter, aInner, aSum, bInner, bOuter, bSum []float64) bool {
	var a, b, aShort, bShort, aMid, bMid float64
	for j, v := range s.invMass {
		va, vb, sum := v*aOuter[j], v*bOuter[j], aSum[j]+bSum[j]
		a, b = a+va*sum, b+vb*sum
		sum = aSum[j] + bInner[j]
		aShort, bMid = aShort+va*sum, bMid+v*bInner[j]*sum
		sum = bSum[j] + aInner[j]
		bShort, aMid = bShort+vb*sum, aMid+v*aInner[j]*sum
	}
	return a > 0 && b > 0 && aShort > 0 && bMid > 0 && bShort > 0 && aMid > 0
}

// join adds the momenta and the weight of q to p.
func (p *piece) join(q *piece) {
	for j, v := range q.sum {
		p.sum[j] += v
	}
	top, sum := logSumExp(p.logW, 1, q.logW, 1)
	p.logW = top + math.Log(sum)
}

func (z *phase) set(o *phase) {
	copy(z.theta, o.theta)
	copy(z.rho, o.rho)
	copy(z.grad, o.grad)
	z.lp = o.lp
}
