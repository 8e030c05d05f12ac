package xlsx

import (
	"fmt"
	"strings"
	"time"
)

// fixedParts are the names and texts of the parts that tell nothing of cells. The first
// ones tell what the file is, for programs that look at its beginning.
func fixedParts(p Properties, tables []Table) [][2]string {
	var types, related, list, filters strings.Builder
	for i, s := range tables {
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="`+partType+`worksheet+xml"/>`, i+1)
		fmt.Fprintf(&related, `<Relationship Id="rId%d" Type="`+relationType+`worksheet" Target="worksheets/sheet%[1]d.xml"/>`, i+1)
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" r:id="rId%[2]d"/>`, writtenText(s.Name), i+1)
		// Excel has the area of a filter here too, under a name that nobody sees.
		fmt.Fprintf(&filters, `<definedName name="_xlnm._FilterDatabase" localSheetId="%d" hidden="1">%s</definedName>`, i,
			writtenText("'"+strings.ReplaceAll(s.Name, "'", "''")+"'!"+s.area("$")))
	}
	return [][2]string{
		{"[Content_Types].xml", fmt.Sprintf(typesPart, types.String())},
		{"_rels/.rels", relationsPart},
		{"docProps/core.xml", fmt.Sprintf(propertiesPart, writtenText(p.Creator), p.Created.UTC().Format(time.RFC3339))},
		{"xl/workbook.xml", fmt.Sprintf(workbookPart, list.String(), filters.String())},
		{"xl/_rels/workbook.xml.rels", fmt.Sprintf(workbookRelationsPart, related.String())},
		{"xl/styles.xml", stylesPart},
	}
}

const (
	xmlHead       = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	spreadsheetML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	partType      = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	relationType  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	ofPackages    = "http://schemas.openxmlformats.org/package/2006/"

	typesPart = xmlHead + `<Types xmlns="` + ofPackages + `content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + partType + `sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + partType + `styles+xml"/>` +
		`<Override PartName="/xl/sharedStrings.xml" ContentType="` + partType + `sharedStrings+xml"/>%s</Types>`

	relationsPart = xmlHead + `<Relationships xmlns="` + ofPackages + `relationships">` +
		`<Relationship Id="rId1" Type="` + relationType + `officeDocument" Target="xl/workbook.xml"/>` +
		`<Relationship Id="rId2" Type="` + ofPackages + `relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

	propertiesPart = xmlHead + `<cp:coreProperties xmlns:cp="` + ofPackages + `metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>%s</dc:creator>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%[2]s</dcterms:modified></cp:coreProperties>`

	// Who saves the workbook anew is not written into it: filterPrivacy.
	workbookPart = xmlHead + `<workbook xmlns="` + spreadsheetML + `" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
		`<workbookPr filterPrivacy="1"/><bookViews><workbookView/></bookViews><sheets>%s</sheets><definedNames>%s</definedNames></workbook>`

	workbookRelationsPart = xmlHead + `<Relationships xmlns="` + ofPackages + `relationships">%s` +
		`<Relationship Id="styles" Type="` + relationType + `styles" Target="styles.xml"/>` +
		`<Relationship Id="texts" Type="` + relationType + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`

	stylesPart = xmlHead + `<styleSheet xmlns="` + spreadsheetML + `">` +
		`<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy-mm-dd hh:mm"/><numFmt numFmtId="165" formatCode="0.000"/></numFmts>` +
		`<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>` +
		`<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6">` +
		`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>` + // head
		`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
		`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>` +
		`<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>` +
		`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top"/></xf>` +
		`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
)
