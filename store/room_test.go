package store

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/rubric"
)

// parlour is a session on ada and alan, on whom grace, edsger and charles vote; charles
// manages ada.
type parlour struct {
	t       rapid.TB
	store   *Store
	rubric  *rubric.Rubric
	session calibration.Session
}

var panel = []string{"grace", "edsger", "charles"}

func newParlour(t rapid.TB, s *Store, r *rubric.Rubric) *parlour {
	people := []calibration.Person{{ID: "ada", Name: "Ada", Manager: "charles"}, {ID: "alan", Name: "Alan"}}
	must[[]calibration.Person](t)(s.PutPeople(people...))
	session := calibration.Session{Name: "Spring", Rubric: r.Hash(), People: []string{"ada", "alan"}, Facilitator: "barbara", Minutes: 20}
	for _, name := range panel {
		session.Panel = append(session.Panel, calibration.Panellist{Reviewer: name})
	}
	session.Recusals = calibration.DefaultRecusals(session.Panel, people, people)
	return &parlour{t, s, r, must[calibration.Session](t)(s.PutSession(session))}
}

func (p *parlour) decision(person, reviewer, dimension string, stage calibration.Stage) calibration.Decision {
	d := decision(person, reviewer)
	d.Session, d.Dimension, d.Stage, d.Evidence, d.Dampeners = p.session.ID, dimension, stage, nil, nil
	return d
}

// vote is a vote on every dimension.
func (p *parlour) vote(person, reviewer string) {
	for _, dimension := range p.rubric.Dimensions {
		must[calibration.Decision](p.t)(p.store.Veiled().Place(p.decision(person, reviewer, dimension, calibration.Panel), p.rubric))
	}
}

func (p *parlour) turn(person string) calibration.Turn {
	room := must[*calibration.Room](p.t)(p.store.Room(p.session.ID, p.rubric))
	t, ok := room.Turn(person)
	if !ok {
		p.t.Fatalf("%s is not on the agenda", person)
	}
	return t
}

// seen is how many decisions about a person can be seen, by every way to them.
func (p *parlour) seen(person string) (n [5]int) {
	v := p.store.Veiled()
	count := func(i int) func(calibration.Decision) error {
		return func(d calibration.Decision) error {
			if d.Person == person {
				n[i]++
			}
			return nil
		}
	}
	n[0] = len(must[[]calibration.Decision](p.t)(v.DecisionsOf(person)))
	each(must[[]calibration.Decision](p.t)(v.DecisionsIn(p.session.ID)), count(1))
	each(must[[]calibration.Decision](p.t)(v.DecisionsIn("")), count(1))
	for _, name := range append(panel, "barbara") {
		each(must[[]calibration.Decision](p.t)(v.DecisionsBy(name)), count(2))
	}
	if err := v.Decisions(count(3)); err != nil {
		p.t.Fatal(err)
	}
	if err := v.DecisionsFor(calibration.Filter{Sessions: []string{p.session.ID}}, count(4)); err != nil {
		p.t.Fatal(err)
	}
	return n
}

func all(n int) [5]int { return [5]int{n, n, n, n, n} }

func TestNothingIsSeenOfWhoIsBlind(t *testing.T) {
	p := newParlour(t, newStore(t), testRubric(t, "well"))
	draft := p.decision("ada", "charles", "Individual", calibration.Draft)
	draft.Session = "" // drafted at home; it counts in the session that is open
	draft = mustPlace(t, p.store, draft, p.rubric)
	wantSame(t, all(0), p.seen("ada"))
	if _, err := p.store.Veiled().Decision(draft.ID); err == nil {
		t.Error("the draft is found by its id")
	}

	p.vote("ada", "grace")
	wantSame(t, []string{"edsger"}, p.turn("ada").Missing()) // charles is recused
	wantSame(t, all(0), p.seen("ada"))
	if turn := p.turn("ada"); len(turn.Counting)+len(turn.Drafts) > 0 {
		t.Errorf("the room tells of who is blind: %+v", turn)
	}
	must[calibration.Decision](t)(p.store.Veiled().Place(p.decision("ada", "edsger", "Individual", calibration.Panel), p.rubric))
	wantSame(t, all(0), p.seen("ada")) // not on every dimension yet
	p.vote("ada", "edsger")
	if p.turn("ada").Blind {
		t.Error("all have placed, and yet she is blind")
	}
	wantSame(t, all(6), p.seen("ada")) // a vote that was given twice is there twice
	wantSame(t, all(0), p.seen("alan"))

	p.vote("alan", "charles")
	must[calibration.Event](t)(p.store.Record(calibration.Event{Session: p.session.ID, Kind: calibration.Reveal, Person: "alan", By: "barbara", Text: "grace had to leave"}))
	wantSame(t, all(2), p.seen("alan"))
}

