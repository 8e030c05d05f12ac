package cli_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// printers are the functions that may hand a writer text that is not cleaned on the
// spot, and why it is clean or none of a terminal's business all the same.
var printers = map[string]string{
	"show":               "arrival.text cleans each line",
	"newConfigInit":      "the template, which is ours",
	"config":             "settingsTemplate cleans what the settings say",
	"purge":              "counts, and an id that was just made",
	"writeStays":         "each path is cleaned as it is added",
	"newRubricDiff":      "difference cleans each line",
	"writeAirtimeGroups": "times",
	"showSession":        "each part is cleaned or a table",
	"sweep":              "each part is cleaned or a table",
	"writeRecord":        "JSON, escaped by encodeJSON",
	"writeDocument":      "JSON, escaped by encodeJSON",
	"writeRubric":        "JSON and YAML are escaped, showRubric cleans each line",
	"write":              "of tables, whose cells are cleaned as they are added; of progress, whose words are ours",
	"log":                "entry cleans each line",
	"writeAgreement":     "the head is cleaned, the rest are counts",
	"writeList":          "counts",
	"place":              "an id that was just made",
	"newRubricNew":       "the skeleton, which is ours",
	"newRubricSchema":    "the schema, which is ours",
	"fillTemplate":       "the owner's template, to the byte; not on a terminal, see forFiles",
	"completeQuoted":     "cobra's script, with our changes",
	"Write":              "stickyWriter passes on what others print",
}

// No command prints text by itself without cleaning it: whatever is handed to a writer is
// a constant, or comes out of package clean in the same expression, or is written by one
// of the few that are named above.
func TestEverythingPrintedIsCleaned(t *testing.T) {
	used := map[string]bool{}
	eachSource(t, ".", func(path string, file *ast.File, at func(ast.Node) string) {
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || allClean(printed(call)) {
					return true
				}
				if used[f.Name.Name] = true; printers[f.Name.Name] == "" {
					t.Errorf("%s: %s prints what package clean has not seen; use s.say, a table, clean.Line or clean.Text", at(call), f.Name.Name)
				}
				return true
			})
		}
	})
	for name := range printers {
		if !used[name] {
			t.Errorf("%s prints nothing of the kind any more; take it off the list", name)
		}
	}
}

// printed is what a call hands to a writer that is no buffer of ours.
func printed(call *ast.CallExpr) []ast.Expr {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return nil
	}
	pkg, _ := f.X.(*ast.Ident)
	switch {
	case f.Sel.Name == "Write" && len(call.Args) == 1: // demo.Write takes more, and prints nothing
		return call.Args
	case pkg != nil && (pkg.Name == "fmt" && strings.HasPrefix(f.Sel.Name, "Fprint") || pkg.Name == "io" && f.Sel.Name == "WriteString"):
		if _, buffer := call.Args[0].(*ast.UnaryExpr); !buffer { // &b
			return call.Args[1:]
		}
	}
	return nil
}

func allClean(args []ast.Expr) bool {
	return !slices.ContainsFunc(args, func(e ast.Expr) bool { return !isClean(e) })
}

func isClean(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return true
	case *ast.BinaryExpr:
		return isClean(e.X) && isClean(e.Y)
	case *ast.CallExpr:
		f, ok := e.Fun.(*ast.SelectorExpr)
		if !ok {
			return false
		}
		pkg, ok := f.X.(*ast.Ident)
		return ok && pkg.Name == "clean"
	}
	return false
}

// Below the commands nobody prints: screens draw, the dialogue has its paper, and the
// rest return what they have to say. Only main knows the process's own outputs.
func TestNobodyPrintsPastTheCommands(t *testing.T) {
	forbidden := []string{"fmt.Print", "fmt.Printf", "fmt.Println", "os.Stdout", "os.Stderr", "log.Print", "log.Printf", "log.Println", "log.Fatal", "log.Fatalf", "tea.Println", "tea.Printf", "tea.SetWindowTitle"}
	for _, dir := range []string{".", "../calibration", "../demo", "../plain", "../report", "../roster", "../rubric", "../store", "../tui", "../internal/clean", "../internal/charset", "../internal/lines", "../internal/terminal"} {
		eachSource(t, dir, func(path string, file *ast.File, at func(ast.Node) string) {
			ast.Inspect(file, func(n ast.Node) bool {
				s, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if pkg, ok := s.X.(*ast.Ident); ok && pkg.Obj == nil && slices.Contains(forbidden, pkg.Name+"."+s.Sel.Name) {
					t.Errorf("%s: %s.%s writes past package clean", at(s), pkg.Name, s.Sel.Name)
				}
				return true
			})
		})
	}
}

// eachSource reads the files of a package, tests apart.
func eachSource(t *testing.T, dir string, look func(path string, file *ast.File, at func(ast.Node) string)) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s: %v, %v", dir, fs.ErrNotExist, err)
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		look(path, file, func(n ast.Node) string { return set.Position(n.Pos()).String() })
	}
}
