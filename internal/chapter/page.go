package chapter

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/credence-bnn/credence/internal/jupyter"
)

var (
	scriptBody = regexp.MustCompile(`(?is)(<script\b[^>]*>).*?(</script>)`)
	styleBody  = regexp.MustCompile(`(?is)(<style\b[^>]*>)(.*?)(</style>)`)
	quiet      = regexp.MustCompile(`(?is)<(pre|code|annotation|title)\b.*?</(?:pre|code|annotation|title)>`)
	comment    = regexp.MustCompile(`(?s)<!--.*?-->`)
	anyTag     = regexp.MustCompile(`(?s)<[^>]*>`)
	fromNet    = regexp.MustCompile(`(?is)<(?:script|img|iframe|source|video|audio|embed|input|track)\b[^>]*?\s(?:src|srcset|poster)\s*=\s*["']?\s*(?:https?:)?//[^"'\s>]*|<link\b[^>]*?\shref\s*=\s*["']?\s*(?:https?:)?//[^"'\s>]*|<object\b[^>]*?\sdata\s*=\s*["']?\s*(?:https?:)?//[^"'\s>]*`)
	styleNet   = regexp.MustCompile(`(?i)(?:url\(\s*["']?\s*|@import\s+["'])(?:https?:)?//[^"')\s]*`)
	scriptNet  = regexp.MustCompile(`(?i)(?:\bimport\s*\(?\s*|\bfetch\(\s*|\bimportScripts\(\s*)["']https?://[^"']*`)
)

// Page checks a notebook's HTML page: no formula is left as TeX between
// dollars, and nothing is loaded from the net. Links are fine.
func Page(html []byte) (errs []error) {
	page := comment.ReplaceAllString(string(html), "")
	for _, s := range scriptBody.FindAllString(page, -1) {
		if m := scriptNet.FindString(s); m != "" {
			errs = append(errs, fmt.Errorf("a script loads from the net: %s", m))
		}
	}
	page = scriptBody.ReplaceAllString(page, "$1$2")
	for _, m := range append(fromNet.FindAllString(page, -1), styleNet.FindAllString(page, -1)...) {
		errs = append(errs, fmt.Errorf("loads from the net: %.200s", m))
	}
	text := quiet.ReplaceAllString(styleBody.ReplaceAllString(page, ""), "")
	text = anyTag.ReplaceAllString(text, "\x00") // a formula does not go across tags, except in running text
	for _, s := range strings.Split(text, "\x00") {
		for _, f := range jupyter.Formulas(s) {
			errs = append(errs, fmt.Errorf("the formula %.200q is not rendered", f.TeX))
		}
	}
	if strings.Contains(string(html), `class="bad"`) {
		errs = append(errs, fmt.Errorf("holds a formula that does not parse"))
	}
	return errs
}
