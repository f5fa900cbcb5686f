package co2

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/stat"
)

// TestChecksum pins the embedded bytes, so that the record cannot change by accident.
func TestChecksum(t *testing.T) {
	if err := About().Verify(); err != nil {
		t.Error(err)
	}
}

// TestRecord checks shape, order and the five missing months.
func TestRecord(t *testing.T) {
	s := Set()
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	if s.Len() != 741 {
		t.Fatalf("%d rows, want 741", s.Len())
	}
	var missing []string
	month := load().month
	for i := 1; i < len(month); i++ {
		for m := month[i-1].AddDate(0, 1, 0); m.Before(month[i]); m = m.AddDate(0, 1, 0) {
			missing = append(missing, m.Format("2006-01"))
		}
	}
	if got, want := strings.Join(missing, " "), "1958-06 1958-10 1964-02 1964-03 1964-04"; got != want {
		t.Errorf("missing months: got %s, want %s", got, want)
	}
	s.Y.Set(0, 0, -1)
	if Set().Y.At(0, 0) == -1 {
		t.Error("a caller's change reaches the next caller")
	}
}

// TestGalGhahramani checks the numbers the recipe states.
func TestGalGhahramani(t *testing.T) {
	train, testX := GalGhahramani()
	if err := train.Err(); err != nil {
		t.Fatal(err)
	}
	if train.Len() != 272 {
		t.Errorf("%d rows, want 272", train.Len())
	}
	r := fit()
	if !(math.Abs(r.slope-0.0886) <= 5e-5) || !(math.Abs(r.sd-2.1354) <= 5e-5) {
		t.Errorf("slope %.5f ppm a row and sd %.5f ppm, want 0.0886 and 2.1354", r.slope, r.sd)
	}
	for _, v := range [][]float64{train.X.RawMatrix().Data, train.Y.RawMatrix().Data} {
		if m, sd := stat.Mean(v, nil), stat.PopStdDev(v, nil); !(math.Abs(m) <= 1e-12) || !(math.Abs(sd-1) <= 1e-12) {
			t.Errorf("mean %v and sd %v, want 0 and 1", m, sd)
		}
	}
	if got := testX.At(999, 0); !(math.Abs(got-3.7237) <= 1e-12) {
		t.Errorf("last test input %v, want 3.7237", got)
	}
}

// TestUndo checks that PPM and Year lead back to the record, inside and beyond it.
func TestUndo(t *testing.T) {
	train, _ := GalGhahramani()
	s := Set()
	for i := range train.Len() {
		x := train.X.At(i, 0)
		if got, want := PPM(x, train.Y.At(i, 0)), s.Y.At(i, 0); !(math.Abs(got-want) <= 1e-9) {
			t.Fatalf("row %d: PPM gives %v, want %v", i, got, want)
		}
		if got, want := Year(x), s.X.At(i, 0); !(math.Abs(got-want) <= 1e-9) {
			t.Fatalf("row %d: Year gives %v, want %v", i, got, want)
		}
	}
	r := fit()
	x := func(row float64) float64 { return (row - r.rowMean) / r.rowSD }
	for _, c := range []struct{ row, want float64 }{
		{-12, year(time.Date(1957, 3, 1, 0, 0, 0, 0, time.UTC))},
		{740, s.X.At(740, 0)},
		{752, s.X.At(740, 0) + 1},
		{300.5, (s.X.At(300, 0) + s.X.At(301, 0)) / 2},
	} {
		if got := Year(x(c.row)); !(math.Abs(got-c.want) <= 1e-9) {
			t.Errorf("row %v: Year gives %v, want %v", c.row, got, c.want)
		}
	}
}

// TestAgainstAuthorsFile compares the training points with the authors' own file,
// which may be read but not distributed.
func TestAgainstAuthorsFile(t *testing.T) {
	dir := os.Getenv("CREDENCE_DATA")
	if dir == "" {
		t.Skip("set CREDENCE_DATA to a directory that holds co2_gal_ghahramani_2016_train.csv to compare with the authors' points")
	}
	f, err := os.Open(filepath.Join(dir, "co2_gal_ghahramani_2016_train.csv"))
	if os.IsNotExist(err) {
		t.Skip("CREDENCE_DATA holds no co2_gal_ghahramani_2016_train.csv")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	train, _ := GalGhahramani()
	if len(rows)-1 != train.Len() {
		t.Fatalf("their file has %d points, ours %d", len(rows)-1, train.Len())
	}
	var sum float64
	for i, row := range rows[1:] {
		x, errX := strconv.ParseFloat(row[0], 64)
		y, errY := strconv.ParseFloat(row[1], 64)
		if errX != nil || errY != nil {
			t.Fatalf("line %d: %v %v", i+2, errX, errY)
		}
		if d := math.Abs(x - train.X.At(i, 0)); !(d <= 1e-9) {
			t.Fatalf("line %d: x differs by %v", i+2, d)
		}
		d := y - train.Y.At(i, 0)
		sum += d * d
	}
	rms := math.Sqrt(sum / float64(train.Len()))
	t.Logf("rms difference to the authors' file: %.4f", rms)
	if !(rms <= 0.0035) {
		t.Errorf("rms difference %.4f, want about 0.003", rms)
	}
}

// TestParseErrors checks that a damaged file is named by line.
func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Date,CO2\n1958-13-01,315.7\n", "line 2"},
		{"Date,CO2\n1958-03-01,315.7\n1958-04-01,-\n", "line 3"},
		{"Date,CO2\n1958-03-01\n", "line 2"},
	} {
		if _, err := parse(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: got error %v, want one with %q", c.text, err, c.want)
		}
	}
}
