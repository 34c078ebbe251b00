// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/population"
)

// writers is how many requests are under way at a time: the API server is
// saturated well before.
const writers = 12

// registrar writes what the village and the township assert. It never touches
// a status.
type registrar struct {
	client client.Client // reads the API server, not a cache
	prefix string        // namespace of the families

	mu      sync.Mutex
	written map[string]client.Object // as answered, by kind and name
}

func newRegistrar(c client.Client, namespace string) *registrar {
	return &registrar{client: c, prefix: namespace, written: map[string]client.Object{}}
}

// taken returns the objects written since the last call.
func (r *registrar) taken() []client.Object {
	r.mu.Lock()
	defer r.mu.Unlock()
	objects := make([]client.Object, 0, len(r.written))
	for _, object := range r.written {
		objects = append(objects, object)
	}
	clear(r.written)
	return objects
}

// note keeps an object's latest version, of the type that caches know.
func (r *registrar) note(kind, name, version string) {
	var object client.Object = &v1alpha1.Household{}
	if kind == planKind {
		object = &v1alpha1.AssistancePlan{}
	}
	object.SetNamespace(r.prefix)
	object.SetName(name)
	object.SetResourceVersion(version)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.written[kind+"/"+name] = object
}

const (
	householdKind = "Household"
	planKind      = "AssistancePlan"
)

// operation is one of JSON Patch (RFC 6902).
type operation struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value,omitempty"`
}

// patch changes an object by JSON Patch on condition that it is still of a
// version: the API server answers with a conflict otherwise. So small writes
// stay safe beside those of others.
func (r *registrar) patch(ctx context.Context, kind, name, version string, operations ...operation) error {
	guarded := append([]operation{{"replace", "/metadata/resourceVersion", version}}, operations...)
	text, err := json.Marshal(guarded)
	if err != nil {
		return err
	}
	answer := &metav1.PartialObjectMetadata{}
	answer.SetGroupVersionKind(v1alpha1.SchemeGroupVersion.WithKind(kind))
	answer.Namespace, answer.Name = r.prefix, name
	if err := r.client.Patch(ctx, answer, client.RawPatch(types.JSONPatchType, text)); err != nil {
		return err
	}
	r.note(kind, name, answer.ResourceVersion)
	return nil
}

// record appends a survey to a household. H is the household as last read; if
// it has changed since, it is read again.
func (r *registrar) record(ctx context.Context, h *v1alpha1.Household, survey v1alpha1.Survey) error {
	for {
		add := operation{"add", "/spec/surveys/-", survey}
		if len(h.Spec.Surveys) == 0 {
			add = operation{"add", "/spec/surveys", []v1alpha1.Survey{survey}}
		}
		err := r.patch(ctx, householdKind, h.Name, h.ResourceVersion, add)
		if apierrors.IsNotFound(err) {
			return nil // somebody who watches has deleted it
		}
		if !apierrors.IsConflict(err) {
			return wrap(err, "recording the visit of %s to %s", survey.Date, h.Name)
		}
		if h, err = read[v1alpha1.Household](ctx, r, h.Name); err != nil {
			return client.IgnoreNotFound(err)
		}
	}
}

// perform writes a deed into the family's plan, which it makes if there is
// none, and returns the measures that reached the family.
func (r *registrar) perform(ctx context.Context, d *deed, today civil.Day) ([]population.Help, error) {
	if d.plan == nil {
		return nil, r.makePlan(ctx, d)
	}
	var help []population.Help
	var operations []operation
	for _, i := range d.deliver {
		m := &d.plan.Spec.Measures[i]
		// The place of a measure is fixed while the version is.
		operations = append(operations, operation{"add", fmt.Sprintf("/spec/measures/%d/delivered", i),
			v1alpha1.Delivery{Date: v1alpha1.Date(today.String()), By: clerk(d.household, m)}})
		help = append(help, population.Help{Household: d.household.Name, Kind: m.Kind, For: m.For, Day: today})
	}
	for _, m := range d.add {
		operations = append(operations, operation{"add", "/spec/measures/-", m})
	}
	plan := d.plan
	for {
		err := r.patch(ctx, planKind, plan.Name, plan.ResourceVersion, operations...)
		if apierrors.IsNotFound(err) {
			return nil, nil
		}
		if !apierrors.IsConflict(err) {
			return help, wrap(err, "writing the plan of %s", plan.Name)
		}
		if plan, err = read[v1alpha1.AssistancePlan](ctx, r, plan.Name); err != nil {
			return nil, client.IgnoreNotFound(err)
		}
	}
}

func (r *registrar) makePlan(ctx context.Context, d *deed) error {
	plan := &v1alpha1.AssistancePlan{
		ObjectMeta: metav1.ObjectMeta{Namespace: r.prefix, Name: d.household.Name},
		Spec: v1alpha1.AssistancePlanSpec{
			HouseholdRef: v1alpha1.HouseholdReference{Name: v1alpha1.ObjectName(d.household.Name)},
			Measures:     d.add,
		},
	}
	if err := r.client.Create(ctx, plan); err != nil {
		return wrap(err, "making the plan of %s", plan.Name)
	}
	r.note(planKind, plan.Name, plan.ResourceVersion)
	return nil
}

// enter creates the households, several at a time.
func (r *registrar) enter(ctx context.Context, households []*v1alpha1.Household) error {
	return inParallel(ctx, households, func(ctx context.Context, h *v1alpha1.Household) error {
		created := h.DeepCopy()
		if err := r.client.Create(ctx, created); err != nil {
			return wrap(err, "entering %s", h.Name)
		}
		r.note(householdKind, created.Name, created.ResourceVersion)
		return nil
	})
}

// read gets an object from the API server.
func read[T any, P interface {
	*T
	client.Object
}](ctx context.Context, r *registrar, name string) (*T, error) {
	object := new(T)
	if err := r.client.Get(ctx, client.ObjectKey{Namespace: r.prefix, Name: name}, P(object)); err != nil {
		return nil, wrap(err, "reading %s again", name)
	}
	return object, nil
}

// inParallel does something for each of a list, several at a time, and stops
// at the first error.
func inParallel[T any](ctx context.Context, list []T, do func(context.Context, T) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(writers)
	for _, one := range list {
		if ctx.Err() != nil {
			break
		}
		group.Go(func() error { return do(ctx, one) })
	}
	return group.Wait()
}

// wrap says what was being done when an error occurred.
func wrap(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf(format+": %w", append(args, err)...)
}
