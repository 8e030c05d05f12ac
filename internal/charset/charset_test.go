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
