// SPDX-License-Identifier: Apache-2.0

package wording

import "maps"

// Key names a sentence.
type Key uint16

// The sentences. Their arguments are those of fmt, in the order in which the
// English text has them; a Chinese text may take them in another order by
// explicit index.
const (
	Unsaid Key = iota
	UnknownLanguage

	CannotRead
	NoSuchFile
	EmptyFolder
	NotUTF8
	NotJSON
	DocumentTooLarge
	NotYAML
	NotAnObject

	UnknownField
	UnknownFieldNear
	UnknownBoolField
	MustBeMap
	MustBeList
	MustBeText
	MustBeBool
	MustBeInteger
	IntegerTooLarge
	QuoteBool
	QuoteNumber

	InDocument
	NoKind
	UnknownVersion
	UnknownKind
	UnknownKindHere
	UnknownKindNear
	MoreFaults

	NoTestInFile
	NoTestAtAll
	TestWithoutName
	ObjectNeither
	NoObjectOfOurs
	CaseWithoutName
	NoSubject
	ExpectNeither
	ExpectNothing
	ExpectWhom
	NoOnlyTownship
	IdentifiedNoDate
	ExpectUnjudged
	ExpectMissing
	ObjectTwice

	UnknownFormat

	ErrorPrefix
	SeeHelp
	UnknownCommand
	NoArguments
	CannotWrite
	GivenTwice
	FilesOrCluster
	SkippedForeign
	SkippedNoKind
	NotSummed

	NoCluster
	NotInstalled
	ReadingCluster
	ForbiddenToViewers
	NoSuchHousehold

	CasePassed
	CaseFailed
	TestSummary
	TestWithoutCases
	TestWithoutPath
	SameAsAbove
	CasesWrong
	NoCaseMatches
	NotATest
	BadPattern

	PolicyValid
	PolicyInvalid
	NoPolicyFound
	ValidateWithoutPath

	Version

	Nothing
	DeadlineOf
	ListSeparator
	NotStated
	WhichHousehold
	OnlyHouseholds
	SeveralHouseholds
	HouseholdTwice
	BadUntil

	TimelineToday
	TimelineNothing
	ByDay
	EventMarked
	EventSurvey
	EventSurveyIncome
	EventUnchanged
	EventSignal
	EventVerified
	EventReview
	EventStep
	EventPlanned
	EventDelivered
	EventCancelled
	EventPolicy
	EventNotJudged
	EventStage
	EventCategory
	EventTier
	EventOpened
	EventRouted
	EventShortfall
	EventClosed
	EventSet
	EventMoved
	EventDue
	EventDeadline
	EventEscalated
	EventDropped
	EventEligible
	EventNotEligible

	ExplainTitle
	ExplainNotJudged
	ExplainPolicy
	ExplainStage
	ExplainCategory
	ExplainTier
	ExplainTierSince
	ExplainReason
	ExplainIdentified
	ExplainSurveyed
	ExplainNeverSurveyed
	ExplainCondition
	ExplainStandards
	ExplainCategories
	ExplainTiers
	ExplainDepartments
	ExplainMeasures
	ExplainFacts
	FactMissing
	FactSeparator
	ExplainMissing
	ExplainFault
	ExplainMessage
	ExplainSource
	OutcomeTrue
	OutcomeFalse
	OutcomeIndeterminate
	ChosenStandard
	ChosenMatch
	ChosenTaken
	ExplainShortfalls
	ExplainProposed
	ExplainDeadlines
	ExplainElimination
	ExplainEarliest
	ExplainBlocker
	ExplainNext
	ExplainNextDay
	ExplainNever
	ExplainChanges
	ExplainCategoryChanges
	ExplainNoChange
	ExplainNone
	ColumnStandard
	ColumnSince
	ColumnState
	ColumnDue
	ColumnDepartments
	ColumnMeasures
	ColumnProposed
	ColumnDeadline
	ColumnStart
	ColumnEscalated
	ChangeWord
	ChangeAtLeast
	ChangeBelow
	ChangeBetween
	ChangeTier
	ChangeNoTier
	ChangeOutOfScope

	RootShort
	RootLong
	UsageTemplate
	HelpShort
	CompletionShort
	CompletionLong
	CompletionShell
	CompletionKubectlShort
	EvaluateShort
	EvaluateLong
	TestShort
	TestLong
	ValidateShort
	ValidateLong
	ExplainShort
	ExplainLong
	TimelineShort
	TimelineLong
	VersionShort

	FlagLang
	FlagHelp
	FlagFilename
	FlagOutput
	FlagAllNamespaces
	FlagAsOf
	FlagKnownAt
	FlagUntil
	FlagJUnit
	FlagRun
	FlagKubeconfig
	FlagContext
	FlagNamespace
	FlagAs

	keyCount
)

