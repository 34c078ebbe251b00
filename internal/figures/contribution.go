// SPDX-License-Identifier: Apache-2.0

// Package figures turns judged families into the statuses of jurisdictions and
// policies: the one place that says what their fields hold, for the controllers
// and for the command alike. Its functions are pure.
package figures

import (
	"k8s.io/apimachinery/pkg/api/meta"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/rollup"
	"fangpin.io/fangpin/internal/translate"
)

// Of returns what a household adds to its jurisdictions: its status as it is
// written, or Unjudged if that is not of its present generation. The words are
// shared with the household, which must not change.
func Of(h *v1alpha1.Household) rollup.Contribution {
	s := &h.Status
	c := rollup.Contribution{Persons: int(h.Spec.Persons), Standing: standing(h)}
	if c.Standing == rollup.Unjudged {
		return c
	}
	if s.PolicyRef != nil {
		c.Policy = string(s.PolicyRef.Name)
	}
	c.Tier, c.Category = string(s.Tier), string(s.Category)
	if inScope := c.Standing == rollup.InScope || c.Standing == rollup.Monitored; inScope {
		for _, cause := range s.Causes {
			c.Causes = append(c.Causes, string(cause))
		}
	}
	for i := range s.Shortfalls {
		c.Shortfalls = append(c.Shortfalls, rollup.Shortfall{
			Standard: string(s.Shortfalls[i].Standard),
			Overdue:  s.Shortfalls[i].State == v1alpha1.ShortfallOverdue,
		})
	}
	if s.Overdue != nil {
		c.Overdue = int(*s.Overdue)
	}
	if next, err := civil.ParseDay(string(s.NextDeadline)); err == nil {
		c.NextDeadline = next
	}
	return c
}

func standing(h *v1alpha1.Household) rollup.Standing {
	if h.Status.ObservedGeneration != h.Generation || !meta.IsStatusConditionTrue(h.Status.Conditions, v1alpha1.ConditionReady) {
		return rollup.Unjudged
	}
	switch h.Status.Stage {
	case v1alpha1.StageMonitored, v1alpha1.StageUnderElimination:
		return rollup.Monitored
	case v1alpha1.StageEliminated:
		return rollup.Eliminated
	case v1alpha1.StageOutOfScope:
		return rollup.OutOfScope
	default:
		return rollup.InScope
	}
}

// Named returns the jurisdiction that a household names, "" if it names none.
func Named(h *v1alpha1.Household) string {
	if h.Spec.JurisdictionRef == nil {
		return ""
	}
	return string(h.Spec.JurisdictionRef.Name)
}

// TreeOf returns where families count: every jurisdiction with its parent, and
// the township of each namespace. Of several townships that share a namespace,
// which is a fault, the first by name counts the families.
func TreeOf(w *translate.World) rollup.Tree {
	tree := rollup.Tree{Parents: map[string]string{}, Townships: map[string]string{}}
	for _, name := range w.Nodes() {
		tree.Parents[name] = w.Parent(name)
		node, _ := w.Node(name)
		if node.Spec.Level != v1alpha1.LevelTownship {
			continue
		}
		namespace := w.Namespace(name)
		if _, taken := tree.Townships[namespace]; namespace != "" && !taken {
			tree.Townships[namespace] = name
		}
	}
	return tree
}
