package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// commands are all that do something, cobra's own among them.
func commands() (all []*cobra.Command) {
	root := newRoot(&shell{Env: Env{Getenv: func(string) string { return "" }}})
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range commandsBelow(root) {
		if (cmd.Runnable() || cmd.HasSubCommands()) && !cmd.Hidden {
			all = append(all, cmd)
		}
	}
	return all
}

// Every command shows how it is used: at least one line that calls it, and none that
// calls what does not exist.
func TestEveryCommandHasExamples(t *testing.T) {
	for _, cmd := range commands() {
		if strings.HasPrefix(cmd.CommandPath(), "calibrate completion") { // cobra says itself how completion is switched on
			continue
		}
		calls := false
		for _, call := range callsIn(cmd.Example) {
			found, rest, err := cmd.Root().Find(call)
			if err != nil || found.HasSubCommands() && found != cmd.Root() && len(rest) > 0 && !strings.HasPrefix(rest[0], "-") {
				t.Errorf("%s: the example calls what is no command: %v", cmd.CommandPath(), call)
				continue
			}
			for _, word := range rest {
				name, _, _ := strings.Cut(strings.TrimPrefix(word, "--"), "=")
				if strings.HasPrefix(word, "--") && found.Flags().Lookup(name) == nil && found.InheritedFlags().Lookup(name) == nil {
					t.Errorf("%s: the example gives %s a flag that it has not: %s", cmd.CommandPath(), found.CommandPath(), word)
				}
			}
			calls = calls || found == cmd || found.Parent() == cmd && cmd.HasParent()
		}
		if !calls {
			t.Errorf("%s has no example that calls it", cmd.CommandPath())
		}
	}
}

var call = regexp.MustCompile(`(?:^|[|(] ?|\n) *calibrate( [^|<>)\n]*|$)`)

// callsIn finds the command lines of calibrate in an example, without the program's
// name.
func callsIn(example string) (calls [][]string) {
	for _, found := range call.FindAllStringSubmatch(strings.ReplaceAll(example, "\\\n", " "), -1) {
		var words []string
		for _, w := range quoted.FindAllString(found[1], -1) {
			words = append(words, strings.Trim(w, `"'`))
		}
		calls = append(calls, words)
	}
	return calls
}

var quoted = regexp.MustCompile(`"[^"]*"|'[^']*'|[^\s"']+(?:"[^"]*"|'[^']*')?`)

// The README's table of commands names each command, and no other.
func TestReadmeNamesEveryCommand(t *testing.T) {
	data, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(data), "\n## Commands\n")
	section, _, _ = strings.Cut(section, "\n## ")
	var named []string
	for _, row := range regexp.MustCompile("(?m)^\\| (`calibrate.*?) \\|").FindAllStringSubmatch(section, -1) {
		var group string
		for i, name := range strings.Split(row[1], ", ") {
			name = strings.Trim(name, "`")
			if i == 0 {
				name, _, _ = strings.Cut(name, " --")
				group = name[:max(strings.LastIndex(name, " "), 0)]
			} else {
				name = group + " " + name
			}
			named = append(named, name)
		}
	}
	var there []string
	for _, cmd := range commands() {
		holdsOthers := slices.Contains([]string{"people", "rubric", "session"}, cmd.Name()) && cmd.HasSubCommands()
		if !holdsOthers && (!cmd.HasParent() || cmd.Parent().Name() != "completion") {
			there = append(there, cmd.CommandPath())
		}
	}
	for _, name := range there {
		if !slices.Contains(named, name) {
			t.Errorf("the README does not name %s", name)
		}
	}
	for _, name := range named {
		if !slices.Contains(there, name) {
			t.Errorf("the README names %s, which is no command", name)
		}
	}
}

// Tab offers something for every flag with a value, but for those that hold what only
// the person at the keyboard knows.
func TestTabOffersValues(t *testing.T) {
	known := strings.Fields(`blank-after confirm due email guideline id items key map minutes name older-than participants
		passphrase-fd people rationale recuse resamples scale seed sheet since text why`)
	completers := (&shell{Env: Env{Getenv: func(string) string { return "" }}}).flagCompleters()
	used := map[string]bool{}
	for _, cmd := range commands() {
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			_, live := completers[f.Name]
			if f.Value.Type() == "bool" || live || slices.Contains(fileFlags, f.Name) {
				return
			}
			if used[f.Name] = true; !slices.Contains(known, f.Name) {
				t.Errorf("%s --%s: tab offers nothing, not even a file", cmd.CommandPath(), f.Name)
			}
		})
	}
	for _, name := range known {
		if !used[name] {
			t.Errorf("tab offers something for --%s now, or there is no such flag", name)
		}
	}
}

var variable = regexp.MustCompile(`(?:Getenv|LookupEnv)\("([A-Z_]+)"\)`)

// “calibrate help environment” names every variable that the program asks for.
func TestHelpNamesTheVariables(t *testing.T) {
	about, asked := newEnvironmentTopic().Long, 0
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && slices.Contains([]string{"tools", "internal", ".git", ".ci"}, entry.Name()) {
			return fs.SkipDir // of development, and what gets the environment from here
		}
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, found := range variable.FindAllStringSubmatch(string(source), -1) {
			if asked++; !strings.Contains(about, " "+found[1]) {
				t.Errorf("%s asks for %s, which calibrate help environment does not name", path, found[1])
			}
		}
		return err
	})
	if err != nil || asked < 5 {
		t.Errorf("%d variables were found: %v", asked, err)
	}
}
