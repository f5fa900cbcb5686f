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
// The figures, by what they answer:
//
//   - What is believed: [Density], [PriorPosterior], [Updates], [Running], [Functions],
//     [Ridgeline], [Pairs].
//   - What is predicted, and with how much doubt: [Band], [Split], [Boundary],
//     [Images], [Segmentation], [Depth].
//   - Is the doubt right: [Reliability], [PIT], [RiskCoverage], [ROC], [Confusion].
//   - What a network holds: [Network], [Weights], [SNR].
//   - Did the method work: [Loss], [Chains], [Autocorrelation], [Ranks], [Energy],
//     [PredictiveCheck].
//   - Comparisons: [Bars], [Intervals], [Forest], [Repeats], [Curves].
//   - Several figures side by side: [Grid].
//
// Every figure also has a dark version, [Figure.Dark], and takes letters of other
// scripts from fonts given to [RegisterFont].
//
// Data that cannot be drawn (lengths that differ, NaN, Inf, nothing at all) come
// back as an error that names the field and the index. Slices are read while the
// figure is made and not kept.
package viz
