// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"k8s.io/apimachinery/pkg/api/meta"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/chronicle"
	"fangpin.io/fangpin/internal/cli/cluster"
	"fangpin.io/fangpin/internal/cli/entry"
	"fangpin.io/fangpin/internal/cli/wording"
)

// visit is a survey on its way into a household.
type visit struct {
	writing
	flags func(string) bool // whether a flag was given

	phone, unchanged, likeLast   bool
	income, incomeBefore         string
	labour, risk, hardship       string
	incomeTrend, spendingTrend   string
	sources, expenses            []string
	guarantees, causes, receives []string
	with                         []string
}

// visitCommand is `visit hh/NAME`.
func (s *session) visitCommand() *cobra.Command {
	v := &visit{writing: writing{oneFamily: oneFamily{session: s}}}
	cmd := &cobra.Command{
		Use:   "visit hh/NAME",
		Short: s.lang.Say(wording.VisitShort),
		Long:  s.lang.Say(wording.VisitLong),
		Args:  exactly(wording.WhichHousehold, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := v.target(args[0], kindHousehold); err != nil {
				return err
			}
			v.flags = cmd.Flags().Changed
			return v.write(cmd.Context())
		},
	}
	v.addFactFlags(cmd)
	v.addFlags(cmd)
	v.compose, v.gates, v.rights, v.hint = v.survey, v.unseen, v.householdRights, v.aboutLast
	return cmd
}

func (v *visit) addFactFlags(cmd *cobra.Command) {
	f, say := cmd.Flags(), v.lang.Say
	f.BoolVarP(&v.unchanged, "unchanged", "u", false, say(wording.FlagUnchanged))
	f.BoolVarP(&v.likeLast, "like-last", "l", false, say(wording.FlagLikeLast))
	f.BoolVar(&v.phone, "phone", false, say(wording.FlagPhone))
	f.StringSliceVar(&v.with, "with", nil, say(wording.FlagWith))
	f.StringVarP(&v.income, "income", "i", "", say(wording.FlagIncome))
	f.StringVar(&v.incomeBefore, "income-before", "", say(wording.FlagIncomeBefore))
	f.StringSliceVarP(&v.guarantees, "guarantee", "g", nil, say(wording.FlagGuarantee))
	f.StringSliceVar(&v.sources, "source", nil, say(wording.FlagIncomeSource))
	f.StringSliceVar(&v.expenses, "expense", nil, say(wording.FlagExpense))
	f.StringSliceVar(&v.causes, "cause", nil, say(wording.FlagCauses))
	f.StringSliceVar(&v.receives, "receives", nil, say(wording.FlagReceives))
	f.StringVar(&v.labour, "labour", "", say(wording.FlagLabour))
	f.StringVar(&v.risk, "risk", "", say(wording.FlagRisk))
	f.StringVar(&v.hardship, "hardship", "", say(wording.FlagHardship))
	f.StringVar(&v.incomeTrend, "income-trend", "", say(wording.FlagIncomeTrend))
	f.StringVar(&v.spendingTrend, "spending-trend", "", say(wording.FlagSpendingTrend))
	for _, c := range []choice{
		surveyChoice("cause", "causes"), surveyChoice("receives", "receives"), surveyChoice("labour", "labour"),
		surveyChoice("risk", "risk"), surveyChoice("hardship", "hardship"),
		surveyChoice("income-trend", "incomeTrend"), surveyChoice("spending-trend", "spendingTrend"),
	} {
		c.complete(cmd)
	}
}

func surveyChoice(flag, field string) choice {
	return choiceOf(flag, kindHousehold, "spec", "surveys", field)
}

// factFlags state facts, which an unchanged survey does not.
var factFlags = []string{
	"income", "income-before", "guarantee", "source", "expense", "cause", "receives",
	"labour", "risk", "hardship", "income-trend", "spending-trend",
}

