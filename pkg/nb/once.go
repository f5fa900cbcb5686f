package nb

import (
	"encoding"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// resultsVersion is part of every key. Raise it when a change to the library changes
// what a training returns, so that nobody reuses the old results.
const resultsVersion = 1

// Once trains the first time and reuses the result afterwards: each cell of a
// notebook is a program of its own, and none should train again what an earlier one
// has trained. The result is a bnn.Trained, or anything else that writes and reads itself.
//
//	var config = struct{ Steps int; Seed uint64 }{2000, 1}
//
//	func trained() bnn.Trained {
//		return nb.Once("gap-sine", config, func() (bnn.Trained, error) { … })
//	}
//
// The result is kept under CREDENCE_CACHE (or credence in the user's cache directory)
// in once/; that of a bnn.Trained is a file that bnn.Load reads. It is found again by
// name, config and the library's version of results, so config has to hold whatever
// changes the result: steps, rates, widths, seed, data. It can be any value; functions in
// it (monitors) are passed over. A file that cannot be read is trained anew. What is read
// back predicts the same, but a sampler's chains come back as bnn.Samples: ask them for
// their diagnosis inside train.
//
// One line says what happened. An error of train, or a config that cannot be told
// apart from others (channels, cycles), is a panic, so that the cell fails with it.
// Two programs at once both train; neither disturbs the other's file.
func Once[T encoding.BinaryMarshaler, P interface {
	*T
	encoding.BinaryUnmarshaler
}](name string, config any, train func() (T, error)) T {
	key, err := fingerprint(fmt.Sprintf("results %d", resultsVersion), name, config)
	if err != nil {
		panic(fmt.Errorf("nb: Once(%q): %w", name, err))
	}
	file, err := onceFile(name, key)
	if err != nil {
		fmt.Printf("%s: not kept: %v\n", name, err)
	}
	if file != "" {
		var t T
		switch err := readOnce(file, P(&t)); {
		case err == nil:
			fmt.Printf("%s: reused, trained before with the same settings\n", name)
			return t
		case !errors.Is(err, fs.ErrNotExist):
			fmt.Printf("%s: trained anew, because the kept result cannot be read: %v\n", name, err)
		}
	}
	start := time.Now()
	t, err := train()
	if err != nil {
		panic(fmt.Errorf("nb: Once(%q): training failed: %w", name, err))
	}
	took := time.Since(start)
	b, err := t.MarshalBinary()
	if err != nil {
		fmt.Printf("%s: trained in %s, not kept: %v\n", name, seconds(took), err)
		return t
	}
	// What this cell goes on with is what later cells will read.
	var back T
	if err := P(&back).UnmarshalBinary(b); err != nil {
		panic(fmt.Errorf("nb: Once(%q): what was saved cannot be read back: %w", name, err))
	}
	if file == "" {
		return back
	}
	if err := writeOnce(file, b); err != nil {
		fmt.Printf("%s: trained in %s, not kept: %v\n", name, seconds(took), err)
		return back
	}
	fmt.Printf("%s: trained in %s, kept for later cells\n", name, seconds(took))
	return back
}

// onceFile returns where the result belongs, in a directory that exists.
func onceFile(name, key string) (string, error) {
	dir := os.Getenv("CREDENCE_CACHE")
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("no cache directory (%w); set CREDENCE_CACHE to a directory you may write to", err)
		}
		dir = filepath.Join(cache, "credence")
	}
	dir = filepath.Join(dir, "once")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	return filepath.Join(dir, plainName(name)+"-"+key+".safetensors"), nil
}

// plainName keeps letters, digits, '-', '_' and '.' of a name, for a file's name.
func plainName(name string) string {
	s := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '-', r == '_', r == '.':
			return r
		}
		return '_'
	}, name)
	return s[:min(len(s), 60)]
}

func readOnce(file string, into encoding.BinaryUnmarshaler) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return into.UnmarshalBinary(b)
}

// writeOnce writes beside the file and renames: nobody ever sees half of it.
func writeOnce(file string, b []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(file), ".once-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // of no effect once renamed
	if _, err := tmp.Write(b); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), file)
}
