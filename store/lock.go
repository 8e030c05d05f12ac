package store

import (
	"errors"
	"os"

	"go.etcd.io/bbolt"
)

// openNamed opens and locks the file that has the name when the lock is there. While
// one waited for it, another program may have put a new file in its place, and what
// one wrote into the old one would be lost.
func openNamed(path string, o Options) (*bbolt.DB, *os.File, error) {
	for {
		db, f, err := openBolt(path, o)
		if err != nil {
			return nil, nil, err
		}
		locked, err := f.Stat()
		var named os.FileInfo
		if err == nil {
			named, err = os.Stat(path)
		}
		if err == nil && os.SameFile(locked, named) {
			return db, f, nil
		}
		if err = errors.Join(err, db.Close()); err != nil {
			return nil, nil, err
		}
	}
}
