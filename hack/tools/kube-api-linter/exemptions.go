// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
)

// exemption says which findings of a linter are accepted, and why.
type exemption struct {
	// Linter is the name of the linter.
	Linter string `json:"linter"`
	// Fields are Go names such as Survey.Unchanged, or patterns such as
	// *Status.ObservedGeneration. Absent: every field.
	Fields []string `json:"fields,omitempty"`
	// Message is a regular expression that the message must match. Absent:
	// every message.
	Message string `json:"message,omitempty"`
	// Reason is why the linter is not followed. Required.
	Reason string `json:"reason"`

	message *regexp.Regexp
	used    int
}

// compile checks the exemption and prepares it for use.
func (e *exemption) compile() (err error) {
	if e.Linter == "" || e.Reason == "" {
		return errors.New("an exemption needs a linter and a reason")
	}
	if len(e.Fields) == 0 && e.Message == "" {
		return fmt.Errorf("the exemption from %s names neither fields nor a message: disable the linter instead", e.Linter)
	}
	for _, field := range e.Fields {
		if _, err := path.Match(field, ""); err != nil {
			return fmt.Errorf("the exemption from %s has the field %q: %w", e.Linter, field, err)
		}
	}
	if e.message, err = regexp.Compile(e.Message); err != nil {
		return fmt.Errorf("the exemption from %s: %w", e.Linter, err)
	}
	return nil
}

// fieldName finds the field that a linter's message is about.
var fieldName = regexp.MustCompile(`\bfield (\w+\.\w+)`)

func (e *exemption) covers(f finding) bool {
	if f.linter != e.Linter || !e.message.MatchString(f.message) {
		return false
	}
	if len(e.Fields) == 0 {
		return true
	}
	match := fieldName.FindStringSubmatch(f.message)
	return match != nil && slices.ContainsFunc(e.Fields, func(pattern string) bool {
		matched, err := path.Match(pattern, match[1])
		return err == nil && matched
	})
}

// judge returns the findings that no exemption covers, and the exemptions that
// cover nothing: those are left over from types that have changed.
func judge(findings []finding, exemptions []*exemption) []string {
	var problems []string
	for _, f := range findings {
		index := slices.IndexFunc(exemptions, func(e *exemption) bool { return e.covers(f) })
		if index < 0 {
			problems = append(problems, fmt.Sprintf("%s: %s: %s", f.position, f.linter, f.message))
			continue
		}
		exemptions[index].used++
	}
	for _, e := range exemptions {
		if e.used == 0 {
			problems = append(problems, fmt.Sprintf("the exemption from %s (fields %q, message %q) covers nothing: remove it",
				e.Linter, e.Fields, e.Message))
		}
	}
	return problems
}
