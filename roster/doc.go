// Package roster brings in the list of people who are rated, as HR systems export it.
//
// Reading and planning are two steps, so that somebody can look in between:
//
//	file, err := roster.Read(in, roster.Options{}) // what the file says
//	plan := file.Plan(known)                       // what it means for the people there are
//	store.PutPeople(plan.People()...)              // all of it or nothing
//
// No step writes anything or knows of the store; the last one is the caller's.
//
// # What is read
//
// CSV with commas, semicolons, tabs or bars, in UTF-8, UTF-16 or Windows-1252, and Excel
// workbooks. Everything is text as it is shown: an id that a spreadsheet shows as 00042
// is 00042, a date is what stands in the cell. Lines above the header and totals below
// the last person are left out, and said. Sizes are bounded (limits.go), and the error
// names the bound.
//
// # What a column means
//
// [Field] is what a column can mean. Columns are found by the names that HR systems give
// them (aliases.go), without regard to case, accents, spaces and punctuation. Where two
// columns could mean one field the likelier name is taken and the other kept; where two
// bear the very same name and differ, nobody guesses: the error asks for [Options.Map].
// Columns without a field are kept in [calibration.Person.Extra] under their heading.
//
// # Who a row is about
//
// The person with the row's id, else with its e-mail, else with its name (match.go). Two
// people are never made one by a guess: what could be either is a [Bad] row with its line
// and what to do. A blank cell wipes nothing, an absent column touches nothing, so a file
// that was brought in twice changes nothing the second time.
package roster
