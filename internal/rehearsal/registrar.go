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
	"fangpin.io/fangpin/internal/rehearsal/story"
)

// writers is how many requests are under way at a time: the API server is
// saturated well before.
const writers = 12

// registrar writes what people assert, each in the own name. It never touches a
// status.
type registrar struct {
	desk *desk

	mu      sync.Mutex
	written map[paper]client.Object // as answered
}

func newRegistrar(d *desk) *registrar {
	return &registrar{desk: d, written: map[paper]client.Object{}}
}

// paper names an object of one of the project's kinds.
type paper struct{ kind, namespace, name string }

const (
	householdKind = "Household"
	planKind      = "AssistancePlan"
	reportKind    = "MonthlyReport"
)

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
func (r *registrar) note(p paper, version string) error {
	typed, err := r.desk.shared.Scheme().New(v1alpha1.SchemeGroupVersion.WithKind(p.kind))
	if err != nil {
		return err
	}
	object := typed.(client.Object)
	object.SetNamespace(p.namespace)
	object.SetName(p.name)
	object.SetResourceVersion(version)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.written[p] = object
	return nil
}

// create creates an object in the name of a user.
func (r *registrar) create(ctx context.Context, user string, object client.Object) error {
	c, err := r.desk.of(user)
	if err != nil {
		return err
	}
	created := object.DeepCopyObject().(client.Object)
	if err := c.Create(ctx, created); err != nil {
		return err
	}
	kinds, _, err := c.Scheme().ObjectKinds(created)
	if err != nil {
		return err
	}
	return r.note(paper{kinds[0].Kind, created.GetNamespace(), created.GetName()}, created.GetResourceVersion())
}

// patch changes an object by JSON Patch in the name of a user, on condition that
// it is still of a version: the API server answers with a conflict otherwise. So
// small writes stay safe beside those of others. It returns the new version.
func (r *registrar) patch(ctx context.Context, user string, p paper, version string, operations ...story.Operation) (string, error) {
	c, err := r.desk.of(user)
	if err != nil {
		return "", err
	}
	guarded := append([]story.Operation{{Op: "replace", Path: "/metadata/resourceVersion", Value: version}}, operations...)
	text, err := json.Marshal(guarded)
	if err != nil {
		return "", err
	}
	answer := metadataOf(p)
	if err := c.Patch(ctx, answer, client.RawPatch(types.JSONPatchType, text)); err != nil {
		return "", err
	}
	return answer.ResourceVersion, r.note(p, answer.ResourceVersion)
}

// change is patch for what is to be done whatever others wrote in the meantime.
// An empty version is read first.
func (r *registrar) change(ctx context.Context, user string, p paper, version string, operations ...story.Operation) (string, error) {
	for {
		if version == "" {
			c, err := r.desk.of(user)
			if err != nil {
				return "", err
			}
			found := metadataOf(p)
			if err := c.Get(ctx, client.ObjectKeyFromObject(found), found); err != nil {
				return "", err
			}
			version = found.ResourceVersion
		}
		next, err := r.patch(ctx, user, p, version, operations...)
		if !apierrors.IsConflict(err) {
			return next, err
		}
		version = ""
	}
}

func metadataOf(p paper) *metav1.PartialObjectMetadata {
	object := &metav1.PartialObjectMetadata{}
	object.SetGroupVersionKind(v1alpha1.SchemeGroupVersion.WithKind(p.kind))
	object.Namespace, object.Name = p.namespace, p.name
	return object
}

// record appends a survey to a household. H is the household as last read; if
// it has changed since, it is read again.
func (r *registrar) record(ctx context.Context, h *v1alpha1.Household, survey v1alpha1.Survey) error {
	p := paper{householdKind, h.Namespace, h.Name}
	for {
		add := story.Operation{Op: "add", Path: "/spec/surveys/-", Value: survey}
		if len(h.Spec.Surveys) == 0 {
			add = story.Operation{Op: "add", Path: "/spec/surveys", Value: []v1alpha1.Survey{survey}}
		}
		_, err := r.patch(ctx, string(survey.By), p, h.ResourceVersion, add)
		if apierrors.IsNotFound(err) {
			return nil // somebody who watches has deleted it
		}
		if !apierrors.IsConflict(err) {
			return wrap(err, "recording the visit of %s to %s", survey.Date, h.Name)
		}
		key := client.ObjectKeyFromObject(h)
		h = &v1alpha1.Household{}
		if err := r.desk.shared.Get(ctx, key, h); err != nil {
			return client.IgnoreNotFound(wrap(err, "reading %s again", key.Name))
		}
	}
}

// perform writes a deed into the family's plan, which it makes if there is none,
// and returns the measures that reached the family.
func (r *registrar) perform(ctx context.Context, d *deed, today civil.Day) ([]population.Help, error) {
	if d.plan == nil {
		return nil, wrap(r.create(ctx, townClerk, d.newPlan()), "making the plan of %s", d.household.Name)
	}
	p, version := paper{planKind, d.plan.Namespace, d.plan.Name}, d.plan.ResourceVersion
	for _, l := range d.letters(today) {
		next, err := r.change(ctx, l.signer, p, version, l.operations...)
		if apierrors.IsNotFound(err) {
			return nil, nil
		}
		if err != nil {
			return nil, wrap(err, "writing the plan of %s", d.plan.Name)
		}
		version = next
	}
	return d.help(today), nil
}

// enter creates households in the name of who imports the ledgers, several at a
// time.
func (r *registrar) enter(ctx context.Context, households []client.Object) error {
	return inParallel(ctx, households, func(ctx context.Context, h client.Object) error {
		return wrap(r.create(ctx, importer, h), "entering %s", h.GetName())
	})
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
