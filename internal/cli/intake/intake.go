// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/entry"
	"fangpin.io/fangpin/internal/ledger"
	"fangpin.io/fangpin/internal/translate"
)

// Target is what takes the objects: a cluster, in earnest or as a trial, or a
// check without one.
type Target interface {
	// Send writes an entry, or with trial does everything but that. ErrChanged asks
	// to read the family again. A Refusal is an answer that is no.
	Send(ctx context.Context, e *entry.Entry, trial bool) error
	// Read reads the papers of a family as they stand now.
	Read(ctx context.Context, name string) (translate.Papers, error)
}

// ErrChanged says that somebody else wrote the object meanwhile.
var ErrChanged = errors.New("the object has changed meanwhile")

// Refusal is why an object is not taken; the rows that it is made of are
// refused, and the work goes on.
type Refusal struct{ error }

func (r Refusal) Unwrap() error { return r.error }

// Intake brings families in.
type Intake struct {
	Store  *Store
	Target Target
	World  *translate.World
	Stamp  ledger.Stamp
	Trial  bool
	// Again is said of rows whose family others wrote twice meanwhile.
	Again error
}

// Outcome is what became of a family's rows.
type Outcome struct {
	Results []Row
	Objects []client.Object // those that were written, or would be
	Err     error           // what ended the work, nil if nothing did
}

// Row is what became of one row.
type Row struct {
	ledger.Result
	Refusal error // of the target, nil if there is none
}

// Family brings a group of rows in.
func (i *Intake) Family(ctx context.Context, g *ledger.Group) Outcome {
	papers, err := i.Store.Papers(g.Name)
	if err != nil {
		return Outcome{Err: err}
	}
	f := &family{Intake: i, group: g, papers: papers, refused: map[place]error{}, done: map[place]ledger.Result{}}
	for again := false; ; again = true {
		err := f.bring(ctx)
		switch {
		case err == nil:
			return f.outcome()
		case !errors.Is(err, ErrChanged):
			out := f.outcome()
			out.Err = err
			return out
		case again:
			f.refuseAll(i.Again)
			return f.outcome()
		}
		if f.papers, err = i.Target.Read(ctx, g.Name); err != nil {
			return Outcome{Err: err}
		}
	}
}

// place tells rows apart.
type place struct {
	sheet *ledger.Sheet
	row   int
}

func placeOf(r *ledger.Row) place { return place{r.Sheet, r.Number} }

// family is one family on its way.
type family struct {
	*Intake
	group   *ledger.Group
	papers  translate.Papers // as they stand
	refused map[place]error  // by the target
	results []ledger.Result  // of the last merge
	sent    []client.Object
	done    map[place]ledger.Result // of rows that went into what was sent
}

// bring merges and sends. Where the target refuses what several rows make up, it
// is tried row by row which of them it refuses, and the others go in.
func (f *family) bring(ctx context.Context) error {
	refusal, err := f.try(ctx)
	if err != nil || refusal == nil {
		return err
	}
	if err := f.sift(ctx); err != nil {
		return err
	}
	refusal, err = f.try(ctx)
	if refusal != nil { // what was taken in a trial a moment ago is refused now
		f.refuseAll(refusal)
	}
	return err
}

// try merges the rows that are not refused, and sends what comes of them.
func (f *family) try(ctx context.Context) (refusal, err error) {
	merged, results := f.merge(f.without(f.refused))
	f.results = results
	sent, refusal, err := f.send(ctx, merged, f.Trial)
	f.sent = append(f.sent, sent...)
	for _, r := range results {
		if r.Outcome == ledger.Created || r.Outcome == ledger.Changed {
			if slices.ContainsFunc(sent, func(o client.Object) bool { return idOf(o) == r.Object }) {
				f.done[placeOf(r.Row)] = r
			}
		}
	}
	return refusal, err
}

func idOf(o client.Object) string {
	return o.GetObjectKind().GroupVersionKind().Kind + "/" + o.GetName()
}

func (f *family) merge(g *ledger.Group) (ledger.Family, []ledger.Result) {
	stamp := f.Stamp
	stamp.Room = f.room
	return ledger.Merge(g, ledger.Family{Household: f.papers.Household, Plan: f.papers.Plan, Signals: f.papers.Signals}, stamp)
}

// sift finds the rows that the target refuses, by trials of more and more rows.
func (f *family) sift(ctx context.Context) error {
	rows := f.rows()
	trying := map[place]error{}
	for _, r := range rows {
		trying[placeOf(r)] = errNotYet
	}
	for _, r := range rows {
		delete(trying, placeOf(r))
		g := f.without(trying)
		merged, results := f.merge(g)
		at := slices.IndexFunc(results, func(o ledger.Result) bool { return placeOf(o.Row) == placeOf(r) })
		if at >= 0 && results[at].Outcome == ledger.Refused {
			continue // which is said already
		}
		_, refusal, err := f.send(ctx, merged, true)
		if err != nil {
			return err
		}
		if refusal != nil {
			f.refused[placeOf(r)], trying[placeOf(r)] = refusal, refusal
		}
	}
	return nil
}

