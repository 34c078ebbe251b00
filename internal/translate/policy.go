// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/money"
	"fangpin.io/fangpin/internal/plan"
)

// Problems is everything that is wrong with a policy: where, what, and how to
// mend it.
type Problems = plan.Problems

// CompiledPolicy is a policy ready to judge by.
type CompiledPolicy struct {
	Policy *v1alpha1.MonitoringPolicy
	// Plan is never nil; with fatal problems it is marked invalid and concludes
	// nothing.
	Plan     *decision.Plan
	Rules    *plan.Rules
	Problems Problems
}

// CompilePolicy compiles a policy and reports every problem at once. The policy
// is kept and must not change afterwards.
func CompilePolicy(p *v1alpha1.MonitoringPolicy) *CompiledPolicy {
	c := &policyCompiler{spec: &p.Spec, plan: &decision.Plan{Name: p.Name}}
	c.frame()
	c.parameters()
	c.rules = plan.NewCompiler(c.vocabulary())
	c.standards()
	c.categories()
	c.tiers()
	c.channels()
	c.warningLines()
	c.deadlines()
	c.surveys()
	c.planning()
	c.procedures()
	c.duties()
	c.problems = append(c.problems, c.rules.Problems()...)
	c.plan.Predicates = c.rules.Rules().Len()
	c.plan.Invalid = c.problems.Fatal()
	return &CompiledPolicy{Policy: p, Plan: c.plan, Rules: c.rules.Rules(), Problems: c.problems}
}

// policyCompiler walks one policy.
type policyCompiler struct {
	spec     *v1alpha1.MonitoringPolicySpec
	plan     *decision.Plan
	rules    *plan.Compiler
	problems Problems
}

func (c *policyCompiler) report(path, message, hint string) {
	c.problems = append(c.problems, plan.Problem{Path: path, Message: message, Hint: hint})
}

func (c *policyCompiler) warn(path, message, hint string) {
	c.problems = append(c.problems, plan.Problem{Path: path, Message: message, Hint: hint, Warning: true})
}

// oneOf reports a word that the contract does not have. Admission refuses it in
// a cluster; in a file it must not pass for the word that comes first.
func oneOf[S ~string](c *policyCompiler, path string, word S, known ...S) {
	if word == "" || slices.Contains(known, word) {
		return
	}
	c.report(path, fmt.Sprintf("%q is no word for this", word), "write one of "+strings.Join(texts(known), ", "))
}

// date reads a date, which admission has checked for objects of a cluster but
// nobody for a file.
func (c *policyCompiler) date(path string, d v1alpha1.Date) civil.Day {
	if d == "" {
		return 0
	}
	day, err := civil.ParseDay(string(d))
	if err != nil {
		c.report(path, err.Error(), "")
	}
	return day
}

// frame reads where, when and in which zone the plan is in force.
func (c *policyCompiler) frame() {
	if c.spec.JurisdictionRef.Name == "" {
		c.report("spec.jurisdictionRef.name", "the plan is for no jurisdiction", "name the node where it holds, with all below it")
	}
	c.plan.From = c.date("spec.effectiveFrom", c.spec.EffectiveFrom)
	if c.plan.From.IsZero() && c.spec.EffectiveFrom == "" {
		c.report("spec.effectiveFrom", "the plan's first day is missing", `write it as effectiveFrom: "2020-03-25"`)
	}
	c.plan.Until = c.date("spec.effectiveUntil", c.spec.EffectiveUntil)
	if !c.plan.Until.IsZero() && c.plan.Until < c.plan.From {
		c.report("spec.effectiveUntil", fmt.Sprintf("the last day %s is before the first, %s", c.plan.Until, c.plan.From), "exchange the two, or leave effectiveUntil out")
	}
	zone, err := civil.LoadZone(string(c.spec.TimeZone))
	if err != nil {
		c.report("spec.timeZone", err.Error(), "")
		zone = defaultZone
	}
	c.plan.Zone = zone
	oneOf(c, "spec.startDay", c.spec.StartDay, v1alpha1.StartDayCounted, v1alpha1.StartDayNotCounted)
	c.plan.StartDayCounted = c.spec.StartDay == v1alpha1.StartDayCounted
}

func (c *policyCompiler) parameters() {
	seen := map[string]bool{}
	for i := range c.spec.Parameters {
		p := &c.spec.Parameters[i]
		path := fmt.Sprintf("spec.parameters[%d]", i)
		c.once(seen, path+".name", "parameter", string(p.Name))
		if !plan.ValidParameterName(string(p.Name)) {
			c.report(path+".name", fmt.Sprintf("rules cannot read params.%s", p.Name), "use a name such as redLine: letters and digits, a letter first")
		}
		out := decision.Parameter{Name: string(p.Name)}
		for k := range p.Values {
			out.Values = append(out.Values, c.parameterValue(fmt.Sprintf("%s.values[%d]", path, k), &p.Values[k], isMoney(p)))
		}
		for k := 1; k < len(out.Values); k++ {
			if out.Values[k].From <= out.Values[k-1].From {
				c.report(fmt.Sprintf("%s.values[%d].from", path, k), fmt.Sprintf("%s does not come after %s", out.Values[k].From, out.Values[k-1].From), "let the values ascend by from")
			}
		}
		c.plan.Parameters = append(c.plan.Parameters, out)
	}
}

