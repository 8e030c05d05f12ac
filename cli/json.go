package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"calibrate/internal/clean"
)

// writeRecord writes v as JSON on one line.
func writeRecord(w io.Writer, v any) error {
	data, err := encodeJSON(v, "")
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// writeDocument writes v as JSON for people too: indented.
func writeDocument(w io.Writer, v any) error {
	data, err := encodeJSON(v, "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

func encodeJSON(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encoding JSON: %w", err)
	}
	return escapeUnprintable(b.Bytes()), nil
}

// escapeUnprintable writes every character of JSON text that a terminal might obey
// or hide, or that would paint over its neighbours, as a \u escape, which means the
// same to whoever decodes it. The encoder has done so for the controls below space;
// the others can only stand in strings, so they can be escaped without looking at
// the JSON.
func escapeUnprintable(data []byte) []byte {
	var out []byte
	copied, marks := 0, 0
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if unicode.Is(unicode.M, r) {
			marks++
		} else {
			marks = 0
		}
		if r >= 0x7f && (marks > maxMarks || !printable(r)) {
			out = append(out, data[copied:at]...)
			out = appendEscape(out, r)
			copied = at + size
		}
		at += size
	}
	if copied == 0 {
		return data
	}
	return append(out, data[copied:]...)
}

// maxMarks is how many combining marks may stand on one letter: as many as clean
// lets through.
const maxMarks = 6

// printable reports whether a terminal shows the rune and does nothing else. A mark
// is shown on the letter before it.
func printable(r rune) bool {
	text := string(r)
	if unicode.Is(unicode.M, r) {
		text = "x" + text
	}
	return (unicode.IsPrint(r) || len(text) > utf8.RuneLen(r)) && clean.Line(text) == text
}

func appendEscape(out []byte, r rune) []byte {
	if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
		return fmt.Appendf(out, `\u%04x\u%04x`, high, low)
	}
	return fmt.Appendf(out, `\u%04x`, r)
}
