// SPDX-License-Identifier: Apache-2.0

package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
)

// clockless are the packages that are told the time and never read it.
var clockless = []string{
	"internal/civil", "internal/money", "internal/decision", "internal/rollup",
	"internal/plan", "internal/translate", "internal/figures", "internal/population", "controllers",
}

// assembly puts the controllers together. It hands them the real clock where no
// other is given, and may wait by it, but does not read it either.
const assembly = "controllers"

// clockReaders are the names by which a clock is read, by import path.
var clockReaders = map[string][]string{
	"time":                                 {"Now", "Since", "Until"},
	"k8s.io/apimachinery/pkg/apis/meta/v1": {"Now", "NowMicro"},
}

// clockUsers are these and the names by which one waits, or gets hold of a clock
// that nobody injected.
var clockUsers = map[string][]string{
	"time":                                 append([]string{"Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}, clockReaders["time"]...),
	"k8s.io/apimachinery/pkg/apis/meta/v1": clockReaders["k8s.io/apimachinery/pkg/apis/meta/v1"],
	"k8s.io/utils/clock":                   {"RealClock"},
}

// machineReaders are names of harmless packages that depend on the machine.
var machineReaders = map[string][]string{
	"time": {"LoadLocation", "Local"}, // the machine's own zone files; civil has pinned ones
}

// CheckSources parses the packages' files and applies the rules that the import
// graph does not show.
func CheckSources(packages []Package) ([]Violation, error) {
	var found []Violation
	for _, p := range packages {
		files := token.NewFileSet()
		var parsed []*ast.File
		for _, name := range p.Files {
			file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
			if err != nil {
				return nil, fmt.Errorf("reading the sources of %s: %w", p.Path, err)
			}
			parsed = append(parsed, file)
		}
		found = append(found, checkFiles(p.Path, files, parsed)...)
	}
	return found, nil
}

func checkFiles(packagePath string, files *token.FileSet, parsed []*ast.File) []Violation {
	var found []Violation
	report := func(node ast.Node, what string) {
		position := files.Position(node.Pos())
		found = append(found, Violation{
			Where: fmt.Sprintf("%s/%s:%d", packagePath, path.Base(position.Filename), position.Line),
			What:  what,
		})
	}
	_, isCore := core[packagePath]
	variables := packageVariables(parsed)
	for _, file := range parsed {
		if within(packagePath, clockless...) {
			names := clockUsers
			if packagePath == assembly {
				names = clockReaders
			}
			findUses(file, names, func(node ast.Node, name string) {
				report(node, "uses "+name+"; the clock is injected and read once a reconcile: take the instant as a parameter")
			})
		}
		if isCore {
			findUses(file, machineReaders, func(node ast.Node, name string) {
				report(node, "uses "+name+", which differs from machine to machine: use internal/civil's zones")
			})
			findChangingVariables(file, variables, func(node ast.Node, name string) {
				report(node, "changes or shares the package variable "+name+"; the core holds no changing state")
			})
		}
		if within(packagePath, "controllers") {
			findWrites(file, func(node ast.Node, name string) {
				report(node, "calls "+name+"; only internal/shell writes: hand it the object")
			})
		}
	}
	return found
}

// findUses reports every use, called or not, of the given names, whatever name
// their package is imported under.
func findUses(file *ast.File, names map[string][]string, report func(ast.Node, string)) {
	imported := map[string]string{} // local name to import path
	for _, spec := range file.Imports {
		importPath, err := strconv.Unquote(spec.Path.Value)
		if err != nil || names[importPath] == nil {
			continue
		}
		switch {
		case spec.Name == nil:
			imported[defaultName(importPath)] = importPath
		case spec.Name.Name == ".":
			report(spec, "a dot import of "+importPath)
		default:
			imported[spec.Name.Name] = importPath
		}
	}
	ast.Inspect(file, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if qualifier, ok := selector.X.(*ast.Ident); ok &&
			slices.Contains(names[imported[qualifier.Name]], selector.Sel.Name) {
			report(selector, qualifier.Name+"."+selector.Sel.Name)
		}
		return true
	})
}

// defaultName is the package name of an import path: its last element, or the
// one before a version.
func defaultName(importPath string) string {
	base := path.Base(importPath)
	if importPath == "k8s.io/apimachinery/pkg/apis/meta/v1" {
		return "v1" // the package really has that name
	}
	return base
}

// packageVariables returns the names of the variables at package level.
func packageVariables(parsed []*ast.File) []string {
	var names []string
	for _, file := range parsed {
		for _, declaration := range file.Decls {
			general, ok := declaration.(*ast.GenDecl)
			if !ok || general.Tok != token.VAR {
				continue
			}
			for _, spec := range general.Specs {
				for _, name := range spec.(*ast.ValueSpec).Names {
					if name.Name != "_" {
						names = append(names, name.Name)
					}
				}
			}
		}
	}
	return names
}

// findChangingVariables reports assignments to package variables, and taking
// their addresses, by which they could be changed elsewhere. A function that
// declares a local of the same name is taken to mean the local.
func findChangingVariables(file *ast.File, variables []string, report func(ast.Node, string)) {
	for _, declaration := range file.Decls {
		function, ok := declaration.(*ast.FuncDecl)
		if !ok || function.Body == nil {
			continue
		}
		locals := localNames(function)
		check := func(node ast.Node, target ast.Expr) {
			name := root(target)
			if slices.Contains(variables, name) && !slices.Contains(locals, name) {
				report(node, name)
			}
		}
		ast.Inspect(function.Body, func(node ast.Node) bool {
			switch statement := node.(type) {
			case *ast.AssignStmt:
				if statement.Tok != token.DEFINE {
					for _, target := range statement.Lhs {
						check(statement, target)
					}
				}
			case *ast.IncDecStmt:
				check(statement, statement.X)
			case *ast.UnaryExpr:
				if statement.Op == token.AND {
					check(statement, statement.X)
				}
			}
			return true
		})
	}
}

// root returns the name of the variable that an expression such as
// x.y[i].z or *x reaches into.
func root(expression ast.Expr) string {
	switch e := expression.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return root(e.X)
	case *ast.IndexExpr:
		return root(e.X)
	case *ast.StarExpr:
		return root(e.X)
	case *ast.ParenExpr:
		return root(e.X)
	}
	return ""
}

