package alias_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/internal/alias"
)

var people = []calibration.Person{{ID: "1", Name: "Ada Lovelace", Email: "ada@example.org"}, {ID: "2", Name: "Will Jones-Smith"}, {ID: "3", Name: "李娜"}, {ID: "4", Name: "O J Simpson"}}

func TestInText(t *testing.T) {
	n := alias.For("s1", people)
	ada, will, li := n.Called("1", ""), n.Called("2", ""), n.Called("3", "")
	if ada == will || !strings.HasPrefix(ada, "Person ") {
		t.Fatalf("they are called %q and %q", ada, will)
	}
	for text, want := range map[string]string{
		"Ada Lovelace said so.":             ada + " said so.",
		"Lovelace, Ada":                     ada + ", " + ada,
		"ADA's work will last; Will's, too": ada + "'s work will last; " + will + "'s, too",
		"Will Jones-Smith and Ada":          will + " and " + ada,
		"Ada Will":                          ada + " " + will,
		"Ada\nAda":                          ada + "\n" + ada,
		"李娜 leads it":                       li + " leads it",
		"O J did":                           "O J did", // letters are no names
		"3-mid: Adamant":                    "3-mid: Adamant",
		"":                                  "",
	} {
		if got := n.InText(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if p := n.Person(people[0]); p.Name != ada || p.Email != "" || n.Only("1") != "" {
		t.Errorf("shown as %+v", p)
	}
	var off alias.Names
	if off.InText("Ada") != "Ada" || off.Called("1", "Ada") != "Ada" || off.Only("1") != "1" || off.Person(people[0]).Email == "" {
		t.Error("without aliases people are not called by their names")
	}
}

// A word of several people's names means nobody in particular, unless what stands beside it
// tells who it is; and it does not matter which way a letter with an accent was typed.
func TestSharedAndDecomposedNames(t *testing.T) {
	n := alias.For("s1", []calibration.Person{{ID: "1", Name: "Wei Zhang"}, {ID: "2", Name: "Wei Li"}, {ID: "3", Name: "José Zhang"}})
	zhang, li, jose := n.Called("1", ""), n.Called("2", ""), n.Called("3", "")
	for text, want := range map[string]string{
		"Wei Zhang and Wei Li": zhang + " and " + li,
		"Wei did it.":          "somebody did it.",
		"Li, and Wei Li":       li + ", and " + li,
		"Jose\u0301 said":      jose + " said",
		"José Zhang Wei":       jose + " somebody",
	} {
		if got := n.InText(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// No capitalised word of a name is left in any text, and doing it twice changes nothing.
func TestNoNameIsLeft(t *testing.T) {
	n := alias.For("s1", people)
	rapid.Check(t, func(rt *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{"Ada", "Lovelace", " ", "-", ", ", "Will", "will", "李娜", "said", "\n", "é", "3-mid"})).Draw(rt, "parts")
		got := n.InText(strings.Join(parts, " "))
		for _, name := range []string{"Ada", "Lovelace", "Will", "李娜"} {
			for _, word := range strings.Fields(got) {
				if strings.Trim(word, ",-") == name {
					rt.Fatalf("%q is left in %q", name, got)
				}
			}
		}
		if again := n.InText(got); again != got {
			rt.Fatalf("%q became %q", got, again)
		}
	})
}
