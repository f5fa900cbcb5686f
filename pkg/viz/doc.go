// Package viz draws the figures of the course from plain slices: no model, no
// network and no notebook is known here, so that anything can be drawn with it.
//
// Every figure is made by one function from one struct whose zero fields have
// sensible meanings, and comes back as a [Figure], which turns into PNG (at twice
// the nominal resolution) or SVG bytes and describes itself in words:
//
//	fig, err := viz.Band(viz.BandData{X: x, Mean: mean, EpistemicSD: sd})
//	png, err := fig.PNG()
//	alt := fig.Alt()
//
// In a notebook cell, nb.Show(viz.Must(viz.Band(…))) does it all.
//
// The figures: [Running] (a relative frequency settling down), [PriorPosterior]
// (a belief before and after), [Band] (a prediction with its two uncertainties),
// [Loss] (a training trace), [Bars] (a discrete distribution), [Intervals] (estimates
// with their intervals, row by row), [Curves] (functions and points, for what has no
// figure of its own), and [Grid] (several of them side by side).
//
// Data that cannot be drawn (lengths that differ, NaN, Inf, nothing at all) come
// back as an error that names the field and the index. Slices are read while the
// figure is made and not kept.
package viz
