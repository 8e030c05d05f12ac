package calibration

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"calibrate/rubric"
)

// Person is someone who is rated. ID is the employer's where there is one and a
// ULID otherwise; it is text, whatever it looks like. Of two records of one
// person the one with the higher Version counts.
type Person struct {
	ID      string            `json:"id"`
	Name    string            `json:"name"`
	Email   string            `json:"email,omitempty"`
	Team    string            `json:"team,omitempty"`
	Manager string            `json:"manager,omitempty"`
	Role    string            `json:"role,omitempty"`
	Extra   map[string]string `json:"extra,omitempty"` // columns of an import that have no field here
	AddedAt time.Time         `json:"added_at"`
	Version string            `json:"version"` // ULID of the last change
}

// EmployeeID is where the Extra of somebody who was added by hand, and so has an id of
// the program's own, keeps the employer's id.
const EmployeeID = "employee_id"

// EmployeeID is the id by which other systems know the person: the employer's, as far as
// it is known.
func (p Person) EmployeeID() string { return cmp.Or(p.Extra[EmployeeID], p.ID) }

// Limits of what is kept of a person beside the fields.
const (
	MaxExtras     = 1_000    // columns
	MaxExtra      = 20_000   // bytes of one of them
	MaxExtraBytes = 80 << 10 // bytes of all, with their names
)

// Validate reports the first thing that keeps the person from being recorded.
func (p Person) Validate() error {
	if strings.TrimSpace(p.Name) == "" {
		return fmt.Errorf("a person needs a name")
	}
	for _, f := range []struct{ name, value string }{
		{"id", p.ID}, {"name", p.Name}, {"email", p.Email}, {"team", p.Team}, {"manager", p.Manager}, {"role", p.Role},
	} {
		if len(f.value) > MaxNameBytes {
			return fmt.Errorf("the %s is %d bytes long; at most %d are kept", f.name, len(f.value), MaxNameBytes)
		}
		if strings.ContainsRune(f.value, 0) {
			return fmt.Errorf("the %s holds a NUL character", f.name)
		}
	}
	return p.validateExtra()
}

func (p Person) validateExtra() error {
	if len(p.Extra) > MaxExtras {
		return fmt.Errorf("there are %d columns beside the fields; at most %d are kept", len(p.Extra), MaxExtras)
	}
	size := 0
	for name, value := range p.Extra {
		switch size += len(name) + len(value); {
		case len(name) > MaxNameBytes:
			return fmt.Errorf("the name of the column %q is %d bytes long; at most %d are kept", shown(name), len(name), MaxNameBytes)
		case len(value) > MaxExtra:
			return fmt.Errorf("the column %q is %d bytes long; at most %d are kept", shown(name), len(value), MaxExtra)
		}
	}
	if size > MaxExtraBytes {
		return fmt.Errorf("the columns beside the fields are %d bytes long together; at most %d are kept", size, MaxExtraBytes)
	}
	return nil
}

// FindPerson finds the one person with the id, or else with that id at the employer or the
// exact name. Two people of whom that is true are an [*AmbiguousError], nobody is a
// [*UnknownError] with the nearest names.
func FindPerson(people []Person, who string) (Person, error) {
	var named []Person
	for _, p := range people {
		if p.ID == who {
			return p, nil
		}
		if p.Name == who || p.EmployeeID() == who {
			named = append(named, p)
		}
	}
	switch len(named) {
	case 1:
		return named[0], nil
	case 0:
		names := make([]string, 0, 2*len(people))
		for _, p := range people {
			names = append(names, p.Name, p.ID)
		}
		return Person{}, &UnknownError{What: "person", Name: who, Nearest: rubric.Nearest(who, names)}
	}
	ids := make([]string, len(named))
	for i, p := range named {
		ids[i] = p.ID
	}
	return Person{}, &AmbiguousError{What: "people", Name: who, IDs: ids}
}

// unknown says that nothing of a list goes by a name.
func unknown[T any](what, name string, all []T, called func(T) string) error {
	names := make([]string, len(all))
	for i, v := range all {
		names[i] = called(v)
	}
	return &UnknownError{What: what, Name: name, Nearest: rubric.Nearest(name, names)}
}

// UnknownError says that nobody, or nothing, in the file goes by a name.
type UnknownError struct {
	What    string // "person" or "session"
	Name    string
	Nearest []string // the likeliest meant, best first
}

func (e *UnknownError) Error() string {
	msg := fmt.Sprintf("no %s is called %q", e.What, e.Name)
	if len(e.Nearest) > 0 {
		msg += "; the nearest: " + strings.Join(e.Nearest, ", ")
	}
	return msg
}

// AmbiguousError says that several go by a name, and how to tell them apart.
type AmbiguousError struct {
	What string // "people" or "sessions"
	Name string
	IDs  []string
}

func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("%d %s are called %q; give the id instead: %s", len(e.IDs), e.What, e.Name, strings.Join(e.IDs, ", "))
}
