package calibration

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Airtime is how long a session spoke about whom. Who is spoken about for longer, is
// known better; so it shows who was passed over.
type Airtime struct {
	Total  time.Duration
	Median time.Duration // of those who were spoken about; of the two in the middle the lower
	People []AirtimeRow  // the longest first, and of equals in the agenda's order
	Groups []AirtimeGroup
}

// AirtimeRow is the time that was spent on a person.
type AirtimeRow struct {
	Person PersonRef
	Place  int // on the agenda, from 1
	Spent  time.Duration
	Quick  bool // less than a third of the median
}

// AirtimeGroup is the people of one team, at one position, or in one part of the
// agenda.
type AirtimeGroup struct {
	By, Name string
	People   int
	Mean     time.Duration // per person
}

// Airtime sums up the time of all turns.
func (room *Room) Airtime() Airtime {
	a := Airtime{Total: room.Spent(), Median: room.medianSpent()}
	for i, t := range room.Turns {
		a.People = append(a.People, AirtimeRow{Person: t.Person, Place: i + 1, Spent: t.Spent, Quick: 3*t.Spent < a.Median})
	}
	thirds := []string{"first third", "middle third", "last third"}
	third := func(i int, _ Turn) string { return thirds[3*i/len(room.Turns)] }
	team := func(_ int, t Turn) string { return t.Person.Team }
	for _, g := range []struct {
		by   string
		name func(int, Turn) string
	}{{"agenda", third}, {"team", team}, {"position", room.decidedAt}} {
		a.Groups = append(a.Groups, room.airtimeBy(g.by, g.name)...)
	}
	if room.Mixed() {
		a.Groups = append(a.Groups, room.airtimeBy("rubric", func(_ int, t Turn) string { return room.RubricName(t.Rubric) })...)
	}
	slices.SortStableFunc(a.People, func(a, b AirtimeRow) int { return cmp.Compare(b.Spent, a.Spent) })
	return a
}

func (room *Room) medianSpent() time.Duration {
	var spent []time.Duration
	for _, t := range room.Turns {
		if t.Spent > 0 {
			spent = append(spent, t.Spent)
		}
	}
	if len(spent) == 0 {
		return 0
	}
	slices.Sort(spent)
	return spent[(len(spent)-1)/2]
}

// decidedAt is the positions of the finals, empty for who is not decided. A position is
// one of its rubric, and where there are several it says of which.
func (room *Room) decidedAt(_ int, t Turn) string {
	var at []string
	for _, d := range t.Rubric.Dimensions {
		if final, ok := t.Finals[d]; ok {
			at = append(at, final.Position)
		}
	}
	if len(at) > 0 && room.Mixed() {
		at = append(at, "("+room.RubricName(t.Rubric)+")")
	}
	return strings.Join(at, " ")
}

// airtimeBy is the groups in the order in which the agenda comes to them.
func (room *Room) airtimeBy(by string, name func(int, Turn) string) []AirtimeGroup {
	var groups []AirtimeGroup
	sums := map[string]time.Duration{}
	for i, t := range room.Turns {
		g := name(i, t)
		at := slices.IndexFunc(groups, func(o AirtimeGroup) bool { return o.Name == g })
		if at < 0 {
			at = len(groups)
			groups = append(groups, AirtimeGroup{By: by, Name: g})
		}
		groups[at].People++
		sums[g] += t.Spent
	}
	for i, g := range groups {
		groups[i].Mean = sums[g.Name] / time.Duration(g.People)
	}
	return groups
}

// Clock writes a time for a screen: 12:05, or 1:02:05 from an hour on; one that is
// overdrawn with a sign before it.
func Clock(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign, d = "−", -d
	}
	s := int(d / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%s%d:%02d:%02d", sign, s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%s%d:%02d", sign, s/60, s%60)
}
