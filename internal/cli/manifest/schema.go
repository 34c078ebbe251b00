// SPDX-License-Identifier: Apache-2.0

package manifest

import (
	"context"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"sync"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	crdvalidation "k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/config/crd"
	"fangpin.io/fangpin/internal/cli/wording"
)

// Kind is one kind of the project, with the definition by which the API server
// judges and prints it.
type Kind struct {
	Name       string // Household
	Names      []string
	Namespaced bool
	Columns    []apiextensionsv1.CustomResourceColumnDefinition

	object reflect.Type
	schema *apiextensionsv1.JSONSchemaProps
	screen func() *screen
	checks func() (*checks, error)
}

// checks are a definition's schema and rules, compiled when first needed.
type checks struct {
	schema     crdvalidation.SchemaValidator
	structural *structuralschema.Structural
	rules      *cel.Validator
}

// objects are the kinds of the API; each name is that of its definition.
var objects = map[string]client.Object{
	"MonitoringPolicy": &v1alpha1.MonitoringPolicy{},
	"Jurisdiction":     &v1alpha1.Jurisdiction{},
	"Household":        &v1alpha1.Household{},
	"RiskSignal":       &v1alpha1.RiskSignal{},
	"Review":           &v1alpha1.Review{},
	"AssistancePlan":   &v1alpha1.AssistancePlan{},
	"MonthlyReport":    &v1alpha1.MonthlyReport{},
}

// loadKinds reads the embedded definitions once. They are generated and tested,
// so that an error is a fault of the build.
var loadKinds = sync.OnceValues(func() (map[string]*Kind, error) {
	files, err := fs.Glob(crd.Bases, "bases/*.yaml")
	if err != nil {
		return nil, err
	}
	kinds := make(map[string]*Kind, len(files))
	for _, file := range files {
		kind, err := loadKind(file)
		if err != nil {
			return nil, fmt.Errorf("reading the definition %s: %w", file, err)
		}
		kinds[kind.Name] = kind
	}
	return kinds, nil
})

func loadKind(file string) (*Kind, error) {
	text, err := crd.Bases.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var definition apiextensionsv1.CustomResourceDefinition
	if err := yaml.UnmarshalStrict(text, &definition); err != nil {
		return nil, err
	}
	names := definition.Spec.Names
	object, known := objects[names.Kind]
	if !known {
		return nil, fmt.Errorf("no type for kind %s", names.Kind)
	}
	for _, version := range definition.Spec.Versions {
		if version.Name != v1alpha1.SchemeGroupVersion.Version || version.Schema == nil {
			continue
		}
		k := &Kind{
			Name:       names.Kind,
			Names:      append([]string{names.Plural, names.Singular}, names.ShortNames...),
			Namespaced: definition.Spec.Scope == apiextensionsv1.NamespaceScoped,
			Columns:    version.AdditionalPrinterColumns,
			object:     reflect.TypeOf(object).Elem(),
			schema:     version.Schema.OpenAPIV3Schema,
		}
		k.screen = sync.OnceValue(func() *screen { return newScreen(k.schema) })
		k.checks = sync.OnceValues(k.compile)
		return k, nil
	}
	return nil, fmt.Errorf("it has no version %s", v1alpha1.SchemeGroupVersion.Version)
}

func (k *Kind) compile() (*checks, error) {
	var schema apiextensions.JSONSchemaProps
	if err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(k.schema, &schema, nil); err != nil {
		return nil, err
	}
	structural, err := structuralschema.NewStructural(&schema)
	if err != nil {
		return nil, err
	}
	validator, _, err := crdvalidation.NewSchemaValidator(&schema)
	if err != nil {
		return nil, err
	}
	return &checks{
		schema:     validator,
		structural: structural,
		rules:      cel.NewValidator(structural, true, celconfig.PerCallLimit),
	}, nil
}

// FindKind returns the kind that a document or a person names: Household,
// household, households or hh.
func FindKind(name string) (*Kind, error) {
	kinds, err := loadKinds()
	if err != nil {
		return nil, err
	}
	for _, k := range kinds {
		if strings.EqualFold(k.Name, name) || slices.Contains(k.Names, strings.ToLower(name)) {
			return k, nil
		}
	}
	return nil, wording.Fault(wording.UnknownKind, name, strings.Join(KindNames(), ", "))
}

// KindNames returns the kinds in alphabetical order.
func KindNames() []string {
	names := make([]string, 0, len(objects))
	for name := range objects {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// NewObject returns an empty object of a kind.
func NewObject(kind string) (client.Object, error) {
	object, known := objects[kind]
	if !known {
		return nil, wording.Fault(wording.UnknownKind, kind, strings.Join(KindNames(), ", "))
	}
	return reflect.New(reflect.TypeOf(object).Elem()).Interface().(client.Object), nil
}

// StatusOf returns the type of a kind's status; false if there is no such kind.
func StatusOf(kind string) (reflect.Type, bool) {
	object, known := objects[kind]
	if !known {
		return nil, false
	}
	status, known := reflect.TypeOf(object).Elem().FieldByName("Status")
	return status.Type, known
}

// Refusals returns what the API server would say against creating the object,
// in its words; nil if it would take it.
func (k *Kind) Refusals(ctx context.Context, value map[string]any, meta *metav1.ObjectMeta) (field.ErrorList, error) {
	refusals := validation.ValidateObjectMeta(meta, k.Namespaced, validation.NameIsDNSSubdomain, field.NewPath("metadata"))
	if screen := k.screen(); screen != nil && screen.takes(value) {
		return refusals, nil
	}
	said, err := k.serverRefusals(ctx, value)
	return append(refusals, said...), err
}

// serverRefusals asks the API server's own code.
func (k *Kind) serverRefusals(ctx context.Context, value map[string]any) (field.ErrorList, error) {
	c, err := k.checks()
	if err != nil {
		return nil, fmt.Errorf("compiling the definition of %s: %w", k.Name, err)
	}
	refusals := crdvalidation.ValidateCustomResource(nil, value, c.schema)
	refusals = append(refusals, listtype.ValidateListSetsAndMaps(nil, c.structural, value)...)
	if len(refusals) > 0 || c.rules == nil {
		return refusals, nil // as the API server: rules see only objects whose schema holds
	}
	ruled, _ := c.rules.Validate(ctx, nil, c.structural, value, nil, celconfig.RuntimeCELCostBudget)
	return ruled, nil
}

// Enumeration returns the words that a field of a kind may have, by its path
// from the root; steps into lists are silent. nil if it may have any.
func Enumeration(kind string, path ...string) []string {
	k, err := FindKind(kind)
	if err != nil {
		return nil
	}
	at := k.schema
	for _, name := range path {
		next, known := items(at).Properties[name]
		if !known {
			return nil
		}
		at = &next
	}
	var words []string
	for _, word := range items(at).Enum {
		words = append(words, strings.Trim(string(word.Raw), `"`))
	}
	return words
}

// items is the schema of what a list holds, or the schema itself.
func items(s *apiextensionsv1.JSONSchemaProps) *apiextensionsv1.JSONSchemaProps {
	if s.Items != nil && s.Items.Schema != nil {
		return s.Items.Schema
	}
	return s
}
