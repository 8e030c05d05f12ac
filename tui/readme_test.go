package tui

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/key"
)

// The README's table of keys tells of the keys that are declared, in the same words.
func TestReadmeTellsOfTheKeys(t *testing.T) {
	data, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(data), "\n## Keys\n")
	section, _, _ = strings.Cut(section, "\n## ")
	declared := map[string][]key.Help{
		"everywhere":   {keyHelp.Help(), keyBack.Help(), keyQuit.Help(), keyJump.Help(), keySuspend.Help(), keyCover.Help(), keyNames.Help()},
		"a text field": {keyEditor.Help(), keyUndoText.Help(), keyRedoText.Help()},
		"people":       bindings(peopleKeys), "walk": bindings(walkKeys), "place": bindings(placeKeys),
		"sessions": bindings(sessionsKeys), "room": bindings(roomKeys), "a person in the room": bindings(turnKeys),
		"compare": bindings(compareKeys),
	}
	for _, row := range strings.Split(section, "\n") {
		cells := strings.Split(strings.Trim(row, "| "), " | ")
		if len(cells) != 2 || cells[0] == "where" || strings.HasPrefix(cells[0], "---") {
			continue
		}
		if declared[cells[0]] == nil {
			t.Errorf("%q are no keys of a screen, or told of twice", cells[0])
		}
		for _, item := range strings.Split(cells[1], " · ") {
			if !declares(declared[cells[0]], item) {
				t.Errorf("%s: no key is declared as %s", cells[0], item)
			}
		}
		delete(declared, cells[0])
	}
	for name := range declared {
		t.Errorf("the README has no keys for: %s", name)
	}
}

// declares says whether an item such as “`n` new” is the name of a key and what it
// does in short.
func declares(all []key.Help, item string) bool {
	for _, help := range all {
		short, _, _ := strings.Cut(help.Desc, ";")
		if item == "`"+help.Key+"` "+short {
			return true
		}
	}
	return false
}

// bindings tells what the fields of a screen's keys say in help.
func bindings(keys any) (all []key.Help) {
	v := reflect.ValueOf(keys)
	for i := range v.NumField() {
		help := v.Field(i).FieldByName("help")
		all = append(all, key.Help{Key: help.FieldByName("Key").String(), Desc: help.FieldByName("Desc").String()})
	}
	return all
}
