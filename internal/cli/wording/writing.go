// SPDX-License-Identifier: Apache-2.0

package wording

// The sentences of what writes one fact, and of what lists what is due.
const (
	firstOfWriting Key = 1000
)

const (
	NameTooLong = firstOfWriting + iota
	SurveyedThatDay
	NothingUnchanged
	SurveysFull
	ReviewFull
	VerifiedAlready
	PlanFull
	NoSuchMeasure
	DeliveredAlready
	CancelledAlready

	NoSuchObject
	WhoAmI
	MayI
	RefusedByRule
	RefusedByRole
	RefusedBySchema
	RefusedByServer
	WritingFailed

	WrongTarget
	YAMLOrJSON
	AsOfInFilesOnly
	BySigner
	ByWhom
	SayYes
	OthersWrite
	BadDate
	NotYet
	ChangedMeanwhile
	NoLongerSo
	WithAdvice
	AnywaySends
	SentAnyway
	RightLacking
	HowToGetRights
	WouldBeTaken
	AskWrite
	NothingWritten
	Written
	Follows
	NothingFollows
	ToBeCreated
	ToBeAdded
	ToMakeRoom
	UnknownWord
	NameAndValue
	NotACount

	UnchangedAlone
	NoFact
	NoLastSurvey
	NoGuarantees
	PhoneUnseen
	LikeLastHint
	HoldsAgain
	WhichCause
	WhichSource
	LeadRefused
	NothingToPlan
	OneMeasureOnly
	NoSuchShortfall
	NoPlanYet
	AllDelivered
	WhichMeasure
	CancelWithReason

	SignWhat
	VerifyHow
	NotToVerify
	SeveralReviews
	NoReviewOpen
	OpenAlready
	NoProcedure
	NoNextStep
	NoPlanThatDay
	NoSuchProcedure
	NoSuchStep
	NoAssets
	ReviewClosed
	StepWouldBeInvalid
	ReviewWouldBeBlocked

	EventSignalState
	EventSignalVerifyBy
	EventStepLate
	EventStepInvalid
	EventReviewStage
	EventReviewWhy
	EventReviewNext
	EventBlockers
	EventBlockersFrom
	EventFactsMissing
	EventFactsKnown

	VisitShort
	VisitLong
	SignalShort
	SignalLong
	SignShort
	SignLong
	PlanShort
	PlanLong
	DeliverShort
	DeliverLong

	FlagDate
	FlagBy
	FlagTakeAsToday
	FlagYes
	FlagDryRun
	FlagAnyway
	FlagWrittenOutput
	FlagWith
	FlagDocument

	FlagUnchanged
	FlagLikeLast
	FlagPhone
	FlagIncome
	FlagIncomeBefore
	FlagGuarantee
	FlagIncomeSource
	FlagExpense
	FlagCauses
	FlagReceives
	FlagLabour
	FlagRisk
	FlagHardship
	FlagIncomeTrend
	FlagSpendingTrend

	FlagSignalSource
	FlagSignalDepartment
	FlagSignalAmount
	FlagPeriod
	FlagConsent
	FlagProxy
	FlagWill

	FlagForStandards
	FlagMeasureDepartment
	FlagMeasureAmount
	FlagMeasureDue
	FlagEvidence
	FlagDeliveredAmount
	FlagCancel
	FlagCancelReason

	FlagPurpose
	FlagOutcome
	FlagForShortfalls
	FlagOpenOnly
	FlagReturnTo
	FlagReason
	FlagAttendance
	FlagInFavour
	FlagNoticeFrom
	FlagNoticeUntil
	FlagSites
	FlagObjections
	FlagChecks
	FlagApplicant
	FlagOfficer
	FlagPlannedElimination

	TodoShort
	TodoLong
	FlagForWhom
	FlagDueUntil
	ForWhom
	NoSuchPlace
	NotCompiled
	NothingDue
	LaterOnes
	ColumnHousehold
	ColumnWhat
	ColumnFrom
	TaskStep
	TaskBecause
	TaskMeasure
	TaskTier

	CheckShort
	CheckLong
	CheckVersion
	CheckVersionOld
	CheckKinds
	CheckKindsMissing
	CheckAdmission
	CheckAdmissionMissing
	CheckAdmissionUnbound
	CheckAdmissionDiffers
	CheckRoles
	CheckAdmins
	CheckWholesale
	CheckWholesaleUnbound
	CheckRestore
	CheckUnseen
	CheckWarns

	FlagRBAC
	NoSteps

	ExplainReviews
	ExplainReview
	ExplainSignals
	ExplainSignal
	ExplainSignalVerifyBy
	ExplainInTheWay
	ExplainLifts
	ExplainNeedsFact
	StepNotYet
	TaskSurvey
	TaskPlan
	TaskVerify
	TaskShortfall

	endOfWriting
)

