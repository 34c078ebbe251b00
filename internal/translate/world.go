// SPDX-License-Identifier: Apache-2.0

// Package translate stands between the API's kinds and the decision core; it is
// the only package that knows both vocabularies. A World holds the compiled
// policies and the tree of jurisdictions, and judges families in it.
package translate

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
)

// defaultZone is the zone of whatever no policy rules.
var defaultZone = mustZone("")

func mustZone(name string) *time.Location {
	zone, err := civil.LoadZone(name)
	if err != nil {
		return time.UTC
	}
	return zone
}

// Options of a World.
type Options struct {
	// KnownAt leaves out facts and policies entered after the day; zero: none.
	KnownAt civil.Day
	// Previous is a World whose compiled policies are taken over where a policy is
	// the same one in memory, or the same object at the same generation. nil:
	// everything is compiled.
	Previous *World
	// Language in which messages are worded.
	Language Language
}

// World is the policies and the tree of jurisdictions at one moment. It does
// not change once built, so that many families may be judged in it at once.
type World struct {
	knownAt   civil.Day
	lang      Language
	policies  map[string]*CompiledPolicy
	byPlan    map[*decision.Plan]*CompiledPolicy
	nodes     map[string]*node
	townships map[string][]string // by namespace
}

type node struct {
	object   *v1alpha1.Jurisdiction
	children []string // sorted
	plans    []*decision.Plan
	fault    *Fault
	misfit   *Fault // a child's level does not fit below it; other children are not concerned
	line     decision.Timeline
	zones    []*time.Location
	sites    [][]decision.Site // its own, then those of the nodes above
}

// Fault says why something cannot be judged: a reason of the contract and what
// a person should do.
type Fault struct {
	Reason  string
	Message string
}

func (f *Fault) Error() string { return f.Message }

// NewWorld builds a World. The objects are kept and must not change afterwards.
func NewWorld(policies []*v1alpha1.MonitoringPolicy, jurisdictions []*v1alpha1.Jurisdiction, opts Options) *World {
	w := &World{
		knownAt:   opts.KnownAt,
		lang:      opts.Language,
		policies:  make(map[string]*CompiledPolicy, len(policies)),
		byPlan:    make(map[*decision.Plan]*CompiledPolicy, len(policies)),
		nodes:     make(map[string]*node, len(jurisdictions)),
		townships: map[string][]string{},
	}
	for _, j := range jurisdictions {
		w.nodes[j.Name] = &node{object: j}
	}
	for _, p := range policies {
		if !opts.KnownAt.IsZero() && PolicyKnown(p) > opts.KnownAt {
			continue
		}
		c := opts.Previous.compiled(p)
		if c == nil {
			c = CompilePolicy(p)
		}
		w.policies[p.Name], w.byPlan[c.Plan] = c, c
		if n := w.nodes[string(p.Spec.JurisdictionRef.Name)]; n != nil && !c.Plan.From.IsZero() {
			n.plans = append(n.plans, c.Plan)
		}
	}
	for _, n := range w.nodes {
		// The order in which policies arrived decides nothing, not even which of two
		// zones tells the day while they are in conflict.
		slices.SortFunc(n.plans, func(a, b *decision.Plan) int { return strings.Compare(a.Name, b.Name) })
	}
	w.growTree()
	return w
}

// compiled is the policy as compiled before, nil if it is not the same.
func (w *World) compiled(p *v1alpha1.MonitoringPolicy) *CompiledPolicy {
	if w == nil {
		return nil
	}
	c := w.policies[p.Name]
	if c != nil && c.Policy == p {
		return c
	}
	if c == nil || p.Generation == 0 || c.Policy.UID != p.UID || c.Policy.Generation != p.Generation {
		return nil
	}
	return c
}

