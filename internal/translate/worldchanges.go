// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"slices"

	"fangpin.io/fangpin/internal/decision"
)

// ChangedSince lists the nodes at which families may be judged otherwise than in
// the World before: what is in force or what is wrong there differs. With no
// World before, all are.
func (w *World) ChangedSince(before *World) []string {
	if before == nil {
		return w.Nodes()
	}
	var out []string
	for _, name := range w.Nodes() {
		old, now := before.nodes[name], w.nodes[name]
		if old == nil || !sameFault(old.fault, now.fault) || !sameLine(old.line, now.line) || !sameSites(old.sites, now.sites) || before.Parent(name) != w.Parent(name) || before.Namespace(name) != w.Namespace(name) {
			out = append(out, name)
		}
	}
	for _, name := range before.Nodes() {
		if w.nodes[name] == nil {
			out = append(out, name)
		}
	}
	return out
}

func sameFault(a, b *Fault) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

func sameSites(a, b [][]decision.Site) bool {
	return slices.EqualFunc(a, b, slices.Equal[[]decision.Site])
}

func sameLine(a, b decision.Timeline) bool {
	return slices.EqualFunc(a, b, func(x, y decision.Stretch) bool {
		return x.From == y.From && x.Until == y.Until && x.Plan == y.Plan && slices.Equal(x.Conflict, y.Conflict)
	})
}
