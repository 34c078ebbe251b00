// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"fangpin.io/fangpin/api/v1alpha1"
)

// town is what there is already.
type town struct {
	families map[string]Family // by name
	others   map[string]string // owners elsewhere, by digest
}

func (w *town) Owners(digest string) []Owner {
	var out []Owner
	for name, f := range w.families {
		if f.Household.Spec.Head != nil && f.Household.Spec.Head.IdentityDigest == digest {
			out = append(out, Owner{"zhaotan", name})
		}
	}
	slices.SortFunc(out, func(a, b Owner) int { return strings.Compare(a.Name, b.Name) })
	if other := w.others[digest]; other != "" {
		out = append(out, Owner{"huaxi", other})
	}
	return out
}

func (w *town) Digest(name string) (string, bool) {
	f, exists := w.families[name]
	if !exists || f.Household.Spec.Head == nil {
		return "", exists
	}
	return f.Household.Spec.Head.IdentityDigest, true
}

// bring brings ledgers in, and says of each row what became of it.
func (w *town) bring(t testing.TB, s Stamp, ledgers ...[]*Row) []string {
	t.Helper()
	rows := slices.Concat(ledgers...)
	said := map[string]string{}
	say := func(r *Row, o Outcome, object string, changes []Change) {
		key := fmt.Sprintf("%s %d", r.Sheet.Kind, r.Number)
		text := [...]string{"left", "created", "changed", "refused"}[o]
		for _, p := range r.Problems {
			text += " " + string(p.Code)
		}
		if object != "" {
			text += " " + object
		}
		for _, c := range changes {
			text += fmt.Sprintf(" %s:%s>%s", c.Path, c.Old, c.New)
		}
		said[key] = text
	}
	groups := GroupRows(rows, "zhaotan", w)
	for _, r := range rows {
		say(r, Refused, "", nil)
	}
	for _, g := range groups {
		before := w.families[g.Name]
		spec := fmt.Sprint(before)
		after, results := Merge(g, before, s)
		if fmt.Sprint(before) != spec {
			t.Errorf("%s: what there was is changed", g.Name)
		}
		if after.Household != nil {
			w.families[g.Name] = after
		}
		for _, r := range results {
			say(r.Row, r.Outcome, r.Object, r.Changes)
		}
	}
	var out []string
	for _, r := range rows {
		out = append(out, said[fmt.Sprintf("%s %d", r.Sheet.Kind, r.Number)])
	}
	return out
}

func ledgerOf(t testing.TB, k Kind, lines ...string) []*Row {
	t.Helper()
	return mustRead(t, csvOf(t, lines...), nil, k)
}

func stamp(t testing.TB) Stamp {
	return Stamp{By: "zhang", Today: day(t, "2021-06-01"), Namespace: "zhaotan"}
}

func newTown(families ...*v1alpha1.Household) *town {
	w := &town{families: map[string]Family{}, others: map[string]string{}}
	for _, h := range families {
		w.families[h.Name] = Family{Household: h}
	}
	return w
}

func known(name, digest string, surveys ...v1alpha1.Survey) *v1alpha1.Household {
	h := &v1alpha1.Household{
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: "zhaotan"},
		Spec:       v1alpha1.HouseholdSpec{Registration: "Graduated", Persons: 4, Surveys: surveys},
	}
	if digest != "" {
		h.Spec.Head = &v1alpha1.Head{Name: "张某", IdentityDigest: digest}
	}
	return h
}

func digestOf(t testing.TB, serial string) string { return options(t).Key.Digest(identityOf(serial)) }

