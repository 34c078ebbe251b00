// SPDX-License-Identifier: Apache-2.0

package decision

import "fangpin.io/fangpin/internal/civil"

// takeNotice completes a record's notice from the record before of its step: when
// objections are settled, a further record says so and posts nothing anew.
// Objections once stated stay open until a document settles them or a notice
// begins later than they were stated; the old posting written out again, or signed
// again after a return, does not do.
func (d *finding) takeNotice(rec *Record) {
	n, before := &rec.Notice, d.notice
	switch {
	case n.Objections > 0:
		d.objected = rec.Date
	case n.From > d.objected, n.Stated && rec.Document:
		d.objected = 0
	}
	d.notice = *n
	if n.From.IsZero() {
		d.notice.From = before.From
	}
	if n.Until.IsZero() {
		d.notice.Until = before.Until
	}
	if len(n.Sites) == 0 {
		d.notice.Sites = before.Sites
	}
}

// checkNotice asks that a notice was up long enough, in every place, and that no
// objection is open (公示).
func (e *examination) checkNotice(k int, last civil.Day) {
	d := &e.file.findings[k]
	step, n := &e.file.proc.Steps[k], &d.notice
	switch {
	case n.From.IsZero() || n.Until.IsZero():
		e.fault(k, Fault{Code: FaultNoticeUndated})
	default:
		if n.From < last {
			e.fault(k, Fault{Code: FaultNoticeEarly, Day: last})
		}
		if least := civil.CountDays(n.From, step.MinDays, e.startCounted); n.Until < least {
			e.fault(k, Fault{Code: FaultNoticeShort, Want: step.MinDays, Day: least})
		}
		if d.date <= n.Until {
			e.fault(k, Fault{Code: FaultNoticeRunning, Day: n.Until})
		}
		e.checkSites(k, n)
	}
	switch {
	case !n.Stated:
		e.fault(k, Fault{Code: FaultObjectionsNotStated})
	case n.Objections > 0:
		e.fault(k, Fault{Code: FaultObjectionsOpen, Got: n.Objections})
	case !d.objected.IsZero():
		e.fault(k, Fault{Code: FaultSettlementUndocumented})
	}
}

// checkSites asks for every site that the step requires of those in force on the
// notice's first day; where none is registered, for any site at all.
func (e *examination) checkSites(k int, n *Notice) {
	step := &e.file.proc.Steps[k]
	registered := false
	for _, level := range e.sites {
		for i := range level {
			site := &level[i]
			if (!site.From.IsZero() && n.From < site.From) || (!site.Until.IsZero() && n.From > site.Until) {
				continue
			}
			registered = true
			required := contains(step.SiteKinds, site.Kind) || (step.ClusterOf > 0 && site.Households >= step.ClusterOf)
			if required && !contains(n.Sites, site.Name) {
				e.fault(k, Fault{Code: FaultSiteMissing, Subject: site.Name})
			}
		}
		if registered {
			return
		}
	}
	if len(n.Sites) == 0 {
		e.fault(k, Fault{Code: FaultNoSite})
	}
}
