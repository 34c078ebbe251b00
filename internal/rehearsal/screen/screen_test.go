// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
)

// objects are a small town with its statuses, as a controller would write them.
func objects() []client.Object {
	village := func(name string, total, red, overdue int32) *v1alpha1.Jurisdiction {
		return &v1alpha1.Jurisdiction{
			ObjectMeta: metav1.ObjectMeta{Name: name},
			Spec:       v1alpha1.JurisdictionSpec{Level: v1alpha1.LevelVillage, DisplayName: v1alpha1.Title("第" + name[len("town-village-"):] + "村"), ParentRef: &v1alpha1.JurisdictionReference{Name: "town"}},
			Status: v1alpha1.JurisdictionStatus{
				Households:     &v1alpha1.HouseholdCounts{Total: total},
				Tiers:          []v1alpha1.NamedCount{{Policy: "town-2020", Name: "Red", Households: red}, {Policy: "town-2020", Name: "Green", Households: total - red}},
				OpenShortfalls: new(red), Overdue: new(overdue),
			},
		}
	}
	household := func(name string, overdue v1alpha1.DeadlineState, history ...v1alpha1.TierChange) *v1alpha1.Household {
		return &v1alpha1.Household{
			ObjectMeta: metav1.ObjectMeta{Namespace: "town", Name: name},
			Status: v1alpha1.HouseholdStatus{
				NextDeadline: "2020-07-31", History: history,
				Deadlines: []v1alpha1.Deadline{{Kind: "Survey", Name: "survey", State: "Pending"}, {Kind: "Tier", Name: "clear-red", State: overdue}},
			},
		}
	}
	plan := &v1alpha1.AssistancePlan{ObjectMeta: metav1.ObjectMeta{Namespace: "town", Name: "hh-000001"}}
	plan.Status = v1alpha1.AssistancePlanStatus{Planned: new(int32(3)), Delivered: new(int32(2)), Overdue: new(int32(1))}
	first := v1alpha1.TierChange{Date: "2020-03-25", Tier: "Green", Policy: "town-2020"}
	return []client.Object{
		&v1alpha1.MonitoringPolicy{ObjectMeta: metav1.ObjectMeta{Name: "town-2020"}, Spec: v1alpha1.MonitoringPolicySpec{
			DisplayName: "监测方案",
			Tiers:       []v1alpha1.Tier{{Name: "Red", DisplayName: "红色", Colour: "red"}, {Name: "Green", DisplayName: "绿色", Colour: "green"}},
			Standards:   []v1alpha1.Standard{{Name: "Income", DisplayName: "收入"}, {Name: "Housing", DisplayName: "住房安全"}},
		}},
		&v1alpha1.Jurisdiction{ObjectMeta: metav1.ObjectMeta{Name: "county"}},
		&v1alpha1.Jurisdiction{
			ObjectMeta: metav1.ObjectMeta{Name: "town"}, Spec: v1alpha1.JurisdictionSpec{DisplayName: "镇"},
			Status: v1alpha1.JurisdictionStatus{
				PolicyRef:  &v1alpha1.PolicyReference{Name: "town-2020"},
				Households: &v1alpha1.HouseholdCounts{Total: 30, InScope: 30, Monitored: 4, Unjudged: 1}, Persons: &v1alpha1.PersonCounts{Total: 91},
				Tiers: []v1alpha1.NamedCount{
					{Policy: "town-2020", Name: "Red", Households: 5}, {Policy: "town-2020", Name: "Green", Households: 24},
					{Policy: "town-2020", Name: "Undetermined", Households: 1},
				},
				Shortfalls: []v1alpha1.ShortfallCount{{Standard: "Housing", Open: 6, Overdue: 2}},
			},
		},
		village("town-village-2", 10, 2, 0), village("town-village-10", 20, 3, 2),
		household("hh-000001", "Overdue", first, v1alpha1.TierChange{Date: "2020-07-11", Tier: "Red"}),
		household("hh-000002", "Met", first),
		household("hh-000003", "MetLate", first, v1alpha1.TierChange{Date: "2020-05-02"}, v1alpha1.TierChange{Date: "2020-07-12", Tier: "Green"}),
		plan,
	}
}

func look(t *testing.T, objects ...client.Object) *View {
	t.Helper()
	scheme := runtime.NewScheme()
	if err := v1alpha1.AddToScheme(scheme); err != nil {
		t.Fatal(err)
	}
	reader := fake.NewClientBuilder().WithScheme(scheme).WithObjects(objects...).Build()
	view, err := Look(t.Context(), reader, "town")
	if err != nil {
		t.Fatal(err)
	}
	return &view
}

