// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fangpin.io/fangpin/internal/civil"
)

// differences are what a check found wrong. It keeps the first ones in words.
type differences struct {
	words []string
	more  int
}

const maxDifferences = 10

func (d *differences) add(format string, args ...any) {
	if len(d.words) == maxDifferences {
		d.more++
		return
	}
	d.words = append(d.words, fmt.Sprintf(format, args...))
}

// err returns the differences as an error, nil if there are none.
func (d *differences) err(day civil.Day) error {
	if len(d.words) == 0 {
		return nil
	}
	text := strings.Join(d.words, "\n  ")
	if d.more > 0 {
		text += fmt.Sprintf("\n  and %d more", d.more)
	}
	return fmt.Errorf("%s: what the cluster says is not what follows from its specs:\n  %s", day, text)
}

// apart names the fields in which two values differ as JSON, with what each has
// there; "" if they do not differ.
func apart(got, want any) string {
	var all []string
	walk("", tree(got), tree(want), func(path string, got, want any) {
		all = append(all, fmt.Sprintf("%s is %s and should be %s", path, short(got), short(want)))
	})
	if len(all) > 3 {
		all = append(all[:3], fmt.Sprintf("%d more fields", len(all)-3))
	}
	return strings.Join(all, "; ")
}

func walk(path string, got, want any, report func(path string, got, want any)) {
	switch w := want.(type) {
	case map[string]any:
		if g, ok := got.(map[string]any); ok {
			keys := maps.Clone(w)
			maps.Copy(keys, g)
			for _, key := range slices.Sorted(maps.Keys(keys)) {
				walk(path+"."+key, g[key], w[key], report)
			}
			return
		}
	case []any:
		if g, ok := got.([]any); ok && len(g) == len(w) {
			for i := range w {
				walk(fmt.Sprintf("%s[%d]", path, i), g[i], w[i], report)
			}
			return
		}
	}
	if short(got) != short(want) {
		report(strings.TrimPrefix(path, "."), got, want)
	}
}

// tree is a value as JSON has it.
func tree(value any) any {
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	var out any
	if err := json.Unmarshal(text, &out); err != nil {
		return err.Error()
	}
	return out
}

// short writes a value in JSON; what is absent is said to be so.
func short(value any) string {
	if value == nil {
		return "absent"
	}
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
