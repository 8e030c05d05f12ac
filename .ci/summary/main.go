// Summary reads the stream of go test -json. It prints each package's result as
// it comes, what failing tests said, and which tests were skipped and why. It ends
// with the two numbers "passed failed" in the file that its argument names. Its
// exit status is 1 if anything failed.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"strings"
)

// event is one line of the stream. A package's own events name no test; a failing
// build is told under the import path alone.
type event struct {
	Action, Package, Test, Output, ImportPath string
	Elapsed                                   float64
}

// counts are the tests that have ended so far, subtests among them, and packages
// that failed without a failing test.
type counts struct{ passed, failed int }

func main() {
	log.SetFlags(0)
	total, err := summarise(os.Stdin, os.Stdout)
	if err != nil {
		log.Fatalf("summary: read the test results: %v", err)
	}
	numbers := fmt.Sprintf("%d %d\n", total.passed, total.failed)
	if err := os.WriteFile(os.Args[1], []byte(numbers), 0o600); err != nil {
		log.Fatalf("summary: %v", err)
	}
	if total.failed > 0 {
		os.Exit(1)
	}
}

func summarise(in io.Reader, out io.Writer) (counts, error) {
	var total counts
	said := map[string]*strings.Builder{}
	failedIn := map[string]bool{}
	for decoder := json.NewDecoder(in); ; {
		var e event
		if err := decoder.Decode(&e); errors.Is(err, io.EOF) {
			return total, nil
		} else if err != nil {
			return total, err
		}
		name := e.Package + e.ImportPath + " " + e.Test
		switch e.Action {
		case "output", "build-output":
			if said[name] == nil {
				said[name] = &strings.Builder{}
			}
			said[name].WriteString(e.Output)
			continue
		case "pass", "fail", "skip", "build-fail":
		default:
			continue
		}
		words := ""
		if said[name] != nil {
			words = said[name].String()
		}
		delete(said, name)
		switch {
		case e.Action == "pass" && e.Test != "":
			total.passed++
		case e.Action == "fail" && e.Test == "" && failedIn[e.Package]:
			fmt.Fprintf(out, "FAIL %s %.1fs\n", e.Package, e.Elapsed)
		case e.Action == "fail" || e.Action == "build-fail":
			total.failed++
			failedIn[e.Package] = true
			fmt.Fprintf(out, "FAIL %s\n%s", name, words)
		case e.Action == "skip" && e.Test != "":
			fmt.Fprintf(out, "skip %s\n%s", name, words)
		case e.Action == "pass":
			fmt.Fprintf(out, "ok   %s %.1fs\n", e.Package, e.Elapsed)
		}
	}
}
