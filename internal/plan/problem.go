// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing that is wrong with a plan: where, what, and how to mend
// it.
type Problem struct {
	// Path is the field, such as spec.tiers[0].rules[1].when.
	Path string
	// Line and Column are the place within a rule, counted from 1 in
	// characters; 0 where there is none.
	Line, Column int
	// Message says what is wrong.
	Message string
	// Hint says how to mend it; "" where the message says it all.
	Hint string
	// Warning says that the plan compiles nevertheless.
	Warning bool
}

// String is the problem on one line.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.Path)
	if p.Line > 1 {
		fmt.Fprintf(&b, ", line %d", p.Line)
	}
	if p.Column > 0 {
		fmt.Fprintf(&b, ", column %d", p.Column)
	}
	b.WriteString(": ")
	if p.Warning {
		b.WriteString("warning: ")
	}
	b.WriteString(p.Message)
	if p.Hint != "" {
		b.WriteString("; ")
		b.WriteString(p.Hint)
	}
	return b.String()
}

// Problems is everything that is wrong with a plan.
type Problems []Problem

// Fatal says whether one of them keeps the plan from compiling.
func (p Problems) Fatal() bool {
	return slices.ContainsFunc(p, func(one Problem) bool { return !one.Warning })
}

// Errors returns those that keep the plan from compiling.
func (p Problems) Errors() Problems { return p.of(false) }

// Warnings returns those that do not.
func (p Problems) Warnings() Problems { return p.of(true) }

func (p Problems) of(warning bool) Problems {
	var out Problems
	for _, one := range p {
		if one.Warning == warning {
			out = append(out, one)
		}
	}
	return out
}

// String lists the problems, a line each.
func (p Problems) String() string {
	lines := make([]string, len(p))
	for i := range p {
		lines[i] = p[i].String()
	}
	return strings.Join(lines, "\n")
}