func pace(t *testing.T) Pace {
	t.Helper()
	day := func(s string) civil.Day {
		d, err := civil.ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	return Pace{
		First: day("2020-03-25"), Last: day("2020-12-31"), Today: day("2020-07-12"),
		Elapsed: 83 * time.Second, Remaining: 125 * time.Second, Writes: 12345, PerSecond: 151,
		Hint: "Ctrl-C ends",
	}
}

func TestTheScreenShowsWhatTheStatusesSay(t *testing.T) {
	tests := []struct {
		name     string
		language wording.Language
		size     Size
		want     string
	}{
		{"in English, on 80 columns", wording.English, Size{80, 24}, `
防贫 Fangpin  town · town-2020
2020-07-12 Sun  day 110 of 282  █████░░░░░░░░░░  1:23 so far  about 2:05 to go
30 families 91 persons  monitored 4  unjudged 1  12,345 writes, 151/s

TIERS                                       SHORTFALLS          open overdue
Red               5 ████                    Income                 0       0
Green            24 █████████████████████   Housing                6       2
Undetermined      1 █

DEADLINES   pending overdue     met    late
clear-red         0       1       1       1
survey            3       0       0       0
MEASURES  planned 3  delivered 2  overdue 1   NEXT DATES  07-31 ×3
VILLAGES           hh   Red Green Undet overdue  CHANGES OF TIER
town-village-2     10     2     8     0       0  07-12 hh-000003 none→Green
town-village-10    20     3    17     0       2  07-11 hh-000001 Green→Red
Ctrl-C ends`},
		{"in Chinese, on a wide screen", wording.Chinese, Size{100, 24}, `
防贫 Fangpin  镇 · 监测方案
2020-07-12 周日  第 110 天，共 282 天  ██████████████░░░░░░░░░░░░░░░░░░░░░░░  已用 1:23  约余 2:05
30 户 91 人  监测对象 4  未研判 1  写入 12,345 次，151 次/秒

等级                                                   短板              未解决    逾期
红色              5 ██████                             收入                   0       0
绿色             24 ████████████████████████████████   住房安全               6       2
待核实            1 █

期限           进行    逾期    按期    补办
clear-red         0       1       1       1
入户监测          3       0       0       0
帮扶措施  计划 3  落实 2  逾期 1   下一期限  07-31 ×3
村        户  红色  绿色  待核    逾期                 等级变动
第2村     10     2     8     0       0                 07-12 hh-000003 无→绿色
第10村    20     3    17     0       2                 07-11 hh-000001 绿色→红色
Ctrl-C ends`},
		{"in a narrow window the blocks follow each other", wording.English, Size{44, 12}, `
防贫 Fangpin  town · town-2020
2020-07-12 Sun  day 110 of 282    1:23 so fa
30 families 91 persons  monitored 4  unjudge

TIERS
Red               5 █████
Green            24 ████████████████████████
Undetermined      1 █
DEADLINES   pending overdue     met    late
clear-red         0       1       1       1
survey            3       0       0       0
Ctrl-C ends`},
	}
	view := look(t, objects()...)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := strings.Join(Renderer{Language: test.language}.Render(view, pace(t), test.size), "\n")
			if diff := cmp.Diff(strings.TrimPrefix(test.want, "\n"), trimLines(got)); diff != "" {
				t.Errorf("screen (-want +got):\n%s", diff)
			}
		})
	}
}

// trimLines drops blanks at the ends of lines, which nobody sees.
func trimLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// TestNoScreenIsTooSmall: whatever the window, nothing stands outside of it.
func TestNoScreenIsTooSmall(t *testing.T) {
	full, empty := look(t, objects()...), look(t)
	for _, view := range []*View{full, empty} {
		for width := range 130 {
			for _, height := range []int{0, 1, 2, 5, 24, 60} {
				for _, language := range []wording.Language{wording.English, wording.Chinese} {
					lines := Renderer{Language: language}.Render(view, pace(t), Size{width, height})
					if len(lines) > height {
						t.Fatalf("%d lines on %d rows", len(lines), height)
					}
					for _, l := range lines {
						if terminal.Width(l) > width {
							t.Fatalf("%q takes %d of %d columns", l, terminal.Width(l), width)
						}
					}
				}
			}
		}
	}
}

func TestWhileTheTownIsLoadedThePhaseIsShown(t *testing.T) {
	p := pace(t)
	p.Phase, p.Remaining = "Entering the families", -1
	lines := Renderer{}.Render(look(t, objects()[5:7]...), p, Size{80, 24})
	want := []string{
		"防贫 Fangpin  town · no policy in force",
		"2020-07-12 Sun  day 110 of 282  ████████████░░░░░░░░░░░░░░░░░░░░░  1:23 so far",
		"Entering the families  2 of 2 judged  12,345 writes, 151/s",
	}
	if diff := cmp.Diff(want, lines[:3]); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
}

