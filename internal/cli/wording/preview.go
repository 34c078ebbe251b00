// SPDX-License-Identifier: Apache-2.0

package wording

// The sentences of what a change of policy would do.
const (
	firstOfPreview Key = 6000
)

const (
	PreviewShort = firstOfPreview + iota
	PreviewLong
	FlagPreviewFiles
	FlagOn
	FlagDeletePolicy
	FlagBudget
	FlagByLevel
	FlagListMoved
	FlagPreviewOutput

	BadBudget
	BadOn
	TooManyDays
	NothingToPreview
	NoPolicyToDelete
	DeletedAndGiven
	NoListInMarkdown
	UnknownPreviewFormat
	PaperGivenTwice

	PreviewUnseen
	PreviewAllUnseen
	PreviewOrphans
	PreviewOutOfReach
	PreviewAsItStands
	ProgressRead
	ProgressJudged

	PreviewTitle
	PreviewAdded
	PreviewRemoved
	PreviewChanged
	PartAdded
	PartRemoved
	PartChanged
	PartFromTo
	PreviewDay
	PreviewMoves
	PreviewMovesBy
	PreviewUnjudged
	PreviewNobodyMoves
	PreviewUnjudgedAs
	PreviewMoreRows
	PreviewCutShort
	BudgetKept
	BudgetExceeded

	PreviewSectionTiers
	PreviewSectionCategories
	SectionStages
	PreviewSectionCauses
	SectionStandards
	SectionDeadlines
	PreviewSectionMeasures
	SectionDuties
	SectionPlaces
	SectionMovedFamilies

	HeadingBefore
	HeadingAfter
	HeadingFamilies
	HeadingPersons
	HeadingWhatMoves
	HeadingOldRules
	HeadingNewRules
	HeadingBecause
	HeadingStandard
	HeadingOpened
	HeadingClosed
	HeadingOverdueAtOnce
	HeadingDeadline
	HeadingAppear
	HeadingVanish
	HeadingEarlier
	HeadingLater
	HeadingNoLongerOverdue
	HeadingMeasure
	HeadingDepartment
	HeadingAddedMeasures
	HeadingWithdrawn
	HeadingDuty
	HeadingPeriod
	HeadingChange
	HeadingOldDue
	HeadingNewDue
	HeadingPlace
	HeadingMoved
	HeadingShare
	HeadingTier
	HeadingCategory
	HeadingStage
	HeadingBecomesUnjudged
	HeadingDate

	WordNowhere
	WordNoDepartment
	WordOther
	DutyWordAppears
	DutyWordVanishes
	DutyWordMoves
	DutyWordOverdue
	DutyWordRelieved
	PartWordParameter
	PartWordStandard
	PartWordRule
	PartWordDeadline
	PartWordDuty
	PartWordField

	endOfPreview
)

