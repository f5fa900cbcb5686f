package jupyter

import "regexp"

// What the kernel calls the program of a cell, and where it builds it.
var (
	buildDir  = regexp.MustCompile(`\S*credence-kernel-\d+/[t]mp/gonb_[0-9a-f]+/`)
	buildName = regexp.MustCompile(`\bgonb_[0-9a-f]{6,}\b`)
)

// forgetOwnFiles takes out of error messages where the kernel keeps its files. A
// reader has no use for it, and each run has another place: without it, two runs
// of a cell that is meant to fail leave the same notebook.
func forgetOwnFiles(outputs []*Output) {
	forget := func(s string) string {
		return buildName.ReplaceAllString(buildDir.ReplaceAllString(s, ""), "gonb")
	}
	for _, o := range outputs {
		if o.Type == "stream" && o.Name == "stderr" {
			o.Text = forget(o.Text)
		}
		if o.Type == "error" {
			o.EValue = forget(o.EValue)
			for i := range o.Traceback {
				o.Traceback[i] = forget(o.Traceback[i])
			}
		}
	}
}
