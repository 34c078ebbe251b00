// SPDX-License-Identifier: Apache-2.0

package population

import (
	"fmt"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/money"
)

// family is one family of the town, as it is and not as it is known.
type family struct {
	seed    uint64
	group   Group
	serial  int // within the group, so that a smaller town has the same first families
	name    string
	village int

	members   []v1alpha1.Member
	graduated v1alpha1.Date
	listed    bool // whether members stand in the household
	platform  bool // entered in the big-data platform too
	wishes    []v1alpha1.MeasureKind

	habits  facts // what this family's visitor never asks for
	first   facts // what was forgotten at the first visit besides
	unasked int   // the guarantee that was forgotten then

	now   condition
	turns []turn // what is to come, by day
	calls []call // visits and calls to come, by day

	visits int       // surveys written so far
	seen   condition // as last written down in full at a visit
	gaps   facts     // what that survey leaves out
	helped int       // deliveries so far
}

func (f *family) persons() int { return len(f.members) }

// newFamily invents a family as it is on the day of the screening.
func newFamily(o Options, group Group, serial int, name string) *family {
	f := &family{seed: o.Seed, group: group, serial: serial, name: name}
	d := newDice(o.Seed, group, serial, ofBirth)
	f.village = d.pick(villageWeights(o.Villages)...)
	f.members = household(d, f.marked())
	f.listed = d.chance(8500)
	f.platform = f.marked() && d.chance(8000)
	if group != Marginal {
		year := 2014 + d.pick(8, 12, 18, 22, 20, 20)
		f.graduated = v1alpha1.Date(fmt.Sprintf("%d-12-31", year))
	}
	f.now = f.atScreening(d)
	f.wishes = wishes(d, f.now.labour)
	f.drawHabits(d)
	return f
}

func (f *family) marked() bool { return f.group != Graduated }

// incomes per head expected for the year, in yuan, by group. They lie around
// the lines of 5,000 and 10,000 by which plans of 2020 divide families.
var incomes = [groupCount]deciles{
	Unstable:  {2800, 3900, 4400, 4800, 5100, 5500, 5900, 6400, 7000, 7900, 9800},
	Marginal:  {2400, 3600, 4100, 4500, 4800, 5000, 5300, 5700, 6200, 7000, 9200},
	Graduated: {4700, 6300, 7600, 8700, 9600, 10500, 11600, 13000, 15200, 19000, 38000},
}

// onTheLines are incomes per head at a line or a fen below it.
var onTheLines = []money.Amount{499_999, 500_000, 999_999, 1_000_000}

// atScreening invents what is true of the family when the year begins.
func (f *family) atScreening(d dice) condition {
	c := condition{
		labour:        labourOf(f.members),
		risk:          v1alpha1.RiskNone,
		hardship:      v1alpha1.HardshipNone,
		incomeTrend:   v1alpha1.IncomeStable,
		spendingTrend: v1alpha1.SpendingNormal,
	}
	perHead := yuan(d.draw(incomes[f.group]) / 10 * 10)
	if d.chance(150) {
		lines := len(onTheLines)
		if f.marked() {
			lines = 2
		}
		perHead = onTheLines[d.IntN(lines)]
	}
	c.earn(d, perHead*money.Amount(f.persons()))
	c.incomeBefore = percent(perHead, d.between(85, 105))
	c.spend(d, f.members)
	for g := range guaranteeCount {
		c.meet(g)
	}
	f.trouble(d, &c)
	return c
}

// earn divides the household's income among its sources by its labour.
func (c *condition) earn(d dice, total money.Amount) {
	var wage, transfer int
	switch c.labour {
	case v1alpha1.LabourFull:
		wage, transfer = d.between(50, 75), d.between(4, 12)
	case v1alpha1.LabourPartial:
		wage, transfer = d.between(25, 50), d.between(15, 30)
	default:
		wage, transfer = d.between(0, 8), d.between(60, 80)
	}
	c.wage, c.transfer = percent(total, wage), percent(total, transfer)
	if d.chance(2500) {
		c.property = percent(total, d.between(1, 4))
	}
	c.business = total - c.wage - c.transfer - c.property
}

func (c *condition) spend(d dice, members []v1alpha1.Member) {
	c.medical = yuan(d.yuan(0, 1800))
	for _, m := range members {
		if m.Schooling == inSchool {
			c.education += yuan(d.yuan(200, 1500))
		}
		if m.Health == chronicIllness || m.Health == severeIllness {
			c.medical += yuan(d.yuan(600, 4000))
		}
	}
	if d.chance(3000) {
		c.other = yuan(d.yuan(200, 3000))
	}
}

