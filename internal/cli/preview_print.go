// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"strconv"
	"strings"

	"fangpin.io/fangpin/internal/cli/output"
	"fangpin.io/fangpin/internal/cli/preview"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
)

// section is a part of a report, for a screen or for a pull request.
type section struct {
	title    string
	text     []string // sentences before the table
	headings []wording.Key
	rows     [][]string
	part     bool // of the day above it
}

// print writes the report in the format that was asked for.
func (p *forecast) print() error {
	switch p.format {
	case output.JSON, output.YAML:
		return output.Value(p.Out, p.format, p.report)
	case markdown:
		_, err := p.Out.Write([]byte(p.markdown()))
		return err
	}
	page := page{out: p.Out, lang: p.lang, painter: terminal.NewPainter(p.Out, p.Getenv)}
	for _, s := range p.sections() {
		if page.begun {
			page.print("\n")
		}
		page.begun = true
		page.print(page.painter.Paint(terminal.Bold, terminal.Line(s.title)) + "\n")
		for _, text := range s.text {
			page.message(1, text)
		}
		rows := make([][]terminal.Cell, len(s.rows))
		for i, row := range s.rows {
			rows[i] = terminal.Text(row...)
		}
		page.table(s.headings, rows)
	}
	return page.err
}

// previewWords says what reports hold.
type previewWords struct{ *glossary }

// sections are the whole report in words, without empty tables.
func (p *forecast) sections() []section {
	words := previewWords{newGlossary(p.lang, append(p.base.Policies, p.change.Given.Policies...))}
	say := p.lang.Say
	head := section{title: say(wording.PreviewTitle)}
	for i := range p.report.Changes {
		head.text = append(head.text, words.change(&p.report.Changes[i]))
	}
	if len(p.report.Changes) == 0 {
		head.text = append(head.text, say(wording.PreviewAsItStands))
	}
	if b := p.report.Budget; b != nil {
		if b.Kept {
			head.text = append(head.text, say(wording.BudgetKept, b.Limit, b.Date, b.Moved, b.Families))
		} else {
			head.text = append(head.text, say(wording.BudgetExceeded, b.Limit, b.Date, b.Moved, b.Families, share(b.Moved, b.Families)))
		}
	}
	all := []section{head}
	for i := range p.report.Days {
		all = append(all, words.day(&p.report.Days[i])...)
	}
	return append(all, words.moved(p.report.Moved)...)
}

func (w previewWords) change(c *preview.PolicyChange) string {
	switch c.What {
	case preview.Added:
		return w.lang.Say(wording.PreviewAdded, c.Name, c.EffectiveFrom)
	case preview.Removed:
		return w.lang.Say(wording.PreviewRemoved, c.Name)
	}
	return w.lang.Say(wording.PreviewChanged, c.Name, w.reasons(c.Parts))
}

var partWords = map[string]wording.Key{
	preview.PartParameter: wording.PartWordParameter, preview.PartStandard: wording.PartWordStandard,
	preview.PartCategory: wording.FigureCategory, preview.PartTier: wording.FigureTier,
	preview.PartRule: wording.PartWordRule, preview.PartDeadline: wording.PartWordDeadline, preview.PartDuty: wording.PartWordDuty,
}

// reasons says which parts of policies differ.
func (w previewWords) reasons(list []preview.Reason) string {
	said := make([]string, len(list))
	for i, r := range list {
		part, name := w.lang.Say(wording.PartWordField), r.Part
		if key, known := partWords[r.Part]; known {
			part, name = w.lang.Say(key), r.Name
		}
		switch {
		case r.What == preview.Added:
			said[i] = w.lang.Say(wording.PartAdded, part, name)
		case r.What == preview.Removed:
			said[i] = w.lang.Say(wording.PartRemoved, part, name)
		case r.Old != "" && r.New != "":
			said[i] = w.lang.Say(wording.PartFromTo, part, name, r.Old, r.New)
		default:
			said[i] = w.lang.Say(wording.PartChanged, part, name)
		}
	}
	return strings.Join(said, w.lang.Say(wording.ListSeparator))
}

// standing says a tier, category or stage.
func (w previewWords) standing(sort string, s preview.Standing) string {
	if s.Unjudged != "" {
		return w.lang.Say(wording.PreviewUnjudgedAs, w.lang.Term(s.Unjudged))
	}
	return w.word(sort, w.orOther(s.Name))
}

func (w previewWords) orOther(name string) string {
	if name == preview.Other {
		return w.lang.Say(wording.WordOther)
	}
	return name
}

// stageWord is a sort of words that no plan names otherwise.
const stageWord = "stage"

