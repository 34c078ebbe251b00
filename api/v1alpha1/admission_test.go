// SPDX-License-Identifier: Apache-2.0

package v1alpha1_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	yamlstream "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/internal/controlplane"
)

const (
	samples  = "../../config/samples"
	policies = "../../config/policies"
	// wanted begins a comment with a piece of the refusal that a bad manifest
	// must meet; each of a file's pieces must stand in it.
	wanted = "# want: "
)

func TestMain(m *testing.M) {
	os.Exit(controlplane.ForMain(m, controlplane.Options{CRDs: controlplane.ProjectCRDs()}))
}

func TestSamplesAndPoliciesAreAccepted(t *testing.T) {
	server := newStrictClient(t)
	for _, folder := range []string{samples, policies} {
		files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
		if err != nil || len(files) == 0 {
			t.Fatalf("there is no manifest in %s (%v)", folder, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, ".test.yaml") {
				continue // for the command, not for the API server
			}
			t.Run(filepath.Base(file), func(t *testing.T) {
				for _, object := range server.read(t, file) {
					if err := server.Create(t.Context(), object, client.DryRunAll); err != nil {
						t.Errorf("%s %s is refused: %v", object.GetKind(), object.GetName(), err)
					}
				}
			})
		}
	}
}

func TestEveryKindHasASample(t *testing.T) {
	found := map[string]bool{}
	files, err := filepath.Glob(filepath.Join(samples, "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		for _, object := range readManifests(t, file) {
			found[object.GetKind()] = true
		}
	}
	for _, definition := range definitions(t) {
		if kind := definition.Spec.Names.Kind; !found[kind] {
			t.Errorf("there is no sample of a %s in %s", kind, samples)
		}
	}
}

// TestBadManifestsAreRefused applies each bad manifest; of several documents in
// a file the ones before the last stand already when the last is applied.
func TestBadManifestsAreRefused(t *testing.T) {
	server := newStrictClient(t)
	files, err := filepath.Glob(filepath.Join("testdata", "refused", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there is no bad manifest (%v)", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			wants := wantedPieces(t, file)
			objects := server.read(t, file)
			last := len(objects) - 1
			for _, object := range objects[:last] {
				if err := server.apply(t.Context(), object); err != nil {
					t.Fatalf("what should stand before is refused itself: %v", err)
				}
				t.Cleanup(func() { server.remove(t, object) })
			}
			err := server.apply(t.Context(), objects[last])
			if err == nil {
				server.remove(t, objects[last])
				t.Fatalf("it is accepted; want a refusal with %q", wants)
			}
			for _, want := range wants {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the refusal lacks %q:\n%v", want, err)
				}
			}
		})
	}
}

// TestChangesThatAreAccepted applies the documents of each file one after the
// other: what may change must not be refused together with what may not.
func TestChangesThatAreAccepted(t *testing.T) {
	server := newStrictClient(t)
	files, err := filepath.Glob(filepath.Join("testdata", "accepted", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there is no manifest (%v)", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			objects := server.read(t, file)
			t.Cleanup(func() { server.remove(t, objects[0]) })
			for i, object := range objects {
				if err := server.apply(t.Context(), object); err != nil {
					t.Fatalf("document %d is refused: %v", i+1, err)
				}
			}
		})
	}
}

// strictClient speaks to the API server as kubectl does: unknown and duplicate
// fields are errors.
type strictClient struct{ client.Client }

func newStrictClient(t *testing.T) strictClient {
	t.Helper()
	c, err := client.New(controlplane.ForTest(t).Config(), client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return strictClient{client.WithFieldValidation(c, metav1.FieldValidationStrict)}
}

// read reads a file's manifests and makes their namespaces.
func (c strictClient) read(t *testing.T, file string) []*unstructured.Unstructured {
	t.Helper()
	objects := readManifests(t, file)
	for _, object := range objects {
		if object.GetNamespace() == "" {
			continue
		}
		namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: object.GetNamespace()}}
		if err := c.Create(t.Context(), namespace); err != nil && !apierrors.IsAlreadyExists(err) {
			t.Fatal(err)
		}
	}
	return objects
}

// apply creates the object, or puts it in the place of the one that stands.
func (c strictClient) apply(ctx context.Context, object *unstructured.Unstructured) error {
	standing := &unstructured.Unstructured{}
	standing.SetGroupVersionKind(object.GroupVersionKind())
	err := c.Get(ctx, client.ObjectKeyFromObject(object), standing)
	if err == nil {
		object.SetResourceVersion(standing.GetResourceVersion())
		return c.Update(ctx, object)
	}
	return c.Create(ctx, object)
}

func (c strictClient) remove(t *testing.T, object *unstructured.Unstructured) {
	t.Helper()
	// The test's own context has ended when its cleanups run.
	if err := c.Delete(context.Background(), object); client.IgnoreNotFound(err) != nil {
		t.Error(err)
	}
}

// readManifests reads the documents of a file; a file without any is an error.
func readManifests(t *testing.T, file string) []*unstructured.Unstructured {
	t.Helper()
	content, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	var objects []*unstructured.Unstructured
	for documents := yamlstream.NewYAMLReader(bufio.NewReader(content)); ; {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		object := &unstructured.Unstructured{}
		if err := yaml.Unmarshal(document, &object.Object); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if len(object.Object) > 0 { // a document of comments alone is none
			objects = append(objects, object)
		}
	}
	if len(objects) == 0 {
		t.Fatalf("%s has no manifest", file)
	}
	return objects
}

// wantedPieces returns what the comments at the head of the file want.
func wantedPieces(t *testing.T, file string) []string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var pieces []string
	for line := range bytes.Lines(content) {
		piece, found := strings.CutPrefix(strings.TrimRight(string(line), "\r\n"), wanted)
		if !found {
			break
		}
		pieces = append(pieces, piece)
	}
	if len(pieces) == 0 {
		t.Fatalf("%s does not begin with a line %q", file, wanted+"...")
	}
	return pieces
}
