package store

import (
	"runtime"
	"sync"
)

// inParallel does n pieces of work that do not depend on each other, on all processors.
// The error is that of the first piece, in their order, that failed, and i says which.
func inParallel(n int, do func(i int) error) (i int, err error) {
	const piece = 256 // less is not worth a goroutine
	errs := make([]error, n)
	var group sync.WaitGroup
	ahead := make(chan struct{}, runtime.GOMAXPROCS(0))
	for from := 0; from < n; from += piece {
		ahead <- struct{}{}
		group.Go(func() {
			for i := from; i < min(from+piece, n); i++ {
				errs[i] = do(i)
			}
			<-ahead
		})
	}
	group.Wait()
	for i, err := range errs {
		if err != nil {
			return i, err
		}
	}
	return n, nil
}
