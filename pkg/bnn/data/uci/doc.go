// Package uci loads the nine data sets of the UCI regression benchmark, as Hernández-Lobato
// and Adams (2015) used them and most papers on Bayesian networks after them.
//
// The files are not embedded. They are looked for in uci/ below [data.Dir] (or in that
// directory itself), under the names FOLDER.data.txt or FOLDER.data.txt.gz, and have to
// have the pinned checksum. `credence data fetch uci` downloads them from the publisher.
//
// The published splits are data.NumpySplits(rows, set.Splits, 0.9, 1).
//
// References: Hernández-Lobato and Adams, "Probabilistic Backpropagation for Scalable
// Learning of Bayesian Neural Networks", ICML 2015, arXiv:1502.05336; Gal and
// Ghahramani, "Dropout as a Bayesian Approximation", ICML 2016, arXiv:1506.02142.
package uci
