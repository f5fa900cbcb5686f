package jupyter

import "regexp"

// ansi matches the control sequences with which programs colour a terminal.
var ansi = regexp.MustCompile(`\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])`)

// stripANSI removes colours and cursor movements.
func stripANSI(s string) string { return ansi.ReplaceAllString(s, "") }
