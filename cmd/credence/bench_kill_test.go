//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A bench that is killed between two rows goes on where it stopped and ends with the
// table of one that was not; a changed file is not taken for the old one.
func TestKilledBenchGoesOn(t *testing.T) {
	if testing.Short() {
		t.Skip("builds credence and fits networks")
	}
	dir := t.TempDir()
	binary, table := filepath.Join(dir, "credence"), filepath.Join(dir, "springs.csv")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	rng, text := rand.New(rand.NewPCG(1, 1)), "load (N);length (cm)\n"
	for range 40 {
		x := 10 * rng.Float64()
		text += fmt.Sprintf("%.3f;%.3f\n", x, 5+0.3*x+0.1*rng.NormFloat64())
	}
	if err := os.WriteFile(table, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	bench := func(out string) *exec.Cmd {
		return exec.Command(binary, "bench", "uci", "--data", table, "--target", "length (cm)", "--method", "MAP", "--splits", "3", "--out", out)
	}
	seconds := regexp.MustCompile(`(?m) [0-9.]+ \|$`)
	finish := func(out string) string {
		text, err := bench(out).Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		markdown, _, _ := strings.Cut(string(text), "\n\n")
		return seconds.ReplaceAllString(markdown, " |")
	}
	whole, killed := filepath.Join(dir, "whole.json"), filepath.Join(dir, "killed.json")
	cmd := bench(killed)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(5 * time.Millisecond) {
		if b, _ := os.ReadFile(killed); strings.Contains(string(b), "split") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("no row in two minutes")
		}
	}
	cmd.Process.Kill()
	cmd.Wait()
	left, err := os.ReadFile(killed)
	if err != nil || strings.Count(string(left), "split") == 3 {
		t.Logf("all rows were there before the kill (%v)", err) // on a slow machine; the rest still holds
	}
	if a, b := finish(killed), finish(whole); a != b || !strings.Contains(a, "| springs.csv | MAP | 3 |") {
		t.Errorf("after a kill:\n%s\nwithout:\n%s", a, b)
	}
	if err := os.WriteFile(table, []byte(text+"1;9\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := bench(killed).CombinedOutput(); err == nil || !strings.Contains(string(out), "--fresh") {
		t.Errorf("another content of the file: %v\n%s", err, out)
	}
}
