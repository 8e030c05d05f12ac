package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/report"
	"calibrate/rubric"
)

// Store is what the dialogue needs of a data file. A decision or walk that a method
// returned for without an error is on disk.
type Store interface {
	Path() string
	People() ([]calibration.Person, error) // by name; shared, so nothing in it may be changed
	PutPeople(...calibration.Person) ([]calibration.Person, error)
	Sessions() ([]calibration.Session, error)
	DecisionsOf(person string) ([]calibration.Decision, error)
	Place(calibration.Decision, *rubric.Rubric) (calibration.Decision, error)
	Walk(person, reviewer, session string) (calibration.Walk, bool, error)
	Walks() ([]calibration.Walk, error)
	SaveWalk(calibration.Walk, *rubric.Rubric) error
	Rubric(hash string) (*rubric.Rubric, error)
	PutRubric(*rubric.Rubric) error

	// DecisionsFor hands out what may be seen of the decisions that a filter chooses.
	DecisionsFor(calibration.Filter, func(calibration.Decision) error) error

	// Room is a session as it stands. PutSession opens one or changes how it is set up, and
	// Arrange is its agenda in the order that it asks for.
	Room(session string, r *rubric.Rubric) (*calibration.Room, error)
	Arrange(calibration.Session, *rubric.Rubric) ([]string, error)
	PutSession(calibration.Session) (calibration.Session, error)
	Record(calibration.Event) (calibration.Event, error)
	Finalise(session, by string) (calibration.Session, error)
	Reopen(session, by, why string) (calibration.Session, error)
	Backup(to string) error
}

// Config is what the dialogue is opened with.
type Config struct {
	Store    Store
	Rubric   *rubric.Rubric
	Reviewer string
	Session  string // id of the session that placements belong to; empty: none

	// RubricFor is the rubric that a person is placed under. It may be nil: Rubric for
	// everybody.
	RubricFor func(calibration.Person) *rubric.Rubric

	// ByRole is the rubric that somebody comes onto the agenda of a session under. It may
	// be nil: what RubricFor says.
	ByRole func(calibration.Person) *rubric.Rubric

	Aliases   bool                  // people go by aliases from the start
	Guideline calibration.Guideline // beside distributions; nil: none

	// Save writes a view of the comparison to a file. It may be nil: views are only read.
	Save func(context.Context, report.Written) error

	Now func() time.Time

	// In is read a line at a time, by a goroutine that outlives Run where the reader
	// does not return. A line from anything but a terminal, which shows what is typed
	// by itself, is repeated behind its prompt, so that the output of a script reads
	// as a dialogue.
	In  io.Reader
	Out io.Writer
}

// Run holds the dialogue until the person quits, the input ends, or ctx does, and
// returns promptly then. Work in progress is kept before it returns. The error says
// that it could not be, or that In or Out failed; an ended ctx is none.
func Run(ctx context.Context, c Config) error {
	done := make(chan struct{})
	defer close(done)
	in := readLines(c.In, done)
	d := newDialogue(c, func(within time.Duration) (string, error) { return in.next(ctx, within) })
	d.working = func(work func(context.Context) error) error { return work(ctx) }
	return d.close(d.hold(d.open))
}

func newDialogue(c Config, next func(time.Duration) (string, error)) *dialogue {
	return &dialogue{
		Config: c, desks: map[seat]*desk{}, hinted: map[string]bool{}, out: newPaper(c.Out), echo: !isTerminal(c.In), next: next,
	}
}

// dialogue is one run of the program.
type dialogue struct {
	Config
	out  *paper
	next func(within time.Duration) (string, error) // the next line of the input; 0: whenever it comes
	echo bool                                       // lines of the input are repeated

	working func(func(context.Context) error) error // does work that takes a while, until the dialogue is to end

	room   room
	hinted map[string]bool // rooms whose hint was given
	people []calibration.Person
	desks  map[seat]*desk // the work so far; undo survives going to and fro
	desk   *desk          // the one that is worked on; nil on People
	warm   *warming       // the warm-up that is under way; nil: none
	seance *seance        // the session that is open; nil: none
	views  *comparing     // the comparison that is looked at; nil: none
	more   func()         // prints what a list has not shown yet; nil: nothing

	watch   calibration.Stopwatch // of the session
	unspent []calibration.Event   // time that is not written down yet

	quitting bool // the last command was to quit, and something could not be kept
}

// ending ends the dialogue. It travels as an error through whatever was being asked.
type ending struct {
	err     error
	stopped bool // by a signal, perhaps in the middle of a line
}

