// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"strings"

	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/cluster"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/figures"
)

const kindReport = "MonthlyReport"

// reportTarget is a report by its jurisdiction and month.
type reportTarget struct {
	jurisdiction string
	month        civil.Period // zero: not said
}

// reportName reads mrep/JURISDICTION-MONTH or JURISDICTION-MONTH, else a
// jurisdiction, whose month is said elsewhere.
func reportName(text string) (reportTarget, error) {
	kind, name, slashed := strings.Cut(text, "/")
	if !slashed {
		kind, name = kindReport, text
	}
	found, err := manifest.FindKind(kind)
	switch {
	case err != nil:
		return reportTarget{}, usageError{err}
	case name == "" || found.Name != kindReport && found.Name != "Jurisdiction":
		return reportTarget{}, usageError{wording.Fault(wording.SubmitWhat)}
	}
	const monthLength = len("-2020-04")
	if cut := len(name) - monthLength; cut > 0 && found.Name == kindReport {
		if month, err := civil.ParsePeriod(civil.Month, name[cut+1:]); err == nil && name[cut] == '-' {
			return reportTarget{name[:cut], month}, nil
		}
	}
	if slashed && found.Name == kindReport {
		return reportTarget{}, usageError{wording.Fault(wording.SubmitWhat)}
	}
	return reportTarget{jurisdiction: name}, nil
}

// oneReport is a report that stands in a cluster or in files, with the one of the
// month before.
type oneReport struct {
	report *v1alpha1.MonthlyReport // nil: there is none
	form   *v1alpha1.MonthlyReport // the report, or an empty form in its place
	before *v1alpha1.Figures       // of the month before, nil: none are known
}

// findReport reads the world, today, and the report: from files it is computed,
// from a cluster it is as the controller computed it.
func (f *oneFamily) findReport(ctx context.Context, target reportTarget) (oneReport, error) {
	collection, err := f.findShared(ctx)
	if err != nil {
		return oneReport{}, err
	}
	node, fault := f.world.Node(target.jurisdiction)
	switch {
	case node == nil:
		return oneReport{}, wording.Fault(wording.NoSuchJurisdiction, target.jurisdiction)
	case fault != nil:
		return oneReport{}, refusal{fault}
	}
	if f.day = f.asOf; f.day.IsZero() {
		f.day = f.world.Today(target.jurisdiction, f.now)
	}
	if target.month.IsZero() {
		return oneReport{}, nil
	}
	namespace := f.world.Namespace(target.jurisdiction)
	if n := f.cluster.Namespace; n != nil && *n != "" {
		namespace = *n
	}
	before := civil.Month.PeriodOf(target.month.Start.AddDays(-1))
	out := oneReport{form: figures.NewReport(namespace, target.jurisdiction, target.month)}
	previous := figures.NewReport(namespace, target.jurisdiction, before)
	if f.live == nil {
		f.compute(collection, &out, previous)
		return out, nil
	}
	if out.report, err = f.live.Report(ctx, namespace, out.form.Name); err != nil {
		return out, err
	}
	if out.report != nil {
		out.form = out.report
	}
	last, err := f.live.Report(ctx, namespace, previous.Name)
	if last != nil {
		out.before = last.Status.Figures
	}
	return out, err
}

// findShared reads what reports are computed by: of a cluster the policies and the
// tree, of files everything.
func (f *oneFamily) findShared(ctx context.Context) (*papers.Collection, error) {
	if err := f.read(f.session); err != nil {
		return nil, err
	}
	var objects []client.Object
	yield := func(object client.Object) error {
		objects = append(objects, object)
		return nil
	}
	if len(f.paths) > 0 {
		skipped, err := f.source(f.paths).Read(ctx, func(_ manifest.Document, object client.Object) error { return yield(object) })
		f.noteSkipped(skipped)
		if err != nil {
			return nil, err
		}
	} else {
		if f.live == nil {
			live, err := cluster.Open(f.cluster)
			if err != nil {
				return nil, err
			}
			f.live = live
		}
		if err := f.live.Shared(ctx, yield); err != nil {
			return nil, err
		}
	}
	collection := papers.NewCollection(objects)
	var err error
	if f.world, err = f.judging.world(&collection.Shared); err != nil && f.live == nil {
		return nil, err
	}
	f.policies = collection.Policies
	return collection, nil
}

// compute gives the report of files its status, and finds the figures of the month
// before.
func (f *oneFamily) compute(collection *papers.Collection, out *oneReport, previous *v1alpha1.MonthlyReport) {
	for _, r := range collection.Reports {
		if r.Name == out.form.Name {
			out.report = r.DeepCopy()
			out.form = out.report
		}
	}
	summary := papers.NewSummary(f.world, []*v1alpha1.MonthlyReport{out.form, previous}, f.instant())
	for _, family := range collection.Families.All() {
		if p := collection.Papers(family); p.Household != nil {
			summary.AddMonths(p.Household, summary.Months(p))
		}
	}
	out.form.Status = *summary.Report(out.form)
	out.before = summary.Report(previous).Figures
}