// trouble gives a family the troubles with which it enters the year: those of
// the marked are why they were marked.
func (f *family) trouble(d dice, c *condition) {
	if !f.marked() {
		if d.chance(130) {
			f.failOne(d, c)
		}
		if d.chance(40) {
			c.causes = c.causes.with(illness)
			c.hardship, c.risk = v1alpha1.HardshipDifficult, v1alpha1.RiskPresent
			c.medical += yuan(d.yuan(6000, 20000))
		}
		return
	}
	c.causes = c.causes.with(d.pick(38, 16, 10, 3, 4, 8, 13, 6, 2))
	if d.chance(8500) {
		c.risk = v1alpha1.RiskPresent
	}
	if d.chance(3000) {
		c.incomeTrend = v1alpha1.IncomeUnstable
	}
	switch {
	case d.chance(1200):
		c.hardship = v1alpha1.HardshipDifficult
	case d.chance(150):
		c.hardship = v1alpha1.HardshipSevere
	}
	if c.causes.has(illness) {
		c.medical += yuan(d.yuan(2000, 12000))
	}
	if d.chance(2400) {
		f.failOne(d, c)
	}
}

// failOne lets one guarantee fail, or be at risk.
func (f *family) failOne(d dice, c *condition) {
	which := [...]int{housing, water, medical, education, food, clothing}[d.pick(34, 26, 22, 14, 2, 2)]
	if which == education && !anySchoolAge(f.members) {
		which = medical
	}
	c.fail(which, d.chance(3000))
}

func wishes(d dice, labour v1alpha1.Labour) []v1alpha1.MeasureKind {
	if !d.chance(5500) {
		return nil
	}
	switch labour {
	case v1alpha1.LabourFull:
		return [][]v1alpha1.MeasureKind{{"Employment"}, {"Employment", "Training"}, {"Industry", "Microcredit"}}[d.pick(5, 3, 2)]
	case v1alpha1.LabourPartial:
		return [][]v1alpha1.MeasureKind{{"PublicPost"}, {"Industry"}, {"Training"}}[d.pick(5, 3, 2)]
	default:
		return [][]v1alpha1.MeasureKind{{"Subsistence"}, {"MedicalAid"}}[d.pick(3, 2)]
	}
}

// object writes down what the registers and the screening know of the family.
func (f *family) object(o Options, screening *v1alpha1.Survey) *v1alpha1.Household {
	h := &v1alpha1.Household{
		TypeMeta:   metav1.TypeMeta{APIVersion: v1alpha1.SchemeGroupVersion.String(), Kind: "Household"},
		ObjectMeta: metav1.ObjectMeta{Name: f.name, Namespace: o.Township},
		Spec: v1alpha1.HouseholdSpec{
			JurisdictionRef: &v1alpha1.JurisdictionReference{Name: v1alpha1.ObjectName(villageName(o.Township, f.village))},
			Registration:    v1alpha1.RegistrationGraduated,
			Graduated:       f.graduated,
			Persons:         int32(f.persons()),
		},
	}
	if f.group == Marginal {
		h.Spec.Registration = v1alpha1.RegistrationNone
	}
	if f.listed {
		h.Spec.Members = f.members
	}
	h.Spec.Marks = f.marks()
	if f.marked() || len(f.wishes) > 0 {
		h.Spec.Support = &v1alpha1.Support{Wishes: f.wishes}
	}
	if f.marked() {
		h.Spec.Support.Officer = v1alpha1.UserName(fmt.Sprintf("assistance-officer-%02d", f.serial%20+1))
	}
	if screening != nil {
		h.Spec.Surveys = []v1alpha1.Survey{*screening}
	}
	return h
}

func (f *family) marks() []v1alpha1.Mark {
	if !f.marked() {
		return nil
	}
	category := v1alpha1.Word("UnstableGraduated")
	if f.group == Marginal {
		category = "Marginal"
	}
	marks := []v1alpha1.Mark{{Category: category, System: "NationalSystem", Date: "2019-12-31"}}
	if f.platform {
		marks = append(marks, v1alpha1.Mark{Category: category, System: "BigDataPlatform", Date: "2019-12-31"})
	}
	return marks
}

// day is a day of 2020, the year in which all of this happens.
func day(month, dayOfMonth int) civil.Day {
	first, _ := civil.DayOf(2020, 1, 1)
	return first.AddMonths(month - 1).AddDays(dayOfMonth - 1)
}
