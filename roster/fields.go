package roster

import (
	"fmt"
	"slices"
	"strings"

	"calibrate/rubric"
)

// Field is what a column can mean. Fields that [calibration.Person] has no place for
// are kept in its Extra under the field's own word, so that the exports of two systems
// that call them differently meet there.
type Field string

// The fields.
const (
	ID            Field = "id"
	Name          Field = "name" // the whole name, also as “Last, First”
	FirstName     Field = "first_name"
	LastName      Field = "last_name"
	PreferredName Field = "preferred_name" // a whole name, or a first one
	Email         Field = "email"
	Team          Field = "team"
	Role          Field = "role"
	Manager       Field = "manager" // by name, or by id or e-mail of somebody who is known
	ManagerID     Field = "manager_id"
	ManagerEmail  Field = "manager_email"
	Level         Field = "level"
	PriorRating   Field = "prior_rating"
)

// Fields returns all fields in the order in which they are told.
func Fields() []Field {
	return []Field{
		ID, Name, FirstName, LastName, PreferredName, Email, Team, Role,
		Manager, ManagerID, ManagerEmail, Level, PriorRating,
	}
}

// names reports whether a column of the field says who a row is about.
func (f Field) names() bool {
	return slices.Contains([]Field{ID, Name, FirstName, LastName, PreferredName, Email}, f)
}

// Mapping says which column a field is taken from: its heading, or “#” and its number.
// An empty heading means none.
type Mapping map[Field]string

// ParseMapping reads pairs "field=Heading". The error names a pair that is none, a word
// that is no field, with the likeliest meant, or what is told twice.
func ParseMapping(pairs []string) (Mapping, error) {
	m, taken := Mapping{}, map[string]Field{}
	for _, pair := range pairs {
		word, heading, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, fmt.Errorf("%q is not field=Heading, such as name=\"Full name\"", pair)
		}
		field, err := parseField(word)
		if err != nil {
			return nil, err
		}
		if _, twice := m[field]; twice {
			return nil, fmt.Errorf("%s is told twice; a field has one column", field)
		}
		m[field] = strings.TrimSpace(heading)
		key := headingKey(heading)
		if other, twice := taken[key]; twice && key != "" {
			return nil, fmt.Errorf("%q is to be both %s and %s; a column has one meaning", m[field], other, field)
		}
		taken[key] = field
	}
	return m, nil
}

func (m Mapping) tells(f Field) bool {
	_, ok := m[f]
	return ok
}

func parseField(word string) (Field, error) {
	var words []string
	for _, f := range Fields() {
		if headingKey(string(f)) == headingKey(word) {
			return f, nil
		}
		words = append(words, string(f))
	}
	if near := rubric.Nearest(word, words); len(near) > 0 {
		return "", fmt.Errorf("there is no field %q; did you mean %s?", word, strings.Join(near, " or "))
	}
	return "", fmt.Errorf("there is no field %q; there are %s", word, strings.Join(words, ", "))
}
