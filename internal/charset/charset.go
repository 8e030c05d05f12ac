// Package charset reads text files in the encodings that spreadsheets and HR systems
// write, and writes them back in the same one.
package charset

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Charset is how a text is written as bytes.
type Charset string

// The character sets that are recognised.
const (
	UTF8        Charset = "UTF-8"
	UTF8BOM     Charset = "UTF-8 with a byte order mark"
	UTF16LE     Charset = "UTF-16, little-endian"
	UTF16BE     Charset = "UTF-16, big-endian"
	Windows1252 Charset = "Windows-1252"
)

var marks = []struct {
	charset Charset
	mark    []byte
}{{UTF8BOM, []byte("\xef\xbb\xbf")}, {UTF16LE, []byte("\xff\xfe")}, {UTF16BE, []byte("\xfe\xff")}}

// Decode returns the text of a file, without a byte order mark, and how it was written.
// What has no mark and is no UTF-8 is taken for Windows-1252, which older programs
// write. The error says why the bytes are no text.
func Decode(data []byte) (text string, c Charset, err error) {
	c = UTF8
	if !utf8.Valid(data) {
		c = Windows1252
	}
	for _, m := range marks {
		if rest, ok := bytes.CutPrefix(data, m.mark); ok {
			c, data = m.charset, rest
			break
		}
	}
	if c == UTF8 || c == UTF8BOM {
		if !utf8.Valid(data) {
			return "", c, errors.New("it begins with the mark of UTF-8 and is none")
		}
	} else if data, err = c.encoding().NewDecoder().Bytes(data); err != nil {
		return "", c, fmt.Errorf("it cannot be read as %s: %w", c, err)
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", c, errors.New("it is no text: it holds NUL characters")
	}
	return string(data), c, nil
}

// Encode writes a text, with the byte order mark that the character set has. The error
// names a character that it cannot write.
func (c Charset) Encode(text string) ([]byte, error) {
	var out []byte
	for _, m := range marks {
		if m.charset == c {
			out = append(out, m.mark...)
		}
	}
	if c == UTF8 || c == UTF8BOM {
		return append(out, text...), nil
	}
	encoder := c.encoding().NewEncoder()
	data, err := encoder.Bytes([]byte(text))
	if err == nil {
		return append(out, data...), nil
	}
	for _, r := range text {
		if _, err := encoder.String(string(r)); err != nil {
			return nil, fmt.Errorf("%q cannot be written in %s", r, c)
		}
	}
	return nil, err
}

func (c Charset) encoding() encoding.Encoding {
	switch c {
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return charmap.Windows1252
}
