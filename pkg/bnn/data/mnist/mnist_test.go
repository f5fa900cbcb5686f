package mnist_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/credence-bnn/credence/pkg/bnn/data/mnist"
)

// TestLoad reads the real files where they are.
func TestLoad(t *testing.T) {
	train, test, err := mnist.Load()
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("not here: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if train.Len() != 60000 || test.Len() != 10000 {
		t.Errorf("%d and %d digits, want 60000 and 10000", train.Len(), test.Len())
	}
}

func TestLoadErrors(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("CREDENCE_DATA", dir)
	_, _, err := mnist.Load()
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "credence data fetch mnist") || !strings.Contains(err.Error(), dir) {
		t.Errorf("error %v", err)
	}
	path := filepath.Join(dir, mnist.Files()[0].Name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte("half"), 0o666)); err != nil {
		t.Fatal(err)
	}
	_, _, err = mnist.Load()
	if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "damaged") || !strings.Contains(err.Error(), "credence data fetch mnist") {
		t.Errorf("error %v", err)
	}
}

func ExampleFiles() {
	for _, f := range mnist.Files()[:2] {
		fmt.Println(filepath.ToSlash(f.Name), f.SHA256[:12])
	}
	// Output:
	// mnist/train-images-idx3-ubyte.gz 440fcabf73cc
	// mnist/train-labels-idx1-ubyte.gz 3552534a0a55
}

// Where the files are missing, the error says how to get them.
func ExampleLoad() {
	train, test, err := mnist.Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(train.Len(), test.Len())
}
