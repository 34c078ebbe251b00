// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"slices"
	"strings"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// policyOn is the plan in force for the family on the fact's day, nil if there
// is none.
func (w *writing) policyOn() *v1alpha1.MonitoringPolicy {
	place, fault := w.world.NodeOf(w.papers.Household.Namespace, w.papers.Household.Spec.JurisdictionRef)
	if fault != nil {
		return nil
	}
	stretch := w.world.Timeline(place).On(w.stamp.Date)
	if stretch == nil || stretch.Plan == nil {
		return nil
	}
	return w.world.Policy(stretch.Plan.Name).Policy
}

// purposes are those of the procedures of the plan in force.
func (g *signing) purposes() []string {
	var names []string
	if policy := g.policyOn(); policy != nil {
		for i := range policy.Spec.Procedures {
			names = append(names, string(policy.Spec.Procedures[i].Purpose))
		}
	}
	return names
}

// procedureInForce is the procedure of the purpose that was named, of the plan in
// force on the day on which the review is opened.
func (g *signing) procedureInForce() (*v1alpha1.Procedure, error) {
	policy := g.policyOn()
	if policy == nil {
		return nil, wording.Fault(wording.NoPlanThatDay, g.stamp.Date)
	}
	if procedure := procedureFor(policy, g.purpose); procedure != nil {
		return procedure, nil
	}
	return nil, usageError{wording.Fault(wording.NoSuchProcedure, policy.Name, g.purpose, strings.Join(g.purposes(), ", "))}
}

// procedureOf is the procedure by which a review goes, to its end; nil if its
// day has none.
func (f *oneFamily) procedureOf(review *v1alpha1.Review) *v1alpha1.Procedure {
	place, fault := f.world.NodeOf(f.papers.Household.Namespace, f.papers.Household.Spec.JurisdictionRef)
	if fault != nil {
		return nil
	}
	return procedureAt(f.world, place, review)
}

func procedureAt(world *translate.World, place string, review *v1alpha1.Review) *v1alpha1.Procedure {
	stretch := world.Timeline(place).On(dayOf(review.Spec.Opened))
	if stretch == nil || stretch.Plan == nil {
		return nil
	}
	return procedureFor(world.Policy(stretch.Plan.Name).Policy, string(review.Spec.Purpose))
}

// stepOf is the step that was named, in any case of letters, else the other.
func stepOf(procedure *v1alpha1.Procedure, named, other string) (*v1alpha1.Step, error) {
	if named == "" {
		named = other
	}
	names := make([]string, len(procedure.Steps))
	for i := range procedure.Steps {
		names[i] = string(procedure.Steps[i].Name)
		if strings.EqualFold(names[i], named) {
			return &procedure.Steps[i], nil
		}
	}
	return nil, usageError{wording.Fault(wording.NoSuchStep, procedure.Purpose, named, strings.Join(names, ", "))}
}

// standardsFor are the shortfalls that a new review is about if none are named:
// those found, for a Warning; for a CloseOut those whose standard holds again,
// else all that are with the departments.
func (g *signing) standardsFor(purpose v1alpha1.Purpose) []v1alpha1.Word {
	var found, open []v1alpha1.Word
	for i := range g.judged.Household.Shortfalls {
		s := &g.judged.Household.Shortfalls[i]
		if s.State == v1alpha1.ShortfallFound {
			found = append(found, s.Standard)
		} else {
			open = append(open, s.Standard)
		}
	}
	switch purpose {
	case v1alpha1.PurposeWarning:
		return found
	case v1alpha1.PurposeCloseOut:
		if mended := slices.DeleteFunc(slices.Clone(open), func(s v1alpha1.Word) bool { return !g.holds(s) }); len(mended) > 0 {
			return mended
		}
		return open
	}
	return nil
}

// holds says whether a standard holds today.
func (g *signing) holds(standard v1alpha1.Word) bool {
	return slices.ContainsFunc(g.world.Explain(g.papers, g.day).Rules, func(r translate.RuleOutcome) bool {
		return r.Kind == translate.RuleStandard && r.Name == string(standard) && r.Outcome == translate.OutcomeTrue
	})
}
