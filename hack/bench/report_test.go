// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSamples(t *testing.T) {
	for name, tt := range map[string]struct {
		of                              samples
		wantLeast, wantMedian, wantMost float64
	}{
		"none":                           {},
		"one is all three":               {of: samples{4}, wantLeast: 4, wantMedian: 4, wantMost: 4},
		"an odd number has a middle":     {of: samples{9, 1, 5}, wantLeast: 1, wantMedian: 5, wantMost: 9},
		"an even number has two of them": {of: samples{4, 1, 9, 2}, wantLeast: 1, wantMedian: 3, wantMost: 9},
	} {
		t.Run(name, func(t *testing.T) {
			given := append(samples(nil), tt.of...)
			got := []float64{tt.of.least(), tt.of.median(), tt.of.most()}
			if diff := cmp.Diff([]float64{tt.wantLeast, tt.wantMedian, tt.wantMost}, got); diff != "" {
				t.Errorf("least, median, most (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(given, tt.of); diff != "" {
				t.Errorf("the samples were changed (-before +after):\n%s", diff)
			}
		})
	}
}

func TestRatiosGoRoundByRound(t *testing.T) {
	got := ratios(samples{9, 8, 5, 7}, samples{3, 4, 0})
	if diff := cmp.Diff(samples{3, 2}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNumber(t *testing.T) {
	for want, given := range map[string]float64{
		"0": 0, "54": 54, "0.45": 0.4499, "31.5": 31.46, "158": 158.4, "1,044": 1043.6, "10,140": 10140, "1,234,567": 1234567, "-1,500": -1500,
	} {
		if got := number(given); got != want {
			t.Errorf("number(%v) = %q, want %q", given, got, want)
		}
	}
}

func TestATableIsMarkdownInStraightColumns(t *testing.T) {
	tb := &table{title: "The core"}
	tb.note("Of %d families.", 2)
	tb.add("decide: CPU µs", "at most 40", 30, 40, 50)
	tb.add("writes of 户", "", 1)
	var got strings.Builder
	if err := tb.write(&got); err != nil {
		t.Fatal(err)
	}
	want := `### The core

Of 2 families.

| figure         | median | least | most | rounds | target     |
|----------------|-------:|------:|-----:|-------:|------------|
| decide: CPU µs |     40 |    30 |   50 |      3 | at most 40 |
| writes of 户   |      1 |       |      |      1 |            |

`
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReplaceFigures(t *testing.T) {
	for name, tt := range map[string]struct{ document, want, wantError string }{
		"what stands between the lines is replaced": {
			document: "before\n" + figuresBegin + "\nold\n" + figuresEnd + "after\n",
			want:     "before\n" + figuresBegin + "\nnew\n" + figuresEnd + "after\n",
		},
		"a document without a place for figures": {
			document:  "before\n",
			wantError: "the document has no line \"<!-- figures: written by `make bench`, not by hand -->\\n\"",
		},
		"a place that does not end": {
			document:  figuresBegin + "old\n",
			wantError: `the document has no line "<!-- end of figures -->\n" after the figures`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := replaceFigures([]byte(tt.document), []byte("new\n"))
			if tt.wantError != "" {
				if err == nil || err.Error() != tt.wantError {
					t.Fatalf("got error %v, want %q", err, tt.wantError)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseBenchmarks(t *testing.T) {
	got := parseBenchmarks([]byte(`goos: linux
cpu: AMD EPYC
BenchmarkDecide/TwelveDifferentSurveys-2   10000   108074 ns/op   65859 cpu-ns/op   6732 B/op   54 allocs/op
BenchmarkDecide/TwelveDifferentSurveys   	   10000	 98074 ns/op
--- BENCH: BenchmarkDecide
Benchmarks are fun
PASS
`))
	want := []measurement{
		{name: "Decide/TwelveDifferentSurveys-2", figures: map[string]float64{"ns/op": 108074, "cpu-ns/op": 65859, "B/op": 6732, "allocs/op": 54}},
		{name: "Decide/TwelveDifferentSurveys", figures: map[string]float64{"ns/op": 98074}},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(measurement{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheCoreIsReportedRunByRun(t *testing.T) {
	run := func(decide, decode float64) []measurement {
		return []measurement{
			{name: "Decide/Year", figures: map[string]float64{"cpu-ns/op": decide, "allocs/op": 54}},
			{name: "Decode/Year", figures: map[string]float64{"cpu-ns/op": decode, "allocs/op": 400}},
		}
	}
	papers := measurement{name: "Decide/YearWithTwoReviews", figures: map[string]float64{"cpu-ns/op": 50000, "allocs/op": 46}}
	forgetful := measurement{name: "Decide/YearMissingFacts", figures: map[string]float64{"cpu-ns/op": 90000, "allocs/op": 258}}
	got := reportCore(append(append(run(30000, 60000), run(20000, 80000)...), papers, forgetful)).rows
	want := []row{
		{figure: "Decide/Year: CPU µs", samples: samples{30, 20}, target: "at most 40"},
		{figure: "Decide/Year: allocations", samples: samples{54, 54}, target: "at most 60"},
		{figure: "Decide/Year: CPU over decoding the family", samples: samples{0.5, 0.25}},
		{figure: "Decode/Year: CPU µs", samples: samples{60, 80}},
		{figure: "Decode/Year: allocations", samples: samples{400, 400}},
		{figure: "Decide/YearWithTwoReviews: CPU µs", samples: samples{50}, target: "at most 60"},
		{figure: "Decide/YearWithTwoReviews: allocations", samples: samples{46}, target: "at most 60"},
		{figure: "Decide/YearWithTwoReviews: CPU over decoding the family"},
		{figure: "Decide/YearMissingFacts: CPU µs", samples: samples{90}},
		{figure: "Decide/YearMissingFacts: allocations", samples: samples{258}},
		{figure: "Decide/YearMissingFacts: CPU over decoding the family"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(row{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
