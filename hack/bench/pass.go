// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"time"
)

// writesASlice is how many writes the manager and the ceiling make in turn:
// some seconds' worth, so that both meet the same weather, and less than the
// time after which the manager gives an attempt up.
const writesASlice = 500

// leastRounds is how many rounds a small town is divided into.
const leastRounds = 4

// pass is one pass of the manager over its families and their papers, in turn
// with the ceiling.
type pass struct {
	name string
	// idle is the time from the cause to the manager's first write: reading
	// the cache, or compiling the policy.
	idle time.Duration
	// manager has a slice for each round; ceiling one more, before and after each.
	manager, ceiling []slice
	writes           map[string]int // all writes of the manager
	refused          map[int]int
	objects          int // whose status had to be written
}

// run takes turns: the ceiling writes a slice, then the manager, and at last the
// ceiling again. The manager stands before the closed gate when it begins, and
// has the gate to itself when it ends.
func (p *pass) run(ctx context.Context, c *cluster, g *gate, limit *ceiling, patches []patch) error {
	p.objects = len(patches)
	rounds := max(leastRounds, (len(patches)+writesASlice-1)/writesASlice)
	began := time.Now()
	if err := g.waitForWriter(ctx); err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	p.idle = time.Since(began)
	if err := p.measureCeiling(ctx, c, limit, part(patches, 0, rounds+1)); err != nil {
		return err
	}
	for round := range rounds {
		quota := len(part(patches, round, rounds))
		managed, err := c.slice(quota, func() error { return g.let(ctx, quota) })
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		p.manager = append(p.manager, managed)
		if err := p.measureCeiling(ctx, c, limit, part(patches, round+1, rounds+1)); err != nil {
			return err
		}
	}
	g.letAll()
	return nil
}

func (p *pass) measureCeiling(ctx context.Context, c *cluster, limit *ceiling, patches []patch) error {
	measured, err := c.slice(len(patches), func() error { return limit.write(ctx, patches) })
	if err != nil {
		return fmt.Errorf("%s: the ceiling: %w", p.name, err)
	}
	p.ceiling = append(p.ceiling, measured)
	return nil
}

// part is one of several parts of a list, as equal as can be.
func part[E any](list []E, which, parts int) []E {
	return list[len(list)*which/parts : len(list)*(which+1)/parts]
}

// report adds the pass's figures to a table.
func (p *pass) report(t *table) {
	var rate, cpu, managerRate, ceilingRate samples
	var all struct{ manager, ceiling slice }
	for i, m := range p.manager {
		around := p.ceiling[i].plus(p.ceiling[i+1])
		rate = append(rate, m.rate()/around.rate())
		cpu = append(cpu, around.micros(around.cpu())/m.micros(m.cpu()))
		managerRate = append(managerRate, m.rate())
		all.manager = all.manager.plus(m)
	}
	for _, s := range p.ceiling {
		ceilingRate = append(ceilingRate, s.rate())
		all.ceiling = all.ceiling.plus(s)
	}
	t.add(p.name+": rate, manager over ceiling", "at least 0.90", rate...)
	t.add(p.name+": CPU a write, ceiling over manager, all processes", "at least 0.90", cpu...)
	t.add(p.name+": manager, statuses/s", "", managerRate...)
	t.add(p.name+": ceiling, statuses/s", "", ceilingRate...)
	for _, process := range []struct {
		name string
		of   func(slice) float64
	}{
		{"kube-apiserver", func(s slice) float64 { return s.micros(s.apiServer) }},
		{"etcd", func(s slice) float64 { return s.micros(s.etcd) }},
		{"client", func(s slice) float64 { return s.micros(s.own) }},
	} {
		t.add(fmt.Sprintf("%s: CPU µs a write of %s, with the manager", p.name, process.name), "", each(p.manager, process.of)...)
		t.add(fmt.Sprintf("%s: CPU µs a write of %s, at the ceiling", p.name, process.name), "", each(p.ceiling, process.of)...)
	}
	t.add(p.name+": writes of any kind for each status that differs", "at most 1.01", float64(total(p.writes))/float64(p.objects))
	t.add(p.name+": writes of these statuses for each that differs", "1", float64(p.judgments())/float64(p.objects))
	t.add(p.name+": writes refused", "", float64(total(p.refused)))
	t.add(p.name+": seconds until the first write", "", p.idle.Seconds())
}

// judgments is how many statuses of families and papers were written.
func (p *pass) judgments() int {
	n := 0
	for _, k := range kinds {
		n += p.writes[k.write()]
	}
	return n
}

func each(slices []slice, figure func(slice) float64) samples {
	var out samples
	for _, s := range slices {
		out = append(out, figure(s))
	}
	return out
}
