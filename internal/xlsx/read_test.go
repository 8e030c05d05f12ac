package xlsx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"calibrate/internal/xlsx"
)

// packed is an archive of parts, each a name and what it holds.
func packed(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := out.Create(name)
		if err == nil && !strings.HasSuffix(name, "/") {
			_, err = w.Write([]byte(parts[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// book is a workbook with one sheet; parts replaces parts of it or adds to them, and
// takes those away that are empty.
func book(t testing.TB, rows string, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{
		"_rels/.rels":     `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet name="People" sheetId="7" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships>
			<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
			<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="/xl/styles.xml"/>
			<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="../xl/sharedStrings.xml"/>
		</Relationships>`,
		"xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="&quot;B-&quot;0000"/><numFmt numFmtId="165" formatCode="[unclosed"/><numFmt numFmtId="166" formatCode="0;0;0;&quot;Dr &quot;@"/></numFmts>
			<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
			<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="49"/><xf numFmtId="165"/><xf numFmtId="9999"/><xf numFmtId="20"/><xf numFmtId="166"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml":     `<sst><si><t>Ada</t></si><si><r><rPr><b/></rPr><t>Bo</t></r><r><t xml:space="preserve"> Li</t></r><rPh sb="0" eb="1"><t>bo</t></rPh></si><si/></sst>`,
		"xl/worksheets/sheet1.xml": `<worksheet><dimension ref="A1"/><sheetData>` + rows + `</sheetData><pageMargins/></worksheet>`,
	}
	for name, text := range parts {
		all[name] = text
	}
	maps.DeleteFunc(all, func(_, text string) bool { return text == "" })
	return packed(t, all)
}

// told is what is read of a workbook: its sheets' rows, and the error if there is one.
func told(data []byte) string {
	b, err := xlsx.Open(data, 1<<20)
	if err != nil {
		return "! " + err.Error()
	}
	var lines []string
	for _, s := range b.Sheets {
		if len(b.Sheets) > 1 || s.Hidden {
			lines = append(lines, fmt.Sprintf("[%s hidden=%t]", s.Name, s.Hidden))
		}
		for r, err := range b.Rows(s) {
			if err != nil {
				lines = append(lines, "! "+err.Error())
			} else {
				lines = append(lines, fmt.Sprintf("%d %s", r.Line, strings.Join(r.Cells, "|")))
			}
		}
	}
	return strings.Join(lines, "\n")
}

func TestCellsAreReadAsTheyAreShown(t *testing.T) {
	for _, tt := range []struct{ name, rows, want string }{
		{"shared texts, with pieces and without how they are pronounced", `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v> 1 </v></c><c r="C1" t="s"><v>2</v></c></row>`, "1 Ada|Bo Li"},
		{"texts in place", `<row r="1"><c r="A1" t="inlineStr"><is><t>Ada</t></is></c><c r="B1" t="inlineStr"><is><r><t>B</t></r><r><t>o</t></r></is></c></row>`, "1 Ada|Bo"},
		{"what a formula came to", `<row r="1"><c r="A1" t="str"><f>"A"&amp;"da"</f><v>Ada</v></c><c r="B1"><f>6*7</f><v>42</v></c></row>`, "1 Ada|42"},
		{"a formula that nobody has worked out", `<row r="1"><c r="A1"><f>6*7</f></c></row>`, ""},
		{"truth and errors", `<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#N/A</v></c></row>`, "1 TRUE|FALSE|#N/A"},
		{"truth that is written otherwise", `<row r="1"><c r="A1" t="b"><v> 1 </v></c><c r="B1" t="b"><v>false</v></c><c r="C1" t="b"><v>TRUE</v></c></row>`, "1 TRUE|FALSE|TRUE"},
		{"numbers", `<row r="1"><c r="A1"><v>42</v></c><c r="B1" t="n"><v>0.30000000000000004</v></c><c r="C1"><v>1E3</v></c><c r="D1"><v>-2.50</v></c></row>`, "1 42|0.3|1000|-2.5"},
		{"an id longer than a number can be, whole", `<row r="1"><c r="A1"><v>12345678901234567890</v></c></row>`, "1 12345678901234567890"},
		{"a number of which the last digits are lost", `<row r="1"><c r="A1"><v>4.1111111111111103E+15</v></c><c r="B1"><v>-1E+20</v></c><c r="C1"><v>9.99999999999999E14</v></c></row>`, "1 4.11111111111111E+15|-1E+20|999999999999999"},
		{"numbers that were formatted as text when it was too late", `<row r="1"><c r="A1" s="3"><v>4.1111111111111103E+15</v></c><c r="B1" s="3"><v>12345678901234567890</v></c><c r="C1" s="3"><v>0.10</v></c></row>`, "1 4.11111111111111E+15|12345678901234567890|0.1"},
		{"formats", `<row r="1"><c r="A1" s="2"><v>17</v></c><c r="B1" s="1"><v>45356</v></c><c r="C1" s="3"><v>7</v></c></row>`, "1 B-0017|2024-03-05|7"},
		{"formats of texts", `<row r="1"><c r="A1" t="s" s="7"><v>0</v></c><c r="B1" t="str" s="7"><v>Bo</v></c><c r="C1" t="inlineStr" s="7"><is><t>Cy</t></is></c></row>`, "1 Dr Ada|Dr Bo|Dr Cy"},
		{"a format that is none, one that nobody knows, a style that is not there", `<row r="1"><c r="A1" s="4"><v>1.5</v></c><c r="B1" s="5"><v>2</v></c><c r="C1" s="99"><v>3</v></c></row>`, "1 1.5|2|3"},
		{"dates that are written out", `<row r="1"><c r="A1" t="d" s="1"><v>2024-03-05T10:30:00Z</v></c><c r="B1" t="d"><v>2024-03-05</v></c><c r="C1" t="d" s="1"><v>soon</v></c></row>`, "1 2024-03-05|2024-03-05|soon"},
		{"dates that are written out, however far away",
			`<row r="1"><c r="A1" t="d" s="1"><v>9999-12-31</v></c><c r="B1" t="d" s="1"><v>1900-01-01</v></c><c r="C1" t="d" s="1"><v>1815-12-10</v></c><c r="D1" t="d" s="1"><v>2400-02-29T00:30:00.5+02:00</v></c></row>`,
			"1 9999-12-31|1900-01-01|1815-12-10|2400-02-29"},
		{"a time of the day that is written out", `<row r="1"><c r="A1" t="d" s="6"><v>1899-12-30T10:30:00</v></c><c r="B1" t="d" s="6"><v>1899-12-31T10:30:00</v></c></row>`, "1 10:30|10:30"},
		{"a number that is none", `<row r="1"><c r="A1"><v>forty</v></c></row>`, "1 forty"},
		{"gaps", `<row r="3"><c r="B3"><v>1</v></c><c r="D3"><v>2</v></c></row><row r="4"/><row r="5"><c r="E5" s="1"/></row><row r="9"><c r="A9"><v>3</v></c></row>`, "3 |1||2\n9 3"},
		{"rows and cells that do not say where they are", `<row><c><v>1</v></c><c><v>2</v></c></row><row r="7"><c r="c7"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>`, "1 1|2\n7 ||3|4\n8 5"},
		{"characters by their number", `<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D_b_x005F_x000D_ _xD83D__xDE00_ _x12_ _x00zz_ _x</t></is></c></row>`, "1 a\rb_x000D_ 😀 _x12_ _x00zz_ _x"},
		{"half a character", `<row r="1"><c r="A1" t="inlineStr"><is><t>a_xD83D_b_xD83D__x0041_</t></is></c></row>`, "1 a\ufffdb\ufffdA"},
		{"a prefix", `<x:row xmlns:x="x" r="1"><x:c r="A1" t="str"><x:v>Ada</x:v></x:c></x:row>`, "1 Ada"},
		{"prefixes that are called like attributes", `<row xmlns:r="urn:r" r="4"><c xmlns:r="urn:r" xmlns:s="urn:s" xmlns:t="urn:t" r="B4" s="2" t="n"><v>17</v></c></row>`, "4 |B-0017"},
		{"what is not known", `<new/><row r="1"><new><c><v>9</v></c></new><c r="A1"><new><v>9</v></new><v>1<new>9</new>2</v><extLst/></c></row>`, "1 12"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := told(book(t, tt.rows, nil)); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// utf16LE is XML as UTF-16, as some programs write it.
func utf16LE(text string) string {
	out := "\xff\xfe"
	for _, unit := range utf16.Encode([]rune(text)) {
		out += string([]byte{byte(unit), byte(unit >> 8)})
	}
	return out
}

func TestWorkbooksAreFoundWhereverTheirPartsAre(t *testing.T) {
	const row = `<row r="1"><c r="A1"><v>1</v></c></row>`
	sheet := `<worksheet><sheetData>` + row + `</sheetData></worksheet>`
	for _, tt := range []struct {
		name  string
		parts map[string]string
		want  string
	}{
		{"as ever", nil, "1 1"},
		{"no list of relations at the top", map[string]string{"_rels/.rels": ""}, "1 1"},
		{"no styles and no texts", map[string]string{
			"xl/styles.xml": "", "xl/sharedStrings.xml": "",
			"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		}, "1 1"},
		{"elsewhere, under other names", map[string]string{
			"_rels/.rels":                `<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/Book/Main.xml"/></Relationships>`,
			"xl/workbook.xml":            "",
			"book/main.xml":              `<workbook><sheets><sheet name="S" id="z"/></sheets></workbook>`,
			"book/_rels/main.xml.rels":   `<Relationships><Relationship Id="z" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="./Data.xml"/></Relationships>`,
			"Book\\DATA.xml":             sheet,
			"xl/worksheets/sheet1.xml":   "",
			"xl/_rels/workbook.xml.rels": "",
		}, "1 1"},
		{"UTF-16", map[string]string{"xl/worksheets/sheet1.xml": utf16LE(`<?xml version="1.0" encoding="utf-16"?>` + strings.Replace(sheet, "<v>1", "<v>é😀", 1))}, "1 é😀"},
		{"an encoding that is none", map[string]string{"xl/worksheets/sheet1.xml": `<?xml version="1.0" encoding="utf8"?>` + strings.Replace(sheet, "<v>1", "<v>é", 1)}, "1 é"},
		{"an encoding that no part may have", map[string]string{"xl/worksheets/sheet1.xml": `<?xml version="1.0" encoding="ISO-8859-1"?>` + strings.Replace(sheet, "<v>1", "<v>\xe9", 1)}, "1 é"},
		{"a byte order mark", map[string]string{"xl/worksheets/sheet1.xml": "\xef\xbb\xbf" + sheet}, "1 1"},
		{"targets with detours, the names of parts too", map[string]string{
			"xl/worksheets/sheet1.xml":      "",
			"./xl//worksheets/./sheet1.xml": sheet,
			"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="\xl\styles\..\worksheets\sheet1.xml"/>
				<Relationship Id="rId2" Type="http://x/styles" Target="/xl/../xl//styles.xml"/></Relationships>`,
		}, "1 1"},
		{"folders", map[string]string{"xl/": "a folder", "xl/worksheets/sheet1.xml/": "a folder"}, "1 1"},
		{"a part that was put in anew, behind the one before", map[string]string{"XL/worksheets/sheet1.xml": strings.Replace(sheet, "<v>1", "<v>old", 1)}, "1 1"},
		{"texts that are said to be there, where no cell has one", map[string]string{"xl/sharedStrings.xml": ""}, "1 1"},
		{"characters by their number in names and formats", map[string]string{
			"xl/workbook.xml": `<workbook><sheets><sheet name="_x005F_x000D_" id="rId1" state="hidden"/></sheets></workbook>`,
			"xl/styles.xml":   `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0&quot;_x0041_&quot;"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>`,
		}, "[_x000D_ hidden=true]\n1 1A"},
		{"formats of which there is one for each version of a program", map[string]string{
			"xl/styles.xml": `<styleSheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x16r2="http://schemas.microsoft.com/office/spreadsheetml/2015/02/main"><numFmts>
				<mc:AlternateContent><mc:Choice Requires="x16r2"><numFmt numFmtId="164" formatCode="&quot;new-&quot;0" x16r2:formatCode16="0"/></mc:Choice><mc:Fallback><numFmt numFmtId="164" formatCode="&quot;B-&quot;0"/></mc:Fallback></mc:AlternateContent>
				</numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>`,
		}, "1 B-1"},
		{"days from 1904", map[string]string{
			"xl/workbook.xml":          `<workbook><workbookPr date1904="true"/><sheets><sheet name="S" id="rId1"/></sheets></workbook>`,
			"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row><c s="1"><v>43894</v></c><c s="1" t="d"><v>2024-03-05</v></c></row></sheetData></worksheet>`,
		}, "1 2024-03-05|2024-03-05"},
		{"charts are no sheets, hidden ones are", map[string]string{
			"xl/workbook.xml":          `<workbook><sheets><sheet name="Chart" id="c"/><sheet name="A" id="rId1" state="veryHidden"/><sheet name="B" id="rId2" state="visible"/></sheets></workbook>`,
			"xl/worksheets/sheet2.xml": sheet,
			"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="c" Type="http://x/chartsheet" Target="c.xml"/>
				<Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>
				<Relationship Id="rId2" Type="http://x/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`,
		}, "[A hidden=true]\n1 1\n[B hidden=false]\n1 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := told(book(t, row, tt.parts)); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestWhatIsWrongWithAWorkbookIsTold(t *testing.T) {
	const sheet, styles = "xl/worksheets/sheet1.xml", "xl/styles.xml"
	for _, tt := range []struct {
		name  string
		parts map[string]string
		want  string
	}{
		{"a part that is missing", map[string]string{sheet: ""}, "! xl/worksheets/sheet1.xml: it is missing"},
		{"an empty part", map[string]string{sheet: " "}, "! xl/worksheets/sheet1.xml: it is empty"},
		{"another part in its place", map[string]string{sheet: "<chartsheet/>"}, "! xl/worksheets/sheet1.xml: there is <chartsheet> where one <worksheet> belongs"},
		{"two sheets in one part", map[string]string{sheet: "<worksheet/><worksheet/>"}, "! xl/worksheets/sheet1.xml: there is <worksheet> where one <worksheet> belongs"},
		{"a sheet that ends early", map[string]string{sheet: "<worksheet><sheetData><row><c><v>1</v></c></row>"}, "1 1\n! xl/worksheets/sheet1.xml: XML syntax error on line 1: unexpected EOF"},
		{"a cell that ends early", map[string]string{sheet: `<worksheet><sheetData><row r="4"><c r="C4"><v>1`}, "! xl/worksheets/sheet1.xml: row 4: column 3: XML syntax error on line 1: unexpected EOF"},
		{"a tag amiss", map[string]string{styles: "<styleSheet><cellXfs></styleSheet>"}, "! xl/styles.xml: XML syntax error on line 1: element <cellXfs> closed by </styleSheet>"},
		{"a text that is not there", map[string]string{sheet: `<worksheet><sheetData><row><c t="s"><v>3</v></c></row></sheetData></worksheet>`},
			`! xl/worksheets/sheet1.xml: row 1: column 1: its text is number "3" of the 3 that cells share`},
		{"a text that cannot be there", map[string]string{sheet: `<worksheet><sheetData><row><c t="s"><v>-1</v></c></row></sheetData></worksheet>`},
			`! xl/worksheets/sheet1.xml: row 1: column 1: its text is number "-1" of the 3 that cells share`},
		{"a cell beyond the last column", map[string]string{sheet: `<worksheet><sheetData><row><c r="XFE1"><v>3</v></c></row></sheetData></worksheet>`},
			`! xl/worksheets/sheet1.xml: row 1: cell "XFE1": a sheet has no more than 16384 columns`},
		{"another encoding", map[string]string{sheet: `<?xml version="1.0" encoding="koi8-r"?><worksheet/>`}, `! xl/worksheets/sheet1.xml: xml: opening charset "koi8-r": it is in the encoding "koi8-r" and not in UTF-8`},
		{"no text", map[string]string{sheet: "<worksheet>\x00</worksheet>"}, "! xl/worksheets/sheet1.xml: XML syntax error on line 1: illegal character code U+0000"},
		{"no workbook", map[string]string{"xl/workbook.xml": ""}, "! it is packed like a workbook and is no .xlsx"},
		{"a text document", map[string]string{"xl/workbook.xml": `<w:document xmlns:w="w"/>`}, "! it is packed like a workbook and is no .xlsx"},
		{"a sheet that nothing says the place of", map[string]string{"xl/workbook.xml": `<workbook><sheets><sheet name="People" id="rId9"/><sheet name="Other" id="rId1"/></sheets></workbook>`},
			`! xl/workbook.xml: nothing says where the sheet "People" is`},
		{"no list of what there is", map[string]string{"xl/_rels/workbook.xml.rels": ""}, `! xl/workbook.xml: nothing says where the sheet "People" is`},
		{"a binary workbook", map[string]string{"_rels/.rels": `<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="xl/workbook.bin"/></Relationships>`},
			"! it is packed like a workbook and is no .xlsx, but a binary workbook (.xlsb)"},
		{"a workbook of another kind", map[string]string{"xl/workbook.xml": "", "content.xml": "<x/>"}, "! it is packed like a workbook and is no .xlsx, but one of OpenDocument"},
		{"a format that makes much of little", map[string]string{
			styles: `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="@@@@@@@@@@@@@@@@"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>`,
			sheet:  `<worksheet><sheetData><row><c t="str"><v>` + strings.Repeat("a", 1<<17) + `</v></c></row></sheetData></worksheet>`,
		}, "! xl/worksheets/sheet1.xml: row 1: unpacked, the workbook is too large"},
		{"a part behind many sheets", map[string]string{"xl/workbook.xml": `<workbook><sheets><sheet name="A" id="rId1"/><sheet name="B" id="rId1"/></sheets></workbook>`},
			`! xl/workbook.xml: the sheet "B" is in the part of another`},
		{"two parts of texts", map[string]string{"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>
			<Relationship Id="a" Type="http://x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="b" Type="http://x/sharedStrings" Target="styles.xml"/></Relationships>`},
			"! xl/workbook.xml: it has two parts of the kind sharedStrings"},
		{"two workbooks", map[string]string{"_rels/.rels": `<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="xl/workbook.xml"/><Relationship Id="b" Type="http://x/officeDocument" Target="b.xml"/></Relationships>`},
			"! _rels/.rels: it has two parts of the kind officeDocument"},
		{"many parts", map[string]string{"xl/_rels/workbook.xml.rels": `<Relationships>` + many(1<<16+1, func(i int) string { return fmt.Sprintf(`<r Id="%x"/>`, i) }) + `</Relationships>`},
			"! xl/_rels/workbook.xml.rels: it lists more than 65536 parts"},
		{"many formats", map[string]string{styles: `<styleSheet><numFmts>` +
			many(300, func(i int) string {
				return fmt.Sprintf(`<numFmt numFmtId="%d" formatCode="%s"/>`, 200+i, strings.Repeat("d.", 460))
			}) + `</numFmts><cellXfs>` +
			many(300, func(i int) string { return fmt.Sprintf(`<xf numFmtId="%d"/>`, 200+i) }) + `</cellXfs></styleSheet>`},
			"! xl/styles.xml: its number formats have more than 256 KiB"},
		{"many looks", map[string]string{styles: `<styleSheet><cellXfs>` + strings.Repeat("<xf/>", 1<<16+1) + `</cellXfs></styleSheet>`},
			"! xl/styles.xml: cells have more than 65536 looks"},
		{"many texts of nothing", map[string]string{"xl/sharedStrings.xml": `<sst>` + strings.Repeat("<si/>", 100_000) + `</sst>`}, "! xl/sharedStrings.xml: unpacked, the workbook is too large"},
		{"an abyss", map[string]string{sheet: `<worksheet>` + strings.Repeat("<a>", 110_000)}, "! xl/worksheets/sheet1.xml: there are more than 100000 elements within each other"},
		{"a format that makes much of little, in one cell again and again", map[string]string{
			styles: `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="@@@@@@@@@@@@@@@@"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>`,
			sheet:  `<worksheet><sheetData><row>` + strings.Repeat(`<c r="A1" t="str"><v>`+strings.Repeat("a", 1<<15)+`</v></c>`, 3) + `</row></sheetData></worksheet>`,
		}, "! xl/worksheets/sheet1.xml: row 1: unpacked, the workbook is too large"},
		{"a bomb", map[string]string{"xl/media/x": strings.Repeat("0", 1<<20)}, "! unpacked, the workbook is too large"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := told(book(t, "", tt.parts)); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
	if _, err := xlsx.Open([]byte("PK\x03\x04"), 1<<20); !errors.Is(err, zip.ErrFormat) {
		t.Errorf("got %v", err)
	}
}

// A cell takes the room of those before it, so that little could become much.
func TestBlanksFarToTheRightCount(t *testing.T) {
	got := told(book(t, strings.Repeat(`<row r="1"><c r="XFD1" t="str"><v> </v></c></row>`, 100), nil))
	if n := strings.Count(got, "\n"); n != 1<<20/(1<<14+1) || !strings.HasSuffix(got, "row 1: unpacked, the workbook is too large") {
		t.Errorf("%d rows, and then …%s", n, got[len(got)-80:])
	}
}

// What is between two signs of XML is held at once; attributes take several times that.
func TestLongTagsAreNotRead(t *testing.T) {
	long := strings.Repeat("a='' ", 2<<20)
	for _, sheet := range []string{"<worksheet " + long + "/>", "<worksheet><!--" + long + "--></worksheet>", "<worksheet>" + long + "</worksheet>",
		"<worksheet><sheetData><row><c><is>" + strings.Repeat("<r><t>"+strings.Repeat("a", 1<<20)+"</t></r>", 5) + "</is></c></row></sheetData></worksheet>"} {
		b, err := xlsx.Open(book(t, "", map[string]string{"xl/worksheets/sheet1.xml": sheet}), 1<<30)
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range b.Rows(b.Sheets[0]) {
			if want := "a piece of it has more than 4 MiB"; err == nil || !strings.HasSuffix(err.Error(), want) {
				t.Errorf("%.20s…: got %v, want %s", sheet, err, want)
			}
		}
	}
}

func many(n int, piece func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(piece(i))
	}
	return b.String()
}

// Elements within elements as deep as somebody likes take neither the stack nor the day.
func TestDepthIsNoMatter(t *testing.T) {
	for _, element := range []string{"r", "is", "row", "new"} {
		deep := strings.Repeat("<"+element+">", 20_000) + strings.Repeat("</"+element+">", 20_000)
		if got := told(book(t, `<row><c t="inlineStr"><is>`+deep+`<t>Ada</t></is></c></row>`+deep, nil)); got != "1 Ada" {
			t.Errorf("%s: %.200q", element, got)
		}
	}
}

func TestReadingEndsWhenNobodyWantsMore(t *testing.T) {
	b, err := xlsx.Open(book(t, strings.Repeat(`<row><c><v>1</v></c></row>`, 3)+"<row", nil), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for r, err := range b.Rows(b.Sheets[0]) {
		if read++; err != nil || r.Line != read {
			t.Fatal(r, err)
		}
		if read == 2 {
			break
		}
	}
	if read != 2 {
		t.Errorf("%d rows are read", read)
	}
}
