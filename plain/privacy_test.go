package plain

import (
	"regexp"
	"strings"
	"testing"

	"calibrate/internal/memorystore"
)

// While aliases are shown no name is read out anywhere, and everybody is found by their alias;
// nothing that is kept goes by it.
func TestAliasesLineByLine(t *testing.T) {
	m, r := memorystore.New("calibrate.db", fixedNow), builtIn(t)
	spring(m, r)
	named := run(t, m, r, "list\n")
	typed := "aliases\nlist\nfind platform\ndecisions 1\ncompare spread\nshift\ndistribution\ncontested\nback\nsessions\n1\nlist\nturn 1\nreasons\ndiscuss\nback\nturn 2\nhand grace\nback\nback\nover\nairtime\nback\npeople\n2\nsearch platform\nplace\n\n\nAda Lovelace would.\n.\nshow\nsave\n"
	out := run(t, m, r, typed)
	said := regexp.MustCompile(`(?m)^> .*\n`).ReplaceAllString(out[strings.Index(out, "> aliases"):], "")
	for _, name := range []string{"Ada", "Lovelace", "Turing", "Hedy", "Lamarr"} {
		if !strings.Contains(named, name) || strings.Contains(said, name) {
			t.Errorf("%q is in:\n%s", name, said)
		}
	}
	made := m.Held.Decisions[len(m.Held.Decisions)-1]
	if made.Rationale != "Ada Lovelace would." || made.Reviewer != "grace" {
		t.Errorf("recorded %+v", made)
	}
	alias := regexp.MustCompile(`Person \d+`).FindString(said)
	wants(t, run(t, m, r, "aliases\n"+alias+"\n"), "Walk: "+alias)
	wants(t, run(t, m, r, "aliases\naliases\nlist\n"), "Everybody goes by their name again.", "1. Ada Lovelace, Platform")
}

// A cover is taken away by any line, which is not obeyed.
func TestCoverTakesOneLine(t *testing.T) {
	m, r := memorystore.New("calibrate.db", fixedNow), builtIn(t)
	threePeople(m, r)
	out := run(t, m, r, "1\ncover\nquit\nseen 1\nplace\ncover\n\n2-low\n")
	wants(t, out, "Covered. Enter goes on.", "1, seen", "How sure are you")
	if strings.Count(out, "Covered.") != 2 {
		t.Errorf("not covered twice:\n%s", out)
	}
}
