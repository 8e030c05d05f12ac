// Package charset reads text files in the encodings that spreadsheets and HR systems
// write, and writes them back in the same one.
package charset

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"strings"
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
	BareUTF16LE Charset = "UTF-16, little-endian, without a byte order mark"
	BareUTF16BE Charset = "UTF-16, big-endian, without a byte order mark"
	Windows1252 Charset = "Windows-1252"
)

var marks = []struct {
	charset Charset
	mark    []byte
}{{UTF8BOM, []byte("\xef\xbb\xbf")}, {UTF16LE, []byte("\xff\xfe")}, {UTF16BE, []byte("\xfe\xff")}}

// Decode returns the text of a file, without a byte order mark, and how it was written.
// What has no mark and is no UTF-8 is taken for UTF-16 where every other byte is
// mostly NUL, and else for Windows-1252, which older programs write. The error says why
// the bytes are no text.
func Decode(data []byte) (text string, c Charset, err error) {
	c, rest := marked(data)
	if c == "" {
		if c = bareUTF16(data); c == "" && utf8.Valid(data) {
			c = UTF8
		} else if c == "" {
			c = Windows1252
		}
	}
	text, err = c.decode(rest)
	return text, c, err
}

// Names lists what [DecodeAs] calls the character sets.
func Names() []string { return []string{"utf-8", "utf-16", "utf-16le", "utf-16be", "windows-1252"} }

// DecodeAs is [Decode] for a file of which it is known how it was written. The name is
// one of [Names]; a byte order mark says more precisely which UTF-16 it is. The error
// says why the bytes are no such text, or that the name is none.
func DecodeAs(data []byte, name string) (text string, c Charset, err error) {
	mark, rest := marked(data)
	switch strings.ToLower(name) {
	case "utf-8":
		c = cmp.Or(mark, UTF8)
	case "utf-16":
		c = cmp.Or(mark, bareUTF16(data), BareUTF16LE)
	case "utf-16le":
		c = cmp.Or(mark, BareUTF16LE)
	case "utf-16be":
		c = cmp.Or(mark, BareUTF16BE)
	case "windows-1252":
		c, rest = Windows1252, data // its ï»¿ is a mark to nobody else
	default:
		return "", "", fmt.Errorf("%q is none of %s", name, strings.Join(Names(), ", "))
	}
	if eight := strings.EqualFold(name, "utf-8"); c != Windows1252 && eight != (c == UTF8 || c == UTF8BOM) {
		return "", c, fmt.Errorf("it is %s, and was to be read as %s", c, name)
	}
	text, err = c.decode(rest)
	return text, c, err
}

// marked returns the character set that a byte order mark tells, and what follows it.
func marked(data []byte) (Charset, []byte) {
	for _, m := range marks {
		if rest, ok := bytes.CutPrefix(data, m.mark); ok {
			return m.charset, rest
		}
	}
	return "", data
}

// bareUTF16 recognises UTF-16 without a mark by the NUL that is one half of every
// Latin letter, digit and delimiter.
func bareUTF16(data []byte) Charset {
	if len(data) == 0 || len(data)%2 != 0 {
		return ""
	}
	head := data[:min(len(data), 4096)]
	var nul [2]int
	for i, b := range head {
		if b == 0 {
			nul[i%2]++
		}
	}
	switch enough := len(head) / 4; {
	case nul[0] == 0 && nul[1] > enough:
		return BareUTF16LE
	case nul[1] == 0 && nul[0] > enough:
		return BareUTF16BE
	}
	return ""
}

// decode reads bytes without a mark.
func (c Charset) decode(data []byte) (string, error) {
	if c == UTF8 || c == UTF8BOM {
		if !utf8.Valid(data) {
			if c == UTF8BOM {
				return "", errors.New("it begins with the mark of UTF-8 and is none")
			}
			return "", errors.New("it is no UTF-8")
		}
	} else {
		var err error
		if data, err = c.encoding().NewDecoder().Bytes(data); err != nil {
			return "", fmt.Errorf("it cannot be read as %s: %w", c, err)
		}
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", errors.New("it is no text: it holds NUL characters")
	}
	return string(data), nil
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
	case UTF16LE, BareUTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case UTF16BE, BareUTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return charmap.Windows1252
}