// growTree links the nodes, finds their faults and lays out what is in force.
func (w *World) growTree() {
	names := w.Nodes()
	for _, name := range names {
		if parent := w.nodes[w.Parent(name)]; parent != nil {
			parent.children = append(parent.children, name)
		}
	}
	for _, name := range names {
		w.nodes[name].fault = w.ownFault(name)
	}
	for _, name := range names {
		if parent := w.nodes[w.Parent(name)]; parent != nil && parent.misfit == nil && w.misfits(name) {
			parent.misfit = w.nodes[name].fault
		}
	}
	w.findTownships(names)
	placed := map[string]bool{}
	for _, name := range names {
		w.place(name, placed)
	}
}

// Parent is the name of the node above, "" for a root.
func (w *World) Parent(name string) string {
	n := w.nodes[name]
	if n == nil || n.object.Spec.ParentRef == nil {
		return ""
	}
	return string(n.object.Spec.ParentRef.Name)
}

// ownFault is what is wrong with the node itself or its link upward.
func (w *World) ownFault(name string) *Fault {
	n, parentName := w.nodes[name], w.Parent(name)
	if rank(n.object.Spec.Level) < 0 {
		return treeFault("Jurisdiction %s is of no known level (%q): write spec.level: Province, Prefecture, County, Township or Village.", name, n.object.Spec.Level)
	}
	if n.object.Spec.ParentRef == nil {
		return nil
	}
	parent := w.nodes[parentName]
	if parent == nil {
		return treeFault("Jurisdiction %s names %s as its parent, and there is none of that name: create it, or correct spec.parentRef.", name, parentName)
	}
	for up, steps := parentName, 0; up != ""; up, steps = w.Parent(up), steps+1 {
		if up == name {
			return treeFault("Jurisdiction %s stands above itself: correct spec.parentRef somewhere between it and %s.", name, parentName)
		}
		if steps > len(w.nodes) {
			return treeFault("Jurisdiction %s hangs below a circle of parents: correct spec.parentRef of %s or above.", name, parentName)
		}
	}
	if w.misfits(name) {
		return treeFault("Jurisdiction %s is a %s below a %s (%s): a parent's level must be higher; correct spec.level or spec.parentRef.",
			name, n.object.Spec.Level, parent.object.Spec.Level, parentName)
	}
	return nil
}

// misfits reports whether the node is not of a lower level than its parent.
func (w *World) misfits(name string) bool {
	n, parent := w.nodes[name], w.nodes[w.Parent(name)]
	own := rank(n.object.Spec.Level)
	return own >= 0 && parent != nil && rank(parent.object.Spec.Level) >= own
}

func treeFault(format string, args ...any) *Fault {
	return &Fault{Reason: v1alpha1.ReasonTreeInvalid, Message: fmt.Sprintf(format, args...)}
}

// levels lists the levels, highest first.
func levels() []v1alpha1.JurisdictionLevel {
	return []v1alpha1.JurisdictionLevel{
		v1alpha1.LevelProvince, v1alpha1.LevelPrefecture, v1alpha1.LevelCounty, v1alpha1.LevelTownship, v1alpha1.LevelVillage,
	}
}

// rank orders the levels, highest first.
func rank(l v1alpha1.JurisdictionLevel) int {
	return slices.Index(levels(), l)
}

// findTownships says which township each namespace belongs to; one that two
// share is a fault of both.
func (w *World) findTownships(names []string) {
	for _, name := range names {
		if w.nodes[name].object.Spec.Level == v1alpha1.LevelTownship {
			if ns := w.Namespace(name); ns != "" {
				w.townships[ns] = append(w.townships[ns], name)
			}
		}
	}
	for ns, sharing := range w.townships {
		if len(sharing) < 2 {
			continue
		}
		for _, name := range sharing {
			if n := w.nodes[name]; n.fault == nil {
				n.fault = treeFault("Namespace %s is shared by the townships %s: give each a namespace of its own (spec.namespace).", ns, strings.Join(sharing, ", "))
			}
		}
	}
}

// Namespace is where the node's papers live: its own, else the nearest above.
func (w *World) Namespace(name string) string {
	for steps := 0; name != "" && steps <= len(w.nodes); steps++ {
		n := w.nodes[name]
		if n == nil {
			return ""
		}
		if ns := n.object.Spec.Namespace; ns != "" {
			return string(ns)
		}
		name = w.Parent(name)
	}
	return ""
}

