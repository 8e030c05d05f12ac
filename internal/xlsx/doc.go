// Package xlsx is workbooks as people pass them on: tables of texts, figures and dates.
// Charts, formulas and whatever else Excel can do are none of its business.
//
// Its one idea is that a cell is what it shows. Written, a text is text, whatever it looks
// like: an id keeps its zeros, “=1+1” is no formula, and no program that opens the workbook
// has anything to guess. What a spreadsheet would take for a formula once the table is
// saved as CSV is not known here, see report.Cell.
//
// It is here, and not a library, for what the libraries for all of Excel bring along: two
// milliseconds of every start, HTTP and TLS, and sheets that end where their damage begins.
// The tests hold it to what one of them, excelize, reads and writes.
//
// Numbers of sections are those of ECMA-376, of its Part 1 where no other is named.
package xlsx
