// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"sync"

	"k8s.io/apimachinery/pkg/types"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// Twins finds households whose head has the same identity digest: one family
// that was entered twice. It is an index of the cache, at an eighth of the room
// that a general one takes where nearly every value has one holder.
type Twins struct {
	mu      sync.Mutex
	holders map[digestKey]types.NamespacedName
	more    map[digestKey][]types.NamespacedName
}

// digestKey stands for a digest, so that no digest is held twice.
type digestKey [sha256.Size]byte

// NewTwins returns an empty index.
func NewTwins() *Twins {
	return &Twins{holders: map[digestKey]types.NamespacedName{}, more: map[digestKey][]types.NamespacedName{}}
}

// Digest returns the identity digest of a household's head, "" if none is stated.
func Digest(h *v1alpha1.Household) string {
	if h.Spec.Head == nil {
		return ""
	}
	return h.Spec.Head.IdentityDigest
}

// Change notes that a household has one digest instead of another; "" is none.
func (t *Twins) Change(household types.NamespacedName, before, now string) {
	if before == now {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if before != "" {
		t.remove(sha256.Sum256([]byte(before)), household)
	}
	if now != "" {
		t.add(sha256.Sum256([]byte(now)), household)
	}
}

func (t *Twins) add(key digestKey, household types.NamespacedName) {
	first, taken := t.holders[key]
	switch {
	case !taken:
		t.holders[key] = household
	case first != household && !slices.Contains(t.more[key], household):
		t.more[key] = append(t.more[key], household)
	}
}

func (t *Twins) remove(key digestKey, household types.NamespacedName) {
	others := t.more[key]
	if t.holders[key] == household {
		if len(others) == 0 {
			delete(t.holders, key)
			return
		}
		t.holders[key], others = others[0], others[1:]
	} else {
		others = slices.DeleteFunc(others, func(other types.NamespacedName) bool { return other == household })
	}
	if t.more[key] = others; len(others) == 0 {
		delete(t.more, key)
	}
}

// Of lists the other households with a digest, sorted.
func (t *Twins) Of(household types.NamespacedName, digest string) []types.NamespacedName {
	if digest == "" {
		return nil
	}
	key := digestKey(sha256.Sum256([]byte(digest)))
	t.mu.Lock()
	defer t.mu.Unlock()
	var list []types.NamespacedName
	for _, other := range append([]types.NamespacedName{t.holders[key]}, t.more[key]...) {
		if other != household && other.Name != "" {
			list = append(list, other)
		}
	}
	slices.SortFunc(list, func(a, b types.NamespacedName) int {
		return cmp.Or(cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Name, b.Name))
	})
	return list
}
