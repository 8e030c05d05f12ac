package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// The sizes that every screen is looked at in.
var sizes = [][2]int{{80, 24}, {120, 40}, {200, 60}}

// makeSheets makes a sheet of every scene and size: the screen in all looks side by side.
func makeSheets(work, binary, freeze, to, only string) error {
	wanted, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	studio := &studio{work: work, binary: binary, freeze: freeze, to: to}
	if err := studio.prepare(); err != nil {
		return err
	}
	var failed []error
	for _, s := range scenes {
		if !wanted.MatchString(s.name) {
			continue
		}
		if err := studio.take(s); err != nil { // the others are worth seeing still
			failed = append(failed, fmt.Errorf("%s: %w", s.name, err))
			continue
		}
		fmt.Println(filepath.Join(to, s.name+"-*.png"))
	}
	return errors.Join(failed...)
}

// studio is where sheets are made.
type studio struct{ work, binary, freeze, to string }

// prepare makes the data files that scenes are opened on.
func (s *studio) prepare() error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for _, args := range files[name] {
			cmd := exec.Command(s.binary, append(args, "--db", s.file(name))...)
			cmd.Env = environment(s.work, none.environment...)
			if out, err := cmd.CombinedOutput(); err != nil {
				return fmt.Errorf("calibrate %s: %w\n%s", strings.Join(args, " "), err, out)
			}
		}
	}
	return nil
}

func (s *studio) file(name string) string { return filepath.Join(s.work, name+".db") }

// take opens a scene in every look at once, and makes a sheet of each size.
func (s *studio) take(sc scene) error {
	shots := make([][][]byte, len(looks))
	failed := make([]error, len(looks))
	var all sync.WaitGroup
	for i, l := range looks {
		all.Go(func() { shots[i], failed[i] = s.shoot(sc, l, i) })
	}
	all.Wait()
	if err := errors.Join(failed...); err != nil {
		return err
	}
	for i, size := range sizes {
		var tiles [][]byte
		for _, shot := range shots {
			tiles = append(tiles, shot[i])
		}
		name := fmt.Sprintf("%s-%dx%d", sc.name, size[0], size[1])
		svg := filepath.Join(s.work, name+".svg")
		if err := os.WriteFile(svg, sheet(tiles, size[0], size[1]), 0o600); err != nil {
			return err
		}
		if err := command(s.work, "rsvg-convert", "--unlimited", "-o", filepath.Join(s.to, name+".png"), svg); err != nil {
			return err
		}
	}
	return nil
}

// shoot opens a scene in one look and draws it in every size.
func (s *studio) shoot(sc scene, l look, n int) (drawn [][]byte, err error) {
	home := filepath.Join(s.work, fmt.Sprintf("home-%d", n))
	if err := os.MkdirAll(home, 0o700); err != nil {
		return nil, err
	}
	args := slices.Clone(sc.args)
	if sc.file != "" {
		own := filepath.Join(home, "calibrate.db") // a file is open in one program at a time
		if err := copied(s.file(sc.file), own); err != nil {
			return nil, err
		}
		args = append(args, "--db", own)
	}
	program := append([]string{"env", "-i"}, environment(home, l.environment...)...)
	program = append(append(append(program, s.binary), args...), l.flags...)
	if len(sc.args) == 0 || sc.args[0] != "warmup" {
		program = append(program, "--blank-after", "0")
	}
	t, err := open(s.work, fmt.Sprintf("%s-%d", sc.name, n), sizes[0][0], sizes[0][1], program)
	if err != nil {
		return nil, err
	}
	defer t.close()
	if err := t.take(sc.steps); err != nil {
		return nil, err
	}
	for _, size := range sizes {
		if err := t.resize(size[0], size[1]); err != nil {
			return nil, err
		}
		shown, err := t.settled()
		if err != nil {
			return nil, err
		}
		svg, err := draw(s.work, s.freeze, size[0], size[1], l, shown)
		if err != nil {
			return nil, err
		}
		drawn = append(drawn, svg)
	}
	return drawn, nil
}

// copied copies a data file; one that is not there is to be made.
func copied(from, to string) error {
	if err := os.Remove(to); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	data, err := os.ReadFile(from)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o600)
}

// sheet puts the looks of one screen side by side, two a row, each below its name.
func sheet(tiles [][]byte, cols, rows int) []byte {
	const title, across = 18, 2
	w, h := 2*padding+float64(cols)*cellWidth, 2*padding+float64(rows)*cellHeight+title
	down := (len(tiles) + across - 1) / across
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.2f" height="%.2f"><rect width="100%%" height="100%%" fill="#808080"/>`, across*w, float64(down)*h)
	for i, tile := range tiles {
		x, y := float64(i%across)*w, float64(i/across)*h
		fmt.Fprintf(&b, `<text x="%.2f" y="%.2f" font-family="sans-serif" font-size="13" fill="#ffffff">%s</text>`, x+padding, y+title-4, looks[i].name)
		_, picture, _ := strings.Cut(string(tile), "<svg ") // what stands before it is for a file of its own
		b.WriteString(fmt.Sprintf(`<svg x="%.2f" y="%.2f" `, x, y+title) + picture)
	}
	b.WriteString("</svg>")
	return []byte(b.String())
}
