// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/rehearsal/story"
)

// errand is what a unit does of its duties on one day, in the report of one
// month: what it records, and the figures that it submits.
type errand struct {
	signer  string
	form    *v1alpha1.MonthlyReport // as last read, or as it will be created
	exists  bool
	records []v1alpha1.DutyRecord
	submits bool
}

// errands asks every unit what it does today for its duties, as its status of
// the evening before says they stand.
func (t *Town) errands(ctx context.Context) ([]*errand, error) {
	var jurisdictions v1alpha1.JurisdictionList
	var reports v1alpha1.MonthlyReportList
	for _, list := range []client.ObjectList{&jurisdictions, &reports} {
		if err := t.Reader().List(ctx, list); err != nil {
			return nil, fmt.Errorf("reading %T: %w", list, err)
		}
	}
	asks, err := t.reportDuties(ctx)
	if err != nil {
		return nil, err
	}
	forms := map[string]*errand{}
	for i := range reports.Items {
		forms[reports.Items[i].Name] = &errand{form: &reports.Items[i], exists: true}
	}
	for i := range jurisdictions.Items {
		j := &jurisdictions.Items[i]
		for k := range j.Status.Duties {
			t.attend(j, &j.Status.Duties[k], asks, forms)
		}
	}
	var todo []*errand
	for _, e := range forms {
		if len(e.records) > 0 || e.submits {
			todo = append(todo, e)
		}
	}
	slices.SortFunc(todo, func(a, b *errand) int { return cmp.Compare(a.form.Name, b.form.Name) })
	return todo, nil
}

// reportDuties are the names of the duties that a report meets.
func (t *Town) reportDuties(ctx context.Context) (map[v1alpha1.Word]bool, error) {
	var policies v1alpha1.MonitoringPolicyList
	if err := t.Reader().List(ctx, &policies); err != nil {
		return nil, fmt.Errorf("reading the plans: %w", err)
	}
	asks := map[v1alpha1.Word]bool{}
	for i := range policies.Items {
		for _, d := range policies.Items[i].Spec.Duties {
			asks[d.Name] = d.MetWhen == v1alpha1.DutyReportSubmitted
		}
	}
	return asks, nil
}

// attend files what is done today for a duty, if it is the day for it.
func (t *Town) attend(j *v1alpha1.Jurisdiction, d *v1alpha1.DutyState, asks map[v1alpha1.Word]bool, forms map[string]*errand) {
	due, err := civil.ParseDay(string(d.Due))
	if err != nil || d.State == v1alpha1.DutyMet || d.State == v1alpha1.DutyMetLate || t.today < t.officers.attends(j.Name, string(d.Name), due) {
		return
	}
	month := civil.Month.PeriodOf(t.today)
	if len(d.Period) >= len("2020-04") {
		if of, err := civil.ParsePeriod(civil.Month, string(d.Period)[:len("2020-04")]); err == nil {
			month = of
		}
	}
	e := forms[figures.ReportName(j.Name, month)]
	if e == nil {
		e = &errand{form: figures.NewReport(t.namespaceOf(j), j.Name, month)}
		forms[e.form.Name] = e
	}
	e.signer = t.clerkOf(j)
	switch {
	case !asks[d.Name]:
		e.records = append(e.records, v1alpha1.DutyRecord{Duty: d.Name, Date: v1alpha1.Date(t.today.String()), By: v1alpha1.UserName(e.signer), Period: d.Period})
	case e.exists && e.form.Spec.Submitted == nil && e.form.Status.Figures != nil && e.form.Status.AsOf == v1alpha1.Date(month.End.String()):
		e.submits = true
	}
}

// attends is the day on which a unit sees to a duty: most do a little before it is
// due, some on the day, a few forget.
func (o officers) attends(node, duty string, due civil.Day) civil.Day {
	dice := o.dice(node, duty+due.String())
	switch n := dice.IntN(100); {
	case n < 60:
		return due.AddDays(-dice.IntN(4))
	case n < 90:
		return due
	default:
		return due.AddDays(1 + dice.IntN(6))
	}
}

// namespaceOf is where a unit's reports are: its township's, or its own.
func (t *Town) namespaceOf(j *v1alpha1.Jurisdiction) string {
	if j.Spec.Namespace != "" || j.Spec.ParentRef == nil {
		return string(j.Spec.Namespace)
	}
	return string(j.Spec.ParentRef.Name) // a village's township, whose namespace has its name
}

// clerkOf is who signs for a unit.
func (t *Town) clerkOf(j *v1alpha1.Jurisdiction) string {
	namespace := t.namespaceOf(j)
	switch {
	case j.Spec.Level == v1alpha1.LevelVillage && namespace == township:
		visitors := t.year.Visitors()
		return string(visitors[t.officers.dice(j.Name, "reports").IntN(len(visitors))])
	case j.Spec.Level == v1alpha1.LevelVillage:
		return namespace + "-worker-1"
	case namespace == township:
		return townClerk
	case namespace == county || namespace == city:
		return namespace + officeSuffix
	}
	return namespace + clerkSuffix
}

// run writes an errand: into the form if there is one.
func (t *Town) run(ctx context.Context, e *errand) error {
	if !e.exists {
		e.form.Spec.DutyRecords = e.records
		return wrap(t.people.create(ctx, e.signer, e.form), "making the report %s", e.form.Name)
	}
	var operations []story.Operation
	for i := range e.records {
		if len(e.form.Spec.DutyRecords) == 0 && i == 0 {
			operations = append(operations, story.Operation{Op: "add", Path: "/spec/dutyRecords", Value: e.records[:1]})
			continue
		}
		operations = append(operations, story.Operation{Op: "add", Path: "/spec/dutyRecords/-", Value: e.records[i]})
	}
	if e.submits {
		operations = append(operations, story.Operation{Op: "add", Path: "/spec/submitted", Value: v1alpha1.Submission{
			Date: v1alpha1.Date(t.today.String()), By: v1alpha1.UserName(e.signer),
			Figures: e.form.Status.Figures, Digest: figures.Digest(e.form.Status.Figures),
		}})
	}
	_, err := t.people.change(ctx, e.signer, paper{reportKind, e.form.Namespace, e.form.Name}, e.form.ResourceVersion, operations...)
	return wrap(err, "writing the report %s in the name of %s: %s", e.form.Name, e.signer, strings.Join(paths(operations), ", "))
}

func paths(operations []story.Operation) []string {
	out := make([]string, len(operations))
	for i := range operations {
		out[i] = operations[i].Path
	}
	return out
}