// place takes the fault and the plans in force from above, once a node.
func (w *World) place(name string, placed map[string]bool) *node {
	n := w.nodes[name]
	if n == nil || placed[name] {
		return n
	}
	placed[name] = true
	if n.fault != nil {
		return n
	}
	up := w.place(w.Parent(name), placed)
	n.sites = sitesOf(n.object, up)
	switch {
	case up == nil:
		n.line = decision.BuildTimeline([][]*decision.Plan{n.plans})
	case up.fault != nil:
		n.fault = up.fault
		return n
	case len(n.plans) == 0:
		n.line, n.zones = up.line, up.zones
		return n
	default:
		n.line = decision.BuildTimeline(w.levels(name))
		n.zones = slices.Clone(up.zones)
	}
	for _, p := range n.plans {
		n.zones = addZone(n.zones, p.Zone)
	}
	return n
}

// sitesOf lists the node's notice sites, then those of the nodes above; levels
// without any are left out.
func sitesOf(object *v1alpha1.Jurisdiction, up *node) [][]decision.Site {
	var above [][]decision.Site
	if up != nil {
		above = up.sites
	}
	if len(object.Spec.Sites) == 0 {
		return above
	}
	own := make([]decision.Site, 0, len(object.Spec.Sites))
	for i := range object.Spec.Sites {
		s := &object.Spec.Sites[i]
		site := decision.Site{Name: string(s.Name), Kind: string(s.Kind), From: dayOf(s.From), Until: dayOf(s.Until)}
		if s.Households != nil {
			site.Households = int(*s.Households)
		}
		own = append(own, site)
	}
	return append([][]decision.Site{own}, above...)
}

// levels are the plans bound to the node, to its parent, and so on upward.
func (w *World) levels(name string) [][]*decision.Plan {
	var levels [][]*decision.Plan
	for ; name != ""; name = w.Parent(name) {
		levels = append(levels, w.nodes[name].plans)
	}
	return levels
}

func addZone(zones []*time.Location, z *time.Location) []*time.Location {
	if slices.ContainsFunc(zones, func(o *time.Location) bool { return o.String() == z.String() }) {
		return zones
	}
	return append(zones, z)
}

// Nodes lists the names of all jurisdictions, sorted.
func (w *World) Nodes() []string { return slices.Sorted(maps.Keys(w.nodes)) }

// Node returns a jurisdiction and what is wrong with it; nil if there is none.
func (w *World) Node(name string) (*v1alpha1.Jurisdiction, *Fault) {
	n := w.nodes[name]
	if n == nil {
		return nil, nil
	}
	if n.fault == nil {
		return n.object, n.misfit
	}
	return n.object, n.fault
}

// Children lists the nodes right below, sorted.
func (w *World) Children(name string) []string {
	if n := w.nodes[name]; n != nil {
		return n.children
	}
	return nil
}

// Policies lists the names of all policies, sorted.
func (w *World) Policies() []string { return slices.Sorted(maps.Keys(w.policies)) }

// Policy returns a compiled policy, nil if there is none.
func (w *World) Policy(name string) *CompiledPolicy { return w.policies[name] }

// compiledPolicy finds the policy that a verdict was reached by.
func (w *World) compiledPolicy(p *decision.Plan) *CompiledPolicy { return w.byPlan[p] }

// NodeOf finds where a family stands: at the jurisdiction that it names, which
// must be its namespace's township or below it, else at that township.
func (w *World) NodeOf(namespace string, ref *v1alpha1.JurisdictionReference) (string, *Fault) {
	townships := w.townships[namespace]
	if len(townships) == 0 {
		return "", &Fault{Reason: v1alpha1.ReasonJurisdictionMismatch, Message: fmt.Sprintf(
			"Namespace %s belongs to no township, and families live only in a township's: create a Jurisdiction of level Township with spec.namespace: %s.", namespace, namespace)}
	}
	name := townships[0]
	if ref != nil {
		name = string(ref.Name)
	}
	n := w.nodes[name]
	switch {
	case n == nil:
		return "", &Fault{Reason: v1alpha1.ReasonReferenceNotFound, Message: fmt.Sprintf(
			"There is no Jurisdiction %s: create it, or correct spec.jurisdictionRef.", name)}
	case len(townships) > 1:
		return "", w.nodes[townships[0]].fault
	case n.fault != nil:
		return "", n.fault
	case !w.within(name, townships[0]):
		return "", &Fault{Reason: v1alpha1.ReasonJurisdictionMismatch, Message: fmt.Sprintf(
			"Jurisdiction %s does not lie in %s, the township of namespace %s: correct spec.jurisdictionRef, or move the family to its township's namespace.", name, townships[0], namespace)}
	}
	return name, nil
}