func TestWhoIsFinalisedIsNotBlind(t *testing.T) {
	p := newParlour(t, newStore(t), testRubric(t, "well"))
	p.vote("ada", "grace")
	must[calibration.Session](t)(p.store.Finalise(p.session.ID, "barbara"))
	wantSame(t, all(2), p.seen("ada"))
}

// Of other sessions nothing is hidden, nor where nobody votes.
func TestVeilHidesNoMoreThanItMust(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	past := must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Autumn", People: []string{"ada"}}))
	made := decision("ada", "grace")
	made.Session, made.Stage = past.ID, calibration.Final
	mustPlace(t, s, made, r)
	must[calibration.Session](t)(s.Finalise(past.ID, "grace"))
	p := newParlour(t, s, r)
	mustPlace(t, s, decision("barbara", "grace"), r)
	if got := len(must[[]calibration.Decision](t)(s.Veiled().DecisionsOf("ada"))); got != 1 {
		t.Errorf("of the past session %d are seen", got)
	}
	if got := len(must[[]calibration.Decision](t)(s.Veiled().DecisionsOf("barbara"))); got != 1 {
		t.Errorf("of who is not on the agenda %d are seen", got)
	}
	p.session.Panel, p.session.Recusals = nil, nil
	p.session = must[calibration.Session](t)(s.PutSession(p.session))
	mustPlace(t, s, p.decision("ada", "grace", "Individual", calibration.Draft), r)
	wantSame(t, [5]int{2, 1, 2, 2, 1}, p.seen("ada"))
}

func TestRoomTakes(t *testing.T) {
	p := newParlour(t, newStore(t), testRubric(t, "well"))
	mustPlace(t, p.store, p.decision("ada", "charles", "Individual", calibration.Draft), p.rubric)
	refused := func(d calibration.Decision, says string) {
		t.Helper()
		before := dump(t, p.store)
		if _, err := p.store.Veiled().Place(d, p.rubric); err == nil {
			t.Errorf("taken, and should say %q", says)
		} else {
			contains(t, err.Error(), says)
		}
		wantSame(t, before, dump(t, p.store))
	}
	final := p.decision("ada", "barbara", "Individual", calibration.Final)
	refused(p.decision("ada", "charles", "Individual", calibration.Panel), "manages the person")
	refused(p.decision("ada", "alan", "Individual", calibration.Panel), "not on the panel")
	refused(p.decision("howard", "grace", "Individual", calibration.Draft), "not on the agenda")
	refused(final, "still blind, not placed by grace and edsger")
	p.vote("ada", "grace")
	p.vote("ada", "edsger")
	refused(p.decision("ada", "grace", "Individual", calibration.Panel), "would not be blind any more")
	moved := final
	moved.Position = "1-low"
	refused(moved, "say why the decision is another one (new evidence, ")
	moved.Change = calibration.NewEvidence
	for _, d := range []calibration.Decision{moved, final} {
		must[calibration.Decision](t)(p.store.Veiled().Place(d, p.rubric))
	}
}