func (e ending) Error() string { return "the dialogue has ended" }

// errBack leaves a question unanswered.
var errBack = errors.New("back")

// hold opens the dialogue, then asks and obeys until the end. What came of a line is
// kept before the next one is asked for.
func (d *dialogue) hold(open func() error) ending {
	err := open()
	for {
		var end ending
		if errors.As(err, &end) {
			return end
		}
		d.tell(err)
		d.tell(d.keep())
		var line string
		if line, err = d.ask(); err == nil {
			err = d.obey(line)
		}
	}
}

// tell says what an error says, if there is one.
func (d *dialogue) tell(err error) {
	switch {
	case errors.Is(err, errBack):
		d.out.say("Left as it was.")
	case err != nil:
		d.out.sentence(err)
	}
}

// open says where one is and who there is.
func (d *dialogue) open() error {
	sessions, err := d.Store.Sessions()
	if err != nil {
		return ending{err: err}
	}
	d.out.say("calibrate, line by line. Rubric: %s. Reviewer: %s.", clean.Line(d.Rubric.Role), clean.Line(d.Reviewer))
	if d.Session != "" {
		d.out.say("Session: %s.", clean.Line(sessionName(sessions, d.Session)))
	}
	d.out.say("Everything stays in %s. “help” lists what you can type.", clean.Line(d.Store.Path()))
	if d.Aliases {
		if err := d.alias(); err != nil {
			return ending{err: err}
		}
		d.out.say("Everybody goes by an alias; “aliases” goes back to names.")
	}
	if err := d.enterPeople(); err != nil {
		return ending{err: err}
	}
	return d.listPeople("")
}

// ask prints the prompt and reads a line.
func (d *dialogue) ask() (string, error) {
	for {
		if err := d.out.prompt(); err != nil {
			return "", ending{err: fmt.Errorf("writing the output: %w", err)}
		}
		line, err := d.nextLine()
		switch {
		case err == nil:
			if d.echo {
				d.out.echo(line)
			}
			return line, nil
		case errors.Is(err, errLongLine):
			d.out.echo("…")
			d.out.sentence(err)
		case errors.Is(err, io.EOF):
			d.out.echo("(end of input)")
			return "", ending{}
		case errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
			if !d.echo {
				d.out.blank() // the terminal has shown the line that was not ended
			}
			d.out.echo("(interrupted)")
			return "", ending{stopped: true}
		default:
			d.out.echo("(the input broke off)")
			return "", ending{err: fmt.Errorf("reading the input: %w", err)}
		}
	}
}

// nextLine waits for a line. Where time is counted it is written down meanwhile, so that
// an accident loses less than a minute.
func (d *dialogue) nextLine() (string, error) {
	for {
		within := time.Duration(0)
		if d.watch.Running() {
			within = time.Minute
		}
		line, err := d.next(within)
		if !errors.Is(err, errStillWaiting) {
			return line, err
		}
		_ = d.keepTime() // what fails is kept for the next time, when it can be said
	}
}

// quit ends the dialogue once everything is kept. Asked for again after keeping
// failed, it ends all the same.
func (d *dialogue) quit(string) error {
	d.stopWatch()
	if d.keep() != nil && !d.quitting {
		d.quitting = true
		return errors.New("not left yet; “quit” again leaves without what could not be kept")
	}
	return ending{}
}

// close makes the last attempt at keeping what is not kept yet, and says so only if
// it was.
func (d *dialogue) close(end ending) error {
	d.stopWatch()
	if d.desk != nil && d.desk.sitting.Blind {
		d.pushAway()
	}
	if err := d.keep(); err != nil {
		return errors.Join(end.err, err, d.out.flush())
	}
	if end.stopped {
		d.out.say("Everything is kept, up to the last line that you ended with Enter.")
	} else {
		d.out.say("Everything is kept.")
	}
	if err := d.out.flush(); err != nil && end.err == nil {
		return fmt.Errorf("writing the output: %w", err)
	}
	return end.err
}

// pushAway puts what was typed out of sight, where somebody may be looking.
func (d *dialogue) pushAway() {
	if d.echo {
		return
	}
	for range screenful {
		d.out.blank()
	}
}

// screenful is more lines than windows have.
const screenful = 80

// sessionName is the name of the session with the id, or the id where there is none.
func sessionName(sessions []calibration.Session, id string) string {
	for _, s := range sessions {
		if s.ID == id {
			return s.Name
		}
	}
	return id
}
