package roster_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/roster"
)

// Few ids, e-mails and names, so that they meet in every way.
var (
	someIDs    = rapid.SampledFrom([]string{"", "", "1", "01", "2", "3", "E-4"})
	someNames  = rapid.SampledFrom([]string{"", "Ada King", "Bo", "Cy Xu", "cy xu", "Dee"})
	someEmails = rapid.SampledFrom([]string{"", "", "a@x", "A@X", "b@x", "c@x"})
	someTexts  = rapid.SampledFrom([]string{"", "", "T", "U, V", "x\ny", `say "hi"`, "1"})
)

func someTable(t *rapid.T) [][]string {
	header := []string{"Employee ID", "Full name", "Work e-mail", "Team", "Manager", "Manager ID", "Manager e-mail", "Role", "Level", "Hat"}
	rows := [][]string{header}
	for range rapid.IntRange(0, 6).Draw(t, "rows") {
		rows = append(rows, []string{
			someIDs.Draw(t, "id"), someNames.Draw(t, "name"), someEmails.Draw(t, "email"), someTexts.Draw(t, "team"),
			someNames.Draw(t, "manager"), someIDs.Draw(t, "manager id"), someEmails.Draw(t, "manager email"),
			someTexts.Draw(t, "role"), someTexts.Draw(t, "level"), someTexts.Draw(t, "hat"),
		})
	}
	return rows
}

// somePeople are known before; no two have one id.
func somePeople(t *rapid.T) []calibration.Person {
	var people []calibration.Person
	taken := map[string]bool{}
	for i := range rapid.IntRange(0, 4).Draw(t, "known") {
		id := someIDs.Draw(t, "known id")
		p := calibration.Person{ID: id, Name: someNames.Draw(t, "known name"), Email: someEmails.Draw(t, "known email"), Team: someTexts.Draw(t, "known team")}
		if id == "" || rapid.Bool().Draw(t, "added by hand") {
			p.ID = fmt.Sprintf("01JQ000000000000000000000%d", i)
			if id != "" {
				p.Extra = map[string]string{calibration.EmployeeID: id}
			}
		}
		if p.Name == "" || id != "" && taken[id] {
			continue
		}
		taken[id] = true
		people = append(people, p)
	}
	return people
}

func csvOf(rows [][]string) string {
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Bringing a file in twice is bringing it in once.
func TestTwiceIsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, known := someTable(t), somePeople(t)
		file, err := roster.Read(strings.NewReader(csvOf(rows)), roster.Options{})
		if err != nil {
			t.Fatal(err)
		}
		checkTwice(t, file, known)
	})
}

// The order of rows and columns says nothing: the same people come of it, and the same
// rows are bad.
func TestOrderSaysNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, known := someTable(t), somePeople(t)
		columns := rapid.Permutation([]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}).Draw(t, "columns")
		below := rapid.Permutation(rows[1:]).Draw(t, "order")
		var other [][]string
		for _, row := range slices.Insert(slices.Clone(below), 0, rows[0]) {
			moved := make([]string, len(row))
			for to, from := range columns {
				moved[to] = row[from]
			}
			other = append(other, moved)
		}
		if diff := cmp.Diff(outcome(t, rows, known), outcome(t, other, known)); diff != "" {
			t.Fatalf("in another order:\n%s", diff)
		}
	})
}

// outcome is what a table comes to, in an order of its own.
func outcome(t *rapid.T, rows [][]string, known []calibration.Person) []string {
	file, err := roster.Read(strings.NewReader(csvOf(rows)), roster.Options{})
	if err != nil {
		t.Fatal(err)
	}
	plan := file.Plan(known)
	var all []string
	for _, p := range plan.People() {
		all = append(all, fmt.Sprintf("%+v", p))
	}
	for range plan.Bad {
		all = append(all, "bad")
	}
	slices.Sort(all)
	return all
}
