// SPDX-License-Identifier: Apache-2.0

package report

import (
	"cmp"
	"context"
	"slices"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/rollup"
	"fangpin.io/fangpin/internal/translate"
)

// layout is the tree of one world, by townships.
type layout struct {
	world *translate.World
	tree  rollup.Tree
	unit  map[string]string   // of a township with families, and of all below it: that township
	below map[string][]string // a township and all below it; of what is above: the townships
}

func (r *Reconciler) layoutOf(world *translate.World) *layout {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.layout == nil || r.layout.world != world {
		r.layout = newLayout(world)
	}
	return r.layout
}

func newLayout(world *translate.World) *layout {
	l := &layout{world: world, tree: figures.TreeOf(world), unit: map[string]string{}, below: map[string][]string{}}
	townships := map[string]bool{}
	for _, township := range l.tree.Townships {
		townships[township] = true
	}
	for _, node := range world.Nodes() {
		way := l.tree.Way(node)
		if at := slices.IndexFunc(way, func(n string) bool { return townships[n] }); at >= 0 {
			l.unit[node] = way[at]
			l.below[way[at]] = append(l.below[way[at]], node)
		}
	}
	for township := range townships {
		for _, node := range l.above(township) {
			l.below[node] = append(l.below[node], township)
		}
	}
	return l
}

func (l *layout) known(node string) bool {
	_, known := l.tree.Parents[node]
	return known
}

// above lists what adds a township up: what stands above it and is no township, as
// one is in a faulty tree. Nearest first.
func (l *layout) above(township string) []string {
	return slices.DeleteFunc(l.tree.Way(township)[1:], func(node string) bool { return l.unit[node] != "" })
}

// head is the node whose reconcile answers for a node: its township, or itself.
func (l *layout) head(node string) string {
	if township := l.unit[node]; township != "" {
		return township
	}
	return node
}

// heads lists all nodes that are reconciled.
func (l *layout) heads() []string {
	var heads []string
	for node := range l.tree.Parents {
		if l.head(node) == node {
			heads = append(heads, node)
		}
	}
	slices.Sort(heads)
	return heads
}

// keep takes a township's sums in place of earlier ones.
func (r *Reconciler) keep(township string, u *unit) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last++
	u.version = r.last
	r.units[township] = u
}

// unitsBelow returns the townships below a node, as of today and with the months of
// its reports, and a number that changes with any of them; or those that have to be
// added up first.
func (r *Reconciler) unitsBelow(p *pass, node string, reports []*v1alpha1.MonthlyReport) (units []*unit, version uint64, missing []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, township := range p.layout.below[node] {
		u := r.units[township]
		today := p.world.Today(township, p.now)
		if !u.fresh(today) || !u.holds(reports, today) {
			missing = append(missing, township)
			continue
		}
		units, version = append(units, u), version+u.version
	}
	return units, version, missing
}

// fresh reports whether the sums are those of a day: of months that have ended they
// do not change with the day.
func (u *unit) fresh(today civil.Day) bool {
	return u != nil && (u.day == today ||
		u.day < today && !slices.ContainsFunc(u.months, func(month civil.Period) bool { return month.End > u.day }))
}

// holds reports whether the months of all reports that have begun were added up.
func (u *unit) holds(reports []*v1alpha1.MonthlyReport, today civil.Day) bool {
	for _, report := range reports {
		if month, ok := figures.ReportMonth(report); ok && month.Start <= today && placeOf(u.months, report) < 0 {
			return false
		}
	}
	return true
}

// monthsOf lists the months, ascending, for which a township's families are judged:
// those of the reports of the township and below, and of what is above.
func (r *Reconciler) monthsOf(ctx context.Context, p *pass, township string, own []*v1alpha1.MonthlyReport) ([]civil.Period, error) {
	today := p.world.Today(township, p.now)
	var months []civil.Period
	consider := func(month civil.Period) {
		if month.Start <= today {
			months = append(months, month)
		}
	}
	for _, node := range p.layout.above(township) {
		for _, asked := range p.world.ReportsAsked(node, today) {
			consider(asked.Month)
		}
		reports, err := r.reportsOf(ctx, node)
		if err != nil {
			return nil, err
		}
		own = append(own[:len(own):len(own)], reports...)
	}
	for _, report := range own {
		if month, ok := figures.ReportMonth(report); ok {
			consider(month)
		}
	}
	slices.SortFunc(months, func(a, b civil.Period) int { return cmp.Compare(a.Start, b.Start) })
	return slices.Compact(months), nil
}

// Behind says what is still to be added up of what the cache holds; "" if nothing
// is. It is for Operator.Settle.
func (r *Reconciler) Behind(ctx context.Context) (string, error) {
	p := &pass{world: r.Worlds.Current(), now: r.Now()}
	p.layout = r.layoutOf(p.world)
	for _, head := range p.layout.heads() {
		if !r.Scope.Covers(p.world, head) {
			continue
		}
		waits, err := r.behind(ctx, p, head)
		if waits != "" || err != nil {
			return waits, err
		}
	}
	var reports v1alpha1.MonthlyReportList
	if err := r.Cache.List(ctx, &reports); err != nil {
		return "", err
	}
	for i := range reports.Items {
		report := &reports.Items[i]
		node := string(report.Spec.JurisdictionRef.Name)
		if (!p.layout.known(node) || r.Scope.Covers(p.world, node)) && report.Status.ObservedGeneration != report.Generation {
			return "report " + report.Name + " is not computed", nil
		}
	}
	return "", nil
}

func (r *Reconciler) behind(ctx context.Context, p *pass, head string) (string, error) {
	if p.layout.unit[head] == "" {
		_, version, missing := r.unitsBelow(p, head, nil)
		r.mu.Lock()
		defer r.mu.Unlock()
		if done, known := r.sums[head]; len(missing) > 0 || !known || done != version {
			return "the reports of " + head + " are not added up", nil
		}
		return "", nil
	}
	waits := "the reports of " + head + " are not computed"
	r.mu.Lock()
	u := r.units[head]
	r.mu.Unlock()
	if !u.fresh(p.world.Today(head, p.now)) {
		return waits, nil
	}
	if print, err := r.print(ctx, p.world.Namespace(head)); err != nil || u.print != print {
		return waits, err
	}
	return "", nil
}
