// SPDX-License-Identifier: Apache-2.0

// Command kube-api-linter runs sigs.k8s.io/kube-api-linter by itself, so that
// linting the API types needs neither golangci-lint nor a plugin build.
//
//	kube-api-linter CONFIG PACKAGE [PACKAGE]
//
// CONFIG is a YAML file with the two parts of the linter's golangci-lint
// settings, linters and lintersConfig, and a third one, exemptions. It exits
// with 1 if there are findings that no exemption covers, or exemptions that
// cover nothing.
package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
	"sigs.k8s.io/kube-api-linter/pkg/analysis/registry"
	"sigs.k8s.io/kube-api-linter/pkg/config"
	_ "sigs.k8s.io/kube-api-linter/pkg/registration" // fills the default registry
	"sigs.k8s.io/yaml"
)

// settings are the content of the configuration file. yaml.v3's "inline" has
// its counterpart in Go's embedding.
type settings struct {
	config.GolangCIConfig
	Exemptions []*exemption `json:"exemptions"`
}

// finding is what a linter reports about one place.
type finding struct {
	linter, position, message string
}

func main() {
	problems, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "kube-api-linter:", err)
		os.Exit(2)
	}
	for _, problem := range problems {
		fmt.Println(problem)
	}
	if len(problems) > 0 {
		os.Exit(1)
	}
}

// run lints and returns what is to be mended, a line each.
func run(args []string) ([]string, error) {
	if len(args) < 2 {
		return nil, errors.New("usage: kube-api-linter CONFIG PACKAGE [PACKAGE]")
	}
	content, err := os.ReadFile(args[0])
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	settings, err := parse(content)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", args[0], err)
	}
	analyzers, err := registry.DefaultRegistry().InitializeLinters(settings.Linters, settings.LintersConfig)
	if err != nil {
		return nil, fmt.Errorf("setting up the linters of %s: %w", args[0], err)
	}
	findings, err := analyze(analyzers, args[1:])
	if err != nil {
		return nil, err
	}
	return judge(findings, settings.Exemptions), nil
}

// parse reads the configuration and refuses what it does not know.
func parse(content []byte) (settings, error) {
	var s settings
	if err := yaml.UnmarshalStrict(content, &s); err != nil {
		return settings{}, err
	}
	for _, e := range s.Exemptions {
		if err := e.compile(); err != nil {
			return settings{}, err
		}
	}
	return s, nil
}

// analyze loads the packages and returns the linters' findings in the order of
// the sources.
func analyze(analyzers []*analysis.Analyzer, patterns []string) ([]finding, error) {
	loaded, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule}, patterns...)
	if err != nil {
		return nil, fmt.Errorf("loading %v: %w", patterns, err)
	}
	if packages.PrintErrors(loaded) > 0 {
		return nil, fmt.Errorf("%v does not compile", patterns)
	}
	graph, err := checker.Analyze(analyzers, loaded, nil)
	if err != nil {
		return nil, err
	}
	var findings []finding
	for _, action := range graph.Roots {
		if action.Err != nil {
			return nil, fmt.Errorf("running %s on %s: %w", action.Analyzer, action.Package, action.Err)
		}
		for _, diagnostic := range action.Diagnostics {
			findings = append(findings, finding{
				linter:   action.Analyzer.Name,
				position: action.Package.Fset.Position(diagnostic.Pos).String(),
				message:  diagnostic.Message,
			})
		}
	}
	slices.SortStableFunc(findings, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.position, b.position), cmp.Compare(a.linter, b.linter))
	})
	return findings, nil
}
