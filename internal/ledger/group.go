// SPDX-License-Identifier: Apache-2.0

package ledger

import "strings"

// Existing tells which families there are already.
type Existing interface {
	// Owners are the households, as namespace and name, that have a digest.
	Owners(digest string) []Owner
	// Digest is that of a household of the ledgers' own namespace; false if there
	// is no such household.
	Digest(name string) (string, bool)
}

// Owner is a household.
type Owner struct{ Namespace, Name string }

// Group is what ledgers say of one family.
type Group struct {
	Name   string
	Digest string // "" where no row states one

	Household *Row   // nil: no row of the ledgers is about the household itself
	Refused   *Row   // the household's row, where that one is refused
	Papers    []*Row // surveys, leads and measures
}

// GroupRows puts together what belongs to one family, in the order in which
// families come first. It refuses rows of which it cannot tell whose they are,
// and rows that say the same thing twice; a refused row of a household stays in
// sight of the family's other rows.
func GroupRows(rows []*Row, namespace string, existing Existing) []*Group {
	g := grouping{namespace: namespace, existing: existing, byName: map[string]*Group{}, names: map[string]string{}}
	for _, kind := range []bool{true, false} {
		for _, r := range rows {
			if (r.Sheet.Kind == Households) == kind {
				g.add(r)
			}
		}
	}
	for _, group := range g.groups {
		group.refuseTwice()
	}
	return g.groups
}

type grouping struct {
	namespace string
	existing  Existing
	groups    []*Group
	byName    map[string]*Group
	names     map[string]string // of the family that the ledgers give a digest to
}

func (g *grouping) add(r *Row) {
	name, digest := g.whose(r)
	if name == "" {
		return
	}
	group := g.byName[name]
	if group == nil {
		group = &Group{Name: name}
		g.byName[name] = group
		g.groups = append(g.groups, group)
	}
	if digest != "" {
		group.Digest = digest
	}
	if r.Sheet.Kind != Households {
		group.Papers = append(group.Papers, r)
		return
	}
	first := group.Household
	if first == nil {
		first = group.Refused
	}
	switch {
	case first != nil:
		first.Refuse("", RowTwice, r.Number)
		r.Refuse("", RowTwice, first.Number)
		group.Household, group.Refused = nil, first
	case len(r.Problems) > 0:
		group.Refused = r
	default:
		group.Household = r
	}
}

// whose finds the family of a row: by the digest of its head, never by a
// person's name, or by the name of the object.
func (g *grouping) whose(r *Row) (name, digest string) {
	name, digest = r.Name(), r.Identity()
	if stated := r.Value(fieldDigest); stated != "" && stated != digest {
		r.Refuse(fieldDigest, DigestDiffers)
		return "", ""
	}
	if digest == "" {
		if name == "" && len(r.Problems) == 0 {
			r.Refuse("", NothingToTell)
		}
		return name, ""
	}
	found := g.find(r, name, digest)
	if found != "" && r.Sheet.Kind == Households {
		g.names[digest] = found
	}
	return found, digest
}

func (g *grouping) find(r *Row, name, digest string) string {
	var here, elsewhere []string
	for _, o := range g.existing.Owners(digest) {
		if o.Namespace == g.namespace {
			here = append(here, o.Name)
		} else {
			elsewhere = append(elsewhere, o.Namespace+"/"+o.Name)
		}
	}
	if known := g.names[digest]; len(here) == 0 && known != "" {
		here = []string{known}
	}
	switch {
	case len(here) > 1 && name == "":
		r.Refuse("", SeveralFamilies, strings.Join(here, ", "))
		return ""
	case len(here) == 1 && name != "" && here[0] != name:
		r.Refuse(fieldName, OtherIdentity, here[0])
		return here[0]
	case len(here) == 1:
		return here[0]
	case len(here) == 0 && len(elsewhere) > 0:
		r.Refuse("", LivesElsewhere, strings.Join(elsewhere, ", "))
		return ""
	}
	made := name
	if made == "" {
		made = nameOf(digest)
	}
	if other, exists := g.existing.Digest(made); exists && other != "" && other != digest {
		r.Refuse("", NameTaken, made)
		return ""
	}
	return made
}

// refuseTwice refuses rows of one family that say the same thing twice: which of
// them would be right nobody knows.
func (g *Group) refuseTwice() {
	seen := map[string]*Row{}
	if h := g.Household; h != nil && h.Value(surveyPrefix+"date") != "" {
		seen[string(Surveys)+h.Value(surveyPrefix+"date")] = h
	}
	for _, r := range g.Papers {
		key := r.key()
		first := seen[key]
		if first == nil {
			seen[key] = r
			continue
		}
		if first != g.Household {
			first.Refuse("", RowTwice, r.Number)
		}
		r.Refuse("", RowTwice, first.Number)
	}
}

// key tells apart what the rows of one family are about.
func (r *Row) key() string {
	fields := map[Kind][]string{
		Surveys:  {"date"},
		Signals:  {"signal", "source", "cause", "department", "date", "period"},
		Measures: {"measure", "kind", "date", "for", "department"},
	}[r.Sheet.Kind]
	if name := r.Value(fields[0]); name != "" {
		return string(r.Sheet.Kind) + name
	}
	key := string(r.Sheet.Kind)
	for _, field := range fields {
		key += "\x00" + r.Value(field)
	}
	return key
}
