package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
)

// A Book is a workbook that is open for reading.
type Book struct {
	Sheets []Sheet // with cells, in the workbook's order; no charts

	packed   *archive
	texts    []string // that cells share
	looks    []look   // by the number that a cell has of its style
	date1904 bool     // days count from 1904 and not from 1900
	most     int64    // bytes that the texts, or the cells of a sheet, may take
}

// A Sheet is a sheet of a [Book].
type Sheet struct {
	Name   string
	Hidden bool

	part string
}

// A Row is a row of a sheet in which a cell is filled.
type Row struct {
	Line  int      // as the sheet counts, from 1
	Cells []string // as they are shown, from column A to the last that is filled
}

// Errors about files that are sound, but nothing that is read here.
var (
	ErrNoWorkbook = errors.New("it is packed like a workbook and is no .xlsx")
	ErrTooLarge   = errors.New("unpacked, the workbook is too large")
)

// Open reads what a workbook says of itself, and the texts and the number formats of its
// cells; sheets are read by [Book.Rows]. Of a workbook that has more than so many bytes
// when it is unpacked nothing is read ([ErrTooLarge]), nor more of a sheet whose cells show
// more, each with a byte between it and the next: a format can make much of little, and a
// cell be far to the right. An error of a part that is damaged begins with the part's name.
func Open(data []byte, most int64) (*Book, error) {
	packed, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	b := &Book{most: most}
	if b.packed, err = newArchive(packed, most); err != nil {
		return nil, err
	}
	path, err := b.packed.workbook()
	if err != nil {
		return nil, err
	}
	related, err := b.packed.related(path)
	if err != nil {
		return nil, err
	}
	if err := b.readWorkbook(path, related); err != nil {
		if errors.As(err, new(misplaced)) { // a text document, a presentation
			return nil, ErrNoWorkbook
		}
		return nil, err
	}
	for _, part := range []struct {
		kind string
		read func(path string) error
	}{{"sharedStrings", b.readTexts}, {"styles", b.readStyles}} {
		target, err := only(related, part.kind)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if target == "" {
			continue
		}
		if err := part.read(target); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// readWorkbook reads which sheets there are and from when days are counted (18.2).
func (b *Book) readWorkbook(path string, related map[string]relation) error {
	return b.packed.read(path, "workbook", func(p *part) error {
		return p.children(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "workbookPr":
				b.date1904 = isTrue(attribute(e, "date1904"))
			case "sheets":
				return b.readSheets(p, related)
			}
			return p.Skip()
		})
	})
}

func (b *Book) readSheets(p *part, related map[string]relation) error {
	return p.children(func(e xml.StartElement) error {
		name, state := unescape(attribute(e, "name")), attribute(e, "state")
		r, ok := related[attribute(e, "id")]
		switch {
		case !ok:
			return fmt.Errorf("nothing says where the sheet %q is", name)
		case r.kind != "worksheet":
		case slices.ContainsFunc(b.Sheets, func(s Sheet) bool { return s.part == r.target }):
			return fmt.Errorf("the sheet %q is in the part of another", name) // and would be read as often as somebody likes
		default:
			b.Sheets = append(b.Sheets, Sheet{Name: name, Hidden: state == "hidden" || state == "veryHidden", part: r.target})
		}
		return p.Skip()
	})
}

// textCost is how many bytes a text takes beside its own, in memory and at least in a file.
const textCost = 16

// readTexts reads the texts that cells share (18.4). Some programs say there are some
// where there are none; a cell that has one then is what is wrong.
func (b *Book) readTexts(path string) error {
	if b.packed.parts[path] == nil {
		return nil
	}
	left := b.most
	return b.packed.read(path, "sst", func(p *part) error {
		return p.each("si", func(xml.StartElement) error {
			text, err := p.richText()
			b.texts = append(b.texts, text)
			if left -= textCost + int64(len(text)); left < 0 && err == nil {
				err = ErrTooLarge
			}
			return err
		})
	})
}

// Rows reads a sheet (18.3.1) row by row, as they follow each other in the file; rows in
// which nothing is filled are left out. After an error, which begins with the name of the
// sheet's part, nothing follows; a sheet was read to its end if there was none.
func (b *Book) Rows(s Sheet) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		err := b.packed.read(s.part, "worksheet", func(p *part) error {
			return p.each("sheetData", func(xml.StartElement) error {
				return b.rows(p, func(r Row) bool { return yield(r, nil) })
			})
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(Row{}, err)
		}
	}
}

// errEnough ends a sheet of which nobody wants to see more.
var errEnough = errors.New("enough")

func (b *Book) rows(p *part, yield func(Row) bool) error {
	line, left := 0, b.most
	return p.each("row", func(e xml.StartElement) error {
		line++ // a row need not say which it is
		if n, err := strconv.Atoi(attribute(e, "r")); err == nil && n > 0 {
			line = n
		}
		cells, err := b.cells(p, &left)
		switch {
		case err != nil:
			return fmt.Errorf("row %d: %w", line, err)
		case len(cells) > 0 && !yield(Row{line, cells}):
			return errEnough
		}
		return nil
	})
}

// cells reads the cells of a row, which take from the bytes that are left.
func (b *Book) cells(p *part, left *int64) (cells []string, err error) {
	column := 0
	err = p.each("c", func(e xml.StartElement) error {
		column++ // a cell need not say where it is
		if n, ok := columnOf(attribute(e, "r")); ok {
			column = n
		}
		if column > excelColumns {
			return fmt.Errorf("cell %q: a sheet has no more than %d columns", attribute(e, "r"), excelColumns)
		}
		shown, err := b.cell(p, e)
		if err != nil {
			return fmt.Errorf("column %d: %w", column, err)
		}
		if shown == "" {
			return nil
		}
		more := max(0, column-len(cells))
		if *left -= int64(more + len(shown)); *left < 0 {
			return ErrTooLarge
		}
		cells = append(cells, make([]string, more)...)
		cells[column-1] = shown
		return nil
	})
	return cells, err
}

// columnOf returns the column of a cell's name, e.g. 28 of AB7.
func columnOf(name string) (column int, ok bool) {
	for i := range len(name) {
		letter := name[i] &^ 0x20
		if letter < 'A' || letter > 'Z' {
			return column, i > 0
		}
		if column = column*26 + int(letter-'A') + 1; column > excelColumns {
			return column, true
		}
	}
	return 0, false
}

// cell reads a cell and returns what it shows.
func (b *Book) cell(p *part, e xml.StartElement) (string, error) {
	kind, style := attribute(e, "t"), attribute(e, "s")
	value := ""
	err := p.children(func(e xml.StartElement) (err error) {
		switch e.Name.Local {
		case "v":
			value, err = p.text()
		case "is":
			value, err = p.richText()
		default:
			err = p.Skip()
		}
		return err
	})
	if err != nil || value == "" {
		return "", err
	}
	return b.shown(kind, style, value)
}
