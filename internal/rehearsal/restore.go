// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// CheckRestore deletes every status of the town, waits until the town is judged
// again and compares: the same bytes must come back, but for what is progress
// and no conclusion. It returns how many statuses came back.
func (t *Town) CheckRestore(ctx context.Context) (int, error) {
	before, err := t.statuses(ctx)
	if err != nil {
		return 0, err
	}
	papers := slices.Collect(maps.Keys(before))
	erased := make([]client.Object, len(papers))
	places := make([]int, len(papers))
	for i := range places {
		places[i] = i
	}
	err = inParallel(ctx, places, func(ctx context.Context, i int) (err error) {
		erased[i], err = t.eraseStatus(ctx, papers[i])
		return err
	})
	if err != nil {
		return 0, err
	}
	if err := t.settle(ctx, erased...); err != nil {
		return 0, err
	}
	after, err := t.statuses(ctx)
	if err != nil {
		return 0, err
	}
	found, equal := &differences{}, 0
	for key, want := range before {
		if got := after[key]; bytes.Equal(want, got) {
			equal++
		} else {
			found.add("%s %s came back as %s, and was %s", key.kind, key.name, got, want)
		}
	}
	return equal, found.err(t.today)
}

// eraseStatus does what `kubectl patch --subresource=status` does with
// {"status": null}, and returns the object in its new version. Nobody but the
// manager may, so that it is done in its name.
func (t *Town) eraseStatus(ctx context.Context, p paper) (client.Object, error) {
	kind := v1alpha1.SchemeGroupVersion.WithKind(p.kind)
	typed, err := t.live.Scheme().New(kind)
	if err != nil {
		return nil, err
	}
	object := typed.(client.Object)
	object.SetNamespace(p.namespace)
	object.SetName(p.name)
	manager, err := t.desk.of(ManagerAccount)
	if err != nil {
		return nil, err
	}
	err = manager.Status().Patch(ctx, object, client.RawPatch(types.MergePatchType, []byte(`{"status":null}`)))
	return object, wrap(err, "deleting the status of %s %s", p.kind, p.name)
}

// statuses returns every status as the API server has it. What counts progress
// is left out: how far a plan is rolled out.
func (t *Town) statuses(ctx context.Context) (map[paper][]byte, error) {
	s, err := t.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	statuses := map[paper][]byte{}
	keep := func(kind string, object client.Object, status any) {
		text, err := json.Marshal(status)
		if err != nil {
			text = fmt.Appendf(nil, "%v", err)
		}
		statuses[paper{kind, object.GetNamespace(), object.GetName()}] = text
	}
	for _, j := range s.all(t.today) {
		keep(j.kind, j.object, j.is)
	}
	for _, j := range s.jurisdictions {
		keep("Jurisdiction", j, j.Status)
	}
	for _, p := range s.policies {
		p.Status.Evaluated = nil
		meta.RemoveStatusCondition(&p.Status.Conditions, v1alpha1.ConditionRolledOut)
		keep("MonitoringPolicy", p, p.Status)
	}
	return statuses, nil
}
