// SPDX-License-Identifier: Apache-2.0

package wording

// The long descriptions of the commands that write one fact.
const (
	sharedWritingEnglish = `
Before it is written you see what is added and what the plan in force makes of
it today, and are asked. --yes does not ask, --dry-run only looks. What the plan
would not count is refused, with the reason. A --date before today is kept
together with the day on which it was typed in.

With -f the family is looked up in files; they stay as they are, and the object
with the fact in it is printed. No cluster is needed then.`
	sharedWritingChinese = `
写入前先显示所添加的内容和按现行方案今天得出的变化，并请求确认。--yes 不再询问，
--dry-run 只看不写。方案不予计入的内容会说明理由并拒绝。--date 早于今天时，同时记下
录入日期。

使用 -f 时从文件中查找农户；文件保持不变，输出含有该事实的对象，不需要集群。`

	visitLongEnglish = `Write what a visit (or, with --phone, a call) found into a household.

A survey stands alone: what you do not state is not known, and never taken from
the survey before. Three ways to state the facts with few keystrokes:

  --unchanged     nothing has changed: the facts of the last survey hold again
  --like-last     the last survey's facts, but for those that you state: take it
                  only if you looked at all of them; an empty value (--cause '')
                  removes a fact
  -g all=Met      all guarantees that the plan asks about; exceptions after it

Examples:
  kubectl fangpin visit hh/hh-000127 -u
  kubectl fangpin visit hh/hh-000127 -l -i 5200
  kubectl fangpin visit hh/hh-000127 -i 4800 -g all=Met -g Housing=AtRisk \
      --labour Partial --risk Present --with liu --date 2021-04-12
` + sharedWritingEnglish
	visitLongChinese = `将入户（或用 --phone 表示电话）监测所得写入农户。

每次监测单独成立：没有填写的事实视为不明，绝不沿用上一次。填写的三种简便方式：

  --unchanged     没有变化：上次监测的各项事实仍然成立
  --like-last     沿用上次各项事实，只改所写各项；须逐项看过才可使用；
                  空值（--cause ''）表示去掉该项
  -g all=Met      方案涉及的各项保障；例外写在其后

示例：
  kubectl fangpin visit hh/hh-000127 -u
  kubectl fangpin visit hh/hh-000127 -l -i 5200
  kubectl fangpin visit hh/hh-000127 -i 4800 -g all=Met -g Housing=AtRisk \
      --labour Partial --risk Present --with liu --date 2021-04-12
` + sharedWritingChinese

	signalLongEnglish = `File a lead about a family: what a department, the family itself or somebody else
has reported. --department alone makes it a department's. A lead that the plan
would refuse (a channel that it does not have), that lacks what its channel asks
for, or that repeats another one, is refused with the reason.

A lead is verified with kubectl fangpin sign sig/NAME --outcome Confirmed.

Examples:
  kubectl fangpin signal hh/hh-000127 Illness -d medical-security -a 6200
  kubectl fangpin signal hh/hh-000127 Disaster --source StaffScreening
  kubectl fangpin signal hh/hh-000127 Illness --source SelfReport --document ref-17 \
      --consent Given --proxy Neighbour --will Confirmed
` + sharedWritingEnglish
	signalLongChinese = `登记一条农户线索：部门、农户本人或他人反映的情况。只写 --department 即为部门线索。
方案不接受的渠道、缺少渠道所要求材料的、与已有线索重复的，会说明理由并拒绝。

核查线索用 kubectl fangpin sign sig/NAME --outcome Confirmed。

示例：
  kubectl fangpin signal hh/hh-000127 Illness -d medical-security -a 6200
  kubectl fangpin signal hh/hh-000127 Disaster --source StaffScreening
  kubectl fangpin signal hh/hh-000127 Illness --source SelfReport --document ref-17 \
      --consent Given --proxy Neighbour --will Confirmed
` + sharedWritingChinese

	signLongEnglish = `Sign a step of a review, or what was found about a lead.

For a household its open review is taken, and of that the step that it waits
for; --purpose tells several open ones apart and, where none is open, opens one
with its first step signed (--open: without). A record never changes: a
correction is a further record of the step.

Who may sign is RBAC: the verb approve on reviews/STEP, verify on risksignals,
in the family's namespace. The record carries your user name.

Examples:
  kubectl fangpin sign hh/hh-000127 -p Identification --with liu
  kubectl fangpin sign hh/hh-000127 --attendance VillageRepresentative=17 \
      --in-favour 15 --document minutes-7
  kubectl fangpin sign hh/hh-000127 --from 2021-04-15 --until 2021-04-22 \
      --site village-office --objections 0
  kubectl fangpin sign hh/hh-000127 data-comparison --check all=Clear
  kubectl fangpin sign hh/hh-000127 --officer wang --planned-elimination 2021-12-31
  kubectl fangpin sign rev/hh-000127-identification-20210410 --to home-visit \
      --reason "income not proved"
  kubectl fangpin sign sig/hh-000127-lead-20210403 --outcome Confirmed
` + sharedWritingEnglish
	signLongChinese = `签署程序的一个环节，或线索的核查结果。

写农户时取其进行中的程序及待办环节；有多个时用 --purpose 指明，没有时由 --purpose
启动并签署首个环节（--open 只启动）。记录不再更改：更正须就该环节再添一条记录。

谁可以签字由 RBAC 决定：在农户所在命名空间对 reviews/环节 的 approve、对 risksignals
的 verify。记录写入本人账号。

示例：
  kubectl fangpin sign hh/hh-000127 -p Identification --with liu
  kubectl fangpin sign hh/hh-000127 --attendance VillageRepresentative=17 \
      --in-favour 15 --document minutes-7
  kubectl fangpin sign hh/hh-000127 --from 2021-04-15 --until 2021-04-22 \
      --site village-office --objections 0
  kubectl fangpin sign hh/hh-000127 data-comparison --check all=Clear
  kubectl fangpin sign hh/hh-000127 --officer wang --planned-elimination 2021-12-31
  kubectl fangpin sign rev/hh-000127-identification-20210410 --to home-visit \
      --reason "收入依据不足"
  kubectl fangpin sign sig/hh-000127-lead-20210403 --outcome Confirmed
` + sharedWritingChinese

	planLongEnglish = `Write the measures that are proposed for a family's shortfalls and tier as the
officer's plan. An existing plan gets what it lacks; nothing is removed. A
measure that was cancelled, or delivered without effect, is proposed again.

With a KIND only that kind is planned, proposed or not; --for says for which
shortfalls.

Examples:
  kubectl fangpin plan hh/hh-000127
  kubectl fangpin plan hh/hh-000127 PublicPost -a 4000 --due 2020-06-20
  kubectl fangpin plan hh/hh-000127 Training --for Income -d human-resources
` + sharedWritingEnglish
	planLongChinese = `将针对短板和等级建议的措施写成一户一策计划。已有计划的，只补所缺，不作删减。已取消
或落实后无效的措施可再次列入。

写明类别时只列该类措施，不论是否在建议之列；--for 指明针对的短板。

示例：
  kubectl fangpin plan hh/hh-000127
  kubectl fangpin plan hh/hh-000127 PublicPost -a 4000 --due 2020-06-20
  kubectl fangpin plan hh/hh-000127 Training --for Income -d human-resources
` + sharedWritingChinese

	deliverLongEnglish = `State that a measure of a family's plan was delivered. Where one measure alone
still stands it need not be named. With --cancel the measure is given up instead.
Both are final. Who may sign a delivery is RBAC: the verb deliver on
assistanceplans/DEPARTMENT, of the measure's department.

Examples:
  kubectl fangpin deliver hh/hh-000127 public-post --evidence "contract 17"
  kubectl fangpin deliver hh/hh-000127 public-post --cancel --reason "moved away"
` + sharedWritingEnglish
	deliverLongChinese = `记录帮扶计划中一项措施已落实。只剩一项待落实时不必写明。--cancel 表示取消该措施。
两者均不再更改。谁可以签字由 RBAC 决定：对 assistanceplans/部门 的 deliver，部门为
措施的责任部门。

示例：
  kubectl fangpin deliver hh/hh-000127 public-post --evidence "合同17"
  kubectl fangpin deliver hh/hh-000127 public-post --cancel --reason "已迁出"
` + sharedWritingChinese

	todoLongEnglish = `List what is due from people, overdue first: surveys, steps of reviews, leads to
verify, measures to deliver, shortfalls to close, the plan's own deadlines, and the
duties of jurisdictions and departments (jur/NAME), such as a month's report.
Families are judged as evaluate judges them, in the files of -f or in the live
cluster.

From whom: surveys, plans and verifications from the village; shortfalls and
measures from their departments; a step from the level that the plan states, else
from the township (decisions, registrations), the county (data comparisons) or the
village; a plan's deadline from the township; a duty from its level or department.
What was escalated is due from the level that was told as well.

Examples:
  kubectl fangpin todo --for village=town-village
  kubectl fangpin todo --for department=housing -A --until 2021-12-31
  kubectl fangpin todo --for county -f town.yaml -f families/ --as-of 2020-06-15`
	todoLongChinese = `列出各方待办事项，逾期的在前：监测、程序环节、待核查线索、待落实措施、待解决短板、
方案规定的期限，以及各级和各部门的工作任务（jur/名称），如月报。农户的研判与 evaluate 相同，取自 -f 的文件或集群。

责任方：监测、制定措施、核查属村；短板和措施属其部门；程序环节属方案写明的层级，未写
明的，审批和登记属乡镇，数据比对属县，其余属村；方案期限属乡镇，工作任务属其层级或部门。已上报的，同时列入
所报层级。

示例：
  kubectl fangpin todo --for village=town-village
  kubectl fangpin todo --for department=housing -A --until 2021-12-31
  kubectl fangpin todo --for county -f town.yaml -f families/ --as-of 2020-06-15`

	checkLongEnglish = `Check a cluster, read only: the version of Kubernetes, that the kinds are served,
that the admission policies by which signatures are checked are there, unchanged
and bound, and that no role grants signatures wholesale: verbs ["*"] on a kind of
fangpin.io hold every custom verb (approve, verify, deliver, submit, restore).

Exit status 1 if a check fails; warnings alone leave it 0. What the user may not
look at fails. Policies that the API server reads from its own disk cannot be
seen through it.`
	checkLongChinese = `只读检查集群：Kubernetes 版本，各类型是否可用，校验签字的准入规则是否齐全、未改动并
已绑定，以及有无角色笼统授予签字权限：对 fangpin.io 类型的 verbs ["*"] 包含全部自定义
动词（approve、verify、deliver、submit、restore）。

有一项不通过时退出码为 1；只有注意事项时为 0。无权查看的视为不通过。API 服务器从本机
磁盘读取的准入规则无法由此看到。`
)
