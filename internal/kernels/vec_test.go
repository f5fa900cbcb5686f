package kernels

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestVecFilesAreCurrent(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the generator")
	}
	dir := t.TempDir()
	files := map[string]string{"asm": "vec_amd64.s", "stubs": "vec_amd64.go", "choice": "vec_choice_amd64.go", "others": "vec_other.go"}
	args := []string{"-C", "../../tools", "run", "./vecgen"}
	for flag, name := range files {
		args = append(args, "-"+flag, filepath.Join(dir, name))
	}
	goRun(t, args...)
	for _, name := range files {
		want, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the generator writes: go generate ./internal/kernels", name)
		}
	}
}