// isMoney tells the kind of a parameter by its first value.
func isMoney(p *v1alpha1.Parameter) bool { return len(p.Values) == 0 || p.Values[0].Number == "" }

func (c *policyCompiler) parameterValue(path string, v *v1alpha1.ParameterValue, wantMoney bool) decision.DatedValue {
	out := decision.DatedValue{From: c.date(path+".from", v.From), Value: decision.Value{Known: true}}
	switch {
	case (v.Value == "") == (v.Number == ""):
		c.report(path, "exactly one of value and number must stand", `write value: "5000" for yuan, number: "12" for anything else`)
	case (v.Value != "") != wantMoney:
		c.report(path, "one parameter cannot be money on some days and a number on others", "make two parameters of it")
	case wantMoney:
		amount, err := money.Parse(string(v.Value))
		if err != nil {
			c.report(path+".value", err.Error(), "")
		}
		out.Value.Amount = amount
	default:
		if !isNumber(string(v.Number)) {
			c.report(path+".number", fmt.Sprintf("%q is no number", v.Number), `write it as number: "12" or number: "1.5"`)
		}
		out.Value.Number = string(v.Number)
	}
	return out
}

// isNumber takes what people write, not every form of a float (1e3, 0x1p-2, NaN).
func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil && strings.Trim(s, "-.0123456789") == ""
}

// vocabulary is what the rules of this plan may name.
func (c *policyCompiler) vocabulary() plan.Vocabulary {
	var v plan.Vocabulary
	for i := range c.spec.Parameters {
		p := &c.spec.Parameters[i]
		declared := plan.Parameter{Name: string(p.Name), Kind: plan.Number}
		if isMoney(p) {
			declared.Kind = plan.Money
		}
		for _, value := range p.Values {
			if value.Number != "" {
				declared.Numbers = append(declared.Numbers, string(value.Number))
			}
		}
		v.Parameters = append(v.Parameters, declared)
	}
	for i := range c.spec.Standards {
		v.Standards = append(v.Standards, string(c.spec.Standards[i].Name))
	}
	for i := range c.spec.Categories {
		v.Categories = append(v.Categories, string(c.spec.Categories[i].Name))
	}
	return v
}

// once reports a name that stands twice, or that is reserved.
func (c *policyCompiler) once(seen map[string]bool, path, what, name string) {
	switch {
	case name == "":
		c.report(path, "the "+what+" has no name", "name it")
	case name == decision.Undetermined:
		c.report(path, fmt.Sprintf("%s is reserved for what cannot be told", name), "choose another name")
	case seen[name]:
		c.report(path, fmt.Sprintf("%s %s stands twice", what, name), "give each a name of its own")
	}
	seen[name] = true
}

func (c *policyCompiler) when(path string, e v1alpha1.Expression, scope plan.Scope) *decision.Predicate {
	if e == "" {
		return nil
	}
	p := c.rules.Compile(path, string(e), scope)
	return &p
}

func (c *policyCompiler) standards() {
	seen := map[string]bool{}
	for i := range c.spec.Standards {
		s := &c.spec.Standards[i]
		path := fmt.Sprintf("spec.standards[%d]", i)
		c.once(seen, path+".name", "standard", string(s.Name))
		out := decision.Standard{Name: string(s.Name), Met: c.rules.Compile(path+".met", string(s.Met), plan.InStandard)}
		for k := range s.Departments {
			d := &s.Departments[k]
			at := fmt.Sprintf("%s.departments[%d]", path, k)
			if len(d.Names) == 0 {
				c.report(at+".names", "no department is named", "name at least one, such as [civil-affairs]")
			}
			if d.When == "" && k < len(s.Departments)-1 {
				c.warn(at, "this entry always matches, so those after it never do", "put it last, or give it a when")
			}
			out.Departments = append(out.Departments, decision.DepartmentRule{Names: texts(d.Names), When: c.when(at+".when", d.When, plan.InTier)})
		}
		if s.RemedyWithin != nil {
			out.RemedyWithin = c.due(path+".remedyWithin", s.RemedyWithin, civil.DueUse{}, true)
		}
		out.Measures = c.measures(path, s.Measures)
		c.plan.Standards = append(c.plan.Standards, out)
	}
}

