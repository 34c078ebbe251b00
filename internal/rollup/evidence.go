// SPDX-License-Identifier: Apache-2.0

package rollup

import (
	"slices"

	"fangpin.io/fangpin/internal/decision"
)

// Attest keeps what a family says of the duties of the jurisdictions above, be
// it nothing, and returns the jurisdictions to which that may make a difference;
// nil if it said the same before. The register keeps the lists.
func (r *Register) Attest(key Key, said *decision.Evidence) []string {
	home := r.homeOf(key)
	at := r.attested[home]
	if at == nil {
		at = map[Key]*decision.Evidence{}
		r.attested[home] = at
	}
	before, known := at[key]
	if said.IsZero() {
		said = nil
	}
	at[key] = said
	if known && (before == said || before != nil && said != nil && before.Equal(said)) {
		return nil
	}
	return r.ways[home]
}

// homeOf is where a family counts, "" for nowhere, or if it is not known yet.
func (r *Register) homeOf(key Key) string {
	if e := r.families[key]; e != nil {
		return e.home
	}
	return ""
}

// moveAttested keeps what a family has said with it where it counts from now on.
func (r *Register) moveAttested(key Key, from, to string) {
	said, known := r.attested[from][key]
	if !known || from == to {
		return
	}
	delete(r.attested[from], key)
	if r.attested[to] == nil {
		r.attested[to] = map[Key]*decision.Evidence{}
	}
	r.attested[to][key] = said
}

// Evidence returns what the families at a jurisdiction and below say of its
// duties, and whether all of them have spoken.
func (r *Register) Evidence(node string) (said decision.Evidence, complete bool) {
	complete = true
	for home, way := range r.ways {
		if !slices.Contains(way, node) {
			continue
		}
		complete = complete && len(r.attested[home]) >= r.stand[home]
		for _, one := range r.attested[home] {
			if one != nil {
				said.Add(one)
			}
		}
	}
	return said, complete
}
