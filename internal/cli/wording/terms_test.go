// SPDX-License-Identifier: Apache-2.0

package wording_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"fangpin.io/fangpin/config/crd"
	"fangpin.io/fangpin/internal/cli/wording"
)

var enumeration = regexp.MustCompile(`(?m)^( +)enum:\n((?: +- [A-Za-z"]+\n)+)`)

// notShown are words of specs that no output of the command shows.
var notShown = []string{
	// what a plan's rules are made of
	"Counted", "NotCounted", "HalfMonth", "Month", "TwoMonths", "Quarter", "HalfYear", "Year", "Period",
	"TierSince", "Identified", "FirstShortfall", "ShortfallsClosed", "RiskEliminated", "TierLeft", "Recorded", "Delivered",
	"ReportSubmitted", "SurveysDone", "SignalsArrived", "MarksCount", "Rolling", "CurrentAndNext", "WholeQuarters", "Release", "KeepWatching",
	"HomeVisit", "Appraisal", "PublicNotice", "DataComparison", "Decision", "Registration", "Application",
	"Document", "Officer", "PlannedElimination", "Consent", "Will", "Given", "Denied",
	"red", "orange", "yellow", "blue", "green", "grey",
	// what is asked of a family, and told by its rules' own names
	"Graduated", "Poor", "None", "AtRisk", "Unmet", "Full", "Partial", "Lost", "Present", "Difficult", "Severe", "Stable",
	"Unstable", "Plunged", "Normal", "Surged", "Relative", "Neighbour", "Cadre",
	// sites, checks, and the states of kinds that the command does not judge yet
	"VillageCommittee", "ResettlementSite", "Cluster", "Clear", "Hit", "Explained",
	"Submitted", "SubmittedLate", "Unknown", "False", "True",
}

func TestEveryWordOfTheContractThatIsShownIsKnownInChinese(t *testing.T) {
	skip := map[string]bool{}
	for _, word := range notShown {
		skip[word] = true
	}
	files, err := fs.Glob(crd.Bases, "bases/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no definitions: %v", err)
	}
	words := 0
	for _, file := range files {
		text, err := crd.Bases.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range enumeration.FindAllStringSubmatch(string(text), -1) {
			for word := range strings.FieldsSeq(strings.ReplaceAll(m[2], "- ", " ")) {
				word = strings.Trim(word, `"`)
				words++
				said := wording.Chinese.Term(word)
				if !skip[word] && !strings.ContainsFunc(said, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
					t.Errorf("%s of %s has no Chinese word in terms.go", word, file)
				}
			}
		}
	}
	if words < 100 {
		t.Errorf("only %d words were found: the definitions are written otherwise than this test reads them", words)
	}
}

func TestEnglishKeepsTheWordsAsTheyAre(t *testing.T) {
	for _, word := range []string{"Monitored", "no-such-word"} {
		if got := wording.English.Term(word); got != word {
			t.Errorf("got %s, want %s", got, word)
		}
	}
	if got := wording.Chinese.Term("no-such-word"); got != "no-such-word" {
		t.Errorf("got %s", got)
	}
}

func TestFactsAreSaidByTheirPlainNames(t *testing.T) {
	tests := []struct{ fact, wantEnglish, wantChinese string }{
		{"survey.income", "income", "人均收入"},
		{"survey.guarantees.Housing", "guarantees.Housing", "住房保障"},
		{"household.labour", "household.labour", "劳动力状况"},
		{"survey.other", "other", "other"},
	}
	for _, tt := range tests {
		if got := wording.English.Fact(tt.fact); got != tt.wantEnglish {
			t.Errorf("English: got %s, want %s", got, tt.wantEnglish)
		}
		if got := wording.Chinese.Fact(tt.fact); got != tt.wantChinese {
			t.Errorf("Chinese: got %s, want %s", got, tt.wantChinese)
		}
	}
}
