// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/agenda"
	"fangpin.io/fangpin/internal/cli/cluster"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/cli/pipeline"
	"fangpin.io/fangpin/internal/cli/spool"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/report"
	"fangpin.io/fangpin/internal/rollup"
	"fangpin.io/fangpin/internal/translate"
)

// loadWorld reads files or the cluster, finds the jurisdiction that is asked for,
// and compiles the policies. Of a cluster only the namespaces below the
// jurisdiction are read.
func (r *reporting) loadWorld(ctx context.Context) (*translate.World, error) {
	if len(r.paths) > 0 {
		skipped, err := r.source(r.paths).Read(ctx, r.take)
		r.noteSkipped(skipped)
		if err != nil {
			return nil, err
		}
		world, err := r.world(&r.shared)
		if err != nil {
			return nil, err
		}
		return world, r.findRoot(world)
	}
	live, err := cluster.Open(r.evaluation.cluster)
	if err != nil {
		return nil, err
	}
	yield := func(object cluster.Object) error {
		d, err := live.Document(object)
		if err != nil {
			return err
		}
		return r.take(d, object)
	}
	if err := live.Shared(ctx, yield); err != nil {
		return nil, err
	}
	world, _ := r.world(&r.shared) // a policy that does not compile concerns its families
	for _, policy := range papers.Invalid(world) {
		r.note(wording.ReportUncompiled, policy.Policy.Name)
	}
	if err := r.findRoot(world); err != nil {
		return nil, err
	}
	for _, namespace := range namespacesOf(world, r.root) {
		if err := live.Papers(ctx, namespace, yield); err != nil {
			return nil, err
		}
	}
	return world, nil
}

// findRoot finds the jurisdiction that the report is about.
func (r *reporting) findRoot(world *translate.World) error {
	if r.root == "" {
		var tops []string
		for _, name := range world.Nodes() {
			if world.Parent(name) == "" {
				tops = append(tops, name)
			}
		}
		switch len(tops) {
		case 0:
			return usageError{wording.Fault(wording.ReportNoTree)}
		case 1:
			r.root = tops[0]
		default:
			return usageError{wording.Fault(wording.ReportWhichPlace, strings.Join(tops, ", "))}
		}
	}
	node, fault := world.Node(r.root)
	switch {
	case node == nil:
		return usageError{wording.Fault(wording.ReportNoPlace, r.root)}
	case fault != nil:
		return usageError{wording.Fault(wording.ReportBadPlace, r.root, fault)}
	}
	return nil
}

// namespacesOf are those in which families of the jurisdiction live: of the
// townships at or below it, or of the one that it lies in.
func namespacesOf(world *translate.World, root string) []string {
	var found []string
	for _, name := range world.Descendants(root) {
		if node, _ := world.Node(name); node.Spec.Level == v1alpha1.LevelTownship {
			found = append(found, world.Namespace(name))
		}
	}
	if len(found) == 0 {
		found = append(found, world.Namespace(root))
	}
	slices.Sort(found)
	return slices.DeleteFunc(slices.Compact(found), func(namespace string) bool { return namespace == "" })
}

// counting judges families for a report.
type counting struct {
	*reporting
	world   *translate.World
	frame   report.Frame
	tree    rollup.Tree
	units   map[string]int  // the unit at which a family of a jurisdiction counts
	within  map[string]bool // namespaces whose families may count
	builder *report.Builder
}

// make counts all families.
func (r *reporting) make(ctx context.Context, world *translate.World) (*report.Report, error) {
	r.places = nil // no longer needed, and large
	asOf := world.Today(r.root, r.instant())
	frame, err := report.NewFrame(r.period(asOf), asOf)
	if err != nil {
		return nil, periodFault(err)
	}
	c := &counting{reporting: r, world: world, frame: frame, tree: figures.TreeOf(world), units: map[string]int{}, within: map[string]bool{}}
	for _, namespace := range namespacesOf(world, r.root) {
		c.within[namespace] = true
	}
	places := c.places(r.root)
	c.builder = report.NewBuilder(frame, orderOf(r.shared.Policies), places)
	placeless := 0
	err = pipeline.Ordered(ctx,
		func(yield func(*papers.Family[spool.Note]) error) error {
			for _, family := range r.families.All() {
				if c.tree.Townships[family.Key.Namespace] == "" {
					placeless += len(family.Household)
				}
				if !c.within[family.Key.Namespace] {
					continue
				}
				if err := yield(family); err != nil {
					return err
				}
			}
			return nil
		},
		c.count,
		func(f counted) error {
			if f.err == nil && f.columns != nil {
				c.builder.Add(f.unit, f.columns)
			}
			return f.err
		})
	if err != nil {
		return nil, err
	}
	if placeless > 0 {
		r.note(wording.ReportPlaceless, placeless)
	}
	made, err := c.builder.Report()
	var mismatch *report.MismatchError
	if errors.As(err, &mismatch) {
		return nil, wording.Fault(wording.ReportMismatch, mismatch.Unit, mismatch.Month, string(mismatch.Key.Topic))
	}
	if err == nil {
		made.Policies = c.policies()
	}
	return made, err
}

