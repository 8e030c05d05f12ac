package tui

import (
	"fmt"
	"strings"
	"testing"

	"calibrate/calibration"
	"calibrate/rubric"
)

// newMixed is a seance that places Hedy Lamarr under the rubric of managers and the others
// under the built-in one.
func newMixed(t testing.TB) (s *seance, own *rubric.Rubric) {
	s, own = newSeance(t), manager(t)
	if err := s.file.PutRubric(own); err != nil {
		t.Fatal(err)
	}
	session := s.session
	session.Rubrics = []calibration.PersonRubric{{Person: "3", Rubric: own.Hash()}}
	var err error
	s.session, err = s.file.PutSession(session)
	check(t)(nil, err)
	return s, own
}

// manage records a placement of Hedy on a dimension of the managers' rubric.
func (s *seance) manage(own *rubric.Rubric, by string, stage calibration.Stage, dimension int, at string, seen ...string) {
	platform := s.rubric
	s.rubric = own
	s.place("3", by, stage, dimension, at, seen...)
	s.rubric = platform
}

// revealedMixed is a mixed session in which all have placed Ada and Hedy.
func revealedMixed(t testing.TB) *seance {
	s, own := newMixed(t)
	s.both("1", "charles", calibration.Draft, "4-low")
	s.both("1", "grace", calibration.Panel, "3-mid")
	s.both("1", "edsger", calibration.Panel, "3-high")
	for i, at := range []string{"2-low", "3-high", "3-low"} {
		s.manage(own, panelOf(s)[i], calibration.Panel, 0, at, "2-low/people/impact/1")
		s.manage(own, panelOf(s)[i], calibration.Panel, 1, "3-low")
	}
	s.manage(own, "barbara", calibration.Final, 1, "3-low")
	return s
}

func panelOf(s *seance) (names []string) {
	for _, p := range s.session.Panel {
		names = append(names, p.Reviewer)
	}
	return names
}

func TestMixedGoldens(t *testing.T) {
	for name, keys := range map[string]string{
		"mixed/agenda": "s enter", "mixed/turn": "s enter down down enter", "mixed/sweep": "s enter o", "mixed/warmup": "s enter w up right",
		"mixed/spread": "s enter c down down", "mixed/agreement": "s enter c 4 down", "mixed/distribution": "s enter c 3", "mixed/decide": "s enter down down enter enter",
	} {
		t.Run(name, func(t *testing.T) {
			s := revealedMixed(t)
			s.follow(keys)
			for _, size := range [][2]int{{80, 24}, {120, 40}} {
				s.size(size[0], size[1]).golden(fmt.Sprintf("%s-%dx%d", name, size[0], size[1]))
			}
		})
	}
}

// Each turn of a mixed session is held on the scale of the person whose turn it is.
func TestMixedTurnFromBlindToDecided(t *testing.T) {
	s, own := newMixed(t)
	s.press("s", "enter", "down", "down", "enter").sees("Engineering Manager", "Blind")
	for _, by := range panelOf(s) {
		s.press("enter").sees("The laptop is for "+by+" now").press("enter").sees("People", "Leaves one-to-ones").seesNot("Individual")
		s.press("enter").write("Seen in March.").press("ctrl+s").sees("People is placed, " + by)
		s.press("enter").sees("Delivery").press("enter").write("Seen in May.").press("ctrl+s").sees("clears the screen")
		s.press("enter")
	}
	s.sees("1-low", "decides People").seesNot("Blind")
	s.press("enter").write("So it is.").press("ctrl+s").sees("saved")
	room, err := s.file.Room(s.session.ID, s.rubric)
	check(t)(nil, err)
	turn, _ := room.Turn("3")
	final := turn.Finals["People"]
	if final.Rubric != own.Hash() || final.Position != "1-low" || len(turn.Placed) != 3 {
		t.Errorf("decided %+v, placed by %v", final, turn.Placed)
	}
}

// Who is blind is blind under two rubrics as under one: until all have placed them on
// every dimension of their own, and whoever else was revealed.
func TestNothingOfTheBlindIsDrawnOfTwoRubrics(t *testing.T) {
	s, own := newMixed(t)
	s.both("1", "grace", calibration.Panel, "3-mid")
	s.both("1", "edsger", calibration.Panel, "3-mid")
	s.manage(own, "grace", calibration.Panel, 0, "2-high")
	s.manage(own, "edsger", calibration.Panel, 0, "4-low")
	s.manage(own, "charles", calibration.Panel, 0, "4-low")
	s.manage(own, "grace", calibration.Panel, 1, "2-high")
	forbidden := []string{"2-high", "4-low"}
	path := "p esc c 1 2 3 4 5 6 7 8 esc s enter t esc o esc c 1 2 3 4 5 6 7 8 enter esc esc G enter n N esc r esc esc esc down down p esc"
	for _, k := range strings.Fields(path) {
		s.press(k).seesNot(forbidden...)
		s.fitsTerminal()
	}
	for _, by := range []string{"edsger", "charles"} {
		s.manage(own, by, calibration.Panel, 1, "2-high")
	}
	s.press("esc", "esc", "esc").press("s", "enter", "G", "enter").sees("4-low", "2-high")
}

// A session that is opened on the screen places people by their role, and says so.
func TestNewSessionFreezesRoles(t *testing.T) {
	own := manager(t)
	d := drive(t)
	d.app.env.rubricFor = func(p calibration.Person) *rubric.Rubric {
		if p.ID == "0043" {
			return own
		}
		return d.app.env.rubric
	}
	d.press("s", "n").sees("under the rubric of their role").write("Autumn").press("enter").says("2 rubrics")
	made := d.store.Held.Sessions[len(d.store.Held.Sessions)-1]
	if len(made.Rubrics) != 1 || made.RubricOf("0043") != own.Hash() || made.Rubric != d.app.env.rubric.Hash() {
		t.Errorf("made %+v", made)
	}
}

// What was made under the rubric of another role is called by its name.
func TestAnotherRolesRubricIsNamed(t *testing.T) {
	s := revealedMixed(t)
	s.press("down", "down", "p").sees("made under the rubric Engineering Manager, shown as it was then").seesNot("another version")
}

// Where the names of the rubrics have no room on the agenda they are short there, and told
// above it; those that begin alike are numbered.
func TestAgendaTellsRubricsApartWhereItIsNarrow(t *testing.T) {
	s := revealedMixed(t)
	s.press("s", "enter").sees("SPE Senior Platform Engineer · EM Engineering Manager").seesNot("Senior Platf…", "pla…")
	s.row("Hedy Lamarr")
	x, y := s.cellOf("Hedy Lamarr")
	s.clickAt(x, y).sees("▸  3 Hedy Lamarr")
	s.size(200, 24).seesNot("SPE").sees("Hedy Lamarr   Engineering Manager")

	alike := []*rubric.Rubric{small(t, 2, 1, 1), small(t, 3, 1, 1)}
	if short := shortRubrics(alike); short[alike[0].Hash()] != "1" || short[alike[1].Hash()] != "2" {
		t.Errorf("two rubrics are told apart by %v", short)
	}
}
