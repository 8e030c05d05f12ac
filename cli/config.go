package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"gopkg.in/yaml.v3"

	"calibrate/internal/clean"
)

func newConfig(s *shell) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "The settings: what holds now, and where it comes from",
		Long: `Prints the settings as a file to edit: what each is for, what holds now and where that
comes from. A flag wins over a variable of the environment, that over the file, and the
file over the default. “calibrate config init” writes the file, with every line
commented out.`,
		Example:     "  calibrate config\n  calibrate config init\n  $EDITOR \"$(calibrate config path)\"",
		Args:        cobra.ArbitraryArgs,
		Annotations: map[string]string{withoutSettings: ""},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			return s.config()
		},
	}
	cmd.AddCommand(newConfigInit(s), newConfigPath(s))
	return cmd
}

func newConfigPath(s *shell) *cobra.Command {
	return &cobra.Command{
		Use:         "path",
		Short:       "Print where the settings are read from",
		Example:     "  calibrate config path",
		Args:        takes(0, 0, ""),
		Annotations: map[string]string{withoutSettings: ""},
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(s.Stdout, clean.Line(s.settingsFile()))
			return err
		},
	}
}

func newConfigInit(s *shell) *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:         "init",
		Short:       "Write a file of settings to edit, with every line commented out",
		Example:     "  calibrate config init",
		Args:        takes(0, 0, ""),
		Annotations: map[string]string{withoutSettings: ""},
		RunE: func(*cobra.Command, []string) error {
			o := output{file: s.settingsFile(), force: force}
			if err := os.MkdirAll(filepath.Dir(o.file), 0o700); err != nil {
				return fmt.Errorf("making the folder of the settings: %w", err)
			}
			return o.write(s, func(w io.Writer) error {
				_, err := io.WriteString(w, settingsTemplate(nil))
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace the file if it exists")
	return cmd
}

// settingRecord is what holds for one setting.
type settingRecord struct {
	Key    string `json:"key"`
	Value  string `json:"value"`
	Source string `json:"source"`
	inFile string // as the file has it; empty: it has not
}

// config prints what holds. Settings that cannot be read are an error only after what
// holds without them.
func (s *shell) config() error {
	said, broken := s.settings()
	s.said = said
	var records []settingRecord
	for _, known := range settingsKnown() {
		r := s.holds(known)
		r.inFile = said[known.key].value
		records = append(records, r)
	}
	if s.json() {
		for _, r := range records {
			if err := writeRecord(s.Stdout, r); err != nil {
				return err
			}
		}
		return broken
	}
	text := "# It is read from " + clean.Line(s.settingsFile()) + "\n"
	if _, err := os.Stat(s.settingsFile()); err != nil {
		text = "# It would be read from " + clean.Line(s.settingsFile()) + ", which is not there;\n# “calibrate config init” writes it.\n"
	}
	if _, err := io.WriteString(s.Stdout, text+settingsTemplate(records)); err != nil {
		return err
	}
	return broken
}

// holds finds what holds for a setting, and where that comes from.
func (s *shell) holds(known setting) settingRecord {
	flags := map[string]string{"db": s.flags.db, "rubric": s.flags.rubric, "reviewer": s.flags.reviewer}
	defaults := map[string]string{"db": s.defaultDataFile(), "theme": "auto", "mouse": "on", "blank-after": "15"}
	if all, err := s.builtIns(); err == nil {
		defaults["rubric"] = all[0].name
	}
	in := s.said[known.key]
	switch {
	case flags[known.key] != "":
		return settingRecord{Key: known.key, Value: flags[known.key], Source: "--" + known.key}
	case known.env != "" && s.Getenv(known.env) != "":
		return settingRecord{Key: known.key, Value: s.Getenv(known.env), Source: known.env}
	case in.line > 0:
		return settingRecord{Key: known.key, Value: in.value, Source: fmt.Sprintf("%s:%d", s.settingsFile(), in.line)}
	case known.key == "reviewer":
		name, err := s.LoginName()
		if err != nil {
			name = ""
		}
		return settingRecord{Key: known.key, Value: strings.TrimSpace(name), Source: "the login name"}
	}
	return settingRecord{Key: known.key, Value: defaults[known.key], Source: "the default"}
}

// settingsTemplate writes a file of settings: those that the file has, the others
// commented out. With records it says what holds.
func settingsTemplate(records []settingRecord) string {
	var b strings.Builder
	b.WriteString("# Settings of calibrate. A line that begins with # says nothing.\n")
	for i, known := range settingsKnown() {
		b.WriteString("\n# " + strings.ReplaceAll(known.about, "\n", "\n# ") + "\n")
		if known.env != "" {
			fmt.Fprintf(&b, "# --%s and %s win over it.\n", known.key, known.env)
		} else {
			fmt.Fprintf(&b, "# --%s wins over it.\n", known.key)
		}
		line := "# " + settingLine(known.key, known.example)
		if records != nil {
			now := "nothing"
			if r := records[i]; r.Value != "" {
				now = fmt.Sprintf("%s (from %s)", r.Value, r.Source)
			}
			b.WriteString(clean.Line("# Now: "+now) + "\n")
			if records[i].inFile != "" {
				line = settingLine(known.key, records[i].inFile)
			}
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

// settingLine writes a setting as YAML, in quotes where it needs them.
func settingLine(key, value string) string {
	if _, err := strconv.Atoi(value); err == nil {
		return key + ": " + value
	}
	data, err := yaml.Marshal(value)
	if err != nil { // texts can be written
		panic(err)
	}
	return clean.Line(key + ": " + strings.TrimSpace(string(data)))
}
