package main

// canSuspend reports that there is no suspending here.
func canSuspend() bool { return false }
