// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/plan"
	"fangpin.io/fangpin/internal/translate"
	"fangpin.io/fangpin/internal/translate/soundness"
)

// Codes of what is found before a plan is looked through.
const (
	codeRefused  = "refused"  // the API server would not take it
	codeInvalid  = "invalid"  // it does not compile
	codeDoubtful = "doubtful" // it compiles, and the compiler warns
)

// severity says how much a finding matters.
type severity string

// The severities, in the words of -o json.
const (
	isError       severity = "error"
	isWarning              = severity(soundness.Warning)
	isInformation          = severity(soundness.Information)
)

// validationFinding is one finding as -o json and yaml print it.
type validationFinding struct {
	Policy   string   `json:"policy,omitempty"`
	File     string   `json:"file,omitempty"`
	Line     int      `json:"line,omitempty"` // of the file
	Code     string   `json:"code"`
	Severity severity `json:"severity"`
	Path     string   `json:"path,omitempty"`
	// RuleLine and RuleColumn are the place within a rule.
	RuleLine   int    `json:"ruleLine,omitempty"`
	RuleColumn int    `json:"ruleColumn,omitempty"`
	Message    string `json:"message"`
	Hint       string `json:"hint,omitempty"`
}

// findingWords say for each code what is wrong and how to mend it.
var findingWords = map[soundness.Code]struct{ what, mend wording.Key }{
	soundness.NeverTrue:                 {wording.FindingNeverTrue, wording.MendNeverTrue},
	soundness.NeverChosen:               {wording.FindingNeverChosen, wording.MendNeverChosen},
	soundness.AlwaysCovered:             {wording.FindingAlwaysCovered, wording.MendAlwaysCovered},
	soundness.TierUnreachable:           {wording.FindingTierUnreachable, wording.MendTierUnreachable},
	soundness.DuplicateRule:             {wording.FindingDuplicateRule, wording.MendDuplicateRule},
	soundness.RuleImplied:               {wording.FindingRuleImplied, wording.MendRuleImplied},
	soundness.StandardAlwaysMet:         {wording.FindingStandardAlwaysMet, wording.MendStandardAlwaysMet},
	soundness.StandardNeverMet:          {wording.FindingStandardNeverMet, wording.MendStandardNeverMet},
	soundness.BlockerAlways:             {wording.FindingBlockerAlways, wording.MendBlockerAlways},
	soundness.LineWithoutSource:         {wording.FindingLineWithoutSource, wording.MendLineWithoutSource},
	soundness.NotReached:                {wording.FindingNotReached, wording.MendNotReached},
	soundness.TierGap:                   {wording.FindingTierGap, wording.MendTierGap},
	soundness.TierOverlap:               {wording.FindingTierOverlap, wording.MendTierOverlap},
	soundness.TierNeverTaken:            {wording.FindingTierNeverTaken, wording.MendTierNeverTaken},
	soundness.DeadlineNeverStarts:       {wording.FindingDeadlineNeverStarts, wording.MendDeadlineNeverStarts},
	soundness.NoIdentification:          {wording.FindingNoIdentification, wording.MendNoIdentification},
	soundness.NoElimination:             {wording.FindingNoElimination, wording.MendNoElimination},
	soundness.NoStandards:               {wording.FindingNoStandards, wording.MendNoStandards},
	soundness.NoMeasures:                {wording.FindingNoMeasures, wording.MendNoMeasures},
	soundness.NoLedgers:                 {wording.FindingNoLedgers, wording.MendNoLedgers},
	soundness.DueBeforeStart:            {wording.FindingDueBeforeStart, wording.MendDueBeforeStart},
	soundness.DueAfterEnd:               {wording.FindingDueAfterEnd, wording.MendDueAfterEnd},
	soundness.EscalationAfterEnd:        {wording.FindingEscalationAfterEnd, wording.MendEscalationAfterEnd},
	soundness.MinimumTooLong:            {wording.FindingMinimumTooLong, wording.MendMinimumTooLong},
	soundness.NoticeTooLong:             {wording.FindingNoticeTooLong, wording.MendNoticeTooLong},
	soundness.SurveyNeverDue:            {wording.FindingSurveyNeverDue, wording.MendSurveyNeverDue},
	soundness.SurveyCovered:             {wording.FindingSurveyCovered, wording.MendSurveyCovered},
	soundness.DutyNeverDue:              {wording.FindingDutyNeverDue, wording.MendDutyNeverDue},
	soundness.DutyMonthsMissed:          {wording.FindingDutyMonthsMissed, wording.MendDutyMonthsMissed},
	soundness.ParameterWithoutValue:     {wording.FindingParameterWithoutValue, wording.MendParameterWithoutValue},
	soundness.ParameterUnread:           {wording.FindingParameterUnread, wording.MendParameterUnread},
	soundness.ValueAfterEnd:             {wording.FindingValueAfterEnd, wording.MendValueAfterEnd},
	soundness.StandardWithoutDepartment: {wording.FindingStandardWithoutDepartment, wording.MendStandardWithoutDepartment},
	soundness.NobodyApplies:             {wording.FindingNobodyApplies, wording.MendNobodyApplies},
	soundness.NoSuchSite:                {wording.FindingNoSuchSite, wording.MendNoSuchSite},
	soundness.NoSuchCluster:             {wording.FindingNoSuchCluster, wording.MendNoSuchCluster},
}

// speaker words findings.
type speaker struct {
	lang     wording.Language
	document manifest.Document
	spec     *v1alpha1.MonitoringPolicySpec
}

func (s speaker) at(path string) validationFinding {
	return validationFinding{Policy: s.document.Name, File: s.document.Place.File, Line: s.document.Line(path), Path: path}
}

