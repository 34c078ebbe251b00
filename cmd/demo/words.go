// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"

	"fangpin.io/fangpin/internal/cli/wording"
)

// word is a sentence of the demo, in English and in Chinese.
type word [2]string

func (w word) in(language wording.Language, args ...any) string {
	text := w[0]
	if language == wording.Chinese {
		text = w[1]
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

var (
	sayStarting     = word{"Starting a local control plane (kube-apiserver and etcd).", "启动本地控制面（kube-apiserver 与 etcd）。"}
	sayRights       = word{"Giving everybody a role, and the admission policies their force.", "授予各方角色，启用准入策略。"}
	sayPlan         = word{"Loading the county, the town, a second township and the plans of each.", "载入县、镇、另一乡及各自的方案。"}
	sayFamilies     = word{"Entering %d families and judging them, and %d of the second township.", "录入并研判 %d 户，另一乡 %d 户。"}
	sayStands       = word{"The town stands and is judged, %s after the control plane was started.", "全镇已录入并研判完毕，距启动控制面 %s。"}
	sayEstimate     = word{"The year takes about %s: %s writes at the pace of the API server. DEMO_SCALE=0.1 takes a tenth of the families.", "全年约需 %s：按 API 服务器的速度写入约 %s 次。DEMO_SCALE=0.1 只取十分之一的户数。"}
	sayMinutes      = word{"The year is about %d writes, at the pace of the API server: minutes. DEMO_SCALE=0.1 takes a tenth.", "全年约写入 %d 次，快慢取决于 API 服务器，需若干分钟。DEMO_SCALE=0.1 只取十分之一。"}
	sayHint         = word{"Ctrl-C ends · KUBECONFIG=%s %s get hh -n town", "按 Ctrl-C 结束 · KUBECONFIG=%s %s get hh -n town"}
	sayYearOver     = word{"Everything has happened, after %s and %s writes.", "演示已全部完成，用时 %s，写入 %s 次。"}
	sayYearEnds     = word{"The town on the last day of its year:", "全镇年终情况："}
	sayTownship     = word{"The town's year is over. The clock goes on in 2021, from one day of the second township's story to the next.", "镇的一年已过。时钟进入 2021 年，只停在另一乡有事的日子。"}
	sayToday        = word{"The town on the last day, under the city's plan of 2021:", "最后一天，全镇按 2021 年市方案研判："}
	sayTry          = word{"The clock now stands on %s, and the manager goes on judging what you change. Try in another terminal:", "时钟停在 %s，管理器继续研判您所作的更改。可在另一终端试用："}
	sayCtrlC        = word{"Ctrl-C ends the demo and leaves nothing behind.", "按 Ctrl-C 结束演示，不留任何文件。"}
	sayStopping     = word{"Stopping.", "正在停止。"}
	sayManager      = word{"The last errors that the manager logged:", "管理器最后记录的错误："}
	sayEnded        = word{"a server of the control plane ended by itself; try again, and see that there is memory left", "控制面的服务进程意外退出；请重试，并确认内存充足"}
	sayLoading      = word{"Entering the families", "正在录入"}
	sayCheckOK      = word{"OK   %s", "通过 %s"}
	sayAllFine      = word{"The year is as the core says. Checked in %s, on %d families and %s writes.", "全年结果与研判内核一致。用时 %s，共 %d 户、%s 次写入。"}
	sayMarked       = word{"2020-03-25: %d families are red by the 2019 library and monitored, all that were marked", "2020-03-25：%d 户因 2019 年库中标注为红色监测对象，与标注户数一致"}
	sayChecked      = word{"%s: %d statuses equal the core's (%s); %d roll-ups equal the sums; no tier that the plan lacks", "%s：%d 个状态与内核一致（%s）；%d 个汇总与合计一致；无方案以外的等级"}
	sayForetold     = word{"%s 00:00: as the core foretold the evening before: %d deadlines clear-red overdue, %d met; %d overdue in all", "%s 零时：与内核前夜预言一致：clear-red 逾期 %d，按期 %d；逾期共 %d"}
	sayRestored     = word{"%s: every status deleted, and %d came back byte for byte", "%s：删除全部状态后，%d 个逐字节复原"}
	sayBeside       = word{"What happened beside:", "其间发生的事："}
	sayHappened     = word{"%s %s", "%s %s"}
	sayAmiss        = word{"%s %s\n           but not so: %s", "%s %s\n           实际并非如此：%s"}
	sayCommands     = word{"%d commands that show all this do", "上述各项可用 %d 条命令查看，均已试过"}
	sayNoProgram    = word{"SKIP the commands below were not tried: there is no %s on PATH or beside this program; run make control-plane build", "跳过 未试用以下命令：PATH 上或本程序旁没有 %s；请运行 make control-plane build"}
	sayShown        = word{"While make demo runs, this shows it:", "运行 make demo 时可用以下命令查看："}
	sayTown         = word{"The town", "全镇"}
	explainRed      = word{"a family at the year's end: why, and what was due?", "某户年终研判：理由与期限"}
	explainStory    = word{"its year", "该户的一年"}
	explainTown     = word{"the roll-up that leaders read", "汇总"}
	explainList     = word{"the monitored families", "监测对象"}
	explainPolicies = word{"the plans, and where each is in force", "各方案及其施行范围"}
	explainPlans    = word{"measures and how far they are", "帮扶计划及落实情况"}
	explainNews     = word{"who changed tier", "等级变动事件"}
	explainErase    = word{"delete a status, as only the manager may: the same bytes come back", "删除状态（只有管理器有权）：逐字节复原"}
	explainDoc      = word{"what a field means", "字段含义"}
)
