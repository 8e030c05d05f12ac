// Hello is the least that a Go program can do: the baseline of commands that only print.
package main

import "fmt"

func main() { fmt.Println("hello") }
