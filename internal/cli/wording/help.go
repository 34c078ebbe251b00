// SPDX-License-Identifier: Apache-2.0

package wording

// The commands' long descriptions.
const (
	rootLongEnglish = `kubectl fangpin judges families by a locality's plan against falling back into
poverty, tests plans before they are in force, says why a family is judged as it
is and what is due, and writes surveys, leads, signatures, plans and deliveries.
Where it is given files it needs no cluster.

Exit status: 0 fine; 1 the answer is no (a test failed, a policy is invalid, a
fact was refused); 2 bad usage or input.`
	rootLongChinese = `kubectl fangpin 按各地的监测帮扶方案研判农户，在方案生效前加以测试，说明研判的
理由和待办事项，并记录监测、线索、签字、计划和落实。给出文件时不需要集群。

退出码：0 正常；1 答案为否（测试未通过、方案无效、记录被拒）；2 用法或输入有误。`

	evaluateLongEnglish = `Judge families and print every object with the status that the controller would
write. Nothing is written anywhere.

With -f it reads files, folders at any depth (.yaml, .yml, .json) and - for the
standard input: YAML documents separated by ---, JSON values one after the
other, or lists. Input is read as strictly as the API server reads it; a status
that stands in it is left out. Policy tests are passed over, kinds of other
groups are passed over with a note. Objects may come in any order. Without -f
the objects of the live cluster are judged.

Households are printed in the order in which they come, each with its plan and
papers; then reports, jurisdictions and policies. With -o json the output is one
List.

A stream may be of any length: it is looked through once for the policies, the
jurisdictions and each family's papers, the families are kept in a temporary
file that has no name and that nobody else can read, and are then judged one by
one on all processors. Only a list is read as a whole, of up to 64 MiB.`
	evaluateLongChinese = `研判农户，输出每个对象及控制器将写入的状态。不写入任何地方。

-f 可指定文件、文件夹（含各级子文件夹中的 .yaml、.yml、.json），或以 - 表示标准输
入：以 --- 分隔的 YAML 文档、依次排列的 JSON 值，或列表。读取与 API 服务器同样严格；
输入中的 status 不予采用。方案测试略过，其他组的类型略过并提示。对象先后不限。不写
-f 时研判集群中的对象。

农户按出现的先后输出，随后是其帮扶计划等材料；最后是月报、行政区和方案。-o json
输出为一个 List。

输入流长度不限：先通读一遍，找出方案、行政区和各户的材料；农户存放于没有文件名、
他人无法读取的临时文件，然后由所有处理器逐户研判。只有列表须整体读入，最多 64 MiB。`

	testLongEnglish = `Run policy tests: files of kind PolicyTest that state families and what a plan
should conclude about them. It takes files and folders, prints a line a case,
and for a failed case a unified diff of what was expected with what was
concluded, as far as the case compares it.

In what a case expects, maps are subsets; lists of maps match by key (name,
standard, rule, step, type, kind and name, name and period, date) and the listed
entries must be there; [] means empty, null means absent, 0 matches absent;
lists of words are exact sets. A field that the status does not have is an error.

A case without asOf is judged today.`
	testLongChinese = `执行方案测试：PolicyTest 文件写明农户情况以及方案应得出的结论。可指定文件和文件
夹；每个用例输出一行，未通过的用例另以统一差异格式列出期望与结论的不同之处。

在期望中：映射为子集；映射的列表按键匹配（name、standard、rule、step、type、kind 与
name、name 与 period、date），列出的各项须存在；[] 表示空，null 表示不存在，0 与不
存在相符；词语列表为严格的集合。状态中没有的字段是错误。

没有 asOf 的用例按今天研判。`

	validateLongEnglish = `Check policies offline. The API server's own schema and rules are asked, every rule
is compiled, and a plan that compiles is looked through for what is idle or cannot be:
rules that are never true or never get their turn, amounts that no tier takes, deadlines
that nobody can meet, parameters without a value. All is named at once, each with file and
line, how to mend it, and a code that docs/validate.md explains.

What is said is certain, but for the code not-reached: of the families that are drawn for
each plan (--samples) none reached it. Jurisdictions among the files are looked at too.
Exit status 1 if a policy does not compile, with --strict also if there are warnings; notes
never change it.

With --rbac it prints the ClusterRoles that the policies need instead: one for
each level that takes steps (approve on reviews/STEP) and for each department
(deliver on assistanceplans/DEPARTMENT), to be bound in a township's namespace. A
step without a level is taken by the township (decisions, registrations), the
county (data comparisons) or the village. The shipped roles fit the shipped plans.

Examples:
  kubectl fangpin validate config/policies
  kubectl fangpin validate our-plan.yaml --strict -o json
  kubectl fangpin validate --rbac our-plan.yaml | kubectl apply -f -`
	validateLongChinese = `离线检查方案：按 API 服务器自己的结构和规则核对，编译每条规则，并检查能编译的方案中
不起作用或做不到之处：永远不成立或轮不到的规则，没有等级的收入区间，无法完成的期限，
没有取值的参数。一次列出全部问题，各写明文件和行、改法和代码；代码见 docs/validate.zh-CN.md。

除 not-reached 外，所说均属确定；not-reached 表示为每个方案抽取的样本（--samples）
无一到达此处。文件中的行政区也一并参考。方案不能编译时退出码为 1；加 --strict 时有警告
也为 1；提示不影响退出码。

--rbac 改为输出方案所需的 ClusterRole：每个承办环节的层级一个（对 reviews/环节 的
approve），每个部门一个（对 assistanceplans/部门 的 deliver），绑定在乡镇的命名空间。
未写明层级的环节，审批和登记属乡镇，数据比对属县，其余属村。随附角色适用于随附方案。

示例：
  kubectl fangpin validate config/policies
  kubectl fangpin validate our-plan.yaml --strict -o json
  kubectl fangpin validate --rbac our-plan.yaml | kubectl apply -f -`

	explainLongEnglish = `Say why a family is judged as it is: every rule of the plan in force with its
expression, the facts and parameters that it looks at with their values, its
outcome (true, false, or indeterminate for want of which fact) and what the plan
says; then open shortfalls, deadlines, how far each review has come and why a
record of it does not count, where each lead stands, what stands in the way of
elimination and until when, what comes next, and which single facts of the last
survey would change the tier.

The family is looked up in the files of -f, else in the live cluster.`
	explainLongChinese = `说明一户为何如此研判：现行方案的每条规则，其表达式、所看的事实和参数及其值、结果
（成立、不成立，或因缺少哪项信息无法判定）、方案的说明；然后是未解决的短板、期限、
各程序的进展及某条记录为何不能计入、各线索的状态、风险消除的阻碍及何时解除、接下来的
变化，以及最近一次监测中哪一项事实会改变等级。

农户从 -f 的文件中查找；不写 -f 时从集群查找。`

	timelineLongEnglish = `Tell a family's history (marks, surveys, leads, reviews, measures, and what
followed from them: policies, stages, tiers, shortfalls, deadlines) and what
comes if nothing new is stated. Every day is judged on its own, by the plan in
force on it.

The family is looked up in the files of -f, else in the live cluster.`
	timelineLongChinese = `列出一户的经过（标注、监测、线索、程序、措施，以及由此得出的方案、阶段、等级、短
板、期限）和没有新情况时将至的日期。每一天按当天有效的方案单独研判。

农户从 -f 的文件中查找；不写 -f 时从集群查找。`

	completionLongEnglish = `Print a script that completes commands and flags on Tab.

For kubectl fangpin, save the output of "completion kubectl" as an executable
file kubectl_complete-fangpin in a folder on PATH. For kubectl-fangpin itself,
load the script of your shell, as in:

  source <(kubectl-fangpin completion bash)`
	completionLongChinese = `输出按 Tab 键补全命令和选项的脚本。

用于 kubectl fangpin：将 "completion kubectl" 的输出存为 PATH 中的可执行文件
kubectl_complete-fangpin。用于 kubectl-fangpin 本身：加载所用 shell 的脚本，例如：

  source <(kubectl-fangpin completion bash)`
)

// The forms of a usage message, for the templates of the command library.
const (
	usageEnglish = `Usage:{{if .Runnable}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} COMMAND

Commands:{{range .Commands}}{{if or .IsAvailableCommand (eq .Name "help")}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

Global flags:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .LocalFlags.Lookup "kubeconfig"}}

kubectl's other flags for reaching a cluster are taken too.{{end}}
`
	usageChinese = `用法：{{if .Runnable}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} COMMAND

命令：{{range .Commands}}{{if or .IsAvailableCommand (eq .Name "help")}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

选项：
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

全局选项：
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .LocalFlags.Lookup "kubeconfig"}}

kubectl 连接集群的其他选项同样可用。{{end}}
`
)
