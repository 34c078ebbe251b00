// SPDX-License-Identifier: Apache-2.0

package manifest

import (
	"cmp"
	"regexp"
	"strings"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
)

// rule is a validation rule of a definition. It says true only where the rule
// surely holds.
type rule func(self any) bool

// The forms of rules that the definitions have. A rule of another form is not
// known, and its objects go to the API server's own code.
var (
	absentForm    = regexp.MustCompile(`^!has\(self((?:\.\w+)+)\)$`)
	matchesForm   = regexp.MustCompile(`^(!?)self((?:\.\w+)*)\.matches\('([^'\\]*)'\)$`)
	falseForm     = regexp.MustCompile(`^!self((?:\.\w+)+)$`)
	compareForm   = regexp.MustCompile(`^self((?:\.\w+)+) (==|<=|>=) self((?:\.\w+)+)$`)
	isTextForm    = regexp.MustCompile(`^self((?:\.\w+)+) == '([^'\\]*)'$`)
	sizeForm      = regexp.MustCompile(`^size\(self((?:\.\w+)+)\) <= self((?:\.\w+)+)$`)
	exclusiveForm = regexp.MustCompile(`^!has\(self\.(\w+)\) \|\| !self\.(\w+) \|\| !\(((?:has\(self\.\w+\)(?: \|\| )?)+)\)$`)
	hasForm       = regexp.MustCompile(`has\(self\.(\w+)\)`)
	ascendingForm = regexp.MustCompile(`^\[1(?:,\d+)*\]\.all\(i, i >= size\(self\) \|\| self\[i-1\]\.(\w+) < self\[i\]\.(\w+)\)$`)
	firstForm     = regexp.MustCompile(`^size\(self\) == 0 \|\| !has\(self\[0\]\.(\w+)\) \|\| !self\[0\]\.(\w+)$`)
)

const uniqueText = `self.all(x, self.exists_one(y, y == x))`

// compileRule reads a rule; nil for one that is about changes of an object, and
// so holds for a new one. False if its form is not known.
func compileRule(r apiextensionsv1.ValidationRule) (compiled rule, known bool) {
	text := strings.TrimSpace(r.Rule)
	switch {
	case r.OptionalOldSelf != nil:
		return nil, false
	case strings.Contains(text, "oldSelf"):
		return nil, true
	case text == uniqueText:
		return func(self any) bool {
			items, ok := self.([]any)
			return ok && distinct(items, nil)
		}, true
	}
	for _, compile := range []func(string) rule{exclusive, ascending, first} {
		if compiled := compile(text); compiled != nil {
			return compiled, true
		}
	}
	return anyOf(text)
}

// anyOf reads terms of which one must hold.
func anyOf(text string) (rule, bool) {
	var terms []rule
	for term := range strings.SplitSeq(text, " || ") {
		compiled := compileTerm(term)
		if compiled == nil {
			return nil, false
		}
		terms = append(terms, compiled)
	}
	return func(self any) bool {
		for _, term := range terms {
			if term(self) {
				return true
			}
		}
		return false
	}, true
}

func compileTerm(term string) rule {
	if m := absentForm.FindStringSubmatch(term); m != nil {
		path := pathOf(m[1])
		return func(self any) bool { _, present := get(self, path); return !present }
	}
	if m := falseForm.FindStringSubmatch(term); m != nil {
		path := pathOf(m[1])
		return func(self any) bool { v, _ := get(self, path); return v == false }
	}
	if m := isTextForm.FindStringSubmatch(term); m != nil {
		path, text := pathOf(m[1]), m[2]
		return func(self any) bool { v, _ := get(self, path); return v == text }
	}
	if m := compareForm.FindStringSubmatch(term); m != nil {
		return compare(pathOf(m[1]), m[2], pathOf(m[3]))
	}
	if m := sizeForm.FindStringSubmatch(term); m != nil {
		list, limit := pathOf(m[1]), pathOf(m[2])
		return func(self any) bool {
			items, isList := at[[]any](self, list)
			n, isNumber := at[int64](self, limit)
			return isList && isNumber && int64(len(items)) <= n
		}
	}
	if m := matchesForm.FindStringSubmatch(term); m != nil {
		return matches(pathOf(m[2]), m[3], m[1] == "!")
	}
	return nil
}

// matches is a rule on a pattern; nil if the pattern does not compile.
func matches(path []string, pattern string, negated bool) rule {
	compiled, err := regexp.Compile(pattern)
	if err != nil {
		return nil
	}
	return func(self any) bool {
		text, ok := at[string](self, path)
		return ok && compiled.MatchString(text) != negated
	}
}

// compare compares two texts; dates compare as texts do.
func compare(left []string, operator string, right []string) rule {
	return func(self any) bool {
		l, okLeft := at[string](self, left)
		r, okRight := at[string](self, right)
		if !okLeft || !okRight {
			return false
		}
		order := cmp.Compare(l, r)
		return order == 0 || operator == "<=" && order < 0 || operator == ">=" && order > 0
	}
}

// exclusive reads: where the flag is true, none of the fields stands.
func exclusive(text string) rule {
	m := exclusiveForm.FindStringSubmatch(text)
	if m == nil || m[1] != m[2] {
		return nil
	}
	flag, fields := m[1], hasForm.FindAllStringSubmatch(m[3], -1)
	return func(self any) bool {
		v, ok := self.(map[string]any)
		if !ok || v[flag] != true {
			return ok
		}
		for _, field := range fields {
			if _, present := v[field[1]]; present {
				return false
			}
		}
		return true
	}
}

// ascending reads: each entry's date is later than the one before.
func ascending(text string) rule {
	m := ascendingForm.FindStringSubmatch(text)
	if m == nil || m[1] != m[2] {
		return nil
	}
	path := []string{m[1]}
	return func(self any) bool {
		items, ok := self.([]any)
		before := ""
		for _, item := range items {
			date, isText := at[string](item, path)
			if !isText || date <= before {
				return false
			}
			before = date
		}
		return ok
	}
}

// first reads: the flag of the first entry is not true.
func first(text string) rule {
	m := firstForm.FindStringSubmatch(text)
	if m == nil || m[1] != m[2] {
		return nil
	}
	path := []string{m[1]}
	return func(self any) bool {
		items, ok := self.([]any)
		if len(items) == 0 {
			return ok
		}
		v, _ := get(items[0], path)
		return v != true
	}
}

func pathOf(dotted string) []string {
	if dotted == "" {
		return nil
	}
	return strings.Split(dotted[1:], ".")
}

// get follows a path of fields.
func get(value any, path []string) (any, bool) {
	for _, name := range path {
		fields, ok := value.(map[string]any)
		if !ok {
			return nil, false
		}
		if value, ok = fields[name]; !ok {
			return nil, false
		}
	}
	return value, true
}

// at is get for a value of one type.
func at[T any](value any, path []string) (T, bool) {
	found, _ := get(value, path)
	typed, ok := found.(T)
	return typed, ok
}
