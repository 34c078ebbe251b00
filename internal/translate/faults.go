// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"strings"
	"unicode/utf8"

	"fangpin.io/fangpin/internal/decision"
)

// maxStepMessage bounds a step's message, in characters.
const maxStepMessage = 1024

// stepMessage says all that keeps a step's record from meeting it, and what to
// do; "" if nothing does.
func (l Language) stepMessage(s *decision.StepVerdict) string {
	var out []string
	for i := range s.Faults {
		out = append(out, l.faultAdvice(&s.Faults[i]))
	}
	if len(out) == 0 && s.State == decision.StepWaiting && !s.Returned.IsZero() {
		out = append(out, l.say("Returned on %s: it must be signed again.", "%s 退回：须重新签署。", s.Returned))
	}
	message := strings.Join(out, " ")
	if utf8.RuneCountInString(message) <= maxStepMessage {
		return message
	}
	runes := []rune(message)
	return string(runes[:maxStepMessage-1]) + "…"
}

// faultAdvice is one fault in words, with what would mend it.
func (l Language) faultAdvice(f *decision.Fault) string {
	switch f.Code {
	case decision.FaultNoSuchStep:
		return l.say("The procedure of policy %s has no step of this name; the record changes nothing.", "方案 %s 的程序没有这个步骤；此记录不起作用。", f.Subject)
	case decision.FaultOutOfTurn:
		return l.say("Out of order: %s comes first.", "次序不对：须先完成 %s。", f.Subject)
	case decision.FaultBeforeStepAhead:
		return l.say("Dated before %s, which was on %s: sign it again on that day or later.", "日期早于 %s（%s）：须在当日或之后重新签署。", f.Subject, f.Day)
	case decision.FaultBeforeOpening:
		return l.say("Dated before the review was opened on %s: sign it again on that day or later.", "日期早于程序启动日 %s：须在当日或之后重新签署。", f.Day)
	case decision.FaultBeforeReturn:
		return l.say("Dated before it was sent back on %s: sign it again on that day or later.", "日期早于退回日 %s：须在当日或之后重新签署。", f.Day)
	case decision.FaultReturnTo:
		return l.say("It cannot be sent back to %s: name this step or one ahead of it.", "不能退回至 %s：请写本步骤或之前的步骤。", f.Subject)
	case decision.FaultNotBy:
		return l.say("Its signer took part in %s and may not sign this step: somebody else must.", "签字人参与过 %s，应当回避：须由他人签署。", f.Subject)
	case decision.FaultKeptApart:
		return l.say("Who signed %s takes part in it, which the policy keeps apart: others must.", "签署 %s 的人参与了本步骤，按方案应当回避：须由他人办理。", f.Subject)
	case decision.FaultSecondDecision:
		return l.say("Its signer has signed the decision %s already: somebody else must sign this one.", "签字人已签署审批步骤 %s：本步骤须由他人签署。", f.Subject)
	case decision.FaultAttendance:
		return l.say("At least %d of %s must attend, and %d did: hold the meeting again.", "%[2]s 至少须 %[1]d 人参加，实到 %[3]d 人：须重新开会。", f.Want, f.Subject, f.Got)
	}
	if s := l.recordAdvice(f); s != "" {
		return s
	}
	return l.familyAdvice(f)
}

// recordAdvice is about what stands in the record itself.
func (l Language) recordAdvice(f *decision.Fault) string {
	switch f.Code {
	case decision.FaultNoDocument:
		return l.say("The document is not named: add a record with document.", "缺文书：请追加带 document 的记录。")
	case decision.FaultNoOfficer:
		return l.say("Who answers for the family is not named: add a record with officer.", "未明确监测帮扶责任人：请追加带 officer 的记录。")
	case decision.FaultNoPlannedElimination:
		return l.say("The day by which the risk is to be eliminated is not named: add a record with plannedElimination.", "未明确风险消除时间：请追加带 plannedElimination 的记录。")
	case decision.FaultNoticeUndated:
		return l.say("The first and last day of the notice are not both stated: add a record with from and until.", "未写明公示起止日：请追加带 from 和 until 的记录。")
	case decision.FaultNoticeEarly:
		return l.say("The notice went up before the step ahead was taken on %s: put it up again.", "公示早于上一步骤（%s）：须重新公示。", f.Day)
	case decision.FaultNoticeShort:
		return l.say("The notice must stand at least %d days, through %s: put it up again.", "公示期不少于 %d 天，须至 %s：须重新公示。", f.Want, f.Day)
	case decision.FaultNoticeRunning:
		return l.say("The notice stands through %s: sign this step on a day after that.", "公示至 %s 为止：须在其后签署本步骤。", f.Day)
	case decision.FaultSiteMissing:
		return l.say("The notice was not up at %s: put it up there too.", "未在 %s 公示：须在该处补充公示。", f.Subject)
	case decision.FaultNoSite:
		return l.say("No place of the notice is named: add a record with sites.", "未写明公示地点：请追加带 sites 的记录。")
	case decision.FaultObjectionsNotStated:
		return l.say("Whether there were objections is not stated: add a record with objections: 0, or with how many are open.", "未写明有无异议：请追加写明 objections 的记录（无异议写 0）。")
	case decision.FaultObjectionsOpen:
		return l.say("Objections are open (%d): settle them, then add a record with objections: 0 and the document of the settlement.", "有 %d 项异议未处理：处理后请追加 objections: 0 并附处理文书的记录。", f.Got)
	case decision.FaultSettlementUndocumented:
		return l.say("That the objections are settled needs a document: add a record with document.", "异议处理须有文书：请追加带 document 的记录。")
	case decision.FaultNotCompared:
		return l.say("%s was not compared.", "%s 未比对。", f.Subject)
	case decision.FaultUnexplainedHit:
		return l.say("The hit on %s is not explained: find out, then add a record with the result Explained, or let the step fail.", "%s 比对有疑点未说明：核实后请追加结果为 Explained 的记录，或记为不通过。", f.Subject)
	}
	return ""
}