// places are the units of the report: the jurisdiction, and below it all or those
// of one level, by code, then name.
func (c *counting) places(root string) []report.Place {
	var places []report.Place
	var walk func(name string, above int)
	walk = func(name string, above int) {
		node, fault := c.world.Node(name)
		if node == nil || fault != nil {
			return // whoever stands there cannot be judged, and counts above
		}
		if listed := name == root || c.reporting.tree || c.level == string(node.Spec.Level); listed {
			depth := 0
			if above >= 0 {
				depth = places[above].Depth + 1
			}
			places = append(places, report.Place{
				Name: name, DisplayName: string(node.Spec.DisplayName), Code: node.Spec.Code,
				Level: string(node.Spec.Level), Parent: above, Depth: depth,
			})
			above = len(places) - 1
		}
		c.units[name] = above
		children := slices.Clone(c.world.Children(name))
		slices.SortFunc(children, func(a, b string) int { return cmp.Or(cmp.Compare(c.code(a), c.code(b)), cmp.Compare(a, b)) })
		for _, child := range children {
			walk(child, above)
		}
	}
	walk(root, -1)
	return places
}

// code sorts a jurisdiction: by its code, those without one last.
func (c *counting) code(name string) string {
	if node, _ := c.world.Node(name); node != nil && node.Spec.Code != "" {
		return node.Spec.Code
	}
	return "~"
}

// policies are those in force at the listed jurisdictions in the period.
func (c *counting) policies() []string {
	var names []string
	for _, name := range c.world.Descendants(c.root) {
		for _, stretch := range c.world.Timeline(name) {
			if stretch.Plan != nil && stretch.From <= c.frame.AsOf && (stretch.Until.IsZero() || stretch.Until >= c.frame.From) {
				names = append(names, stretch.Plan.Name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// counted is what a family adds, at a unit; no columns: it counts elsewhere.
type counted struct {
	unit    int
	columns []report.FamilyMonth
	err     error
}

// count judges a family on the last day of each month, in two replays of its life:
// one for the figures of monthly reports, one for what goes beyond them.
func (c *counting) count(_ context.Context, family *papers.Family[spool.Note]) counted {
	objects, _, err := c.assemble(family)
	if err != nil || objects.Household == nil {
		return counted{err: err}
	}
	unit, inside := c.unitOf(objects.Household)
	if !inside {
		return counted{}
	}
	out := counted{unit: unit}
	for _, month := range c.world.Months(objects, c.frame.Columns(), c.instant()) {
		out.columns = append(out.columns, report.FamilyMonth{Month: month})
	}
	for i, judgment := range c.world.JudgeDays(objects, c.frame.Days()) {
		var late []report.Party
		for _, item := range agenda.Of(c.world, &objects, &judgment) {
			if item.Overdue {
				late = append(late, parties(item.From)...)
			}
		}
		out.columns[i].More = report.More(&objects, &judgment, late)
	}
	return out
}

func parties(from []agenda.Party) []report.Party {
	out := make([]report.Party, len(from))
	for i, party := range from {
		if out[i] = (report.Party{Department: string(party.Department)}); party.Department == "" {
			out[i].Level = string(party.Level)
		}
	}
	return out
}

// unitOf finds the unit at which a family counts.
func (c *counting) unitOf(h *v1alpha1.Household) (int, bool) {
	for _, name := range c.tree.Way(c.tree.Home(h.Namespace, figures.Named(h))) {
		if unit, listed := c.units[name]; listed {
			return unit, true
		}
	}
	return 0, false
}

// orderOf keeps the order that policies give their words.
func orderOf(policies []*v1alpha1.MonitoringPolicy) report.Order {
	order := report.Order{}
	for _, p := range policies {
		for i := range p.Spec.Tiers {
			order[report.Word{Topic: report.Tiers, Group: p.Name, Name: string(p.Spec.Tiers[i].Name)}] = i
		}
		for i := range p.Spec.Categories {
			order[report.Word{Topic: report.Categories, Group: p.Name, Name: string(p.Spec.Categories[i].Name)}] = i
		}
		for i := range p.Spec.Standards {
			order[report.Word{Topic: report.Shortfalls, Name: string(p.Spec.Standards[i].Name)}] = i
		}
	}
	return order
}
