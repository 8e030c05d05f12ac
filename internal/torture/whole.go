package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"calibrate/calibration"
	"calibrate/store"
)

// What is saved all at once: packets that are taken in, sessions that are finalised and
// people who are purged. Each is there as a whole or not at all.

// packet is a file of decisions from another desk, and whether it was said to be taken in.
type packet struct {
	path  string
	ids   []string
	taken bool
}

// pack makes packets of a few decisions each, from desks of their own.
func (v *victim) pack(n int) error {
	for i := range n {
		desk := &victim{binary: v.binary, folder: v.folder, file: filepath.Join(v.folder, fmt.Sprint("desk", i, ".db"))}
		p := packet{path: filepath.Join(v.folder, fmt.Sprint("drafts", i, ".calib"))}
		id := fmt.Sprint("packed", i)
		if r := desk.command("people", "add", "--name", "Alan", "--id", id).run(0); r.status != 0 {
			return fmt.Errorf("people add: %s", r)
		}
		desk.people = []string{id}
		for range 3 {
			r := desk.place().run(0)
			if r.status != 0 {
				return fmt.Errorf("place: %s", r)
			}
			p.ids = append(p.ids, strings.TrimSpace(r.stdout))
		}
		if r := desk.command("export", "--to", p.path).run(0); r.status != 0 {
			return fmt.Errorf("export: %s", r)
		}
		v.packets = append(v.packets, p)
	}
	return nil
}

// takeIn imports a packet, known or not.
func (v *victim) takeIn() (call, func(result)) {
	i := rand.N(len(v.packets))
	return v.command("import", v.packets[i].path, "--yes"), func(result) { v.packets[i].taken = true }
}

// session opens a session or finalises the last one that was opened.
func (v *victim) session() (string, call, func(result)) {
	if v.opened == "" {
		name := fmt.Sprint("session ", rand.Uint64())
		return "session new", v.command("session", "new", name, "--person", v.people[0]), func(r result) { v.opened = strings.TrimSpace(r.stdout) }
	}
	id := v.opened
	v.opened = "" // killed, it may be finalised or not
	return "session finalise", v.command("session", "finalise", id, "--yes", "--anyway"), func(result) {
		v.finalised = append(v.finalised, id)
	}
}

// forget purges somebody who is in no packet.
func (v *victim) forget() (call, func(result)) {
	id := fmt.Sprint("gone", rand.Uint64())
	if r := v.command("people", "add", "--name", "Gone", "--id", id).run(0); r.status != 0 {
		return v.place(), func(r result) { v.placed = append(v.placed, strings.TrimSpace(r.stdout)) }
	}
	secret := fmt.Sprint("secret", rand.Uint64())
	if v.command("place", "--person", id, "--dimension", "individual", "--at", "1-low", "--rationale", secret).run(0).status == 0 {
		v.tried++
	}
	return v.command("purge", "--person", id, "--why", "asked", "--confirm", "Gone"), func(result) {
		v.tried--
		v.gone = append(v.gone, forgotten{id, secret})
	}
}

// forgotten is somebody who was said to be purged.
type forgotten struct{ id, secret string }

// checkWhole proves that nothing is there by half.
func (v *victim) checkWhole(s *store.Store, there map[string]bool) error {
	for _, p := range v.packets {
		n := 0
		for _, id := range p.ids {
			if there[id] {
				n++
			}
		}
		if n != len(p.ids) && (n > 0 || p.taken) {
			return fmt.Errorf("%d of %d decisions of %s are there (said to be taken in: %t)", n, len(p.ids), p.path, p.taken)
		}
	}
	sessions, err := s.Sessions()
	if err != nil {
		return err
	}
	for _, session := range sessions {
		events, err := s.Events(session.ID)
		if err != nil {
			return err
		}
		told := slices.ContainsFunc(events, func(e calibration.Event) bool { return e.Kind == calibration.Finalise })
		if is := session.State == calibration.Finalised; is != told || !is && slices.Contains(v.finalised, session.ID) {
			return fmt.Errorf("the session %s is %s; that it was finalised is on record: %t", session.ID, session.State, told)
		}
	}
	return v.checkForgotten(s)
}

func (v *victim) checkForgotten(s *store.Store) error {
	people, err := s.People()
	if err != nil {
		return err
	}
	file, err := os.ReadFile(v.file)
	if err != nil {
		return err
	}
	for _, f := range v.gone {
		if slices.ContainsFunc(people, func(p calibration.Person) bool { return p.ID == f.id }) || strings.Contains(string(file), f.secret) {
			return fmt.Errorf("%s was said to be purged, and is in the file", f.id)
		}
	}
	return nil
}