var writing = texts{
	NameTooLong:      {"the name of household %s is too long to make another one from", "农户 %s 的名称过长，无法据以命名"},
	SurveyedThatDay:  {"there is a survey of %s already, and surveys are one a day; write another --date, or correct that one with kubectl edit", "已有 %s 的监测记录，一天只记一次；请另写 --date，或用 kubectl edit 更正该次记录"},
	NothingUnchanged: {"there is no survey before it that could hold again; state the facts instead of --unchanged", "之前没有监测记录，谈不上无变化；请填写各项事实，不用 --unchanged"},
	SurveysFull:      {"the household holds %d surveys, and none can go without changing what is concluded today; export the family's history, then remove surveys by kubectl edit", "该户已有 %d 次监测记录，去掉任何一次都会改变今天的结论；请先导出该户记录，再用 kubectl edit 删减"},
	ReviewFull:       {"review %s holds %d records, the most there can be; let it fail, and open another one", "程序 %s 已有 %d 条记录，达到上限；请将其终止，另行启动"},
	VerifiedAlready:  {"lead %s was verified on %s by %s (%s), which is final", "线索 %s 已于 %s 由 %s 核查（%s），不再更改"},
	PlanFull:         {"plan %s would hold more than %d measures", "帮扶计划 %s 的措施将超过 %d 项"},
	NoSuchMeasure:    {"there is no measure %s in the plan; the measures are %s", "计划中没有措施 %s；现有措施：%s"},
	DeliveredAlready: {"measure %s was delivered on %s by %s, which is final", "措施 %s 已于 %s 由 %s 落实，不再更改"},
	CancelledAlready: {"measure %s was cancelled on %s by %s, which is final", "措施 %s 已于 %s 由 %s 取消，不再更改"},

	NoSuchObject:    {"there is no %s %s", "没有 %s %s"},
	WhoAmI:          {"asking the API server who you are: %v", "向 API 服务器询问当前用户：%v"},
	MayI:            {"asking the API server what you may do: %v", "向 API 服务器询问权限：%v"},
	RefusedByRule:   {"refused by the admission policy %s: %s", "准入规则 %s 不予接受：%s"},
	RefusedByRole:   {"user %s may not %s (namespace %s): no role grants it", "用户 %s 无权 %s（命名空间 %s）：没有角色授予此权限"},
	RefusedBySchema: {"refused as invalid: %s", "内容无效，不予接受：%s"},
	RefusedByServer: {"refused by the API server: %s", "API 服务器不予接受：%s"},
	WritingFailed:   {"the API server could not write it: %s", "API 服务器未能写入：%s"},

	WrongTarget:      {"%s is not what this command writes to; write KIND/NAME, KIND one of %s", "此命令不写入 %s；请写 类型/名称，类型为 %s 之一"},
	YAMLOrJSON:       {"-o %s: write yaml or json, or leave it out", "-o %s：请写 yaml 或 json，或不写"},
	AsOfInFilesOnly:  {"--as-of: on a cluster today is today; for a fact of an earlier day write --date", "--as-of：在集群上以当天为今天；较早日期的事实请用 --date"},
	BySigner:         {"--by: on a cluster the signer is who sends it; sign as somebody else with kubectl's --as, where you may", "--by：在集群上由发送者本人签字；有权代签时请用 kubectl 的 --as"},
	ByWhom:           {"files do not say who signs; add --by USER", "文件中无从得知由谁签字；请加 --by 用户"},
	SayYes:           {"nobody is there to be asked; add --yes to write without asking, or --dry-run to look only", "没有终端可供确认；请加 --yes 直接写入，或加 --dry-run 只看不写"},
	OthersWrite:      {"others kept writing the same object, %d times in a row; nothing was written, try again", "他人连续 %d 次写入同一对象；未写入任何内容，请重试"},
	BadDate:          {"%s: %v", "%s 有误：%v"},
	NotYet:           {"--date %s: today is %s, and a fact is written when it has happened", "--date %s：今天是 %s，事实发生后方可记录"},
	ChangedMeanwhile: {"note: somebody else has written meanwhile; this is how it stands now", "提示：其间有他人写入；现在的情况如下"},
	NoLongerSo:       {"somebody else has written meanwhile, and what was shown is no longer what would be written or follow; nothing was written, look and try again", "其间有他人写入，所示内容或由此得出的变化已不相同；未写入任何内容，请查看后重试"},
	WithAdvice:       {"%v\n%v", "%v\n%v"},
	AnywaySends:      {"nothing was written: mend it first, or add --anyway to write it all the same", "未写入任何内容：请先改正，或加 --anyway 照此写入"},
	SentAnyway:       {"written anyway: %v", "仍照此写入：%v"},
	RightLacking:     {"user %s lacks the right: %s in namespace %s", "用户 %s 缺少权限：%s（命名空间 %s）"},
	HowToGetRights:   {"rights in namespace %s come by a RoleBinding for %s; kubectl fangpin validate --rbac PLAN prints the roles for a plan's steps", "命名空间 %s 中的权限由授予 %s 的 RoleBinding 给出；kubectl fangpin validate --rbac 方案 可输出方案各环节所需的角色"},
	WouldBeTaken:     {"dry run: the API server would take it; nothing was written", "试运行：API 服务器可以接受；未写入任何内容"},
	AskWrite:         {"Write this? [y/N] ", "写入以上内容？[y/N] "},
	NothingWritten:   {"nothing was written", "未写入任何内容"},
	Written:          {"written: %s %s/%s", "已写入：%s %s/%s"},
	Follows:          {"What follows on %s, by %s", "据此在 %s 得出的变化（方案：%s）"},
	NothingFollows:   {"nothing changes today", "今天没有变化"},
	ToBeCreated:      {"To be created: %s %s%s", "将新建：%s %s%s"},
	ToBeAdded:        {"To be added: %s %s, %s", "将添加：%s %s，%s"},
	ToMakeRoom:       {"To go, to make room: the survey of %s, without which today's status is the same", "为腾出位置将去掉 %s 的监测记录（去掉后今天的结论不变）"},
	UnknownWord:      {"%s %s: write one of %s", "%s %s：请写以下之一：%s"},
	NameAndValue:     {"--%s %s: write NAME=VALUE", "--%s %s：请写 名称=值"},
	NotACount:        {"--%s %s: write ROLE=NUMBER", "--%s %s：请写 身份=人数"},

	UnchangedAlone:   {"--unchanged says that the facts of the last survey hold again; leave out the facts, or leave out --unchanged", "--unchanged 表示上次监测的情况没有变化；请去掉各项事实，或去掉 --unchanged"},
	NoFact:           {"state what was found, as in --income 4800 --guarantee all=Met; or --unchanged; or --like-last to copy the last survey's facts", "请写明监测情况，如 --income 4800 --guarantee all=Met；或 --unchanged；或用 --like-last 沿用上次各项事实"},
	NoLastSurvey:     {"--like-last: there is no survey before that states facts", "--like-last：之前没有填写事实的监测记录"},
	NoGuarantees:     {"--guarantee all: the plan in force asks about no guarantee; name each", "--guarantee all：现行方案没有涉及保障情况；请逐项写明"},
	PhoneUnseen:      {"the plan asks for a visit: a survey by telephone is not seen, and stands in the way of a visit on that day", "方案要求入户：电话监测不予采用，还会占去当天的入户记录"},
	LikeLastHint:     {"a survey stands alone: facts that are not stated are not known. If those of %s still hold, add --like-last", "每次监测单独成立：没有填写的事实视为不明。如 %s 的各项事实仍然成立，请加 --like-last"},
	HoldsAgain:       {"what was found on %s holds again", "%s 所得各项事实仍然成立"},
	WhichCause:       {"name the household and the cause, as in hh/hh-000127 Illness", "请指定农户和原因，如 hh/hh-000127 Illness"},
	WhichSource:      {"say where the lead comes from: --source, or --department for a department's", "请说明线索来源：--source；部门线索可只写 --department"},
	LeadRefused:      {"the plan would not take this lead: %s. %s", "方案不接受这条线索：%s。%s"},
	NothingToPlan:    {"household %s: nothing is proposed that its plan lacks; name a kind of measure to plan your own", "农户 %s：没有尚未列入计划的建议措施；自拟措施请写明类别"},
	OneMeasureOnly:   {"--department, --amount and --due are for one measure, and there are several (%s); name the kind", "--department、--amount、--due 只用于一项措施，而此处有多项（%s）；请写明类别"},
	NoSuchShortfall:  {"--for %s: the family has no open shortfall of this name", "--for %s：该户没有这项未解决的短板"},
	NoPlanYet:        {"household %s has no assistance plan; write one with kubectl fangpin plan", "农户 %s 还没有帮扶计划；请用 kubectl fangpin plan 制定"},
	AllDelivered:     {"household %s: no measure of its plan still stands", "农户 %s：计划中没有待落实的措施"},
	WhichMeasure:     {"say which measure: %s", "请指定措施：%s"},
	CancelWithReason: {"a measure is cancelled with --cancel and --reason, both", "取消措施须同时写 --cancel 和 --reason"},

	SignWhat:             {"name what to sign: hh/NAME, rev/NAME or sig/NAME", "请指定签字对象：hh/NAME、rev/NAME 或 sig/NAME"},
	VerifyHow:            {"a lead is verified by its outcome alone: sign sig/%s --outcome Confirmed or Dismissed", "核查线索只写结果：sign sig/%s --outcome Confirmed 或 Dismissed"},
	NotToVerify:          {"lead %s waits for no verification: %s. %s", "线索 %s 无须核查：%s。%s"},
	SeveralReviews:       {"several reviews are open; say which: %s", "有多个进行中的程序，请指定：%s"},
	NoReviewOpen:         {"household %s has no review open; open one with --purpose %s", "农户 %s 没有进行中的程序；请用 --purpose 启动：%s"},
	OpenAlready:          {"review %s (%s) is open already", "程序 %s（%s）已在进行中"},
	NoProcedure:          {"review %s has no procedure: no plan was in force on the day it was opened; name the step", "程序 %s 没有依据：启动之日没有有效方案；请写明环节"},
	NoNextStep:           {"review %s waits for no step", "程序 %s 没有待办环节"},
	NoPlanThatDay:        {"no plan is in force on %s", "%s 没有有效方案"},
	NoSuchProcedure:      {"plan %s has no procedure %s; it has %s", "方案 %s 没有 %s 程序；现有：%s"},
	NoSuchStep:           {"the procedure %s has no step %s; its steps are %s", "%s 程序没有环节 %s；各环节为：%s"},
	NoAssets:             {"--check all: step %s names no assets to compare; name each", "--check all：环节 %s 没有规定比对资产；请逐项写明"},
	ReviewClosed:         {"review %s is closed (%s); a further record could undo it", "程序 %s 已结束（%s）；再添记录可能推翻其结果"},
	StepWouldBeInvalid:   {"the record would not count; step %s: %s", "此记录不能计入；环节 %s：%s"},
	ReviewWouldBeBlocked: {"the review would be blocked: %s", "程序将被阻止：%s"},

	EventSignalState:    {"lead %s: %s", "线索 %s：%s"},
	EventSignalVerifyBy: {"lead %s: %s, by %s", "线索 %s：%s，期限 %s"},
	EventStepLate:       {"step %s was late", "环节 %s 逾期完成"},
	EventStepInvalid:    {"step %s does not count: %s", "环节 %s 不能计入：%s"},
	EventReviewStage:    {"review %s: %s", "程序 %s：%s"},
	EventReviewWhy:      {"review %s: %s. %s", "程序 %s：%s。%s"},
	EventReviewNext:     {"review %s waits for step %s", "程序 %s 待办环节：%s"},
	EventBlockers:       {"elimination of the risk, in the way: %s", "风险消除的阻碍：%s"},
	EventBlockersFrom:   {"elimination of the risk, in the way: %s; not before %s", "风险消除的阻碍：%s；最早 %s"},
	EventFactsMissing:   {"facts are missing: %s", "信息不全：%s"},
	EventFactsKnown:     {"no fact is missing any more", "信息已完整"},

	VisitShort:   {"Write a survey: what a visit or call found", "记录一次监测：入户或电话所得"},
	VisitLong:    {visitLongEnglish, visitLongChinese},
	SignalShort:  {"File a lead about a family", "登记一条农户线索"},
	SignalLong:   {signalLongEnglish, signalLongChinese},
	SignShort:    {"Sign a step of a review, open one, or verify a lead", "签署程序环节、启动程序，或核查线索"},
	SignLong:     {signLongEnglish, signLongChinese},
	PlanShort:    {"Write the proposed measures as the family's plan", "将建议措施写入一户一策计划"},
	PlanLong:     {planLongEnglish, planLongChinese},
	DeliverShort: {"State that a measure was delivered, or cancel it", "记录措施落实，或取消措施"},
	DeliverLong:  {deliverLongEnglish, deliverLongChinese},

	TodoShort:       {"List what is due, by date", "按日期列出待办事项"},
	TodoLong:        {todoLongEnglish, todoLongChinese},
	ForWhom:         {"--for %s: write village, township, county, prefecture or province, each also with =NAME, or department=NAME", "--for %s：请写 village、township、county、prefecture 或 province（均可加 =名称），或 department=名称"},
	NoSuchPlace:     {"--for: there is no jurisdiction of level %s named %s", "--for：没有 %s 级行政区 %s"},
	NotCompiled:     {"note: policy %s does not compile, and nothing is listed for the families under it", "提示：方案 %s 不能编译，其下农户的事项未列出"},
	NothingDue:      {"nothing is due", "没有待办事项"},
	LaterOnes:       {"note: %d more fall due later; list them with --until", "提示：另有 %d 项到期较晚；可用 --until 列出"},
	ColumnHousehold: {"HOUSEHOLD", "农户"},
	ColumnWhat:      {"WHAT", "事项内容"},
	ColumnFrom:      {"FROM", "责任方"},
	TaskStep:        {"%s: sign %s (rev/%s)", "%s：签署 %s（rev/%s）"},
	TaskBecause:     {"; %s", "；%s"},
	TaskMeasure:     {"Deliver measure %s (%s)", "落实措施 %s（%s）"},
	TaskTier:        {"Deadline %s", "方案期限：%s"},

	CheckShort:            {"Check that a cluster is set up so that signatures mean something", "检查集群的设置是否使签字有效"},
	CheckLong:             {checkLongEnglish, checkLongChinese},
	CheckVersion:          {"version %s (%s or later is needed)", "版本 %s（须为 %s 及以上）"},
	CheckVersionOld:       {"version %s is too old: %s or later is needed", "版本 %s 过旧：须为 %s 及以上"},
	CheckKinds:            {"all %d kinds of %s are served", "%[2]s 的 %[1]d 种类型均可用"},
	CheckKindsMissing:     {"not served: %s of %s; apply config/crd", "不可用：%[2]s 的 %[1]s；请应用 config/crd"},
	CheckAdmission:        {"in place, and refuses", "已安装，且会拒绝"},
	CheckAdmissionMissing: {"missing: whoever may write may sign for others; apply config/admission", "缺失：能写入者即可代他人签字；请应用 config/admission"},
	CheckAdmissionUnbound: {"no binding of it refuses everywhere, so that it protects nothing; apply config/admission", "没有在全部范围内拒绝的绑定，起不到保护作用；请应用 config/admission"},
	CheckAdmissionDiffers: {"differs from the one of this version; apply config/admission, or see what was changed", "与本版本所附的不同；请应用 config/admission，或查明改动"},
	CheckRoles:            {"none of %d roles grants signatures wholesale", "%d 个角色均未笼统授予签字权限"},
	CheckAdmins:           {"may do everything, and so sign everything: %s", "可做一切操作，包括签署一切：%s"},
	CheckWholesale:        {"%s grants every signature to %s; list verbs and resources one by one", "%s 把全部签字权限授予 %s；请逐一列出动词和资源"},
	CheckWholesaleUnbound: {"%s would grant every signature; bound to nobody. List verbs and resources one by one", "%s 会授予全部签字权限，目前无人持有；请逐一列出动词和资源"},
	CheckRestore:          {"the verb restore brings in what others signed, and nobody should hold it day to day: %s", "动词 restore 可带入他人所签内容，平时不应有人持有：%s"},
	CheckUnseen:           {"could not be looked at: %v", "无法查看：%v"},
	CheckWarns:            {"warn", "注意"},

	NoSteps: {"note: policy %s has no steps and no departments, and needs no roles", "提示：方案 %s 没有环节和部门，无须角色"},

	ExplainReviews:        {"Reviews", "程序"},
	ExplainReview:         {"%s, %s, opened %s: %s", "%s（%s），%s 启动：%s"},
	ExplainSignals:        {"Leads", "线索"},
	ExplainSignal:         {"%s, %s, %s, %s: %s", "%s，%s，%s，%s：%s"},
	ExplainSignalVerifyBy: {"%s, %s, %s, %s: %s, to verify by %s", "%s，%s，%s，%s：%s，核查期限 %s"},
	ExplainInTheWay:       {"in the way:", "阻碍："},
	ExplainLifts:          {"%s, until %s if nothing new is stated", "%s，没有新情况时至 %s 解除"},
	ExplainNeedsFact:      {"%s, until a new fact lifts it", "%s，有新情况方可解除"},
	StepNotYet:            {"Pending", "未到"},
	TaskSurvey:            {"Survey", "监测走访"},
	TaskPlan:              {"Plan measures", "制定帮扶措施"},
	TaskVerify:            {"Verify lead sig/%s", "核查线索 sig/%s"},
	TaskShortfall:         {"Close shortfall %s", "补齐短板：%s"},
}
