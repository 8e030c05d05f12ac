// Package packet lets drafts travel: it writes what was taken out of one data file as
// one text file, by e-mail or on a stick, and reads it on the other side.
//
// # The format
//
// JSON, one line a record, UTF-8, each line ended by a line feed:
//
//	{"calibrate":"packet","schema":1,"made_at":"2026-03-02T14:03:05Z","by":"grace","rubrics":["sha256:…"],"count":{…},"sha256":"…"}
//	{"rubric":{"role":"Senior Platform Engineer",…}}
//	{"person":{"id":"0042","name":"Ada Lovelace",…}}
//	{"decision":{"id":"01J…","person":"0042",…}}
//	{"tombstone":{"id":"01H…","origin":"01H…","seq":7,…}}
//
// The first line says what is in the packet: who made it and when, the hashes of the
// rubrics that its decisions were made under, how many records of each kind there are,
// and a SHA-256. That is taken over the whole packet but for the member sha256 itself,
// so that anybody can prove it:
//
//	sed '1s/,"sha256":"[0-9a-f]*"//' drafts.calib | sha256sum
//
// A record is the very bytes that the data file keeps, from the colon to the last
// brace, since a decision's hash is taken over its bytes. That is why lines are taken
// apart and put together by hand: an encoder would lay the JSON out anew. It is also
// why a record may not hold a line break, which none of this program's does. A tombstone
// is the place of a decision that was purged; see [store.Batch].
//
// Of the formats a packet has the first that says all that it holds: format 2 where a
// session places people under several rubrics, which a program that knows only the first
// would not do, else format 1.
//
// A packet may be encrypted with age (age-encryption.org), to a passphrase or to the
// keys of those who shall read it; the stock age program opens it too. SSH keys are
// left out on purpose: they would bring in the whole of an SSH library.
//
// # What it promises
//
// Each promise has a test of the name in brackets.
//
//   - Records arrive byte for byte. [TestRoundTrip]
//   - A packet is read whole or not at all: one that was cut off, damaged, edited or
//     put together anew is refused, wherever that happened. [TestDamageIsRefused]
//   - So is one of a newer program, without guessing. [TestNewerPacketIsRefused]
//   - Any number of packets, in any order, more than once, come to the same data file.
//     [TestPacketsComeToTheSameFile]
//   - Reading is bounded, in bytes, lines and records, also of what is inside an
//     encrypted packet, and so is the work that a passphrase costs. [TestLimits]
//
// # What it does not promise
//
// The SHA-256 shows accidents and careless edits. It is no signature: who changes a
// packet on purpose can write a new one. What such a packet can do is bounded by the
// store, which proves each record on its own.
//
// Names in a packet and its errors are text from outside; a terminal gets them through
// internal/clean.
package packet
