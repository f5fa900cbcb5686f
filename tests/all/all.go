// Package all registers every exercise of the course (see tests/check): one
// import a line.
package all

import (
	_ "github.com/credence-bnn/credence/tests/01-coin-flips"
	_ "github.com/credence-bnn/credence/tests/02-bayes-rule"
	_ "github.com/credence-bnn/credence/tests/03-the-integral"
	_ "github.com/credence-bnn/credence/tests/04-lines-and-functions"
	_ "github.com/credence-bnn/credence/tests/05-from-lines-to-networks"
	_ "github.com/credence-bnn/credence/tests/06-variational-inference"
	_ "github.com/credence-bnn/credence/tests/07-mc-dropout"
)
