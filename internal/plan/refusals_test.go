// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRefusals(t *testing.T) {
	at := func(column int, message, hint string) Problem {
		p := Problem{Path: "spec.rule", Column: column, Message: message, Hint: hint}
		if column > 0 {
			p.Line = 1
		}
		return p
	}
	date := `write timestamp("2020-06-30T00:00:00Z")`
	tests := []struct {
		name  string
		rule  string
		scope Scope
		want  Problems
	}{
		{"a bare number beside money", "survey.income < 5000", InTier, Problems{
			at(15, "< does not go between money and a number", "write survey.income < yuan(5000)")}},
		{"a bare number on the left", "5000 > survey.income", InTier, Problems{
			at(6, "> does not go between a number and money", "write yuan(5000) > survey.income")}},
		{"a decimal beside money", "survey.income < 4999.99", InTier, Problems{
			at(15, "< does not go between money and a decimal number", `write survey.income < yuan("4999.99")`)}},
		{"a text beside money", "survey.income == '5000'", InTier, Problems{
			at(15, "== does not go between money and a text", `write survey.income == yuan("5000")`)}},
		{"a decimal in yuan", "survey.income < yuan(4999.99)", InTier, Problems{
			at(21, "yuan() does not apply to a decimal number", `write yuan(5000), or yuan("4999.99") with the fen in quotes`)}},
		{"three decimals in yuan", "survey.income < yuan('0.001')", InTier, Problems{
			at(22, `amount "0.001" has 3 decimals, finer than a fen; write yuan in figures with at most two decimals, as in "5000" or "4999.99"`, "")}},
		{"a negative amount", "survey.income < yuan(-1)", InTier, Problems{
			at(22, "amount -1 is negative", "write the difference as a - b")}},
		{"an amount beyond all bounds", "survey.income < yuan(9223372036854775807)", InTier, Problems{
			at(22, "amount 9223372036854775807 is too large", "")}},
		{"an amount that is worked out from a text", "survey.income < yuan(survey.risk)", InTier, Problems{
			at(22, "yuan() takes a figure or a text that stands in the rule", `write yuan("4999.99")`)}},
		{"a number times money", "survey.income < 2 * params.redLine", InTier, Problems{
			at(19, "* does not go between a number and money", "write the amount first: params.redLine * 2")}},
		{"money times a decimal", "survey.income < params.redLine * params.share", InTier, Problems{
			at(32, "* does not go between money and a decimal number", "money is multiplied and divided by whole numbers only, as in x * 3 / 2 for one and a half")}},

		{"has", "has(survey.risk)", InTier, Problems{
			at(4, "has() would make a fact that was not stated a false", "write known(survey.risk) to ask whether it was stated")}},
		{"has of a guarantee", "!has(survey.guarantees.Housing)", InTier, Problems{
			at(5, "has() would make a fact that was not stated a false", "write known(survey.guarantees.Housing) to ask whether it was stated")}},
		{"dyn", "dyn(survey.income) < 5000", InTier, Problems{
			at(4, "rules do not have dyn()", "leave it out: it only hides a mistake in the types")}},
		{"a fact that does not exist", "survey.incom < params.redLine", InTier, Problems{
			at(1, "there is no fact survey.incom", "did you mean survey.income?")}},
		{"a group of facts", "survey.sources < yuan(1)", InTier, Problems{
			at(1, "survey.sources is a group of facts", "name one of them, such as survey.sources.business, survey.sources.property, survey.sources.transfer or survey.sources.wage")}},
		{"a parameter that is not declared", "survey.income < params.redlin", InTier, Problems{
			at(17, "the plan declares no parameter redlin", "did you mean redLine?")}},
		{"a function that does not exist", "survey.causes.exist(c, c == 'Illness')", InTier, Problems{
			at(20, "there is no function exist()", "did you mean exists?")}},
		{"a field that does not exist", "household.members.exists(m, m.helth == 'x')", InTier, Problems{
			at(30, "there is no field helth", "did you mean health?")}},
		{"all mistakes of a rule at once", "survey.incom < yuan(1) || has(survey.risk) || survey.income < 3", InTier, Problems{
			at(1, "there is no fact survey.incom", "did you mean survey.income?"),
			at(30, "has() would make a fact that was not stated a false", "write known(survey.risk) to ask whether it was stated"),
			at(61, "< does not go between money and a number", "write survey.income < yuan(3)")}},

		{"a shortfall in a standard", "unmet.size() > 0", InStandard, Problems{
			at(1, "unmet can be used in categories, tiers and what comes after; this is a standard", "")}},
		{"the category in a category", "household.category == 'Marginal'", InCategory, Problems{
			at(1, "household.category can be used in tiers and what comes after; this is a category", "")}},
		{"the lead in a tier", "signal.amount > yuan(1)", InTier, Problems{
			at(1, "signal.amount can be used in warning lines only; this is a tier or what comes after", "")}},
		{"a shortfall in a warning line", "'Income' in unmet", InWarningLine, Problems{
			at(13, "unmet can be used in categories, tiers and what comes after; this is a warning line", "")}},

		{"a word that a fact never has", "household.labour in ['None', 'Lots']", InTier, Problems{
			at(30, `household.labour is never "Lots"`, "did you mean Lost?")}},
		{"a state in small letters", "survey.guarantees.Housing == 'met'", InTier, Problems{
			at(30, `survey.guarantees.Housing is never "met"`, "did you mean Met?")}},
		{"a cause that does not exist", "'Ilness' in survey.causes", InTier, Problems{
			at(1, `survey.causes is never "Ilness"`, "did you mean Illness?")}},
		{"a cause in an exists", "survey.causes.exists(c, c == 'Ilness')", InTier, Problems{
			at(30, `survey.causes is never "Ilness"`, "did you mean Illness?")}},
		{"a standard that the plan lacks", "unmet.exists(u, u != 'Clothing')", InTier, Problems{
			at(22, `unmet is never "Clothing"`, "write one of Income, Food, Education, Medical, Housing, Water")}},
		{"a source of a lead", "signals.exists(s, s.source == 'Village')", InTier, Problems{
			at(31, `s.source is never "Village"`, "write one of SelfReport, StaffScreening, Department, Petition, Media, Audit")}},
		{"a lead's cause in a warning line", "signal.cause == 'Ilness'", InWarningLine, Problems{
			at(17, `signal.cause is never "Ilness"`, "did you mean Illness?")}},

		{"not a question", "survey.income", InTier, Problems{at(0, "the rule gives money, but its answer must be yes or no", "")}},
		{"a whole member", "household.members[0] == household.members[1]", InTier, Problems{
			at(18, "household.members[0] cannot be compared as a whole", "compare its fields or elements")}},
		{"a member that is not", "household.members.exists(m, !(m in household.members))", InTier, Problems{
			at(31, "m cannot be compared as a whole", "compare its fields or elements")}},
		{"the guarantees as a whole", "survey.guarantees != {'Food': 'Met'}", InTier, Problems{
			at(1, "survey.guarantees cannot be compared as a whole", "compare its fields or elements")}},
		{"a variable that hides facts", "household.members.exists(survey, true)", InTier, Problems{
			at(25, "the variable survey hides the facts of that name", "give it another name, such as s")}},
		{"a fact of another group", "survey.persons > 3", InTier, Problems{
			at(1, "there is no fact survey.persons", "did you mean household.persons?")}},
		{"two kinds in a list", "household.persons in [1, 'a']", InTier, Problems{
			at(26, "a text stands where a number is wanted", "")}},
		{"two kinds of outcome", "survey.income < yuan(1) ? true : 3", InTier, Problems{
			at(25, "the condition of ? : must be yes or no and its two outcomes of one kind; they are yes or no, yes or no and a number", "")}},

		{"a date as text", "survey.date > '2020-06-30'", InTier, Problems{
			at(13, "> does not go between a date and a text", `write a date as timestamp("2020-06-30T00:00:00Z")`)}},
		{"a date without a time", "survey.date > timestamp('2020-06-30')", InTier, Problems{at(25, "that is no date", date)}},
		{"midnight of another zone", "survey.date > timestamp('2020-06-30T00:00:00+08:00')", InTier, Problems{
			at(25, "dates are compared as 00:00 UTC of their civil day", date)}},
		{"noon", "survey.date > timestamp('2020-06-30T12:00:00Z')", InTier, Problems{
			at(25, "dates are compared as 00:00 UTC of their civil day", date)}},
		{"a zone in a getter", "survey.date.getFullYear('Asia/Shanghai') == 2020", InTier, Problems{
			at(24, "dates are civil days and have no time zone", "write getFullYear()")}},
		{"a length of time in days", "today - survey.date > duration('30d')", InTier, Problems{
			at(32, "that is no length of time", `write days as hours, as in duration("720h") for 30 days`)}},

		{"a single equals sign", "survey.risk = 'Present'", InTier, Problems{
			at(13, "the rule cannot be read: token recognition error at: '= '", "write == to compare"),
			at(15, "the rule cannot be read: extraneous input ''Present''", "")}},
		{"and in words", "survey.risk == 'Present' and true", InTier, Problems{
			at(26, "the rule cannot be read: mismatched input 'and'", "write && for and, || for or, ! for not")}},
		{"a full-width sign", "survey.income ＜ yuan(5)", InTier, Problems{
			at(15, "the rule cannot be read: token recognition error at: '＜'", "write ASCII signs: brackets, commas, quotation marks and comparisons must not be full-width"),
			at(17, "the rule cannot be read: mismatched input 'yuan'", "")}},
		{"nothing", "  ", InTier, Problems{
			at(0, "the rule is empty", "write a question whose answer is yes or no, such as survey.income < yuan(5000)")}},

		{"three lists within each other", "household.members.all(a, household.members.all(b, household.members.all(c, a.work == b.work)))", InTier, Problems{
			at(72, "more than 2 of exists, all, map and filter stand within each other", "divide the rule")}},
		{"a text that doubles", "['a'].map(x, [x, x].join()).map(x, [x, x].join()) == ['aaaa']", InTier, Problems{
			at(0, "the rule could take any time: it builds texts or lists whose length has no bound", "compare facts directly; leave out format, flatten, and join of anything but a list of facts")}},
		{"a list that squares", "[[1, 2]].map(b, b.map(x, b).flatten()).size() > 1", InTier, Problems{
			at(0, "the rule could take any time: it builds texts or lists whose length has no bound", "compare facts directly; leave out format, flatten, and join of anything but a list of facts")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := NewCompiler(townVocabulary())
			c.Compile("spec.rule", tt.rule, tt.scope)
			if diff := cmp.Diff(tt.want, c.Problems()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.rule, diff)
			}
		})
	}
}

