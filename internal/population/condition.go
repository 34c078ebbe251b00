// SPDX-License-Identifier: Apache-2.0

package population

import (
	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/money"
)

// condition is what is true of a family, whether or not anybody has seen it.
// Conditions compare with ==.
type condition struct {
	// Net income of the whole household over twelve months.
	wage, business, property, transfer money.Amount
	incomeBefore                       money.Amount // per head, the year before
	// Expenses of the whole household over twelve months.
	medical, education, disaster, other money.Amount

	guarantees [guaranteeCount]guarantee
	causes     set
	receives   set

	labour        v1alpha1.Labour
	risk          v1alpha1.Risk
	hardship      v1alpha1.Hardship
	incomeTrend   v1alpha1.IncomeTrend
	spendingTrend v1alpha1.SpendingTrend
}

// guarantee is the state of one guarantee and, where it is not met, why.
type guarantee struct {
	state  v1alpha1.GuaranteeState
	detail string
}

// The guarantees, in the order in which surveys list them.
const (
	food = iota
	clothing
	education
	medical
	housing
	water
	guaranteeCount
)

var guaranteeNames = [guaranteeCount]v1alpha1.Word{"Food", "Clothing", "Education", "Medical", "Housing", "Water"}

// failings are what a visitor writes beside a guarantee that is not met, by
// guarantee and whether it has failed (true) or may fail.
var failings = [guaranteeCount]map[bool]string{
	food:      {false: "口粮不足三个月", true: "口粮不足一个月"},
	clothing:  {false: "缺御寒衣被", true: "无御寒衣被"},
	education: {false: "有厌学情绪,时常缺课", true: "义务教育阶段辍学"},
	medical:   {false: "医保尚未参保缴费", true: "医保断缴,慢性病未签约"},
	housing:   {false: "土坯房,墙体有裂缝", true: "住房鉴定为C级危房"},
	water:     {false: "枯水季节供水不稳", true: "取水点损毁,须往返挑水"},
}

// set is a set of words by their place in a list.
type set uint32

func (s set) has(i int) bool     { return s&(1<<i) != 0 }
func (s set) with(i int) set     { return s | 1<<i }
func (s set) without(is set) set { return s &^ is }

// The causes that befall families here.
const (
	illness = iota
	disability
	schooling
	disasters
	suddenEvent
	industryFailure
	unstableEmployment
	epidemic
	priceDrop
	causeCount
)

var causeNames = [causeCount]v1alpha1.Cause{
	"Illness", "Disability", "Schooling", "Disaster", "SuddenEvent", "IndustryFailure", "UnstableEmployment", "Epidemic", "PriceDrop",
}

// helpKinds are the kinds of help that a survey can list as received.
var helpKinds = []v1alpha1.MeasureKind{
	"Industry", "Microcredit", "Employment", "PublicPost", "Training", "Subsistence", "SpecialCare", "TemporaryRelief", "MedicalAid", "Insurance",
	"Pension", "DisabilityAllowance", "FamilySupport", "Education", "Housing", "Water", "DisasterRelief", "ReliefFund", "Motivation", "SocialHelp", "Other",
}

func words[W any](names []W, s set) []W {
	var out []W
	for i, name := range names {
		if s.has(i) {
			out = append(out, name)
		}
	}
	return out
}

// total is the household's net income over twelve months.
func (c *condition) total() money.Amount { return c.wage + c.business + c.property + c.transfer }

// perHead is the net income per head, to the fen.
func (c *condition) perHead(persons int) money.Amount {
	return c.total() / money.Amount(persons)
}

// yuan turns whole yuan into an amount.
func yuan(n int) money.Amount { return money.Amount(n) * 100 }

// percent returns a share of an amount in whole yuan.
func percent(a money.Amount, share int) money.Amount {
	return a * money.Amount(share) / 100 / 100 * 100
}

func (c *condition) fail(which int, outright bool) {
	state := v1alpha1.GuaranteeAtRisk
	if outright {
		state = v1alpha1.GuaranteeUnmet
	}
	c.guarantees[which] = guarantee{state: state, detail: failings[which][outright]}
}

func (c *condition) meet(which int) { c.guarantees[which] = guarantee{state: v1alpha1.GuaranteeMet} }
