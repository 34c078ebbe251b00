// SPDX-License-Identifier: Apache-2.0

package policytest

import (
	"slices"
	"time"

	"k8s.io/apimachinery/pkg/types"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// bench judges the objects of one case.
type bench struct {
	*scene
	world *translate.World
	asOf  civil.Day // zero: the day of now
	now   time.Time

	sums *papers.Summary // of all families, made when first asked for
}

// status is what is concluded about the object that an expectation names.
func (b *bench) status(e expectation) (status any, object string, err error) {
	key := types.NamespacedName{Namespace: e.namespace, Name: e.name}
	switch {
	case e.kind == kindJurisdiction || e.kind == kindPolicy:
		key.Namespace = ""
		object = e.kind + " " + e.name
	case key.Namespace == "":
		key.Namespace = b.namespace
		fallthrough
	default:
		object = e.kind + " " + key.String()
	}
	found := false
	switch e.kind {
	case kindHousehold:
		status, found = b.household(key)
	case kindPlan:
		status, found = b.plan(key)
	case kindJurisdiction:
		status, found = b.jurisdiction(e.name)
	case kindPolicy:
		status, found = b.policy(e.name)
	default:
		return nil, "", wording.Fault(wording.ExpectUnjudged, e.kind)
	}
	if !found {
		return nil, "", wording.Fault(wording.ExpectMissing, object)
	}
	return plainStatus(status), object, nil
}

func (b *bench) household(key types.NamespacedName) (any, bool) {
	family := b.collection.Families.Find(key)
	if family == nil || len(family.Household) == 0 {
		return nil, false
	}
	_, judgment := b.judge(family)
	return judgment.Household, true
}

func (b *bench) plan(key types.NamespacedName) (any, bool) {
	family := b.collection.Families.Find(key)
	switch {
	case family == nil || len(family.Plan) == 0:
		return nil, false
	case len(family.Household) == 0:
		return papers.OrphanPlan(family), true
	}
	_, judgment := b.judge(family)
	return judgment.Plan, true
}

// judge judges a family whose household is there.
func (b *bench) judge(family *papers.InMemory) (*v1alpha1.Household, translate.Judgment) {
	p, _ := b.collection.Papers(family)
	if family.Key == (types.NamespacedName{Namespace: b.namespace, Name: subject}) {
		p.Identifications = b.identified
	}
	if b.asOf.IsZero() {
		return p.Household, b.world.Judge(p, b.now)
	}
	return p.Household, b.world.JudgeOn(p, b.asOf)
}

func (b *bench) jurisdiction(name string) (any, bool) {
	i := slices.IndexFunc(b.collection.Jurisdictions, func(j *v1alpha1.Jurisdiction) bool { return j.Name == name })
	if i < 0 {
		return nil, false
	}
	return b.summary().Jurisdiction(b.collection.Jurisdictions[i]), true
}

// policy is a policy's status; one that was not known yet has none.
func (b *bench) policy(name string) (any, bool) {
	i := slices.IndexFunc(b.collection.Policies, func(p *v1alpha1.MonitoringPolicy) bool { return p.Name == name })
	if i < 0 {
		return nil, false
	}
	status := b.summary().Policy(b.collection.Policies[i])
	return status, status != nil
}

// summary judges all families of the case once.
func (b *bench) summary() *papers.Summary {
	if b.sums != nil {
		return b.sums
	}
	now := b.now
	if !b.asOf.IsZero() {
		now = papers.Noon(b.asOf)
	}
	b.sums = papers.NewSummary(b.world, now)
	for _, family := range b.collection.Families.All() {
		if len(family.Household) > 0 {
			household, judgment := b.judge(family)
			b.sums.Add(household, judgment.Household)
		}
	}
	return b.sums
}
