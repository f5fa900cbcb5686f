package kmnist

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The real images, where they are.
func TestLoad(t *testing.T) {
	set, err := Load()
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("not here: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if n, d := set.X.Dims(); n != Rows || d != 784 || set.Err() != nil {
		t.Errorf("%d × %d, %v", n, d, set.Err())
	}
}

func TestLoadErrors(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("CREDENCE_DATA", dir)
	if _, err := Load(); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "credence data fetch kmnist") {
		t.Errorf("no files: %v", err)
	}
	write := func(name string, content []byte) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	images, labels := Files()[0].Name, Files()[1].Name
	write(images, []byte("<html>"))
	write(labels, []byte("<html>"))
	if _, err := Load(); err == nil || !strings.Contains(err.Error(), "delete both files in "+filepath.Join(dir, "kmnist")) {
		t.Errorf("a web page: %v", err)
	}
	// Two images of one pixel: readable, but not the pinned ones.
	write(images, pack([]byte{0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 7, 9}))
	write(labels, pack([]byte{0, 0, 8, 1, 0, 0, 0, 2, 3, 4}))
	if _, err := Load(); err == nil || !strings.Contains(err.Error(), images) || !strings.Contains(err.Error(), "another file") {
		t.Errorf("other images: %v", err)
	}
}

func pack(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

func ExampleFiles() {
	for _, f := range Files() {
		fmt.Println(filepath.ToSlash(f.Name), f.SHA256[:12])
	}
	// Output:
	// kmnist/t10k-images-idx3-ubyte.gz edd7a857845a
	// kmnist/t10k-labels-idx1-ubyte.gz 20bb9a0ef54c
}

// Where the set is missing, the error says how to get it.
func ExampleLoad() {
	set, err := Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(set.Len(), Classes()[int(set.Y.At(0, 0))])
}

func ExampleClasses() {
	fmt.Println(Classes()[:3])
	// Output: [o ki su]
}
