// SPDX-License-Identifier: Apache-2.0

package report

import (
	"strconv"

	"fangpin.io/fangpin/internal/money"
)

// Version names the form of View. Fields may be added; those that are there keep
// their meaning.
const Version = "fangpin.io/report/v1"

// View is a report for programs.
type View struct {
	Version string `json:"version"`
	Period  string `json:"period"`
	From    string `json:"from"`
	Until   string `json:"until"`
	// AsOf is the last day that is counted; before Until if the period still runs.
	AsOf     string `json:"asOf"`
	Complete bool   `json:"complete"`
	// MinCell: counts below it, but for zero, are hidden; 0: none are.
	MinCell  int         `json:"minCell"`
	Policies []string    `json:"policies"`
	Months   []MonthView `json:"months"`
	Units    []UnitView  `json:"units"`
}

// MonthView is a month of a report.
type MonthView struct {
	Month    string `json:"month"`
	AsOf     string `json:"asOf"`
	Complete bool   `json:"complete"`
}

// UnitView is a jurisdiction. Figures that are zero throughout are left out.
type UnitView struct {
	Name        string       `json:"name"`
	DisplayName string       `json:"displayName,omitempty"`
	Code        string       `json:"code,omitempty"`
	Level       string       `json:"level"`
	Parent      string       `json:"parent,omitempty"` // nearest unit above it
	Figures     []FigureView `json:"figures"`
}

// FigureView is one figure. A count is a number; one that is hidden is the text "<3",
// with the least that is shown, or "*" if it only protects another. An amount is a
// text in yuan, such as "1200.50".
type FigureView struct {
	Key
	Kind   Kind  `json:"kind"`
	Months []any `json:"months"`
	Period any   `json:"period"`
}

// Mark says that a count is hidden, and why.
func (r *Report) Mark(h Hiding) string {
	switch h {
	case Small:
		return "<" + strconv.Itoa(r.MinCell)
	case Protecting:
		return "*"
	}
	return ""
}

// View returns the report as programs read it.
func (r *Report) View() View {
	v := View{
		Version: Version, Period: r.Frame.Period, From: r.From.String(), Until: r.Until.String(), AsOf: r.AsOf.String(),
		Complete: r.Complete(), MinCell: r.MinCell, Policies: append([]string{}, r.Policies...),
	}
	for _, m := range r.Months {
		v.Months = append(v.Months, MonthView{m.Name, m.AsOf.String(), m.Complete()})
	}
	for i := range r.Units {
		u := &r.Units[i]
		view := UnitView{Name: u.Name, DisplayName: u.DisplayName, Code: u.Code, Level: u.Level, Figures: []FigureView{}}
		if u.Parent >= 0 {
			view.Parent = r.Units[u.Parent].Name
		}
		for f := range u.Figures {
			view.Figures = append(view.Figures, r.viewOf(&u.Figures[f]))
		}
		v.Units = append(v.Units, view)
	}
	return v
}

func (r *Report) viewOf(f *Figure) FigureView {
	value := func(c Count) any {
		switch {
		case c.Hidden != Shown:
			return r.Mark(c.Hidden)
		case f.Quantity.IsFen():
			return money.Amount(c.Value).String()
		}
		return c.Value
	}
	view := FigureView{Key: f.Key, Kind: f.Kind(), Period: value(f.Period)}
	for _, c := range f.Months {
		view.Months = append(view.Months, value(c))
	}
	return view
}
