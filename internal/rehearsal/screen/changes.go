// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"context"
	"fmt"

	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// Change is a family that went from one tier to another.
type Change struct {
	Day       v1alpha1.Date
	Household string
	From, To  string // names of tiers; "": none
	FromTitle string // as the policy of that day calls it
}

// maxChanges is how many changes of tier a view keeps.
const maxChanges = 40

// tierKey names a tier: Red of one policy is not Red of another.
type tierKey struct{ policy, tier string }

// tierTitles are what all policies call their tiers.
func tierTitles(ctx context.Context, reader client.Reader) (map[tierKey]string, error) {
	var policies v1alpha1.MonitoringPolicyList
	if err := reader.List(ctx, &policies); err != nil {
		return nil, fmt.Errorf("reading the policies: %w", err)
	}
	titles := map[tierKey]string{}
	for _, p := range policies.Items {
		for _, t := range p.Spec.Tiers {
			titles[tierKey{p.Name, string(t.Name)}] = string(t.DisplayName)
		}
	}
	return titles, nil
}

// readHistory notes the last change of a family's tier; the first entry is no
// change.
func (v *View) readHistory(household string, history []v1alpha1.TierChange, titles map[tierKey]string) {
	if len(history) < 2 {
		return
	}
	before, now := history[len(history)-2], history[len(history)-1]
	v.Changes = append(v.Changes, Change{
		Day: now.Date, Household: household, From: string(before.Tier), To: string(now.Tier),
		FromTitle: titles[tierKey{string(before.Policy), string(before.Tier)}],
	})
}
