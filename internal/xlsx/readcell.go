package xlsx

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"calibrate/internal/numfmt"
)

// A look is how a cell shows what it holds.
type look struct {
	format  numfmt.Format
	general bool // as nobody has asked for anything else, or for text
}

// mostCodes is how many bytes of number formats are read, each of which may take fifty in
// memory; Excel has a quarter of that.
const mostCodes = 256 << 10

// readStyles reads the number formats of cells (18.8).
func (b *Book) readStyles(path string) error {
	codes, left := map[int]string{}, mostCodes
	return b.packed.read(path, "styleSheet", func(p *part) error {
		return p.children(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "numFmts":
				return readCodes(p, codes)
			case "cellXfs":
				return b.readLooks(p, codes, &left)
			}
			return p.Skip()
		})
	})
}

// readCodes reads the number formats that are the workbook's own (18.8.31), by their ids.
func readCodes(p *part, codes map[int]string) error {
	return p.children(func(e xml.StartElement) error {
		if id, err := strconv.Atoi(attribute(e, "numFmtId")); err == nil {
			codes[id] = unescape(attribute(e, "formatCode"))
		}
		return p.Skip()
	})
}

// readLooks reads the looks that cells name by their places (18.8.10), whose codes take
// from the bytes that are left.
func (b *Book) readLooks(p *part, codes map[int]string, left *int) error {
	known := map[int]look{}
	return p.children(func(e xml.StartElement) error {
		id, _ := strconv.Atoi(attribute(e, "numFmtId"))
		if _, ok := known[id]; !ok {
			if *left -= len(codes[id]); *left < 0 {
				return fmt.Errorf("its number formats have more than %d KiB", mostCodes>>10)
			}
			known[id] = lookOf(id, codes)
		}
		b.looks = append(b.looks, known[id])
		if len(b.looks) > mostListed {
			return fmt.Errorf("cells have more than %d looks", mostListed)
		}
		return p.Skip()
	})
}

// lookOf returns the number format with an id: a workbook's own goes before the one that
// every program knows. One that is none, or that nobody knows, shows numbers as they are.
func lookOf(id int, codes map[int]string) look {
	code, ok := codes[id]
	if !ok {
		code, ok = numfmt.Builtin(id)
	}
	if !ok || code == "" || code == "@" || strings.EqualFold(code, "General") {
		return look{general: true}
	}
	format, err := numfmt.Parse(code)
	return look{format, err != nil} // the format of nothing is the general one
}

// shown returns what a cell shows that holds a value of a kind (18.18.11) in a style.
func (b *Book) shown(kind, style, value string) (string, error) {
	look := b.styled(style)
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || i < 0 || i >= len(b.texts) {
			return "", fmt.Errorf("its text is number %q of the %d that cells share", value, len(b.texts))
		}
		return look.format.Text(b.texts[i]), nil
	case "str", "inlineStr":
		return look.format.Text(value), nil
	case "b":
		switch value = strings.TrimSpace(value); value {
		case "1", "true":
			return "TRUE", nil
		case "0", "false":
			return "FALSE", nil
		}
		return value, nil
	case "e":
		return value, nil
	case "d":
		if days, ok := b.serial(value); ok && !look.general {
			return look.format.Number(days, b.date1904), nil
		}
		return value, nil
	}
	return look.number(value, b.date1904), nil
}

// styled returns the look that a cell names.
func (b *Book) styled(style string) look {
	if i, err := strconv.Atoi(style); err == nil && i >= 0 && i < len(b.looks) {
		return b.looks[i]
	}
	if style == "" && len(b.looks) > 0 {
		return b.looks[0]
	}
	return look{general: true}
}

// excelDigits is from which number on some of the digits that were typed may be lost.
const excelDigits = 1e15

// number shows a number. A whole one without a format is shown as it is written: other
// programs than Excel write ids with more digits than a number of theirs could hold. One
// of which Excel has lost digits has an exponent, or nobody would know.
func (l look) number(value string, date1904 bool) string {
	value = strings.TrimSpace(value)
	n, err := strconv.ParseFloat(value, 64)
	switch {
	case err != nil || l.general && strings.Trim(strings.TrimPrefix(value, "-"), "0123456789") == "":
		return value
	case l.general && math.Abs(n) >= excelDigits:
		return strconv.FormatFloat(n, 'G', 15, 64)
	}
	return l.format.Number(n, date1904)
}

// serial returns a date in ISO 8601 as the number of days that spreadsheets keep instead.
func (b *Book) serial(iso string) (days float64, ok bool) {
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04:05", "2006-01-02T15:04:05Z07:00"} {
		t, err := time.Parse(layout, iso)
		if err != nil {
			continue
		}
		_, zone := t.Zone()
		return numfmt.Serial(t.Add(time.Duration(zone)*time.Second), b.date1904)
	}
	return 0, false
}
