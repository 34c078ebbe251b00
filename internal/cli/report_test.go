// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangpin.io/fangpin/internal/report"
)

// twoTowns are the documents of a county with two townships of three villages each,
// under the testdata's plan, with families that differ and some of whose papers do.
func twoTowns(tb testing.TB) []string {
	tb.Helper()
	policy, err := os.ReadFile(filepath.Join("testdata", "plan", "plan.yaml"))
	if err != nil {
		tb.Fatal(err)
	}
	var docs []string
	for document := range strings.SplitSeq(string(policy), "\n---\n") {
		if strings.Contains(document, "kind: MonitoringPolicy") {
			docs = append(docs, strings.Replace(document, "jurisdictionRef: {name: town}", "jurisdictionRef: {name: county}", 1))
		}
	}
	place := func(name, level, parent, more string) {
		docs = append(docs, fmt.Sprintf("apiVersion: fangpin.io/v1alpha1\nkind: Jurisdiction\nmetadata: {name: %s}\nspec: {level: %s%s, displayName: %s镇%s}\n", name, level, parent, "=1+", more))
	}
	place("county", "County", "", "")
	for t, town := range []string{"west", "east"} {
		place(town, "Township", ", parentRef: {name: county}", fmt.Sprintf(", namespace: %s, code: \"34172110%d000\"", town, t))
		for v := range 3 {
			place(fmt.Sprint(town, "-", v), "Village", ", parentRef: {name: "+town+"}", "")
		}
		for i := range 14 + 5*t {
			docs = append(docs, fmt.Sprintf(`apiVersion: fangpin.io/v1alpha1
kind: Household
metadata: {name: hh-%03d, namespace: %s}
spec:
  jurisdictionRef: {name: %s-%d}
  registration: Graduated
  persons: %d
  surveys:
  - {date: "2020-04-12", by: w, method: OnSite, income: "%d", labour: Full, causes: [Illness], guarantees: [{name: Housing, state: Met}]}
  - {date: "2020-05-11", by: w, method: OnSite, income: "%d", labour: Full, guarantees: [{name: Housing, state: Met}]}
`, i, town, town, i%3, 1+i%4, 3000+i*400, 9000-i*400))
			if i%3 == 0 {
				docs = append(docs, fmt.Sprintf(`apiVersion: fangpin.io/v1alpha1
kind: AssistancePlan
metadata: {name: hh-%03d, namespace: %s}
spec:
  householdRef: {name: hh-%03d}
  measures: [{name: post, kind: PublicPost, for: [Income], date: "2020-04-15", due: "2020-05-20", amount: "1200.50", delivered: {date: "2020-05-0%d", by: d, amount: "600.25"}}]
`, i, town, i, 1+i%9))
			}
		}
	}
	return docs
}

// runReport reports on documents, and returns what came out.
func runReport(tb testing.TB, docs []string, args ...string) []byte {
	tb.Helper()
	var out, errOut bytes.Buffer
	args = append([]string{"report", "-f", "-", "--period", "2020-Q2", "--as-of", "2020-06-20"}, args...)
	if status := Main(context.Background(), args, environment(strings.NewReader(strings.Join(docs, "\n---\n")), &out, &errOut)); status != exitFine {
		tb.Fatalf("exit status %d: %s", status, errOut.String())
	}
	return out.Bytes()
}