func TestFamiliesAreFoundByTheirDigestNeverByAName(t *testing.T) {
	a, b := digestOf(t, "001"), digestOf(t, "002")
	const head = "农户编号,户主姓名,户主身份证号,户类型,人口"
	tests := []struct {
		name string
		town *town
		line string
		want string
	}{
		{"a new one", newTown(), ",张某," + identityOf("001") + ",脱贫户,4", "created Household/" + nameOf(a)},
		{"a new one under a name", newTown(), "hh-9,张某," + identityOf("001") + ",脱贫户,4", "created Household/hh-9"},
		{"a new one without an identity number", newTown(), "hh-9,张某,,脱贫户,4", "created Household/hh-9"},
		{"one that is known, under whatever name of the head", newTown(known("hh-1", a)), ",李某," + identityOf("001") + ",脱贫户,4", "changed Household/hh-1 head.name:张某>李某"},
		{"another head of the same name", newTown(known("hh-1", a)), ",张某," + identityOf("002") + ",脱贫户,4", "created Household/" + nameOf(b)},
		{"one known by its object name", newTown(known("hh-1", "")), "hh-1,,,脱贫户,5", "changed Household/hh-1 persons:4>5"},
		{"one known by its object name, whose digest comes in", newTown(known("hh-1", "")), "hh-1,," + identityOf("001") + ",脱贫户,4", "changed Household/hh-1 head.identityDigest:>" + a},
		{"a name and a person that do not belong together", newTown(known("hh-1", a)), "hh-2,," + identityOf("001") + ",脱贫户,4", "refused other-identity"},
		{"another person under a name", newTown(known("hh-1", a)), "hh-1,," + identityOf("002") + ",脱贫户,4", "refused name-taken"},
		{"one who is entered elsewhere", &town{others: map[string]string{a: "hh-7"}}, ",张某," + identityOf("001") + ",脱贫户,4", "refused lives-elsewhere"},
		{"one who is entered twice", newTown(known("hh-1", a), known("hh-2", a)), ",张某," + identityOf("001") + ",脱贫户,4", "refused several-families"},
		{"one who is entered twice, by name", newTown(known("hh-1", a), known("hh-2", a)), "hh-2,," + identityOf("001") + ",脱贫户,4", "left Household/hh-2"},
		{"nobody", newTown(), ",张某,,脱贫户,4", "refused nothing-to-tell"},
		{"a new one without a registration", newTown(), "hh-9,张某,,,4", "refused is-missing"},
		{"an empty cell leaves what is known", newTown(known("hh-1", a)), "hh-1,,,,", "left Household/hh-1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.town.families == nil {
				tt.town.families = map[string]Family{}
			}
			got := tt.town.bring(t, stamp(t), ledgerOf(t, Households, head, tt.line))
			if got[0] != tt.want {
				t.Errorf("got %s, want %s", got[0], tt.want)
			}
		})
	}
}

