// SPDX-License-Identifier: Apache-2.0

package wording

// The sentences of submitting a monthly report and recording that a duty was done.
const (
	firstOfSubmitting Key = 4000
)

const (
	SubmitShort = firstOfSubmitting + iota
	SubmitLong
	SubmitWhat
	FlagSubmitPeriod
	FlagDuty
	DocumentOfDuty
	SubmittedAlready
	NoSuchJurisdiction
	NoReportYet
	ReportNotReady
	ReportNotComputed
	ReportStale
	MonthRuns
	FiguresNotOfLastDay
	FiguresToSubmit
	SubmissionLine
	NoMonthBefore
	NowhereForReports
	NoSuchDuty
	ColumnFigure
	ColumnLastMonth
	ColumnThisMonth
	ColumnChange
	ColumnSubmitted
	ColumnNow
	FigureOpening
	FigureAdded
	FigureEliminated
	FigureClosing
	FigureTier
	FigureCategory
	FigureCause
	FigureShortfall
	FigureMeasure
	FigureSignal
	FigureReview
	FigureSurveys
	FigureOverdue
	UnitHouseholds
	UnitPersons
	UnitOpen
	UnitOverdue
	UnitMeasures
	UnitCount
	UnitDone
	UnitMissing
	ReportDiffShort
	ReportDiffLong
	NothingSubmitted
	NoFiguresSubmitted
	AsSubmitted
	endOfSubmitting
)

const (
	submitLongEnglish = `Submit a month's report: the figures that the controller has computed are shown
beside those of the month before, and written with your name and a digest into
spec.submitted. What was submitted is final: a later correction of facts shows as
Sealed=False and in kubectl fangpin report diff, and alters nothing.

With --duty it is recorded that a duty of the jurisdiction, or of a department at
it, was done: in the report of the month of --date (today), which is created if it
is not there. --period says which period the record meets, where it is not that
month's.

A month that still runs and figures that are not ready are refused; --anyway sends
them all the same where there are figures.

Examples:
  kubectl fangpin submit mrep/zhaotan-2020-04
  kubectl fangpin submit zhaotan --period 2020-04
  kubectl fangpin submit dongzhi --duty dispatch --document minutes-3
  kubectl fangpin submit dongzhi --duty quarter-check --period 2020-Q2 --date 2020-07-01

With -f the figures are computed from files, which stay as they are, and the
report with the submission in it is printed. No cluster is needed then.`
	submitLongChinese = `上报月报：显示控制器汇总的数据并与上月对照，连同签字人和数据摘要写入
spec.submitted。上报后不可更改：此后更正事实只反映为 Sealed=False 和
kubectl fangpin report diff，不改变已上报的内容。

使用 --duty 时记录辖区（或其部门）的一项工作任务已完成：写入 --date（默认今天）
所在月份的月报，没有则新建。记录所属期间不是该月时用 --period 指明。

当月尚未结束或数据尚未就绪时拒绝上报；有数据时可用 --anyway 坚持上报。

示例：
  kubectl fangpin submit mrep/zhaotan-2020-04
  kubectl fangpin submit zhaotan --period 2020-04
  kubectl fangpin submit dongzhi --duty dispatch --document minutes-3
  kubectl fangpin submit dongzhi --duty quarter-check --period 2020-Q2 --date 2020-07-01

使用 -f 时由文件汇总数据；文件保持不变，输出含有上报内容的月报，不需要集群。`

	reportDiffLongEnglish = `Compare what was submitted for a month with what the facts say now, figure by
figure. Exit status 0: nothing has changed; 1: something has.`
	reportDiffLongChinese = `将某月已上报的数据与按现有事实汇总的数据逐项比较。退出状态 0：没有变化；
1：有变化。`
)