// day is one day's sections.
func (w previewWords) day(d *preview.Day) []section {
	say := w.lang.Say
	head := section{title: say(wording.PreviewDay, d.Date)}
	if d.Moved == 0 {
		head.text = append(head.text, say(wording.PreviewNobodyMoves, d.Households))
	} else {
		head.text = append(head.text,
			say(wording.PreviewMoves, d.Moved, d.Households, share(d.Moved, d.Households), d.MovedPersons, d.Unmoved),
			say(wording.PreviewMovesBy, d.Tier, d.Category, d.Stage))
	}
	if d.BecomesJudged+d.BecomesUnjudged+d.Unjudged > 0 {
		head.text = append(head.text, say(wording.PreviewUnjudged, d.BecomesUnjudged, d.BecomesJudged, d.Unjudged))
	}
	all := []section{
		head,
		w.transitions(wording.PreviewSectionTiers, tierWord, d.Tiers),
		w.transitions(wording.PreviewSectionCategories, categoryWord, d.Categories),
		w.transitions(wording.SectionStages, stageWord, d.Stages),
		w.causes(d.Causes), w.standards(d.Standards), w.deadlines(d.Deadlines),
		w.measures(d.Measures), w.duties(d.Duties), w.places(d.Jurisdictions),
	}
	kept := all[:1]
	for _, s := range all[1:] {
		if len(s.rows) > 0 {
			s.part = true
			kept = append(kept, s)
		}
	}
	return kept
}

// transitions lists who moves first, then who stays.
func (w previewWords) transitions(title wording.Key, sort string, list []preview.Transition) section {
	s := section{title: w.lang.Say(title), headings: []wording.Key{
		wording.HeadingBefore, wording.HeadingAfter, wording.HeadingFamilies, wording.HeadingPersons,
	}}
	for _, stays := range []bool{false, true} {
		for _, t := range list {
			if t.Stays() == stays {
				s.rows = append(s.rows, []string{w.standing(sort, t.From), w.standing(sort, t.To), strconv.Itoa(t.Households), strconv.Itoa(t.Persons)})
			}
		}
	}
	return s
}

func (w previewWords) causes(list []preview.Cause) section {
	s := section{title: w.lang.Say(wording.PreviewSectionCauses), headings: []wording.Key{
		wording.HeadingWhatMoves, wording.HeadingBefore, wording.HeadingAfter, wording.HeadingFamilies,
		wording.HeadingOldRules, wording.HeadingNewRules, wording.HeadingBecause,
	}}
	sorts := map[string]string{preview.MovesTier: tierWord, preview.MovesCategory: categoryWord, preview.MovesStage: stageWord}
	whats := map[string]wording.Key{preview.MovesTier: wording.HeadingTier, preview.MovesCategory: wording.HeadingCategory, preview.MovesStage: wording.HeadingStage}
	for i := range list {
		c := &list[i]
		sort := sorts[c.What]
		rules := func(names []string) string {
			if len(names) == 0 {
				return "-"
			}
			if c.What != preview.MovesTier {
				return w.word(categoryWord, names[0])
			}
			return strings.Join(names, w.lang.Say(wording.ListSeparator))
		}
		s.rows = append(s.rows, []string{
			strings.ToLower(w.lang.Say(whats[c.What])), w.standing(sort, c.From), w.standing(sort, c.To), strconv.Itoa(c.Households),
			rules(c.OldRules), rules(c.NewRules), orDash(w.reasons(c.Because)),
		})
	}
	return s
}

func (w previewWords) standards(list []preview.StandardChange) section {
	s := section{title: w.lang.Say(wording.SectionStandards), headings: []wording.Key{
		wording.HeadingStandard, wording.HeadingBefore, wording.HeadingAfter, wording.HeadingOpened, wording.HeadingClosed, wording.HeadingOverdueAtOnce,
	}}
	for _, c := range list {
		if c.Opened+c.Closed+c.OverdueAtOnce > 0 {
			s.rows = append(s.rows, append([]string{w.word(standardWord, w.orOther(c.Standard))}, numbers(c.Before, c.After, c.Opened, c.Closed, c.OverdueAtOnce)...))
		}
	}
	return s
}

func (w previewWords) deadlines(list []preview.DeadlineChange) section {
	s := section{title: w.lang.Say(wording.SectionDeadlines), headings: []wording.Key{
		wording.HeadingDeadline, wording.HeadingBefore, wording.HeadingAfter, wording.HeadingAppear, wording.HeadingVanish,
		wording.HeadingEarlier, wording.HeadingLater, wording.HeadingOverdueAtOnce, wording.HeadingNoLongerOverdue,
	}}
	for _, c := range list {
		if c.Appear+c.Vanish+c.Earlier+c.Later+c.OverdueAtOnce+c.NoLongerOverdue == 0 {
			continue
		}
		name := w.lang.Term(c.Kind)
		if c.Name != "" {
			name = w.deadline(c.Kind + "/" + w.orOther(c.Name))
		}
		s.rows = append(s.rows, append([]string{name}, numbers(c.Before, c.After, c.Appear, c.Vanish, c.Earlier, c.Later, c.OverdueAtOnce, c.NoLongerOverdue)...))
	}
	return s
}