// problems words everything that the compiler found.
func (s speaker) problems(compiled *translate.CompiledPolicy) []validationFinding {
	var found []validationFinding
	for i := range compiled.Problems {
		found = append(found, s.problem(&compiled.Problems[i]))
	}
	return found
}

// problem words what the compiler found.
func (s speaker) problem(p *plan.Problem) validationFinding {
	f := s.at(p.Path)
	f.Code, f.Severity = codeInvalid, isError
	if p.Warning {
		f.Code, f.Severity = codeDoubtful, isWarning
	}
	f.RuleLine, f.RuleColumn, f.Message, f.Hint = p.Line, p.Column, p.Message, p.Hint
	return f
}

// finding words what was found on looking through the plan.
func (s speaker) finding(found *soundness.Finding) validationFinding {
	f := s.at(found.Path)
	words := findingWords[found.Code]
	f.Code, f.Severity = string(found.Code), severity(found.Code.Severity())
	f.Message, f.Hint = s.lang.Say(words.what, s.arguments(found)...), s.lang.Say(words.mend)
	if len(found.Days) > 0 {
		f.Message = s.lang.Say(wording.OnDays, s.days(found.Days), f.Message)
	}
	return f
}

// namesOthers are the codes whose sentence names other fields.
func namesOthers(code soundness.Code) bool {
	switch code {
	case soundness.AlwaysCovered, soundness.TierUnreachable, soundness.DuplicateRule, soundness.RuleImplied,
		soundness.TierOverlap, soundness.SurveyCovered, soundness.ParameterWithoutValue:
		return true
	}
	return false
}

func (s speaker) arguments(found *soundness.Finding) []any {
	var args []any
	if namesOthers(found.Code) {
		others := make([]string, len(found.Others))
		for i, path := range found.Others {
			others[i] = s.named(path)
		}
		if len(others) == 0 {
			others = []string{s.lang.Say(wording.EarlierRules)}
		}
		args = append(args, s.list(others))
	}
	for _, subject := range found.Subjects {
		args = append(args, s.subject(subject))
	}
	return args
}

func (s speaker) list(words []string) string {
	return strings.Join(words, s.lang.Say(wording.ListSeparator))
}

func (s speaker) subject(subject any) any {
	switch v := subject.(type) {
	case civil.Day:
		return v.String()
	case soundness.Amounts:
		switch {
		case v.Open():
			return s.lang.Say(wording.AmountFrom, v.From)
		case v.From == v.To:
			return s.lang.Say(wording.AmountExact, v.From)
		}
		return s.lang.Say(wording.AmountBetween, v.From, v.To)
	case []string:
		if len(v) == 0 {
			return s.lang.Say(wording.AnyTier)
		}
		return s.list(v)
	}
	return subject
}

func (s speaker) days(intervals []civil.Interval) string {
	said := make([]string, len(intervals))
	for i, days := range intervals {
		if days.Until.IsZero() {
			said[i] = s.lang.Say(wording.DaysFrom, days.From)
		} else {
			said[i] = s.lang.Say(wording.FromTo, days.From, days.Until)
		}
	}
	return s.list(said)
}

// placeOfName finds the entries of a plan in a path.
var placeOfName = regexp.MustCompile(`^spec\.(\w+)\[(\d+)\](?:\.(\w+)\[(\d+)\])?`)

// named is a path with the names of what it leads to: spec.tiers[0].rules[1].when
// (Red, low).
func (s speaker) named(path string) string {
	m := placeOfName.FindStringSubmatch(path)
	if m == nil || s.spec == nil {
		return path
	}
	outer, inner := s.names(m[1], number(m[2]), m[3], number(m[4]))
	switch {
	case outer == "":
		return path
	case inner == "":
		return fmt.Sprintf("%s (%s)", path, outer)
	}
	return fmt.Sprintf("%s (%s, %s)", path, outer, inner)
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// names are those of an entry, and of what it holds.
func (s speaker) names(field string, i int, part string, k int) (outer, inner string) {
	spec := s.spec
	switch field {
	case "parameters":
		return nameAt(spec.Parameters, i, func(p v1alpha1.Parameter) string { return string(p.Name) }), ""
	case "standards":
		return nameAt(spec.Standards, i, func(p v1alpha1.Standard) string { return string(p.Name) }), ""
	case "categories":
		return nameAt(spec.Categories, i, func(p v1alpha1.Category) string { return string(p.Name) }), ""
	case "warningLines":
		return nameAt(spec.WarningLines, i, func(p v1alpha1.WarningLine) string { return string(p.Name) }), ""
	case "deadlines":
		return nameAt(spec.Deadlines, i, func(p v1alpha1.DeadlineRule) string { return string(p.Name) }), ""
	case "duties":
		return nameAt(spec.Duties, i, func(p v1alpha1.Duty) string { return string(p.Name) }), ""
	case "tiers":
		outer = nameAt(spec.Tiers, i, func(p v1alpha1.Tier) string { return string(p.Name) })
		if outer != "" && part == "rules" {
			inner = nameAt(spec.Tiers[i].Rules, k, func(r v1alpha1.TierRule) string { return string(r.Name) })
		}
	case "procedures":
		outer = nameAt(spec.Procedures, i, func(p v1alpha1.Procedure) string { return string(p.Purpose) })
		switch {
		case outer == "":
		case part == "steps":
			inner = nameAt(spec.Procedures[i].Steps, k, func(r v1alpha1.Step) string { return string(r.Name) })
		case part == "blockers":
			inner = nameAt(spec.Procedures[i].Blockers, k, func(r v1alpha1.Blocker) string { return string(r.Name) })
		}
	}
	return outer, inner
}

func nameAt[T any](list []T, i int, name func(T) string) string {
	if i < 0 || i >= len(list) {
		return ""
	}
	return name(list[i])
}