// texts hold sentences in English and in Chinese.
type texts map[Key][languages]string

// block is a run of keys and what they say. Each file of sentences has a block of
// its own, whose keys begin at a number of its own, so that files do not meet.
type block struct {
	first, end Key
	parts      []texts
}

// blocks lists the files of sentences.
func blocks() []block {
	return []block{
		{Unsaid, keyCount, []texts{reading}},
		{firstOfWriting, endOfWriting, []texts{writing, writingFlags}},
		{firstOfDuties, endOfDuties, []texts{duties}},
		{firstOfReports, endOfReports, []texts{reports}},
		{firstOfSubmitting, endOfSubmitting, []texts{submitting}},
		{firstOfLedgers, endOfLedgers, []texts{ledgers}},
		{firstOfPreview, endOfPreview, []texts{preview}},
		{firstOfValidation, endOfValidation, []texts{validation}},
		{firstOfHindsight, endOfHindsight, []texts{hindsight}},
	}
}

// sentences holds each text in English and in Chinese.
var sentences = gather()

func gather() texts {
	all := texts{}
	for _, block := range blocks() {
		for _, part := range block.parts {
			maps.Copy(all, part)
		}
	}
	return all
}

// reading are the sentences of what looks at things.
var reading = texts{
	Unsaid:          {"(no text)", "（无文字）"},
	UnknownLanguage: {"--lang %s: unknown language; write zh or en", "--lang %s：未知语言；请写 zh 或 en"},

	CannotRead:       {"reading %s: %v", "读取 %s：%v"},
	NoSuchFile:       {"%s: there is no such file or folder", "%s：没有这个文件或文件夹"},
	EmptyFolder:      {"%s: no .yaml, .yml or .json file in this folder", "%s：文件夹中没有 .yaml、.yml 或 .json 文件"},
	NotUTF8:          {"%s: the text is not UTF-8; save the file as UTF-8", "%s：文字不是 UTF-8 编码；请将文件另存为 UTF-8"},
	NotJSON:          {"%s: not valid JSON: %v", "%s：不是有效的 JSON：%v"},
	DocumentTooLarge: {"%s: a document of more than %d MiB; write the objects of a list as documents of their own, separated by lines of ---", "%s：单个文档超过 %d MiB；请把列表中的对象写成单独的文档，以 --- 行分隔"},
	NotYAML:          {"%s: not valid YAML: %s", "%s：不是有效的 YAML：%s"},
	NotAnObject:      {"%s: %s is no object; write apiVersion, kind, metadata and spec", "%s：%s 不是对象；请写 apiVersion、kind、metadata 和 spec"},

	UnknownField:     {"%s: unknown field; the fields here are %s", "%s：未知字段；此处的字段有 %s"},
	UnknownFieldNear: {"%s: unknown field; did you mean %s?", "%s：未知字段；是否应为 %s？"},
	UnknownBoolField: {"%s: unknown field; YAML reads an unquoted on, yes or y as true, and off, no or n as false; the fields here are %s", "%s：未知字段；YAML 把不加引号的 on、yes、y 读作 true，把 off、no、n 读作 false；此处的字段有 %s"},
	MustBeMap:        {"%s: %s is no mapping of fields; write them indented below it", "%s：%s 不是字段的映射；请把字段缩进写在其下"},
	MustBeList:       {"%s: %s is no list; write its entries as [a, b] or a line each after a hyphen", "%s：%s 不是列表；请写作 [a, b]，或每项一行并以连字符开头"},
	MustBeText:       {"%s: %s is no text", "%s：%s 不是文字"},
	MustBeBool:       {"%s: %s is neither true nor false", "%s：%s 既不是 true 也不是 false"},
	MustBeInteger:    {"%s: %s is no whole number; write it in figures, without quotes", "%s：%s 不是整数；请用数字书写，不加引号"},
	IntegerTooLarge:  {"%s: %d is too large", "%s：%d 过大"},
	QuoteBool:        {"%s: YAML reads this as %t; put what you mean in quotes", "%s：YAML 把它读作 %t；请把内容放在引号中"},
	QuoteNumber:      {"%s: %s is a number, and a text is needed; put it in quotes: \"%s\"", "%s：%s 是数值，此处应为文字；请加引号：\"%s\""},

	InDocument:      {"%s: %v", "%s：%v"},
	NoKind:          {"%s: no apiVersion and kind; a manifest begins with them", "%s：没有 apiVersion 和 kind；清单须以它们开头"},
	UnknownVersion:  {"%s: apiVersion %s is not known; write %s", "%s：未知的 apiVersion %s；请写 %s"},
	UnknownKind:     {"there is no kind %s; the kinds are %s", "没有 %s 这一类型；类型有 %s"},
	UnknownKindHere: {"%s: fangpin.io has no kind %s; the kinds are %s", "%s：fangpin.io 没有 %s 这一类型；类型有 %s"},
	UnknownKindNear: {"%s: fangpin.io has no kind %s; did you mean %s?", "%s：fangpin.io 没有 %s 这一类型；是否应为 %s？"},
	MoreFaults:      {"%d documents have faults; reading stopped there", "已有 %d 个文档有错；不再继续读取"},

	NoTestInFile:     {"%s: no PolicyTest in this file", "%s：文件中没有 PolicyTest"},
	NoTestAtAll:      {"no PolicyTest was found; name a file that holds one, or its folder", "没有找到 PolicyTest；请指定含有它的文件或文件夹"},
	TestWithoutName:  {"metadata.name: the test has no name", "metadata.name：测试没有名称"},
	ObjectNeither:    {"%s: write the path of a file, or a manifest", "%s：请写文件路径，或清单本身"},
	NoObjectOfOurs:   {"%s: %s %s is no kind of fangpin.io", "%s：%s %s 不是 fangpin.io 的类型"},
	CaseWithoutName:  {"name: the case has no name", "name：用例没有名称"},
	NoSubject:        {"expect: a status alone is that of the case's household, and the case has none; add household, or write a list of {kind, name, status}", "expect：只写 status 表示用例中农户的状态，而该用例没有 household；请补上，或写成 {kind, name, status} 的列表"},
	ExpectNeither:    {"expect: write the status of the case's household, or a list of {kind, name, status}", "expect：请写用例中农户的 status，或 {kind, name, status} 的列表"},
	ExpectNothing:    {"expect: the case expects nothing, so it cannot fail; write at least one field of a status", "expect：用例没有任何期望，不可能失败；请至少写一个 status 字段"},
	ExpectWhom:       {"%s: write kind and name of the object that is meant", "%s：请写明所指对象的 kind 和 name"},
	NoOnlyTownship:   {"household: it lives in the namespace of the only Township among the objects, and there is not exactly one with a namespace; list the jurisdictions under objects", "household：农户位于 objects 中唯一乡镇（Township）的命名空间，而此处并非恰有一个；请在 objects 中列出行政区"},
	IdentifiedNoDate: {"household.identified: %v is no date; write it as \"2021-05-10\"", "household.identified：%v 不是日期；请写作 \"2021-05-10\""},
	ExpectUnjudged:   {"expect: this version of the command concludes nothing about kind %s; leave the expectation out", "expect：本版命令不对 %s 作出结论；请去掉这项期望"},
	ExpectMissing:    {"expect: there is no %s among the objects", "expect：对象中没有 %s"},

	UnknownFormat: {"-o %s: unknown format; write yaml, json, table or wide", "-o %s：未知格式；请写 yaml、json、table 或 wide"},

	ErrorPrefix:    {"error: ", "错误："},
	SeeHelp:        {"See '%s --help'.", "请看 '%s --help'。"},
	UnknownCommand: {"there is no command %s", "没有 %s 这一命令"},
	NoArguments:    {"%s: this command takes no arguments", "%s：此命令不带参数"},
	CannotWrite:    {"writing %s: %v", "写入 %s：%v"},
	GivenTwice:     {"%s: an object of this kind and name stands at %s already; leave one of them out", "%s：同类同名的对象已见于 %s；请去掉其中一个"},
	FilesOrCluster: {"%s is for a live cluster, and files were given; leave one of them out", "%s 用于集群，而此处给出了文件；请去掉其中之一"},
	SkippedForeign: {"note: %d documents of %s %s passed over, the first at %s: not a kind of fangpin.io", "提示：跳过 %d 个 %s %s 文档，第一个在 %s：不是 fangpin.io 的类型"},
	SkippedNoKind:  {"note: %d documents without apiVersion and kind passed over, the first at %s", "提示：跳过 %d 个没有 apiVersion 和 kind 的文档，第一个在 %s"},

	NotSummed: {"note: jurisdictions and policies are summed over all families; ask for them with --all-namespaces", "提示：行政区和方案须由全部农户汇总；请用 --all-namespaces"},

	NoCluster:      {"reaching the cluster: %v; name files with -f to work without one", "连接集群：%v；可用 -f 指定文件，不连集群"},
	NotInstalled:   {"the cluster does not know the kinds of fangpin.io; apply config/crd first, or name files with -f", "集群中没有 fangpin.io 的类型；请先应用 config/crd，或用 -f 指定文件"},
	ReadingCluster: {"reading %s from the cluster: %v", "从集群读取 %s：%v"},
	ForbiddenToViewers: {
		"reading %s from the cluster: %v\nplans and jurisdictions are read cluster-wide by all who work with Fangpin: ask for a ClusterRoleBinding to the role fangpin-viewer",
		"从集群读取 %s：%v\n方案和辖区由所有使用者在全集群范围读取：请申请 fangpin-viewer 角色的 ClusterRoleBinding",
	},
	NoSuchHousehold: {"there is no household %s", "没有农户 %s"},

	CasePassed:       {"ok", "通过"},
	CaseFailed:       {"FAIL", "失败"},
	TestSummary:      {"%d passed, %d failed", "%d 个通过，%d 个失败"},
	TestWithoutCases: {"the test has no cases, so it cannot fail; write at least one", "测试没有用例，不可能失败；请至少写一个"},
	TestWithoutPath:  {"name the files or folders of the policy tests, or - for the standard input", "请指定方案测试的文件或文件夹，或用 - 表示标准输入"},
	SameAsAbove:      {"(as above)", "（同上）"},
	CasesWrong:       {"%d cases could not be run", "%d 个用例无法执行"},
	NoCaseMatches:    {"no case was run: none has a name that matches --run %q", "没有执行任何用例：没有名称符合 --run %q 的用例"},
	NotATest:         {"note: %s is no PolicyTest and takes no part; name it under objects", "提示：%s 不是 PolicyTest，不参与测试；请在 objects 中列出"},
	BadPattern:       {"--run: %v", "--run 有误：%v"},

	PolicyValid:         {"valid    %s, %s", "有效  %s，%s"},
	PolicyInvalid:       {"invalid  %s, %s", "无效  %s，%s"},
	NoPolicyFound:       {"no MonitoringPolicy was found", "没有找到 MonitoringPolicy"},
	ValidateWithoutPath: {"name the files or folders of the policies, or - for the standard input", "请指定方案的文件或文件夹，或用 - 表示标准输入"},

	Version: {"kubectl-fangpin %s, commit %s, API %s, %s, %s", "kubectl-fangpin %s，提交 %s，API %s，%s，%s"},

	RootShort:              {"Monitor families that could fall back into poverty", "防止返贫动态监测和帮扶"},
	RootLong:               {rootLongEnglish, rootLongChinese},
	UsageTemplate:          {usageEnglish, usageChinese},
	HelpShort:              {"Help about any command", "查看命令的帮助"},
	CompletionShort:        {"Print a script that completes commands on Tab", "输出按 Tab 键补全命令的脚本"},
	CompletionLong:         {completionLongEnglish, completionLongChinese},
	CompletionShell:        {"For %s", "用于 %s"},
	CompletionKubectlShort: {"For kubectl: save as kubectl_complete-fangpin on PATH", "用于 kubectl：存为 PATH 中的 kubectl_complete-fangpin"},
	EvaluateShort:          {"Judge families and print every object with its status", "研判农户，输出每个对象及其状态"},
	EvaluateLong:           {evaluateLongEnglish, evaluateLongChinese},
	TestShort:              {"Run policy tests", "执行方案测试"},
	TestLong:               {testLongEnglish, testLongChinese},
	ValidateShort:          {"Check policies offline", "离线检查方案"},
	ValidateLong:           {validateLongEnglish, validateLongChinese},
	VersionShort:           {"Print the version", "输出版本"},

	FlagLang:          {"language of the output, zh or en (default: by the locale)", "输出语言，zh 或 en（默认按系统区域）"},
	FlagHelp:          {"show this help", "显示帮助"},
	FlagFilename:      {"files, folders (at any depth), or - for the standard input; none: the live cluster", "文件、文件夹（含各级子文件夹），或 - 表示标准输入；不写则读集群"},
	FlagOutput:        {"yaml, json, table or wide", "yaml、json、table 或 wide"},
	FlagAllNamespaces: {"all namespaces of the cluster", "集群的所有命名空间"},
	FlagAsOf:          {"judge this day, as in 2020-06-30 (default: today in the plan's time zone)", "研判这一天，如 2020-06-30（默认为方案时区的今天）"},
	FlagKnownAt:       {"leave out what was entered after this day", "不计这一天之后录入的事实"},
	FlagJUnit:         {"also write a JUnit report to this file", "另将 JUnit 报告写入此文件"},
	FlagRun:           {"run only the cases whose name matches this regular expression", "只执行名称符合此正则表达式的用例"},
	FlagKubeconfig:    {"file of the connection to the cluster", "集群连接配置文件"},
	FlagContext:       {"context of the kubeconfig file", "kubeconfig 中的上下文"},
	FlagNamespace:     {"namespace in the cluster, and of objects in files that state none", "集群中的命名空间，也用于文件中未写命名空间的对象"},
	FlagAs:            {"user on whose behalf the cluster is asked", "以此用户的身份访问集群"},

	ExplainShort:  {"Say why a family is judged as it is", "说明一户为何如此研判"},
	ExplainLong:   {explainLongEnglish, explainLongChinese},
	TimelineShort: {"Tell a family's history and what comes", "列出一户的经过和将至的日期"},
	TimelineLong:  {timelineLongEnglish, timelineLongChinese},
	FlagUntil:     {"tell what comes up to this day (default: a year)", "列到这一天为止（默认一年）"},

	Nothing:           {"none", "无"},
	DeadlineOf:        {"%s %s", "%s（%s）"},
	ListSeparator:     {", ", "、"},
	NotStated:         {"not stated", "未填"},
	WhichHousehold:    {"name one household, as in hh/hh-000127", "请指定一户，如 hh/hh-000127"},
	OnlyHouseholds:    {"%s is no household; write hh/NAME", "%s 不是农户；请写 hh/NAME"},
	SeveralHouseholds: {"household %s is in the namespaces %s; say which with -n", "农户 %s 见于命名空间 %s；请用 -n 指定"},
	HouseholdTwice:    {"household %s is given twice; leave one of them out", "农户 %s 给出了两次；请去掉其中一个"},
	BadUntil:          {"--until: %v", "--until 有误：%v"},

	TimelineToday:     {"---- the day judged; below: what comes if nothing new is stated ----", "---- 研判之日；以下为没有新情况时将发生的事 ----"},
	TimelineNothing:   {"nothing comes", "没有将至的日期"},
	ByDay:             {", due %s", "，期限 %s"},
	EventMarked:       {"marked %s in %s", "标注为%s（%s）"},
	EventSurvey:       {"surveyed (%s)", "监测（%s）"},
	EventSurveyIncome: {"surveyed (%s), income %s", "监测（%s），人均收入 %s"},
	EventUnchanged:    {"surveyed (%s), unchanged", "监测（%s），情况无变化"},
	EventSignal:       {"lead %s from %s, %s", "线索 %s，来源：%s，%s"},
	EventVerified:     {"lead %s verified: %s", "线索 %s 核查：%s"},
	EventReview:       {"review %s opened: %s", "程序 %s 启动：%s"},
	EventStep:         {"step %s signed: %s", "签署环节 %s：%s"},
	EventPlanned:      {"measure %s planned: %s", "安排措施 %s：%s"},
	EventDelivered:    {"measure %s delivered: %s", "落实措施 %s：%s"},
	EventCancelled:    {"measure %s cancelled: %s", "取消措施 %s：%s"},
	EventPolicy:       {"policy in force: %s -> %s", "适用方案：%s → %s"},
	EventNotJudged:    {"not judged: %s", "不研判：%s"},
	EventStage:        {"stage: %s -> %s", "阶段：%s → %s"},
	EventCategory:     {"category: %s -> %s", "类别：%s → %s"},
	EventTier:         {"tier: %s -> %s", "等级：%s → %s"},
	EventOpened:       {"shortfall opened: %s", "出现短板：%s"},
	EventRouted:       {"shortfall %s routed to %s", "短板“%s”交办：%s"},
	EventShortfall:    {"shortfall %s: %s -> %s", "短板“%s”：%s → %s"},
	EventClosed:       {"shortfall closed: %s", "短板消除：%s"},
	EventSet:          {"deadline set: %s, due %s", "设定期限：%s，至 %s"},
	EventMoved:        {"deadline moved: %s, %s -> %s", "期限变动：%s，%s → %s"},
	EventDue:          {"last day in time: %s", "期限届满日：%s"},
	EventDeadline:     {"deadline %s: %s", "期限“%s”：%s"},
	EventEscalated:    {"deadline %s escalated to %s", "期限“%s”：已上报至%s"},
	EventDropped:      {"deadline %s is no longer asked for", "期限“%s”不再适用"},
	EventEligible:     {"the risk may be marked eliminated", "可标注风险消除"},
	EventNotEligible:  {"the risk may no longer be marked eliminated", "不再可标注风险消除"},

	ExplainTitle:           {"Household %s on %s", "农户 %s，%s"},
	ExplainNotJudged:       {"not judged: %s. %s", "不研判：%s。%s"},
	ExplainPolicy:          {"policy: %s (%s)", "方案：%s（%s）"},
	ExplainStage:           {"stage: %s", "阶段：%s"},
	ExplainCategory:        {"category: %s", "类别：%s"},
	ExplainTier:            {"tier: %s", "等级：%s"},
	ExplainTierSince:       {"tier: %s since %s", "等级：%s，自 %s 起"},
	ExplainReason:          {"- %s: %s", "- %s：%s"},
	ExplainIdentified:      {"identified: %s", "纳入日期：%s"},
	ExplainSurveyed:        {"last surveyed: %s", "最近监测：%s"},
	ExplainNeverSurveyed:   {"never surveyed", "尚未监测"},
	ExplainCondition:       {"%s: %s", "%s：%s"},
	ExplainStandards:       {"Standards: what must hold for every family in scope", "标准：范围内每户须达到"},
	ExplainCategories:      {"Categories: the first that is true", "类别：取第一个成立的"},
	ExplainTiers:           {"Tiers: the first with a rule that is true", "等级：取第一个有规则成立的"},
	ExplainDepartments:     {"Departments", "责任部门"},
	ExplainMeasures:        {"Measures", "建议措施"},
	ExplainFacts:           {"facts: %s", "事实：%s"},
	FactMissing:            {"%s is missing", "%s 缺失"},
	FactSeparator:          {"; ", "；"},
	ExplainMissing:         {"undecided for want of: %s", "因缺少以下信息无法判定：%s"},
	ExplainFault:           {"the rule could not be worked out: %s", "规则无法求值：%s"},
	ExplainMessage:         {"says: %s", "说明：%s"},
	ExplainSource:          {"source: %s", "依据：%s"},
	OutcomeTrue:            {"true", "成立"},
	OutcomeFalse:           {"false", "不成立"},
	OutcomeIndeterminate:   {"indeterminate", "无法判定"},
	ChosenStandard:         {"<- open shortfall", "← 未解决的短板"},
	ChosenMatch:            {"<- decides", "← 以此为准"},
	ChosenTaken:            {"<- taken", "← 采用"},
	ExplainShortfalls:      {"Open shortfalls", "未解决的短板"},
	ExplainProposed:        {"proposed for the tier: %s", "按等级建议：%s"},
	ExplainDeadlines:       {"Deadlines", "期限"},
	ExplainElimination:     {"Elimination of the risk", "风险消除"},
	ExplainEarliest:        {"not before: %s", "最早：%s"},
	ExplainBlocker:         {"%s (%s)", "%s（%s）"},
	ExplainNext:            {"Next, if nothing new is stated", "没有新情况时，接下来"},
	ExplainNextDay:         {"%s: the next day on which anything may change", "%s：下一个可能变化的日期"},
	ExplainNever:           {"nothing changes any more", "不再变化"},
	ExplainChanges:         {"What would change the tier: one fact of the last survey", "哪一项事实会改变等级（最近一次监测）"},
	ExplainCategoryChanges: {"What would change the category: one fact of the last survey", "哪一项事实会改变类别（最近一次监测）"},
	ExplainNoChange:        {"no single fact would", "没有单独一项会"},
	ExplainNone:            {"(none)", "（无）"},
	ColumnStandard:         {"STANDARD", "短板"},
	ColumnSince:            {"SINCE", "发现日期"},
	ColumnState:            {"STATE", "状态"},
	ColumnDue:              {"DUE", "期限日"},
	ColumnDepartments:      {"DEPARTMENTS", "部门"},
	ColumnMeasures:         {"MEASURES", "措施"},
	ColumnProposed:         {"PROPOSED", "建议"},
	ColumnDeadline:         {"DEADLINE", "事项"},
	ColumnStart:            {"START", "起算日"},
	ColumnEscalated:        {"ESCALATED TO", "上报至"},
	ChangeWord:             {"%s %s", "%s 为 %s"},
	ChangeAtLeast:          {"%s %s or more", "%s 达到 %s 以上"},
	ChangeBelow:            {"%s below %s", "%s 低于 %s"},
	ChangeBetween:          {"%s %s or more, below %s", "%s 达到 %s 以上、低于 %s"},
	ChangeTier:             {"%s at %s (now %s)", "%s：%s（现为 %s）"},
	ChangeNoTier:           {"no tier at %s (now %s)", "无等级：%s（现为 %s）"},
	ChangeOutOfScope:       {"out of scope at %s (now %s)", "不属监测范围：%s（现为 %s）"},

	ObjectTwice: {"objects: %s %s is given twice; leave one of them out", "objects：%s %s 给出了两次；请去掉其中一个"},
}