var preview = texts{
	PreviewShort: {"Tell what a change of policy would do, before it is made", "预演方案变更的影响，不作任何改动"},
	PreviewLong: {`Judge every family by the policies as they are and as they would be, and add up
the differences. Nothing is written.

The first -f holds the new policies: each replaces the one of the same name, or is
added. The families come from further -f, with the policies as they are, or from
the cluster if no -f holds families. A path without families whose policies an
earlier path already replaces is taken for the old ones.

A family moves if its tier, category or stage differs, or if it is judged in one
case only. This is what --budget counts, on each day, against all families looked
at. Days are today (--as-of), and the days ahead on which a changed policy or a
parameter's new value begins, or those that --on names.`, `按现行方案和拟行方案分别研判每一户，汇总两者的差别。不写入任何内容。

第一个 -f 是新方案：替换同名方案，没有同名的则为新增。农户来自其余 -f（连同现行方案）；
若各 -f 均无农户，则读取集群。某一路径没有农户、且其方案已由更早的路径替换，则视为旧方案。

等级、类别或阶段不同，或只在一种情形下可以研判，即为该户变动。--budget 按日计算变动户数占
全部所看农户的比例。日期为当天（--as-of），以及变更的方案或参数新值开始生效的以后各日；
也可用 --on 指定。`},
	FlagPreviewFiles:  {"file or folder, - for standard input: the new policies first, then families and the policies as they are", "文件或文件夹，- 表示标准输入：先写新方案，再写农户和现行方案"},
	FlagOn:            {"another day to look at, in place of those on which the change begins; may be repeated", "另看的日期，代替变更开始生效的各日；可写多次"},
	FlagDeletePolicy:  {"name of a policy that would be deleted; may be repeated", "拟删除的方案名称；可写多次"},
	FlagBudget:        {"how many families may move, such as 100 or 5%; more is exit status 1", "允许变动的户数，如 100 或 5%；超出则退出状态为 1"},
	FlagByLevel:       {"level by which families are added up: village, township, county, prefecture or province", "按哪一级汇总：village、township、county、prefecture 或 province"},
	FlagListMoved:     {"list the families that move, by the names of their objects", "列出变动的农户（对象名称）"},
	FlagPreviewOutput: {"table, markdown, json or yaml", "table、markdown、json 或 yaml"},

	BadBudget:            {"--budget %s: write a number of families such as 100, or a share such as 5%% or 2.5%%, at most 100%%", "--budget %s：请写户数如 100，或比例如 5%%、2.5%%，最多 100%%"},
	BadOn:                {"--on: %v", "--on 有误：%v"},
	TooManyDays:          {"%d days are asked for, at most %d can be looked at in one call; name the days with --on", "要看的日期有 %d 个，一次最多 %d 个；请用 --on 指定"},
	NothingToPreview:     {"there is no change to preview: give the new policies in a file of their own (-f), without families, before the objects; or name one with --delete", "没有可预演的变更：请把新方案单独放在一个不含农户的文件中，用第一个 -f 给出；或用 --delete 指定方案"},
	NoPolicyToDelete:     {"--delete %s: there is no policy of that name", "--delete %s：没有该名称的方案"},
	DeletedAndGiven:      {"policy %s is given and to be deleted; leave out one of the two", "方案 %s 既给出又要删除；请去掉其一"},
	NoListInMarkdown:     {"a list of families does not belong in a pull request; leave out --list, or write another -o", "农户清单不应写入合并请求；请去掉 --list，或换用其他 -o"},
	UnknownPreviewFormat: {"-o %s: unknown format; write table, markdown, json or yaml", "-o %s：未知格式；请写 table、markdown、json 或 yaml"},
	PaperGivenTwice:      {"%s is given twice, and neither would be the right one; leave out one", "%s 给出两次，无从取舍；请去掉其一"},

	PreviewUnseen:     {"not seen: the families of %s, for want of a right to read them; ask for a RoleBinding there to a role that reads families, such as fangpin-auditor", "未看到 %s 的农户：没有读取权限；请申请绑定当地可读取农户的角色，如 fangpin-auditor"},
	PreviewAllUnseen:  {"none of the families that the change concerns may be read by you: %v; ask for a RoleBinding to a role that reads families, such as fangpin-auditor", "变更所涉农户均无权读取：%v；请申请绑定可读取农户的角色，如 fangpin-auditor"},
	PreviewOrphans:    {"%d papers are left out, since their households are not there", "有 %d 份材料未计入：其农户不在其中"},
	PreviewOutOfReach: {"not read: %d townships in which no plan differs", "未读取 %d 个乡镇：其方案没有差别"},
	PreviewAsItStands: {"The policies given are those that there are already: nothing changes.", "所给方案与现行方案相同：没有变化。"},
	ProgressRead:      {"%d objects read", "已读 %d 个对象"},
	ProgressJudged:    {"%d families judged", "已研判 %d 户"},

	PreviewTitle:       {"Preview of a policy change", "方案变更预演"},
	PreviewAdded:       {"Policy %s is added; it begins on %s.", "新增方案 %s，自 %s 起生效。"},
	PreviewRemoved:     {"Policy %s is removed.", "删除方案 %s。"},
	PreviewChanged:     {"Policy %s changes: %s.", "方案 %s 变更：%s。"},
	PartAdded:          {"%s %s added", "新增%s %s"},
	PartRemoved:        {"%s %s removed", "删除%s %s"},
	PartChanged:        {"%s %s changed", "%s %s 有改动"},
	PartFromTo:         {"%s %s %s → %s", "%s %s 由 %s 改为 %s"},
	PreviewDay:         {"On %s", "%s"},
	PreviewMoves:       {"%d of %d families move (%s), %d persons; %d stay as they are.", "%[2]d 户中有 %[1]d 户变动（%[3]s），涉及 %[4]d 人；%[5]d 户不变。"},
	PreviewMovesBy:     {"By tier %d, by category %d, by stage %d; a family may move in several.", "等级变动 %d 户，类别变动 %d 户，阶段变动 %d 户；一户可有多项。"},
	PreviewUnjudged:    {"%d families would no longer be judged, %d would be judged that are not; %d are not judged afterwards.", "%d 户将不再研判，%d 户由未研判变为研判；变更后共 %d 户未研判。"},
	PreviewNobodyMoves: {"None of %d families moves.", "%d 户均不变动。"},
	PreviewUnjudgedAs:  {"not judged: %s", "未研判：%s"},
	PreviewMoreRows:    {"… and %d more rows", "……另有 %d 行"},
	PreviewCutShort:    {"Cut short to fit a comment; -o json has everything.", "为适应评论长度已截短；完整内容见 -o json。"},
	BudgetKept:         {"Within the budget of %s: on %s, %d of %d families move.", "未超出限额 %s：%s，%[4]d 户中有 %[3]d 户变动。"},
	BudgetExceeded:     {"Over the budget of %s: on %s, %d of %d families move (%s).", "超出限额 %s：%s，%[4]d 户中有 %[3]d 户变动（%[5]s）。"},

	PreviewSectionTiers:      {"Families by tier before and after", "变更前后的等级"},
	PreviewSectionCategories: {"Families by category before and after", "变更前后的类别"},
	SectionStages:            {"Families by stage before and after", "变更前后的阶段"},
	PreviewSectionCauses:     {"Rules by which families move", "变动所依据的规则"},
	SectionStandards:         {"Shortfalls by standard", "各项短板"},
	SectionDeadlines:         {"Running deadlines", "在办期限"},
	PreviewSectionMeasures:   {"Proposed measures, an estimate", "建议措施（估计）"},
	SectionDuties:            {"Duties of jurisdictions", "各级工作任务"},
	SectionPlaces:            {"By jurisdiction", "分辖区"},
	SectionMovedFamilies:     {"Families that move", "变动的农户"},

	HeadingBefore:          {"BEFORE", "变更前"},
	HeadingAfter:           {"AFTER", "变更后"},
	HeadingFamilies:        {"FAMILIES", "户数"},
	HeadingPersons:         {"PERSONS", "人数"},
	HeadingWhatMoves:       {"MOVES", "变动项"},
	HeadingOldRules:        {"OLD RULES", "原规则"},
	HeadingNewRules:        {"NEW RULES", "新规则"},
	HeadingBecause:         {"BECAUSE", "原因"},
	HeadingStandard:        {"STANDARD", "标准"},
	HeadingOpened:          {"OPENED", "新出现"},
	HeadingClosed:          {"CLOSED", "消除"},
	HeadingOverdueAtOnce:   {"OVERDUE AT ONCE", "立即逾期"},
	HeadingDeadline:        {"DEADLINE", "期限"},
	HeadingAppear:          {"APPEAR", "新增"},
	HeadingVanish:          {"VANISH", "取消"},
	HeadingEarlier:         {"EARLIER", "提前"},
	HeadingLater:           {"LATER", "推后"},
	HeadingNoLongerOverdue: {"NO LONGER OVERDUE", "不再逾期"},
	HeadingMeasure:         {"MEASURE", "措施"},
	HeadingDepartment:      {"DEPARTMENT", "部门"},
	HeadingAddedMeasures:   {"ADDED", "增加"},
	HeadingWithdrawn:       {"WITHDRAWN", "减少"},
	HeadingDuty:            {"DUTY", "任务"},
	HeadingPeriod:          {"PERIOD", "期间"},
	HeadingChange:          {"CHANGE", "变化"},
	HeadingOldDue:          {"OLD DUE", "原期限"},
	HeadingNewDue:          {"NEW DUE", "新期限"},
	HeadingPlace:           {"JURISDICTION", "辖区"},
	HeadingMoved:           {"MOVED", "变动"},
	HeadingShare:           {"SHARE", "比例"},
	HeadingTier:            {"TIER", "等级"},
	HeadingCategory:        {"CATEGORY", "类别"},
	HeadingStage:           {"STAGE", "阶段"},
	HeadingBecomesUnjudged: {"NO LONGER JUDGED", "不再研判"},
	HeadingDate:            {"ON", "日期"},

	WordNowhere:       {"(in no jurisdiction)", "（不在任何辖区）"},
	WordNoDepartment:  {"(not assigned)", "（未定）"},
	WordOther:         {"(others)", "（其他）"},
	DutyWordAppears:   {"appears", "新增"},
	DutyWordVanishes:  {"vanishes", "取消"},
	DutyWordMoves:     {"moves", "改期"},
	DutyWordOverdue:   {"overdue at once", "立即逾期"},
	DutyWordRelieved:  {"no longer overdue", "不再逾期"},
	PartWordParameter: {"parameter", "参数"},
	PartWordStandard:  {"standard", "标准"},
	PartWordRule:      {"rule", "规则"},
	PartWordDeadline:  {"deadline", "期限"},
	PartWordDuty:      {"duty", "任务"},
	PartWordField:     {"field", "字段"},
}
