package plain

import (
	"strings"

	"calibrate/calibration"
	"calibrate/internal/clean"
)

// howToType explains the lines of a rationale.
const howToType = "A line with a single . ends it, one with a single - takes the last line back. Each line is kept as you type it."

// addToRationale takes lines that are added to what is there.
func (d *dialogue) addToRationale() error {
	before := d.desk.form().Rationale
	if strings.TrimSpace(before) == "" {
		d.out.say("Rationale, required: what you saw, and why not one up or one down. Type as many lines as you like. %s", howToType)
		before = ""
	} else {
		d.out.block("", "Rationale so far:", before)
		d.out.say("What you type is added to it. %s", howToType)
	}
	_, err := d.typeLines(before, func(now string) string { return now })
	return err
}

// rewriteRationale takes lines that replace what is there. Until they are ended both
// are kept, so that nothing is lost if they never are.
func (d *dialogue) rewriteRationale(string) error {
	old := d.desk.form().Rationale
	d.out.say("The rationale anew. Without any line, the old one stays. %s", howToType)
	anew, err := d.typeLines("", func(now string) string { return joinLines(old, now) })
	if err != nil {
		return err
	}
	if strings.TrimSpace(anew) == "" {
		anew = old
	}
	d.writeRationale(anew)
	d.out.say("“show” reads it all, “save” records it.")
	return nil
}

// typeLines reads lines up to the one that ends them, and returns them behind what
// was before. After each, what draft makes of them is kept.
func (d *dialogue) typeLines(before string, draft func(string) string) (string, error) {
	now := before
	for {
		line, err := d.ask()
		if err != nil {
			return now, err
		}
		switch word := strings.ToLower(strings.TrimSpace(line)); word {
		case ".":
			return now, nil
		case "-":
			now = d.takeBack(now)
		default:
			next := joinLines(now, line)
			if n := len(strings.TrimSpace(next)); n > calibration.MaxRationale {
				d.out.say("This line was not taken: with it the rationale is %d bytes long, and at most %d are kept.", n, calibration.MaxRationale)
				continue
			}
			now = next
			if _, command := placeRoom(d.desk.sitting).find(word); command {
				d.out.say("“%s” is now a line of the rationale; - takes it back, . ends it.", clean.Line(word))
			}
		}
		d.writeRationale(draft(now))
		d.tell(d.keep())
	}
}

// takeBack takes the last line off.
func (d *dialogue) takeBack(text string) string {
	if text == "" {
		d.out.say("There is no line to take back.")
		return ""
	}
	i := strings.LastIndexByte(text, '\n')
	d.out.item("Taken back: ", text[i+1:])
	return text[:max(i, 0)]
}

func (d *dialogue) writeRationale(text string) {
	form := d.desk.form()
	form.Rationale = text
	d.desk.look(d.desk.walk().Write(form))
}

func joinLines(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n" + b
}
