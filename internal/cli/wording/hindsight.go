// SPDX-License-Identifier: Apache-2.0

package wording

// The sentences of what was entered late, and of what was known when.
const (
	firstOfHindsight Key = 8000
)

const (
	OneDay = firstOfHindsight + iota
	SomeDays
	EnteredLate
	ConcludedLate

	FactMark
	FactSurvey
	FactLead
	FactVerification
	FactReview
	FactRecord
	FactMeasure
	FactDelivery
	FactCancellation
	FactPlan
	FactSubmission
	FactDutyRecord
	KindMarks
	KindSurveys
	KindLeads
	KindVerifications
	KindReviews
	KindRecords
	KindMeasures
	KindDeliveries
	KindCancellations
	KindPlans
	KindSubmissions
	KindDutyRecords
	FactOfDay
	FactEnteredLate
	FactEnteredThen
	EventPolicyEntered
	EventSubmitted
	EventDutyRecorded

	RevisedTitle
	RevisedColumnFromDay
	RevisedColumnUntilDay
	RevisedColumnKnownThen
	RevisedColumnKnownNow
	RevisedColumnBecause
	AboutPlan
	AboutStage
	AboutCategory
	AboutTier
	AboutShortfall
	AboutDeadline
	AboutLead
	AboutReview
	AboutElimination
	AnswerNext
	AnswerDue
	RevisedMessage

	KnownAtTitle
	LeftOutSome
	LeftOutNone
	LeftOutFact
	LeftOutKind
	LeftOutBetween
	FromTo
	CompareToday
	CompareLate
	EvaluatedKnowing
	CompareEvaluation

	PastTitle
	PastLate
	PastNothing
	PastChange
	PastMore

	TimelineLateLong
	FlagLate
	FlagLateDays
	LateFlagsAlone
	LateWithFamily
	BadDays
	LateNone
	LateColumnDaysLate
	LateColumnNamespace
	LateColumnKind
	LateColumnObject
	LateColumnFact
	LateColumnDate
	LateColumnEntered
	LateColumnBy
	LateByPlace
	LateByUser
	LateColumnPlace
	LateColumnFacts
	LateColumnLate
	LateColumnShare
	LateColumnMostLate
	LateColumnUser
	NobodyNamed
	LateTotals
	LateAhead

	endOfHindsight
)

