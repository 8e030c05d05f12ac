package cli_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"calibrate/cli"
	"calibrate/internal/clean"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"calibrate": calibrate})
}

// calibrate is the program with a clock that stands still and folders that the
// script knows. Opening the app only says what would be opened.
func calibrate() {
	rubric, err := os.ReadFile(os.Getenv("RUBRIC"))
	if err != nil {
		panic(err)
	}
	refuse(os.Getenv("REFUSE"))
	days, _ := strconv.Atoi(os.Getenv("DAYS")) // since the script's first
	now := time.Date(2026, 3, 2+days, 14, 3, 5, 0, time.UTC)
	os.Exit(cli.Main(context.Background(), cli.Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv,
		Now:        func() time.Time { return now },
		Entropy:    rand.NewChaCha8([32]byte{byte(os.Getpid()), byte(os.Getpid() >> 8)}),
		LoginName:  func() (string, error) { return os.Getenv("LOGIN"), nil },
		IsTerminal: os.Getenv("TERMINAL") != "", InIsTerminal: os.Getenv("TYPING") != "", OutIsTerminal: os.Getenv("SHOWN") != "",
		ReadSecret: secrets(os.Getenv("SECRETS")),
		DataHome:   os.Getenv("WORK") + "/data", ConfigHome: os.Getenv("WORK") + "/config", StateHome: os.Getenv("WORK") + "/state",
		TempDir: os.Getenv("WORK") + "/tmp",
		Rubric:  rubric, Version: "v1.2.3",
		OpenApp: func(_ context.Context, app cli.App) error {
			people, err := app.Store.People()
			fmt.Printf("app: %d people, reviewer %s, session %q, theme %s, rubric %s\n",
				len(people), app.Reviewer, app.Session, app.Theme, app.Rubric.Role)
			return err
		},
	}, os.Args[1:]))
}

// The scripts are the commands' specification: each is what a person, or a
// person's script, does and sees.
func TestScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	rubric, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("RUBRIC", rubric+"/../rubric.yaml")
			env.Setenv("OUTLINE", rubric+"/../rubric/testdata/senior-platform-engineer.txt")
			env.Setenv("ROSTERS", rubric+"/../roster/testdata")
			env.Setenv("LOGIN", "grace")
			env.Setenv("EVIL", evil)
			return os.Mkdir(env.WorkDir+"/tmp", 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"evilroster": func(ts *testscript.TestScript, _ bool, args []string) {
				cell := "\"" + evil + "\""
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte("id,name,team,"+cell+"\n1,Ada,T,"+cell+"\n2,"+cell+",T,\n"+cell+"\nTotal "+evil+"\n"), 0o600))
			},
			"agekeys": makeKeys,
			"ageopen": openWithAge,
			"agelock": lockCheaply,
			"forge":   forge,
			"clean":   wantClean,
			"behead":  behead,
			"evilrubric": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte("role: \""+evil+"\"\n\u202ekey: [\"\u009b2J\"]\nLevel 1\n\u202e\u200b\n"), 0o600))
			},
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

// evil is what nobody should be called: it clears the screen, sets the clipboard,
// links, turns the text round, goes back over it and hides.
const evil = "x\x1b[2J\x1b]52;c;aGk=\a\x1b]8;;http://e\x1b\\\u009b1m\u202ey\r\b\u200b\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301z"

// behead copies a data file without its first two pages.
func behead(ts *testscript.TestScript, _ bool, args []string) {
	file := ts.ReadFile(args[0])
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(file[2*os.Getpagesize():]), 0o600))
}

// wantClean checks that what a command wrote holds nothing that a terminal obeys or
// hides.
func wantClean(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		for i, line := range strings.Split(strings.TrimSuffix(ts.ReadFile(name), "\n"), "\n") {
			if got := clean.Line(line); got != line {
				ts.Fatalf("%s, line %d: %q", name, i+1, line)
			}
		}
	}
}
