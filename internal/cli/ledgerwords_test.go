// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/ledger"
)

// TestEveryProblemOfALedgerIsSaid looks through the sources for what may be wrong
// with a ledger: each has a sentence that takes as many arguments as it is given.
func TestEveryProblemOfALedgerIsSaid(t *testing.T) {
	codes, uses := problemsInSources(t)
	uses["KeyOpen"] = append(uses["KeyOpen"], 1) // the command looks at the file's mode itself
	if len(codes) < 50 || len(uses) < 50 {
		t.Fatalf("%d codes and %d uses found", len(codes), len(uses))
	}
	for name, code := range codes {
		if _, said := problemWords[code]; !said {
			t.Errorf("%s has no sentence", name)
		}
		if _, used := uses[name]; !used {
			t.Errorf("%s is never used", name)
		}
	}
	verb := regexp.MustCompile(`%(\[\d+\])?[a-z]`)
	for name, counts := range uses {
		sentence := wording.English.Say(problemWords[codes[name]])
		for _, count := range counts {
			if want := len(verb.FindAllString(sentence, -1)); count != want {
				t.Errorf("%s is used with %d arguments, its sentence takes %d: %s", name, count, want, sentence)
			}
		}
	}
}

// problemsInSources are the codes of package ledger by their names, and with how
// many arguments each is used.
func problemsInSources(t *testing.T) (codes map[string]ledger.Code, uses map[string][]int) {
	t.Helper()
	codes, uses = map[string]ledger.Code{}, map[string][]int{}
	files, err := filepath.Glob("../ledger/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.ValueSpec:
				if kind, ok := x.Type.(*ast.Ident); ok && kind.Name == "Code" {
					codes[x.Names[0].Name] = ledger.Code(strings.Trim(x.Values[0].(*ast.BasicLit).Value, `"`))
				}
			case *ast.CallExpr:
				if called, ok := x.Fun.(*ast.Ident); ok && called.Name == "fault" {
					use(uses, x.Args[0], len(x.Args)-1)
				}
				if called, ok := x.Fun.(*ast.SelectorExpr); ok && called.Sel.Name == "Refuse" {
					use(uses, x.Args[1], len(x.Args)-2)
				}
			case *ast.CompositeLit:
				literal(uses, x)
			}
			return true
		})
	}
	return codes, uses
}

func use(uses map[string][]int, code ast.Expr, args int) {
	if name, ok := code.(*ast.Ident); ok && name.Name != "code" {
		uses[name.Name] = append(uses[name.Name], args)
	}
}

// literal looks at Problem{Code: X, Args: []any{…}}.
func literal(uses map[string][]int, x *ast.CompositeLit) {
	args := 0
	var code ast.Expr
	for _, e := range x.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return
		}
		switch key, _ := pair.Key.(*ast.Ident); {
		case key == nil:
			return
		case key.Name == "Code":
			code = pair.Value
		case key.Name == "Args":
			if list, ok := pair.Value.(*ast.CompositeLit); ok {
				args = len(list.Elts)
			}
		}
	}
	if code != nil {
		use(uses, code, args)
	}
}
