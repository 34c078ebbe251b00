// SPDX-License-Identifier: Apache-2.0

package rollup

import (
	"slices"

	"fangpin.io/fangpin/internal/decision"
)

// Key names a family: its namespace and its object's name.
type Key struct{ Namespace, Name string }

// Tree says where families count: the jurisdictions and who lies above whom.
type Tree struct {
	// Parents holds every jurisdiction, with its parent or "" for a root. A
	// parent that is not itself a key ends the way up, and so does a cycle.
	Parents map[string]string
	// Townships holds, for each namespace with families, its township.
	Townships map[string]string
}

// Register keeps what every family contributes and the sum of each
// jurisdiction. It is not safe for use by several goroutines at a time.
type Register struct {
	tree     Tree
	ways     map[string][]string // a node and all above it, nearest first
	families map[Key]*entry
	sums     map[string]*Sum // with everything below
	own      map[string]int  // families that stand right there
	stand    map[string]int  // families that count right there
	all      Sum

	attested map[string]map[Key]*decision.Evidence // by where the families count; nil: nothing to say
}

type entry struct {
	named string // the jurisdiction that the family names, "" for its township
	home  string // where it counts, "" for nowhere
	Contribution
}

// placed reports whether the family counts where it says that it stands.
func (e *entry) placed() bool { return e.named == "" || e.named == e.home }

// NewRegister returns a register without families, over a tree without nodes.
func NewRegister() *Register {
	r := &Register{families: map[Key]*entry{}, attested: map[string]map[Key]*decision.Evidence{}}
	r.SetTree(Tree{})
	return r
}

// SetTree replaces the tree and counts every family anew at its place in it.
// The register keeps the tree's maps.
func (r *Register) SetTree(tree Tree) {
	r.tree = tree
	r.ways = make(map[string][]string, len(tree.Parents))
	r.sums = make(map[string]*Sum, len(tree.Parents))
	r.own = make(map[string]int, len(tree.Parents))
	r.stand = make(map[string]int, len(tree.Parents))
	r.all = Sum{}
	for node := range tree.Parents {
		r.ways[node] = wayUp(tree.Parents, node)
		r.sums[node] = &Sum{}
	}
	for key, e := range r.families {
		home := r.home(key.Namespace, e.named)
		r.moveAttested(key, e.home, home)
		e.home = home
		r.count(e, +1)
	}
}

// wayUp lists a node and all above it, nearest first.
func wayUp(parents map[string]string, node string) []string {
	var way []string
	seen := map[string]bool{}
	for at := node; !seen[at]; {
		parent, known := parents[at]
		if !known {
			break
		}
		seen[at] = true
		way = append(way, at)
		at = parent
	}
	return way
}

// home says where a family counts: at the jurisdiction that it names if that
// lies at or below its namespace's township, else at the township.
func (r *Register) home(namespace, named string) string {
	township := r.tree.Townships[namespace]
	for _, node := range r.ways[named] {
		if township != "" && node == township {
			return named
		}
	}
	return township
}

// count adds a family to the sums of its home and of all above, or with sign
// -1 takes it out again.
func (r *Register) count(e *entry, sign int) {
	way := r.ways[e.home]
	if len(way) == 0 {
		return
	}
	if e.placed() {
		r.own[e.home] += sign
	}
	r.stand[e.home] += sign
	r.all.change(&e.Contribution, sign)
	for _, node := range way {
		r.sums[node].change(&e.Contribution, sign)
	}
}

// Put records what a family contributes from now on. The family names a
// jurisdiction, or "" for its namespace's township. Put returns the
// jurisdictions whose figures may have changed; nil if none did.
func (r *Register) Put(key Key, named string, c Contribution) []string {
	old := r.families[key]
	home := r.home(key.Namespace, named)
	if old != nil && old.named == named && old.home == home && old.Equal(&c) {
		return nil
	}
	e := &entry{named: named, home: home, Contribution: c}
	r.moveAttested(key, r.homeOf(key), home)
	changed := r.leave(old)
	r.families[key] = e
	r.count(e, +1)
	if old == nil || old.home != home {
		// Full slice expression: the ways are shared.
		changed = append(changed[:len(changed):len(changed)], r.ways[home]...)
	}
	return changed
}

// Remove takes a family out and returns the jurisdictions whose figures changed.
func (r *Register) Remove(key Key) []string {
	old := r.families[key]
	delete(r.attested[r.homeOf(key)], key)
	delete(r.families, key)
	return r.leave(old)
}

func (r *Register) leave(old *entry) []string {
	if old == nil {
		return nil
	}
	r.count(old, -1)
	return r.ways[old.home]
}

// Figures returns the figures of a jurisdiction with all below it, and whether
// the tree holds it.
func (r *Register) Figures(node string) (Figures, bool) {
	sum := r.sums[node]
	if sum == nil {
		return Figures{}, false
	}
	return sum.Figures(), true
}

// All returns the figures of every family that counts somewhere.
func (r *Register) All() Figures { return r.all.Figures() }

// OwnHouseholds returns how many families stand right at a jurisdiction, not
// below it. A family that names a jurisdiction at which it cannot stand counts
// in its township's figures, but stands nowhere until someone corrects it: no
// policy governs it.
func (r *Register) OwnHouseholds(node string) int { return r.own[node] }

// Families returns how many families the register holds, also those that count
// nowhere because their namespace has no township.
func (r *Register) Families() int { return len(r.families) }

// Contribution returns what a family contributes and the jurisdiction that it
// names, and whether the register holds it.
func (r *Register) Contribution(key Key) (c Contribution, named string, ok bool) {
	e := r.families[key]
	if e == nil {
		return Contribution{}, "", false
	}
	return e.Contribution, e.named, true
}

// Way lists a node and all above it, nearest first; nil if the tree lacks it.
func (t Tree) Way(node string) []string { return wayUp(t.Parents, node) }

// Home says where a family counts: at the jurisdiction that it names if that lies
// at or below its namespace's township, else at the township; "" for nowhere.
func (t Tree) Home(namespace, named string) string {
	township := t.Townships[namespace]
	if township != "" && slices.Contains(t.Way(named), township) {
		return named
	}
	return township
}
