package data_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

func TestReadCSVRefuses(t *testing.T) {
	for want, text := range map[string]string{
		"is empty":                                      "",
		"no column \"y\"":                               "a,b\n1,2\n",
		"two columns \"a\"":                             "a,a,y\n1,2,3\n",
		"at least one other":                            "y\n1\n",
		"line 3, column \"a\": \"\" is":                 "a,y\n1,2\n,3\n",
		"\"NA\" is not a number; leave out rows":        "a,y\nNA,2\n",
		"\"red\" is not a number; give each category":   "a,y\nred,2\n",
		"\"1,5\" is not a number; write numbers with a": "a;y\n1,5;2\n",
		"wrong number of fields":                        "a,y\n1,2\n1,2,3\n",
		"no rows":                                       "a,y\n",
		"row 1":                                         "a,y\n1,2\n3,NaN\n",
	} {
		_, err := data.ReadCSV("table", strings.NewReader(text), "y")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", text, err, want)
		}
	}
}

func TestReadCSVSeparators(t *testing.T) {
	for _, text := range []string{"a,b,y\n1,2,3\n", "a; b; y\n1; 2; 3\n", "a\tb\ty\n1\t2\t3\n", "\"a\";\"b\";\"y\"\r\n1;2;3\r\n"} {
		s, err := data.ReadCSV("table", strings.NewReader(text), "y")
		if err != nil {
			t.Errorf("%q: %v", text, err)
		} else if fmt.Sprint(s.X.RawRowView(0), s.Y.RawRowView(0), s.XNames) != "[1 2] [3] [a b]" {
			t.Errorf("%q: %v, %v, %v", text, s.X.RawRowView(0), s.Y.RawRowView(0), s.XNames)
		}
	}
	if _, err := data.ReadCSV("table", strings.NewReader("a\ty\n\t2\n"), "y"); err == nil || !strings.Contains(err.Error(), `column "a": "" is`) {
		t.Errorf("an empty cell between tabs: %v", err)
	}
}

func ExampleReadCSV() {
	table := "\ufefftime (s), height (m), wind (m/s)\n0, 1.5, 3\n1, 2.5, 4\n"
	s, err := data.ReadCSV("kite", strings.NewReader(table), "height (m)")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.XNames, s.YNames)
	fmt.Println(s.X.RawRowView(1), s.Y.RawRowView(1))
	// Output:
	// [time (s) wind (m/s)] [height (m)]
	// [1 4] [2.5]
}

func ExampleEmbedded() {
	const table = "x,y\n0,1\n1,3\n" // as the file came, without units
	s := data.Embedded("ramp", "time (s),height (m)", table, "height (m)")
	fmt.Println(s.Len(), s.XNames, s.YNames)
	// Output: 2 [time (s)] [height (m)]
}

func TestEmbeddedPanicsOnABrokenBuild(t *testing.T) {
	defer func() {
		if p := recover(); p == nil || !strings.Contains(p.(string), "\"NA\" is not a number") {
			t.Errorf("panic %v", p)
		}
	}()
	data.Embedded("ramp", "x,y", "x,y\n0,NA\n", "y")
}
