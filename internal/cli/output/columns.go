// SPDX-License-Identifier: Apache-2.0

package output

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"time"

	"k8s.io/apimachinery/pkg/util/duration"
	"k8s.io/client-go/util/jsonpath"

	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/terminal"
)

// columns are those that kubectl prints of one kind.
type columns struct {
	kind     *manifest.Kind
	headings []string
	tier     int // the index of the tier's column among paths, -1: none
	ready    int
	dates    map[int]bool // indexes of the columns that show an age
	paths    sync.Pool    // of *[]*jsonpath.JSONPath, which keep state while they search
}

// allColumns returns the columns of each kind; with wide those of low priority
// too.
func allColumns(wide bool) (map[string]*columns, error) {
	all := map[string]*columns{}
	for _, name := range manifest.KindNames() {
		kind, err := manifest.FindKind(name)
		if err != nil {
			return nil, err
		}
		c, err := columnsOf(kind, wide)
		if err != nil {
			return nil, fmt.Errorf("the columns of %s: %w", name, err)
		}
		all[name] = c
	}
	return all, nil
}

func columnsOf(kind *manifest.Kind, wide bool) (*columns, error) {
	c := &columns{kind: kind, headings: []string{"NAME"}, tier: -1, ready: -1, dates: map[int]bool{}}
	if kind.Namespaced {
		c.headings = []string{"NAMESPACE", "NAME"}
	}
	var templates []string
	for _, column := range kind.Columns {
		if column.Priority > 0 && !wide {
			continue
		}
		switch column.JSONPath {
		case ".status.tier":
			c.tier = len(templates)
		case `.status.conditions[?(@.type=="Ready")].status`:
			c.ready = len(templates)
		}
		c.dates[len(templates)] = column.Type == "date"
		c.headings = append(c.headings, strings.ToUpper(column.Name))
		templates = append(templates, "{"+column.JSONPath+"}")
	}
	if _, err := parsePaths(templates); err != nil {
		return nil, err
	}
	c.paths.New = func() any {
		paths, err := parsePaths(templates)
		if err != nil {
			return err // cannot be: they were parsed above
		}
		return &paths
	}
	return c, nil
}

func parsePaths(templates []string) ([]*jsonpath.JSONPath, error) {
	paths := make([]*jsonpath.JSONPath, len(templates))
	for i, template := range templates {
		paths[i] = jsonpath.New("column").AllowMissingKeys(true)
		if err := paths[i].Parse(template); err != nil {
			return nil, err
		}
	}
	return paths, nil
}

// row returns the fields of one object.
func (r *Renderer) row(kind string, value map[string]any) ([]terminal.Cell, error) {
	c := r.columns[kind]
	if c == nil {
		return nil, fmt.Errorf("kind %q has no columns", kind)
	}
	paths, ok := c.paths.Get().(*[]*jsonpath.JSONPath)
	if !ok {
		return nil, fmt.Errorf("kind %q has no paths", kind)
	}
	defer c.paths.Put(paths)
	meta, _ := value["metadata"].(map[string]any)
	name, _ := meta["name"].(string)
	if r.prefix {
		name = strings.ToLower(kind) + "/" + name
	}
	row := terminal.Text(name)
	if c.kind.Namespaced {
		namespace, _ := meta["namespace"].(string)
		row = terminal.Text(namespace, name)
	}
	for i, path := range *paths {
		text, err := find(path, value)
		if err != nil {
			return nil, err
		}
		cell := terminal.Cell{Text: text}
		switch {
		case c.dates[i]:
			cell.Text = r.age(text)
		case i == c.tier:
			cell.Colour = r.tiers[text]
		case i == c.ready && text == "False":
			cell.Colour = terminal.Red
		}
		row = append(row, cell)
	}
	return row, nil
}

// find returns the text of a column, as kubectl prints it; nothing for what is
// absent.
func find(path *jsonpath.JSONPath, value map[string]any) (string, error) {
	results, err := path.FindResults(value)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	for _, list := range results {
		if len(list) == 0 {
			continue
		}
		if err := path.PrintResults(&b, list); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

// age is how long ago an instant was, as kubectl says it.
func (r *Renderer) age(instant string) string {
	at, err := time.Parse(time.RFC3339, instant)
	if err != nil {
		return "<unknown>" // kubectl's word for an object that was never created
	}
	return duration.HumanDuration(r.now.Sub(at))
}
