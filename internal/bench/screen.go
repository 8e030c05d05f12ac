//go:build linux

package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// patience is how long a program may take for anything on the screen.
const patience = time.Minute

// screen is a program in a pseudo-terminal. When something came is known to the
// microsecond; what it looks like is found out by an emulator beside that, which answers
// what programs ask terminals, unless it is mute.
type screen struct {
	command  *exec.Cmd
	terminal *os.File
	began    time.Time

	mu       sync.Mutex
	emulator *vt.Emulator
	first    []byte    // what was written first
	last     time.Time // when something was written last
	complete time.Time // when what is waited for was on the screen first
	texts    []string  // what is waited for
	came     chan struct{}
	gone     chan struct{}
}

// shown is how a program is to be shown.
type shown struct {
	cols, rows uint16
	mute       bool
	env        []string
}

// start starts a program whose first complete frame shows all of the texts.
func (o shown) start(argv []string, texts ...string) (*screen, error) {
	s := &screen{
		texts:   texts,
		command: exec.Command(argv[0], argv[1:]...), emulator: vt.NewEmulator(int(o.cols), int(o.rows)),
		came: make(chan struct{}, 1), gone: make(chan struct{}),
	}
	s.command.Env = o.env
	s.began = time.Now()
	terminal, err := pty.StartWithSize(s.command, &pty.Winsize{Cols: o.cols, Rows: o.rows})
	if err != nil {
		return nil, fmt.Errorf("start %s in a pseudo-terminal: %w", filepath.Base(argv[0]), err)
	}
	s.terminal = terminal
	var answers io.Writer = terminal
	if o.mute {
		answers = io.Discard
	}
	go func() { _, _ = io.Copy(answers, s.emulator) }()
	go s.read()
	return s, nil
}

func (s *screen) read() {
	defer close(s.gone)
	type piece struct {
		came time.Time
		text []byte
	}
	pieces := make(chan piece, 1024)
	go func() {
		for p := range pieces {
			s.show(p.text, p.came)
		}
	}()
	defer close(pieces)
	for {
		chunk := make([]byte, 64<<10)
		n, err := s.terminal.Read(chunk)
		if n > 0 {
			now := time.Now()
			s.mu.Lock()
			s.last = now
			if len(s.first) < 256 {
				s.first = append(s.first, chunk[:n]...)
			}
			s.mu.Unlock()
			pieces <- piece{now, chunk[:n]}
		}
		if err != nil { // the program is gone
			return
		}
	}
}

// show brings what came to the screen.
func (s *screen) show(text []byte, came time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, _ = s.emulator.Write(text)
	if s.complete.IsZero() && containsAll(s.emulator.String(), s.texts) {
		s.complete = came
	}
	select {
	case s.came <- struct{}{}:
	default:
	}
}

// settled waits until the screen shows all of the texts and nothing has come for the
// pause, and returns when the last came.
func (s *screen) settled(pause time.Duration, texts ...string) (time.Time, error) {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		s.mu.Lock()
		last := s.last
		s.mu.Unlock()
		left := pause - time.Since(last)
		if !last.IsZero() && left <= 0 {
			if containsAll(s.picture(), texts) {
				return last, nil
			}
			left = pause
		}
		select {
		case <-s.came:
		case <-s.gone:
			return last, fmt.Errorf("the program has ended; its last screen:\n%s", s.picture())
		case <-time.After(max(left, time.Millisecond)):
		}
	}
	return time.Time{}, fmt.Errorf("waited %v for %q to stand still; the screen:\n%s", patience, texts, s.picture())
}

// opened waits for the first complete frame and returns how long it took.
func (s *screen) opened() (time.Duration, error) {
	for deadline := time.After(patience); ; {
		s.mu.Lock()
		complete := s.complete
		s.mu.Unlock()
		if !complete.IsZero() {
			return complete.Sub(s.began), nil
		}
		select {
		case <-s.came:
		case <-s.gone:
			return 0, fmt.Errorf("the program has ended; its last screen:\n%s", s.picture())
		case <-deadline:
			return 0, fmt.Errorf("waited %v for %q; the screen:\n%s", patience, s.texts, s.picture())
		}
	}
}

func containsAll(picture string, texts []string) bool {
	for _, text := range texts {
		if !strings.Contains(picture, text) {
			return false
		}
	}
	return true
}

func (s *screen) picture() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.emulator.String()
}

// press sends a key and returns how long it was until the frame had changed, all of it.
func (s *screen) press(key string, texts ...string) (time.Duration, error) {
	pressed := time.Now()
	if _, err := s.terminal.WriteString(key); err != nil {
		return 0, err
	}
	for deadline := time.Now().Add(patience); ; {
		s.mu.Lock()
		last := s.last
		s.mu.Unlock()
		if last.After(pressed) {
			break
		}
		if time.Now().After(deadline) {
			return 0, fmt.Errorf("the key %q changed nothing; the screen:\n%s", key, s.picture())
		}
		select {
		case <-s.came:
		case <-s.gone:
			return 0, fmt.Errorf("the program ended at the key %q", key)
		case <-time.After(patience):
		}
	}
	last, err := s.settled(40*time.Millisecond, texts...)
	if err != nil {
		return 0, err
	}
	time.Sleep(rand.N(17 * time.Millisecond)) // or the next key would keep step with the frames
	return last.Sub(pressed), nil
}

// cpu is the time that the program has spent on the processors so far.
func (s *screen) cpu() (time.Duration, error) {
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", s.command.Process.Pid))
	if err != nil {
		return 0, err
	}
	var total time.Duration
	for _, file := range files {
		text, err := os.ReadFile(file)
		if os.IsNotExist(err) { // the thread has ended meanwhile
			continue
		}
		if err != nil {
			return 0, err
		}
		first, _, _ := strings.Cut(string(text), " ")
		n, err := strconv.ParseInt(first, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", file, err)
		}
		total += time.Duration(n)
	}
	return total, nil
}

// peak is the most memory that the program has had so far.
func (s *screen) peak() (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.command.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			return kib << 10, err
		}
	}
	return 0, fmt.Errorf("the system does not say how much memory the program had")
}

// close ends the program.
func (s *screen) close() {
	_ = s.command.Process.Kill()
	<-s.gone
	_ = s.command.Wait()
	_ = s.terminal.Close()
	if pipe, ok := s.emulator.InputPipe().(io.Closer); ok {
		_ = pipe.Close()
	}
}
