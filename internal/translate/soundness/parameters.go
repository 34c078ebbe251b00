// SPDX-License-Identifier: Apache-2.0

package soundness

import (
	"fmt"
	"slices"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
)

// parameters looks for those that no rule reads, that rules read before they have a
// value, and for values that never come into force.
func (s *scrutiny) parameters() {
	for i := range s.plan.Parameters {
		p := &s.plan.Parameters[i]
		path := fmt.Sprintf("spec.parameters[%d]", i)
		reader := s.readerOf(p.Name)
		if reader == "" {
			s.find(Finding{Code: ParameterUnread, Path: path, Subjects: []any{p.Name}})
		}
		for k, v := range p.Values {
			if v.From > s.lastDay() {
				s.find(Finding{Code: ValueAfterEnd, Path: fmt.Sprintf("%s.values[%d].from", path, k), Subjects: []any{v.From, s.plan.Until}})
			}
		}
		if reader == "" || len(p.Values) == 0 || p.Values[0].From <= s.plan.From {
			continue
		}
		until := min(p.Values[0].From.AddDays(-1), s.lastDay())
		s.find(Finding{
			Code: ParameterWithoutValue, Path: path + ".values", Others: []string{reader},
			Days: []civil.Interval{{From: s.plan.From, Until: until}}, Subjects: []any{p.Name, s.plan.From},
		})
	}
}

// readerOf is the path of the first rule that reads the parameter, "" if none does.
func (s *scrutiny) readerOf(parameter string) string {
	for i := range s.rules.Len() {
		if r := s.rules.Rule(i); slices.Contains(r.Parameters(), parameter) {
			return r.Path
		}
	}
	return ""
}

// standards looks for shortfalls that nobody answers for, and categories that ask for
// an identification that the plan does not have.
func (s *scrutiny) standards() {
	asked := s.closedByApplication()
	for i := range s.plan.Standards {
		if std := &s.plan.Standards[i]; len(std.Departments) == 0 {
			code := StandardWithoutDepartment
			if asked {
				code = NobodyApplies
			}
			s.find(Finding{Code: code, Path: fmt.Sprintf("spec.standards[%d].departments", i), Subjects: []any{std.Name}})
		}
	}
	for i := range s.plan.Categories {
		if s.plan.Categories[i].Identification && !s.has(v1alpha1.PurposeIdentification) {
			s.find(Finding{Code: NoIdentification, Path: fmt.Sprintf("spec.categories[%d].identification", i)})
		}
	}
}

// closedByApplication says whether a department of the shortfall must apply for its
// close-out.
func (s *scrutiny) closedByApplication() bool {
	p := s.plan.Procedure(string(v1alpha1.PurposeCloseOut))
	return p != nil && slices.ContainsFunc(p.Steps, func(step decision.Step) bool { return step.ByDepartment })
}

// sites looks for kinds of sites that no given jurisdiction of the plan has.
func (s *scrutiny) sites() {
	kinds, largest := s.givenSites()
	if kinds == nil {
		return
	}
	for i := range s.plan.Procedures {
		for k := range s.plan.Procedures[i].Steps {
			step := &s.plan.Procedures[i].Steps[k]
			path := fmt.Sprintf("spec.procedures[%d].steps[%d].sites", i, k)
			for n, kind := range step.SiteKinds {
				if !slices.Contains(kinds, kind) {
					s.find(Finding{Code: NoSuchSite, Path: fmt.Sprintf("%s.kinds[%d]", path, n), Subjects: []any{kind}})
				}
			}
			if step.ClusterOf > largest {
				s.find(Finding{Code: NoSuchCluster, Path: path + ".clusterOf", Subjects: []any{step.ClusterOf}})
			}
		}
	}
}

// givenSites are the kinds of sites at the plan's node, above and below it, and the
// most households of a site; nil if that node is not given or its nodes list no site.
func (s *scrutiny) givenSites() (kinds []string, largest int) {
	parents := map[string]string{}
	for _, j := range s.opts.Jurisdictions {
		parents[j.Name] = ""
		if j.Spec.ParentRef != nil {
			parents[j.Name] = string(j.Spec.ParentRef.Name)
		}
	}
	own := string(s.spec.JurisdictionRef.Name)
	if _, given := parents[own]; !given {
		return nil, 0
	}
	for _, j := range s.opts.Jurisdictions {
		if !isAbove(parents, own, j.Name) && !isAbove(parents, j.Name, own) {
			continue
		}
		for _, site := range j.Spec.Sites {
			kinds = append(kinds, string(site.Kind))
			if site.Households != nil {
				largest = max(largest, int(*site.Households))
			}
		}
	}
	return kinds, largest
}

// isAbove says whether a node is another's, or above it. A tree with a cycle is
// walked no longer than it has nodes.
func isAbove(parents map[string]string, above, node string) bool {
	for range len(parents) + 1 {
		if node == above {
			return true
		}
		if node = parents[node]; node == "" {
			return false
		}
	}
	return false
}
