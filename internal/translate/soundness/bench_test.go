// SPDX-License-Identifier: Apache-2.0

package soundness

import (
	"fmt"
	"strings"
	"testing"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/translate"
)

// largest is a plan as large as the definition allows in what makes looking long:
// eight tiers of 32 rules, a line for each month, 16 categories.
func largest(t testing.TB) *translate.CompiledPolicy {
	p := &v1alpha1.MonitoringPolicy{}
	p.Name = "largest"
	p.Spec = v1alpha1.MonitoringPolicySpec{JurisdictionRef: v1alpha1.JurisdictionReference{Name: "town"}, EffectiveFrom: "2020-01-01"}
	line := v1alpha1.Parameter{Name: "line"}
	for i := range 32 {
		line.Values = append(line.Values, v1alpha1.ParameterValue{
			From: v1alpha1.Date(fmt.Sprintf("%d-%02d-01", 2020+i/12, 1+i%12)), Value: v1alpha1.Money(fmt.Sprint(5000 + 100*i)),
		})
	}
	p.Spec.Parameters = []v1alpha1.Parameter{line}
	for i := range 16 {
		p.Spec.Standards = append(p.Spec.Standards, v1alpha1.Standard{Name: v1alpha1.Word(fmt.Sprint("S", i)), Met: v1alpha1.Expression(fmt.Sprintf("survey.guarantees.G%d == 'Met'", i))})
		p.Spec.Categories = append(p.Spec.Categories, v1alpha1.Category{
			Name: v1alpha1.Word(fmt.Sprint("C", i)), When: v1alpha1.Expression(fmt.Sprintf("household.persons == %d && (unmet.exists(u, u != 'S%d') || survey.risk == 'Present')", i+1, i)),
		})
	}
	for i := range 8 {
		tier := v1alpha1.Tier{Name: v1alpha1.Word(fmt.Sprint("T", i))}
		for k := range 32 {
			when := []string{fmt.Sprintf("survey.income < params.line * %d / 100", 10+i*32+k)}
			for g := range 8 {
				when = append(when, fmt.Sprintf("(survey.guarantees.G%d != 'Unmet' || 'S%d' in unmet || survey.expenses.medical > yuan(%d))", (g+k)%16, (g+i)%16, 100*k+g))
			}
			tier.Rules = append(tier.Rules, v1alpha1.TierRule{Name: v1alpha1.Word(fmt.Sprint("r", k)), When: v1alpha1.Expression(strings.Join(when, " && "))})
		}
		p.Spec.Tiers = append(p.Spec.Tiers, tier)
	}
	c := translate.CompilePolicy(p)
	if c.Problems.Fatal() {
		t.Fatal(c.Problems)
	}
	return c
}

// BenchmarkLook looks through each shipped plan and through one as large as can be.
func BenchmarkLook(b *testing.B) {
	plans := packs(b)
	plans["largest"] = largest(b)
	for name, compiled := range plans {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Look(compiled, Options{Samples: 2000})
			}
		})
	}
}
