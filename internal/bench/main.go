//go:build linux

package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

func main() {
	if text := os.Getenv(childVariable); text != "" {
		fail(child(text))
		return
	}
	only := flag.String("only", "", "measure only these `ROWS`, with commas between them: "+strings.Join(names(), ","))
	short := flag.Bool("short", false, "fewer rounds and no file of more than 10,000 decisions")
	most := flag.Int("most", 1_000_000, "the `DECISIONS` in the largest file")
	md := flag.String("md", "", "write the page to `FILE`, and growth.svg beside it")
	dir := flag.String("dir", "", "keep large files in the `FOLDER` for the next run (without: they are thrown away)")
	flag.Parse()
	fail(run(*only, *short, *most, *md, *dir))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// names of what can be measured.
func names() (all []string) {
	for _, r := range rows {
		all = append(all, r.name)
	}
	return append(all, "growth", "allocations")
}

// chosen are the rows to measure.
func chosen(only, md string) ([]string, error) {
	if only == "" {
		return names(), nil
	}
	if md != "" {
		return nil, errors.New("the page shows everything; leave -only or -md out")
	}
	list := strings.Split(only, ",")
	for _, name := range list {
		if !slices.Contains(names(), name) {
			return nil, fmt.Errorf("there is no row %q; there are %s", name, strings.Join(names(), ", "))
		}
	}
	return list, nil
}

func run(only string, short bool, most int, md, dir string) error {
	list, err := chosen(only, md)
	if err != nil {
		return err
	}
	b, done, err := newBench(short, most, dir)
	if err != nil {
		return err
	}
	defer done()
	page := document{Sizes: b.sizes(), Machine: machine(), Short: short || most < 1_000_000}
	for _, r := range rows {
		if !slices.Contains(list, r.name) {
			continue
		}
		came, err := r.measure(b)
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		m := measuredRow{r, came}
		fmt.Printf("%-16s %-8s %s (target %s; %s)\n", r.name, strings.Trim(m.Verdict(), "*"), m.figures(), r.target, m.note)
		page.Rows = append(page.Rows, m)
	}
	if slices.Contains(list, "growth") {
		if page.Grown, err = b.grow(); err != nil {
			return err
		}
		for _, g := range page.Grown {
			fmt.Printf("%-16s %s: exponents %s\n", g.name, strings.Join(g.Cells(), " | "), g.Exponents())
		}
	}
	if slices.Contains(list, "allocations") {
		if page.Allocations, err = b.allocations(); err != nil {
			return err
		}
	}
	if md == "" {
		return nil
	}
	return page.write(md)
}

// newBench builds the programs and makes the folder for the files; done takes away what
// is not kept.
func newBench(short bool, most int, dir string) (b *bench, done func(), err error) {
	began := time.Now()
	say := func(format string, args ...any) {
		fmt.Fprintf(os.Stderr, "%6s  %s\n", time.Since(began).Round(time.Second), fmt.Sprintf(format, args...))
	}
	if short {
		most = min(most, 10_000)
	}
	temporary, err := os.MkdirTemp("", "calibrate-bench-")
	if err != nil {
		return nil, nil, err
	}
	if dir == "" {
		dir = temporary
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, nil, err
	}
	b = &bench{files: files{dir: dir, say: say}, most: most, short: short, say: say}
	done = func() { _ = os.RemoveAll(temporary) }
	if err := b.begin(temporary); err != nil {
		done()
		return nil, nil, err
	}
	return b, done, nil
}

// begin goes to the top of the repository and builds what is measured.
func (b *bench) begin(temporary string) error {
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return fmt.Errorf("finding the repository: %w", err)
	}
	if err := os.Chdir(strings.TrimSpace(string(root))); err != nil {
		return err
	}
	if b.files.rubric, err = os.ReadFile("rubric.yaml"); err != nil {
		return err
	}
	if err := os.MkdirAll(b.files.path("home"), 0o700); err != nil {
		return err
	}
	b.say("building")
	b.programs, err = build(temporary)
	return err
}

// rows are the targets, in the order of the page.
var rows = []row{
	{"start", "start to the first complete frame of People, 100,000 decisions in the file", "Bubble Tea hello; fzf on 1,000 lines", "≤ 0.9 ×, below fzf", startRow(false)},
	{"start-mute", "the same in a terminal that answers no query", "hello in one that does; fzf in this one", "≤ 0.9 ×, below fzf, nothing before the alt screen", startRow(true)},
	{"version", "`--version`", "Go hello", "≤ 3 ×, < 20 ms", printRow("--version")},
	{"help", "`place --help`", "Go hello", "≤ 3 ×, < 20 ms", printRow("place", "--help")},
	{"key", "key to changed frame in Walk, 200×60", "Bubble Tea hello", "median ≤ 0.8 ×, p99 ≤ 1.2 ×", keyRow},
	{"view", "one View of Walk, 200×60", "–", "≤ 500 µs, ≤ 500 allocations", viewRow},
	{"scroll", "scrolling People, 20,000 rows", "20 rows", "≤ 1.2 ×", scrollRow},
	{"save", "saving one decision, durable", "one bare bbolt Update of as many bytes", "≤ 1.5 ×", saveRow},
	{"import", "importing 100,000 decisions", "bare bbolt puts of the same bytes in batches", "≤ 2.5 ×", importRow},
	{"size", "file size, 1,000,000 decisions", "the sum of the records' bytes", "≤ 1.8 ×", sizeRow},
	{"open", "opening a file of 1,000,000 decisions, to the first complete frame", "1,000 decisions", "≤ 1.2 ×", openRow},
	{"compare-session", "one session's `compare` in that file: 200 people, 8 reviewers", "a file with that session only", "≤ 1.2 ×", compareSessionRow},
	{"compare-all", "`compare distribution` of all 1,000,000", "one bare scan of the same bucket", "≤ 6 ×", compareAllRow},
	{"memory", "peak memory of People and of a session's `compare`, 1,000,000 decisions", "1,000 decisions", "≤ 1.5 ×, ≤ 80 MB", memoryRow},
	{"agreement", "`agreement` on 100,000 units × 5 raters, without an interval", "reading the CSV with encoding/csv", "≤ 4 ×", agreementRow},
	{"binary", "the binary, stripped", "–", "≤ 25 MB", binaryRow},
	{"idle", "processor time in 30 s without a key", "Bubble Tea hello", "≤ 1.2 ×, < 1 % of a core", idleRow},
}
