package data

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Dir returns the directory of data sets that are not embedded: the environment
// variable CREDENCE_DATA if set, else data/ below CREDENCE_CACHE, else credence/data
// in the user's cache directory. It need not exist. `credence data fetch` fills it.
// The error says what to set where there is no cache directory.
func Dir() (string, error) {
	if dir := os.Getenv("CREDENCE_DATA"); dir != "" {
		return filepath.Abs(dir)
	}
	if dir := os.Getenv("CREDENCE_CACHE"); dir != "" {
		return filepath.Abs(filepath.Join(dir, "data"))
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("data: no cache directory (%w): set CREDENCE_DATA to a directory for data sets", err)
	}
	return filepath.Join(dir, "credence", "data"), nil
}

// FindFile returns the path of the first of the names that is a file below [Dir]. set
// is what `credence data fetch` calls the data set, such as "mnist" or "uci/boston".
// Where there is no such file, the error wraps fs.ErrNotExist, names the first of them
// and says how to get it.
func FindFile(set string, names ...string) (string, error) {
	dir, err := Dir()
	if err != nil {
		return "", err
	}
	for _, name := range names {
		path := filepath.Join(dir, name)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path, nil
		}
	}
	loader, _, _ := strings.Cut(set, "/")
	return "", fmt.Errorf("%s: %s is not in %s (%w): run `credence data fetch %s`, or set CREDENCE_DATA to the directory that has it",
		loader, filepath.Base(names[0]), dir, fs.ErrNotExist, set)
}
