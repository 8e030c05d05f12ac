package tui

import (
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// This file is what is put on record in a session besides decisions: each is a form of
// a few fields.

// recording is a form that makes an event of its answers.
func (e *env) recording(title string, about []string, done string, event func(answers []string) calibration.Event, fields ...formField) *form {
	return &form{env: e, title: title, about: about, fields: fields, do: func(answers []string) (tea.Cmd, error) {
		made := event(answers)
		made.By = e.reviewer
		if err := made.Validate(); err != nil {
			return nil, err
		}
		store := e.store
		return func() tea.Msg {
			_, err := store.Record(made)
			return did{words: done, err: err}
		}, nil
	}}
}

// about is an event about somebody.
func (e *env) about(r *calibration.Room, t calibration.Turn, kind calibration.EventKind) calibration.Event {
	return calibration.Event{Session: r.Session.ID, Kind: kind, Person: t.Person.ID}
}

// titled says what is put on record, and of whom.
func (e *env) titled(what string, t calibration.Turn) string {
	return what + " · " + e.names.Called(t.Person.ID, t.Person.Name)
}

func newReveal(e *env, r *calibration.Room, t calibration.Turn) *form {
	name := line(e.names.Called(t.Person.ID, t.Person.Name))
	f := e.recording("Reveal "+name, []string{
		"Not placed yet by " + strings.Join(t.Missing(), ", ") + ". What has been placed is shown from now on, and nobody can vote on " + name + " any more.",
	}, "revealed", func(a []string) calibration.Event {
		made := e.about(r, t, calibration.Reveal)
		made.Text = a[0]
		return made
	}, typed("Why", "required; it is recorded", calibration.MaxNote))
	f.verb = "reveal"
	return f
}

func newNote(e *env, r *calibration.Room, t calibration.Turn) *form {
	return e.recording(e.titled("Note", t), nil, "noted", func(a []string) calibration.Event {
		made := e.about(r, t, calibration.Noted)
		made.Text = a[0]
		return made
	}, typed("Note", "what was said and matters a year from now", calibration.MaxNote))
}

func newReadiness(e *env, r *calibration.Room, t calibration.Turn) *form {
	return e.recording(e.titled("Promotion", t), []string{"Whether they are ready for the next role is asked on its own: it changes no position, and no position answers it."},
		"on record", func(a []string) calibration.Event {
			made := e.about(r, t, calibration.Readiness)
			made.Answer, made.Text = a[0], a[1]
			return made
		}, chosen("Ready", calibration.NotYet, calibration.Ready, calibration.NotReady), typed("Note", "what is missing, or what shows it", calibration.MaxNote))
}

func newDissent(e *env, r *calibration.Room, t calibration.Turn, dimension string) *form {
	return e.recording(e.titled("Dissent", t), []string{"Who does not agree with the decision on " + dimension + " may have that written down."},
		"on record", func(a []string) calibration.Event {
			made := e.about(r, t, calibration.Dissent)
			made.Who, made.Text, made.Dimension = a[0], a[1], dimension
			return made
		}, typed("Who", "required; by name", calibration.MaxNameBytes), typed("Why", "required", calibration.MaxNote))
}

func newFollowUp(e *env, r *calibration.Room, t calibration.Turn) *form {
	return e.recording(e.titled("Follow-up", t), nil, "on record", func(a []string) calibration.Event {
		made := e.about(r, t, calibration.FollowUp)
		made.Text, made.Who, made.Due = a[0], a[1], a[2]
		return made
	}, typed("What", "required; what is to be done", calibration.MaxNote), typed("Who", "required; who does it", calibration.MaxNameBytes), typed("Until", "a date, such as 2026-03-31; may be empty", 20))
}

// newFinalise shows what the session came to, and locks it.
func newFinalise(e *env, r *calibration.Room) *form {
	const notYet, yes = "not yet", "yes, lock it"
	about := []string{finaliseWords(r)}
	for _, c := range r.Sweep(nil).Counts() {
		about = append(about, fmt.Sprintf("! %d × %s", c.Checks, c.Kind))
	}
	about = append(about, "Afterwards nothing of it can be changed unless it is reopened, for a reason. A backup is written beside the file.")
	return &form{env: e, title: "Finalise " + r.Session.Name, verb: "finalise", about: about, fields: []formField{chosen("Finalise", notYet, yes)},
		do: func(answers []string) (tea.Cmd, error) {
			if answers[0] != yes {
				return nil, errors.New("choose “" + yes + "” with →, or go back with esc")
			}
			e.watch.Stop(e.now())
			store, id, by := e.store, r.Session.ID, e.reviewer
			backup := store.Path() + ".finalised-" + e.now().UTC().Format("20060102T150405Z") + ".bak"
			return func() tea.Msg { return finalise(store, id, by, backup) }, nil
		}}
}

func finalise(store Store, id, by, backup string) did {
	if _, err := store.Finalise(id, by); err != nil {
		return did{err: err}
	}
	if err := store.Backup(backup); err != nil {
		return did{words: "finalised; but the backup was not written: " + err.Error()}
	}
	return did{words: "finalised; a backup is at " + backup}
}

// finaliseWords are the totals of a session.
func finaliseWords(r *calibration.Room) string {
	n := r.Totals()
	return fmt.Sprintf("%s, %s, %d of them changed from the draft; %s spent.", count(n.People, "person"), count(n.Finals, "final decision"), n.Changed, calibration.Clock(n.Spent))
}

func newReopen(e *env, r *calibration.Room) *form {
	return &form{env: e, title: "Reopen " + r.Session.Name, verb: "reopen", about: []string{"What was decided stays; what is decided from now on supersedes it. That the session was reopened, by whom and why, stays on record."},
		fields: []formField{typed("Why", "required; it is recorded", calibration.MaxNote)},
		do: func(answers []string) (tea.Cmd, error) {
			if answers[0] == "" {
				return nil, errors.New("a session is reopened for a reason; write it")
			}
			store, id, by := e.store, r.Session.ID, e.reviewer
			return func() tea.Msg {
				_, err := store.Reopen(id, by, answers[0])
				return did{words: "reopened", err: err}
			}, nil
		}}
}
