// SPDX-License-Identifier: Apache-2.0

// Package gitops tests config/gitops, the example of a policy repository, as far
// as it can be without Argo CD and Flux: the overlays against a real API server
// and the controllers, the health checks in their languages, the shell script in
// a repository of its own.
package gitops

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/go-logr/logr"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	yamlstream "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/controller-runtime/pkg/log"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/internal/controlplane"
)

// repository is the example; the paths of this package are relative to its own
// folder.
const (
	project    = "../.."
	repository = project + "/config/gitops"
)

// built is the folder of what was built for the tests of this package.
var built string

func TestMain(m *testing.M) {
	log.SetLogger(logr.Discard()) // what installs the definitions logs through it
	folder, err := os.MkdirTemp("", "fangpin-gitops-")
	if err != nil {
		panic(err)
	}
	built = folder
	code := controlplane.ForMain(m, controlplane.Options{CRDs: controlplane.ProjectCRDs()})
	_ = os.RemoveAll(folder) // the temporary folder is the machine's to clean
	os.Exit(code)
}

// command builds kubectl-fangpin once, and returns its path.
var command = sync.OnceValues(func() (string, error) {
	path := filepath.Join(built, "kubectl-fangpin")
	build := exec.Command("go", "build", "-ldflags", "-s -w", "-o", path, "./cmd/kubectl-fangpin")
	build.Dir = project
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building kubectl-fangpin: %w\n%s", err, out)
	}
	return path, nil
})

func fangpin(t *testing.T) string {
	t.Helper()
	path, err := command()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func kubectl(t *testing.T) string {
	t.Helper()
	path, err := controlplane.FindKubectl()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// overlays are the folders that are applied, the province's first.
func overlays(t *testing.T) []string {
	t.Helper()
	counties, err := filepath.Glob(filepath.Join(repository, "overlays", "county-*"))
	if err != nil || len(counties) < 2 {
		t.Fatalf("there are no counties in the repository: %v, %v", counties, err)
	}
	return append([]string{filepath.Join(repository, "overlays", "province")}, counties...)
}

// kustomize builds a folder as `kustomize build` does, with the restriction that
// no file may lie outside.
func kustomize(t *testing.T, folder string) []byte {
	t.Helper()
	text, err := build(folder)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func build(folder string) ([]byte, error) {
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionLegacy // the command's default
	resources, err := krusty.MakeKustomizer(options).Run(filesys.MakeFsOnDisk(), folder)
	if err != nil {
		return nil, fmt.Errorf("building %s: %w", folder, err)
	}
	return resources.AsYaml()
}

func buildAll(folder string) ([]*unstructured.Unstructured, error) {
	text, err := build(folder)
	if err != nil {
		return nil, err
	}
	return decodeAll(text)
}

// decode reads manifests of any kind.
func decode(t *testing.T, text []byte) []*unstructured.Unstructured {
	t.Helper()
	objects, err := decodeAll(text)
	if err != nil {
		t.Fatal(err)
	}
	return objects
}

func decodeAll(text []byte) ([]*unstructured.Unstructured, error) {
	var objects []*unstructured.Unstructured
	for documents := yamlstream.NewYAMLReader(bufio.NewReader(bytes.NewReader(text))); ; {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return objects, nil
		}
		if err != nil {
			return nil, err
		}
		// By way of JSON, so that whole numbers are int64 as a client has them.
		asJSON, err := yaml.YAMLToJSONStrict(document)
		if err != nil {
			return nil, fmt.Errorf("%w in\n%s", err, document)
		}
		if string(asJSON) == "null" {
			continue // comments alone
		}
		object := &unstructured.Unstructured{}
		if err := object.UnmarshalJSON(asJSON); err != nil {
			return nil, fmt.Errorf("%w in\n%s", err, document)
		}
		objects = append(objects, object)
	}
}

func named(objects []*unstructured.Unstructured, kind, name string) *unstructured.Unstructured {
	for _, object := range objects {
		if object.GetKind() == kind && object.GetName() == name {
			return object
		}
	}
	return nil
}

func read(t *testing.T, path ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func write(t *testing.T, text string, path ...string) string {
	t.Helper()
	file := filepath.Join(path...)
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// replaced is a text with one piece exchanged, which must be there.
func replaced(t *testing.T, text, old, with string) string {
	t.Helper()
	if !strings.Contains(text, old) {
		t.Fatalf("there is no %q in\n%s", old, text)
	}
	return strings.Replace(text, old, with, 1)
}
