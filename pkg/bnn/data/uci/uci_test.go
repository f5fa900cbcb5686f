package uci

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn/data/concrete"
)

// small is a set of two rows with the shape of the naval one: a column after the target.
func small(text string) Set {
	sum := sha256.Sum256([]byte(text))
	return Set{Name: "small", Title: "Small", Folder: "small-set", Rows: 2, Target: 1, Unused: []int{2},
		Columns: []string{"a", "b (m)", "c"}, SHA256: hex.EncodeToString(sum[:])}
}

const smallText = " 1.5\t20  7\n\n 2.5\t30 8 \n"

func TestLoad(t *testing.T) {
	s := small(smallText)
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write([]byte(smallText))
	w.Close()
	for _, file := range []string{"uci/small-set.data.txt", "uci/small-set.data.txt.gz", "small-set.data.txt", "small-set.data.txt.gz"} {
		dir := t.TempDir()
		t.Setenv("CREDENCE_DATA", dir)
		content := []byte(smallText)
		if strings.HasSuffix(file, ".gz") {
			content = packed.Bytes()
		}
		write(t, filepath.Join(dir, file), content)
		got, err := s.Load()
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if x, y := got.X.RawMatrix().Data, got.Y.RawMatrix().Data; !slices.Equal(x, []float64{1.5, 2.5}) || !slices.Equal(y, []float64{20, 30}) {
			t.Errorf("%s: X %v, Y %v", file, x, y)
		}
		if got.XNames[0] != "a" || len(got.XNames) != 1 || got.YNames[0] != "b (m)" {
			t.Errorf("%s: names %q, %q", file, got.XNames, got.YNames)
		}
	}
}

// TestLoadErrors checks that one line says what is wrong and names the cure.
func TestLoadErrors(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("CREDENCE_DATA", dir)
	s := small(smallText)
	check := func(err error, want ...string) {
		t.Helper()
		for _, w := range append(want, "small") {
			if err == nil || !strings.Contains(err.Error(), w) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error %q, want one line with %q", err, w)
			}
		}
	}
	_, err := s.Load()
	check(err, "small-set.data.txt is not in "+dir, "credence data fetch uci/small", "CREDENCE_DATA")
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v does not wrap fs.ErrNotExist", err)
	}
	path := filepath.Join(dir, s.File())
	write(t, path, []byte(smallText+"9 9 9\n"))
	_, err = s.Load()
	check(err, path, "damaged", "credence data fetch uci/small")
	os.Remove(path)
	write(t, path+".gz", []byte("<html>"))
	_, err = s.Load()
	check(err, path+".gz", "gzip", "credence data fetch uci/small")
	for text, want := range map[string]string{
		"1 2 3\n1 2\n":        "line 2: 2 columns, want 3",
		"1 2 3\n1 x 2\n":      `line 2, column 1: "x"`,
		"1 2 3\n":             "1 rows, want 2",
		"1 2 3\n1 NaN 3\n":    "NaN",
		"<!DOCTYPE html>\n\n": "2 columns, want 3",
	} {
		_, err := small(text).parse([]byte(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", text, err, want)
		}
	}
}

// TestSets loads each set that is there; none is embedded.
func TestSets(t *testing.T) {
	for _, s := range Sets() {
		t.Run(s.Name, func(t *testing.T) {
			if len(s.SHA256) != 64 || s.Inputs() < 4 || s.Target >= len(s.Columns) {
				t.Errorf("description %+v", s)
			}
			if _, err := s.Path(); err != nil {
				t.Skip("not here: ", err)
			}
			got, err := s.Load()
			if err != nil {
				t.Fatal(err)
			}
			if n, d := got.X.Dims(); n != s.Rows || d != s.Inputs() || len(got.XNames) != d {
				t.Errorf("%d × %d with %d names", n, d, len(got.XNames))
			}
		})
	}
}

// TestConcreteEmbedded: the embedded set has the benchmark's rows, in its order, so its
// published splits apply.
func TestConcreteEmbedded(t *testing.T) {
	s, err := Load("concrete")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("not here: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if e := concrete.Set(); !mat.EqualApprox(e.X, s.X, 1e-9) || !mat.EqualApprox(e.Y, s.Y, 1e-9) {
		t.Error("package concrete has other rows")
	}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o666); err != nil {
		t.Fatal(err)
	}
}

func ExampleSets() {
	for _, s := range Sets()[:3] {
		fmt.Println(s.Title, s.Rows, s.Inputs(), s.Columns[s.Target])
	}
	// Output:
	// Boston 506 13 median value ($1000)
	// Concrete 1030 8 strength (MPa)
	// Energy 768 8 heating load (kWh/m²)
}

func ExampleFind() {
	s, _ := Find("naval")
	fmt.Println(s.Title, s.File(), s.Columns[s.Target])
	_, err := Find("navel")
	fmt.Println(err)
	// Output:
	// Naval uci/naval-propulsion-plant.data.txt compressor decay
	// uci: no set "navel"; there are boston, concrete, energy, kin8nm, naval, power, protein, wine, yacht
}

// Where a set is missing, the error says how to get it.
func ExampleLoad() {
	s, err := Load("yacht")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Len(), s.YNames)
}
