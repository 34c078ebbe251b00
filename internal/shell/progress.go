// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"sync"

	"k8s.io/apimachinery/pkg/types"
)

// PolicyVersion is one generation of one policy's spec. A policy that is
// deleted and made again under the same name is another one.
type PolicyVersion struct {
	UID        types.UID
	Generation int64
}

// Progress remembers by which generation of which policy each family was judged
// last, in this process alone: a status does not say it, since the same status
// under another generation is no reason to write. After a restart every family
// is judged again anyway.
type Progress struct {
	mu       sync.Mutex
	families map[types.NamespacedName]PolicyVersion
	judged   map[PolicyVersion]int
	changed  func(policy PolicyVersion)
}

// NewProgress returns an empty memory.
func NewProgress() *Progress {
	return &Progress{
		families: map[types.NamespacedName]PolicyVersion{},
		judged:   map[PolicyVersion]int{},
	}
}

// OnChange has a function called whenever the number of families judged by a
// policy has changed. It must not block. It is set before the first judgment.
func (p *Progress) OnChange(f func(policy PolicyVersion)) { p.changed = f }

// Judged notes that a family was judged by a policy and its statuses are stored.
// The zero version says that it could not be judged.
func (p *Progress) Judged(family types.NamespacedName, policy PolicyVersion) {
	p.mu.Lock()
	old, known := p.families[family]
	if known && old == policy {
		p.mu.Unlock()
		return
	}
	p.families[family] = policy
	p.count(old, -1)
	p.count(policy, +1)
	p.mu.Unlock()
	p.tell(old, policy)
}

// Forget drops a family that is gone.
func (p *Progress) Forget(family types.NamespacedName) {
	p.mu.Lock()
	old := p.families[family]
	delete(p.families, family)
	p.count(old, -1)
	p.mu.Unlock()
	p.tell(old)
}

// Last returns by what a family was judged last, and whether it was judged
// since the start.
func (p *Progress) Last(family types.NamespacedName) (PolicyVersion, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	policy, known := p.families[family]
	return policy, known
}

// Evaluated returns how many families were judged last by a policy at a
// generation.
func (p *Progress) Evaluated(policy PolicyVersion) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.judged[policy]
}

func (p *Progress) count(policy PolicyVersion, by int) {
	if policy == (PolicyVersion{}) {
		return
	}
	if p.judged[policy] += by; p.judged[policy] == 0 {
		delete(p.judged, policy)
	}
}

func (p *Progress) tell(policies ...PolicyVersion) {
	for _, policy := range policies {
		if policy != (PolicyVersion{}) && p.changed != nil {
			p.changed(policy)
		}
	}
}
