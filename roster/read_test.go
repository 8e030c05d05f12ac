package roster_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"calibrate/roster"
)

// What a name is made of.
func TestNames(t *testing.T) {
	for _, tt := range []struct{ csv, want string }{
		{"name\n  Ada \t  Lovelace\u00a0\n", "Ada Lovelace"},
		{"name\nAda\u200b Love\u00adlace\n", "Ada Lovelace"},
		{"name\n\u200e Ada Lovelace\u200f\n", "Ada Lovelace"},
		{"name\nא\u200fb\n", "א\u200fb"}, // where it means something
		{"name\nZoe\u0308\n", "Zoë"},
		{"first name,last name\nAda,Lovelace\n", "Ada Lovelace"},
		{"given name,family name\nAda,\n", "Ada"},
		{"name,first name,last name\n,Ada,Lovelace\n", "Ada Lovelace"},
		{"preferred name,first name,last name\nAda,Augusta,Lovelace\n", "Ada Lovelace"},
		{"preferred name,first name,last name\nAda King,Augusta,Lovelace\n", "Ada King"},
		{"Vorname,Name\nAda,Lovelace\n", "Ada Lovelace"},
		{"Nom;Prénom\nLovelace;Ada\n", "Ada Lovelace"},
		{"name\n\"Lovelace, Ada\"\n", "Ada Lovelace"},
		{"name\n\"King, Martin, Jr.\"\n", "Martin King, Jr."},
		{"name\n\"King Jr, Martin L\"\n", "Martin L King, Jr"},
		{"name\n\"Ada King, PhD\"\n", "Ada King, PhD"},
		{"name\n\"Ada King, CEO\"\nBo Li\nCy Xu\n", "Ada King, CEO"},
		{"name;team\nLovelace, Ada;T\n", "Ada Lovelace"},
		{"name\nLovelace, Ada\n", "Ada Lovelace"},
		{"name\nRobert \"Bob\" Tables\n", `Robert "Bob" Tables`},
	} {
		file := read(t, tt.csv)
		if p := file.Plan(nil); len(p.New) == 0 || p.New[0].Person.Name != tt.want {
			t.Errorf("%q: %s, want %q", tt.csv, told(p), tt.want)
		}
	}
}

// Headings are found by alias; what could be taken otherwise is said, or refused.
func TestHeadings(t *testing.T) {
	for _, tt := range []struct {
		csv   string
		pairs []string
		want  string // the fields of the columns, and what is kept as what
	}{
		{"EMPLOYEE_ID,E-Mail Address,Full-Name\n1,a@x,A\n", nil, "id email name"},
		{"Employee #,Name,Mgr\n1,A,B\n", nil, "id name “Mgr”"},
		{"Worker’s name,Worker's manager,Manager's E-Mail,Last year's rating\nA,B,b@x,4\n", nil, "name manager manager_email prior_rating"},
		{"Employee\tNo.\n1\t2\n", nil, "name “No.”"},
		{"id,name,department,team\n1,A,D,T\n", nil, "id name “department” team"},
		{"id,name,department,team\n1,A,D,\n", nil, "id name team -"},
		{"id,name,department,team\n1,A,D,T\n", []string{"team=Department"}, "id name team “team (2)”"},
		{"id,name,department,team\n1,A,D,T\n", []string{"team="}, "id name “department” “team (2)”"},
		{"who,where\nA,T\n", []string{"name=WHO", "team=#2"}, "name team"},
		{"who,where\nA,T\n", []string{"name=#1"}, "name “where”"},
		{"x,x,name\n1,2,A\n", []string{"id=#2"}, "“x” id name"},
		{"id,name,email,email\n1,A,a@x,a@x\n", nil, "id name email -"},
		{"title\n\nlist of people\nid,name\n1,A\n", nil, "id name"},
		{"name,first_name,last_name\nAda L,Ada,L\n", nil, "name first_name last_name"},
	} {
		var got []string
		for _, c := range read(t, tt.csv, tt.pairs...).Columns {
			switch {
			case c.Field != "":
				got = append(got, string(c.Field))
			case c.Keep != "":
				got = append(got, "“"+c.Keep+"”")
			default:
				got = append(got, "-")
			}
		}
		if got := strings.Join(got, " "); got != tt.want {
			t.Errorf("%q with %q: %s, want %s", tt.csv, tt.pairs, got, tt.want)
		}
	}
}

