package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// picture is a screen of the demo: how large, how it is come to, and what shows that it
// is there.
type picture struct {
	name       string
	cols, rows int
	steps      []step
}

// step waits until a text is on the screen and presses keys then, by tmux's names.
type step struct {
	see  string
	keys []string
}

// The demo opens on the list of people.
const people = "24 people"

var screens = []picture{
	{"walk", 100, 25, []step{{people, []string{"r"}}, {"Progression signal", nil}}},
	{"neighbours", 120, 34, []step{{people, []string{"r"}}, {"Progression signal", []string{"v"}}, {"one band up", nil}}},
	{"spread", 100, 34, []step{{people, []string{"c"}}, {"Spread", nil}}},
	{"room", 100, 32, []step{
		{people, []string{"s"}}, {"▸ 2026 H1", []string{"Enter"}}, {"4 of 24 decided", []string{"j", "j", "j", "j"}},
		{"▸   9 Ana", []string{"Enter"}}, {"decide", nil},
	}},
}

// capture opens the demo in a terminal, takes the steps, and returns what is shown in the
// end.
func capture(work, binary string, p picture) ([]byte, error) {
	program := append([]string{"env", "-i"}, environment(work, dark.environment...)...)
	t, err := open(work, p.name, p.cols, p.rows, append(append(program, binary, "demo", "--blank-after", "0"), dark.flags...))
	if err != nil {
		return nil, err
	}
	defer t.close() // the demo's file goes with it
	if err := t.take(p.steps); err != nil {
		return nil, err
	}
	return t.settled()
}

// reportPage draws the report of a finished session as a browser shows it.
func reportPage(work, binary, to string) error {
	file, page := filepath.Join(work, "demo.db"), filepath.Join(work, "report.html")
	calibrate := func(args ...string) error {
		cmd := exec.Command(binary, args...)
		cmd.Env = environment(work, dark.environment...)
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("calibrate %s: %w\n%s", args[0], err, out)
		}
		return nil
	}
	if err := calibrate("demo", "--db", file); err != nil {
		return err
	}
	if err := calibrate("report", "--db", file, "--session", "2025 H2", "--team", "Harbour", "--format", "html", "-o", page); err != nil {
		return err
	}
	err := command(work, "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1",
		"--user-data-dir="+filepath.Join(work, "browser"), "--window-size=1000,1000", "--screenshot="+to, "file://"+page)
	if err != nil {
		return err
	}
	if err := os.Chmod(to, 0o644); err != nil {
		return err
	}
	fmt.Println(to)
	return nil
}
