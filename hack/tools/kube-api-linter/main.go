// SPDX-License-Identifier: Apache-2.0

// Command kube-api-linter runs sigs.k8s.io/kube-api-linter as a plain
// multichecker, so that linting the API types needs neither golangci-lint nor a
// plugin build.
//
//	kube-api-linter CONFIG PACKAGE...
//
// CONFIG is a YAML file with the two parts of the linter's golangci-lint
// settings, linters and lintersConfig.
package main

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/multichecker"
	"sigs.k8s.io/kube-api-linter/pkg/analysis/registry"
	"sigs.k8s.io/kube-api-linter/pkg/config"
	_ "sigs.k8s.io/kube-api-linter/pkg/registration" // fills the default registry
	"sigs.k8s.io/yaml"
)

func main() {
	analyzers, err := configured(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "kube-api-linter:", err)
		os.Exit(2)
	}
	// multichecker reads the command line itself and knows nothing of CONFIG.
	os.Args = append(os.Args[:1], os.Args[2:]...)
	multichecker.Main(analyzers...)
}

// configured returns the analyzers that the configuration file named by the
// first argument enables.
func configured(args []string) ([]*analysis.Analyzer, error) {
	if len(args) < 2 {
		return nil, errors.New("usage: kube-api-linter CONFIG PACKAGE...")
	}
	content, err := os.ReadFile(args[0])
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	var settings config.GolangCIConfig
	if err := yaml.UnmarshalStrict(content, &settings); err != nil {
		return nil, fmt.Errorf("parsing %s: %w", args[0], err)
	}
	analyzers, err := registry.DefaultRegistry().InitializeLinters(settings.Linters, settings.LintersConfig)
	if err != nil {
		return nil, fmt.Errorf("setting up the linters of %s: %w", args[0], err)
	}
	return analyzers, nil
}
