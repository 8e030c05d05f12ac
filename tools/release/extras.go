package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The files that shells look for, by the shell.
var completions = map[string]string{
	"bash": "completions/calibrate.bash", "zsh": "completions/_calibrate",
	"fish": "completions/calibrate.fish", "powershell": "completions/calibrate.ps1",
}

// makeExtras has the program write its completions and man pages, as it would on any
// machine.
func (r *release) makeExtras(program string) (all []file, err error) {
	home := filepath.Join(r.work, "home")
	man := filepath.Join(r.work, "man")
	calibrate := func(args ...string) ([]byte, error) {
		cmd := exec.Command(program, args...)
		cmd.Env = []string{"HOME=" + home, "USER=nobody", "LANG=C.UTF-8", fmt.Sprintf("SOURCE_DATE_EPOCH=%d", r.time.Unix())}
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			err = fmt.Errorf("calibrate %s: %w", strings.Join(args, " "), err)
		}
		return out, err
	}
	for _, shell := range []string{"bash", "fish", "powershell", "zsh"} {
		script, err := calibrate("completion", shell)
		if err != nil {
			return nil, err
		}
		all = append(all, file{name: completions[shell], data: script, mode: 0o644})
	}
	if _, err := calibrate("man", man); err != nil {
		return nil, err
	}
	pages, err := os.ReadDir(man) // sorted by name
	if err != nil {
		return nil, err
	}
	for _, p := range pages {
		data, err := os.ReadFile(filepath.Join(man, p.Name()))
		if err != nil {
			return nil, err
		}
		all = append(all, file{name: "man/" + p.Name(), data: data, mode: 0o644})
	}
	return all, nil
}

// documents are what is read of the repository itself.
func (r *release) documents() (all []file, err error) {
	for _, name := range []string{"CHANGELOG.md", "README.md"} {
		data, err := os.ReadFile(filepath.Join(r.root, name))
		if err != nil {
			return nil, err
		}
		all = append(all, file{name: name, data: data, mode: 0o644})
	}
	return all, nil
}
