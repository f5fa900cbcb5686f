// Package progress holds what a training tells of itself. It stands apart from package
// bnn, so that what only shows it links no method: a notebook's cell with a figure is
// linked anew each time it runs.
package progress

import "time"

// Report is what a method's Monitor is told, at most ten times a second and once at the
// end, always from the goroutine that called Fit. Package bnn calls it Progress.
type Report struct {
	Method  string        // such as "VI"
	Step    int           // steps done
	Steps   int           // steps in all
	Loss    float64       // −ELBO/N or −log joint/N, in nats per row, as estimated at this step
	Elapsed time.Duration // since Fit began
}
