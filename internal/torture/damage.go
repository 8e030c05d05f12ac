package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// damage runs every command that opens a file on damaged ones. None panics, hangs, or
// ends otherwise than well or with a message.
func (v *victim) damage(times int) (said string, err error) {
	for range 20 {
		if r := v.place().run(0); r.status != 0 {
			return "", fmt.Errorf("place: %s", r)
		}
	}
	whole, err := os.ReadFile(v.file)
	if err != nil {
		return "", err
	}
	saved := 0
	for n := range times {
		damaged := spoil(append([]byte(nil), whole...))
		for i, c := range v.everyCommand() {
			if err := os.WriteFile(v.file, damaged, 0o600); err != nil {
				return "", err
			}
			r := c.run(0)
			if r.late || r.status != 0 && r.status != 1 || strings.Contains(r.stderr, "goroutine ") ||
				r.status == 1 && r.stderr == "" && r.stdout == "" {
				return "", fmt.Errorf("damage %d, command %d (%s): %s", n, i, c.args, r)
			}
		}
		out := filepath.Join(v.folder, "saved.db")
		switch err := os.Remove(out); {
		case err == nil:
			saved++
		case !errors.Is(err, fs.ErrNotExist):
			return "", err
		}
	}
	return fmt.Sprintf("%d damaged files, %d commands on each; of %d something could be saved", times, len(v.everyCommand()), saved), nil
}

func (v *victim) everyCommand() []call {
	return []call{
		v.command("log"), v.command("people", "list"), v.command("compare", "spread"), v.command("doctor"),
		v.command("place", "--person", "p1", "--dimension", "individual", "--at", "3-mid", "--rationale", "r"),
		v.command("backup", "--list"), v.command("doctor", "--salvage", filepath.Join(v.folder, "saved.db")),
	}
}

// spoil does to a file what disks do.
func spoil(b []byte) []byte {
	const page = 4096
	at := func() []byte { return b[page*rand.N(len(b)/page):][:page] }
	switch rand.N(6) {
	case 0:
		clear(at())
	case 1:
		p, q := at(), at()
		for i := range p {
			p[i], q[i] = q[i], p[i]
		}
	case 2:
		return b[:rand.N(len(b))]
	case 3:
		return b[2*page:]
	case 4:
		p, q := at(), at()
		copy(p[8:], q[8:]) // under its own number: a page that was written where another belongs
	default:
		for range 1 + rand.N(8) {
			b[rand.N(len(b))] ^= 1 << rand.N(8)
		}
	}
	return b
}
