package packet

// MaxBytes is how large a packet may be; some 300,000 decisions fit. Its file may be
// larger by half, for encryption and armour add to it.
const (
	MaxBytes = 256 << 20
	MaxFile  = MaxBytes / 2 * 3
)

// MaxKeys is how many bytes a file of public or secret keys may have.
const MaxKeys = 1 << 20

// limits bound what is read and written.
type limits struct {
	bytes   int64 // of the whole packet, once it is decrypted
	header  int   // bytes of the first line
	line    int   // bytes of any other line
	records int
	work    int // binary logarithm of the rounds of scrypt that a passphrase may cost
}

// standard are the limits of every packet. A line is long enough for the largest record
// that a data file keeps; a million records are far more than fit, and bound what is
// kept beside their bytes; 2^20 rounds of scrypt take a GiB of memory and some seconds,
// four times what age asks for.
func standard() limits {
	return limits{bytes: MaxBytes, header: 1 << 20, line: 17 << 20, records: 1_000_000, work: 20}
}

// file is how many bytes a packet's file may have.
func (l limits) file(data []byte) int64 {
	if encrypted(data) {
		return l.bytes / 2 * 3
	}
	return l.bytes
}
