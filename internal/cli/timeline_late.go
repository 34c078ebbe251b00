// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/chronicle"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/output"
	"fangpin.io/fangpin/internal/cli/spool"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// longAfter is how many days after its date something counts as entered late in
// a listing, unless the auditor asks for another number.
const longAfter = 30

// lateEntries lists for auditors what was entered long after its date, in all
// objects. Objects are read once and not kept: of each late entry stands a line
// in the spool and its place in memory, of each family its numbers.
type lateEntries struct {
	evaluation
	days int

	late     []lateNote
	families map[types.NamespacedName]*lateFamily
	places   map[string]*lateCount // of policies and reports, by jurisdiction
	users    map[string]*lateCount
	ahead    int
}

type (
	lateNote struct {
		days int32
		note spool.Note
	}
	lateCount  struct{ facts, late, most int }
	lateFamily struct {
		lateCount
		at string // the jurisdiction that the household names
	}
)

// The form of late entries for programs.
type (
	lateView struct {
		Namespace string `json:"namespace,omitempty"`
		Kind      string `json:"kind"`
		Object    string `json:"object"`
		enteredView
	}
	lateCountView struct {
		Jurisdiction string `json:"jurisdiction,omitempty"`
		User         string `json:"user,omitempty"`
		Facts        int    `json:"facts"`
		Late         int    `json:"late"`
		MostDaysLate int    `json:"mostDaysLate"`
	}
	lateSummary struct {
		Days          int             `json:"days"`
		Facts         int             `json:"facts"`
		Late          int             `json:"late"`
		Ahead         int             `json:"enteredAheadOfDate"`
		Jurisdictions []lateCountView `json:"jurisdictions"`
		Users         []lateCountView `json:"users"`
	}
)

func (l *lateEntries) list(ctx context.Context) error {
	if err := l.read(l.session); err != nil {
		return err
	}
	l.spool = spool.New(spool.Resident)
	defer func() { _ = l.spool.Close() }() // it only held what is printed by now
	l.families = map[types.NamespacedName]*lateFamily{}
	l.places, l.users = map[string]*lateCount{}, map[string]*lateCount{}
	words := newGlossary(l.lang, nil)
	if err := l.each(ctx, func(_ manifest.Document, o client.Object) error { return l.take(words, o) }); err != nil {
		return err
	}
	slices.SortStableFunc(l.late, func(a, b lateNote) int { return cmp.Compare(b.days, a.days) })
	if l.format == output.YAML || l.format == output.JSON {
		return output.Items(l.Out, l.format, func(yield func(any) error) error {
			return l.eachLate(func(v *lateView) error { return yield(v) })
		}, func() any { return l.summary() })
	}
	return l.print(words)
}

// take looks an object through and forgets it.
func (l *lateEntries) take(words *glossary, object client.Object) error {
	if jurisdiction, ok := object.(*v1alpha1.Jurisdiction); ok {
		l.shared.Add(jurisdiction)
		return nil
	}
	namespace := object.GetNamespace()
	if n := l.cluster.Namespace; n != nil && *n != "" && namespace != "" && namespace != *n {
		return nil
	}
	count := l.countOf(object)
	events := chronicle.FactsOf(object)
	for i := range events {
		e := &events[i]
		if !l.asOf.IsZero() && e.Date > l.asOf || !l.knownAt.IsZero() && e.Known() > l.knownAt {
			continue
		}
		user := l.users[e.By]
		if user == nil {
			user = &lateCount{}
			l.users[e.By] = user
		}
		count.add(e, l.days)
		user.add(e, l.days)
		if e.Ahead() {
			l.ahead++
		}
		if e.DaysLate() < l.days {
			continue
		}
		view := lateView{namespace, kindOf(object), object.GetName(), words.enteredViews(events[i : i+1])[0]}
		view.Message = words.fact(e)
		text, err := json.Marshal(view)
		if err != nil {
			return err
		}
		note, err := l.spool.Put(text)
		if err != nil {
			return err
		}
		l.late = append(l.late, lateNote{int32(e.DaysLate()), note}) //nolint:gosec // the calendar has fewer days
	}
	return nil
}

func (c *lateCount) add(e *chronicle.Event, days int) {
	c.facts++
	if late := e.DaysLate(); late >= days {
		c.late++
		c.most = max(c.most, late)
	}
}

// countOf is where an object's facts are counted: with its family, whose
// jurisdiction may be told by another object, or at its own jurisdiction.
func (l *lateEntries) countOf(object client.Object) *lateCount {
	household := object.GetName()
	switch o := object.(type) {
	case *v1alpha1.RiskSignal:
		household = string(o.Spec.HouseholdRef.Name)
	case *v1alpha1.Review:
		household = string(o.Spec.HouseholdRef.Name)
	case *v1alpha1.MonitoringPolicy:
		return l.countAt(string(o.Spec.JurisdictionRef.Name))
	case *v1alpha1.MonthlyReport:
		return l.countAt(string(o.Spec.JurisdictionRef.Name))
	}
	key := types.NamespacedName{Namespace: object.GetNamespace(), Name: household}
	family := l.families[key]
	if family == nil {
		family = &lateFamily{}
		l.families[key] = family
	}
	if h, ok := object.(*v1alpha1.Household); ok && h.Spec.JurisdictionRef != nil {
		family.at = string(h.Spec.JurisdictionRef.Name)
	}
	return &family.lateCount
}

