package roster_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"calibrate/calibration"
	"calibrate/roster"
)

// read reads CSV that is sound.
func read(t testing.TB, text string, pairs ...string) *roster.File {
	t.Helper()
	m, err := roster.ParseMapping(pairs)
	if err != nil {
		t.Fatal(err)
	}
	file, err := roster.Read(strings.NewReader(text), roster.Options{Map: m})
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// told is a plan in short: "+" new, "~" changed, "!" bad, "=" how many are the same.
func told(p roster.Plan) string {
	var b strings.Builder
	for _, e := range p.New {
		fmt.Fprintf(&b, "+ %s/%s/%s/%s/%s/%s", e.Person.ID, e.Person.Name, e.Person.Email, e.Person.Team, e.Person.Manager, e.Person.Role)
		if len(e.Person.Extra) > 0 {
			fmt.Fprintf(&b, " %v", e.Person.Extra)
		}
		b.WriteByte('\n')
	}
	for _, e := range p.Changed {
		fmt.Fprintf(&b, "~ %s", e.Person.ID)
		for _, c := range e.Changes {
			fmt.Fprintf(&b, " %s:%s→%s", c.Field, c.Before, c.After)
		}
		b.WriteByte('\n')
	}
	for _, bad := range p.Bad {
		fmt.Fprintf(&b, "! %d %s\n", bad.Line, bad.Reason)
	}
	if p.Same > 0 {
		fmt.Fprintf(&b, "= %d\n", p.Same)
	}
	return b.String()
}

const handMade = "01JQ0000000000000000000002"

// Who a row is about: by id, else by e-mail, else by name, and never by a guess.
func TestWhoARowIsAbout(t *testing.T) {
	ada := calibration.Person{ID: "0042", Name: "Ada", Email: "ada@x"}
	bob := calibration.Person{ID: handMade, Name: "Bob"}
	for _, tt := range []struct {
		name, csv string
		known     []calibration.Person
		want      string
	}{
		{"by id", "id,name,email\n0042,Ada L,ada@y\n", []calibration.Person{ada}, "~ 0042 name:Ada→Ada L email:ada@x→ada@y\n"},
		{"by e-mail, whatever its case", "email,team\nADA@X,T\n", []calibration.Person{ada}, "~ 0042 email:ada@x→ADA@X team:→T\n"},
		{"by name", "name,team\nada,T\n", []calibration.Person{ada}, "~ 0042 name:Ada→ada team:→T\n"},
		{"nobody yet", "id,name\n0043,Cy\n", []calibration.Person{ada}, "+ 0043/Cy////\n"},
		{"a namesake with another id", "id,name\n7,Ada\n", []calibration.Person{ada}, "+ 7/Ada////\n"},
		{"added by hand, and now with an id", "id,name\n7,Bob\n", []calibration.Person{bob}, "~ " + handMade + " employee_id:→7\n"},
		{"found again by that id", "id,team\n7,T\n", []calibration.Person{{ID: handMade, Name: "Bob", Extra: map[string]string{"employee_id": "7"}}}, "~ " + handMade + " team:→T\n"},
		{"nothing new", "id,name\n0042,Ada\n", []calibration.Person{ada}, "= 1\n"},
		{"an id without zeros", "id,name\n42,Ada\n", []calibration.Person{ada},
			"! 2 the id 42 is not known, and Ada (0042) is; they differ by zeros in front alone, which spreadsheets take away: format the column as text and export it anew\n"},
		{"the e-mail of somebody with another id", "id,name,email\n7,Cy,ada@x\n", []calibration.Person{ada},
			"! 2 the e-mail ada@x is that of Ada (0042), and the id here is 7; mend the one that is wrong\n"},
		{"id and e-mail of two people", "id,name,email\n0042,Ada,cy@x\n", []calibration.Person{ada, {ID: "7", Name: "Cy", Email: "cy@x"}},
			"! 2 the id is that of Ada (0042), and the e-mail cy@x that of Cy (7); mend the one that is wrong\n"},
		{"two people change their e-mails about", "id,email\n0042,cy@x\n7,ada@x\n", []calibration.Person{ada, {ID: "7", Name: "Cy", Email: "cy@x"}},
			"~ 0042 email:ada@x→cy@x\n~ 7 email:cy@x→ada@x\n"},
		{"a name that two bear", "name,team\nAda,T\n", []calibration.Person{ada, {ID: "7", Name: "Ada"}},
			"! 2 the name is that of Ada (0042) and Ada (7); give the id or the e-mail\n"},
		{"a name that two bear, of whom another row may be about one", "id,name,email\n1,Ada,\n2,Ada,ada@y\n", []calibration.Person{{ID: handMade, Name: "Ada"}, {ID: "01JQ0000000000000000000003", Name: "Ada", Email: "ada@x"}},
			"! 2 the name is that of Ada (" + handMade + ") and Ada (01JQ0000000000000000000003); give the id or the e-mail\n" +
				"! 3 line 2 may be about Ada (" + handMade + ") as well; give the id or the e-mail there\n"},
		{"an e-mail that two have", "email,team\nada@x,T\n", []calibration.Person{ada, {ID: "7", Name: "Cy", Email: "Ada@x"}},
			"! 2 the e-mail ada@x is that of Ada (0042) and Cy (7); give the id\n"},
		{"the name with another e-mail", "name,email\nAda,ada@y\n", []calibration.Person{ada},
			"! 2 Ada is in the list with the e-mail ada@x; if that is the same person, leave the e-mail out with --map email= or give the id\n"},
		{"two rows about one person", "id,name,email\n0042,,\n,,ada@x\n", []calibration.Person{ada},
			"! 2 lines 2 and 3 are all about Ada (0042); keep one of them\n! 3 lines 2 and 3 are all about Ada (0042); keep one of them\n"},
		{"an id and no name", "id,team\n7,T\n", []calibration.Person{ada}, "! 2 the name is blank, and nobody is known by this id or e-mail\n"},
		{"a name longer than is kept", "first name,last name\n" + strings.Repeat("x", 300) + "," + strings.Repeat("y", 300) + "\n", nil,
			"! 2 the name is 601 bytes long; at most 400 are kept\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := read(t, tt.csv)
			if diff := cmp.Diff(tt.want, told(file.Plan(tt.known))); diff != "" {
				t.Error(diff)
			}
			checkTwice(t, file, tt.known)
		})
	}
}

