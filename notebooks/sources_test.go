package notebooks

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/internal/jupyter"
)

var (
	oneChapter = regexp.MustCompile(`^## Chapter (\d\d):`)
	anyHeading = regexp.MustCompile(`^## `)
	placeIn    = regexp.MustCompile(`\b(\d\d), sections? (\d(?:, \d)*(?: and \d)?)`)
	number     = regexp.MustCompile(`\b\d\b`)
	part       = regexp.MustCompile(`The situation|Break it|Exercises|The library version|Recall`)
)

// sections returns what SOURCES.md says of places: "03 §2", "06 Break it".
func sections(sources string) (places []string, rows int) {
	chapter := ""
	for line := range strings.Lines(sources) {
		if m := oneChapter.FindStringSubmatch(line); m != nil {
			chapter = m[1]
		} else if anyHeading.MatchString(line) {
			chapter = ""
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if !strings.HasPrefix(line, "| ") || len(cells) < 3 || strings.TrimSpace(cells[0]) == "statement" {
			continue
		}
		rows++
		where := cells[len(cells)-1]
		if chapter == "" {
			for _, m := range placeIn.FindAllStringSubmatch(where, -1) {
				for _, n := range number.FindAllString(m[2], -1) {
					places = append(places, m[1]+" §"+n)
				}
			}
			continue
		}
		for _, n := range number.FindAllString(where, -1) {
			places = append(places, chapter+" §"+n)
		}
		for _, p := range part.FindAllString(where, -1) {
			places = append(places, chapter+" "+p)
		}
	}
	return places, rows
}

// TestSources holds that the sections which SOURCES.md names are there: a chapter that
// is cut anew must not leave it behind.
func TestSources(t *testing.T) {
	raw, err := os.ReadFile("SOURCES.md")
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	chapters(t, func(t *testing.T, file, slug string) {
		nb, err := jupyter.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range nb.Cells {
			for line := range strings.Lines(c.Source) {
				heading, ok := strings.CutPrefix(line, "## ")
				if !ok || c.Type != "markdown" {
					continue
				}
				there[slug[:2]+" §"+heading[:1]] = true
				if m := part.FindString(heading); m != "" {
					there[slug[:2]+" "+m] = true
				}
			}
		}
	})
	places, rows := sections(string(raw))
	if len(places) < rows {
		t.Errorf("%d rows name %d sections: each statement of a source has one at least", rows, len(places))
	}
	for _, p := range places {
		if files, _ := filepath.Glob(p[:2] + "-*.ipynb"); files == nil {
			t.Errorf("SOURCES.md names chapter %s, which is not there", p[:2])
		} else if !there[p] {
			t.Errorf("SOURCES.md names %s, and the chapter has no such section", p)
		}
	}
}

func TestSections(t *testing.T) {
	got, rows := sections("## Chapters 01 and 02: x\n\n| statement | source | chapter, section |\n|---|---|---|\n| a | S1 | 01, sections 1 and 3 |\n| b | S1 | 01, section 1; 02, section 2 |\n\n" +
		"## Chapter 06: y\n\n| statement | source | section |\n|---|---|---|\n| 2 of c | S2 | 3 and 4, measured; Break it |\n| d | S1 | 5 (more in 08) |\n")
	if want := []string{"01 §1", "01 §3", "01 §1", "02 §2", "06 §3", "06 §4", "06 Break it", "06 §5"}; !slices.Equal(got, want) || rows != 4 {
		t.Errorf("%d rows: %s", rows, fmt.Sprint(got))
	}
}
