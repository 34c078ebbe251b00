// SPDX-License-Identifier: Apache-2.0

package manifest

import (
	"cmp"
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/wording"
)

// PolicyTestKind is the kind of the files of `kubectl fangpin test`. They are no
// resources, so that manifests are read as if they were not there.
const PolicyTestKind = "PolicyTest"

// Belongs says what a document is to the project.
type Belongs uint8

// What a document may be.
const (
	Resource Belongs = iota // one of the project's kinds
	Test                    // a policy test
	Foreign                 // a kind of another group, or no Kubernetes object
)

// Belongs tells the project's kinds from others. A kind that the project's group
// does not have is an error.
func (d Document) Belongs() (Belongs, error) {
	group, _, _ := strings.Cut(d.APIVersion, "/")
	ours := v1alpha1.SchemeGroupVersion
	switch {
	case d.APIVersion == "" && d.Kind == "":
		return Foreign, wording.Fault(wording.NoKind, d.Place)
	case group != ours.Group:
		return Foreign, nil
	case d.APIVersion != ours.String():
		return Foreign, wording.Fault(wording.UnknownVersion, d, d.APIVersion, ours.String())
	case d.Kind == PolicyTestKind:
		return Test, nil
	}
	if _, known := objects[d.Kind]; known {
		return Resource, nil
	}
	if near := nearest(d.Kind, append(KindNames(), PolicyTestKind)); near != "" {
		return Foreign, wording.Fault(wording.UnknownKindNear, d, d.Kind, near)
	}
	return Foreign, wording.Fault(wording.UnknownKindHere, d, d.Kind, strings.Join(KindNames(), ", "))
}

// Reading says how objects are read.
type Reading struct {
	// Namespace is that of objects which state none.
	Namespace string
}

// Object reads a document of one of the project's kinds, without its status. It
// refuses what the API server would refuse, all at once, and names place, object
// and field of each fault.
func (r Reading) Object(ctx context.Context, d *Document) (client.Object, error) {
	kinds, err := loadKinds()
	if err != nil {
		return nil, err
	}
	kind, known := kinds[d.Kind]
	if !known {
		return nil, wording.Fault(wording.UnknownKindHere, d, d.Kind, strings.Join(KindNames(), ", "))
	}
	delete(d.Value, "status")
	r.setNamespace(d, kind)
	if err := Shape(d.Value, kind.object, ""); err != nil {
		return nil, d.Faults(err)
	}
	object := reflect.New(kind.object).Interface().(client.Object)
	if err := d.Into(object); err != nil {
		return nil, err
	}
	refusals, err := kind.Refusals(ctx, d.Value, metaOf(object, kind))
	if err != nil {
		return nil, err
	}
	return object, d.Faults(said(refusals))
}

// setNamespace fills in the namespace where the kind has one and the document
// states none.
func (r Reading) setNamespace(d *Document, kind *Kind) {
	meta, ok := d.Value["metadata"].(map[string]any)
	switch {
	case !ok:
	case !kind.Namespaced:
		delete(meta, "namespace")
		d.Namespace = ""
	case d.Namespace == "" && r.Namespace != "":
		meta["namespace"] = r.Namespace
		d.Namespace = r.Namespace
	}
}

// metaOf copies the object's metadata as far as validation looks at it. A
// namespace that is filled in later is none that is missing.
func metaOf(object client.Object, kind *Kind) *metav1.ObjectMeta {
	meta := &metav1.ObjectMeta{
		Name:         object.GetName(),
		GenerateName: object.GetGenerateName(),
		Namespace:    object.GetNamespace(),
		Labels:       object.GetLabels(),
		Annotations:  object.GetAnnotations(),
		Finalizers:   object.GetFinalizers(),
	}
	if kind.Namespaced && meta.Namespace == "" {
		meta.Namespace = metav1.NamespaceDefault
	}
	return meta
}

// said joins refusals in the order of their fields: the API server's code finds them
// in any.
func said(refusals field.ErrorList) error {
	slices.SortStableFunc(refusals, func(a, b *field.Error) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Error(), b.Error()))
	})
	errs := make([]error, len(refusals))
	for i, refusal := range refusals {
		errs[i] = refusal
	}
	return errors.Join(errs...)
}

// Faults says of each error where the document stands.
func (d Document) Faults(err error) error {
	if err == nil {
		return nil
	}
	causes := wording.Each(err)
	placed := make([]error, len(causes))
	for i, cause := range causes {
		refusal := d.refusal(cause)
		at := d
		at.Place = refusal.Place
		placed[i] = wording.Fault(wording.InDocument, at, refusal)
	}
	return errors.Join(placed...)
}

// Check returns what the API server would say against an object that was put
// together in memory, all at once; nil if it would take it.
func Check(ctx context.Context, object client.Object) error {
	kind, err := FindKind(reflect.TypeOf(object).Elem().Name())
	if err != nil {
		return err
	}
	value, err := runtime.DefaultUnstructuredConverter.ToUnstructured(object)
	if err != nil {
		return err
	}
	delete(value, "status")
	refusals, err := kind.Refusals(ctx, value, metaOf(object, kind))
	if err != nil {
		return err
	}
	return said(refusals)
}
