// SPDX-License-Identifier: Apache-2.0

package archtest

import (
	"fmt"
	"slices"
	"strings"
)

// layers orders the module from the innermost packages outwards. A package may
// import those of its own layer and of the layers before it. A package that no
// entry covers has no place yet, and an entry that covers no package names one
// that is gone: both are reported, so that a package cannot leave the rules by
// being renamed.
var layers = [][]string{
	{"internal/civil", "internal/money", "internal/formula", "config/crd"},
	{"internal/decision", "api", "config"},
	{"internal/rollup", "internal/plan", "internal/conditions", "internal/ledger"},
	{"internal/translate"},
	{"internal/figures"},
	{"internal/shell", "internal/metrics", "internal/controlplane", "internal/report"},
	{"internal/cli", "controllers", "internal/population"},
	{"internal/rehearsal"},
	{"cmd"},
	{"test", "hack", "internal/archtest"},
}

// core are the packages that judge, each with those of the module that it may
// import. Besides these they import the standard library alone.
var core = map[string][]string{
	"internal/civil":    nil,
	"internal/money":    nil,
	"internal/formula":  nil,
	"internal/decision": {"internal/civil", "internal/money"},
	"internal/rollup":   {"internal/decision", "internal/civil", "internal/money"},
}

// outside are the packages of the standard library by which the surroundings
// could reach a judgment: the clock is looked for in the sources, the rest here.
var outside = []string{
	"os", "io/fs", "io/ioutil", "path/filepath", "syscall", "net", "runtime", "plugin",
	"log", "expvar", "flag", "database",
	"math/rand", "crypto/rand", "hash/maphash", "unsafe",
	"sync", // a judgment shares nothing
}

// coreTestLibraries are what tests of the core may import besides the standard
// library and the core.
var coreTestLibraries = []string{"github.com/google/go-cmp/cmp", "pgregory.net/rapid"}

// apiLibraries are what the API types may import: apimachinery, and what the
// generated apply configurations need.
var (
	apiLibraries          = []string{"k8s.io/apimachinery"}
	applyConfigurations   = "api/v1alpha1/applyconfiguration"
	applyConfigurationLib = []string{"k8s.io/apimachinery", "k8s.io/client-go/applyconfigurations", "sigs.k8s.io/structured-merge-diff/v6"}
)

// celLibraries are the expression language. Only internal/plan speaks it.
var celLibraries = []string{
	"github.com/google/cel-go", "cel.dev/cel-go", "cel.dev/expr",
	"k8s.io/apiserver/pkg/cel", "google.golang.org/genproto/googleapis/api/expr",
}

// CheckImports applies every rule about who imports whom.
func CheckImports(packages []Package) []Violation {
	var found []Violation
	for _, p := range packages {
		for _, rule := range []func(Package) []string{
			placeInLayers, coreImports, coreTestImports, apiImports, controllerImports, expressionImports, vocabularies,
		} {
			for _, what := range rule(p) {
				found = append(found, Violation{Where: p.Path, What: what})
			}
		}
	}
	return found
}

// CheckPresence reports the packages that the rules name and that do not exist.
func CheckPresence(packages []Package) []Violation {
	var found []Violation
	for _, layer := range layers {
		for _, name := range layer {
			if !slices.ContainsFunc(packages, func(p Package) bool { return within(p.Path, name) }) {
				found = append(found, Violation{Where: name, What: "the rules name this package, and it does not exist: " +
					"if it was renamed, rename it in internal/archtest too"})
			}
		}
	}
	return found
}

// layerOf returns the index of the package's layer, or -1.
func layerOf(path string) int {
	return slices.IndexFunc(layers, func(names []string) bool { return within(path, names...) })
}

