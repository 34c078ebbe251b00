// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// LoadPlan creates the tree of jurisdictions and the plans, and waits until each
// is compiled and in force where it is. Install comes before.
func (t *Town) LoadPlan(ctx context.Context) error {
	places := make([]client.Object, 0, len(t.invented.Jurisdictions)+len(t.story.Places))
	for _, j := range t.invented.Jurisdictions {
		places = append(places, j.DeepCopy())
	}
	objects, err := setting(ctx, t.options.Root, append(places, t.story.Places...)...)
	if err != nil {
		return err
	}
	for _, object := range objects {
		if err := t.live.Create(ctx, object); err != nil {
			return fmt.Errorf("creating %T %s: %w", object, object.GetName(), err)
		}
	}
	if err := t.waitUntilEnforced(ctx); err != nil {
		return err
	}
	return t.settle(ctx, objects...)
}

// LoadFamilies enters the families of both townships, and waits until all are
// judged. They come from ledgers that others have signed: whoever brings them in
// may do so once.
func (t *Town) LoadFamilies(ctx context.Context) error {
	families := slices.Clone(t.story.Families)
	for _, h := range t.invented.Households {
		families = append(families, h)
	}
	if err := t.people.enter(ctx, families); err != nil {
		return err
	}
	if err := t.dismiss(ctx, importer); err != nil {
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
