package roster

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"golang.org/x/net/html/charset"
)

// checkParts reads through the parts of a workbook that hold what is read. The library
// that reads workbooks ends at the first thing in a sheet that is no XML as if the sheet
// ended there: people would be missing, and nobody would know.
func checkParts(packed *zip.Reader) error {
	for _, part := range packed.File {
		name := strings.ToLower(strings.ReplaceAll(part.Name, `\`, "/"))
		if matched, _ := path.Match("xl/worksheets/*.xml", name); !matched && name != "xl/workbook.xml" && name != "xl/sharedstrings.xml" && name != "xl/styles.xml" {
			continue
		}
		if err := checkPart(part); err != nil {
			return fmt.Errorf("the workbook is damaged (%s: %w); open it in Excel and save it anew, or as CSV", part.Name, err)
		}
	}
	return nil
}

func checkPart(part *zip.File) error {
	in, err := part.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	decoder := xml.NewDecoder(in)
	decoder.CharsetReader = charset.NewReaderLabel
	for empty := true; ; {
		token, err := decoder.Token()
		switch {
		case errors.Is(err, io.EOF) && empty:
			return errors.New("it is empty")
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if _, ok := token.(xml.StartElement); ok {
			empty = false
		}
	}
}
