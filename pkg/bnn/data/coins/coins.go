// Package coins holds counts of real coins that people really tossed: the famous
// ones of the eighteenth to the twentieth century, and those of our own, up to
// 350,757 flips in 2023. See ATTRIBUTION.md beside this file for the sources.
package coins

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

// A large experiment of 48 people with coins of many countries asked whether a coin
// lands on the side it started from, as the physics of a wobbling coin predicts
// (about 51 %: Diaconis, Holmes and Montgomery, SIAM Review 2007). It does; whether
// it lands heads, when the start is chosen at random, stays at one half.
//
// Reference: Bartoš et al., "Fair coins tend to land on the same side they
// started", 2023, arXiv:2310.04153.
const (
	BartosFlips    = 350757 // flips in all
	BartosSameSide = 178079 // landed on the side they started from: 50.77 %
	BartosHeads    = 175421 // landed heads: 50.01 %
	BartosPeople   = 48     // who did the flipping
)

// Tosses is one person's count, or one study's.
type Tosses struct {
	Who   string
	Year  string // as published: "1777", "1940s"
	N     int    // tosses
	Heads int    // of them, heads
	Note  string // how the coin was tossed, and where the count stands
}

// Share returns Heads/N, the relative frequency of heads.
func (t Tosses) Share() float64 { return float64(t.Heads) / float64(t.N) }

//go:embed tosses.csv
var tosses string

// About says what the counts are and where they come from.
func About() data.About {
	return data.About{
		Name: "coins", What: "famous coin tosses: counts of heads", Rows: 7,
		Licence: "published counts", Origin: "Buffon to Bartoš et al. 2023",
		Files: []data.File{{Name: "tosses.csv", SHA256: "e36b9af0cd3919fb763f215b62e6b2d09a43a6b20f08be66a43314d095baf004", Content: tosses}},
	}
}

// load parses the embedded file once; a failure is a broken build and panics.
var load = sync.OnceValue(func() []Tosses {
	rows, err := parse(tosses)
	if err != nil {
		panic(err.Error())
	}
	return rows
})

// Historical returns the seven counts of the file, in a fresh slice. Not all are fair
// tosses: one coin was spun on its edge, and two people always started from the
// same side; Note says so.
func Historical() []Tosses { return append([]Tosses(nil), load()...) }

// parse reads lines "who,year,n,heads,note" under one header line.
func parse(text string) ([]Tosses, error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("coins: embedded file: %w", err)
	}
	var out []Tosses
	for i, row := range rows {
		if i == 0 {
			continue
		}
		if len(row) != 5 {
			return nil, fmt.Errorf("coins: embedded file line %d has %d columns, want 5", i+1, len(row))
		}
		n, errN := strconv.Atoi(row[2])
		heads, errHeads := strconv.Atoi(row[3])
		if errN != nil || errHeads != nil || heads < 0 || heads > n || n == 0 {
			return nil, fmt.Errorf("coins: embedded file line %d: %s heads of %s tosses is no count", i+1, row[3], row[2])
		}
		out = append(out, Tosses{Who: row[0], Year: row[1], N: n, Heads: heads, Note: row[4]})
	}
	return out, nil
}
