// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"strings"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
)

// glossary says the words of plans: in Chinese by their displayName.
type glossary struct {
	lang    wording.Language
	names   map[string]string // displayName by sort and name
	colours map[string]terminal.Colour
}

// The sorts of words that a plan has.
const (
	standardWord = "standard"
	categoryWord = "category"
	tierWord     = "tier"
	policyWord   = "policy"
	dutyWord     = "duty"
)

// newGlossary takes up the words of plans. Of several plans with one word the
// later one's name stands.
func newGlossary(lang wording.Language, policies []*v1alpha1.MonitoringPolicy) *glossary {
	g := &glossary{lang: lang, names: map[string]string{}, colours: tierColours(policies)}
	for _, p := range policies {
		g.take(policyWord, p.Name, string(p.Spec.DisplayName))
		for i := range p.Spec.Standards {
			g.take(standardWord, string(p.Spec.Standards[i].Name), string(p.Spec.Standards[i].DisplayName))
		}
		for i := range p.Spec.Categories {
			g.take(categoryWord, string(p.Spec.Categories[i].Name), string(p.Spec.Categories[i].DisplayName))
		}
		for i := range p.Spec.Tiers {
			g.take(tierWord, string(p.Spec.Tiers[i].Name), string(p.Spec.Tiers[i].DisplayName))
		}
		for i := range p.Spec.Duties {
			g.take(dutyWord, string(p.Spec.Duties[i].Name), string(p.Spec.Duties[i].Message))
		}
	}
	return g
}

func (g *glossary) take(sort, name, displayName string) {
	if displayName != "" {
		g.names[sort+" "+name] = displayName
	}
}

// word says a plan's word: in English by its name, in Chinese by its
// displayName, else as the contract has it; "" is a word for nothing.
func (g *glossary) word(sort, name string) string {
	if name == "" {
		return g.lang.Say(wording.Nothing)
	}
	if g.lang == wording.Chinese {
		if displayName, known := g.names[sort+" "+name]; known {
			return displayName
		}
	}
	return g.lang.Term(name)
}

// duty names a duty, in Chinese with what its plan says of it. The name is what
// records of it are written by.
func (g *glossary) duty(name string) string {
	if said := g.names[dutyWord+" "+name]; said != "" && g.lang == wording.Chinese {
		return name + " " + said
	}
	return name
}

// deadline says the key of a deadline, KIND/NAME.
func (g *glossary) deadline(key string) string {
	kind, name, _ := strings.Cut(key, "/")
	switch kind {
	case "Tier":
		return name
	case "Shortfall":
		return g.lang.Say(wording.DeadlineOf, g.lang.Term(kind), g.word(standardWord, name))
	case "Survey", "Plan":
		return g.lang.Term(kind)
	}
	return g.lang.Say(wording.DeadlineOf, g.lang.Term(kind), name)
}

// words says a list.
func (g *glossary) words(list []string) string {
	said := make([]string, len(list))
	for i, w := range list {
		said[i] = g.lang.Term(w)
	}
	return strings.Join(said, g.lang.Say(wording.ListSeparator))
}

// texts is a list of the API's words as text.
func texts[S ~string](list []S) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}
