package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"gopkg.in/yaml.v3"

	"calibrate/rubric"
)

// setting is something that config.yaml can say.
type setting struct {
	key     string
	env     string // the variable that wins over the file; empty: none
	about   string // what it is for, in a line or two of the file
	example string
	check   func(string) error // what is wrong with a value; nil: nothing
	path    bool               // the value is a file, or may be one
}

// settingsKnown lists what config.yaml can say. Each key is the name of a flag, which
// wins over the variable, as that does over the file.
func settingsKnown() []setting {
	return []setting{
		{key: "reviewer", env: "CALIBRATE_REVIEWER", about: "Who decides.", example: "Grace Hopper"},
		{key: "db", env: "CALIBRATE_DB", about: "The data file. It belongs on a local disk.", example: "/data/calibrate.db", path: true},
		{key: "rubric", env: "CALIBRATE_RUBRIC", about: "The rubric: a file, or a name that “calibrate rubric list” lists.", example: "engineering-manager", path: true},
		{key: "theme", about: "The background of the terminal: auto, dark or light.", example: "dark", check: checkTheme},
		{key: "mouse", about: "on: clicks and the wheel act. off: the mouse is the terminal's, which selects text.", example: "off", check: checkOnOff},
		{key: "blank-after", about: "Minutes without a key until the screen is blanked; 0: never.", example: "5", check: checkMinutes},
		{key: "guideline", about: "Percentages per level to show beside distributions, lowest first. It is used with\nrubrics that have as many levels, and never enforced.", example: "5,15,60,15,5", check: checkPercentages},
	}
}

var themes = []string{"auto", "dark", "light"}

var onOff = []string{"on", "off"}

func checkOnOff(value string) error {
	if value != "on" && value != "off" {
		return fmt.Errorf("%q is neither on nor off", value)
	}
	return nil
}

const maxBlankAfter = 24 * 60

func checkTheme(value string) error {
	for _, theme := range themes {
		if value == theme {
			return nil
		}
	}
	return fmt.Errorf("%q is none of %s", value, strings.Join(themes, ", "))
}

func checkMinutes(value string) error {
	if n, err := strconv.Atoi(value); err != nil || n < 0 || n > maxBlankAfter {
		return fmt.Errorf("%q is not a number of minutes from 0 to %d", value, maxBlankAfter)
	}
	return nil
}

func checkPercentages(value string) error {
	for _, part := range strings.Split(value, ",") {
		if _, err := strconv.ParseFloat(strings.TrimRight(strings.TrimSpace(part), "% "), 64); err != nil {
			return fmt.Errorf("%q is not a number; write percentages as 5,15,60,15,5", part)
		}
	}
	return nil
}

// settings is what config.yaml says, by key.
type settings map[string]said

// said is a value of a setting and the line that it stands on.
type said struct {
	value string
	line  int
}

func (s *shell) settingsFile() string {
	return filepath.Join(s.ConfigHome, "calibrate", "config.yaml")
}

// settings reads the user's settings; without a file they are empty.
func (s *shell) settings() (settings, error) {
	path := s.settingsFile()
	data, err := readFile(path, maxSettings+1)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the settings: %w", err)
	}
	if len(data) > maxSettings {
		return nil, fmt.Errorf("%s has more than %d KiB; settings are a line or two", path, maxSettings>>10)
	}
	return parseSettings(path, data)
}

// maxSettings is how many bytes config.yaml may have.
const maxSettings = 64 << 10

// readFile reads a file, at most so much of it.
func readFile(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAtMost(f, most)
}

// parseSettings reads a map of known keys to text. Errors are "file:line: what".
func parseSettings(path string, data []byte) (found settings, err error) {
	defer func() {
		if p := recover(); p != nil { // the library panics on a few malformed files
			found, err = nil, fmt.Errorf("%s cannot be read as YAML: %v", path, p)
		}
	}()
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("%s: %s", path, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(doc.Content) == 0 || doc.Content[0].Tag == "!!null" {
		return nil, nil
	}
	top := doc.Content[0]
	if top.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s:%d: settings are written as “key: value”, one a line", path, top.Line)
	}
	found = settings{}
	for i := 0; i < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		known, err := settingNamed(key.Value)
		switch {
		case err != nil:
			return nil, fmt.Errorf("%s:%d: %w", path, key.Line, err)
		case value.Kind != yaml.ScalarNode:
			return nil, fmt.Errorf("%s:%d: %s is not a text", path, value.Line, key.Value)
		case found[key.Value].line > 0:
			return nil, fmt.Errorf("%s:%d: %s stands on line %d too; keep one", path, key.Line, key.Value, found[key.Value].line)
		}
		text := strings.TrimSpace(value.Value)
		if value.ShortTag() == "!!null" || text == "" {
			continue // says nothing
		}
		if known.path {
			text, err = settingPath(path, text)
		} else if known.check != nil {
			err = known.check(text)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %s: %w", path, value.Line, key.Value, err)
		}
		found[key.Value] = said{text, value.Line}
	}
	return found, nil
}

// settingPath is the file that a setting names. In settings a path is counted from
// their folder: they hold wherever the program is started.
func settingPath(settings, text string) (string, error) {
	if strings.HasPrefix(text, "~") {
		return "", fmt.Errorf("%q: write the folder out; only shells know what ~ is", text)
	}
	if filepath.IsAbs(text) || !isPath(text) {
		return text, nil
	}
	return filepath.Join(filepath.Dir(settings), text), nil
}

func settingNamed(key string) (setting, error) {
	var names []string
	for _, known := range settingsKnown() {
		if known.key == key {
			return known, nil
		}
		names = append(names, known.key)
	}
	hint := "known: " + strings.Join(names, ", ")
	if near := rubric.Nearest(key, names); len(near) > 0 {
		hint = "did you mean " + strings.Join(near, " or ") + "?"
	}
	return setting{}, fmt.Errorf("there is no setting %q; %s", shorten(key), hint)
}

// withoutSettings marks the commands that work however the settings are.
const withoutSettings = "without settings"

// cobras reports whether a command is one of cobra's own: help, completion and what
// answers the shell.
func cobras(cmd *cobra.Command) bool {
	return isCompletion(cmd.Name()) || cmd.Name() == "help" || cmd.HasParent() && cmd.Parent().Name() == "completion"
}

// heedSettings reads the settings before a command runs, and sets the flags that only
// they and the command line can set.
func (s *shell) heedSettings(cmd *cobra.Command) (err error) {
	if _, without := cmd.Annotations[withoutSettings]; without || cobras(cmd) {
		return nil
	}
	if s.said, err = s.settings(); err != nil {
		return err
	}
	for _, key := range []string{"theme", "mouse", "blank-after"} {
		flag := cmd.Flags().Lookup(key)
		if flag == nil || flag.Changed || s.said[key].line == 0 {
			continue
		}
		if err := flag.Value.Set(s.said[key].value); err != nil {
			return fmt.Errorf("%s:%d: %s: %w", s.settingsFile(), s.said[key].line, key, err)
		}
	}
	return nil
}
