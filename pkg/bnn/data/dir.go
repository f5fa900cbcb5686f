package data

import (
	"fmt"
	"os"
	"path/filepath"
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