func TestColoursAreThoseOfThePlan(t *testing.T) {
	lines := Renderer{Painter: terminal.Painting()}.Render(look(t, objects()...), pace(t), Size{80, 24})
	text := strings.Join(lines, "\n")
	for _, want := range []string{
		"\x1b[31mRed               5 \x1b[0m\x1b[31m████\x1b[0m",
		"\x1b[32mGreen            24 \x1b[0m",
		"Green→\x1b[31mRed\x1b[0m",
		"\x1b[31munjudged 1\x1b[0m",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the screen lacks %q:\n%q", want, text)
		}
	}
}

func TestDataCannotDrawOnTheScreen(t *testing.T) {
	all := objects()
	all[2].(*v1alpha1.Jurisdiction).Spec.DisplayName = "镇\x1b[2J"
	text := strings.Join(Renderer{Language: wording.Chinese}.Render(look(t, all...), pace(t), Size{80, 24}), "\n")
	if strings.Contains(text, "\x1b") || !strings.Contains(text, `镇\x1b[2J`) {
		t.Errorf("an escape sequence in a name is obeyed: %q", text)
	}
}

func TestSummary(t *testing.T) {
	got := Renderer{}.Summary(look(t, objects()...), pace(t))
	want := "2020-07-12  Red 5  Green 24  Undetermined 1  |  SHORTFALLS 6 open  |  DEADLINES 1 overdue  |  MEASURES 2/3 delivered  |  12,345 writes, 151/s"
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestSummaryWithoutTiers: a plan need not have any.
func TestSummaryWithoutTiers(t *testing.T) {
	v := look(t, objects()...)
	v.Tiers = nil
	got := Renderer{}.Summary(v, pace(t))
	if want := "2020-07-12  monitored 4  |  SHORTFALLS 6 open  |"; !strings.HasPrefix(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestTheLastEventStandsOnTheScreen below the header, and takes no line before
// there is one.
func TestTheLastEventStandsOnTheScreen(t *testing.T) {
	v, p := look(t, objects()...), pace(t)
	without := Renderer{}.Render(v, p, Size{100, 40})
	p.Event = "2020-06-05 hills: closed\tout"
	with := Renderer{}.Render(v, p, Size{100, 40})
	if len(with) != len(without)+1 || !strings.HasPrefix(with[3], "▸ 2020-06-05 hills: closed") || strings.Contains(with[3], "\t") {
		t.Errorf("%d lines without an event, and with it:\n%s", len(without), strings.Join(with, "\n"))
	}
}

// TestATierIsCalledAsByThePlanOfItsDay, not as by the one now in force.
func TestATierIsCalledAsByThePlanOfItsDay(t *testing.T) {
	older := &v1alpha1.MonitoringPolicy{
		ObjectMeta: metav1.ObjectMeta{Name: "town-2019"},
		Spec:       v1alpha1.MonitoringPolicySpec{Tiers: []v1alpha1.Tier{{Name: "Red", DisplayName: "一类"}}},
	}
	h := &v1alpha1.Household{ObjectMeta: metav1.ObjectMeta{Namespace: "town", Name: "hh-000009"}}
	h.Status.History = []v1alpha1.TierChange{{Date: "2019-03-25", Tier: "Red", Policy: "town-2019"}, {Date: "2020-07-12", Tier: "Green", Policy: "town-2020"}}
	screen := strings.Join(Renderer{Language: wording.Chinese}.Render(look(t, append(objects(), older, h)...), pace(t), Size{100, 40}), "\n")
	if want := "hh-000009 一类→绿色"; !strings.Contains(screen, want) {
		t.Errorf("the screen does not say %q:\n%s", want, screen)
	}
}

func TestOnlyTheLastChangesAreKept(t *testing.T) {
	var many []client.Object
	for i := range 60 {
		h := &v1alpha1.Household{ObjectMeta: metav1.ObjectMeta{Namespace: "town", Name: fmt.Sprintf("hh-%06d", i)}}
		h.Status.History = []v1alpha1.TierChange{{Date: "2020-03-25", Tier: "Red"}, {Date: v1alpha1.Date(fmt.Sprintf("2020-06-%02d", i%30+1)), Tier: "Green"}}
		many = append(many, h)
	}
	changes := look(t, many...).Changes
	if len(changes) != maxChanges || changes[0].Household != "hh-000029" || changes[1].Household != "hh-000059" || changes[2].Household != "hh-000028" {
		t.Errorf("%d changes, first %+v", len(changes), changes[:3])
	}
}

// TestFramesReplaceEachOther: a frame writes over the one before and clears what
// is longer, so that nothing flickers.
func TestFramesReplaceEachOther(t *testing.T) {
	var b strings.Builder
	frame(&b, []string{"one", "two"})
	if want := "\x1b[Hone\x1b[K\r\ntwo\x1b[K\x1b[J"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}