// localNames returns every name that a function declares.
func localNames(function *ast.FuncDecl) []string {
	var names []string
	ast.Inspect(function, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.Field:
			for _, name := range n.Names {
				names = append(names, name.Name)
			}
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				for _, target := range n.Lhs {
					names = append(names, root(target))
				}
			}
		case *ast.RangeStmt:
			if n.Tok == token.DEFINE {
				names = append(names, root(n.Key), root(n.Value))
			}
		case *ast.ValueSpec:
			for _, name := range n.Names {
				names = append(names, name.Name)
			}
		}
		return true
	})
	return names
}

// writeVerbs are the methods by which a Kubernetes client writes.
var writeVerbs = []string{"Create", "Update", "UpdateStatus", "Patch", "Apply", "ApplyStatus", "Delete", "DeleteAllOf", "DeleteCollection"}

// findWrites reports calls of a writing method whose first argument is a
// context: that is what a client's methods look like, and a queue's or a map's
// do not.
func findWrites(file *ast.File, report func(ast.Node, string)) {
	ast.Inspect(file, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok || len(call.Args) < 2 {
			return true
		}
		method, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || !slices.Contains(writeVerbs, method.Sel.Name) || !looksLikeContext(call.Args[0]) {
			return true
		}
		receiver := root(method.X)
		if receiver == "" {
			receiver = "(…)"
		}
		if receiver != "shell" {
			report(call, receiver+"."+method.Sel.Name)
		}
		return true
	})
}

func looksLikeContext(argument ast.Expr) bool {
	name := ""
	switch a := argument.(type) {
	case *ast.Ident:
		name = a.Name
	case *ast.CallExpr:
		if selector, ok := a.Fun.(*ast.SelectorExpr); ok {
			name = root(selector.X) + selector.Sel.Name
		}
	}
	return strings.Contains(strings.ToLower(name), "ctx") || strings.Contains(strings.ToLower(name), "context")
}
