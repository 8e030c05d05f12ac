// Package report writes a comparison down: as Markdown, as one HTML file that needs
// nothing beside it, as a workbook, as rows for an HR system, as JSON.
//
// A report is made in two steps. First [Session], [Person] and their like lay out a
// [Document]: headings, sentences, tables and charts, in the order in which they are
// read. What a reader may not see is left out here, once for all formats; see
// [Audience]. Then [Document.Markdown] and [Document.HTML] write it, each in its own
// way. Tables for machines, [WriteRows] and [WriteWorkbook], come straight from the
// comparison.
//
// Every text is somebody's data. It reaches a page through the escaping of the format
// and a cell of a spreadsheet through [Cell], and in no other way: a formula in a
// person's name stays a name.
//
// The package computes nothing: figures, orders and sentences are calibration's.
package report