// Every field is found by its own word, and no two fields share a name.
func TestFieldsAreFoundByTheirWords(t *testing.T) {
	for _, f := range roster.Fields() {
		if f == roster.LastName {
			continue // it stands in the table beside the others
		}
		plain := read(t, "email,last_name,"+string(f)+"\na@x,L,x@y\n", "email=#1")
		if got := plain.Columns[2].Field; f != roster.Email && got != f {
			t.Errorf("%s found by its word is %q", f, got)
		}
	}
}

func TestMistakesAreTold(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		o          roster.Options
		want       string
	}{
		{"nothing", "", roster.Options{}, "the file is empty"},
		{"blank lines alone", "\n ,, \n\n", roster.Options{}, "the file is empty"},
		{"no header", "Ada;T\nBob;U\n", roster.Options{}, "line 1: no column is known that says who a row is about; the columns are “Ada”, “T”; say which is the id, the email or the name: --map name=\"Ada\""},
		{"two names that differ", "id,Name,Name\n1,A,B\n", roster.Options{}, `line 1: columns 2 and 3 are all called "Name" and differ; say which is the name: --map name=#2 or --map name=#3`},
		{"told, and two that differ", "id,Name,NAME\n1,A,B\n", roster.Options{Map: roster.Mapping{"name": "name"}}, "columns 2 and 3 are all called"},
		{"told, and not there", "id,Name\n1,A\n", roster.Options{Map: roster.Mapping{"team": "Nam"}}, `line 1: there is no column "Nam" for team; did you mean "Name"?`},
		{"told, and nothing like it", "id,Name\n1,A\n", roster.Options{Map: roster.Mapping{"team": "Department"}}, `there is no column "Department" for team; the columns are “id”, “Name”`},
		{"a number too high", "id,Name\n1,A\n", roster.Options{Map: roster.Mapping{"team": "#3"}}, `there is no column #3 for team; the header has 2`},
		{"one column told twice", "id,Name\n1,A\n", roster.Options{Map: roster.Mapping{"team": "#2", "name": "Name"}}, `column 2 ("Name") is to be both name and team`},
		{"a quotation mark that is left open", "id,name\n1,A\n2,\"B\n3,C\n", roster.Options{}, "line 3: a quotation mark is opened and never closed"},
		{"text behind quotation marks", "id,name\n1,\"A\" B\n", roster.Options{}, `line 2: behind a closing quotation mark stands 'B'`},
		{"an old workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", roster.Options{}, "old Excel file or one with a password"},
		{"a web page", "  <html><table>", roster.Options{}, `it begins with "<html" and is no table, whatever its name says`},
		{"bytes", "id,name\n1,A\x00\x01", roster.Options{}, "it is no text: it holds NUL characters; save it as"},
		{"told UTF-8 and none", "id,name\n1,Zo\xeb\n", roster.Options{Encoding: "utf-8"}, "it is no UTF-8; save it as"},
		{"a sheet of CSV", "id\n1\n", roster.Options{Sheet: "x"}, "only workbooks have sheets"},
		{"a torn workbook", "PK\x03\x04abc", roster.Options{}, "the workbook is damaged"},
		{"too many columns", strings.Repeat("name,", roster.MaxColumns) + "id\n", roster.Options{}, "line 1: there are more than 256 columns"},
		{"too many rows", "name\n" + strings.Repeat("A\n", roster.MaxRows), roster.Options{}, "line 50001: there are more than 50000 rows"},
		{"too many cells", "id,name" + strings.Repeat(",x", 198) + "\n" + strings.Repeat("1"+strings.Repeat(",y", 199)+"\n", 20_001), roster.Options{}, "there are more than 4000000 cells"},
		{"too large", strings.Repeat("x", roster.MaxFile+1), roster.Options{}, "the file has more than 32 MiB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := roster.Read(strings.NewReader(tt.text), tt.o)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v; want %s", err, tt.want)
			}
		})
	}
}

