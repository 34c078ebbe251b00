// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"slices"

	"k8s.io/apimachinery/pkg/labels"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/translate"
)

// Scope says which families a manager looks after. The zero value is all of
// them.
//
// A manager sees nothing of families out of its scope. It therefore writes the
// statuses of those jurisdictions and policies alone of which it sees every
// family, and leaves the others be: two managers that each counted their own
// half would overwrite each other's figures for ever.
type Scope struct {
	// Namespaces are the townships' namespaces; none means all.
	Namespaces []string
	// Selector picks the families' papers of one shard by their labels; nil
	// means all.
	Selector labels.Selector
}

// Covers reports whether every family that may count at a jurisdiction, there
// or below, is in scope.
func (s Scope) Covers(w *translate.World, jurisdiction string) bool {
	if s.Selector != nil && !s.Selector.Empty() {
		return false
	}
	if len(s.Namespaces) == 0 {
		return true
	}
	for _, name := range w.Descendants(jurisdiction) {
		node, _ := w.Node(name)
		holdsFamilies := node.Spec.Level == v1alpha1.LevelTownship || node.Spec.Level == v1alpha1.LevelVillage
		if holdsFamilies && !slices.Contains(s.Namespaces, w.Namespace(name)) {
			return false
		}
	}
	return true
}
