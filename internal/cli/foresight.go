// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strings"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/chronicle"
	"fangpin.io/fangpin/internal/cli/entry"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// foresight is a fact that is yet to be written, and what would follow from it
// today.
type foresight struct {
	entry         *entry.Entry
	before, after translate.Judgment
	events        []chronicle.Event
	past          []chronicle.Revision // of days before today, from since on
	since         civil.Day
}

func (f *foresight) look(w *writing) {
	f.after = w.world.JudgeOn(f.entry.Papers, w.day)
	f.events = chronicle.Follow(w.world, w.papers, f.entry.Papers, w.day)
	f.since = w.stamp.Date
	if gone := f.entry.Removed; gone != nil {
		f.since = min(f.since, dayOf(gone.Date)) // days before the fact may have rested on it
	}
	if f.since < w.day {
		f.past = chronicle.Rewritten(w.world, w.papers, f.entry.Papers, f.since, w.day.AddDays(-1))
	}
}

// mostPast is how many changes of past days are shown; a timeline has them all
// once the fact is written.
const mostPast = 12

// describePast says what the fact changes of days that were judged already.
func (w *writing) describePast(p *page, f *foresight, words *glossary) {
	if f.since >= w.day {
		return
	}
	p.heading(wording.PastTitle, f.since)
	if back := int(w.day - w.stamp.Date); back > 0 {
		p.line(1, w.lang.Say(wording.PastLate, words.days(back)))
	}
	if len(f.past) == 0 {
		p.line(1, w.lang.Say(wording.PastNothing))
	}
	for i := range f.past[:min(len(f.past), mostPast)] {
		r := &f.past[i]
		p.hanging(1, w.lang.Say(wording.PastChange, words.fromTo(r.From, r.Until), words.topic(r.Topic), words.answer(r.About, r.Then), words.answer(r.About, r.Now)))
	}
	if more := len(f.past) - mostPast; more > 0 {
		p.line(1, w.lang.Say(wording.PastMore, more))
	}
}

// reviewStatus is the status of a review of a name, nil if nothing is concluded
// about it.
func reviewStatus(p *translate.Papers, j *translate.Judgment, name string) *v1alpha1.ReviewStatus {
	for i, status := range j.Reviews {
		if p.Reviews[i].Name == name {
			return status
		}
	}
	return nil
}

// signalStatus is the status of a lead of a name, nil if nothing is concluded
// about it.
func signalStatus(p *translate.Papers, j *translate.Judgment, name string) *v1alpha1.RiskSignalStatus {
	for i, status := range j.Signals {
		if p.Signals[i].Name == name {
			return status
		}
	}
	return nil
}

// sameToday tells whether the family is judged today as it is with the fact,
// byte for byte.
func (w *writing) sameToday(e *entry.Entry) func(translate.Papers) bool {
	var want []byte
	return func(p translate.Papers) bool {
		if want == nil {
			want = statusBytes(w.world.JudgeOn(e.Papers, w.day))
		}
		return bytes.Equal(want, statusBytes(w.world.JudgeOn(p, w.day)))
	}
}

func statusBytes(j translate.Judgment) []byte {
	text, err := json.Marshal([]any{j.Household, j.Plan, j.Signals, j.Reviews})
	if err != nil {
		return nil // statuses are plain data
	}
	return text
}

// screen is where people read what is to be written: where the object itself is
// printed, beside it.
func (w *writing) screen() io.Writer {
	if len(w.paths) > 0 || w.format != "" {
		return w.ErrOut
	}
	return w.Out
}

// describe says what is to be written and what follows from it.
func (w *writing) describe(f *foresight) string {
	var b bytes.Buffer
	p := &page{out: &b, lang: w.lang, painter: terminal.NewPainter(w.screen(), w.Getenv)}
	w.describeFact(p, f.entry)
	words := newGlossary(w.lang, w.policies)
	w.describePast(p, f, words)
	p.heading(wording.Follows, w.day, w.policyInForce(f, words))
	if ready := meta.FindStatusCondition(f.after.Household.Conditions, v1alpha1.ConditionReady); ready != nil && ready.Status == "False" {
		p.hanging(1, w.lang.Say(wording.ExplainNotJudged, words.word("", ready.Reason), ready.Message))
	}
	for _, e := range f.events {
		if e.Kind != chronicle.NotJudged {
			p.hanging(1, words.event(e))
		}
	}
	if len(f.events) == 0 {
		p.line(1, w.lang.Say(wording.NothingFollows))
	}
	if w.hint != nil {
		p.message(1, w.hint(f))
	}
	return b.String()
}

func (w *writing) policyInForce(f *foresight, words *glossary) string {
	if ref := f.after.Household.PolicyRef; ref != nil {
		return words.word(policyWord, string(ref.Name))
	}
	return w.lang.Say(wording.Nothing)
}

// describeFact shows what is added, and what goes to make room for it.
func (w *writing) describeFact(p *page, e *entry.Entry) {
	key := wording.ToBeCreated
	path := ""
	if !e.New {
		key, path = wording.ToBeAdded, e.Path
	}
	p.heading(key, kindOf(e.Object), e.Object.GetNamespace()+"/"+e.Object.GetName(), path)
	p.diff(terminal.Green, "+", e.Fact)
	if e.Removed != nil {
		p.heading(wording.ToMakeRoom, e.Removed.Date)
		p.diff(terminal.Red, "-", e.Removed)
	}
}

// diff writes a value as YAML with a sign before each line.
func (p *page) diff(colour terminal.Colour, sign string, value any) {
	if object, ok := value.(client.Object); ok {
		if pruned, err := plain(object); err == nil {
			value = pruned
		}
	}
	text, err := yaml.Marshal(value)
	if err != nil {
		p.err = err
		return
	}
	for line := range strings.Lines(string(text)) {
		line = terminal.Line(strings.TrimRight(line, "\n"))
		p.print("  " + p.painter.Paint(colour, sign+" "+line) + "\n")
	}
}

// plain is an object as people write it, without what the cluster adds.
func plain(object client.Object) (map[string]any, error) {
	copied, ok := object.DeepCopyObject().(client.Object)
	if !ok {
		return nil, nil
	}
	copied.SetManagedFields(nil)
	value, err := runtime.DefaultUnstructuredConverter.ToUnstructured(copied)
	if err != nil {
		return nil, err
	}
	value["apiVersion"], value["kind"] = v1alpha1.SchemeGroupVersion.String(), kindOf(object)
	delete(value, "status")
	if metadata, ok := value["metadata"].(map[string]any); ok && metadata["creationTimestamp"] == nil {
		delete(metadata, "creationTimestamp")
	}
	return value, nil
}

// kindOf is the kind of one of the project's objects: its type has its name.
func kindOf(object client.Object) string { return reflect.TypeOf(object).Elem().Name() }
