// Package rubrics holds the rubrics that come with the program beside its own,
// rubric.yaml: other roles and other shapes of scale, to use as they are or to start
// from.
//
// A rubric is a file here and nothing else; it is called what its role is called, so
// that a name on the command line and a person's role find it alike.
package rubrics

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed *.yaml
var files embed.FS

// Names lists the rubrics in the order of the alphabet: “engineering-manager”.
func Names() []string {
	entries, err := files.ReadDir(".")
	if err != nil { // what is embedded can be read
		panic(err)
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), ".yaml")
	}
	return names
}

// YAML returns the file of the rubric with the name, which must be one of [Names].
func YAML(name string) []byte {
	data, err := files.ReadFile(name + ".yaml")
	if err != nil {
		panic(fmt.Sprintf("no rubric is called %q", name))
	}
	return data
}
