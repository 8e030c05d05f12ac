package plain

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/rubric"
)

// placeRoom is the last step of a walk: the placement as it will be recorded; save.
// What is written here is part of the walk, and is kept with it.
func placeRoom(s calibration.Sitting) room {
	r := room{
		name: "Placement",
		hint: "“save” records it; “rationale” adds to the reason, “rewrite” replaces it, “position” and “confidence” change those; “back” returns to the walk and keeps what you wrote",
		commands: []command{
			{[]string{"save"}, "", "record the decision", (*dialogue).save},
			{[]string{"show"}, "", "read it again, as it will be recorded", func(d *dialogue, _ string) error { d.readPlacement(); return nil }},
			{[]string{"position"}, "[POSITION]", "change the position", (*dialogue).changePosition},
			{[]string{"confidence"}, "[low, medium or high]", "change how sure you are", (*dialogue).changeConfidence},
			{[]string{"rationale"}, "", "add lines to the reason", func(d *dialogue, _ string) error { return d.addToRationale() }},
			{[]string{"rewrite"}, "", "write the reason anew; the old one stays until the new one is there", (*dialogue).rewriteRationale},
			{[]string{"back", "walk"}, "", "back to the walk; what is written stays", func(d *dialogue, _ string) error { d.goWalk(); return nil }},
		},
	}
	if s.Stage == calibration.Final {
		r.name = "Decision"
		r.commands = slices.Insert(r.commands, 4, command{[]string{"why"}, "[NUMBER or REASON]", "why the decision is not the draft", (*dialogue).changeWhy})
		r.hint = "“save” records it; “rationale” adds to the reason, “position” and “confidence” change those; “back” goes to the walk, to mark the evidence together, and there “back” to the session"
	}
	return r
}

// place asks for what a placement needs, and goes where it is saved.
func (d *dialogue) place(where string) error {
	w := d.desk.walk()
	form := d.desk.form()
	switch made, ok := d.desk.saved(w.Dimension); {
	case ok && d.desk.sitting.Blind:
		d.out.say("You have placed them here already. Saving again corrects that.")
	case ok:
		d.out.say("Placed before: %s, %s, on %s. Saving again corrects that.", made.Position, made.Stage, d.when(made, dayAndTime))
		if form.Rationale == "" { // a correction starts from what it corrects
			form.Confidence, form.Rationale = made.Confidence, made.Rationale
		}
	}
	if form.Confidence == "" {
		form.Confidence = calibration.Medium
	}
	if where != "" {
		p, err := d.rubric().Position(where)
		if err != nil {
			return err
		}
		form.Position = p.Key
		d.desk.look(w.Write(form))
	} else {
		d.desk.look(w.Write(form))
		if err := d.askPosition(); err != nil {
			return err
		}
	}
	if err := d.askWhy(); err != nil {
		return err
	}
	if err := d.askConfidence(); err != nil {
		return err
	}
	if err := d.addToRationale(); err != nil {
		return err
	}
	d.room = placeRoom(d.desk.sitting)
	d.readPlacement()
	return nil
}

// question asks until an answer will do. Enter takes the one that is offered.
func (d *dialogue) question(text, offered string, take func(string) error) error {
	d.out.say("%s Enter takes %s; “back” leaves this for later.", text, offered)
	for {
		answer, err := d.ask()
		if err != nil {
			return err
		}
		switch answer = strings.TrimSpace(answer); strings.ToLower(answer) {
		case "":
			answer = offered
		case "back":
			return errBack
		case "quit", "q", "exit":
			return d.quit("")
		case "help", "?":
			d.out.say("%s Enter takes %s; “back” leaves this for later.", text, offered)
			continue
		case "cover":
			if err := d.coverUp(); err != nil {
				return err
			}
			d.out.say("%s Enter takes %s; “back” leaves this for later.", text, offered)
			continue
		}
		if err = take(answer); err == nil {
			return nil
		}
		d.out.sentence(err)
	}
}

// offeredPosition is the one that is half written, else the suggested one, else where
// the walk stands, and says which it is.
func (d *dialogue) offeredPosition() (p rubric.Position, why string) {
	if p, err := d.rubric().Position(d.desk.form().Position); err == nil {
		return p, "You wrote " + p.Key + " before."
	}
	if d.desk.sitting.Begin != nil {
		return d.at(), "The walk stands at " + d.at().Key + "."
	}
	if s, ok := d.desk.walk().Suggest(d.rubric()); ok {
		return s.Position, "Suggested is " + s.Position.Key + ": " + s.Reason + "."
	}
	return d.at(), "You stand at " + d.at().Key + "."
}

func (d *dialogue) askPosition() error {
	p, why := d.offeredPosition()
	about := fmt.Sprintf("Position of %s on %s?", clean.Line(d.desk.person.Name), clean.Line(d.desk.walk().Dimension))
	return d.question(about+" "+why, p.Key, d.takePosition)
}

func (d *dialogue) takePosition(answer string) error {
	p, err := d.rubric().Position(answer)
	if err != nil {
		return err
	}
	form := d.desk.form()
	form.Position = p.Key
	d.desk.look(d.desk.walk().Write(form))
	return nil
}

func (d *dialogue) askConfidence() error {
	return d.question("How sure are you: low, medium or high?", string(d.desk.form().Confidence), d.takeConfidence)
}