func TestMappingsAreChecked(t *testing.T) {
	for _, tt := range []struct{ pairs, want string }{
		{"nmae=Full name", `there is no field "nmae"; did you mean name?`},
		{"salary=Pay", `there is no field "salary"; there are id, name, `},
		{"name", `"name" is not field=Heading`},
		{"name=a|Name=b", "name is told twice"},
		{"name=Who|team=WHO", `"WHO" is to be both name and team`},
	} {
		if _, err := roster.ParseMapping(strings.Split(tt.pairs, "|")); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v; want %s", tt.pairs, err, tt.want)
		}
	}
	m, err := roster.ParseMapping([]string{"Manager-ID= Boss #", "level=", "team="})
	if diff := cmp.Diff(roster.Mapping{"manager_id": "Boss #", "level": "", "team": ""}, m); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// What is wrong with a row is told at the row, all of it.
func TestBadCells(t *testing.T) {
	for _, tt := range []struct{ csv, want string }{
		{"id,name,Note\n1,A\x07," + strings.Repeat("x", roster.MaxCell+1) + "\n", "! 2 the name holds a control character (U+0007); take it out; the column \"Note\" has 20001 bytes; at most 20000 are kept\n"},
		{"id,name\n1,A\u202eB\n", "! 2 the name holds a control character (U+202E); take it out\n"},
		{"id,name,team\n1,A," + strings.Repeat("x", 401) + "\n", "! 2 the team has 401 bytes; at most 400 are kept\n"},
		{"id,name\n\"1,042\",A\n", "! 2 the id 1,042 has a thousands separator; format the column as text and export it anew\n"},
		{"id,name\n1,A\ufffd\n", "! 2 the name \"A\ufffd\" holds a character that could not be read; save the file as “CSV UTF-8” anew\n"},
		{"id,name,x,y,z,v\n1,A" + strings.Repeat(","+strings.Repeat("x", 18_000), 4) + "\n", "! 2 the columns that are kept as they are have 72004 bytes together; at most 65536 are kept of one person\n"},
		{"id,name\n1,A\n2\n", "! 3 the row has 1 cell and the header 2; look for"},
		{"id,name,Note\n1,A,\"a\x0bb\r\nc\"\n", "+ 1/A//// map[Note:a\nb\nc]\n"},
		{"id,name\n1,A,,\n", "+ 1/A////\n"},
		{"id,email,name\n1,mailto:a@x,A\n", "+ 1/A/a@x///\n"},
	} {
		if got := told(read(t, tt.csv).Plan(nil)); !strings.Contains(got, tt.want) {
			t.Errorf("%.60q: %s; want %s", tt.csv, got, tt.want)
		}
	}
}

// Only the end of a file is looked at for totals, and a person is none.
func TestFooters(t *testing.T) {
	for _, tt := range []struct {
		csv  string
		want int // people
	}{
		{"id,name,team\n1,A,T\nTotal,1,\n", 1},
		{"id,name,team\n1,A,T\n\n,Grand total: 1,\n", 1},
		{"id,name,team\n1,A,T\nSumme;;\nExported 2026-01-01,,\n", 1},
		{"id,name,team\n1,A,T\n2,Total,U\n", 2},
		{"name,email\nTotal Recall,t@x\n", 1},
		{"name\nAda\nTotal: 1\n", 1},
		{"name\nAda\nPage 1 of 1\n", 1},
		{"name\nAda\nPage\n", 2},
	} {
		file := read(t, tt.csv)
		if got := len(file.Plan(nil).New); got != tt.want {
			t.Errorf("%q: %d people, want %d: %q, %s", tt.csv, got, tt.want, file.Notes, told(file.Plan(nil)))
		}
	}
}

// Delimiters and line ends of every kind give the same people.
func TestDelimiters(t *testing.T) {
	const csv = "id,name,Note\n1,A B,\"x, y; z\n| \"\"q\"\"\"\n2,C,\n"
	want := told(read(t, csv).Plan(nil))
	if !strings.Contains(want, "map[Note:x, y; z\n| \"q\"]") {
		t.Fatal(want)
	}
	for _, comma := range []string{",", ";", "\t", "|"} {
		text := strings.NewReplacer("id,name,Note", "id"+comma+"name"+comma+"Note", "1,A B,", "1"+comma+"A B"+comma, "2,C,", "2"+comma+"C"+comma).Replace(csv)
		for _, end := range []string{"\n", "\r\n", "\r"} {
			for _, front := range []string{"", "\ufeff", "sep=" + comma + "\n", "Roster, as of today; draft\n"} {
				file := strings.ReplaceAll(front+text, "\n", end)
				if got := told(read(t, file).Plan(nil)); got != want {
					t.Errorf("%q:\n%swant\n%s", file, got, want)
				}
			}
		}
	}
}
