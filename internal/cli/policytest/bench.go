// SPDX-License-Identifier: Apache-2.0

package policytest

import (
	"slices"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/types"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/translate"
)

// bench judges the objects of one case.
type bench struct {
	*scene
	world *translate.World
	asOf  civil.Day // zero: the day of now
	now   time.Time
	// forms are the reports that the case expects and does not give, as far as the
	// controller would open them.
	forms []*v1alpha1.MonthlyReport

	sums *papers.Summary // of all families, made when first asked for
}

// status is what is concluded about the object that an expectation names.
func (b *bench) status(e expectation) (status any, object string, err error) {
	key := types.NamespacedName{Namespace: e.namespace, Name: e.name}
	switch {
	case e.kind == kindJurisdiction || e.kind == kindPolicy || e.kind == kindReport:
		key.Namespace = "" // the name of a report tells its jurisdiction, and so its namespace
		object = e.kind + " " + e.name
	case key.Namespace == "":
		key.Namespace = b.namespace
		fallthrough
	default:
		object = e.kind + " " + key.String()
	}
	found := false
	switch e.kind {
	case kindHousehold, kindPlan, kindSignal, kindReview:
		status, found = b.paper(e.kind, key)
	case kindJurisdiction:
		status, found = b.jurisdiction(e.name)
	case kindPolicy:
		status, found = b.policy(e.name)
	case kindReport:
		status, found = b.report(e.name)
	default:
		return nil, "", wording.Fault(wording.ExpectUnjudged, e.kind)
	}
	if !found {
		return nil, "", wording.Fault(wording.ExpectMissing, object)
	}
	return plainStatus(status), object, nil
}

// paper is the status of one of a family's papers.
func (b *bench) paper(kind string, key types.NamespacedName) (any, bool) {
	for _, family := range b.collection.Families.All() {
		if family.Key.Namespace != key.Namespace {
			continue
		}
		p := b.collection.Papers(family)
		object := named(p, kind, key.Name)
		if object == nil {
			continue
		}
		judgment := b.judge(family.Key, p)
		status := judgment.Of(p, object)
		return status, status != nil
	}
	return nil, false
}

// named is the paper of a kind and name, nil if there is none.
func named(p translate.Papers, kind, name string) any {
	switch {
	case kind == kindHousehold && p.Household != nil && p.Household.Name == name:
		return p.Household
	case kind == kindPlan && p.Plan != nil && p.Plan.Name == name:
		return p.Plan
	}
	for _, s := range p.Signals {
		if kind == kindSignal && s.Name == name {
			return s
		}
	}
	for _, r := range p.Reviews {
		if kind == kindReview && r.Name == name {
			return r
		}
	}
	return nil
}

// judge judges a family, or papers whose household is missing.
func (b *bench) judge(family types.NamespacedName, p translate.Papers) translate.Judgment {
	p = b.stated(family, p)
	switch {
	case p.Household == nil:
		return translate.JudgeOrphans(p)
	case b.asOf.IsZero():
		return b.world.Judge(p, b.now)
	}
	return b.world.JudgeOn(p, b.asOf)
}

// stated adds the identifications that the case states of its subject.
func (b *bench) stated(family types.NamespacedName, p translate.Papers) translate.Papers {
	if family == (types.NamespacedName{Namespace: b.namespace, Name: subject}) {
		p.Identifications = b.identified
	}
	return p
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

// report is a report's status: of one that is given, else of the empty form.
func (b *bench) report(name string) (any, bool) {
	for _, r := range slices.Concat(b.collection.Reports, b.forms) {
		if r.Name == name {
			return b.summary().Report(r), true
		}
	}
	return nil, false
}

// open makes the empty form of a report that is expected and not given, if the
// controller would open it by the day of the case.
func (b *bench) open(name string) {
	given := slices.ContainsFunc(b.collection.Reports, func(r *v1alpha1.MonthlyReport) bool { return r.Name == name })
	cut := strings.LastIndex(name, "-")
	if cut >= 0 {
		cut = strings.LastIndex(name[:cut], "-")
	}
	if given || cut < 0 {
		return
	}
	node := name[:cut]
	for _, asked := range b.world.ReportsAsked(node, b.world.Today(node, b.instant())) {
		if figures.ReportName(node, asked.Month) == name {
			b.forms = append(b.forms, figures.NewReport(b.world.Namespace(node), node, asked.Month))
		}
	}
}

func (b *bench) instant() time.Time {
	if b.asOf.IsZero() {
		return b.now
	}
	return papers.Noon(b.asOf)
}

// summary judges all families of the case once.
func (b *bench) summary() *papers.Summary {
	if b.sums != nil {
		return b.sums
	}
	b.sums = papers.NewSummary(b.world, slices.Concat(b.collection.Reports, b.forms), b.instant())
	for _, family := range b.collection.Families.All() {
		if p := b.collection.Papers(family); p.Household != nil {
			p = b.stated(family.Key, p)
			judgment := b.judge(family.Key, p)
			b.sums.Add(p.Household, &judgment)
			b.sums.AddMonths(p.Household, b.sums.Months(p))
		}
	}
	return b.sums
}