func (c *policyCompiler) measures(path string, in []v1alpha1.MeasureRule) []decision.MeasureRule {
	var out []decision.MeasureRule
	for i := range in {
		at := fmt.Sprintf("%s.measures[%d].when", path, i)
		out = append(out, decision.MeasureRule{Kind: string(in[i].Kind), When: c.when(at, in[i].When, plan.InTier)})
	}
	return out
}

func (c *policyCompiler) categories() {
	seen := map[string]bool{}
	for i := range c.spec.Categories {
		k := &c.spec.Categories[i]
		path := fmt.Sprintf("spec.categories[%d]", i)
		c.once(seen, path+".name", "category", string(k.Name))
		c.plan.Categories = append(c.plan.Categories, decision.Category{
			Name: string(k.Name), Identification: k.Identification,
			When:     c.rules.Compile(path+".when", string(k.When), plan.InCategory),
			Ledgers:  texts(k.Ledgers),
			Measures: c.measures(path, k.Measures),
		})
	}
}

func (c *policyCompiler) tiers() {
	seen := map[string]bool{}
	for i := range c.spec.Tiers {
		t := &c.spec.Tiers[i]
		path := fmt.Sprintf("spec.tiers[%d]", i)
		c.once(seen, path+".name", "tier", string(t.Name))
		out := decision.Tier{Name: string(t.Name), Ledgers: texts(t.Ledgers)}
		named := map[string]bool{}
		for k := range t.Rules {
			r := &t.Rules[k]
			at := fmt.Sprintf("%s.rules[%d]", path, k)
			c.once(named, at+".name", "rule", string(r.Name))
			out.Rules = append(out.Rules, decision.TierRule{
				Name: string(r.Name), Message: string(r.Message), When: c.rules.Compile(at+".when", string(r.When), plan.InTier),
			})
		}
		if len(t.Rules) == 0 {
			c.report(path+".rules", "a tier without rules is never taken", "give it at least one rule")
		}
		out.Measures = c.measures(path, t.Measures)
		c.plan.Tiers = append(c.plan.Tiers, out)
	}
}

func (c *policyCompiler) surveys() {
	for i := range c.spec.Surveys {
		s := &c.spec.Surveys[i]
		path := fmt.Sprintf("spec.surveys[%d]", i)
		c.knownTiers(path+".tiers", s.Tiers)
		for k, stage := range s.Stages {
			oneOf(c, fmt.Sprintf("%s.stages[%d]", path, k), stage, stages()...)
		}
		oneOf(c, path+".method", s.Method, v1alpha1.SurveyOnSite, v1alpha1.SurveyPhone)
		if len(s.Tiers) == 0 && len(s.Stages) == 0 && i < len(c.spec.Surveys)-1 {
			c.warn(path, "this entry fits every family in scope, so those after it are never asked", "put it last, or give it tiers or stages")
		}
		out := decision.SurveyRule{
			Every: c.cycle(path+".every", s.Every), Tiers: texts(s.Tiers), Stages: texts(s.Stages),
			Method: string(s.Method), From: c.date(path+".from", s.From),
		}
		if out.From.IsZero() {
			out.From = c.plan.From
		}
		c.plan.Surveys = append(c.plan.Surveys, out)
	}
}

func stages() []v1alpha1.Stage {
	return []v1alpha1.Stage{
		v1alpha1.StageUnderElimination, v1alpha1.StageMonitored, v1alpha1.StageUnderReview,
		v1alpha1.StageEliminated, v1alpha1.StageOutOfScope, v1alpha1.StageWatched,
	}
}

func (c *policyCompiler) cycle(path string, every v1alpha1.Cycle) civil.Cycle {
	cycle, err := civil.ParseCycle(string(every))
	switch {
	case every == "":
		c.report(path, "it does not say how often", "write every: Month, or HalfMonth, TwoMonths, Quarter, HalfYear or Year")
	case err != nil:
		c.report(path, err.Error(), "")
	}
	return cycle
}

func (c *policyCompiler) planning() {
	if c.spec.Planning != nil {
		c.plan.Planning = c.due("spec.planning.within", &c.spec.Planning.Within, civil.DueUse{}, true)
	}
}

// knownTiers reports tiers that the plan does not have.
func (c *policyCompiler) knownTiers(path string, tiers []v1alpha1.Word) {
	for i, name := range tiers {
		known := false
		for k := range c.spec.Tiers {
			known = known || c.spec.Tiers[k].Name == name
		}
		if !known {
			c.report(fmt.Sprintf("%s[%d]", path, i), fmt.Sprintf("the plan has no tier %s", name), "name one of spec.tiers")
		}
	}
}

// texts is a list of the API's words as text, in its order.
func texts[S ~string](in []S) []string {
	if len(in) == 0 {
		return nil
	}
	out := make([]string, len(in))
	for i := range in {
		out[i] = string(in[i])
	}
	return out
}
