package terminaltest

import (
	"fmt"
	"hash/fnv"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

// Build returns the path of the calibrate binary, built from this module once in
// a test's process. The environment variable CALIBRATE_BINARY names another one
// to test instead, such as one with the race detector.
func Build(t testing.TB) string {
	t.Helper()
	path, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

var build = sync.OnceValues(func() (string, error) {
	if path := os.Getenv("CALIBRATE_BINARY"); path != "" {
		return path, nil
	}
	path, err := binaryPath()
	if err != nil {
		return "", err
	}
	// Another test process may be running the last one: replace, do not overwrite.
	fresh := fmt.Sprintf("%s.%d", path, os.Getpid())
	defer os.Remove(fresh)
	if out, err := exec.Command("go", "build", "-o", fresh, "calibrate").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build calibrate: %w\n%s", err, out)
	}
	return path, os.Rename(fresh, path)
})

// binaryPath names one place a checkout, for a test's process has no end at which
// a temporary folder of its own could be removed.
func binaryPath() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil { // no home
		base = os.TempDir()
	}
	_, here, _, _ := runtime.Caller(0)
	checkout := fnv.New32a()
	_, _ = checkout.Write([]byte(here))
	dir := filepath.Join(base, "calibrate-test", fmt.Sprintf("%08x", checkout.Sum32()))
	return filepath.Join(dir, "calibrate"), os.MkdirAll(dir, 0o700)
}
