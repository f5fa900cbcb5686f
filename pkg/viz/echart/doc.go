// Package echart makes interactive charts, with zoom and tooltips, that need no
// internet: Apache ECharts 5.5.1 (Apache License 2.0, see js/) is embedded, and
// go-echarts writes the charts' options.
//
// A chart is made from the same struct as the figure of package viz that shows the
// same thing, and carries that figure as a picture: where scripts do not run (GitHub,
// an untrusted notebook), or where the runtime is missing, the picture stays.
//
// The runtime, one megabyte of JavaScript, is needed once per notebook, whatever the
// number of charts, in any cell before or after them:
//
//	nb.Show(echart.Runtime())
//	nb.Show(echart.Must(echart.Loss(viz.LossData{…})))
package echart
