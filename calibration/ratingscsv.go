package calibration

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of a file of ratings, beside those of the table.
const (
	MaxRatingsBytes = 32 << 20
	MaxRatingsCells = 4_000_000
)

// ReadRatings reads a table of ratings from CSV, with commas, semicolons or tabs,
// in one of these forms:
//
//   - long: a header with the columns unit, rater and rating, in any order and
//     among others, then a rating a line
//   - wide: units × raters or raters × units, with or without a header and with
//     or without a column of names; see [Layout] for which is which
//
// A cell that is empty, NA or * is a missing rating. Ratings are words of the
// scale; the zero Scale stands for the numbers that occur, in numeric order.
//
// Errors begin with the line and say what to do: a rating that is not on the
// scale, or no number, with the nearest that is; a unit that a rater rated twice,
// or a name that stands twice, with both places; a line of the wrong length; a
// table whose form cannot be told; a file that is not UTF-8 or too large.
func ReadRatings(in io.Reader, scale Scale, layout Layout) (Ratings, error) {
	if err := layout.validate(); err != nil {
		return Ratings{}, err
	}
	lines, err := openLines(in)
	if err != nil {
		return Ratings{}, err
	}
	first, err := lines.next()
	if err == io.EOF {
		err = fmt.Errorf("line 1: there is no table; the first line may say unit,rater,rating")
	}
	if err != nil {
		return Ratings{}, err
	}
	columns, long, err := longColumns(first)
	if err != nil {
		return Ratings{}, err
	}
	var g gathering
	if long {
		err = g.addLong(first, lines, columns)
	} else if all, wrong := lines.rest(first); wrong != nil {
		err = wrong
	} else {
		err = g.addWide(all, scale, layout)
	}
	if err := cmp.Or(g.twice(), err); err != nil { // what was gathered stands before what stopped it
		return Ratings{}, err
	}
	if scale.Len() == 0 {
		if scale, err = g.numbers(); err != nil {
			return Ratings{}, err
		}
	}
	return g.table(scale)
}

// line is a line of the table, its cells without the spaces around them.
type line struct {
	number int // in the file
	cells  []string
}

// tableLines reads the lines of a table one after the other.
type tableLines struct {
	csv   *csv.Reader
	cells int // that were read so far
}