// placeInLayers: dependencies point one way.
func placeInLayers(p Package) []string {
	own := layerOf(p.Path)
	if own < 0 {
		return []string{"has no place in the layers of internal/archtest: give it one"}
	}
	var found []string
	for _, imported := range p.Imports {
		if layerOf(imported) > own {
			found = append(found, fmt.Sprintf("imports %s, which is of an outer layer", imported))
		}
	}
	return found
}

// coreImports: the core imports the standard library and itself downward, and
// nothing through which the surroundings could reach a judgment.
func coreImports(p Package) []string {
	allowed, isCore := core[p.Path]
	if !isCore {
		return nil
	}
	var found []string
	for _, imported := range p.Imports {
		switch {
		case slices.Contains(allowed, imported):
		case !isStandard(imported):
			found = append(found, fmt.Sprintf("imports %s; the core imports the standard library and, here, %v", imported, allowed))
		case within(imported, outside...):
			found = append(found, fmt.Sprintf("imports %s; the core reads no clock, environment, random source, file or log: pass the value in", imported))
		}
	}
	return found
}

// coreTestImports: what tests the core must not lean on what is built on it.
func coreTestImports(p Package) []string {
	if _, isCore := core[p.Path]; !isCore {
		return nil
	}
	var found []string
	for _, imported := range p.TestImports {
		_, ofCore := core[imported]
		if !ofCore && !isStandard(imported) && !within(imported, coreTestLibraries...) {
			found = append(found, fmt.Sprintf("its tests import %s; tests of the core use the core and %v", imported, coreTestLibraries))
		}
	}
	return found
}

// apiImports: whoever uses our types gets apimachinery with them and no more.
func apiImports(p Package) []string {
	if !within(p.Path, "api") {
		return nil
	}
	libraries := apiLibraries
	if within(p.Path, applyConfigurations) {
		libraries = applyConfigurationLib
	}
	var found []string
	for _, imported := range p.Imports {
		if !isStandard(imported) && !within(imported, libraries...) && !within(imported, "api") {
			found = append(found, fmt.Sprintf("imports %s; here only %v and api itself are allowed", imported, libraries))
		}
	}
	return found
}

// controllerImports: controllers meet through the API, never in memory. The
// package controllers itself lists them all.
func controllerImports(p Package) []string {
	own, isController := controllerOf(p.Path)
	if !isController {
		return nil
	}
	var found []string
	for _, imported := range append(slices.Clone(p.Imports), p.TestImports...) {
		if other, ok := controllerOf(imported); ok && other != own {
			found = append(found, fmt.Sprintf("imports the controller %s; controllers meet through the API", imported))
		}
	}
	return found
}

// controllerOf turns controllers/family/x into family.
func controllerOf(path string) (string, bool) {
	rest, ok := strings.CutPrefix(path, "controllers/")
	name, _, _ := strings.Cut(rest, "/")
	return name, ok
}

// expressionImports: CEL lives in internal/plan and nowhere else, but for the test
// of expressions that Flux evaluates.
func expressionImports(p Package) []string {
	if within(p.Path, "internal/plan", "test/gitops") {
		return nil
	}
	var found []string
	for _, imported := range append(slices.Clone(p.Imports), p.TestImports...) {
		if within(imported, celLibraries...) {
			found = append(found, fmt.Sprintf("imports %s; only internal/plan speaks CEL: ask it for a predicate", imported))
		}
	}
	return found
}

// vocabularies: only internal/translate knows both the API's words and the
// core's.
func vocabularies(p Package) []string {
	if within(p.Path, "internal/translate", "api") {
		return nil
	}
	knowsAPI := slices.ContainsFunc(p.Imports, func(path string) bool { return within(path, "api") })
	knowsCore := slices.Contains(p.Imports, "internal/decision")
	if knowsAPI && knowsCore {
		return []string{"imports both api and internal/decision; only internal/translate knows both: let it translate"}
	}
	return nil
}

// isStandard says whether an import path is of the standard library, whose first
// element has no dot, unlike another module's. Those of this module are told
// apart by their place in the layers.
func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") && layerOf(path) < 0
}
