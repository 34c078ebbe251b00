// SPDX-License-Identifier: Apache-2.0

package policies

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// contradiction is a row of docs/contradictions.md.
type contradiction struct {
	id     string
	fields []string // paths in a MonitoringPolicy; none: held by no setting
	packs  []string // the packs it speaks of, as often as it does
}

var (
	quotedPath = regexp.MustCompile("`(spec[^`]*)`")
	quotedPack = regexp.MustCompile("`(town-2020|county-2020|township-2021|county-notice-2021|city-tiers-2021|town-classes|district-2020)`")
)

// contradictionsIn reads the table of a page.
func contradictionsIn(t *testing.T, page string) []contradiction {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var rows []contradiction
	for line := range strings.SplitSeq(string(text), "\n") {
		cells := strings.Split(line, " | ")
		if !strings.HasPrefix(line, "| X") || len(cells) != 4 {
			continue
		}
		row := contradiction{id: strings.TrimPrefix(cells[0], "| ")}
		for _, m := range quotedPath.FindAllStringSubmatch(cells[2], -1) {
			row.fields = append(row.fields, m[1])
		}
		if (len(row.fields) == 0) != (cells[2] == "—") {
			t.Errorf("%s, %s: the cell %q names neither fields nor none", page, row.id, cells[2])
		}
		for _, m := range quotedPack.FindAllStringSubmatch(cells[3], -1) {
			row.packs = append(row.packs, m[1])
		}
		rows = append(rows, row)
	}
	return rows
}

// fieldAt reports whether a path such as spec.tiers[].name leads to a field.
func fieldAt(typ reflect.Type, path string) error {
	for _, name := range strings.Split(path, ".") {
		name, list := strings.CutSuffix(name, "[]")
		for typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct {
			return fmt.Errorf("%s is a %s: it has no field %s", path, typ, name)
		}
		found := false
		for i := range typ.NumField() {
			if key, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ","); key == name {
				typ, found = typ.Field(i).Type, true
				break
			}
		}
		if !found {
			return fmt.Errorf("%s: %s has no field %s", path, typ, name)
		}
		if list {
			if typ.Kind() != reflect.Slice {
				return fmt.Errorf("%s: %s is no list", path, name)
			}
			typ = typ.Elem()
		}
	}
	return nil
}

// TestEveryContradictionIsHeldByAFieldOfThePolicy reads the tables of
// contradictions: all 42 stand there once and in order, what holds each is a
// field that exists, and the two languages name the same fields and packs.
func TestEveryContradictionIsHeldByAFieldOfThePolicy(t *testing.T) {
	english := contradictionsIn(t, "../../docs/contradictions.md")
	chinese := contradictionsIn(t, "../../docs/contradictions.zh-CN.md")
	const count = 42
	if len(english) != count || len(chinese) != count {
		t.Fatalf("there are %d contradictions in English and %d in Chinese, want %d", len(english), len(chinese), count)
	}
	for i, row := range english {
		if want := fmt.Sprintf("X%d", i+1); row.id != want || chinese[i].id != want {
			t.Errorf("row %d is %s in English and %s in Chinese, want %s", i+1, row.id, chinese[i].id, want)
		}
		for _, path := range row.fields {
			if err := fieldAt(reflect.TypeFor[v1alpha1.MonitoringPolicy](), path); err != nil {
				t.Errorf("%s: %v", row.id, err)
			}
		}
		if !reflect.DeepEqual(row.fields, chinese[i].fields) {
			t.Errorf("%s is held by %v in English and by %v in Chinese", row.id, row.fields, chinese[i].fields)
		}
		if !sameWords(row.packs, chinese[i].packs) {
			t.Errorf("%s speaks of %v in English and of %v in Chinese", row.id, row.packs, chinese[i].packs)
		}
	}
}

// sameWords reports whether the lists hold the same words, in whatever order.
func sameWords(a, b []string) bool {
	set := func(list []string) map[string]bool {
		words := map[string]bool{}
		for _, w := range list {
			words[w] = true
		}
		return words
	}
	return reflect.DeepEqual(set(a), set(b))
}
