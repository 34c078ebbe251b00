// SPDX-License-Identifier: Apache-2.0

// Package policytest runs policy tests: files in which a policy office states
// families and what a plan should conclude about them.
package policytest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"reflect"

	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/wording"
)

// Test is one PolicyTest document.
type Test struct {
	Name  string
	Place manifest.Place
	Cases []Case

	shared   []client.Object
	defaults defaults
}

// Case is one family, or a few objects, with what should be concluded.
type Case struct {
	Name  string
	Place manifest.Place

	asOf, knownAt civil.Day // zero: today; everything
	household     map[string]any
	objects       []map[string]any
	expect        []expectation
	// fault says why the case cannot be run; the others can.
	fault error
}

// expectation is what should be concluded about one object.
type expectation struct {
	kind, namespace, name string
	status                map[string]any
}

// The form of a document.
type (
	document struct {
		APIVersion string         `json:"apiVersion"`
		Kind       string         `json:"kind"`
		Metadata   metadata       `json:"metadata"`
		Objects    []any          `json:"objects"`
		Defaults   defaults       `json:"defaults"`
		Cases      []caseDocument `json:"cases"`
	}
	metadata struct {
		Name        string            `json:"name"`
		Labels      map[string]string `json:"labels"`
		Annotations map[string]string `json:"annotations"`
	}
	defaults struct {
		Household map[string]any `json:"household"`
		Survey    map[string]any `json:"survey"`
	}
	caseDocument struct {
		Name      string           `json:"name"`
		AsOf      string           `json:"asOf"`
		KnownAt   string           `json:"knownAt"`
		Household map[string]any   `json:"household"`
		Objects   []map[string]any `json:"objects"`
		Expect    any              `json:"expect"`
	}
	expectDocument struct {
		Kind      string         `json:"kind"`
		Namespace string         `json:"namespace"`
		Name      string         `json:"name"`
		Status    map[string]any `json:"status"`
	}
)

// Loaded is what a load found.
type Loaded struct {
	Tests []*Test
	// Passed are documents of files with policy tests that are none themselves and
	// were passed over.
	Passed []manifest.Document
}

// Load reads the policy tests of files and folders. A file without one is passed
// over in a folder and refused where it is named.
func Load(ctx context.Context, paths []string, stdin io.Reader) (Loaded, error) {
	files, err := manifest.Files(paths)
	if err != nil {
		return Loaded{}, err
	}
	var loaded Loaded
	var faults []error
	for _, file := range files {
		tests, passed, err := loadFile(ctx, file, stdin)
		switch {
		case err != nil:
			faults = append(faults, err)
		case len(tests) > 0:
			loaded.Tests = append(loaded.Tests, tests...)
			loaded.Passed = append(loaded.Passed, passed...)
		case !file.InFolder:
			faults = append(faults, wording.Fault(wording.NoTestInFile, file.Path))
		}
	}
	if len(faults) == 0 && len(loaded.Tests) == 0 {
		faults = append(faults, wording.Fault(wording.NoTestAtAll))
	}
	return loaded, errors.Join(faults...)
}

func loadFile(ctx context.Context, file manifest.File, stdin io.Reader) (tests []*Test, passed []manifest.Document, err error) {
	var faults []error
	err = manifest.Open(file, stdin, func(c manifest.Chunk) error {
		documents, err := manifest.Parse(c)
		if err != nil {
			faults = append(faults, err)
		}
		for _, d := range documents {
			if belongs, err := d.Belongs(); err != nil || belongs != manifest.Test {
				passed = append(passed, d) // judged where it is read as a manifest
				continue
			}
			test, err := loadTest(ctx, d, filepath.Dir(file.Path))
			if err != nil {
				faults = append(faults, err)
				continue
			}
			tests = append(tests, test)
		}
		return nil
	})
	return tests, passed, errors.Join(append(faults, err)...)
}

// loadTest reads one document. Faults of a single case stay with the case.
func loadTest(ctx context.Context, d manifest.Document, folder string) (*Test, error) {
	if err := manifest.Shape(d.Value, reflect.TypeFor[document](), ""); err != nil {
		return nil, d.Faults(err)
	}
	var doc document
	if err := d.Into(&doc); err != nil {
		return nil, err
	}
	test := &Test{Name: doc.Metadata.Name, Place: d.Place, defaults: doc.Defaults}
	if test.Name == "" {
		return nil, d.Faults(wording.Fault(wording.TestWithoutName))
	}
	var err error
	if test.shared, err = sharedObjects(ctx, d, doc.Objects, folder); err != nil {
		return nil, err
	}
	if err := givenTwice(test.shared); err != nil {
		return nil, d.Faults(err)
	}
	for i := range doc.Cases {
		if c := &doc.Cases[i]; c.Household == nil && doc.Defaults.Household != nil && isMap(c.Expect) {
			c.Household = map[string]any{} // the defaults alone
		}
		test.Cases = append(test.Cases, loadCase(d.Place, i, &doc.Cases[i]))
	}
	return test, nil
}

func isMap(value any) bool {
	_, ok := value.(map[string]any)
	return ok
}

// sharedObjects reads the objects that every case has: files and folders, or
// inline manifests.
func sharedObjects(ctx context.Context, d manifest.Document, listed []any, folder string) ([]client.Object, error) {
	var objects []client.Object
	var faults []error
	for i, item := range listed {
		at := fmt.Sprintf("objects[%d]", i)
		switch o := item.(type) {
		case string:
			path := o
			if !filepath.IsAbs(path) {
				path = filepath.Join(folder, path)
			}
			source := manifest.Source{Paths: []string{path}}
			_, err := source.Read(ctx, func(_ manifest.Document, object client.Object) error {
				objects = append(objects, object)
				return nil
			})
			if err != nil {
				faults = append(faults, err)
			}
		case map[string]any:
			place := d.Place
			place.Within = at
			object, err := readObject(ctx, place, o, "")
			if err != nil {
				faults = append(faults, err)
				continue
			}
			objects = append(objects, object)
		default:
			faults = append(faults, d.Faults(wording.Fault(wording.ObjectNeither, at)))
		}
	}
	return objects, errors.Join(faults...)
}

// readObject reads an inline manifest. No apiVersion means the project's.
func readObject(ctx context.Context, place manifest.Place, value map[string]any, namespace string) (client.Object, error) {
	value = clone(value)
	if value["apiVersion"] == nil {
		value["apiVersion"] = apiVersion
	}
	d := manifest.NewDocument(place, value)
	belongs, err := d.Belongs()
	switch {
	case err != nil:
		return nil, err
	case belongs != manifest.Resource:
		return nil, wording.Fault(wording.NoObjectOfOurs, d, d.APIVersion, d.Kind)
	}
	return manifest.Reading{Namespace: namespace}.Object(ctx, &d)
}

// clone copies a tree of plain values, so that a change of the copy is none of
// the original.
func clone(value map[string]any) map[string]any {
	text, err := json.Marshal(value)
	if err != nil {
		return value // it came out of JSON, so that it goes back in
	}
	var copied map[string]any
	if err := manifest.Plain(text, &copied); err != nil {
		return value
	}
	return copied
}
