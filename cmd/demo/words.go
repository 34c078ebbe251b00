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
	sayStarting  = word{"Starting a local control plane (kube-apiserver and etcd).", "启动本地控制面（kube-apiserver 与 etcd）。"}
	sayPlan      = word{"Loading the county, the town, its villages and the plan of 2020.", "载入县、镇、村和 2020 年方案。"}
	sayFamilies  = word{"Entering %d families and judging them.", "录入并研判 %d 户。"}
	sayStands    = word{"The town stands and is judged, %s after the control plane was started.", "全镇已录入并研判完毕，距启动控制面 %s。"}
	sayEstimate  = word{"The year takes about %s: %s writes at the pace of the API server. DEMO_SCALE=0.1 takes a tenth of the families.", "全年约需 %s：按 API 服务器的速度写入约 %s 次。DEMO_SCALE=0.1 只取十分之一的户数。"}
	sayMinutes   = word{"The year is about %d writes, at the pace of the API server: minutes. DEMO_SCALE=0.1 takes a tenth.", "全年约写入 %d 次，快慢取决于 API 服务器，需若干分钟。DEMO_SCALE=0.1 只取十分之一。"}
	sayHint      = word{"Ctrl-C ends · KUBECONFIG=%s %s get hh -n town", "按 Ctrl-C 结束 · KUBECONFIG=%s %s get hh -n town"}
	sayYearOver  = word{"The year is over, after %s and %s writes.", "一年已过，用时 %s，写入 %s 次。"}
	sayTry       = word{"The clock now stands on %s, and the manager goes on judging what you change. Try in another terminal:", "时钟停在 %s，管理器继续研判您所作的更改。可在另一终端试用："}
	sayCtrlC     = word{"Ctrl-C ends the demo and leaves nothing behind.", "按 Ctrl-C 结束演示，不留任何文件。"}
	sayStopping  = word{"Stopping.", "正在停止。"}
	sayManager   = word{"The last errors that the manager logged:", "管理器最后记录的错误："}
	sayEnded     = word{"a server of the control plane ended by itself; try again, and see that there is memory left", "控制面的服务进程意外退出；请重试，并确认内存充足"}
	sayLoading   = word{"Entering the families", "正在录入"}
	sayCheckOK   = word{"OK   %s", "通过 %s"}
	sayAllFine   = word{"The year is as the core says. Checked in %s, on %d families and %s writes.", "全年结果与研判内核一致。用时 %s，共 %d 户、%s 次写入。"}
	sayMarked    = word{"2020-03-25: %d families are red by the 2019 library and monitored, all that were marked", "2020-03-25：%d 户因 2019 年库中标注为红色监测对象，与标注户数一致"}
	sayChecked   = word{"%s: %d statuses equal the core's (%s); %d roll-ups equal the sums; no tier that the plan lacks", "%s：%d 个状态与内核一致（%s）；%d 个汇总与合计一致；无方案以外的等级"}
	sayForetold  = word{"%s 00:00: as the core foretold the evening before: %d deadlines clear-red overdue, %d met; %d overdue in all", "%s 零时：与内核前夜预言一致：clear-red 逾期 %d，按期 %d；逾期共 %d"}
	sayRestored  = word{"2020-12-31: every status deleted, and %d came back byte for byte", "2020-12-31：删除全部状态后，%d 个逐字节复原"}
	explainRed   = word{"why is it red, and what is due?", "为何为红色？有何期限？"}
	explainStory = word{"its year", "该户的一年"}
	explainTown  = word{"the roll-up that leaders read", "汇总"}
	explainList  = word{"the red families", "红色户"}
	explainPlans = word{"measures and how far they are", "帮扶计划及落实情况"}
	explainNews  = word{"who changed tier", "等级变动事件"}
	explainErase = word{"delete a status: the same bytes come back", "删除状态：逐字节复原"}
	explainDoc   = word{"what a field means", "字段含义"}
)
