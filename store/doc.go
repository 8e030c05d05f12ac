// Package store keeps people, sessions and decisions in one file.
//
// # What it promises
//
// Each promise has a test of the name in brackets.
//
//   - Saved means saved. When [Store.Place], [Store.PlaceAll], [Store.SaveWalk], [Store.PutPeople],
//     [Store.PutSession] or [Store.Merge] return without an error, what they
//     wrote is committed and synced: killing the program or pulling the plug
//     afterwards does not take it away. [TestKilledProcessLosesNothing]
//   - All or nothing. What returns an error has changed nothing.
//     [TestFullDiskLosesNothing]
//   - Decisions are never changed and never deleted. There is no function that
//     does either; a correction is a new decision that supersedes the old one.
//     [TestCorrectionSupersedes]
//   - The rubric is frozen. The file keeps a copy of every rubric that a decision
//     or a walk was made under. [TestRubricIsFrozen]
//   - Merging is a set union. The same packets in any order, any number of times,
//     give the same content, and nothing is lost. [TestMergeIsASetUnion]
//   - A changed or missing decision is noticed, and told apart from decisions that
//     never arrived and from a file that was copied and continued in two places.
//     [TestTampering]
//   - A damaged file is an error, not a crash. [TestDamageNeverPanics]
//   - What is readable of a damaged file can be saved: every record whose bytes are
//     intact, and nothing that was never written. [TestSalvageOfDamage]
//   - A backup is made once a day and when a session is finalised, and of these three
//     are kept. Restoring one proves it first and keeps what was there.
//     [TestBackupsRoll], [TestRestore]
//   - What is saved has a name: nothing is written to a file that was moved or deleted
//     while it was open. [TestFileThatVanishes]
//   - One writer at a time, and the second is told so within a second.
//     [TestSecondProcessIsTold]
//   - A file from a newer program is refused untouched; one from an older program
//     is migrated after a backup beside it. [TestNewerFileIsRefused],
//     [TestOlderFileIsMigratedAfterBackup]
//   - Nobody else may read it: folders that are made are 0700, files 0600.
//     [TestPermissions]
//
// A Store may be used by any number of goroutines. [TestConcurrentPlacing]
//
// # What it does not promise
//
// The chain of hashes (see chain.go) is not a signature. It shows accidents and
// careless edits, and any edit of decisions that somebody else has merged; who can
// write the file and takes the trouble can forge the whole of it. The file belongs on
// a local disk: locking and mapping are unreliable on network shares.
//
// # The file
//
// A bbolt file with the buckets that keys.go draws. Every record is JSON in a frame
// with a checksum (frame.go) and names its own key, so that what is left of a
// damaged file can be read back even when no page of it can be trusted.
package store