func openLines(in io.Reader) (*tableLines, error) {
	text, err := readText(in)
	if err != nil {
		return nil, err
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.Comma = delimiter(text)
	if bytes.Count(text, []byte{byte(reader.Comma)}) > MaxRatingsCells { // they may all be on one line, which is read at once
		return nil, fmt.Errorf("line 1: the table has more than %d cells, the most that are read", MaxRatingsCells)
	}
	reader.FieldsPerRecord = -1
	reader.TrimLeadingSpace = reader.Comma != '\t' // or it would take the tabs of empty cells for spaces
	return &tableLines{csv: reader}, nil
}

// next reads a line; after the last one the error is [io.EOF].
func (t *tableLines) next() (line, error) {
	record, err := t.csv.Read()
	if err == io.EOF {
		return line{}, err
	}
	if err != nil {
		return line{}, quoteError(err)
	}
	at, _ := t.csv.FieldPos(0)
	if t.cells += len(record); t.cells > MaxRatingsCells {
		return line{}, fmt.Errorf("line %d: the table has more than %d cells, the most that are read", at, MaxRatingsCells)
	}
	for i := range record {
		record[i] = strings.TrimSpace(record[i])
	}
	return line{number: at, cells: record}, nil
}

// rest reads the lines that are left, to stand after the first.
func (t *tableLines) rest(first line) ([]line, error) {
	all := []line{first}
	for {
		l, err := t.next()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
}

// readText reads the whole file and looks whether it is the text that it should
// be.
func readText(in io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(in, MaxRatingsBytes+1))
	if err != nil {
		return nil, err
	}
	if len(text) > MaxRatingsBytes {
		return nil, fmt.Errorf("line 1: the file is larger than %d MiB, the most that is read; split it", MaxRatingsBytes>>20)
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	if bytes.IndexByte(text, '\n') < 0 { // lines that end as they once did on a Macintosh
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	isText := func(some []byte) bool { return utf8.Valid(some) && bytes.IndexByte(some, 0) < 0 }
	if isText(text) {
		return text, nil
	}
	for number, rest := 1, text; len(rest) > 0; number++ {
		one, after, _ := bytes.Cut(rest, []byte("\n"))
		if !isText(one) {
			return nil, fmt.Errorf("line %d: the file is not UTF-8 text; save it as “CSV UTF-8”", number)
		}
		rest = after
	}
	return text, nil
}

// delimiter is the one of comma, semicolon and tab that the first line holds
// most of, quoted text apart.
func delimiter(text []byte) rune {
	count := map[byte]int{}
	quoted := false
	for _, c := range bytes.TrimLeft(text, "\r\n") {
		if c == '"' {
			quoted = !quoted
		}
		if c == '\n' && !quoted {
			break
		}
		if !quoted {
			count[c]++
		}
	}
	most := byte(',')
	for _, c := range []byte{';', '\t'} {
		if count[c] > count[most] {
			most = c
		}
	}
	return rune(most)
}

func quoteError(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return fmt.Errorf("line %d: a quotation mark stands inside a cell or is never closed; take it away or double it", parse.StartLine)
	}
	return err
}

// longColumns finds the columns of the long form; ok is false if the header is
// not its.
func longColumns(header line) (columns [3]int, ok bool, err error) {
	names := [3]string{"unit", "rater", "rating"}
	var lacking []string
	for i, name := range names {
		columns[i] = -1
		for at, cell := range header.cells {
			if !strings.EqualFold(cell, name) {
				continue
			}
			if columns[i] >= 0 {
				return columns, false, fmt.Errorf("line %d: column %s stands twice; keep one", header.number, name)
			}
			columns[i] = at
		}
		if columns[i] < 0 {
			lacking = append(lacking, name)
		}
	}
	if len(lacking) == 1 && len(header.cells) == 3 {
		return columns, false, fmt.Errorf("line %d: the header lacks the column %s beside the other two of unit,rater,rating", header.number, lacking[0])
	}
	return columns, len(lacking) == 0, nil
}

// addLong takes in a rating a line, below the header.
func (g *gathering) addLong(header line, lines *tableLines, columns [3]int) error {
	lines.csv.ReuseRecord = true // nothing is kept of a line but names
	for {
		l, err := lines.next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case l.blank():
			continue
		}
		if err := l.sameLength(header); err != nil {
			return err
		}
		given := Rating{Unit: l.cells[columns[0]], Rater: l.cells[columns[1]], Word: l.cells[columns[2]]}
		if err := g.add(given, l.number); err != nil {
			return fmt.Errorf("line %d: %w", l.number, err)
		}
	}
}

// blank reports whether no cell holds anything, as in the lines that
// spreadsheets leave at the end.
func (l line) blank() bool {
	return !slices.ContainsFunc(l.cells, func(cell string) bool { return cell != "" })
}

func (l line) sameLength(first line) error {
	if len(l.cells) == len(first.cells) {
		return nil
	}
	return fmt.Errorf("line %d: there are %s where line %d has %d; write a missing rating as NA",
		l.number, plural(len(l.cells), "cell"), first.number, len(first.cells))
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// numbers makes a scale of the numbers that were gathered, in their order.
func (g *gathering) numbers() (Scale, error) {
	words := map[float64]string{}
	for i, word := range g.words.list {
		v, ok := number(word)
		if !ok {
			return Scale{}, fmt.Errorf("%s is not a number; write decimals with a point, and for ratings in words say the scale, lowest first, as in low,mid,high",
				g.about(g.first(i)))
		}
		if _, ok := words[v]; ok {
			continue
		}
		if words[v] = word; len(words) > MaxCategories {
			return Scale{}, fmt.Errorf("line %d: there are more than %d different ratings, the most that a scale may have; round them", g.first(i).line, MaxCategories)
		}
	}
	if len(words) == 0 {
		return Scale{}, nil
	}
	var scale []string
	for _, v := range slices.Sorted(maps.Keys(words)) {
		scale = append(scale, words[v])
	}
	return NewScale(scale...)
}
