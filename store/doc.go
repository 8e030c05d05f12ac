// Package store keeps people, sessions and decisions in one file.
//
// # What it promises
//
// Each promise has a test of the name in brackets.
//
//   - Saved means saved. When [Store.Place], [Store.PlaceAll], [Store.SaveWalk], [Store.PutPeople],
//     [Store.PutSession], [Store.Merge] or [Store.Purge] return without an error, what they
//     wrote is committed and synced: killing the program or pulling the plug
//     afterwards does not take it away. [TestKilledProcessLosesNothing]
//   - All or nothing. What returns an error has changed nothing.
//     [TestFullDiskLosesNothing]
//   - Decisions are never changed; a correction is a new decision that supersedes the
//     old one. [TestCorrectionSupersedes] Nothing is deleted but by [Store.Purge], which
//     says who did it and why.
//   - What was purged is gone from every byte of the file, [TestPurgedTextIsGone] and
//     no packet brings it back. [TestPurgedNeverComesBack]
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
// # Keeping and forgetting
//
// A purge takes out what is too old to be kept, or a person and all that is about them.
// What stays of it is one record of who purged how much, when and why, and
//
//   - of each decision a tombstone: its id, its place in the chain of its origin, its
//     hash and that of the one before it, so that the chain can be proved without it;
//   - of each event its id;
//   - of a person a mark: a hash of their id, see markOf for how little that hides.
//
// These keep things out of this file. A purge is a matter of the file that it happens
// in: what others hold they purge themselves, and no packet deletes anything, or
// somebody could delete decisions by sending one. So for every file, whatever comes in
// which order and how often:
//
//	what it holds = the union of all that came in − what was purged in it
//
// What was purged are the decisions and events that were here and chosen, and all that
// is about a person who was purged, also what comes later; if they are added again,
// only what is from before that. [TestPurgedFileMergesInAnyOrder],
// [TestPurgingBeforeOrAfterAPacket] What is too old and was never here may come in
// still, and can be purged then.
//
// The tombstones of decisions travel with an export of everything, without who purged
// them and why. Whoever takes them in has the place of a decision held in its chain
// instead of a gap, until the decision arrives, if ever.
// [TestTombstonesMergeInAnyOrder], [TestTombstonesOfOthersDeleteNothing]
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