func (w previewWords) measures(list []preview.MeasureChange) section {
	s := section{title: w.lang.Say(wording.PreviewSectionMeasures), headings: []wording.Key{
		wording.HeadingMeasure, wording.HeadingDepartment, wording.HeadingBefore, wording.HeadingAfter, wording.HeadingAddedMeasures, wording.HeadingWithdrawn,
	}}
	for _, c := range list {
		if c.Added+c.Withdrawn == 0 {
			continue
		}
		department := c.Department
		if department == "" {
			department = w.lang.Say(wording.WordNoDepartment)
		}
		s.rows = append(s.rows, append([]string{w.lang.Term(w.orOther(c.Kind)), department}, numbers(c.Before, c.After, c.Added, c.Withdrawn)...))
	}
	return s
}

var dutyWords = map[string]wording.Key{
	preview.DutyAppears: wording.DutyWordAppears, preview.DutyVanishes: wording.DutyWordVanishes, preview.DutyMoves: wording.DutyWordMoves,
	preview.DutyOverdueAtOnce: wording.DutyWordOverdue, preview.DutyNoLongerOverdue: wording.DutyWordRelieved,
}

func (w previewWords) duties(list []preview.DutyChange) section {
	s := section{title: w.lang.Say(wording.SectionDuties), headings: []wording.Key{
		wording.HeadingPlace, wording.HeadingDuty, wording.HeadingPeriod, wording.HeadingChange, wording.HeadingOldDue, wording.HeadingNewDue,
	}}
	for _, c := range list {
		s.rows = append(s.rows, []string{c.Jurisdiction, c.Duty, orDash(c.Period), w.lang.Say(dutyWords[c.What]), orDash(c.OldDue), orDash(c.NewDue)})
	}
	return s
}

func (w previewWords) places(list []preview.Place) section {
	s := section{title: w.lang.Say(wording.SectionPlaces), headings: []wording.Key{
		wording.HeadingPlace, wording.HeadingFamilies, wording.HeadingMoved, wording.HeadingShare,
		wording.HeadingTier, wording.HeadingCategory, wording.HeadingStage, wording.HeadingBecomesUnjudged,
		wording.HeadingOpened, wording.HeadingClosed, wording.HeadingOverdueAtOnce,
	}}
	for i := range list {
		p := &list[i]
		name := p.Name
		switch {
		case name == "":
			name = w.lang.Say(wording.WordNowhere)
		case w.lang == wording.Chinese && p.DisplayName != "":
			name = p.DisplayName
		}
		row := append([]string{name}, numbers(p.Households, p.Moved)...)
		row = append(row, share(p.Moved, p.Households))
		s.rows = append(s.rows, append(row, numbers(p.Tier, p.Category, p.Stage, p.BecomesUnjudged, p.ShortfallsOpened, p.ShortfallsClosed, p.OverdueAtOnce)...))
	}
	return s
}

// moved lists families, each with where it comes from and goes to.
func (w previewWords) moved(list []preview.MovedFamily) []section {
	if len(list) == 0 {
		return nil
	}
	s := section{title: w.lang.Say(wording.SectionMovedFamilies), headings: []wording.Key{
		wording.ColumnHousehold, wording.HeadingDate, wording.HeadingTier, wording.HeadingCategory, wording.HeadingStage, wording.HeadingNewRules,
	}}
	arrow := func(sort string, from, to preview.Standing) string {
		if from == to {
			return w.standing(sort, to)
		}
		return w.standing(sort, from) + " → " + w.standing(sort, to)
	}
	for _, m := range list {
		s.rows = append(s.rows, []string{
			m.Namespace + "/" + m.Name, m.Date, arrow(tierWord, m.OldTier, m.NewTier), arrow(categoryWord, m.OldCategory, m.NewCategory),
			arrow(stageWord, m.OldStage, m.NewStage), orDash(strings.Join(m.Rules, w.lang.Say(wording.ListSeparator))),
		})
	}
	return []section{s}
}

func numbers(list ...int) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = strconv.Itoa(n)
	}
	return out
}

// share is a part in per cent, rounded to one decimal but never to 0 or 100 where
// it is neither.
func share(part, whole int) string {
	switch {
	case whole == 0 || part == 0:
		return "0%"
	case part == whole:
		return "100%"
	}
	thousandths := (part*2000 + whole) / (2 * whole)
	thousandths = min(max(thousandths, 1), 999)
	return fmt.Sprintf("%d.%d%%", thousandths/10, thousandths%10)
}
