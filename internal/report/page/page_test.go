// SPDX-License-Identifier: Apache-2.0

package page_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"fangpin.io/fangpin/internal/report/layout"
	"fangpin.io/fangpin/internal/report/page"
)

func count(n int64) layout.Cell { return layout.Cell{Kind: layout.Count, Value: n} }

// document is about a place whose name is not kind to pages.
func document() *layout.Document {
	table := layout.Table{
		Caption: "户数", Columns: []layout.Column{{Title: "等级"}, {Title: "1月", Numeric: true}, {Title: "2月", Numeric: true}},
		Rows: []layout.Row{
			{Cells: []layout.Cell{layout.Words("红色"), count(300), {Kind: layout.Hidden, Text: "<3"}}},
			{Depth: 1, Cells: []layout.Cell{layout.Words("<script>alert(1)</script>"), count(100), count(1)}},
		},
	}
	chart := &layout.Chart{Title: "各月", Rows: []int{0, 1}, Columns: []int{1, 2}, ByColumn: true, Tones: []layout.Tone{layout.Red, layout.Yellow}}
	return &layout.Document{
		Lang: "zh-CN", Title: "监测年报", Subtitle: "\"><img src=x onerror=alert(1)>", AsOf: "2020-12-31", Reading: "说明", Contents: "目录", Source: "来源",
		Facts: []layout.Fact{{Label: "行政区", Value: "a&b"}}, Notes: []string{"注"},
		Sections: []layout.Section{
			{Title: "各月", Chart: chart, Tables: []layout.Table{table}},
			{Title: "没有图", Tables: []layout.Table{table}},
			{Title: "明细", Detail: true, Tables: []layout.Table{table}},
		},
	}
}

// element is what a test asks of one.
type element struct {
	name  string
	attrs map[string]string
}

func draw(t *testing.T) (string, []element) {
	t.Helper()
	var out bytes.Buffer
	if err := page.Write(&out, document()); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.Strict, decoder.AutoClose, decoder.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var elements []element
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return text, elements
		}
		if err != nil {
			t.Fatalf("the page does not parse: %v", err)
		}
		if start, is := token.(xml.StartElement); is {
			e := element{start.Name.Local, map[string]string{}}
			for _, a := range start.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			elements = append(elements, e)
		}
	}
}

func TestAPageNeedsNothingElse(t *testing.T) {
	text, elements := draw(t)
	for _, e := range elements {
		switch e.name {
		case "script", "link", "img", "iframe", "object", "embed":
			t.Errorf("there is a <%s>", e.name)
		}
		for name, value := range e.attrs {
			if name == "src" || name == "href" && !strings.HasPrefix(value, "#") || strings.HasPrefix(name, "on") {
				t.Errorf("<%s %s=%q> reaches out", e.name, name, value)
			}
		}
	}
	for _, reach := range []string{"url(", "@import", "http://", "https://"} {
		if strings.Contains(text, reach) {
			t.Errorf("the page has %s", reach)
		}
	}
}

func TestNamesAreTextAndNothingElse(t *testing.T) {
	text, _ := draw(t)
	if strings.Contains(text, "<script>") || strings.Contains(text, "<img") || !strings.Contains(text, "&lt;script&gt;") {
		t.Error("a name has become markup")
	}
}

func TestEachChartHasItsNumbersAndALegend(t *testing.T) {
	_, elements := draw(t)
	counts, widths := map[string]int{}, []string{}
	for _, e := range elements {
		counts[e.name]++
		switch class := e.attrs["class"]; {
		case strings.HasPrefix(class, "part "):
			widths = append(widths, e.attrs["style"])
			if e.attrs["title"] == "" {
				t.Error("a part of a bar does not say what it is")
			}
		case class == "bar", strings.HasPrefix(class, "swatch"):
			counts[strings.Fields(class)[0]]++
		}
	}
	if counts["section"] != 2 || counts["figure"] != 1 || counts["table"] != 2 || counts["bar"] != 2 || counts["swatch"] != 2 {
		t.Errorf("got %v; want 2 sections, a figure of 2 bars with 2 swatches, 2 tables", counts)
	}
	if got, want := strings.Join(widths, " "), "width:75.000% width:25.000% width:0.250%"; got != want {
		t.Errorf("parts of bars: %s, want %s", got, want)
	}
}

func TestAPageSaysItsLanguageAndPrints(t *testing.T) {
	text, elements := draw(t)
	for _, e := range elements {
		if e.name == "html" && e.attrs["lang"] != "zh-CN" {
			t.Errorf("language %q", e.attrs["lang"])
		}
		if e.name == "th" && e.attrs["scope"] == "" {
			t.Error("a head does not say what it is the head of")
		}
	}
	for _, part := range []string{"@page", "size: A4", "@media print", "table-header-group", `<meta charset="utf-8">`} {
		if !strings.Contains(text, part) {
			t.Errorf("the page lacks %s", part)
		}
	}
}
