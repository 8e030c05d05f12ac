package charset_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"calibrate/internal/charset"
)

func TestDecode(t *testing.T) {
	for _, tt := range []struct {
		name, bytes, text string
		want              charset.Charset
	}{
		{"plain", "Zoë", "Zoë", charset.UTF8},
		{"with a mark", "\xef\xbb\xbfZoë", "Zoë", charset.UTF8BOM},
		{"of old programs", "Zo\xeb \x80 \x93x\x94", "Zoë € “x”", charset.Windows1252},
		{"Excel's Unicode text", "\xff\xfeZ\x00o\x00\xeb\x00", "Zoë", charset.UTF16LE},
		{"the other way round", "\xfe\xff\x00Z\x00o\x00\xeb", "Zoë", charset.UTF16BE},
		{"without the mark", "Z\x00o\x00\xeb\x00", "Zoë", charset.BareUTF16LE},
		{"the other way round, without the mark", "\x00Z\x00o\x00\xeb", "Zoë", charset.BareUTF16BE},
		{"empty", "", "", charset.UTF8},
	} {
		text, got, err := charset.Decode([]byte(tt.bytes))
		if err != nil || text != tt.text || got != tt.want {
			t.Errorf("%s: %q in %s, %v; want %q in %s", tt.name, text, got, err, tt.text, tt.want)
		}
	}
	for _, binary := range []string{"\xd0\xcf\x11\xe0\x00", "a\x00b", "\xef\xbb\xbf\xff"} {
		if text, _, err := charset.Decode([]byte(binary)); err == nil {
			t.Errorf("%q was read as %q", binary, text)
		}
	}
}

func TestDecodeAs(t *testing.T) {
	for _, tt := range []struct {
		bytes, as, text string
		want            charset.Charset
	}{
		{"Zo\xc3\xab", "UTF-8", "Zoë", charset.UTF8},
		{"\xef\xbb\xbfZ", "utf-8", "Z", charset.UTF8BOM},
		{"Zo\xc3\xab", "windows-1252", "ZoÃ«", charset.Windows1252},
		{"\x4e\x67\x5a\x1c", "utf-16be", "\u4e67\u5a1c", charset.BareUTF16BE},
		{"\xfe\xff\x00Z", "utf-16", "Z", charset.UTF16BE},
		{"Z\x00", "utf-16", "Z", charset.BareUTF16LE},
	} {
		text, got, err := charset.DecodeAs([]byte(tt.bytes), tt.as)
		if err != nil || text != tt.text || got != tt.want {
			t.Errorf("%q as %s: %q in %s, %v; want %q in %s", tt.bytes, tt.as, text, got, err, tt.text, tt.want)
		}
	}
	for _, tt := range []struct{ bytes, as, want string }{
		{"Zo\xeb", "utf-8", "it is no UTF-8"},
		{"\xff\xfeZ\x00", "utf-8", "it is UTF-16, little-endian, and was to be read as utf-8"},
		{"\xef\xbb\xbfZ", "utf-16", "it is UTF-8 with a byte order mark, and was to be read as utf-16"},
		{"Z", "ebcdic", `"ebcdic" is none of utf-8, utf-16, utf-16le, utf-16be, windows-1252`},
	} {
		if text, _, err := charset.DecodeAs([]byte(tt.bytes), tt.as); err == nil || err.Error() != tt.want {
			t.Errorf("%q as %s: %q, %v; want %s", tt.bytes, tt.as, text, err, tt.want)
		}
	}
}

func TestEncodeGoesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom([]charset.Charset{charset.UTF8, charset.UTF8BOM, charset.UTF16LE, charset.UTF16BE, charset.Windows1252}).Draw(t, "charset")
		text := rapid.StringMatching(`[ -~é€ñ]*`).Draw(t, "text")
		if c != charset.Windows1252 {
			text += strings.ReplaceAll(rapid.String().Draw(t, "more"), "\x00", "")
		}
		data, err := c.Encode(text)
		if err != nil {
			t.Fatal(err)
		}
		back, as, err := charset.Decode(data)
		if err != nil || strings.TrimPrefix(back, "\ufeff") != strings.TrimPrefix(text, "\ufeff") {
			t.Fatalf("%q in %s came back as %q in %s: %v", text, c, back, as, err)
		}
	})
}

func TestEncodeNamesWhatItCannotWrite(t *testing.T) {
	if _, err := charset.Windows1252.Encode("Zoë 李"); err == nil || !strings.Contains(err.Error(), "'李' cannot be written in Windows-1252") {
		t.Errorf("got %v", err)
	}
}
