// Package echart makes interactive charts, with zoom and tooltips, that need no
// internet: Apache ECharts 5.5.1 (Apache License 2.0, see js/) is embedded, and
// go-echarts writes the charts' options.
//
// The charts: [Loss] and [Running] (curves to zoom into), [Confusion] (which class is
// taken for which, and how doubtfully), [Calibration] (promised and kept, bin by bin),
// [Acquisition] (active learning, step by step), and [Traces] (a sampler's draws, of
// which a part lights up everywhere when marked anywhere). They follow the page from
// light to dark and back.
//
// Each carries a stand-in made from the same data: where scripts do not run (GitHub,
// an untrusted notebook), or where the runtime is missing, it stays. A value that is
// NaN or Inf is a gap and never takes the chart with it; lengths that do not match are
// an error that names the field.
//
// The runtime, one megabyte of JavaScript, is needed once per notebook, whatever the
// number of charts, in any cell before or after them:
//
//	nb.Show(echart.Runtime())
//	nb.Show(echart.Must(echart.Loss(viz.LossData{…})))
package echart
