// SPDX-License-Identifier: Apache-2.0

// Package entry turns what a person states into one fact among a family's
// papers, and into the change that writes it. It writes nothing itself.
package entry

import (
	"fmt"

	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// Stamp is who states a fact, of which day, and on which day it is typed in.
type Stamp struct {
	By          v1alpha1.UserName
	Date, Today civil.Day
}

func (s Stamp) date() v1alpha1.Date { return v1alpha1.Date(s.Date.String()) }

// entered is absent where it is the fact's own date, as the contract has it.
func (s Stamp) entered() v1alpha1.Date {
	if s.Date == s.Today {
		return ""
	}
	return v1alpha1.Date(s.Today.String())
}

// Operation is one step of a JSON patch.
type Operation struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value,omitempty"`
}

// Entry is one fact with the object that it goes into. The objects of the
// papers that it was made from stay as they are.
type Entry struct {
	// Object holds the fact; its resourceVersion is that of the object as read.
	Object client.Object
	// New says that the object is to be created.
	New bool
	// Patch puts the fact into an object that exists. It holds good for the
	// resourceVersion that was read and no other.
	Patch []Operation
	// Path is where the fact stands in the object, "" for all of it. Places in
	// lists are not told: others may write into the same list.
	Path string
	// Fact is what is added.
	Fact any
	// Removed is what has to go to make room, nil if nothing has.
	Removed *v1alpha1.Survey
	// Papers are the family's with the fact among them.
	Papers translate.Papers
}

// guard makes the server refuse the patch with a conflict where the object is
// no longer the one that was read. A value that is replaced does so; a failed
// test would be told as an invalid object.
func guard(o client.Object) Operation {
	return Operation{Op: "replace", Path: "/metadata/resourceVersion", Value: o.GetResourceVersion()}
}

// appended are the operations that add a value to the end of a list, which the
// object may not have yet.
func appended(o client.Object, path string, length int, value any) []Operation {
	add := Operation{Op: "add", Path: path + "/-", Value: value}
	if length == 0 {
		add = Operation{Op: "add", Path: path, Value: []any{value}}
	}
	return []Operation{guard(o), add}
}

// dayOf reads a date that the schema has checked; one that it has not is no day.
func dayOf(d v1alpha1.Date) civil.Day {
	day, err := civil.ParseDay(string(d))
	if err != nil {
		return 0
	}
	return day
}

// longestName is the API server's limit on the name of an object.
const longestName = 253

// freeName returns a name made of a family's name and words that tell nothing of
// a person. Where it is taken a number is added: two people who open the same
// thing on one day get the same name, so that the server refuses the second.
func freeName(family, words string, taken func(string) bool) (string, error) {
	name := family + "-" + words
	for n := 2; taken(name); n++ {
		name = fmt.Sprintf("%s-%s-%d", family, words, n)
	}
	if len(name) > longestName {
		return "", wording.Fault(wording.NameTooLong, family)
	}
	return name, nil
}
