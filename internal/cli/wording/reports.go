// SPDX-License-Identifier: Apache-2.0

package wording

// The sentences of reports.
const (
	firstOfReports Key = 3000
)

const (
	ReportShort = firstOfReports + iota
	ReportLong
	FlagReportPeriod
	FlagReportTree
	FlagReportBy
	FlagReportOutput
	FlagReportFile
	FlagMinCell
	FlagSortBy
	ReportFormat
	ReportNoPeriod
	ReportNotBegun
	ReportMinCell
	ReportNoPlace
	ReportNoTree
	ReportWhichPlace
	ReportBadPlace
	ReportTreeOrBy
	ReportToTerminal
	ReportPlaceless
	ReportMismatch
	ReportWritten
	ReportUncompiled
	ReportTitleMonth
	ReportTitleQuarter
	ReportTitleYear
	ReportSubtitle
	ReportMonthName
	ReportQuarterName
	ReportYearName
	ReportContents
	ReportReading
	ReportSource
	FactPlace
	FactLevel
	FactPeriod
	FactAsOf
	FactPolicies
	FactUnits
	FactKnownAt
	FactCells
	FactCellsShown
	FactCellsHidden
	NoteRunning
	NoteUnjudged
	NoteUnjudgedMonths
	NoteStocks
	NoteNoRank
	NoteRanked
	NoteHidden
	NoteNames
	SectionFamilies
	SectionTiers
	SectionCategories
	SectionCauses
	SectionShortfalls
	SectionWay
	SectionMeasures
	SectionOverdue
	SectionReviews
	SectionSignals
	SectionSurveys
	SectionUnits
	SectionUnitTiers
	SectionUnitShortfalls
	SectionUnitOverdue
	SectionData
	ChartTiers
	ChartCategories
	ChartCauses
	ChartShortfalls
	ChartWay
	ChartOverdue
	ChartMovement
	ChartUnitTiers
	NoteCauses
	NoteWay
	NoteOverdue
	NoteMeasures
	NotePapers
	TableHouseholds
	TablePersons
	TableMonitoredHouseholds
	TableMonitoredPersons
	TableFamilies
	TableCount
	TableAtEnd
	HeadItem
	HeadTier
	HeadCategory
	HeadCause
	HeadStandard
	HeadStep
	HeadMeasure
	HeadParty
	HeadReview
	HeadSignal
	HeadPlace
	HeadTopic
	HeadGroup
	HeadName
	HeadQuantity
	HeadPeriod
	HeadOpen
	HeadLate
	HeadMeasures
	HeadReached
	HeadPlannedYuan
	HeadDeliveredYuan
	HeadOverdueDeadlines
	HeadSoFar
	RowTotal
	RowMonitored
	RowNotMonitored
	RowEliminated
	RowOutOfScope
	RowUnjudged
	RowOpening
	RowAdded
	RowRemoved
	RowClosing
	RowAllPersons
	StepInScope
	StepUnderReview
	StepMonitored
	StepNeedsHelp
	StepPlanned
	StepDelivered
	StepEliminated
	RowAllDeadlines
	RowDone
	RowMissing
	ByDepartmentWord
	ByLevelWord
	QuantityOpen
	QuantityLate
	QuantityPapers
	NothingCounted

	endOfReports
)

