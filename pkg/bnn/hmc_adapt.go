package bnn

import (
	"errors"
	"math"
)

// adaptation tunes a chain during its warm-up, as Stan does: first the step size
// alone (the chain is still falling into the posterior), then step size and mass in
// windows of 25, 50, 100, … draws, last the step size alone. At the end of a window
// the mass is set from the window's draws and the search for the step begins anew.
type adaptation struct {
	s          *nuts
	warmup     int
	first, end int // draws before and until the windows
	next, size int // where the current window ends; its length
	dual       dualAverage
	n          float64 // Welford's sums over the window
	mean, m2   []float64
}

func newAdaptation(s *nuts, warmup int, target float64) (*adaptation, error) {
	a := &adaptation{s: s, warmup: warmup, first: 75, end: warmup - 50, size: 25, dual: dualAverage{target: target},
		mean: make([]float64, len(s.invMass)), m2: make([]float64, len(s.invMass))}
	if warmup < 150 {
		a.first, a.end = warmup*15/100, warmup-warmup/10
		a.size = a.end - a.first
	}
	if warmup < 20 { // too short for a mass
		a.first, a.end = warmup, warmup
	}
	a.next = a.first + a.size
	a.stretch()
	return a, a.restart()
}

// learn takes in draw k and the acceptance of its path.
func (a *adaptation) learn(k int, accept float64) error {
	a.s.step = a.dual.update(accept)
	if k >= a.first && k < a.end {
		a.n++
		for j, v := range a.s.now.theta {
			d := v - a.mean[j]
			a.mean[j] += d / a.n
			a.m2[j] += d * (v - a.mean[j])
		}
		if k+1 == a.next {
			a.setMass()
			a.size *= 2
			a.next += a.size
			a.stretch()
			if err := a.restart(); err != nil {
				return err
			}
		}
	}
	if k+1 == a.warmup {
		a.s.step = a.dual.best()
	}
	return nil
}

// stretch lets a window reach the end if the one after it would not fit.
func (a *adaptation) stretch() {
	if a.next+2*a.size > a.end {
		a.next = a.end
	}
}

// setMass makes M⁻¹ the variances of the window's draws, drawn towards 0.001 while
// the window is short, and empties the sums.
func (a *adaptation) setMass() {
	for j, m2 := range a.m2 {
		a.s.invMass[j] = a.n/(a.n+5)*m2/(a.n-1) + 5/(a.n+5)*1e-3
	}
	a.n = 0
	clear(a.mean)
	clear(a.m2)
}

// restart looks for a step size at which one step is accepted with a probability near
// 0.8, by doubling or halving, and starts the dual averaging there.
func (a *adaptation) restart() error {
	s, up := a.s, false
	for try := 0; ; try++ {
		s.kick()
		s.leapfrog(&s.ends[1], s.step)
		good := s.h0-s.energy(&s.ends[1]) > math.Log(0.8)
		if try == 0 {
			up = good
		} else if good != up {
			break
		}
		if s.step *= 2; !good {
			s.step /= 4
		}
		if !(s.step > 1e-100 && s.step < 1e7) {
			return errors.New("bnn: HMC finds no step size: the log joint is flat, or its gradient is wrong (check it with bnntest.Gradient)")
		}
	}
	a.dual = dualAverage{target: a.dual.target, mu: math.Log(10 * s.step)}
	return nil
}

// dualAverage moves log ε until the mean acceptance is the target's (Hoffman & Gelman
// 2014, section 3.2, with their constants).
type dualAverage struct {
	target, mu  float64
	k           float64
	short, mean float64 // mean shortfall of the acceptance; averaged log ε
}

// update takes in an acceptance and returns the step size to try next.
func (d *dualAverage) update(accept float64) float64 {
	if math.IsNaN(accept) {
		accept = 0
	}
	d.k++
	w := 1 / (d.k + 10)
	d.short += w * (d.target - accept - d.short)
	log := d.mu - d.short*math.Sqrt(d.k)/0.05
	d.mean += math.Pow(d.k, -0.75) * (log - d.mean)
	return math.Exp(log)
}

// best returns the averaged step size.
func (d *dualAverage) best() float64 { return math.Exp(d.mean) }