func TestRowsThatSayTheSameThingAreRefusedBoth(t *testing.T) {
	id := identityOf("001")
	w := newTown(known("hh-1", ""))
	got := w.bring(t, stamp(t),
		ledgerOf(t, Households, "农户编号,户主身份证号,户类型,人口", ","+id+",脱贫户,4", ","+id+",脱贫户,4", ","+id+",脱贫户,5", "hh-8,"+identityOf("003")+",脱贫户,4", "hh-9,"+identityOf("003")+",脱贫户,4"),
		ledgerOf(t, Surveys, "农户编号,监测日期,人均纯收入", "hh-1,2021-04-01,1", "hh-1,2021-04-01,2", "hh-1,2021-05-01,3"))
	want := []string{"refused row-twice", "refused row-twice", "refused row-twice", "refused row-twice", "refused other-identity row-twice", "refused row-twice", "refused row-twice", "created Household/hh-1"}
	for i, g := range got {
		got[i] = strings.ReplaceAll(g, "row-twice row-twice", "row-twice")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSurveysAreAppendedByTheirDates(t *testing.T) {
	first := v1alpha1.Survey{Date: "2021-03-01", By: "liu", Income: "4800", Causes: []v1alpha1.Cause{"Illness", "Disability"}}
	const head = "农户编号,监测日期,监测人,人均纯收入,致贫返贫原因,情况无变化"
	tests := []struct {
		name, line string
		correct    bool
		want       string
		surveys    []v1alpha1.Survey
	}{
		{"a new day", "hh-1,2021-04-01,,5000,,", false, "created Household/hh-1", []v1alpha1.Survey{first, {Date: "2021-04-01", Entered: "2021-06-01", By: "zhang", Income: "5000"}}},
		{"today", "hh-1,2021-06-01,,5000,,", false, "created Household/hh-1", []v1alpha1.Survey{first, {Date: "2021-06-01", By: "zhang", Income: "5000"}}},
		{"an earlier day", "hh-1,2021-02-01,wang,5000,,", false, "created Household/hh-1", []v1alpha1.Survey{{Date: "2021-02-01", Entered: "2021-06-01", By: "wang", Income: "5000"}, first}},
		{"the same facts, in other forms and another order", "hh-1,2021-03-01,,4800.00,因残、因病,", false, "left Household/hh-1", []v1alpha1.Survey{first}},
		{"other facts", "hh-1,2021-03-01,,5000,,", false, "refused survey-differs", []v1alpha1.Survey{first}},
		{"another signer", "hh-1,2021-03-01,wang,4800,,", false, "refused survey-differs", []v1alpha1.Survey{first}},
		{"other facts, on purpose", "hh-1,2021-03-01,,5000,,", true, "changed Household/hh-1 income:4800>5000", []v1alpha1.Survey{{Date: "2021-03-01", Entered: "2021-06-01", By: "zhang", Income: "5000", Causes: first.Causes}}},
		{"without changes", "hh-1,2021-04-01,,,,是", false, "created Household/hh-1", []v1alpha1.Survey{first, {Date: "2021-04-01", Entered: "2021-06-01", By: "zhang", Unchanged: true}}},
		{"without changes, before all others", "hh-1,2021-02-01,,,,是", false, "refused first-unchanged", []v1alpha1.Survey{first}},
		{"without changes, and with facts", "hh-1,2021-04-01,,1,,是", false, "refused facts-unchanged", []v1alpha1.Survey{first}},
		{"of nobody", "hh-2,2021-04-01,,1,,", false, "refused no-family", []v1alpha1.Survey{first}},
		{"without a day", "hh-1,,,1,,", false, "refused is-missing", []v1alpha1.Survey{first}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newTown(known("hh-1", "", *first.DeepCopy()))
			s := stamp(t)
			s.Correct = tt.correct
			rows := ledgerOf(t, Surveys, head, tt.line)
			if got := w.bring(t, s, rows); got[0] != tt.want {
				t.Errorf("got %s, want %s", got[0], tt.want)
			}
			if diff := cmp.Diff(tt.surveys, w.families["hh-1"].Household.Spec.Surveys); diff != "" {
				t.Error(diff)
			}
			if strings.HasPrefix(tt.want, "refused") {
				return
			}
			if got := w.bring(t, s, ledgerOf(t, Surveys, head, tt.line)); got[0] != "left Household/hh-1" {
				t.Errorf("a second time: %s", got[0])
			}
		})
	}
}

func TestAFullListMakesRoomOrIsRefused(t *testing.T) {
	h := known("hh-1", "")
	for i := range mostSurveys {
		h.Spec.Surveys = append(h.Spec.Surveys, v1alpha1.Survey{Date: v1alpha1.Date(day(t, "2021-01-01").AddDays(i).String())})
	}
	rows := func() []*Row {
		return ledgerOf(t, Surveys, "农户编号,监测日期", "hh-1,2021-05-01", "hh-1,2020-12-01")
	}
	s := stamp(t)
	if got := newTown(h.DeepCopy()).bring(t, s, rows()); got[0] != "refused list-full" || got[1] != "refused list-full" {
		t.Errorf("where none can go: %v", got)
	}
	s.Room = func(full *v1alpha1.Household, added v1alpha1.Date) *v1alpha1.Household {
		if len(full.Spec.Surveys) != mostSurveys+1 || added != "2021-05-01" {
			t.Errorf("asked for room for %s among %d", added, len(full.Spec.Surveys))
		}
		spared := full.DeepCopy()
		spared.Spec.Surveys = slices.Delete(spared.Spec.Surveys, 1, 2)
		return spared
	}
	w := newTown(h)
	if got := w.bring(t, s, rows()); got[0] != "created Household/hh-1" || got[1] != "refused list-full" {
		t.Errorf("with room: %v", got)
	}
	if n := len(w.families["hh-1"].Household.Spec.Surveys); n != mostSurveys {
		t.Errorf("%d surveys", n)
	}
	if got := w.bring(t, s, rows()); got[0] != "left Household/hh-1" {
		t.Errorf("a second time: %v", got)
	}
}

func TestLeadsAndMeasuresAreFoundAgain(t *testing.T) {
	const leads = "农户编号,线索编号,线索来源,部门,原因,金额,线索日期,核实日期,核实结果"
	const measures = "农户编号,措施编号,措施类别,针对短板,责任部门,金额,计划日期,落实日期,取消日期,取消原因"
	w := newTown(known("hh-1", ""))
	bring := func(want string, k Kind, head, line string) {
		t.Helper()
		if got := w.bring(t, stamp(t), ledgerOf(t, k, head, line)); got[0] != want {
			t.Errorf("%s: got %s, want %s", line, got[0], want)
		}
	}
	bring("created RiskSignal/hh-1-lead-20210403", Signals, leads, "hh-1,,部门,医保局,因病,6200,2021-04-03,,")
	bring("left RiskSignal/hh-1-lead-20210403", Signals, leads, "hh-1,,部门,医保局,因病,6200,2021-04-03,,")
	bring("created RiskSignal/hh-1-lead-20210403-2", Signals, leads, "hh-1,,部门,民政,因病,,2021-04-03,,")
	bring("refused partly", Signals, leads, "hh-1,,部门,医保局,因病,6200,2021-04-03,2021-04-10,")
	bring("refused before-it", Signals, leads, "hh-1,,部门,医保局,因病,6200,2021-04-03,2021-04-02,属实")
	bring("changed RiskSignal/hh-1-lead-20210403 verification.date:>2021-04-10 verification.outcome:>Confirmed", Signals, leads, "hh-1,,部门,医保局,因病,6200,2021-04-03,2021-04-10,属实")
	bring("left RiskSignal/hh-1-lead-20210403", Signals, leads, "hh-1,,部门,医保局,因病,6200,2021-04-03,2021-04-10,属实")
	bring("refused signed", Signals, leads, "hh-1,,部门,医保局,因病,6200,2021-04-03,2021-04-10,不属实")
	bring("refused signed", Signals, leads, "hh-1,,部门,医保局,因病,9999,2021-04-03,,")
	if v := w.families["hh-1"].Signals[0].Spec.Verification; v == nil || v.By != "zhang" || v.Entered != "2021-06-01" {
		t.Errorf("verification %+v", v)
	}

	bring("created AssistancePlan/hh-1", Measures, measures, "hh-1,,公益性岗位,收入,人社,4000,2021-04-15,,,")
	bring("left AssistancePlan/hh-1", Measures, measures, "hh-1,,公益性岗位,收入,人社,4000,2021-04-15,,,")
	bring("created AssistancePlan/hh-1", Measures, measures, "hh-1,,公益性岗位,收入,人社,4000,2021-05-15,,,")
	bring("changed AssistancePlan/hh-1 delivered.date:>2021-05-20", Measures, measures, "hh-1,public-post,公益性岗位,,,,,2021-05-20,,")
	bring("refused signed", Measures, measures, "hh-1,public-post,公益性岗位,,,5000,,,,")
	bring("refused partly", Measures, measures, "hh-1,public-post-2,公益性岗位,,,,,,2021-05-20,")
	bring("changed AssistancePlan/hh-1 cancelled.date:>2021-05-20 cancelled.reason:>搬离", Measures, measures, "hh-1,public-post-2,公益性岗位,,,,,,2021-05-20,搬离")
	plan := w.families["hh-1"].Plan
	if len(plan.Spec.Measures) != 2 || plan.Spec.Measures[0].Delivered.By != "zhang" || plan.Spec.Measures[1].Name != "public-post-2" {
		t.Errorf("plan %+v", plan.Spec)
	}
}

// TestOneRowMayHoldAFamilyAndItsSurvey as many townships keep their ledger.
func TestOneRowMayHoldAFamilyAndItsSurvey(t *testing.T) {
	const head = "农户编号,户类型,人口,标注,家庭成员,监测日期,人均纯收入,住房安全"
	w := newTown()
	line := "hh-1,脱贫户,2,国扶系统/2019-12-31,户主/1968,2021-04-01,4800,有可能不达标：土坯房"
	for i, want := range []string{"created Household/hh-1", "left Household/hh-1"} {
		if got := w.bring(t, stamp(t), ledgerOf(t, Households, head, line)); got[0] != want {
			t.Errorf("time %d: got %s, want %s", i+1, got[0], want)
		}
	}
	want := v1alpha1.HouseholdSpec{
		Registration: "Graduated", Persons: 2,
		Marks:   []v1alpha1.Mark{{System: "NationalSystem", Date: "2019-12-31", Entered: "2021-06-01"}},
		Members: []v1alpha1.Member{{Relation: "Head", BirthYear: 1968}},
		Surveys: []v1alpha1.Survey{{Date: "2021-04-01", Entered: "2021-06-01", By: "zhang", Income: "4800", Guarantees: []v1alpha1.Guarantee{{Name: "Housing", State: "AtRisk", Detail: "土坯房"}}}},
	}
	if diff := cmp.Diff(want, w.families["hh-1"].Household.Spec); diff != "" {
		t.Error(diff)
	}
	for line, want := range map[string]string{
		"hh-1,,,,,,4800,":             "refused survey-no-date",
		"hh-1,,1,,户主/1968；子女/1996,,,": "refused members-too-many",
	} {
		if got := w.bring(t, stamp(t), ledgerOf(t, Households, head, line)); got[0] != want {
			t.Errorf("%s: got %s, want %s", line, got[0], want)
		}
	}
}

func TestPapersOfARefusedFamilySaySo(t *testing.T) {
	w := newTown()
	got := w.bring(t, stamp(t),
		ledgerOf(t, Households, "农户编号,户类型,人口", "hh-1,脱贫户,无"),
		ledgerOf(t, Surveys, "农户编号,监测日期", "hh-1,2021-04-01"))
	if diff := cmp.Diff([]string{"refused not-count", "refused family-refused"}, got); diff != "" {
		t.Error(diff)
	}
}
