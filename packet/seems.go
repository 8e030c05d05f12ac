package packet

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// seems says what a file that is no packet seems to be, and what to do with it. It
// quotes nothing of it.
func seems(data []byte) string {
	for _, known := range signatures() {
		if len(data) > known.at && bytes.HasPrefix(data[known.at:], []byte(known.begins)) {
			return known.what
		}
	}
	text := bytes.TrimLeft(data, " \t\r\n")
	switch {
	case len(text) == 0:
		return "it is empty"
	case encrypted(text):
		return "it was encrypted twice; decrypt it with age first"
	case !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0:
		return "it seems to be a binary file of another kind"
	case webPage(text):
		return "it seems to be a web page, such as a download leaves that needs a login"
	case text[0] == '{' || text[0] == '[':
		return "it seems to be JSON of another kind; “calibrate export --to FILE” makes packets"
	}
	line, _, _ := bytes.Cut(text, []byte("\n"))
	for _, separator := range []string{",", ";", "\t"} {
		if bytes.Count(line, []byte(separator)) >= 1 && !bytes.Contains(line, []byte(separator+" ")) {
			return "it seems to be a table (CSV); a list of people goes in with “calibrate people”"
		}
	}
	return "it seems to be text of another kind"
}

// webPage reports whether a text begins as web pages do.
func webPage(text []byte) bool {
	begins := string(bytes.ToLower(text[:min(len(text), len("<!doctype html"))]))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<script", "<meta", "<!--"} {
		if strings.HasPrefix(begins, tag) {
			return true
		}
	}
	return false
}

// signature is how files of a kind begin.
type signature struct {
	at     int
	begins string
	what   string
}

func signatures() []signature {
	return []signature{
		{0, "\x1f\x8b", "it seems to be packed (gzip); unpack it first"},
		{0, "PK\x03\x04", "it seems to be a ZIP archive or a workbook (XLSX); unpack the packet first"},
		{0, "BZh", "it seems to be packed (bzip2); unpack it first"},
		{0, "\xfd7zXZ", "it seems to be packed (xz); unpack it first"},
		{0, "7z\xbc\xaf", "it seems to be packed (7z); unpack it first"},
		{0, "\x28\xb5\x2f\xfd", "it seems to be packed (zstd); unpack it first"},
		{0, "SQLite format 3", "it seems to be an SQLite database"},
		{16, "\xed\xda\x0c\xed", "it seems to be a data file of calibrate; name it with --db, and “calibrate export --to FILE” makes a packet of it"},
		{0, "%PDF", "it seems to be a PDF"},
		{0, "-----BEGIN PGP", "it is encrypted or signed with PGP; decrypt it first"},
		{0, "\xff\xfe", "it seems to be text in UTF-16, saved anew by an editor; ask for it again"},
		{0, "\xfe\xff", "it seems to be text in UTF-16, saved anew by an editor; ask for it again"},
		{0, "\xef\xbb\xbf{\"calibrate\"", "it was a packet, and an editor put a byte order mark before it; ask for it again"},
		{0, "age1", "it seems to be an age recipient, a public key"},
		{0, "AGE-SECRET-KEY-", "it seems to be an age identity, a secret key; give it with --identity"},
		{0, "# created: ", "it seems to be an age identity, a secret key; give it with --identity"},
	}
}