func (l *lateEntries) countAt(place string) *lateCount {
	count := l.places[place]
	if count == nil {
		count = &lateCount{}
		l.places[place] = count
	}
	return count
}

// summary adds up by jurisdiction and by who signed; those without a late entry
// are left out.
func (l *lateEntries) summary() lateSummary {
	tree := translate.NewWorld(nil, l.shared.Jurisdictions, translate.Options{})
	for key, family := range l.families {
		place := family.at
		if place == "" {
			// Where there is no such township the namespace stands for it.
			if place, _ = tree.NodeOf(key.Namespace, nil); place == "" {
				place = key.Namespace
			}
		}
		at := l.countAt(place)
		at.facts, at.late, at.most = at.facts+family.facts, at.late+family.late, max(at.most, family.most)
	}
	clear(l.families)
	s := lateSummary{Days: l.days, Ahead: l.ahead, Jurisdictions: []lateCountView{}, Users: []lateCountView{}}
	for place, c := range l.places {
		s.Facts, s.Late = s.Facts+c.facts, s.Late+c.late
		if c.late > 0 {
			s.Jurisdictions = append(s.Jurisdictions, lateCountView{Jurisdiction: place, Facts: c.facts, Late: c.late, MostDaysLate: c.most})
		}
	}
	for user, c := range l.users {
		if c.late > 0 {
			s.Users = append(s.Users, lateCountView{User: user, Facts: c.facts, Late: c.late, MostDaysLate: c.most})
		}
	}
	for _, list := range [][]lateCountView{s.Jurisdictions, s.Users} {
		slices.SortFunc(list, func(a, b lateCountView) int {
			return cmp.Or(cmp.Compare(b.Late, a.Late), cmp.Compare(a.Jurisdiction, b.Jurisdiction), cmp.Compare(a.User, b.User))
		})
	}
	return s
}

// eachLate reads the late entries again, the latest first.
func (l *lateEntries) eachLate(visit func(*lateView) error) error {
	for _, late := range l.late {
		text, err := l.spool.Get(late.note)
		if err != nil {
			return err
		}
		var view lateView
		if err := json.Unmarshal(text, &view); err != nil {
			return err
		}
		if err := visit(&view); err != nil {
			return err
		}
	}
	return nil
}

func (l *lateEntries) print(words *glossary) error {
	painter := terminal.NewPainter(l.Out, l.Getenv)
	p := &page{out: l.Out, lang: l.lang, painter: painter, begun: true}
	if len(l.late) == 0 {
		p.message(0, l.lang.Say(wording.LateNone, words.days(l.days)))
		l.noteTotals(words, l.summary())
		return p.err
	}
	say := l.lang.Say
	table := terminal.NewTable(l.Out, painter, say(wording.LateColumnDaysLate), say(wording.LateColumnNamespace), say(wording.LateColumnKind),
		say(wording.LateColumnObject), say(wording.LateColumnFact), say(wording.LateColumnDate), say(wording.LateColumnEntered), say(wording.LateColumnBy))
	err := l.eachLate(func(v *lateView) error {
		return table.Add(terminal.Text(strconv.Itoa(v.DaysLate), orDash(v.Namespace), v.Kind, v.Object, v.Message, v.Date, v.Entered, orDash(v.By))...)
	})
	if err := errors.Join(err, table.Flush()); err != nil {
		return err
	}
	s := l.summary()
	p.heading(wording.LateByPlace)
	p.counts(wording.LateColumnPlace, s.Jurisdictions, func(c *lateCountView) string { return c.Jurisdiction })
	p.heading(wording.LateByUser)
	p.counts(wording.LateColumnUser, s.Users, func(c *lateCountView) string {
		if c.User == "" {
			return say(wording.NobodyNamed)
		}
		return c.User
	})
	l.noteTotals(words, s)
	return p.err
}

// counts writes a summary.
func (p *page) counts(of wording.Key, list []lateCountView, name func(*lateCountView) string) {
	rows := make([][]terminal.Cell, len(list))
	for i := range list {
		c := &list[i]
		const percent = 100
		rows[i] = terminal.Text(name(c), strconv.Itoa(c.Facts), strconv.Itoa(c.Late), fmt.Sprintf("%d%%", c.Late*percent/c.Facts), strconv.Itoa(c.MostDaysLate))
	}
	p.table([]wording.Key{of, wording.LateColumnFacts, wording.LateColumnLate, wording.LateColumnShare, wording.LateColumnMostLate}, rows)
}

// noteTotals says beside the list how many there are in all.
func (l *lateEntries) noteTotals(words *glossary, s lateSummary) {
	l.note(wording.LateTotals, s.Late, s.Facts, words.days(l.days))
	if s.Ahead > 0 {
		l.note(wording.LateAhead, s.Ahead)
	}
}
