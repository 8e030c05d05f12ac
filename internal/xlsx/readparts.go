package xlsx

import (
	"archive/zip"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// An archive is what a workbook is packed in (ECMA-376, Part 2).
type archive struct {
	parts map[string]*zip.File // by their names in lower case; names do not differ by case alone
}

// newArchive adds up what the parts say of their sizes before one of them is unpacked.
// That they say true archive/zip checks while it unpacks.
func newArchive(packed *zip.Reader, most int64) (*archive, error) {
	a := &archive{parts: map[string]*zip.File{}}
	for _, f := range packed.File {
		if f.UncompressedSize64 > uint64(most) {
			return nil, ErrTooLarge
		}
		most -= int64(f.UncompressedSize64)
		if !strings.HasSuffix(f.Name, "/") { // a folder is no part
			a.parts[partName(f.Name)] = f // of two the one that was put in last
		}
	}
	return a, nil
}

// partName is how a part is called, which some programs write with a backslash.
func partName(name string) string {
	return strings.ToLower(path.Join("/", strings.ReplaceAll(name, `\`, "/"))[1:])
}

// mostListed is how many parts and looks of cells there may be, which take more memory
// than they do in a file. Excel has fewer looks.
const mostListed = 1 << 16

// A relation is what a part says another is to it, e.g. its “worksheet”.
type relation struct{ kind, target string }

// related returns the relations of a part, "" being the archive itself, by their ids
// (Part 2, 6.5). A part without a list has none.
func (a *archive) related(of string) (map[string]relation, error) {
	dir, file := path.Split(of)
	list := dir + "_rels/" + file + ".rels"
	related := map[string]relation{}
	if a.parts[list] == nil {
		return related, nil
	}
	return related, a.read(list, "Relationships", func(p *part) error {
		return p.children(func(e xml.StartElement) error {
			target := attribute(e, "Target")
			if !strings.HasPrefix(target, "/") && !strings.HasPrefix(target, `\`) {
				target = dir + target
			}
			related[attribute(e, "Id")] = relation{path.Base(attribute(e, "Type")), partName(target)}
			if len(related) > mostListed {
				return fmt.Errorf("it lists more than %d parts", mostListed)
			}
			return p.Skip()
		})
	})
}

// only returns the part of a kind of which there can be one; "" if there is none.
func only(related map[string]relation, kind string) (target string, err error) {
	for _, r := range related {
		switch {
		case r.kind != kind:
		case target == "":
			target = r.target
		case target != r.target:
			return "", fmt.Errorf("it has two parts of the kind %s", kind)
		}
	}
	return target, nil
}

// workbook returns the part that the others are found from.
func (a *archive) workbook() (string, error) {
	related, err := a.related("")
	if err != nil {
		return "", err
	}
	main, err := only(related, "officeDocument")
	if err != nil {
		return "", fmt.Errorf("_rels/.rels: %w", err)
	}
	main = cmp.Or(main, "xl/workbook.xml") // where it is in all but a few
	switch {
	case strings.HasSuffix(main, ".bin"):
		return "", fmt.Errorf("%w, but a binary workbook (.xlsb)", ErrNoWorkbook)
	case a.parts[main] == nil && a.parts["content.xml"] != nil:
		return "", fmt.Errorf("%w, but one of OpenDocument", ErrNoWorkbook)
	case a.parts[main] == nil:
		return "", ErrNoWorkbook
	}
	return main, nil
}

// A part is read element by element, from its first to its last.
type part struct {
	*xml.Decoder
	in    *pieces
	depth int
}

// deepest is how many elements may be within each other; each takes memory up to its end.
const deepest = 100_000

// Token reads on.
func (p *part) Token() (xml.Token, error) {
	p.in.left = longest
	token, err := p.Decoder.Token()
	switch token.(type) {
	case xml.StartElement:
		if p.depth++; p.depth > deepest {
			err = fmt.Errorf("there are more than %d elements within each other", deepest)
		}
	case xml.EndElement:
		p.depth--
	}
	return token, err
}

// Skip reads the element that was just begun to its end.
func (p *part) Skip() error {
	for outside := p.depth - 1; p.depth > outside; {
		if _, err := p.Token(); err != nil {
			return err
		}
	}
	return nil
}

// longest is how many bytes a tag or a text may have; one is held in memory as a whole.
const longest = 4 << 20

var errLong = fmt.Errorf("a piece of it has more than %d MiB", longest>>20)

// pieces reads no more than so many bytes at once.
type pieces struct {
	io.Reader
	left int
}

func (p *pieces) Read(b []byte) (int, error) {
	if p.left < 0 {
		return 0, errLong
	}
	n, err := p.Reader.Read(b)
	p.left -= n
	return n, err
}

// read reads a part to its end: visit reads what is in the outermost element, which has
// to be the one that is named. An error begins with the part's name.
func (a *archive) read(name, root string, visit func(*part) error) error {
	file := a.parts[name]
	if file == nil {
		return fmt.Errorf("%s: it is missing", name)
	}
	in, err := file.Open()
	if err == nil {
		err = newPart(in).read(root, visit)
		in.Close()
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file.Name, err)
	}
	return nil
}

// misplaced is an error: the outermost element of a part is another than it has to be.
type misplaced struct{ is, belongs string }

func (m misplaced) Error() string {
	return fmt.Sprintf("there is <%s> where one <%s> belongs", m.is, m.belongs)
}

// newPart reads XML in UTF-8 or UTF-16. Another encoding no part may have (Part 2, 6.2.5);
// the one that is met nevertheless is read.
func newPart(in io.Reader) *part {
	text := &pieces{Reader: transform.NewReader(in, unicode.BOMOverride(encoding.Nop.NewDecoder()))}
	p := &part{Decoder: xml.NewDecoder(text), in: text}
	p.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		switch strings.ToLower(label) {
		case "utf-16", "utf8": // the one was found out by its first bytes, the other is what is meant
			return in, nil
		case "iso-8859-1", "windows-1252", "us-ascii":
			return charmap.Windows1252.NewDecoder().Reader(in), nil
		}
		return nil, fmt.Errorf("it is in the encoding %q and not in UTF-8", label)
	}
	return p
}

func (p *part) read(root string, visit func(*part) error) error {
	seen := false
	for {
		token, err := p.Token()
		switch {
		case errors.Is(err, io.EOF) && !seen:
			return errors.New("it is empty")
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		e, ok := token.(xml.StartElement)
		switch {
		case !ok:
			continue
		case seen || e.Name.Local != root:
			return misplaced{e.Name.Local, root}
		}
		seen = true
		if err := visit(p); err != nil {
			return err
		}
	}
}

// children has each element seen that is in the one that was just begun, up to its end.
// visit reads the element to its own end. Where there is a choice for programs that know
// more, what is for all others counts (Part 3, 7.5).
func (p *part) children(visit func(xml.StartElement) error) error {
	for wrapped := 0; ; {
		token, err := p.Token()
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "AlternateContent", "Fallback":
				wrapped++
				continue
			case "Choice":
				err = p.Skip()
			default:
				err = visit(e)
			}
			if err != nil {
				return err
			}
		case xml.EndElement:
			if wrapped--; wrapped < 0 {
				return nil
			}
		}
	}
}

// each is children for those of one name; the others are gone past.
func (p *part) each(name string, visit func(xml.StartElement) error) error {
	return p.children(func(e xml.StartElement) error {
		if e.Name.Local != name {
			return p.Skip()
		}
		return visit(e)
	})
}

// appendText appends the text of the element that was just begun, and nothing of elements in it.
func (p *part) appendText(text []byte) ([]byte, error) {
	for {
		token, err := p.Token()
		if err != nil {
			return text, err
		}
		switch e := token.(type) {
		case xml.CharData:
			if text = append(text, e...); len(text) > longest {
				return text, errLong
			}
		case xml.StartElement:
			if err := p.Skip(); err != nil {
				return text, err
			}
		case xml.EndElement:
			return text, nil
		}
	}
}

func (p *part) text() (string, error) {
	text, err := p.appendText(nil)
	return unescape(string(text)), err
}

// richText reads a text that is in one piece or in several that look different (18.4.8).
// How it is pronounced, in Japanese, is not part of it.
func (p *part) richText() (string, error) {
	var text []byte
	piece := func(xml.StartElement) (err error) {
		text, err = p.appendText(text)
		return err
	}
	err := p.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "t":
			return piece(e)
		case "r":
			return p.each("t", piece)
		}
		return p.Skip()
	})
	return unescape(string(text)), err
}

// attribute returns what an element says under a name, in whichever namespace; what
// a namespace is called says nothing.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space != "xmlns" {
			return a.Value
		}
	}
	return ""
}

func isTrue(value string) bool { return value == "1" || value == "true" }
