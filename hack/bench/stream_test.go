// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAStreamHoldsAsManyFamiliesAsAskedFor(t *testing.T) {
	written, err := writeStream(t.TempDir()+"/stream.yaml", 7, 230)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(written.path)
	if err != nil {
		t.Fatal(err)
	}
	if written.size != int64(len(text)) {
		t.Errorf("a stream of %d bytes is said to have %d", len(text), written.size)
	}
	names := map[string]bool{}
	for _, name := range regexp.MustCompile(`(?m)^  name: hh-\d+$`).FindAllString(string(text), -1) {
		names[name] = true
	}
	if len(names) != 230 || written.objects["Household"] != 230 {
		t.Errorf("%d families have a name of their own, and %d are said to be there, want 230", len(names), written.objects["Household"])
	}
	got, err := decodeStream(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(written.objects, got); diff != "" {
		t.Errorf("objects that were written and objects that were decoded (-want +got):\n%s", diff)
	}
	for _, k := range kinds {
		if got[k.name] == 0 {
			t.Errorf("the stream has no %s", k.name)
		}
	}
}

// TestPapersInAStreamAreAboutTheirOwnFamily: families of a long stream are those
// of a short one under other names, and their papers must go with them.
func TestPapersInAStreamAreAboutTheirOwnFamily(t *testing.T) {
	written, err := writeStream(t.TempDir()+"/stream.yaml", 7, distinctFamilies+40)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(written.path)
	if err != nil {
		t.Fatal(err)
	}
	papers, seen := 0, map[string]bool{}
	for document := range strings.SplitSeq(string(text), "---\n") {
		_, about, found := strings.Cut(document, "  householdRef:\n    name: ")
		if !found {
			continue
		}
		papers++
		about, _, _ = strings.Cut(about, "\n")
		name := regexp.MustCompile(`(?m)^  name: (.*)$`).FindStringSubmatch(document)[1]
		if id := kindIn([]byte(document)) + " " + name; !strings.HasPrefix(name, about) || seen[id] {
			t.Errorf("%s is about %s, or stands there twice", id, about)
		} else {
			seen[id] = true
		}
	}
	if want := written.objects["AssistancePlan"] + written.objects["RiskSignal"] + written.objects["Review"]; papers != want {
		t.Errorf("the stream has %d papers, want %d", papers, want)
	}
}

func TestDecodingNamesADocumentThatIsBroken(t *testing.T) {
	if _, err := decodeStream(strings.NewReader("kind: Household\n---\nkind: Review\nspec: [\n")); err == nil {
		t.Error("a broken document was taken")
	}
}

func TestWhatWasPrintedCountsOnlyIfItWasJudged(t *testing.T) {
	got, err := countJudged(strings.NewReader(`kind: Household
status:
  stage: Watched
  conditions: [{type: Ready, status: "True"}]
---
kind: Household
status:
  conditions: [{type: Ready, status: "False"}]
---
kind: Review
status:
  conditions: [{type: Completed, status: "False"}, {type: Ready, status: "True"}]
---
kind: RiskSignal
`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{"Household": 1, "Review": 1}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