func (d *dialogue) takeConfidence(answer string) error {
	form := d.desk.form()
	for _, c := range calibration.Confidences() {
		if strings.HasPrefix(string(c), strings.ToLower(answer)) {
			form.Confidence = c
			d.desk.look(d.desk.walk().Write(form))
			return nil
		}
	}
	return fmt.Errorf("confidence “%s” is not one of low, medium, high", clean.Line(answer))
}

func (d *dialogue) changePosition(where string) error {
	if where == "" {
		if err := d.askPosition(); err != nil {
			return err
		}
	} else if err := d.takePosition(where); err != nil {
		return err
	}
	d.out.say("Position: %s.", positionWords(d.rubric(), d.desk.form().Position))
	return d.askWhy()
}

// needsWhy is the draft that the decision is not, where it has to say why.
func (d *dialogue) needsWhy() (draft calibration.Decision, needed bool) {
	return d.desk.sitting.NeedsChange(d.desk.walk().Dimension, d.desk.form().Position)
}

// askWhy asks why the decision is not the draft, if it is not and nothing was said yet.
func (d *dialogue) askWhy() error {
	draft, needed := d.needsWhy()
	if !needed || d.desk.why() != "" {
		return nil
	}
	d.out.say("The draft of %s is %s. Why is the decision another one?", clean.Line(draft.Reviewer), draft.Position)
	i, err := d.pickOne("reason", changeNames())
	if err == nil {
		d.desk.setWhy(calibration.Changes()[i])
	}
	return err
}

func changeNames() (names []string) {
	for _, c := range calibration.Changes() {
		names = append(names, string(c))
	}
	return names
}

// changeWhy says anew why the decision is not the draft.
func (d *dialogue) changeWhy(which string) error {
	if _, needed := d.needsWhy(); !needed {
		return errors.New("the decision is the draft, or there is none; nothing has to be said")
	}
	i, err := d.pickOrTake("reason", changeNames(), which)
	if err != nil {
		return err
	}
	d.desk.setWhy(calibration.Changes()[i])
	d.out.say("Not as drafted, because: %s.", d.desk.why())
	return nil
}

func (d *dialogue) changeConfidence(how string) error {
	if how == "" {
		if err := d.askConfidence(); err != nil {
			return err
		}
	} else if err := d.takeConfidence(how); err != nil {
		return err
	}
	d.out.say("Confidence: %s.", d.desk.form().Confidence)
	return nil
}

// readPlacement reads the decision as it will be recorded.
func (d *dialogue) readPlacement() {
	made := d.decision()
	d.out.blank()
	d.out.say("As it will be recorded: %s, %s.", clean.Line(d.desk.person.Name), clean.Line(made.Dimension))
	d.out.say("Position: %s.", positionWords(d.rubric(), made.Position))
	d.out.say("Confidence: %s. Stage: %s. Reviewer: %s.", made.Confidence, made.Stage, clean.Line(made.Reviewer))
	if made.Session != "" {
		d.out.say("Session: %s.", clean.Line(d.sessionOf(made.Session)))
	}
	if draft, needed := d.needsWhy(); needed {
		d.out.say("Not as drafted, %s by %s. Why: %s.", draft.Position, clean.Line(draft.Reviewer), cmp.Or(string(made.Change), "not said yet, and it is required; “why” says it"))
	}
	if made.Rationale == "" {
		d.out.say("Rationale: none yet, and it is required. “rationale” writes it.")
	} else {
		d.out.block("", "Rationale:", made.Rationale)
	}
	d.readEvidence("", d.rubric(), made.Evidence, made.Dampeners)
	d.hint("“save” records it")
}

// decision is what save asks the store to record.
func (d *dialogue) decision() calibration.Decision {
	w, form := d.desk.walk(), d.desk.form()
	evidence, dampeners := w.Evidence(d.rubric())
	change := d.desk.why()
	if _, needed := d.needsWhy(); !needed {
		change = ""
	}
	return calibration.Decision{
		Person: w.Person, Reviewer: w.Reviewer, Session: w.Session, Dimension: w.Dimension,
		Position: form.Position, Stage: d.desk.sitting.For(), Confidence: form.Confidence, Change: change,
		Rationale: strings.TrimSpace(form.Rationale), Evidence: evidence, Dampeners: dampeners,
		Rubric: d.rubric().Hash(),
	}
}

// save records the decision, and says so only after the store has returned.
func (d *dialogue) save(string) error {
	made := d.decision()
	if made.Rationale == "" {
		return errors.New("not saved: the rationale is empty, and every placement needs its reason. “rationale” writes it")
	}
	if draft, needed := d.needsWhy(); needed && made.Change == "" {
		return fmt.Errorf("not saved: the draft of %s is %s, and the decision does not say why it is another one. “why” says it", clean.Line(draft.Reviewer), draft.Position)
	}
	if err := made.Validate(d.rubric()); err != nil {
		return fmt.Errorf("not saved: %w", err)
	}
	made, err := d.Store.Place(made, d.rubric())
	if err != nil {
		return fmt.Errorf("not saved, but what you wrote is still here: %w", err)
	}
	d.desk.decisions = append(d.desk.decisions, made)
	d.desk.look(d.desk.walk().Write(calibration.Form{}))
	d.desk.setWhy("")
	if d.desk.sitting.Stage != "" {
		return d.enterPlaced(made)
	}
	d.enterSaved(made)
	return nil
}
