// SPDX-License-Identifier: Apache-2.0

package translate

import (
	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
)

// Reading is a family's papers in the core's words, read once to be judged in
// several worlds and on several days.
type Reading struct {
	papers Papers
	family *decision.Family
}

// Read reads a family's papers by what the world knows. Worlds that know things
// up to the same day may share the reading.
func (w *World) Read(p Papers) *Reading {
	known := w.Known(p)
	return &Reading{papers: known, family: familyOf(known)}
}

// Conclude is JudgeOn for whoever asks for conclusions alone: the household's
// status without its conditions. For a family that is not judged it is nil, with
// the reason of the contract that Ready would carry.
func (w *World) Conclude(r *Reading, day civil.Day) (status *v1alpha1.HouseholdStatus, unjudged string) {
	place, fault := w.NodeOf(r.papers.Household.Namespace, r.papers.Household.Spec.JurisdictionRef)
	if fault != nil {
		return nil, fault.Reason
	}
	family := *r.family
	if len(family.Reviews) > 0 {
		family.Sites = w.nodes[place].sites
	}
	v := decision.Decide(&family, w.Timeline(place), day)
	switch v.Standing {
	case decision.Judged:
		return conclusions(&v, r.papers.Household), ""
	case decision.PolicyInvalid:
		return nil, v1alpha1.ReasonPolicyInvalid
	}
	return nil, reasonOf(v.Standing)
}

// Alike reports whether families that stand at the node are judged alike in both
// worlds on every day: the same compiled plans are in force on the same days, and
// notices go up at the same sites. Days to come count too, since a plan that ends
// asks for no survey after it. It never says so of a node with a fault.
func (w *World) Alike(other *World, name string) bool {
	a, b := w.nodes[name], other.nodes[name]
	if a == nil || b == nil || a.fault != nil || b.fault != nil || w.knownAt != other.knownAt {
		return false
	}
	return sameLine(a.line, b.line) && sameSites(a.sites, b.sites)
}