var errNotYet = errors.New("not yet tried")

// rows are the group's rows: the household's first.
func (f *family) rows() []*ledger.Row {
	var out []*ledger.Row
	if f.group.Household != nil {
		out = append(out, f.group.Household)
	}
	return append(out, f.group.Papers...)
}

// without is the group without some rows.
func (f *family) without(rows map[place]error) *ledger.Group {
	if len(rows) == 0 {
		return f.group
	}
	g := *f.group
	if h := g.Household; h != nil && rows[placeOf(h)] != nil {
		g.Household, g.Refused = nil, h
	}
	g.Papers = nil
	for _, r := range f.group.Papers {
		if rows[placeOf(r)] == nil {
			g.Papers = append(g.Papers, r)
		}
	}
	return &g
}

// send sends what differs between the family as it stands and as it is to be:
// the household first. What was written stands from then on.
func (f *family) send(ctx context.Context, merged ledger.Family, trial bool) (sent []client.Object, refusal, err error) {
	entries, err := f.entries(merged)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		err := f.Target.Send(ctx, e, trial)
		var no Refusal
		if errors.As(err, &no) {
			return sent, no.error, nil
		}
		if err != nil {
			return sent, nil, err
		}
		sent = append(sent, e.Object)
		if !trial {
			f.stands(e.Object)
		}
	}
	return sent, nil, nil
}

func (f *family) entries(merged ledger.Family) ([]*entry.Entry, error) {
	var out []*entry.Entry
	add := func(e *entry.Entry, err error) error {
		if e != nil {
			out = append(out, e)
		}
		return err
	}
	var faults []error
	if merged.Household != nil {
		faults = append(faults, add(entry.Change(f.papers.Household, merged.Household)))
	}
	if merged.Plan != nil {
		faults = append(faults, add(entry.Change(f.papers.Plan, merged.Plan)))
	}
	for _, o := range merged.Signals {
		faults = append(faults, add(entry.Change(f.signal(o.Name), o)))
	}
	return out, errors.Join(faults...)
}

func (f *family) signal(name string) *v1alpha1.RiskSignal {
	for _, o := range f.papers.Signals {
		if o.Name == name {
			return o
		}
	}
	return nil
}

// stands remembers an object that was written.
func (f *family) stands(object client.Object) {
	switch o := object.(type) {
	case *v1alpha1.Household:
		f.papers.Household = o
	case *v1alpha1.AssistancePlan:
		f.papers.Plan = o
	case *v1alpha1.RiskSignal:
		if at := slices.IndexFunc(f.papers.Signals, func(s *v1alpha1.RiskSignal) bool { return s.Name == o.Name }); at >= 0 {
			f.papers.Signals[at] = o
			return
		}
		f.papers.Signals = append(f.papers.Signals, o)
	}
}

// outcome says of every row what became of it.
func (f *family) outcome() Outcome {
	out := Outcome{Objects: f.sent}
	for _, r := range f.results {
		at := placeOf(r.Row)
		if done, written := f.done[at]; written {
			r = done
		}
		if f.refused[at] == nil {
			out.Results = append(out.Results, Row{Result: r})
		}
	}
	for _, r := range f.rows() {
		if refusal := f.refused[placeOf(r)]; refusal != nil {
			out.Results = append(out.Results, Row{Result: ledger.Result{Row: r, Outcome: ledger.Refused}, Refusal: refusal})
		}
	}
	return out
}

// refuseAll refuses the rows that went into nothing that was written.
func (f *family) refuseAll(why error) {
	for _, r := range f.results {
		if _, written := f.done[placeOf(r.Row)]; !written && r.Outcome != ledger.Refused && r.Outcome != ledger.Left {
			f.refused[placeOf(r.Row)] = why
		}
	}
}

// room drops a survey where there are more than a household holds, as the
// command visit does: the oldest one without which today's judgment is the same.
func (f *family) room(full *v1alpha1.Household, added v1alpha1.Date) *v1alpha1.Household {
	p := f.papers
	p.Household = full
	at := slices.IndexFunc(full.Spec.Surveys, func(s v1alpha1.Survey) bool { return s.Date == added })
	if at < 0 || f.World == nil {
		return nil
	}
	e := &entry.Entry{Object: full, Fact: &full.Spec.Surveys[at], Papers: p}
	want := f.statuses(p)
	if err := e.MakeRoom(func(without translate.Papers) bool { return bytes.Equal(want, f.statuses(without)) }); err != nil {
		return nil
	}
	return e.Papers.Household
}

func (f *family) statuses(p translate.Papers) []byte {
	j := f.World.JudgeOn(p, f.Stamp.Today)
	text, err := json.Marshal([]any{j.Household, j.Plan, j.Signals, j.Reviews})
	if err != nil {
		return nil // statuses are plain data
	}
	return text
}
