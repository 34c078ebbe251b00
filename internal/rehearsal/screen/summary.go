// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"fmt"
	"strings"
)

// Summary puts the view in one line, for whoever reads a log and no screen.
func (r Renderer) Summary(v *View, p Pace) string {
	var parts []string
	for _, t := range v.Tiers {
		if t.Households > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", r.name(t.Name, t.Title), t.Households))
		}
	}
	if len(parts) == 0 { // the plan in force has no tiers, or no family is in one
		parts = append(parts, fmt.Sprintf("%s %d", r.say(wMonitored), v.Counts.Monitored))
	}
	open, overdue := 0, 0
	for _, s := range v.Shortfalls {
		open += int(s.Open)
	}
	for _, d := range v.Deadlines {
		overdue += d.Overdue
	}
	return fmt.Sprintf("%s  %s  |  %s %d %s  |  %s %d %s  |  %s %d/%d %s  |  %s",
		p.Today, strings.Join(parts, "  "),
		r.say(wShortfalls), open, r.say(wOpen),
		r.say(wDeadlines), overdue, r.say(wOverdue),
		r.say(wMeasures), v.Measures.Delivered, v.Measures.Planned, r.say(wDelivered),
		r.say(wWrites, thousands(p.Writes), p.PerSecond))
}
