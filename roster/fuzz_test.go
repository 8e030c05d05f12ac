package roster_test

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"

	"calibrate/roster"
)

// Whatever the bytes are, they are refused with words, or make a plan that can be
// carried out, and that a second time has nothing left to do.
func FuzzRead(f *testing.F) {
	for _, path := range shapes(f) {
		f.Add(contents(f, path))
	}
	for _, text := range []string{
		"name\n", "\xff\xfe", "sep=;\nname;id\nA;1", "\"name\"\n\"a\"\"b\"", "id,name\r1,A\r", "name\n\"A", "PK\x03\x04", "\xef\xbb\xbfid\n0",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkBytes(t, data) })
}

// The same for what a sheet says, in a workbook that is sound otherwise.
func FuzzSheet(f *testing.F) {
	var book []byte
	for _, path := range shapes(f) {
		data := contents(f, path)
		packed, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			continue
		}
		book = data
		for _, part := range packed.File {
			if in, err := part.Open(); err == nil && part.Name == firstSheet {
				sheet, err := io.ReadAll(in)
				if err != nil {
					f.Fatal(err)
				}
				f.Add(sheet)
			}
		}
	}
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row><row r="9"><c r="A9" s="99"><v>1e309</v></c></row></sheetData></worksheet>`))
	f.Fuzz(func(t *testing.T, sheet []byte) {
		checkBytes(t, repacked(t, book, firstSheet, func(w io.Writer) { w.Write(sheet) }))
	})
}

func checkBytes(t *testing.T, data []byte) {
	file, err := roster.Read(bytes.NewReader(data), roster.Options{})
	if err != nil {
		if err.Error() == "" {
			t.Error("an error without words")
		}
		return
	}
	for _, p := range checkTwice(t, file, acquaintances()) {
		if err := p.Validate(); err != nil {
			t.Errorf("%+v: %v", p, err)
		}
	}
}