func viewOfReport(t *testing.T, docs []string, args ...string) report.View {
	t.Helper()
	var v report.View
	decoder := json.NewDecoder(bytes.NewReader(runReport(t, docs, append(args, "-o", "json")...)))
	decoder.UseNumber()
	if err := decoder.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestTheSameFactsAreTheSameReportToTheByte(t *testing.T) {
	docs := twoTowns(t)
	for _, format := range []string{"table", "json", "html", "xlsx"} {
		args := []string{"-o", format, "--tree", "--min-cell", "3", "--lang", "zh"}
		first := runReport(t, docs, args...)
		if !bytes.Equal(first, runReport(t, docs, args...)) {
			t.Errorf("%s: two runs differ", format)
		}
		turned := slices.Clone(docs)
		slices.Reverse(turned)
		if !bytes.Equal(first, runReport(t, turned, args...)) {
			t.Errorf("%s: another order of the documents gives another report", format)
		}
	}
}

func TestACountyIsTheSumOfItsTownships(t *testing.T) {
	v := viewOfReport(t, twoTowns(t), "--by", "township")
	if len(v.Units) != 3 || v.Units[1].Name != "west" || v.Units[2].Name != "east" {
		t.Fatalf("units %v: want county, then west before east by their codes", v.Units)
	}
	sum := func(values []any) map[string]string {
		out := map[string]string{}
		for i, value := range values {
			out[fmt.Sprint(i)] = fmt.Sprint(value)
		}
		return out
	}
	for _, f := range v.Units[0].Figures {
		if f.Quantity.IsFen() {
			continue // a text
		}
		months := make([]any, len(f.Months))
		for m := range months {
			total := int64(0)
			for _, town := range v.Units[1:] {
				if at := slices.IndexFunc(town.Figures, func(o report.FigureView) bool { return o.Key == f.Key }); at >= 0 {
					n, err := town.Figures[at].Months[m].(json.Number).Int64()
					if err != nil {
						t.Fatal(err)
					}
					total += n
				}
			}
			months[m] = total
		}
		if diff := cmp.Diff(sum(months), sum(f.Months)); diff != "" {
			t.Errorf("%v (-towns +county):\n%s", f.Key, diff)
		}
	}
}

func TestAmountsAreAddedToTheFen(t *testing.T) {
	v := viewOfReport(t, twoTowns(t))
	want := map[report.Quantity]string{report.PlannedFen: "14406", report.DeliveredFen: "7203"}
	for _, f := range v.Units[0].Figures {
		if amount, is := want[f.Quantity]; is && f.Period != amount {
			t.Errorf("%v: %v, want %s of twelve plans", f.Key, f.Period, amount)
		}
		delete(want, f.Quantity)
	}
	if len(want) > 0 {
		t.Errorf("there is no %v", want)
	}
}

func TestSmallCountsAreHiddenInEveryForm(t *testing.T) {
	docs := twoTowns(t)
	v := viewOfReport(t, docs, "--tree", "--min-cell", "3")
	marks := map[string]int{}
	for _, u := range v.Units {
		for _, f := range u.Figures {
			for _, value := range append(slices.Clone(f.Months), f.Period) {
				switch said := fmt.Sprint(value); said {
				case "1", "2":
					t.Errorf("%s, %v: %s is shown", u.Name, f.Key, said)
				case "<3", "*":
					marks[said]++
				}
			}
		}
	}
	if marks["<3"] == 0 || marks["*"] == 0 {
		t.Errorf("marks %v: want some of both", marks)
	}
	page := string(runReport(t, docs, "--tree", "--min-cell", "3", "-o", "html", "--lang", "zh"))
	if !strings.Contains(page, `<td class="n hidden">＜3</td>`) || strings.Contains(page, `<td class="n">2</td>`) {
		t.Error("the page shows a small count, or no mark of one")
	}
}

func TestUnitsAreRankedOnRequestAlone(t *testing.T) {
	names := func(v report.View) string {
		var out []string
		for _, u := range v.Units {
			out = append(out, u.Name)
		}
		return strings.Join(out, " ")
	}
	docs := twoTowns(t)
	if got, want := names(viewOfReport(t, docs, "--by", "township")), "county west east"; got != want {
		t.Errorf("by code: %s, want %s", got, want)
	}
	if got, want := names(viewOfReport(t, docs, "--by", "township", "--sort-by", "total")), "county east west"; got != want {
		t.Errorf("by families: %s, want %s", got, want)
	}
	if got, want := names(viewOfReport(t, docs, "east", "--tree")), "east east-0 east-1 east-2"; got != want {
		t.Errorf("of one township: %s, want %s", got, want)
	}
}

func TestAVillageIsReportedAlone(t *testing.T) {
	v := viewOfReport(t, twoTowns(t), "west-1")
	if len(v.Units) != 1 || fmt.Sprint(v.Units[0].Figures[0].Period) != "5" || v.Complete || v.AsOf != "2020-06-20" {
		t.Errorf("got %+v; want the five families of west-1 as of 2020-06-20", v)
	}
}
