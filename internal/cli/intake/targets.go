// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"context"
	"errors"

	"k8s.io/apimachinery/pkg/types"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/cluster"
	"fangpin.io/fangpin/internal/cli/entry"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/translate"
)

// Live sends to a cluster.
type Live struct{ Cluster *cluster.Cluster }

// Send writes an entry, or has the API server do everything but that.
func (l Live) Send(ctx context.Context, e *entry.Entry, trial bool) error {
	err := l.Cluster.Send(ctx, e, trial)
	switch {
	case err == nil, ctx.Err() != nil:
		return err
	case errors.Is(err, cluster.ErrChanged):
		return ErrChanged
	}
	said, isRefusal := cluster.Refused(err)
	if isRefusal {
		return Refusal{said}
	}
	return said
}

// Read reads the papers of a family.
func (l Live) Read(ctx context.Context, name string) (translate.Papers, error) {
	var p translate.Papers
	key := types.NamespacedName{Namespace: l.Cluster.Namespace, Name: name}
	err := l.Cluster.Family(ctx, key, func(object cluster.Object) error {
		switch o := object.(type) {
		case *v1alpha1.Household:
			p.Household = o
		case *v1alpha1.AssistancePlan:
			p.Plan = o
		case *v1alpha1.RiskSignal:
			p.Signals = append(p.Signals, o)
		case *v1alpha1.Review:
			p.Reviews = append(p.Reviews, o)
		}
		return nil
	})
	return p, err
}

// Checked sends nowhere: it checks what the API server's schema would say.
type Checked struct{ Store *Store }

// Send checks the object.
func (c Checked) Send(ctx context.Context, e *entry.Entry, _ bool) error {
	if err := manifest.Check(ctx, e.Object); err != nil {
		return Refusal{err}
	}
	return nil
}

// Read reads the papers of a family.
func (c Checked) Read(_ context.Context, name string) (translate.Papers, error) {
	return c.Store.Papers(name)
}
