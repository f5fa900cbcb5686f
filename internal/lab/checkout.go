package lab

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// CacheDir returns the directory for everything Credence keeps outside the
// checkout: the environment variable CREDENCE_CACHE if set, else "credence" in
// the user's cache directory.
func CacheDir() (string, error) {
	if dir := os.Getenv("CREDENCE_CACHE"); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no cache directory (%w): set CREDENCE_CACHE to a directory you may write to", err)
	}
	return filepath.Join(dir, "credence"), nil
}

// Home is what belongs to one checkout in the cache: JupyterLab's private
// directories with the kernelspec in them. Two checkouts never share one.
func home(cache, checkout string) string {
	return filepath.Join(cache, "checkouts", filepath.Base(checkout)+"-"+digest(checkout))
}

// Settle makes the home of a checkout. It returns the former path if the
// checkout was moved: a home of the same module whose checkout is gone.
func settle(cache, checkout string) (dir, movedFrom string, err error) {
	dir = home(cache, checkout)
	name := filepath.Join(dir, "checkout")
	if old, err := os.ReadFile(name); err == nil && string(old) == checkout {
		return dir, "", nil
	}
	others, _ := filepath.Glob(filepath.Join(cache, "checkouts", "*", "checkout"))
	for _, other := range others {
		old, err := os.ReadFile(other)
		if err != nil {
			continue
		}
		if _, err := os.Stat(filepath.Join(string(old), "go.mod")); os.IsNotExist(err) {
			movedFrom = string(old)
			os.RemoveAll(filepath.Dir(other)) // its kernelspec points to nowhere
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", "", writeTrouble(err)
	}
	return dir, movedFrom, write(name, []byte(checkout))
}

// Digest is a short fingerprint of the given texts.
func digest(texts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(texts, "\x00")))
	return hex.EncodeToString(sum[:5])
}

// Write replaces a file as a whole: readers see the old or the new one.
func write(name string, content []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return writeTrouble(err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(content)
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Chmod(tmp.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	return writeTrouble(err)
}
