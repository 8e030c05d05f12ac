package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// kill runs commands that save, and kills them at random moments until that has
// happened so often. After each kill the file opens and is sound, and all that was said
// to be saved is there. What ended in time is only counted.
func (v *victim) kill(times int) (said string, err error) {
	if err := v.pack(4); err != nil {
		return "", err
	}
	usual := map[string]time.Duration{} // how long a command takes when it is let
	killed, ended := map[string]int{}, 0
	for n := 0; n < times; {
		name, c, done := v.anything()
		if usual[name] == 0 {
			r := c.run(0)
			if r.status != 0 {
				return "", fmt.Errorf("%s: %s", name, r)
			}
			usual[name] = r.took
			done(r)
			continue
		}
		r := c.run(1 + rand.N(usual[name]*5/4))
		switch {
		case r.status == 0:
			ended++
			usual[name] = (3*usual[name] + r.took) / 4 // a machine is not always as busy
			done(r)
		case r.status == -1 && !r.late:
			n++
			killed[name]++
		default:
			return "", fmt.Errorf("%s: %s", name, r)
		}
		if err := v.check(); err != nil {
			return "", fmt.Errorf("after kill %d, of %s: %w", n, name, err)
		}
	}
	for _, path := range v.backups {
		if err := checkBackup(path); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("killed %d times (%v), in time %d; %d of %d decisions said to be saved, all there", times, killed, ended, len(v.placed), v.tried), nil
}

// anything is a command that saves, and what to note when it says that it did.
func (v *victim) anything() (name string, c call, done func(result)) {
	switch rand.N(9) {
	case 2:
		c, done = v.takeIn()
		return "import", c, done
	case 3:
		return v.session()
	case 4:
		c, done = v.forget()
		return c.args[0], c, done
	case 0:
		id := fmt.Sprint("p", len(v.people), "-", v.tried, "-", rand.Uint64())
		return "people add", v.command("people", "add", "--name", "Ada", "--id", id), func(result) { v.people = append(v.people, id) }
	case 1:
		path := filepath.Join(v.folder, fmt.Sprint("backup", rand.Uint64(), ".db"))
		return "backup", v.command("backup", path), func(result) { v.backups = append(v.backups, path) }
	}
	return "place", v.place(), func(r result) { v.placed = append(v.placed, strings.TrimSpace(r.stdout)) }
}

// crowd has processes place on one file at once, each so many times. Each either saves,
// and says so, or says that the file is taken, and saves nothing.
func (v *victim) crowd(processes, times int) (said string, err error) {
	var mu sync.Mutex
	var group sync.WaitGroup
	refused, longest := 0, time.Duration(0)
	for range processes {
		group.Go(func() {
			for range times {
				mu.Lock()
				c := v.place()
				mu.Unlock()
				r := c.run(0)
				mu.Lock()
				switch {
				case r.status == 0:
					v.placed = append(v.placed, strings.TrimSpace(r.stdout))
				case r.status == 1 && strings.Contains(r.stderr, "is open in another calibrate") && r.stdout == "":
					refused++
					longest = max(longest, r.took)
				default:
					err = fmt.Errorf("place: %s", r)
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if err != nil {
		return "", err
	}
	v.tried -= refused // what was refused is not there, or there are too many
	if err := v.check(); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d processes saved %d decisions in one file; %d gave up, the last to say so after %v; all there, and nothing else",
		processes, len(v.placed), refused, longest.Round(time.Millisecond)), nil
}
