// Release makes what people without Go install, of the commit that is checked out:
//
//	go -C tools run ./release        # into dist
//	go -C tools run ./release DIR
//
// Archives for Linux, macOS and Windows, Debian and Red Hat packages, each with
// completions and man pages, and SHA256SUMS of them. Whoever makes them from the same
// commit with the same Go gets the same bytes: paths are left out of the programs, and
// all times are that of the commit.
//
// With -target only one system is served. With -extras only the completions and man pages are written; .goreleaser.yaml has it
// do that. What is built is said in build.go, what goes along in extras.go, the shapes
// it is packed in stand in archive.go and packages.go.
package main

import (
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

func main() {
	only := flag.Bool("extras", false, "write completions and man pages, and nothing else")
	one := flag.String("target", "", "make only what is for `SYSTEM`, such as linux_amd64")
	flag.Parse()
	to := "../dist"
	if flag.NArg() > 0 {
		to = flag.Arg(0)
	}
	if err := run(to, *only, *one); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// release is one making of it.
type release struct {
	root    string    // of the repository
	work    string    // what is made on the way
	to      string    // what is made in the end
	time    time.Time // of the commit
	version string
	extras  []file
	made    []string // names in to
}

// file is what is packed.
type file struct {
	name string // in its package, with slashes
	data []byte
	mode os.FileMode
}

func run(to string, only bool, one string) (err error) {
	r := &release{}
	if r.root, err = filepath.Abs(".."); err != nil {
		return err
	}
	if r.to, err = filepath.Abs(to); err != nil {
		return err
	}
	if r.work, err = os.MkdirTemp("", "release-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(r.work)) }()
	if r.time, err = commitTime(r.root); err != nil {
		return err
	}
	host, err := r.build(target{})
	if err != nil {
		return err
	}
	if r.extras, err = r.makeExtras(host); err != nil {
		return err
	}
	if err := os.MkdirAll(r.to, 0o755); err != nil {
		return err
	}
	if only {
		return writeFiles(r.to, r.extras)
	}
	for _, t := range targets {
		if one != "" && one != t.String() {
			continue
		}
		if err := r.pack(t); err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
	}
	return r.sums()
}

// commitTime is when the commit that is checked out was made, in whole seconds.
func commitTime(root string) (time.Time, error) {
	epoch := os.Getenv("SOURCE_DATE_EPOCH")
	if epoch == "" {
		out, err := exec.Command("git", "-C", root, "log", "-1", "--format=%ct").Output()
		if err != nil {
			return time.Time{}, fmt.Errorf("no commit says when this is from; give SOURCE_DATE_EPOCH: %w", err)
		}
		epoch = strings.TrimSpace(string(out))
	}
	seconds, err := strconv.ParseInt(epoch, 10, 64)
	return time.Unix(seconds, 0).UTC(), err
}

// pack builds the program for a target and packs it in each shape that is usual there.
func (r *release) pack(t target) error {
	path, err := r.build(t)
	if err != nil {
		return err
	}
	program, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if r.version == "" {
		if r.version, err = versionOf(path); err != nil {
			return err
		}
	}
	if err := r.archive(t, program); err != nil {
		return err
	}
	if t.os == "linux" {
		return r.packages(t, program)
	}
	return nil
}

// write writes a file of the release and remembers it.
func (r *release) write(name string, data []byte) error {
	r.made = append(r.made, name)
	fmt.Printf("%s: %d bytes\n", name, len(data))
	return os.WriteFile(filepath.Join(r.to, name), data, 0o644)
}

func (r *release) sums() error {
	var sums strings.Builder
	for _, name := range r.made {
		data, err := os.ReadFile(filepath.Join(r.to, name))
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(data), name)
	}
	return os.WriteFile(filepath.Join(r.to, "SHA256SUMS"), []byte(sums.String()), 0o644)
}

func writeFiles(dir string, files []file) error {
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, f.data, f.mode); err != nil {
			return err
		}
	}
	return nil
}