func TestWarnings(t *testing.T) {
	falling := Problem{Path: "spec.rule", Warning: true,
		Message: "a further unmet standard could make this rule false; while a standard is unknown, its answer is sure only for rules that more unmet standards can only make true",
		Hint:    "ask what is unmet, as in unmet.exists(u, u != 'Income'), not what is met or how many exactly"}
	tests := []struct {
		rule string
		want Problems
	}{
		{"unmet.size() > 0", nil},
		{"unmet.size() >= 2 && survey.income < params.redLine", nil},
		{"0 < unmet.size()", nil},
		{"unmet != []", nil},
		{"unmet.size() != 0 || 'Income' in unmet", nil},
		{"!(unmet == [])", nil},
		{"unmet.exists(u, u != 'Income')", nil},
		{"!unmet.all(u, u == 'Income')", nil},
		{"unmet.filter(u, u != 'Income').size() > 1", nil},
		{"survey.income < params.redLine ? 'Income' in unmet : unmet.size() > 1", nil},
		{"['Income', 'Housing'].all(s, s in unmet)", nil},
		{"unmet.size() == 0", Problems{falling}},
		{"unmet == []", Problems{falling}},
		{"unmet.size() < 2", Problems{falling}},
		{"unmet.all(u, u == 'Income')", Problems{falling}},
		{"!('Income' in unmet)", Problems{falling}},
		{"unmet.size() == 1", Problems{falling}},
		{"unmet.exists_one(u, u != 'Income')", Problems{falling}},
		{"unmet[0] == 'Income'", Problems{falling}},
		{"'Income' in unmet && !('Housing' in unmet)", Problems{falling}},
		{"household.category == 'SuddenHardship'", Problems{{Path: "spec.rule", Line: 1, Column: 23, Warning: true,
			Message: `"SuddenHardship" is no category of this plan, so household.category has it only if a plan before gave it`,
			Hint:    "write one of UnstableGraduated, Graduated, Marginal"}}},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			c := NewCompiler(townVocabulary())
			c.Compile("spec.rule", tt.rule, InTier)
			if diff := cmp.Diff(tt.want, c.Problems()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestARuleIsBounded(t *testing.T) {
	for name, rule := range map[string]string{
		"in length":             "true" + strings.Repeat(" || true", maxCharacters/8),
		"in brackets":           strings.Repeat("(", 150) + "true" + strings.Repeat(")", 150),
		"in brackets of a list": strings.Repeat("[", 500),
		"in a range":            "lists.range(1000000).size() > 1",
		"in a range of facts":   "lists.range(household.persons).map(i, lists.range(household.persons)).size() > 1",
		"in a text":             "'" + strings.Repeat("a", 400) + "'.replace('a', '" + strings.Repeat("b", 400) + "') == ''",
	} {
		c := NewCompiler(townVocabulary())
		c.Compile("spec.rule", rule, InTier)
		if !c.Problems().Fatal() {
			t.Errorf("%s: not refused", name)
		}
	}
}

func TestProblemOnOneLine(t *testing.T) {
	problems := Problems{
		{Path: "spec.tiers[0].rules[1].when", Line: 2, Column: 15, Message: "m", Hint: "h"},
		{Path: "spec.timeZone", Message: "m"},
		{Path: "spec.rule", Line: 1, Column: 3, Message: "m", Hint: "h", Warning: true},
	}
	want := "spec.tiers[0].rules[1].when, line 2, column 15: m; h\nspec.timeZone: m\nspec.rule, column 3: warning: m; h"
	if diff := cmp.Diff(want, problems.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(problems[:2], problems.Errors()); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(problems[2:], problems.Warnings()); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

func TestParametersThatRulesCannotName(t *testing.T) {
	for name, want := range map[string]bool{"redLine": true, "_x1": true, "": false, "red-line": false, "1st": false, "in": false, "true": false, "线": false} {
		if got := ValidParameterName(name); got != want {
			t.Errorf("ValidParameterName(%q) = %v, want %v", name, got, want)
		}
	}
}