// What is hidden can be counted, and what was said of who is blind is hidden too.
func TestHiddenIsCounted(t *testing.T) {
	p := newParlour(t, newStore(t), testRubric(t, "well"))
	draft := p.decision("ada", "charles", "Individual", calibration.Draft)
	draft.Session = ""
	mustPlace(t, p.store, draft, p.rubric)
	p.vote("alan", "grace")
	for _, kind := range []calibration.EventKind{calibration.Noted, calibration.Arrived} {
		must[calibration.Event](t)(p.store.Record(calibration.Event{Session: p.session.ID, Kind: kind, Person: "alan", By: "barbara", Text: "3-mid?"}))
	}
	hidden := func() map[string]int {
		n := map[string]int{}
		if err := p.store.Veiled().Hidden(func(d calibration.Decision, in calibration.Session) error {
			n[d.Person+" in "+in.Name]++
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return n
	}
	events := func() (kinds []calibration.EventKind) {
		for _, e := range must[[]calibration.Event](t)(p.store.Veiled().Events(p.session.ID)) {
			kinds = append(kinds, e.Kind)
		}
		return kinds
	}
	wantSame(t, map[string]int{"ada in Spring": 1, "alan in Spring": 2}, hidden())
	wantSame(t, []calibration.EventKind{calibration.Arrived}, events())
	p.vote("alan", "edsger")
	p.vote("alan", "charles")
	wantSame(t, map[string]int{"ada in Spring": 1}, hidden())
	wantSame(t, []calibration.EventKind{calibration.Noted, calibration.Arrived}, events())
	must[calibration.Session](t)(p.store.Finalise(p.session.ID, "barbara"))
	wantSame(t, map[string]int{}, hidden())
}

// However a session goes, a person is blind as long as the definition says, and then
// nothing of them is seen by any way.
func TestBlindnessHoldsThroughAnySession(t *testing.T) {
	r, folder := testRubric(t, "well"), t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		s := quickStore(rt, folder, 1)
		defer s.Close()
		p := newParlour(rt, s, r)
		placed, shown, final := map[string]bool{}, map[string]bool{}, map[string]bool{}
		made := map[string]int{}
		open := true
		rt.Repeat(map[string]func(*rapid.T){
			"place": func(t *rapid.T) {
				person, by := rapid.SampledFrom([]string{"ada", "alan"}).Draw(t, "person"), rapid.SampledFrom(panel).Draw(t, "by")
				d := p.decision(person, by, rapid.SampledFrom(r.Dimensions).Draw(t, "dimension"), rapid.SampledFrom([]calibration.Stage{calibration.Draft, calibration.Panel}).Draw(t, "stage"))
				if _, err := s.Veiled().Place(d, r); err == nil {
					placed[person+by+d.Dimension] = true
					made[person]++
				}
			},
			"reveal": func(t *rapid.T) {
				person := rapid.SampledFrom([]string{"ada", "alan"}).Draw(t, "person")
				_, err := s.Record(calibration.Event{Session: p.session.ID, Kind: calibration.Reveal, Person: person, By: "barbara", Text: "late"})
				shown[person] = shown[person] || err == nil
			},
			"decide": func(t *rapid.T) {
				person := rapid.SampledFrom([]string{"ada", "alan"}).Draw(t, "person")
				d := p.decision(person, "barbara", "Individual", calibration.Final)
				if _, err := s.Veiled().Place(d, r); err == nil {
					final[person] = true
					made[person]++
				}
			},
			"turn": func(t *rapid.T) {
				if open {
					must[calibration.Session](t)(s.Finalise(p.session.ID, "barbara"))
				} else {
					must[calibration.Session](t)(s.Reopen(p.session.ID, "barbara", "late"))
				}
				open = !open
			},
			"": func(t *rapid.T) {
				for _, person := range []string{"ada", "alan"} {
					missing := slices.ContainsFunc(panel, func(by string) bool {
						return !(person == "ada" && by == "charles") && !(placed[person+by+"Individual"] && placed[person+by+"Business Impact"])
					})
					blind := open && missing && !shown[person] && !final[person]
					want := made[person]
					if blind {
						want = 0
					}
					if diff := cmp.Diff(all(want), p.seen(person)); diff != "" || blind != p.turn(person).Blind {
						t.Fatalf("%s: blind should be %t, is %t; seen %s", person, blind, p.turn(person).Blind, diff)
					}
				}
			},
		})
	})
}

// The veil is made once for a file as it is, and anew when anything was written.
func TestVeilIsMadeOnce(t *testing.T) {
	p := newParlour(t, newStore(t), testRubric(t, "well"))
	first := must[*calibration.Veil](t)(p.store.Veil())
	p.seen("ada")
	if again := must[*calibration.Veil](t)(p.store.Veil()); again != first {
		t.Error("nothing was written, and yet the sessions were read again")
	}
	p.vote("ada", "grace")
	if again := must[*calibration.Veil](t)(p.store.Veil()); again == first {
		t.Error("a vote was written, and the veil is the one from before it")
	}
}

func each(decisions []calibration.Decision, yield func(calibration.Decision) error) error {
	for _, d := range decisions {
		if err := yield(d); err != nil {
			return err
		}
	}
	return nil
}