var reports = texts{
	ReportShort:              {"Report a month, a quarter or a year: table, JSON, HTML, xlsx", "月报、季报、年报：表格、JSON、HTML、xlsx"},
	ReportLong:               {reportLongEnglish, reportLongChinese},
	FlagReportPeriod:         {"month, quarter or year, as in 2020-04, 2020-Q2 or 2020 (default: the month of the day that is counted last)", "月、季或年，如 2020-04、2020-Q2、2020（默认为数据截止日所在的月）"},
	FlagReportTree:           {"list every jurisdiction below it too", "同时列出其下各级行政区"},
	FlagReportBy:             {"list the jurisdictions of this level below it: prefecture, county, township or village", "列出其下某一级行政区：prefecture、county、township 或 village"},
	FlagReportOutput:         {"table, json, html or xlsx", "table、json、html 或 xlsx"},
	FlagReportFile:           {"file to write to, instead of the standard output", "写入文件，而不是标准输出"},
	FlagMinCell:              {"hide counts from 1 to one less than this, and what they could be worked out from; at least 3 (default: hide none)", "不显示 1 至（此数减一）的数字，以及可据以推算的数字；至少为 3（默认全部显示）"},
	FlagSortBy:               {"rank the jurisdictions by: total, monitored, added, eliminated or overdue (default: the order of their codes, then names)", "排序依据：total、monitored、added、eliminated 或 overdue（默认按代码、名称的顺序，不排名）"},
	ReportFormat:             {"-o %s: unknown format of reports; write table, json, html or xlsx", "-o %s：未知的报告格式；请写 table、json、html 或 xlsx"},
	ReportNoPeriod:           {"--period %s: write a month such as 2020-04, a quarter such as 2020-Q2, or a year such as 2020", "--period %s：请写月（如 2020-04）、季（如 2020-Q2）或年（如 2020）"},
	ReportNotBegun:           {"--period %s begins on %s, after %s, the day that is counted last: choose an earlier period, or a later --as-of", "--period %s 始于 %s，晚于数据截止日 %s：请选择较早的期间，或较晚的 --as-of"},
	ReportMinCell:            {"--min-cell %d: write at least %d, or leave it out; a hidden count below 2 could only be 1", "--min-cell %d：至少为 %d，或不写；若小于 2 才隐藏，则只能是 1"},
	ReportNoPlace:            {"there is no jurisdiction named %s", "没有名为 %s 的行政区"},
	ReportNoTree:             {"there are no jurisdictions: give their files with -f, or apply them to the cluster", "没有行政区：请用 -f 给出其文件，或提交到集群"},
	ReportWhichPlace:         {"which jurisdiction? Several stand at the top: %s", "哪个行政区？最上级有多个：%s"},
	ReportBadPlace:           {"jurisdiction %s: %v", "行政区 %s：%v"},
	ReportTreeOrBy:           {"--tree and --by exclude each other: --by lists one level, --tree all", "--tree 与 --by 不能同时使用：--by 列一级，--tree 列各级"},
	ReportToTerminal:         {"a workbook is no text for a terminal: write it with --output-file report.xlsx", "工作簿不能显示在终端上：请用 --output-file report.xlsx 写入文件"},
	ReportPlaceless:          {"note: %d households belong to no jurisdiction and are in no figure", "提示：%d 户不属于任何行政区，未计入"},
	ReportMismatch:           {"the figures of %s do not add up in %s (%s): this is a fault of the program, and nothing is printed; please report it", "%s 的数字与下级之和在 %s 不符（%s）：这是程序的错误，未输出任何内容；请报告"},
	ReportWritten:            {"report written to %s", "报告已写入 %s"},
	ReportUncompiled:         {"note: policy %s does not compile; the families under it are counted as not judged", "提示：方案 %s 不能编译，其下农户计为未研判"},
	ReportTitleMonth:         {"Monitoring report of the month", "防止返贫监测月报"},
	ReportTitleQuarter:       {"Monitoring report of the quarter", "防止返贫监测季报"},
	ReportTitleYear:          {"Monitoring report of the year", "防止返贫监测年报"},
	ReportSubtitle:           {"%s, %s", "%s　%s"},
	ReportMonthName:          {"%[2]s %[1]d", "%[1]d年%[2]s月"},
	ReportQuarterName:        {"quarter %[2]d of %[1]d", "%[1]d年第%[2]d季度"},
	ReportYearName:           {"year %d", "%d年"},
	ReportContents:           {"Contents", "目录"},
	ReportReading:            {"How to read this report", "阅读说明"},
	ReportSource:             {"Computed by Fangpin from the families' facts and the policies in force; as of %s", "由防贫（Fangpin）根据农户事实和生效方案计算；数据截止 %s"},
	FactPlace:                {"Jurisdiction", "行政区"},
	FactLevel:                {"Level", "层级"},
	FactPeriod:               {"Period", "报告期"},
	FactAsOf:                 {"Figures as of", "数据截止日"},
	FactPolicies:             {"Policies in force", "适用方案"},
	FactUnits:                {"Jurisdictions listed", "所列行政区数"},
	FactKnownAt:              {"Only what was known on", "仅含此日已知的情况"},
	FactCells:                {"Small counts", "小数隐藏"},
	FactCellsShown:           {"all shown", "全部显示"},
	FactCellsHidden:          {"below %d hidden", "小于 %d 的不显示"},
	NoteRunning:              {"The period still runs: these are the figures so far, as of %s. Later months are missing.", "报告期尚未结束：此为截至 %s 的数字，其后各月暂缺。"},
	NoteUnjudged:             {"%s of %s households could not be judged on the last day, mostly because no policy was in force; they are counted as not judged and are in no other figure.", "最后一日有 %s 户（共 %s 户）未能研判，多因当日没有生效的方案；这些农户计入“未研判”，不计入其他数字。"},
	NoteUnjudgedMonths:       {"In some months households could not be judged, mostly because no policy was in force; they are counted as not judged and are in no other figure.", "部分月份有农户未能研判，多因当时没有生效的方案；这些农户计入“未研判”，不计入其他数字。"},
	NoteStocks:               {"Stocks are those of a month's last day, or of the day of the figures; a quarter or a year shows those of its last month. Added and eliminated add up over the months.", "存量为当月最后一日（或数据截止日）的数字，季报、年报取最后一个月；新增和消除为各月之和。"},
	NoteNoRank:               {"Jurisdictions stand in the order of their codes and names. They are not ranked.", "行政区按代码和名称排列，不作排名。"},
	NoteRanked:               {"Jurisdictions are ranked, at the request of whoever made this report, by: %s.", "应制表人要求，行政区按“%s”排序。"},
	NoteHidden:               {"%[2]s stands for a count from 1 to %[1]d, * for one that is hidden so that a small one cannot be worked out. In charts a hidden count has no length.", "%[2]s 表示 1 至 %[1]d 之间的数，* 表示为防止推算小数而不显示的数。图中隐藏的数没有长度。"},
	NoteNames:                {"No family is named in this report.", "本报告不含任何农户的个人信息。"},
	SectionFamilies:          {"Families and monitored objects", "农户与监测对象"},
	SectionTiers:             {"Tiers over the months", "各月风险等级"},
	SectionCategories:        {"Categories over the months", "各月监测对象类别"},
	SectionCauses:            {"Causes", "致贫返贫原因"},
	SectionShortfalls:        {"Open shortfalls", "未解决短板"},
	SectionWay:               {"A family's way", "帮扶进程"},
	SectionMeasures:          {"Measures", "帮扶措施"},
	SectionOverdue:           {"Overdue, by who has to act", "逾期事项（按责任方）"},
	SectionReviews:           {"Reviews", "程序办理"},
	SectionSignals:           {"Leads", "线索核查"},
	SectionSurveys:           {"Surveys", "监测走访"},
	SectionUnits:             {"By jurisdiction", "各行政区情况"},
	SectionUnitTiers:         {"Tiers by jurisdiction", "各行政区风险等级"},
	SectionUnitShortfalls:    {"Open shortfalls by jurisdiction", "各行政区未解决短板"},
	SectionUnitOverdue:       {"Overdue by jurisdiction", "各行政区逾期事项"},
	SectionData:              {"All figures", "全部数据"},
	ChartTiers:               {"Households by tier at the end of each month", "各月末各等级户数"},
	ChartCategories:          {"Households by category at the end of each month", "各月末各类别户数"},
	ChartCauses:              {"Households by cause at the end of the period", "期末各原因户数"},
	ChartShortfalls:          {"Open shortfalls at the end of the period", "期末未解决短板数"},
	ChartWay:                 {"Households that came so far, at the end of the period", "期末走到各步的户数"},
	ChartOverdue:             {"Overdue things at the end of the period", "期末逾期事项数"},
	ChartMovement:            {"Monitored households at the end of each month", "各月末监测对象户数"},
	ChartUnitTiers:           {"Households by tier at the end of the period", "期末各行政区各等级户数"},
	NoteCauses:               {"A family with several causes is counted at each of them.", "有多个原因的农户在每个原因下各计一次。"},
	NoteWay:                  {"The steps of the procedure count the families that stand at them or came beyond: identification, monitored objects, risk eliminated. The steps of help count all families in scope, whether monitored objects or not.", "程序各步（识别、纳入监测对象、风险消除）计入走到该步及以后的农户；帮扶各步（短板、措施、落实）计入监测范围内的全部农户，不论是否为监测对象。"},
	NoteOverdue:              {"A thing that several have to do together is counted with each of them. All deadlines are those that families' statuses show, each counted once.", "须由多方共同办理的事项在各方均计一次。“全部期限”为农户状态中的逾期期限，每个只计一次。"},
	NoteMeasures:             {"Measures in force on the last day, of families in scope; amounts as far as they are stated.", "最后一日有效、属监测范围农户的措施；金额仅含已填写的。"},
	NotePapers:               {"A review or lead counts in each month in which it had a part, and once in the period.", "程序、线索在其办理所涉各月均计，在报告期内只计一次。"},
	TableHouseholds:          {"Households", "户数"},
	TablePersons:             {"Persons", "人数"},
	TableMonitoredHouseholds: {"Monitored objects: households", "监测对象增减：户数"},
	TableMonitoredPersons:    {"Monitored objects: persons", "监测对象增减：人数"},
	TableFamilies:            {"Families on the last day: households", "最后一日农户情况：户数"},
	TableCount:               {"Number", "数量"},
	TableAtEnd:               {"At the end of the period", "期末"},
	HeadItem:                 {"Item", "项目"},
	HeadTier:                 {"Tier", "等级"},
	HeadCategory:             {"Category", "类别"},
	HeadCause:                {"Cause", "原因"},
	HeadStandard:             {"Standard", "短板"},
	HeadStep:                 {"Step", "步骤"},
	HeadMeasure:              {"Kind of measure", "措施类别"},
	HeadParty:                {"Who has to act", "责任方"},
	HeadReview:               {"Procedure and stage", "程序及进展"},
	HeadSignal:               {"Source and state", "来源及状态"},
	HeadPlace:                {"Jurisdiction by name", "行政区名称"},
	HeadTopic:                {"Topic", "主题"},
	HeadGroup:                {"Group", "分组"},
	HeadName:                 {"Item of the topic", "名目"},
	HeadQuantity:             {"What is counted", "计量"},
	HeadPeriod:               {"Period as a whole", "全期"},
	HeadOpen:                 {"Open", "未解决"},
	HeadLate:                 {"Of these overdue", "其中逾期"},
	HeadMeasures:             {"Measures in force", "有效措施数"},
	HeadReached:              {"Households reached", "覆盖户数"},
	HeadPlannedYuan:          {"Planned, yuan", "计划金额（元）"},
	HeadDeliveredYuan:        {"Delivered, yuan", "落实金额（元）"},
	HeadOverdueDeadlines:     {"Overdue deadlines", "逾期期限数"},
	HeadSoFar:                {"%s (so far)", "%s（未完）"},
	RowTotal:                 {"All families", "农户总数"},
	RowMonitored:             {"Monitored objects", "监测对象"},
	RowNotMonitored:          {"In scope, not monitored objects", "监测范围内、非监测对象"},
	RowEliminated:            {"Risk eliminated", "风险已消除户"},
	RowOutOfScope:            {"Out of scope", "不属监测范围户"},
	RowUnjudged:              {"Not judged", "未研判"},
	RowOpening:               {"Opening", "期初"},
	RowAdded:                 {"Added", "新增"},
	RowRemoved:               {"Eliminated", "消除"},
	RowClosing:               {"Closing", "期末数"},
	RowAllPersons:            {"All families: persons", "农户总人数"},
	StepInScope:              {"In the plan's scope", "纳入监测范围"},
	StepUnderReview:          {"Identification begun", "启动识别"},
	StepMonitored:            {"Became monitored objects", "纳入监测对象"},
	StepNeedsHelp:            {"With shortfalls or measures", "有短板或已有措施"},
	StepPlanned:              {"Measures planned", "已制定措施"},
	StepDelivered:            {"All measures delivered", "措施全部落实"},
	StepEliminated:           {"Risk was eliminated", "风险消除"},
	RowAllDeadlines:          {"All deadlines", "全部期限"},
	RowDone:                  {"Surveyed in the period", "已监测户数"},
	RowMissing:               {"Survey missing", "未监测户数"},
	ByDepartmentWord:         {"department", "部门责任"},
	ByLevelWord:              {"level", "层级责任"},
	QuantityOpen:             {"open shortfalls", "未解决短板数"},
	QuantityLate:             {"overdue", "逾期数"},
	QuantityPapers:           {"papers", "件数"},
	NothingCounted:           {"Nothing to count.", "没有可统计的内容。"},
}
