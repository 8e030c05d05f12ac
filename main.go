// Calibrate guides people through performance calibration. See README.md, and
// package cli for the commands.
package main

import (
	"context"
	_ "embed"
	"os"
	"os/signal"
	"os/user"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/adrg/xdg"
	"github.com/mattn/go-isatty"

	"calibrate/cli"
)

//go:embed rubric.yaml
var rubric []byte

// stopped is when it is for ever, in a program that pictures are taken of: the linker
// sets it (tools/pictures). In every other one it is empty.
var stopped string

func main() {
	os.Exit(cli.Main(context.Background(), cli.Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Getenv: os.Getenv, Now: now, LoginName: loginName,
		IsTerminal: isTerminal(os.Stdin) && isTerminal(os.Stdout), ErrIsTerminal: isTerminal(os.Stderr), Interrupts: interrupts, CanSuspend: canSuspend,
		InIsTerminal: isTerminal(os.Stdin), OutIsTerminal: isTerminal(os.Stdout), ReadSecret: readSecret,
		DataHome: xdg.DataHome, ConfigHome: xdg.ConfigHome, StateHome: xdg.StateHome,
		Rubric: rubric, Version: version(),
	}, os.Args[1:]))
}

// now is the present time, but where the clock was stopped.
func now() time.Time {
	if t, err := time.Parse(time.RFC3339, stopped); err == nil {
		return t
	}
	return time.Now()
}

func isTerminal(f *os.File) bool { return isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()) }

// interrupts ends the context at ctrl+c, when the system shuts down, and when the
// terminal's window is closed. While the terminal is lent to another program, ctrl+c is
// that one's. A second ctrl+c ends the program at once, whatever it does: it may wait for a
// disk that does not answer.
func interrupts(ctx context.Context, lent func() bool) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		for ctx.Err() == nil {
			select {
			case s := <-signals:
				if s == os.Interrupt && lent() {
					continue
				}
				signal.Reset(os.Interrupt)
				cancel()
			case <-ctx.Done():
			}
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel()
	}
}

// loginName goes by what the login said, which also holds where the system's list of
// users cannot be read.
func loginName() (string, error) {
	for _, name := range []string{"LOGNAME", "USER", "USERNAME"} {
		if value := os.Getenv(name); value != "" {
			return value, nil
		}
	}
	u, err := user.Current()
	if err != nil {
		return "", err
	}
	return u.Username, nil
}

// version says which program this is: the module's version or the commit that it
// was built from, and the Go that built it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	parts := []string{info.Main.Version}
	if commit := settings["vcs.revision"]; len(commit) >= 12 {
		commit = commit[:12]
		if settings["vcs.modified"] == "true" {
			commit += " with changes"
		}
		parts = append(parts, "commit "+commit)
	}
	return strings.Join(append(parts, info.GoVersion), ", ")
}
