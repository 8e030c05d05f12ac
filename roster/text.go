package roster

import (
	"fmt"
	"slices"
	"strings"

	"calibrate/internal/charset"
)

// probed is how many rows are looked at to find the delimiter.
const probed = 60

// readText reads CSV, whatever the delimiter.
func readText(data []byte, o Options) (Format, []row, error) {
	text, format, err := decode(data, o.Encoding)
	if err != nil {
		return format, nil, err
	}
	skipped := 0
	comma, rest, told := toldDelimiter(text)
	switch {
	case told:
		text, skipped = rest, 1
		if o.Delimiter != 0 {
			comma = o.Delimiter
		}
	case o.Delimiter != 0:
		comma = o.Delimiter
	default:
		comma = guessDelimiter(text, o.Map)
	}
	format.Delimiter = delimiterName(comma)
	rows, err := split(text, comma, 0)
	for i := range rows {
		rows[i].line += skipped
	}
	if err == nil && len(rows) == 0 {
		err = fmt.Errorf("the file is empty; a roster has a header and a person a line")
	}
	return format, rows, err
}

func decode(data []byte, encoding string) (text string, format Format, err error) {
	if encoding == "" {
		text, format.Charset, err = charset.Decode(data)
	} else {
		text, format.Charset, err = charset.DecodeAs(data, encoding)
	}
	if err != nil {
		return "", format, fmt.Errorf("%w; save it as .xlsx or as “CSV UTF-8”", err)
	}
	head := strings.ToLower(strings.TrimSpace(text[:min(len(text), 200)]))
	for _, tag := range []string{"<!doctype", "<html", "<?xml", "<table", "{\\rtf", "%pdf"} {
		if strings.HasPrefix(head, tag) {
			return "", format, fmt.Errorf("it begins with %q and is no table, whatever its name says; open it and save it as .xlsx or as “CSV UTF-8”", tag)
		}
	}
	return text, format, nil
}

// toldDelimiter reads the line “sep=;” that Excel understands at the top of a file.
func toldDelimiter(text string) (comma rune, rest string, ok bool) {
	first, rest, _ := strings.Cut(text, "\n")
	told, ok := strings.CutPrefix(strings.ToLower(strings.Trim(first, "\r\"")), "sep=")
	if r := []rune(told); ok && len(r) == 1 && slices.Contains(delimiters, r[0]) {
		return r[0], rest, true
	}
	return 0, text, false
}

// delimiters are those that are looked for, the likeliest first.
var delimiters = []rune{',', ';', '\t', '|'}

func delimiterName(comma rune) string {
	switch comma {
	case ',':
		return "comma"
	case ';':
		return "semicolon"
	case '\t':
		return "tab"
	case '|':
		return "bar"
	}
	return ""
}

// ParseDelimiter reads the word for a delimiter, or the delimiter itself; "" is 0, which
// leaves it to the file.
func ParseDelimiter(word string) (rune, error) {
	if word == "" {
		return 0, nil
	}
	for _, comma := range delimiters {
		if strings.EqualFold(word, delimiterName(comma)) || word == string(comma) || word == `\t` && comma == '\t' {
			return comma, nil
		}
	}
	return 0, fmt.Errorf("%q is none of comma, semicolon, tab, bar", word)
}

// guessDelimiter chooses the delimiter under which the most headings are known, then
// the fewest rows have another length than the header, then the most columns come out.
// Counting characters would be misled by “Lovelace, Ada” and by titles above the table.
func guessDelimiter(text string, m Mapping) rune {
	best, bestScore := delimiters[0], [3]int{-1}
	for _, comma := range delimiters {
		rows, _ := split(text, comma, probed) // what is wrong with it is told when all is read
		score := [3]int{}
		if at, known := bestHeader(rows, m); known > 0 {
			score = [3]int{known, 0, len(rows[at].cells)}
			for _, r := range rows[at+1:] {
				if len(r.cells) != len(rows[at].cells) {
					score[1]--
				}
			}
		} else if len(rows) > 0 {
			score[2] = len(rows[len(rows)-1].cells)
		} else {
			score[2] = MaxColumns + 2 // blank from end to end, whatever else it seems
		}
		if slices.Compare(score[:], bestScore[:]) > 0 {
			best, bestScore = comma, score
		}
	}
	return best
}
