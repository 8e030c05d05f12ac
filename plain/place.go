package plain

import (
	"errors"
	"fmt"
	"strings"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/rubric"
)

// placeRoom is the last step of a walk: the placement as it will be recorded; save.
// What is written here is part of the walk, and is kept with it.
func placeRoom() room {
	return room{
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
}

// place asks for what a placement needs, and goes where it is saved.
func (d *dialogue) place(where string) error {
	w := d.desk.walk()
	form := d.desk.form()
	if made, ok := d.desk.saved(w.Dimension); ok {
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
	if err := d.askConfidence(); err != nil {
		return err
	}
	if err := d.addToRationale(); err != nil {
		return err
	}
	d.room = placeRoom()
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
		d.out.say("Session: %s.", clean.Line(sessionName(d.desk.sessions, made.Session)))
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
	return calibration.Decision{
		Person: w.Person, Reviewer: w.Reviewer, Session: w.Session, Dimension: w.Dimension,
		Position: form.Position, Stage: calibration.Draft, Confidence: form.Confidence,
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
	if err := made.Validate(d.rubric()); err != nil {
		return fmt.Errorf("not saved: %w", err)
	}
	made, err := d.Store.Place(made, d.rubric())
	if err != nil {
		return fmt.Errorf("not saved, but what you wrote is still here: %w", err)
	}
	d.desk.decisions = append(d.desk.decisions, made)
	d.desk.look(d.desk.walk().Write(calibration.Form{}))
	d.enterSaved(made)
	return nil
}
