// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"slices"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/agenda"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/translate"
)

// duties lists what jurisdictions and departments owe, of those whose papers were
// read.
func (t *todo) duties(world *translate.World, summary *papers.Summary, inside []string) []agenda.Item {
	var items []agenda.Item
	for _, j := range t.shared.Jurisdictions {
		namespace := world.Namespace(j.Name)
		if t.namespace != "" && namespace != t.namespace {
			continue
		}
		status := summary.Jurisdiction(j)
		if status == nil {
			continue
		}
		until := t.until
		if until.IsZero() {
			until = world.Today(j.Name, t.instant()).AddDays(horizon)
		}
		for _, item := range agenda.OfJurisdiction(j, status) {
			item.Household.Namespace = namespace
			if t.wanted(&item, until, inside) {
				items = append(items, item)
			}
		}
	}
	return items
}

// wanted reports whether an item is listed, and counts it if it only comes later.
func (t *todo) wanted(item *agenda.Item, until civil.Day, inside []string) bool {
	switch {
	case inside != nil && !slices.Contains(inside, item.Place):
	case t.party != (agenda.Party{}) && !slices.Contains(item.From, t.party):
	case item.Due > until:
		t.laterThanIt++
	default:
		return true
	}
	return false
}

// asksFamilies reports whether a duty of a jurisdiction is met by what its
// families say, so that all of them are to be judged.
func (t *todo) asksFamilies(world *translate.World) bool {
	return slices.ContainsFunc(t.shared.Jurisdictions, func(j *v1alpha1.Jurisdiction) bool { return world.AsksFamilies(j.Name) })
}
