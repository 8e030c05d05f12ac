package roster

import (
	"bytes"
	"fmt"
	"io"

	"calibrate/internal/charset"
)

// Options say how a file is to be read; the zero value leaves it to the file.
type Options struct {
	Delimiter rune    // of CSV; 0: the one under which most headings are known
	Encoding  string  // one of [charset.Names]; "": as its bytes suggest
	Sheet     string  // of a workbook; "": the one with the most known headings
	Map       Mapping // fields whose column is told
}

// File is a roster as it was read: a header that is understood, and a record a row.
type File struct {
	Format  Format
	Header  int      // the header's line
	Columns []Column // in the file's order
	Rows    int      // below the header that are not blank, footers apart
	Notes   []string // what was left out or could be taken otherwise

	records []record
	bad     []Bad // rows that are wrong whoever is known
}

// Format is how a file is written.
type Format struct {
	Charset   charset.Charset `json:"encoding,omitempty"`  // of CSV
	Delimiter string          `json:"delimiter,omitempty"` // of CSV
	Sheet     string          `json:"sheet,omitempty"`     // of a workbook
	Others    []string        `json:"other_sheets,omitempty"`
}

// Bad is a row that cannot be taken in.
type Bad struct {
	Line   int    `json:"line"`
	Who    string `json:"who,omitempty"` // the name, e-mail or id, as far as it is known
	Reason string `json:"reason"`
}

// row is a row of the file, with the line that it begins on.
type row struct {
	line  int
	cells []string
	open  bool // it ends with the last cell that is filled, and so need not be as long as the header
}

// Read reads a roster, CSV or a workbook as its first bytes say. The error says what
// keeps the whole file from being read: no table, a limit, a header in which nobody is
// named or two columns of one name differ; it begins with the line where there is one.
// What is wrong with single rows is for [File.Plan] to tell.
func Read(in io.Reader, o Options) (*File, error) {
	data, err := io.ReadAll(io.LimitReader(in, MaxFile+1))
	if err != nil {
		return nil, err
	}
	if len(data) > MaxFile {
		return nil, fmt.Errorf("the file has more than %d MiB, the most that is read; leave out columns or split it", MaxFile>>20)
	}
	format, rows, err := readRows(data, o)
	if err != nil {
		return nil, err
	}
	return understand(format, rows, o.Map)
}

func readRows(data []byte, o Options) (Format, []row, error) {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readWorkbook(data, o)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return Format{}, nil, fmt.Errorf("it is an old Excel file or one with a password; save it as .xlsx without a password, or as CSV")
	case o.Sheet != "":
		return Format{}, nil, fmt.Errorf("only workbooks have sheets, and this is none; leave --sheet out")
	}
	return readText(data, o)
}

// understand finds the header and makes records of the rows below it.
func understand(format Format, rows []row, m Mapping) (*File, error) {
	at, err := findHeader(rows, m)
	if err != nil {
		return nil, err
	}
	header, below := rows[at], rows[at+1:]
	f := &File{Format: format, Header: header.line}
	if at > 0 {
		f.note("%s above the header, from line %d: left out", plural(at, "line"), rows[0].line)
	}
	below, footers := cutFooters(header, below)
	for _, foot := range footers {
		f.note("line %d is no person but %q: left out", foot.line, firstFilled(foot))
	}
	if f.Columns, err = mapColumns(header, below, m); err != nil {
		return nil, fmt.Errorf("line %d: %w", header.line, err)
	}
	f.Rows = len(below)
	f.readRecords(header, below)
	return f, nil
}

func (f *File) note(format string, args ...any) {
	f.Notes = append(f.Notes, fmt.Sprintf(format, args...))
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
