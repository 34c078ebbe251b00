// SPDX-License-Identifier: Apache-2.0

package wording

// The long description of report.
const (
	reportLongEnglish = `Report a month, a quarter or a year of one jurisdiction, or of a tree of them: how
families stand, monitored objects through the months, tiers and categories over
the months, causes, open shortfalls, how far families have come, measures, and
what is overdue from whom.

Families are judged anew on the last day of each month by the policy in force on
it, from -f files or from the live cluster; nothing is written there. Stocks are
those of the last day, what was added and eliminated adds up. A county's figures
are checked to be those of its townships. A period that still runs is reported so
far, and says so.

JURISDICTION may be left out where one stands at the top of all. --tree lists
all below it, --by township those of one level. They stand in the order of their
codes and names and are ranked only where --sort-by asks for it.

  -o table   for the screen (the default)
  -o json    for programs; every figure of every jurisdiction and month
  -o html    one file that opens offline and prints on A4
  -o xlsx    a workbook with charts, for Excel, WPS and LibreOffice

--min-cell 3 hides the counts 1 and 2, and as many others as it takes that
nobody can work those out from what is shown. A report names no family.

Examples:
  kubectl fangpin report --period 2020-04
  kubectl fangpin report county --period 2020 --by township -o html \
      --output-file 2020.html --lang zh
  kubectl fangpin report town -f town/ --period 2020-Q2 --tree --min-cell 3 \
      -o xlsx --output-file q2.xlsx`
	reportLongChinese = `输出一个行政区或其下各级行政区的月报、季报或年报：农户情况、监测对象增减、各月风险
等级和类别、致贫返贫原因、未解决短板、帮扶进程、帮扶措施，以及各责任方的逾期事项。

每月最后一日按当日生效的方案重新研判农户，数据来自 -f 所给文件或集群，不向集群写入
任何内容。存量取最后一日，新增和消除按月累加。县的数字须等于各乡镇之和，程序会核对。
尚未结束的报告期按截至目前统计，并加以说明。

最上级只有一个行政区时可不写 JURISDICTION。--tree 列出其下各级，--by township 只列某
一级。行政区按代码和名称排列，只有写了 --sort-by 才排序。

  -o table   屏幕表格（默认）
  -o json    供程序使用，含每个行政区、每个月的全部数字
  -o html    单个文件，可离线打开，按 A4 打印
  -o xlsx    带图表的工作簿，适用于 Excel、WPS 和 LibreOffice

--min-cell 3 不显示 1 和 2，并隐藏其他必要的数字，使人无法由已显示的数字推算出来。
报告不含任何农户的个人信息。

示例：
  kubectl fangpin report --period 2020-04
  kubectl fangpin report county --period 2020 --by township -o html \
      --output-file 2020.html --lang zh
  kubectl fangpin report town -f town/ --period 2020-Q2 --tree --min-cell 3 \
      -o xlsx --output-file q2.xlsx`
)
