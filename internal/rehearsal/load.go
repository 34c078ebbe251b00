// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/manifest"
)

// LoadPlan creates the namespaces, the plan with its jurisdictions and the
// villages that it does not have, and waits until the plan is in force.
func (t *Town) LoadPlan(ctx context.Context) error {
	for _, name := range []string{county, township} {
		namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}}
		if err := t.live.Create(ctx, namespace); err != nil && !apierrors.IsAlreadyExists(err) {
			return fmt.Errorf("creating the namespace %s: %w", name, err)
		}
	}
	objects, err := readPack(ctx, t.options.Pack)
	if err != nil {
		return err
	}
	for _, j := range t.invented.Jurisdictions {
		objects = append(objects, j.DeepCopy())
	}
	var created []client.Object
	for _, object := range objects {
		err := t.live.Create(ctx, object)
		if apierrors.IsAlreadyExists(err) {
			continue // the pack's own node stands
		}
		if err != nil {
			return fmt.Errorf("creating %T %s: %w", object, object.GetName(), err)
		}
		created = append(created, object)
	}
	return t.settle(ctx, created...)
}

// readPack reads the file with the plan and its jurisdictions as strictly as
// the command does.
func readPack(ctx context.Context, path string) ([]client.Object, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the town's plan: %w", err)
	}
	defer file.Close()
	var objects []client.Object
	err = manifest.Split(path, file, func(chunk manifest.Chunk) error {
		documents, err := manifest.Parse(chunk)
		if err != nil {
			return err
		}
		for i := range documents {
			object, err := manifest.Reading{}.Object(ctx, &documents[i])
			if err != nil {
				return err
			}
			objects = append(objects, object)
		}
		return nil
	})
	return objects, err
}

// LoadFamilies enters the families, and waits until all are judged.
func (t *Town) LoadFamilies(ctx context.Context) error {
	if err := t.people.enter(ctx, t.invented.Households); err != nil {
		return err
	}
	return t.settle(ctx, t.people.taken()...)
}

// standstill is how long nothing may be written while the town is not yet
// judged, before that is taken for a fault.
const standstill = 3 * time.Minute

// settle waits until the town is judged as of now.
func (t *Town) settle(ctx context.Context, written ...client.Object) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	go func() {
		for last := int64(-1); last != t.Writes.Done(); {
			last = t.Writes.Done()
			select {
			case <-ctx.Done():
				return
			case <-time.After(standstill):
			}
		}
		stop(errStandstill)
	}()
	err := t.operator.Settle(ctx, written...)
	if err != nil && errors.Is(context.Cause(ctx), errStandstill) {
		err = fmt.Errorf("%w (%w)", err, errStandstill)
	}
	return wrap(err, "%s", t.today)
}

var errStandstill = fmt.Errorf("nothing was written for %s", standstill)

// households returns the families as the cache has them, by name.
func (t *Town) households(ctx context.Context) ([]v1alpha1.Household, error) {
	var list v1alpha1.HouseholdList
	if err := t.Reader().List(ctx, &list, client.InNamespace(township)); err != nil {
		return nil, fmt.Errorf("reading the households: %w", err)
	}
	return list.Items, nil
}
