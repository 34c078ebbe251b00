// SPDX-License-Identifier: Apache-2.0

// Package admission carries the ValidatingAdmissionPolicies that decide who may
// sign what, and turns them into the form that an API server reads from its own
// disk.
package admission

import (
	"bufio"
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	yamlstream "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// StaticSuffix ends the names of policies and bindings that come from files. The
// API server reserves it for them.
const StaticSuffix = ".static.k8s.io"

//go:embed *.yaml
var files embed.FS

// Manifests returns the policies and their bindings, policy before binding, in
// the order of their files' names.
func Manifests() ([]*unstructured.Unstructured, error) {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var all []*unstructured.Unstructured
	for _, entry := range entries {
		if entry.Name() == "kustomization.yaml" {
			continue
		}
		content, err := files.ReadFile(entry.Name())
		if err != nil {
			return nil, err
		}
		objects, err := decode(content)
		if err != nil {
			return nil, fmt.Errorf("reading config/admission/%s: %w", entry.Name(), err)
		}
		all = append(all, objects...)
	}
	return all, nil
}

func decode(content []byte) ([]*unstructured.Unstructured, error) {
	var objects []*unstructured.Unstructured
	for documents := yamlstream.NewYAMLReader(bufio.NewReader(bytes.NewReader(content))); ; {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return objects, nil
		}
		if err != nil {
			return nil, err
		}
		object := &unstructured.Unstructured{}
		if err := yaml.UnmarshalStrict(document, &object.Object); err != nil {
			return nil, err
		}
		objects = append(objects, object)
	}
}

// Static returns the same policies and bindings as one file for an API server's
// static manifests (feature ManifestBasedAdmissionControlConfig), which nobody
// can delete through the API.
func Static() ([]byte, error) {
	objects, err := Manifests()
	if err != nil {
		return nil, err
	}
	var file bytes.Buffer
	file.WriteString("# SPDX-License-Identifier: Apache-2.0\n\n" +
		"# Generated from the policies in the folder above; do not edit (docs/security.md).\n")
	for i, object := range objects {
		object.SetName(object.GetName() + StaticSuffix)
		if policy, bound, _ := unstructured.NestedString(object.Object, "spec", "policyName"); bound {
			if err := unstructured.SetNestedField(object.Object, policy+StaticSuffix, "spec", "policyName"); err != nil {
				return nil, err
			}
		}
		document, err := yaml.Marshal(object.Object)
		if err != nil {
			return nil, fmt.Errorf("writing %s: %w", object.GetName(), err)
		}
		if i > 0 { // a document of comments alone is none to the API server
			file.WriteString("---\n")
		}
		file.Write(document)
	}
	return file.Bytes(), nil
}

// Policies returns the names of the policies, each of which has a binding of the
// same name.
func Policies() ([]string, error) {
	objects, err := Manifests()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, object := range objects {
		if strings.HasSuffix(object.GetKind(), "Policy") {
			names = append(names, object.GetName())
		}
	}
	slices.Sort(names)
	return names, nil
}
