package roster

// Limits of a roster. Each error names the one that was met.
const (
	MaxFile     = 32 << 20  // bytes of the file
	MaxUnpacked = 128 << 20 // bytes of all that is packed in a workbook
	MaxRows     = 50_000    // that are not blank
	MaxColumns  = 256
	MaxCells    = 4_000_000
	MaxCell     = 20_000   // bytes of a cell that is kept as it is; of others calibration.MaxNameBytes
	MaxExtra    = 64 << 10 // bytes of one person's columns that are kept as they are
)

// maxAbove is how many lines that are not blank may stand above the header.
const maxAbove = 25
