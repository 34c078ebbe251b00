// SPDX-License-Identifier: Apache-2.0

// Package intake brings what ledgers say among the papers that there are, in
// files or in a cluster, family by family.
package intake

import (
	"encoding/json"
	"fmt"

	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/cli/spool"
	"fangpin.io/fangpin/internal/ledger"
	"fangpin.io/fangpin/internal/translate"
)

// Store holds the papers of the families of one township, out of memory as far
// as they are many, and of all other families the digest of who heads them.
type Store struct {
	Namespace string
	Shared    papers.Shared

	families *papers.Families[spool.Note]
	spool    *spool.Spool
	owners   map[string][]ledger.Owner
	digests  map[string]string // of the township's own households, by name
}

// NewStore returns an empty store.
func NewStore(namespace string) *Store {
	return &Store{
		Namespace: namespace, families: papers.NewFamilies[spool.Note](), spool: spool.New(spool.Resident),
		owners: map[string][]ledger.Owner{}, digests: map[string]string{},
	}
}

// Close gives up what was kept.
func (s *Store) Close() error { return s.spool.Close() }

// Add files an object.
func (s *Store) Add(object client.Object) error {
	if s.Shared.Add(object) {
		return nil
	}
	if h, ok := object.(*v1alpha1.Household); ok {
		s.note(h)
	}
	if object.GetNamespace() != s.Namespace {
		return nil
	}
	object.SetManagedFields(nil)
	text, err := json.Marshal(kept{object})
	if err != nil {
		return fmt.Errorf("keeping %s: %w", object.GetName(), err)
	}
	note, err := s.spool.Put(text)
	if err != nil {
		return err
	}
	s.families.Add(object, note)
	return nil
}

// kept is an object without its status, which nothing here rests on.
type kept struct{ client.Object }

func (k kept) MarshalJSON() ([]byte, error) {
	switch o := k.Object.(type) {
	case *v1alpha1.Household:
		o.Status = v1alpha1.HouseholdStatus{}
	case *v1alpha1.AssistancePlan:
		o.Status = v1alpha1.AssistancePlanStatus{}
	case *v1alpha1.RiskSignal:
		o.Status = v1alpha1.RiskSignalStatus{}
	case *v1alpha1.Review:
		o.Status = v1alpha1.ReviewStatus{}
	}
	return json.Marshal(k.Object)
}

func (s *Store) note(h *v1alpha1.Household) {
	digest := ""
	if h.Spec.Head != nil {
		digest = h.Spec.Head.IdentityDigest
	}
	if h.Namespace == s.Namespace {
		s.digests[h.Name] = digest
	}
	if digest != "" {
		s.owners[digest] = append(s.owners[digest], ledger.Owner{Namespace: h.Namespace, Name: h.Name})
	}
}

// Owners are the households that have a digest.
func (s *Store) Owners(digest string) []ledger.Owner { return s.owners[digest] }

// Digest is that of a household of the township; false if there is none of the
// name.
func (s *Store) Digest(name string) (string, bool) {
	digest, known := s.digests[name]
	return digest, known
}

// Households are the names of the township's households, in the order in which
// they came.
func (s *Store) Households() []string {
	var out []string
	for _, f := range s.families.All() {
		out = append(out, f.Key.Name)
	}
	return out
}

// Papers reads the papers of a family again; nothing is in them where there is
// no such family.
func (s *Store) Papers(name string) (translate.Papers, error) {
	var p translate.Papers
	family := s.families.Find(types.NamespacedName{Namespace: s.Namespace, Name: name})
	if family == nil {
		return p, nil
	}
	for _, note := range family.Household {
		p.Household = &v1alpha1.Household{}
		if err := s.read(note, p.Household); err != nil {
			return p, err
		}
	}
	for _, note := range family.Plan {
		p.Plan = &v1alpha1.AssistancePlan{}
		if err := s.read(note, p.Plan); err != nil {
			return p, err
		}
	}
	for _, note := range family.Signals {
		o := &v1alpha1.RiskSignal{}
		if err := s.read(note, o); err != nil {
			return p, err
		}
		p.Signals = append(p.Signals, o)
	}
	for _, note := range family.Reviews {
		o := &v1alpha1.Review{}
		if err := s.read(note, o); err != nil {
			return p, err
		}
		p.Reviews = append(p.Reviews, o)
	}
	return p, nil
}

func (s *Store) read(note spool.Note, into any) error {
	text, err := s.spool.Get(note)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

// Places are the villages of the township, by the names that people use.
func (s *Store) Places() ledger.Places {
	world := s.Shared.World(translate.Options{})
	p := ledger.Places{Object: map[string]string{}, Shown: map[string]string{}}
	shown := map[string]int{}
	for _, j := range s.Shared.Jurisdictions {
		if world.Namespace(j.Name) == s.Namespace {
			shown[string(j.Spec.DisplayName)]++
		}
	}
	for _, j := range s.Shared.Jurisdictions {
		if world.Namespace(j.Name) != s.Namespace {
			continue
		}
		p.Object[j.Name] = j.Name
		if name := string(j.Spec.DisplayName); name != "" && shown[name] == 1 {
			p.Object[name], p.Shown[j.Name] = j.Name, name
		}
	}
	return p
}
