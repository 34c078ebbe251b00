// SPDX-License-Identifier: Apache-2.0

package story

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/manifest"
)

// The form of a chapter.
type (
	chapterFile struct {
		Title     Words            `json:"title"`
		Namespace string           `json:"namespace"` // of objects that state none
		Places    []map[string]any `json:"places"`
		Families  []map[string]any `json:"families"`
		Show      []Command        `json:"show"`
		Visits    []visits         `json:"visits"`
		Events    []eventEntry     `json:"events"`
	}
	// visits are days on which somebody found a family's facts as they were.
	visits struct {
		Household string   `json:"household"`
		By        string   `json:"by"`
		Days      []string `json:"days"`
	}
	eventEntry struct {
		Day     string           `json:"day"`
		By      string           `json:"by"`
		Says    Words            `json:"says"`
		Create  []map[string]any `json:"create"`
		Change  []Change         `json:"change"`
		Refused string           `json:"refused"`
		Expect  []Expectation    `json:"expect"`
	}
)

// add reads a chapter into the story.
func (s *Story) add(ctx context.Context, name string, text []byte) error {
	var file chapterFile
	if err := yaml.UnmarshalStrict(text, &file); err != nil {
		return err
	}
	r := reader{file: name, namespace: file.Namespace}
	s.Places = append(s.Places, r.objects(ctx, file.Places)...)
	s.Families = append(s.Families, r.objects(ctx, file.Families)...)
	if len(file.Show) > 0 {
		s.Chapters = append(s.Chapters, Chapter{Title: file.Title, Show: file.Show})
	}
	for i := range file.Visits {
		s.Events = append(s.Events, r.visits(&file.Visits[i])...)
	}
	for i := range file.Events {
		s.Events = append(s.Events, r.event(ctx, &file.Events[i]))
	}
	return errors.Join(r.faults...)
}

// reader turns what a chapter says into objects, and collects what is wrong.
type reader struct {
	file      string
	namespace string
	faults    []error
}

func (r *reader) fault(format string, args ...any) {
	r.faults = append(r.faults, fmt.Errorf(format, args...))
}

func (r *reader) event(ctx context.Context, e *eventEntry) *Event {
	event := &Event{
		Day: r.day(e.Day), By: e.By, Says: e.Says,
		Create: r.objects(ctx, e.Create), Change: e.Change, Refused: e.Refused, Expect: e.Expect,
	}
	for i := range event.Change {
		r.complete(&event.Change[i].Object)
	}
	for i := range event.Expect {
		r.complete(&event.Expect[i].Object)
	}
	if event.By == "" && len(event.Create)+len(event.Change) > 0 {
		r.fault("an event of %s writes something: say by whom", e.Day)
	}
	return event
}

// visits are events that nobody tells of.
func (r *reader) visits(v *visits) []*Event {
	var events []*Event
	for _, day := range v.Days {
		survey := v1alpha1.Survey{Date: v1alpha1.Date(day), By: v1alpha1.UserName(v.By), Method: v1alpha1.SurveyOnSite, Unchanged: true}
		events = append(events, &Event{Day: r.day(day), By: v.By, Change: []Change{{
			Object: Object{Kind: "Household", Namespace: r.namespace, Name: v.Household},
			Patch:  []Operation{{Op: "add", Path: "/spec/surveys/-", Value: survey}},
		}}})
	}
	return events
}

// complete fills in the chapter's namespace.
func (r *reader) complete(o *Object) {
	if o.Namespace == "" {
		o.Namespace = r.namespace
	}
	if o.Kind == "" || o.Name == "" {
		r.fault("%q: name kind and name of each object", o.String())
	}
}

func (r *reader) day(text string) civil.Day {
	day, err := civil.ParseDay(text)
	if err != nil {
		r.fault("day: %w", err)
	}
	return day
}

// objects reads manifests as strictly as the command does.
func (r *reader) objects(ctx context.Context, entries []map[string]any) []client.Object {
	var objects []client.Object
	for _, entry := range entries {
		entry["apiVersion"] = v1alpha1.SchemeGroupVersion.String()
		object, err := r.object(ctx, entry)
		if err != nil {
			r.fault("%w", err)
			continue
		}
		objects = append(objects, object)
	}
	return objects
}

func (r *reader) object(ctx context.Context, entry map[string]any) (client.Object, error) {
	text, err := json.Marshal(entry)
	if err != nil {
		return nil, err
	}
	documents, err := manifest.Parse(manifest.Chunk{Place: manifest.Place{File: r.file}, Text: text, JSON: true})
	if err != nil {
		return nil, err
	}
	return manifest.Reading{Namespace: r.namespace}.Object(ctx, &documents[0])
}
