package journey_test

import (
	"fmt"
	"iter"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/xuri/excelize/v2"

	"calibrate/internal/terminaltest"
)

// TestReadme is a reader who types every command of the README, from top to bottom,
// into one terminal in one home folder. Each succeeds. The commands are read from the
// README, so a new one is run as well, and must not ask what nobody answers here.
func TestReadme(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: it is long, and runs beside nothing")
	}
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := readmeBlocks(string(data))
	if len(blocks) < 20 {
		t.Fatalf("the README has %d blocks of commands; is it read rightly?", len(blocks))
	}
	r := newReader(t)
	for _, b := range blocks {
		r.try(b)
	}
	for _, names := range []iter.Seq[string]{maps.Keys(elsewhere), maps.Keys(meanwhile), maps.Keys(r.during)} {
		for name := range names {
			if !r.used[name] {
				t.Errorf("the README has no command %q any more; take it out of this test", name)
			}
		}
	}
}

// block is what stands between fences: commands of one shell.
type block struct {
	shell    string
	line     int // of the README
	commands []string
}

// readmeBlocks finds the fenced blocks of shells. A command goes on in the next line
// after a backslash.
func readmeBlocks(markdown string) (blocks []block) {
	var now *block
	goesOn := false
	for i, line := range strings.Split(markdown, "\n") {
		language, fence := strings.CutPrefix(line, "```")
		switch {
		case fence && now == nil:
			now, goesOn = &block{shell: language, line: i + 1}, false
		case fence:
			if slices.Contains([]string{"sh", "bash", "zsh", "fish", "powershell"}, now.shell) {
				blocks = append(blocks, *now)
			}
			now = nil
		case now != nil && goesOn:
			now.commands[len(now.commands)-1] += "\n" + line
			goesOn = strings.HasSuffix(line, `\`)
		case now != nil && line != "":
			now.commands = append(now.commands, line)
			goesOn = strings.HasSuffix(line, `\`)
		}
	}
	return blocks
}

// reader is somebody with a terminal, a home folder, a copy of the repository, and the
// files that the README speaks of.
type reader struct {
	t          testing.TB
	house      house
	repository string
	term       *terminaltest.Terminal
	during     map[string]func(hands) // what they do while a command runs, by how it begins
	used       map[string]bool
}

// elsewhere are the commands that are not typed here.
var elsewhere = map[string]string{
	"go test ./...": "it is what runs this test",
}

// meanwhile is what happens before a command, away from the README.
var meanwhile = map[string]string{
	// What comes is the packet of a colleague.
	"calibrate import drafts.calib": "export CALIBRATE_DB=charles.db; calibrate people import workday.xlsx; " +
		"calibrate place --reviewer 'Charles Babbage' --person 0042 --dimension 'business impact' --at 3-mid --rationale 'Two teams use it.'; " +
		"calibrate export --to drafts.calib --force; unset CALIBRATE_DB",
}

// during says what a reader does while a command runs that asks, or fills the screen.
func during() map[string]func(hands) {
	press := func(once, key string) func(hands) {
		return func(term hands) {
			term.WaitFor(once)
			term.Press(key)
		}
	}
	quit := func(once string) func(hands) { return press(once, "q") }
	inTurn := func(all ...func(hands)) func(hands) {
		return func(term hands) {
			for _, do := range all {
				do(term)
			}
		}
	}
	answer := func(question, text string) func(hands) {
		return func(term hands) {
			term.WaitFor(question)
			term.Type(text + "\r")
		}
	}
	setup := "Examples  " // of a warm-up: with whom, and on what
	return map[string]func(hands){
		"go run .":                               quit("Nobody is here yet"),
		"go run . demo":                          quit("Noam Bar-Shalev"),
		"calibrate":                              quit("Nobody is here yet"),
		"calibrate --plain":                      answer("Nobody is here yet", "quit"),
		"calibrate --rubric engineering-manager": quit("Ada Lovelace"),
		"calibrate --rubric rubric.yaml":         quit("Ada Lovelace"),
		"calibrate warmup --participants":        inTurn(press("Ada", "esc"), press("Leave the warm-up?", "y"), press(setup, "esc")),
		"calibrate warmup --dimension":           press(setup, "esc"),
		"calibrate import drafts.calib":          answer("[y/N]", "y"),
		"calibrate export --to locked.calib":     inTurn(answer("passphrase for", "correct horse"), answer("the same again", "correct horse")),
		"calibrate import locked.calib":          answer("passphrase of", "correct horse"),
		"calibrate session finalise \"2026 H1\"": answer("type its name", "2026 H1"),
		"calibrate purge --person":               answer("to go on", "Ada Lovelace"),
	}
}

func newReader(t testing.TB) *reader {
	h := newHouse(t)
	writeReadersFiles(t, h.home)
	env := append(h.env(), "PATH="+filepath.Dir(h.binary)+":"+os.Getenv("PATH"), "PS1=<$?>", "PS2=", "GOBIN="+filepath.Join(h.home, "bin"))
	for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPROXY", "GOFLAGS"} {
		value, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		env = append(env, name+"="+strings.TrimSpace(string(value)))
	}
	repository, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{t: t, house: h, repository: repository, during: during(), used: map[string]bool{}}
	r.term = terminaltest.Start(t, terminaltest.Options{Cols: 120, Rows: 40, Env: env, Dir: h.home, Timeout: 2 * time.Minute}, "/bin/sh")
	r.term.WaitFor("<0>")
	return r
}

// writeReadersFiles writes what the README takes for granted: what an HR system
// exported, and a table of ratings.
func writeReadersFiles(t testing.TB, dir string) {
	t.Helper()
	book := excelize.NewFile()
	for i, row := range [][]any{
		{"Employee ID", "Worker", "Supervisory Organization", "Manager"},
		{"0042", "Ada Lovelace", "Platform", "Charles Babbage"},
		{"0044", "Mary Somerville", "Data", "Grace Hopper"},
	} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SaveAs(filepath.Join(dir, "workday.xlsx")); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"export.csv":  "Employee ID,Full name,Calibrated Rating\n0042,Ada Lovelace,\n0045,Howard Aiken,\n0045,Howard Aiken again,\n",
		"ratings.csv": "unit,grace,alan,ida\na,3,3,4\nb,2,2,2\nc,5,4,5\nd,1,2,1\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// try types a block's commands. Those of other shells are a start-up file of theirs.
func (r *reader) try(b block) {
	r.t.Helper()
	if b.shell != "sh" {
		r.source(b)
		return
	}
	for _, command := range b.commands {
		if _, is := elsewhere[command]; is {
			r.used[command] = true
			continue
		}
		if strings.HasPrefix(command, "age-keygen ") && !r.has("age-keygen") {
			writeAgeKeys(r.t, r.house.home)
			continue
		}
		if strings.HasPrefix(command, "go ") {
			r.run("cd "+r.repository, nil)
		}
		if _, is := meanwhile[command]; is {
			r.used[command] = true
			r.run(meanwhile[command], nil)
		}
		name, do := r.doing(command)
		r.used[name] = true
		if status := r.run(command, do); status != "0" {
			r.t.Errorf("README.md:%d: %s: exit status %s\n%s", b.line, command, status, r.shown())
		}
		if strings.HasPrefix(command, "go ") {
			r.run("cd", nil)
		}
	}
}

// doing finds what is done during a command: by all of it, or by how it begins.
func (r *reader) doing(command string) (name string, do func(hands)) {
	if do, is := r.during[command]; is {
		return command, do
	}
	for begins, do := range r.during {
		if len(strings.Fields(begins)) > 2 && strings.HasPrefix(command, begins+" ") {
			return begins, do
		}
	}
	return command, nil
}

// prompt shows the status of the command before it.
var prompt = regexp.MustCompile(`<(\d+)>`)

// run types a command on an empty screen and returns its status.
func (r *reader) run(command string, do func(hands)) (status string) {
	r.t.Helper()
	r.enter("clear", nil)
	return r.enter(command, do)
}

func (r *reader) enter(command string, do func(hands)) (status string) {
	r.t.Helper()
	before := len(prompt.FindAllString(r.term.Raw(), -1))
	r.term.Type(strings.ReplaceAll(command, "\n", "\r") + "\r")
	if do != nil {
		do(r.term)
	}
	r.term.WaitUntil(func(terminaltest.Screen) bool {
		all := prompt.FindAllStringSubmatch(r.term.Raw(), -1)
		if len(all) > before {
			status = all[len(all)-1][1]
		}
		return len(all) > before
	})
	return status
}

// shown is what a command wrote, as far as it is on the screen.
func (r *reader) shown() string {
	lines := strings.Split(strings.TrimRight(r.term.Screen().String(), "\n"), "\n")
	return strings.Join(lines[min(1, len(lines)):max(1, len(lines)-1)], "\n")
}

// has says whether a program of others is installed. Where everything is to be tried
// it must be, but for PowerShell, which no Debian has.
func (r *reader) has(program string) bool {
	r.t.Helper()
	_, err := exec.LookPath(program)
	switch {
	case err == nil:
	case os.Getenv("CALIBRATE_CI") != "" && program != "pwsh":
		r.t.Fatalf("%s is missing; here it must be there", program)
	default:
		r.t.Logf("not tried: %s, which is not installed", program)
	}
	return err == nil
}

// writeAgeKeys writes what age-keygen would.
func writeAgeKeys(t testing.TB, dir string) {
	t.Helper()
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"facilitator.key": identity.String(), "facilitator.pub": identity.Recipient().String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// source has another shell start with the block, and complain of nothing.
func (r *reader) source(b block) {
	r.t.Helper()
	argv, preamble := map[string][]string{
		"bash": {"bash", "--norc"}, "zsh": {"zsh", "-f"}, "fish": {"fish", "--no-config"}, "powershell": {"pwsh", "-NoProfile", "-File"},
	}[b.shell], map[string]string{"zsh": "autoload -Uz compinit && compinit -u\n"}[b.shell]
	if !r.has(argv[0]) {
		return
	}
	file := filepath.Join(r.house.home, "start."+map[string]string{"powershell": "ps1"}[b.shell])
	if err := os.WriteFile(file, []byte(preamble+strings.Join(b.commands, "\n")+"\n"), 0o600); err != nil {
		r.t.Fatal(err)
	}
	if status := r.run(strings.Join(argv, " ")+" "+file, nil); status != "0" || r.shown() != "" {
		r.t.Errorf("README.md:%d: %s: exit status %s\n%s", b.line, b.shell, status, r.shown())
	}
}