// familyAdvice is about what the family's other papers said on the record's day.
func (l Language) familyAdvice(f *decision.Fault) string {
	switch f.Code {
	case decision.FaultNotIdentified:
		return l.say("On that day the family was not identified as a monitored object.", "当日该户尚未纳入监测对象。")
	case decision.FaultNotPlanned:
		return l.say("On that day no measure was planned for %s: plan one, then sign again.", "当日未为 %s 安排措施：安排后重新签署。", f.Subject)
	case decision.FaultNotRecorded:
		return l.say("On that day the family was not entered in %s: enter it, then sign again.", "当日该户尚未录入 %s：录入后重新签署。", f.Subject)
	case decision.FaultNoDepartment:
		return l.say("A department of the shortfall must apply: add a record with department.", "须由短板责任部门申请：请追加带 department 的记录。")
	case decision.FaultOtherDepartment:
		if len(f.Names) == 0 {
			return l.say("%s cannot apply: on that day no department answered for a shortfall that this review names.", "%s 不能申请：当日本程序所涉短板没有责任部门。", f.Subject)
		}
		return l.say("%s is no department of the shortfall: %s must apply.", "%s 不是短板责任部门：须由 %s 申请。", f.Subject, strings.Join(f.Names, l.or()))
	case decision.FaultNoSuchStandard:
		return l.say("The policy of that day has no standard %s.", "当日方案没有标准 %s。", f.Subject)
	case decision.FaultStandardUnmet:
		return l.say("On that day %s did not hold: mend it and survey the family, then sign again.", "当日 %s 未达标：补短并入户核实后重新签署。", f.Subject)
	case decision.FaultStandardUnknown:
		return l.say("On that day it was not known whether %s held: find out %s, then sign again.", "当日不能判定 %s 是否达标：查明 %s 后重新签署。", f.Subject, strings.Join(f.Names, l.comma()))
	case decision.FaultHeld:
		return l.say("On that day %s stood in the way: %s", "当日受 %s 阻碍：%s", f.Subject, l.holdAdvice(&f.Hold))
	}
	return ""
}

// holdAdvice says why something stands in the way of an elimination, and when or
// how it could go.
func (l Language) holdAdvice(h *decision.Hold) string {
	switch h.Name {
	case decision.HoldMinimumPeriod:
		return l.say("not before %s.", "%s 起方可。", h.Lifts)
	case decision.HoldNotStable:
		return l.say("surveys in a row without a shortfall, up to the last: %d are asked for, and %d are there.", "须最近连续 %d 次监测达标，现有 %d 次。", h.Want, h.Got)
	case decision.HoldShortfallsOpen:
		return l.say("close %s first.", "须先解决 %s。", strings.Join(h.Names, l.comma()))
	case decision.HoldNotIdentified:
		return l.say("the family is not identified as a monitored object.", "该户尚未纳入监测对象。")
	case decision.HoldFactsMissing:
		return l.say("find out %s.", "须查明 %s。", strings.Join(h.Names, l.comma()))
	}
	if h.Message != "" {
		return l.sentence(h.Message)
	}
	return l.say("the plan says so.", "方案如此规定。")
}

// eliminationAdvice says all that stands in the way of an elimination.
func (l Language) eliminationAdvice(e *decision.EliminationVerdict) string {
	var out []string
	for i := range e.Holds {
		out = append(out, e.Holds[i].Name+l.say(": ", "：")+l.holdAdvice(&e.Holds[i]))
	}
	return strings.Join(out, " ")
}

// stepNeeds is what a record of the step must bring, "" if nothing in particular.
func (l Language) stepNeeds(s *decision.Step) string {
	var out []string
	for _, a := range s.Attendance {
		out = append(out, l.say("at least %d of %s", "%[2]s 至少 %[1]d 人", a.Count, a.Role))
	}
	if s.Type == decision.PublicNotice {
		out = append(out, l.say("a notice of at least %d days", "不少于 %d 天的公示", s.MinDays))
	}
	if len(s.Assets) > 0 {
		out = append(out, l.say("a comparison of %s", "比对 %s", strings.Join(s.Assets, l.comma())))
	}
	if s.ByDepartment {
		out = append(out, l.say("the application of a department of the shortfall", "短板责任部门的申请"))
	}
	for _, need := range []struct {
		bit  decision.Requirement
		word string
	}{
		{decision.NeedsDocument, l.say("a document", "文书")},
		{decision.NeedsOfficer, l.say("an officer", "监测帮扶责任人")},
		{decision.NeedsPlannedElimination, l.say("a planned elimination", "风险消除时间")},
		{decision.NeedsPlan, l.say("a measure for each open shortfall", "每项短板的措施")},
		{decision.NeedsIdentified, l.say("an identified family", "已纳入的监测对象")},
		{decision.NeedsRecorded, l.say("an entry in each ledger of the tier", "各台账均已录入")},
	} {
		if s.Requires&need.bit != 0 {
			out = append(out, need.word)
		}
	}
	return strings.Join(out, l.comma())
}
