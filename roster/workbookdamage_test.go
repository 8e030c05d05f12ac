package roster_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"calibrate/roster"
)

// A workbook of which a part ends early or is garbled is told about: read as far as it
// goes, people would be missing and nobody would know.
func TestWorkbookWithDamagedPartsIsRefused(t *testing.T) {
	cells := map[string]any{"A1": "ID", "B1": "Name"}
	for i := range 200 {
		cells[fmt.Sprintf("A%d", i+2)] = fmt.Sprint(i)
		cells[fmt.Sprintf("B%d", i+2)] = fmt.Sprintf("Person %d", i)
	}
	sound := workbook(t, map[string]map[string]any{"Sheet1": cells}, nil)
	if file, err := roster.Read(bytes.NewReader(sound), roster.Options{}); err != nil || file.Rows != 200 {
		t.Fatalf("the sound one: %+v, %v", file, err)
	}
	for _, part := range []string{firstSheet, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"} {
		for name, damage := range map[string]func(string) string{
			"cut off":      func(s string) string { return s[:len(s)*2/3] },
			"garbled":      func(s string) string { return s[:len(s)/2] + "<<" + s[len(s)/2:] },
			"a tag amiss":  func(s string) string { return s[:len(s)-3] + "x>" },
			"empty":        func(string) string { return "" },
			"not text":     func(s string) string { return s[:len(s)/2] + "\x00\xff" + s[len(s)/2:] },
			"more follows": func(s string) string { return s + "<again/" },
		} {
			t.Run(part+" "+name, func(t *testing.T) {
				data := repacked(t, sound, part, func(w io.Writer) { io.WriteString(w, damage(partOf(t, sound, part))) })
				file, err := roster.Read(bytes.NewReader(data), roster.Options{})
				if err == nil {
					t.Fatalf("%d rows are read, without a word", file.Rows)
				}
				for _, want := range []string{"the workbook is damaged", part, "save it anew"} {
					if !strings.Contains(err.Error(), want) {
						t.Errorf("the error %q lacks %q", err, want)
					}
				}
			})
		}
	}
}

// Half of a download is no archive.
func TestHalfOfAWorkbookIsFetchedAgain(t *testing.T) {
	sound := workbook(t, map[string]map[string]any{"Sheet1": {"A1": "Name", "A2": "Ada"}}, nil)
	_, err := roster.Read(bytes.NewReader(sound[:len(sound)/2]), roster.Options{})
	if err == nil || !strings.Contains(err.Error(), "the workbook is damaged (zip: not a valid zip file); fetch it again") {
		t.Errorf("got %v", err)
	}
}