// A blank cell wipes nothing, and a column that is not there touches nothing.
func TestWhatIsKnownStays(t *testing.T) {
	known := []calibration.Person{{ID: "1", Name: "Ada", Email: "a@x", Team: "T", Manager: "M", Role: "R", Extra: map[string]string{"Shoe size": "7", "level": "4"}}}
	for _, csv := range []string{
		"id\n1\n",
		"id,name,email,team,manager,role,level,Shoe size,Hat\n1,,,-,N/A,–,,,\n",
	} {
		if got := told(read(t, csv).Plan(known)); got != "= 1\n" {
			t.Errorf("%q: %s", csv, got)
		}
	}
}

// A manager is written by name, whatever the file calls them by.
func TestManagers(t *testing.T) {
	known := []calibration.Person{
		{ID: "1", Name: "Mary Somerville", Email: "mary@x"},
		{ID: handMade, Name: "Grace Hopper", Extra: map[string]string{"employee_id": "9"}},
		{ID: "5", Name: "Eve", Manager: "Old Boss", Extra: map[string]string{"manager_id": "404"}},
	}
	for _, tt := range []struct{ name, csv, want string }{
		{"by id in the list", "id,name,manager id\n7,Al,1\n", "Mary Somerville"},
		{"by the employer's id of somebody added by hand", "id,name,manager id\n7,Al,9\n", "Grace Hopper"},
		{"by id in the file, further down", "id,name,manager id\n7,Al,8\n8,Bo,\n", "Bo"},
		{"by e-mail", "id,name,manager email\n7,Al,MARY@x\n", "Mary Somerville"},
		{"by an id in the column of names", "id,name,manager\n7,Al,1\n", "Mary Somerville"},
		{"by name, written otherwise", "id,name,manager\n7,Al,\"SOMERVILLE, mary\"\n", "Mary Somerville"},
		{"the id counts more than the name", "id,name,manager,manager id\n7,Al,M. Somerville,1\n", "Mary Somerville"},
		{"by name alone", "id,name,manager\n7,Al,Nobody Known\n", "Nobody Known"},
		{"by an id that is nobody's", "id,name,manager id\n7,Al,0404\n", "0404"},
		{"by an id that is nobody's, with a name", "id,name,manager id,manager\n7,Al,0404,Zed\n", "Zed"},
		{"their own", "id,name,manager id\n7,Al,7\n", ""},
		{"their own, by name alone", "name,manager\nAl,Al\n", ""},
		{"found before, and now by id alone", "id,manager id\n5,404\n", "Old Boss"},
		{"another one, by id alone", "id,manager id\n5,405\n", "405"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := read(t, tt.csv)
			for _, p := range checkTwice(t, file, known) {
				if (p.Name == "Al" || p.Name == "Eve" && strings.Contains(tt.csv, "\n5,")) && p.Manager != tt.want {
					t.Errorf("the manager is %q, want %q", p.Manager, tt.want)
				}
			}
		})
	}
}