// within reports whether the node is the other one or lies below it. Both are
// free of faults, so the way up ends.
func (w *World) within(name, above string) bool {
	for ; name != ""; name = w.Parent(name) {
		if name == above {
			return true
		}
	}
	return false
}

// Descendants lists the node and all below it.
func (w *World) Descendants(name string) []string {
	var out []string
	seen := map[string]bool{}
	var walk func(string)
	walk = func(n string) {
		if seen[n] || w.nodes[n] == nil {
			return
		}
		seen[n] = true
		out = append(out, n)
		for _, child := range w.nodes[n].children {
			walk(child)
		}
	}
	walk(name)
	return out
}

// Timeline says which plans are in force at the node, on which days.
func (w *World) Timeline(name string) decision.Timeline {
	if n := w.nodes[name]; n != nil {
		return n.line
	}
	return nil
}

// Today is the civil day of an instant at the node, in the zone of the plan in
// force then.
func (w *World) Today(name string, now time.Time) civil.Day {
	n := w.nodes[name]
	if n == nil {
		return civil.At(now, defaultZone)
	}
	for _, zone := range n.zones {
		day := civil.At(now, zone)
		if s := n.line.On(day); s != nil && s.Plan != nil && zoneOf(s.Plan).String() == zone.String() {
			return day
		}
	}
	if len(n.zones) > 0 {
		return civil.At(now, n.zones[0])
	}
	return civil.At(now, defaultZone)
}

// Instant is the first instant after now at which the day may have begun at the
// node: midnight in the first of the zones that its plans use.
func (w *World) Instant(name string, day civil.Day, now time.Time) time.Time {
	var first time.Time
	consider := func(zone *time.Location) {
		if t := day.In(zone); t.After(now) && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	if n := w.nodes[name]; n != nil {
		for _, zone := range n.zones {
			consider(zone)
		}
	}
	if first.IsZero() {
		consider(defaultZone)
	}
	return first
}

// InForce is the policy in force at the node at an instant, or why there is none.
func (w *World) InForce(name string, now time.Time) (*CompiledPolicy, *Fault) {
	n := w.nodes[name]
	if n == nil {
		return nil, &Fault{Reason: v1alpha1.ReasonReferenceNotFound, Message: fmt.Sprintf("There is no Jurisdiction %s.", name)}
	}
	if n.fault != nil {
		return nil, n.fault
	}
	day := w.Today(name, now)
	v := decision.Verdict{Day: day, Standing: decision.NoPolicy}
	s := n.line.On(day)
	switch {
	case s != nil && s.Plan != nil:
		return w.byPlan[s.Plan], nil
	case s != nil:
		v.Standing, v.Policies = decision.PolicyConflict, s.Conflict
	}
	return nil, &Fault{Reason: reasonOf(v.Standing), Message: w.lang.adviceOf(&v, name)}
}

// NextPolicyChange is the first instant after now at which another policy may be
// in force at the node; zero: never.
func (w *World) NextPolicyChange(name string, now time.Time) time.Time {
	n := w.nodes[name]
	if n == nil {
		return time.Time{}
	}
	today := w.Today(name, now)
	for _, s := range n.line {
		if s.From > today {
			return w.Instant(name, s.From, now)
		}
		if s.Until >= today && s.Until < civil.Last {
			return w.Instant(name, s.Until.AddDays(1), now)
		}
	}
	return time.Time{}
}
