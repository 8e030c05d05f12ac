package roster

import (
	"slices"
	"strings"
)

// turned writes “Lovelace, Ada” as “Ada Lovelace”, and leaves other names as they are.
// What stands behind a name in its own right stays there: “King, Martin, Jr.” is
// “Martin King, Jr.”, and “Ada King, PhD” stays.
func turned(name string) string {
	parts := strings.Split(name, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	titles := len(parts)
	for titles > 1 && isTitle(parts[titles-1]) {
		titles--
	}
	if titles != 2 || parts[0] == "" || parts[1] == "" {
		return name
	}
	last, first, behind := parts[0], parts[1], parts[2:]
	if words := strings.Fields(last); len(words) > 1 && isTitle(words[len(words)-1]) {
		last = strings.Join(words[:len(words)-1], " ") // “King Jr, Martin”
		behind = append([]string{words[len(words)-1]}, behind...)
	}
	return strings.Join(append([]string{first + " " + last}, behind...), ", ")
}

func isTitle(text string) bool {
	return slices.Contains([]string{"jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "cpa", "esq", "msc", "bsc"},
		strings.ToLower(strings.ReplaceAll(text, ".", "")))
}

// turnedRound reports whether a column of names is written last name first: at least
// half of its names are. One “Ada King, CEO” among others is not turned.
func turnedRound(names []string) bool {
	round, all := 0, 0
	for _, n := range names {
		if n == "" {
			continue
		}
		all++
		if turned(n) != n {
			round++
		}
	}
	return round > 0 && 2*round >= all
}

// wholeName makes a name of what the columns say: the whole one, or else the preferred
// or the first one with the last.
func wholeName(values map[Field]string) string {
	preferred, last := values[PreferredName], values[LastName]
	switch {
	case values[Name] != "":
		return values[Name]
	case preferred != "" && (last == "" || strings.Contains(preferred, " ")):
		return preferred
	case preferred != "":
		return preferred + " " + last
	}
	return strings.TrimSpace(values[FirstName] + " " + last)
}

// nameKey is what people are found by name with: without regard to case.
func nameKey(name string) string { return strings.ToLower(name) }