// survey composes the survey from the flags.
func (v *visit) survey() (*entry.Entry, error) {
	given := slices.ContainsFunc(factFlags, v.flags)
	survey := &v1alpha1.Survey{}
	switch {
	case v.unchanged && (given || v.likeLast):
		return nil, usageError{wording.Fault(wording.UnchangedAlone)}
	case !v.unchanged && !given && !v.likeLast:
		return nil, usageError{wording.Fault(wording.NoFact)}
	case v.likeLast:
		if survey = entry.LastStated(v.papers.Household, v.stamp); survey == nil {
			return nil, wording.Fault(wording.NoLastSurvey)
		}
	}
	survey.Unchanged, survey.With, survey.Method = v.unchanged, users(v.with), v1alpha1.SurveyOnSite
	if v.phone {
		survey.Method = v1alpha1.SurveyPhone
	}
	for _, set := range []func(*v1alpha1.Survey) error{v.setAmounts, v.setGuarantees, v.setWords} {
		if err := set(survey); err != nil {
			return nil, err
		}
	}
	return entry.Survey(v.papers, v.stamp, survey)
}

func (v *visit) setAmounts(s *v1alpha1.Survey) error {
	if v.flags("income") {
		s.Income = v1alpha1.Money(v.income)
	}
	if v.flags("income-before") {
		s.IncomeBefore = v1alpha1.Money(v.incomeBefore)
	}
	sources, expenses := v1alpha1.IncomeSources{}, v1alpha1.Expenses{}
	if s.Sources != nil {
		sources = *s.Sources
	}
	if s.Expenses != nil {
		expenses = *s.Expenses
	}
	err := amounts("source", v.sources, map[string]*v1alpha1.Money{
		"wage": &sources.Wage, "business": &sources.Business, "property": &sources.Property, "transfer": &sources.Transfer,
	})
	if err != nil {
		return err
	}
	err = amounts("expense", v.expenses, map[string]*v1alpha1.Money{
		"medical": &expenses.Medical, "education": &expenses.Education, "disaster": &expenses.Disaster, "other": &expenses.Other,
	})
	if s.Sources = nil; sources != (v1alpha1.IncomeSources{}) {
		s.Sources = &sources
	}
	if s.Expenses = nil; expenses != (v1alpha1.Expenses{}) {
		s.Expenses = &expenses
	}
	return err
}

// amounts sets amounts by their names; an empty one is no longer known.
func amounts(flag string, given []string, fields map[string]*v1alpha1.Money) error {
	list, err := pairs(flag, given)
	if err != nil {
		return err
	}
	names := choice{flag: flag}
	for name := range fields {
		names.options = append(names.options, name)
	}
	slices.Sort(names.options)
	for _, p := range list {
		name, err := names.read(p.name)
		if err != nil {
			return err
		}
		*fields[name] = v1alpha1.Money(p.value)
	}
	return nil
}

// everyGuarantee stands for all guarantees that the plan in force asks about.
const everyGuarantee = "all"

// setGuarantees reads NAME=STATE or NAME=STATE:DETAIL. A later one of a name
// replaces an earlier one, so that all=Met can go ahead of the exception.
func (v *visit) setGuarantees(s *v1alpha1.Survey) error {
	list, err := pairs("guarantee", v.guarantees)
	if err != nil {
		return err
	}
	states := surveyChoiceAt("guarantee", "guarantees", "state")
	for _, p := range list {
		text, detail, _ := strings.Cut(p.value, ":")
		state, err := states.read(text)
		if err != nil {
			return err
		}
		names := []string{p.name}
		if strings.EqualFold(p.name, everyGuarantee) {
			if names = v.guaranteesOfPlan(); len(names) == 0 {
				return wording.Fault(wording.NoGuarantees)
			}
		}
		for _, name := range names {
			s.Guarantees = slices.DeleteFunc(s.Guarantees, func(g v1alpha1.Guarantee) bool { return strings.EqualFold(string(g.Name), name) })
			if state != "" {
				s.Guarantees = append(s.Guarantees, v1alpha1.Guarantee{Name: v.guaranteeName(name), State: v1alpha1.GuaranteeState(state), Detail: detail})
			}
		}
	}
	return nil
}

