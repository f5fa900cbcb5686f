package bnn

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// store puts the posterior's numbers among the tensors of a file: "theta", "lo",
// "facts" (log evidence, slope), and "sd" or the rows of the upper triangle "root".
func (q *LaplacePosterior) store(ts map[string]tensor) {
	ts["theta"], ts["lo"], ts["facts"] = vector(q.Mode), vector([]float64{float64(q.Lo)}), vector([]float64{q.LogEvidence, q.Slope})
	if q.SD != nil {
		ts["sd"] = vector(q.SD)
		return
	}
	m, _ := q.Root.Dims()
	packed := make([]float64, 0, m*(m+1)/2)
	for i := range m {
		for j := i; j < m; j++ {
			packed = append(packed, q.Root.At(i, j))
		}
	}
	ts["root"] = vector(packed)
}

// storedLaplace makes the posterior of d parameters again; get checks that a tensor
// has so many entries, all finite.
func storedLaplace(net nn.Net, dim int, ts map[string]tensor, get func(name string, n int) []float64) (*LaplacePosterior, error) {
	blocks := net.Blocks()
	q := &LaplacePosterior{Net: net, Mode: get("theta", dim)}
	lo, facts := get("lo", 1), get("facts", 2)
	if len(q.Mode) != dim || len(lo) != 1 || len(facts) != 2 {
		return nil, nil // get has noted an error
	}
	q.LogEvidence, q.Slope = facts[0], facts[1]
	if last := blocks[len(blocks)-2].Lo; lo[0] == float64(last) {
		q.Lo = last
	} else if lo[0] != 0 {
		return nil, fmt.Errorf("a Laplace posterior from parameter %v on, where no last layer starts", lo[0])
	}
	m := dim - q.Lo
	if _, ok := ts["sd"]; ok {
		q.SD = get("sd", m)
		for _, s := range q.SD {
			if !(s > 0) {
				return nil, fmt.Errorf("a standard deviation of %v", s)
			}
		}
		return q, nil
	}
	packed := get("root", m*(m+1)/2)
	if len(packed) != m*(m+1)/2 {
		return nil, nil
	}
	q.Root = mat.NewTriDense(m, mat.Upper, nil)
	for i := range m {
		for j := i; j < m; j++ {
			q.Root.SetTri(i, j, packed[0])
			packed = packed[1:]
		}
		if !(q.Root.At(i, i) > 0) {
			return nil, errors.New("a Cholesky factor whose diagonal is not positive")
		}
	}
	return q, nil
}
