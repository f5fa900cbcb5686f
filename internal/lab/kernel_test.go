package lab

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"
)

// The real thing, with the user's own cache: the first run builds the kernel.
func TestKernel(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the kernel on a fresh machine")
	}
	ctx := context.Background()
	dir, err := Kernel(ctx, Options{Progress: os.Stderr})
	if errors.Is(err, ErrWindows) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	best := time.Hour
	for range 5 {
		start := time.Now()
		again, err := Kernel(ctx, Options{})
		if err != nil || again != dir {
			t.Fatalf("second call: %q, %v; want %q", again, err, dir)
		}
		best = min(best, time.Since(start))
	}
	if best > 200*time.Millisecond {
		t.Errorf("a later call took %v, want less than 200ms", best)
	}
	t.Logf("later calls: %v", best)
}
