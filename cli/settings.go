package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gopkg.in/yaml.v3"

	"calibrate/rubric"
)

// settings is what config.yaml says.
type settings struct {
	reviewer string
}

func (s *shell) settingsFile() string {
	return filepath.Join(s.ConfigHome, "calibrate", "config.yaml")
}

// settings reads the user's settings; without a file they are empty.
func (s *shell) settings() (settings, error) {
	path := s.settingsFile()
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return settings{}, nil
	}
	if err != nil {
		return settings{}, fmt.Errorf("reading the settings: %w", err)
	}
	return parseSettings(path, data)
}

// parseSettings reads a map of known keys to text. Errors are "file:line: what".
func parseSettings(path string, data []byte) (settings, error) {
	var found settings
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return found, fmt.Errorf("%s: %s", path, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(doc.Content) == 0 || doc.Content[0].Tag == "!!null" {
		return found, nil
	}
	top := doc.Content[0]
	if top.Kind != yaml.MappingNode {
		return found, fmt.Errorf("%s:%d: settings are written as “key: value”, one a line", path, top.Line)
	}
	known := map[string]*string{"reviewer": &found.reviewer}
	for i := 0; i < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		field, ok := known[key.Value]
		if !ok {
			return found, unknownSetting(path, key, known)
		}
		if value.Kind != yaml.ScalarNode {
			return found, fmt.Errorf("%s:%d: %s is not a text", path, value.Line, key.Value)
		}
		*field = strings.TrimSpace(value.Value)
	}
	return found, nil
}

func unknownSetting(path string, key *yaml.Node, known map[string]*string) error {
	var names []string
	for name := range known {
		names = append(names, name)
	}
	hint := "known: " + strings.Join(names, ", ")
	if near := rubric.Nearest(key.Value, names); len(near) > 0 {
		hint = "did you mean " + strings.Join(near, " or ") + "?"
	}
	return fmt.Errorf("%s:%d: there is no setting %q; %s", path, key.Line, key.Value, hint)
}