var submitting = texts{
	SubmitShort:         {"Submit a monthly report, or record that a duty was done", "上报月报，或记录工作任务已完成"},
	SubmitLong:          {submitLongEnglish, submitLongChinese},
	SubmitWhat:          {"name a report (mrep/zhaotan-2020-04), or a jurisdiction with its month (zhaotan --period 2020-04)", "请指明月报（mrep/zhaotan-2020-04），或辖区及月份（zhaotan --period 2020-04）"},
	FlagSubmitPeriod:    {"month of the report, such as 2020-04; with --duty, the period that the record meets", "月报的月份，如 2020-04；与 --duty 同用时为记录所属期间"},
	FlagDuty:            {"record that this duty was done, by its name in the plan", "记录此项工作任务已完成（方案中的名称）"},
	DocumentOfDuty:      {"--document belongs to the record of a duty: add --duty NAME", "--document 属于履职记录：请加上 --duty 名称"},
	SubmittedAlready:    {"report %s was submitted on %s by %s, and a submission is final: kubectl fangpin report diff shows what has changed since", "月报 %s 已于 %s 由 %s 上报，上报后不可更改：此后的变化见 kubectl fangpin report diff"},
	NoSuchJurisdiction:  {"there is no Jurisdiction %s", "没有辖区 %s"},
	NoReportYet:         {"there is no MonthlyReport %s: the controller opens the form of each month that a duty asks for; see kubectl get jur for the duties, and kubectl fangpin status for the controller", "没有月报 %s：工作任务要求的月报由控制器建立；任务见 kubectl get jur，控制器见 kubectl fangpin status"},
	ReportNotReady:      {"report %s is not ready (%s): %s", "月报 %s 尚未就绪（%s）：%s"},
	ReportNotComputed:   {"report %s has no figures yet: wait until the controller has computed it", "月报 %s 尚无数据：请等待控制器汇总"},
	ReportStale:         {"the figures of report %s are of before its last change: wait until the controller has computed it again", "月报 %s 的数据早于其最近一次修改：请等待控制器重新汇总"},
	MonthRuns:           {"the month still runs until %s, and its figures can change every day", "本月到 %s 才结束，数据每天都可能变化"},
	FiguresNotOfLastDay: {"the figures are as of %s, not of the month's last day, %s: wait until the controller has computed them", "数据截至 %s，不是月末 %s：请等待控制器汇总"},
	FiguresToSubmit:     {"Report %s, figures as of %s", "月报 %s，数据截至 %s"},
	SubmissionLine:      {"submitted on %s by %s (due %s), with the digest", "%s 由 %s 上报（期限：%s），数据摘要："},
	NoMonthBefore:       {"Of the month before no figures are known.", "没有上月数据。"},
	NowhereForReports:   {"jurisdiction %s has no namespace for its papers: set spec.namespace of it or of one above, or name one with -n", "辖区 %s 没有存放文书的命名空间：请设置其或其上级的 spec.namespace，或用 -n 指明"},
	NoSuchDuty:          {"no plan asks for the duty %s of %s, or none that a record meets; those are: %s", "没有方案要求 %s（辖区 %s），或该任务不以记录认定完成；可记录的任务：%s"},
	ColumnFigure:        {"FIGURE", "项目"},
	ColumnLastMonth:     {"LAST MONTH", "上月"},
	ColumnThisMonth:     {"THIS MONTH", "本月"},
	ColumnChange:        {"CHANGE", "增减"},
	ColumnSubmitted:     {"SUBMITTED", "已上报"},
	ColumnNow:           {"NOW", "现有"},
	FigureOpening:       {"monitored, opening", "监测对象 期初"},
	FigureAdded:         {"monitored, added", "监测对象 新增"},
	FigureEliminated:    {"monitored, eliminated", "监测对象 风险消除"},
	FigureClosing:       {"monitored, closing", "监测对象 期末"},
	FigureTier:          {"tier", "等级"},
	FigureCategory:      {"category", "类别"},
	FigureCause:         {"cause", "原因"},
	FigureShortfall:     {"shortfall", "短板"},
	FigureMeasure:       {"measure", "措施"},
	FigureSignal:        {"lead", "线索"},
	FigureReview:        {"review", "程序"},
	FigureSurveys:       {"surveys", "监测"},
	FigureOverdue:       {"overdue deadlines", "逾期期限"},
	UnitHouseholds:      {"households", "户数"},
	UnitPersons:         {"persons", "人数"},
	UnitOpen:            {"open", "未补齐"},
	UnitOverdue:         {"overdue", "逾期"},
	UnitMeasures:        {"measures", "项数"},
	UnitCount:           {"count", "件数"},
	UnitDone:            {"done", "已监测"},
	UnitMissing:         {"missing", "未监测"},
	ReportDiffShort:     {"Compare what was submitted with what the facts say now", "比较已上报数据与现有事实"},
	ReportDiffLong:      {reportDiffLongEnglish, reportDiffLongChinese},
	NothingSubmitted:    {"report %s was not submitted yet", "月报 %s 尚未上报"},
	NoFiguresSubmitted:  {"report %s was submitted without figures, so that there is nothing to compare", "月报 %s 上报时没有数据，无从比较"},
	AsSubmitted:         {"Report %s is as it was submitted on %s by %s.", "月报 %s 与 %s 由 %s 上报时一致。"},
}
