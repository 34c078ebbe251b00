// SPDX-License-Identifier: Apache-2.0

package ledger

import "strings"

// say writes a value as ledgers have it. read reads it back.
func (c *Column) say(value string, places Places) string {
	if value == "" {
		return ""
	}
	switch c.form {
	case asWord:
		return c.words.say(value)
	case asWords:
		return sayEach(value, ",", "、", c.words.say)
	case asUsers:
		return strings.ReplaceAll(value, ",", "、")
	case asBool:
		return yesNo.say(value)
	case asPlace:
		if shown := places.Shown[value]; shown != "" {
			return shown
		}
	case asGuarantee:
		return sayGuarantee(value)
	case asGuarantees:
		return sayEach(value, thingSeparator, "\n", func(one string) string {
			name, state, _ := strings.Cut(one, "=")
			return name + "=" + sayGuarantee(state)
		})
	case asMembers:
		return sayEach(value, thingSeparator, "；", func(one string) string {
			return sayParts(one, relations, nil, healths, works, schoolings)
		})
	case asMarks:
		return sayEach(value, thingSeparator, "；", func(one string) string { return sayParts(one, markSystems, nil, markCategories, nil) })
	}
	return value
}

func sayEach(value, separator, said string, say func(string) string) string {
	list := strings.Split(value, separator)
	for i := range list {
		list[i] = say(list[i])
	}
	return strings.Join(list, said)
}

func sayGuarantee(value string) string {
	state, detail, _ := strings.Cut(value, ":")
	if detail == "" {
		return guaranteeStates.say(state)
	}
	return guaranteeStates.say(state) + "：" + detail
}

func sayParts(one string, by ...*words) string {
	p := parts(one, len(by))
	for i, w := range by {
		if w != nil && p[i] != "" {
			p[i] = w.say(p[i])
		}
	}
	return joinParts(p...)
}

// same says whether two values mean the same: a set has no order, an amount
// many forms.
func (c *Column) same(a, b string) bool {
	switch {
	case a == b:
		return true
	case c.form == asBool:
		return (a == "true") == (b == "true")
	case c.form == asText || c.form == asUser:
		return trimmed(a) == trimmed(b)
	case c.form == asMoney:
		return canonicalMoney(a) == canonicalMoney(b)
	case c.form == asWords:
		return sameSet(splitList(a), splitList(b))
	case c.form == asMarks:
		return sameSet(withoutEntered(a), withoutEntered(b))
	}
	return false
}

func sameSet(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	count := map[string]int{}
	for _, x := range a {
		count[x]++
	}
	for _, x := range b {
		if count[x]--; count[x] < 0 {
			return false
		}
	}
	return true
}

// withoutEntered are marks without the day on which they were typed in, which no
// ledger need have.
func withoutEntered(value string) []string {
	list := strings.Split(value, thingSeparator)
	for i, one := range list {
		p := parts(one, 4)
		list[i] = joinParts(p[:3]...)
	}
	return list
}