func surveyChoiceAt(flag string, path ...string) choice {
	return choiceOf(flag, kindHousehold, append([]string{"spec", "surveys"}, path...)...)
}

// guaranteesOfPlan are the guarantees that the rules of the plan in force on the
// survey's day look at.
func (v *visit) guaranteesOfPlan() []string {
	var names []string
	for _, rule := range v.world.Explain(v.papers, v.stamp.Date).Rules {
		for _, fact := range rule.Facts {
			name, isGuarantee := strings.CutPrefix(fact.Name, "survey.guarantees.")
			if isGuarantee && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// guaranteeName writes a name as the plan does, whatever the case of letters; a
// name that the plan does not have stays as it is.
func (v *visit) guaranteeName(name string) v1alpha1.Word {
	for _, known := range v.guaranteesOfPlan() {
		if strings.EqualFold(known, name) {
			return v1alpha1.Word(known)
		}
	}
	return v1alpha1.Word(name)
}

func (v *visit) setWords(s *v1alpha1.Survey) error {
	for _, w := range []struct {
		flag, field, given string
		set                func(string)
	}{
		{"labour", "labour", v.labour, func(t string) { s.Labour = v1alpha1.Labour(t) }},
		{"risk", "risk", v.risk, func(t string) { s.Risk = v1alpha1.Risk(t) }},
		{"hardship", "hardship", v.hardship, func(t string) { s.Hardship = v1alpha1.Hardship(t) }},
		{"income-trend", "incomeTrend", v.incomeTrend, func(t string) { s.IncomeTrend = v1alpha1.IncomeTrend(t) }},
		{"spending-trend", "spendingTrend", v.spendingTrend, func(t string) { s.SpendingTrend = v1alpha1.SpendingTrend(t) }},
	} {
		if !v.flags(w.flag) {
			continue
		}
		word, err := surveyChoice(w.flag, w.field).read(w.given)
		if err != nil {
			return err
		}
		w.set(word)
	}
	causes, err := surveyChoice("cause", "causes").readAll(v.causes)
	if err != nil {
		return err
	}
	if v.flags("cause") {
		s.Causes = list[v1alpha1.Cause](causes)
	}
	receives, err := surveyChoice("receives", "receives").readAll(v.receives)
	if v.flags("receives") {
		s.Receives = list[v1alpha1.MeasureKind](receives)
	}
	return err
}

// unseen refuses a survey by telephone that the plan does not see: it would
// stand in the way of a visit on that day.
func (v *visit) unseen(f *foresight) []error {
	thatDay := v.world.JudgeOn(f.entry.Papers, v.stamp.Date).Household
	if !v.phone || !meta.IsStatusConditionTrue(thatDay.Conditions, v1alpha1.ConditionReady) || thatDay.Surveyed == v1alpha1.Date(v.stamp.Date.String()) {
		return nil
	}
	return []error{wording.Fault(wording.PhoneUnseen)}
}

// aboutLast says which survey's facts hold again, or how those are carried over
// that the last survey had and that this one leaves open.
func (v *visit) aboutLast(f *foresight) string {
	last := entry.LastStated(v.papers.Household, v.stamp)
	missing := slices.ContainsFunc(f.events, func(e chronicle.Event) bool { return e.Kind == chronicle.FactsMissing })
	switch {
	case last == nil || v.likeLast:
		return ""
	case v.unchanged:
		return v.lang.Say(wording.HoldsAgain, last.Date)
	case missing:
		return v.lang.Say(wording.LikeLastHint, last.Date)
	}
	return ""
}

func (v *visit) householdRights(*entry.Entry) []cluster.Right {
	return []cluster.Right{{Verb: "patch", Resource: "households"}}
}