var hindsight = texts{
	OneDay:        {"1 day", "1 天"},
	SomeDays:      {"%d days", "%d 天"},
	EnteredLate:   {"[entered %s, %s late]", "［%s 补录，晚 %s］"},
	ConcludedLate: {"[not known before %s, %s later]", "［%s 起方能得知，晚 %s］"},

	FactMark:         {"mark in %s", "标注（%s）"},
	FactSurvey:       {"survey", "监测"},
	FactLead:         {"lead %s", "线索 %s"},
	FactVerification: {"verification of %s", "核查 %s"},
	FactReview:       {"opening of %s", "启动 %s"},
	FactRecord:       {"record %s", "程序记录 %s"},
	FactMeasure:      {"measure %s", "措施 %s"},
	FactDelivery:     {"delivery of %s", "落实 %s"},
	FactCancellation: {"cancellation of %s", "取消 %s"},
	FactPlan:         {"plan %s", "方案 %s"},
	FactSubmission:   {"submission of %s", "上报 %s"},
	FactDutyRecord:   {"duty record %s", "履职记录 %s"},

	KindMarks:         {"marks", "标注"},
	KindSurveys:       {"surveys", "监测记录"},
	KindLeads:         {"leads", "线索"},
	KindVerifications: {"verifications", "核查"},
	KindReviews:       {"openings of reviews", "程序启动"},
	KindRecords:       {"records of reviews", "程序记录"},
	KindMeasures:      {"measures", "措施"},
	KindDeliveries:    {"deliveries", "措施落实"},
	KindCancellations: {"cancellations", "措施取消"},
	KindPlans:         {"plans", "方案"},
	KindSubmissions:   {"submissions", "上报"},
	KindDutyRecords:   {"duty records", "履职记录"},

	FactOfDay:          {"%s of %s", "%[2]s 的%[1]s"},
	FactEnteredLate:    {"%s, entered %s", "%s，%s 补录"},
	FactEnteredThen:    {"%s (%s late)", "%s（晚 %s）"},
	EventPolicyEntered: {"plan %s holds from this day", "方案 %s 自本日起施行"},
	EventSubmitted:     {"report submitted: %s", "上报报表：%s"},
	EventDutyRecorded:  {"duty recorded: %s", "记录履职：%s"},

	RevisedTitle:           {"Past conclusions that were others by what was known on their days", "既往结论：当时所知与现在所知不同之处"},
	RevisedColumnFromDay:   {"FROM", "自"},
	RevisedColumnUntilDay:  {"UNTIL", "至"},
	RevisedColumnKnownThen: {"AS KNOWN THEN", "当时所知"},
	RevisedColumnKnownNow:  {"AS KNOWN NOW", "现在所知"},
	RevisedColumnBecause:   {"SINCE", "因为"},
	AboutPlan:              {"plan in force", "适用方案"},
	AboutStage:             {"stage", "阶段"},
	AboutCategory:          {"category", "所属类别"},
	AboutTier:              {"tier", "所处等级"},
	AboutShortfall:         {"shortfall %s", "短板“%s”"},
	AboutDeadline:          {"deadline %s", "期限“%s”"},
	AboutLead:              {"lead %s", "线索“%s”"},
	AboutReview:            {"review %s", "程序“%s”"},
	AboutElimination:       {"elimination", "风险消除"},
	AnswerNext:             {"%s, next %s", "%s，下一步 %s"},
	AnswerDue:              {"%s (due %s)", "%s（期限 %s）"},
	RevisedMessage:         {"%s to %s, %s: as known then %s; as known now %s, since %s", "%s 至 %s，%s：当时所知为%s；现在所知为%s，因为%s"},

	KnownAtTitle:      {"Household %s on %s, by what was known on %s", "农户 %s，%s（按 %s 所知）"},
	LeftOutSome:       {"left out, not known until later: %s", "未计入（其后才得知）：%s"},
	LeftOutNone:       {"left out: nothing; all that is dated by then was known", "未计入：无；截至该日的事实当时均已得知"},
	LeftOutFact:       {"- %s", "· %s"},
	LeftOutKind:       {"%s: %d", "%s %d 项"},
	LeftOutBetween:    {"%s (dated %s, entered %s)", "%s（日期 %s，录入 %s）"},
	FromTo:            {"%s to %s", "%s 至 %s"},
	CompareToday:      {"compare with what is known today:", "与现在所知比较："},
	CompareLate:       {"see what late entries changed:", "查看补录改变了什么："},
	EvaluatedKnowing:  {"judged as of %s, by what was known on %s", "研判日期 %s，按 %s 所知"},
	CompareEvaluation: {"compare with what is known today: the same command without --known-at; what was entered late: kubectl fangpin timeline --late", "与现在所知比较：同一命令去掉 --known-at；补录清单：kubectl fangpin timeline --late"},

	PastTitle:   {"What changes of past days, from %s", "对既往日期的影响，自 %s 起"},
	PastLate:    {"dated %s back, it will be marked as entered late", "日期在 %s前，将标注为补录"},
	PastNothing: {"nothing that was concluded of them", "既往结论不变"},
	PastChange:  {"%s, %s: %s -> %s", "%s，%s：%s → %s"},
	PastMore:    {"and %d more", "另有 %d 项"},

	TimelineLateLong:    {timelineLateEnglish, timelineLateChinese},
	FlagLate:            {"list what was entered late, of all families: for auditors", "列出所有农户的补录（供审计）"},
	FlagLateDays:        {"with --late: what was entered at least so many days after its date", "与 --late 同用：只列晚于其日期至少这么多天录入的"},
	LateFlagsAlone:      {"--%s goes with --late alone", "--%s 只能与 --late 同用"},
	LateWithFamily:      {"--late lists all families; leave %s out, or --late: a family's own timeline marks what was entered late", "--late 列出所有农户；请去掉 %s，或去掉 --late：单户的经过已标明补录"},
	BadDays:             {"--days %d: write a number from 1 on", "--days %d：请写 1 以上的数"},
	LateNone:            {"nothing was entered %s or more after its date", "没有晚 %s 以上录入的事项"},
	LateColumnDaysLate:  {"LATE", "晚（天）"},
	LateColumnNamespace: {"NAMESPACE", "命名空间"},
	LateColumnKind:      {"KIND", "种类"},
	LateColumnObject:    {"OBJECT", "所在对象"},
	LateColumnFact:      {"FACT", "事项"},
	LateColumnDate:      {"DATE", "日期"},
	LateColumnEntered:   {"ENTERED", "录入日期"},
	LateColumnBy:        {"BY", "签署人"},
	LateByPlace:         {"By jurisdiction", "按辖区"},
	LateByUser:          {"By who signed", "按签署人"},
	LateColumnPlace:     {"JURISDICTION", "所在辖区"},
	LateColumnFacts:     {"ENTERED IN ALL", "录入总数"},
	LateColumnLate:      {"LATE ENTRIES", "其中补录"},
	LateColumnShare:     {"SHARE", "占比"},
	LateColumnMostLate:  {"MOST DAYS LATE", "最晚（天）"},
	LateColumnUser:      {"USER", "用户"},
	NobodyNamed:         {"(the fact names nobody)", "（该事项不记签署人）"},
	LateTotals:          {"%d of %d facts and plans were entered %s or more after their date", "%[2]d 项事实和方案中有 %[1]d 项晚 %[3]s 以上录入"},
	LateAhead:           {"%d say that they were entered before their own date, which cannot be; each counts from its date", "有 %d 项的录入日期早于其自身日期，与事实不符；均自其日期起算"},
}

const (
	timelineLateEnglish = `What was entered after its date is marked with both days; below stand the past
conclusions that were others by what was known on their days.

--late lists for auditors, over all families of the files, the namespace or the
cluster (-A), every survey, lead, verification, record, delivery, mark, report,
duty record and plan that was entered long after its date, the latest first, and
adds up by jurisdiction and by who signed. No names of families or amounts.

Examples:
  kubectl fangpin timeline hh/hh-000127 --as-of 2020-06-30
  kubectl fangpin timeline --late --days 60 -A -o json`
	timelineLateChinese = `晚于其日期录入的事项标明两个日期；其下列出当时所知与现在所知不同的既往结论。

--late 供审计使用：在文件、命名空间或整个集群（-A）的所有农户中，列出晚于其日期很久才
录入的监测、线索、核查、程序记录、落实、标注、报表、履职记录和方案，最晚的在前，并按
辖区和签署人汇总。不含农户姓名和金额。

示例：
  kubectl fangpin timeline hh/hh-000127 --as-of 2020-06-30
  kubectl fangpin timeline --late --days 60 -A -o json`
)
