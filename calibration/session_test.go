package calibration_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
)

func TestWhoIsRecusedByDefault(t *testing.T) {
	ada := calibration.Person{ID: "1", Name: "Ada", Manager: "Grace"}
	alan := calibration.Person{ID: "2", Name: "Alan", Manager: "Ada"}
	grace := calibration.Person{ID: "3", Name: "Grace", Manager: "Barbara"}
	other := calibration.Person{ID: "4", Name: "Ada"} // another one of that name, not rated
	agenda := []calibration.Person{ada, alan, grace}
	joe := calibration.Person{ID: "5", Name: "Joe", Manager: "Ren\u00e9e"}
	recused := func(p calibration.Panellist, all []calibration.Person) map[string]string {
		got := map[string]string{}
		for _, r := range calibration.DefaultRecusals([]calibration.Panellist{p}, append(agenda[:3:3], joe), all) {
			got[r.Person] = r.Why
		}
		return got
	}
	for name, test := range map[string]struct {
		panellist calibration.Panellist
		all       []calibration.Person
		want      map[string]string
	}{
		"manages one, is one": {calibration.Panellist{Reviewer: "Grace"}, agenda, map[string]string{"1": "manages the person", "3": "is the person"}},
		"one of two of that name, who knows which": {calibration.Panellist{Reviewer: "Ada"}, append(slices.Clone(agenda), other),
			map[string]string{"1": "is the person", "2": "manages the person"}},
		"in other letters":          {calibration.Panellist{Reviewer: "grace "}, agenda, map[string]string{"1": "manages the person", "3": "is the person"}},
		"with an accent of its own": {calibration.Panellist{Reviewer: "Rene\u0301e"}, agenda, map[string]string{"5": "manages the person"}},
		"reports to one":            {calibration.Panellist{Reviewer: "Al", Person: "2"}, agenda, map[string]string{"1": "reports to the person", "2": "is the person"}},
		"not on the list":           {calibration.Panellist{Reviewer: "Edsger"}, agenda, map[string]string{}},
		"two of that name, told apart by id": {calibration.Panellist{Reviewer: "Ada", Person: "4"}, append(slices.Clone(agenda), other),
			map[string]string{"2": "manages the person"}},
	} {
		if diff := cmp.Diff(test.want, recused(test.panellist, test.all)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}

func TestVotersAndBudget(t *testing.T) {
	s := calibration.Session{
		Name: "Spring", State: calibration.Open, People: []string{"1", "2", "3"}, Minutes: 45,
		Panel:    []calibration.Panellist{{Reviewer: "Grace"}, {Reviewer: "Alan"}},
		Recusals: []calibration.Recusal{{Reviewer: "Grace", Person: "1", Why: "manages the person"}},
	}
	if diff := cmp.Diff([]string{"Alan"}, s.Voters("1")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Grace", "Alan"}, s.Voters("2")); diff != "" {
		t.Error(diff)
	}
	if why, ok := s.RecusedFrom("Grace", "1"); !ok || why != "manages the person" {
		t.Errorf("recused %t: %q", ok, why)
	}
	if got := s.Budget(); got != 15*time.Minute {
		t.Errorf("each has %v", got)
	}
	s.People = nil
	if got := s.Budget(); got != 0 {
		t.Errorf("nobody has %v", got)
	}
}

func TestSessionIsValid(t *testing.T) {
	for says, change := range map[string]func(*calibration.Session){
		"needs a name": func(s *calibration.Session) { s.Name = " " },
		`state "shut"`: func(s *calibration.Session) { s.State = "shut" },
		"on the panel twice": func(s *calibration.Session) {
			s.Rubric, s.Panel = "r", []calibration.Panellist{{Reviewer: "a"}, {Reviewer: "a"}}
		},
		"a panellist needs":   func(s *calibration.Session) { s.Rubric, s.Panel = "r", []calibration.Panellist{{Reviewer: " "}} },
		"needs the rubric":    func(s *calibration.Session) { s.Panel = []calibration.Panellist{{Reviewer: "a"}} },
		"on the agenda twice": func(s *calibration.Session) { s.People = []string{"1", "1"} },
		`order "by height"`:   func(s *calibration.Session) { s.Order = "by height" },
		"-1 minutes":          func(s *calibration.Session) { s.Minutes = -1 },
		"-1 times":            func(s *calibration.Session) { s.Round = -1 },
		"bytes long":          func(s *calibration.Session) { s.Facilitator = strings.Repeat("x", calibration.MaxNameBytes+1) },
		"at most 100": func(s *calibration.Session) {
			s.Rubric, s.Panel = "r", make([]calibration.Panellist, calibration.MaxPanel+1)
		},
		"at most 5000": func(s *calibration.Session) { s.People = make([]string, calibration.MaxAgenda+1) },
	} {
		s := calibration.Session{Name: "Spring", State: calibration.Open}
		if err := s.Validate(); err != nil {
			t.Fatal(err)
		}
		change(&s)
		if err := s.Validate(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want it to say %q, got %v", says, err)
		}
	}
}

// Whatever the order, everybody is on the agenda once; a random one is the same for the
// same seed.
func TestArrangeKeepsEverybody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{1,3}`), 0, 30, rapid.ID).Draw(t, "people")
		seed := rapid.Uint64().Draw(t, "seed")
		got := calibration.Arrange(people, calibration.RandomOrder, seed, nil)
		if diff := cmp.Diff(got, calibration.Arrange(people, calibration.RandomOrder, seed, nil)); diff != "" {
			t.Errorf("not the same again: %s", diff)
		}
		if listed := calibration.Arrange(people, calibration.AsListed, seed, nil); !slices.Equal(people, listed) {
			t.Errorf("listed as %v, not as %v", listed, people)
		}
		slices.Sort(people)
		slices.Sort(got)
		if !slices.Equal(people, got) {
			t.Errorf("%v became %v", people, got)
		}
	})
}

// An alias is one's own, the same in whatever order people come, and another in
// another session, or it would tell who is who.
// A company may have more people than a round number of aliases, and each needs one.
func TestAliasesForEverybody(t *testing.T) {
	people := make([]string, 100_000)
	for i := range people {
		people[i] = fmt.Sprint(i)
	}
	seen := map[string]bool{}
	for _, alias := range calibration.Aliases("spring", people) {
		seen[alias] = true
	}
	if len(seen) != len(people) {
		t.Errorf("%d aliases for %d people", len(seen), len(people))
	}
}

func TestAliases(t *testing.T) {
	people := []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}
	spring := calibration.Aliases("spring", people)
	seen := map[string]bool{}
	for _, id := range people {
		seen[spring[id]] = true
	}
	if len(seen) != len(people) || spring["1"] == "" {
		t.Errorf("not one each: %v", spring)
	}
	turned := slices.Clone(people)
	slices.Reverse(turned)
	if diff := cmp.Diff(spring, calibration.Aliases("spring", append(turned, "1"))); diff != "" {
		t.Errorf("another order gives other aliases: %s", diff)
	}
	more := calibration.Aliases("spring", append(turned, "13"))
	delete(more, "13")
	if diff := cmp.Diff(spring, more); diff != "" {
		t.Errorf("who joined changed the others: %s", diff)
	}
	if cmp.Equal(spring, calibration.Aliases("autumn", people)) {
		t.Error("another session has the same aliases")
	}
}

// A draft that was made outside any session counts in the one that it was made for.
func TestWhereADraftCounts(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 3, day, 12, 0, 0, 0, time.UTC) }
	people := []string{"ada"}
	countsIn := calibration.CountsIn([]calibration.Session{
		{ID: "later", People: people, OpenedAt: at(21)},
		{ID: "open", People: people, OpenedAt: at(20)},
		{ID: "second", People: people, OpenedAt: at(2), FinalisedAt: at(15)},
		{ID: "first", People: people, OpenedAt: at(3), FinalisedAt: at(10)},
	})
	for _, test := range []struct {
		d    calibration.Decision
		want string
	}{
		{calibration.Decision{Person: "ada", Stage: calibration.Draft, DecidedAt: at(1)}, "first"},
		{calibration.Decision{Person: "ada", Stage: calibration.Draft, DecidedAt: at(10)}, "second"},
		{calibration.Decision{Person: "ada", Stage: calibration.Draft, DecidedAt: at(16)}, "open"},
		{calibration.Decision{Person: "ada", Stage: calibration.Draft, DecidedAt: at(1), Session: "later"}, "later"},
		{calibration.Decision{Person: "ada", Stage: calibration.Final, DecidedAt: at(1)}, ""},
		{calibration.Decision{Person: "alan", Stage: calibration.Draft, DecidedAt: at(1)}, ""},
	} {
		if got := countsIn(test.d); got != test.want {
			t.Errorf("a %s about %s of %s counts in %q, want %q", test.d.Stage, test.d.Person, test.d.DecidedAt.Format(time.DateOnly), got, test.want)
		}
	}
}

// What is drafted for autumn takes nothing out of the spring session, whose draft it
// supersedes: neither there nor where all of a person's decisions are listed.
func TestADraftCorrectsNoneOfAnotherSession(t *testing.T) {
	at := func(month time.Month) time.Time { return time.Date(2026, month, 1, 12, 0, 0, 0, time.UTC) }
	drafted := func(id, supersedes string, month time.Month) calibration.Decision {
		d := placed("1", "grace", draft, "1-low")
		d.ID, d.Supersedes, d.DecidedAt = id, supersedes, at(month)
		return d
	}
	r := fourPositions(t)
	spring := calibration.Session{ID: "spring", Rubric: r.Hash(), People: []string{"1"}, OpenedAt: at(4), FinalisedAt: at(5), State: calibration.Finalised}
	all := []calibration.Decision{drafted("a", "", 2), drafted("b", "a", 3), drafted("c", "b", 9), drafted("d", "c", 10)}
	for i := range all {
		all[i].Rubric = r.Hash()
	}
	for _, test := range []struct {
		sessions []calibration.Session
		want     map[string]bool
	}{
		{nil, map[string]bool{"a": true, "b": true, "c": true}},
		{[]calibration.Session{spring}, map[string]bool{"a": true, "c": true}},
	} {
		if diff := cmp.Diff(test.want, calibration.Corrected(all, test.sessions)); diff != "" {
			t.Errorf("beside %d sessions (-want +got)\n%s", len(test.sessions), diff)
		}
	}
	b := calibration.Basis{Rubric: r, People: []calibration.Person{{ID: "1", Name: "Ada", Manager: "grace"}}, Sessions: []calibration.Session{spring}}
	room := calibration.NewRoom(b, spring, all, nil)
	if got := room.Turns[0].Drafts["Individual"].ID; got != "b" {
		t.Errorf("the draft of the spring session is %q, want b", got)
	}
}

func TestRecusalsAfterAChange(t *testing.T) {
	people := []calibration.Person{{ID: "1", Name: "Ada", Manager: "Charles"}, {ID: "2", Name: "Alan", Manager: "Grace"}}
	before := calibration.Session{People: []string{"1"}, Panel: []calibration.Panellist{{Reviewer: "Charles"}, {Reviewer: "Edsger"}},
		Recusals: []calibration.Recusal{{Reviewer: "Edsger", Person: "1", Why: "they share a project"}}} // that Charles manages Ada was undone
	now := before
	now.People, now.Panel = []string{"1", "2"}, append(before.Panel, calibration.Panellist{Reviewer: "Grace"})
	want := []calibration.Recusal{{Reviewer: "Edsger", Person: "1", Why: "they share a project"}, {Reviewer: "Grace", Person: "2", Why: "manages the person"}}
	if diff := cmp.Diff(want, before.RecusalsAfter(now, people, true)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want[:1], before.RecusalsAfter(now, people, false)); diff != "" {
		t.Error(diff)
	}
	now.Panel = now.Panel[:1]
	if got := before.RecusalsAfter(now, people, true); got != nil {
		t.Errorf("of who left: %+v", got)
	}
}

func TestReadPanelAndMinutes(t *testing.T) {
	before := []calibration.Panellist{{Reviewer: "Grace", Person: "0043"}}
	if diff := cmp.Diff([]calibration.Panellist{{Reviewer: "Alan"}, {Reviewer: "Grace", Person: "0043"}}, calibration.ReadPanel(" Alan,, Grace ,", before)); diff != "" {
		t.Error(diff)
	}
	for text, want := range map[string]int{"": 0, "0": 0, "90": 90} {
		if got, err := calibration.ReadMinutes(text); got != want || err != nil {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"-1", "ninety", "10001"} {
		if _, err := calibration.ReadMinutes(text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}

func TestRubricsOfPeople(t *testing.T) {
	s := calibration.Session{Name: "Spring", State: calibration.Open, Rubric: "own", People: []string{"1", "2"}}
	role := func(id string) string { return map[string]string{"2": "other", "3": "other", "4": "third"}[id] }
	for id, want := range map[string]string{"1": "own", "2": "own", "unknown": "own"} {
		if got := s.RubricOf(id); got != want {
			t.Errorf("%s without rubrics of people: %s", id, got)
		}
	}
	if diff := cmp.Diff([]string{"own"}, s.RubricsInUse()); diff != "" {
		t.Error(diff)
	}

	// Who was there before keeps the rubric, whatever their role is called now.
	s.People = []string{"2", "3", "1", "4"}
	now := s.Freeze([]string{"1", "2"}, role)
	want := []calibration.PersonRubric{{Person: "3", Rubric: "other"}, {Person: "4", Rubric: "third"}}
	if diff := cmp.Diff(want, now.Rubrics); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"own", "other", "third"}, now.RubricsInUse()); diff != "" {
		t.Error(diff)
	}
	// Who leaves takes the rubric along, and who comes again gets that of the role.
	now.People = []string{"4"}
	now = now.Freeze([]string{"2", "3", "1", "4"}, role)
	if diff := cmp.Diff(want[1:], now.Rubrics); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"third"}, now.RubricsInUse()); diff != "" {
		t.Error(diff)
	}
	// Whom one returns to the session's own has no entry, as before there were any.
	if now = now.Freeze(nil, func(string) string { return "own" }); now.Rubrics != nil {
		t.Errorf("%+v", now.Rubrics)
	}
}

func TestInvalidRubricsOfPeople(t *testing.T) {
	for _, test := range []struct {
		rubrics []calibration.PersonRubric
		own     string
		want    string
	}{
		{[]calibration.PersonRubric{{Person: "1", Rubric: "other"}}, "own", ""},
		{[]calibration.PersonRubric{{Person: "1", Rubric: "other"}}, "", "needs one for the others"},
		{[]calibration.PersonRubric{{Person: "3", Rubric: "other"}}, "own", `"3", who is not on the agenda`},
		{[]calibration.PersonRubric{{Person: "1", Rubric: "other"}, {Person: "1", Rubric: "third"}}, "own", `"1" has two rubrics`},
		{[]calibration.PersonRubric{{Person: "1"}}, "own", "has no hash"},
		{[]calibration.PersonRubric{{Person: "1", Rubric: strings.Repeat("x", 401)}}, "own", "401 bytes long"},
	} {
		s := calibration.Session{Name: "Spring", State: calibration.Open, Rubric: test.own, People: []string{"1", "2"}, Rubrics: test.rubrics}
		switch err := s.Validate(); {
		case test.want == "" && err != nil:
			t.Error(err)
		case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
			t.Errorf("want %q, got %v", test.want, err)
		}
	}
}

// A record of a session without rubrics of single people is written as it ever was.
func TestOldSessionsAreWrittenAsTheyWere(t *testing.T) {
	s := calibration.Session{ID: "s", Name: "Spring", Rubric: "own", State: calibration.Open, People: []string{"1"}, Version: "v"}
	written, err := json.Marshal(s.Freeze(nil, func(string) string { return "own" }))
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"id":"s","name":"Spring","rubric":"own","state":"open","people":["1"],"opened_at":"0001-01-01T00:00:00Z","version":"v"}`; string(written) != want {
		t.Errorf("%s", written)
	}
}
