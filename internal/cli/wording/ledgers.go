// SPDX-License-Identifier: Apache-2.0

package wording

// The sentences of bringing ledgers in and giving them out.
const (
	firstOfLedgers Key = 5000
)

const (
	LedgerNotRegular = firstOfLedgers + iota
	LedgerFileTooLarge
	LedgerOldFormat
	LedgerNotWorkbook
	LedgerUnknownFormat
	LedgerUTF16
	LedgerUnpacked
	LedgerTooPacked
	LedgerTooManySheets
	LedgerTooManyRows
	LedgerTooManyColumns
	LedgerTooMuchText
	LedgerBadCSV
	LedgerNoSheet
	LedgerNoLedger
	LedgerNoHeader
	LedgerUnknownHeader
	LedgerUnknownNear
	LedgerHeaderMissing
	LedgerHeaderTwice
	LedgerNoKey
	LedgerNoMatchColumn
	LedgerNoRequiredColumn
	LedgerBadMapping
	LedgerMappingKind
	LedgerMappingField
	LedgerMappingTwice
	LedgerMappingUnit
	LedgerMappingValue
	LedgerMappingColumn
	LedgerKeyShort
	LedgerKeyLong
	LedgerKeyOpen

	LedgerCellTooLong
	LedgerIsFormula
	LedgerIsError
	LedgerLost
	LedgerBeyondHeader
	LedgerIsMissing
	LedgerIdentityNumber
	LedgerIdentityRounded
	LedgerIdentityOld
	LedgerIdentityForm
	LedgerIdentityCheck
	LedgerDigestForm
	LedgerDigestDiffers
	LedgerHoldsIdentity
	LedgerNotDate
	LedgerNoSuchDay
	LedgerNumberNoDate
	LedgerInFuture
	LedgerNotMoney
	LedgerNegative
	LedgerTooFine
	LedgerTooLarge
	LedgerBadGrouping
	LedgerInTenThousands
	LedgerNotCount
	LedgerNotBool
	LedgerNotPeriod
	LedgerUnknownWord
	LedgerUnknownWordNear
	LedgerNotName
	LedgerNotPlace
	LedgerTextTooLong
	LedgerTooManyItems
	LedgerItemTwice
	LedgerBadItem
	LedgerWrongKind

	LedgerRowTwice
	LedgerNoFamily
	LedgerFamilyRefused
	LedgerLivesElsewhere
	LedgerOtherIdentity
	LedgerSeveralFamilies
	LedgerNameTaken
	LedgerNothingToTell
	LedgerSurveyDiffers
	LedgerSigned
	LedgerFirstUnchanged
	LedgerFactsUnchanged
	LedgerSurveyNoDate
	LedgerPartly
	LedgerMembersTooMany
	LedgerListFull
	LedgerBeforeIt

	ImportShort
	ImportLong
	ExportShort
	ExportLong
	WhichLedger
	InLedger
	AtCell
	FlagLedgerKind
	FlagMapping
	FlagIdentityKey
	FlagImportDryRun
	FlagApply
	FlagErrorFile
	FlagCorrect
	FlagIgnoreUnknown
	FlagThisTownship
	FlagAllLines
	FlagQuiet
	FlagPrintMapping
	FlagImportOutput
	FlagLedgerBy
	FlagExportOutput
	FlagEncoding
	FlagForce
	WrongDryRun
	DryRunAndApply
	WhichNamespace
	OwnTownshipOnly
	ReadingLedger
	CheckingLedger
	WritingLedger
	ColumnLedger
	ColumnRows
	ColumnCreated
	ColumnChanged
	ColumnLeft
	ColumnRefused
	ColumnRow
	ColumnObject
	ColumnField
	ColumnOld
	ColumnNew
	ColumnCell
	ColumnReason
	NotShown
	ChangedRows
	RefusedRows
	MoreLines
	RefusedWritten
	NothingYet
	NothingYetClient
	AllWritten
	NothingToWrite
	AskImport
	StoppedImport
	OthersKeepWriting
	ErrorFileFault
	ExportWhere
	ExportOneKind
	ExportThere
	ExportEncoding
	ExportLost
	Exported
	ExportedRows

	endOfLedgers
)

var ledgers = texts{
	LedgerNotRegular:       {"%s is no ordinary file (a link, a pipe, a device or a folder); name the file itself", "%s 不是普通文件（是链接、管道、设备或文件夹）；请直接给出文件本身"},
	LedgerFileTooLarge:     {"the file has %d MiB, and at most %d are taken; split it by villages", "文件有 %d MiB，最多 %d MiB；请按村拆分"},
	LedgerOldFormat:        {"this is an old workbook (.xls, .et) or one with a password; save it as .xlsx without a password", "这是旧格式工作簿（.xls、.et）或有密码；请另存为不带密码的 .xlsx"},
	LedgerNotWorkbook:      {"this is no whole xlsx workbook: %s; open it and save it again as .xlsx", "不是完整的 xlsx 工作簿：%s；请打开后重新另存为 .xlsx"},
	LedgerUnknownFormat:    {"a ledger is a file .xlsx or .csv", "台账须为 .xlsx 或 .csv 文件"},
	LedgerUTF16:            {"the file is Unicode text (UTF-16); save it as .xlsx or as CSV UTF-8", "文件是 Unicode 文本（UTF-16）；请另存为 .xlsx 或 CSV UTF-8"},
	LedgerUnpacked:         {"unpacked, the workbook has more than %d MiB; split it by villages", "工作簿解压后超过 %d MiB；请按村拆分"},
	LedgerTooPacked:        {"part %s of the workbook is packed more than %d times, as no ledger is; save it again from a spreadsheet", "工作簿的部件 %s 压缩比超过 %d 倍，不是正常台账；请用表格软件重新保存"},
	LedgerTooManySheets:    {"the workbook has more than %d sheets; leave those of the ledger", "工作簿超过 %d 张表；请只保留台账"},
	LedgerTooManyRows:      {"the sheet has more than %d rows; split it", "该表超过 %d 行；请拆分"},
	LedgerTooManyColumns:   {"the row has more than %d columns; remove what stands beside the ledger", "该行超过 %d 列；请删去台账以外的内容"},
	LedgerTooMuchText:      {"the workbook's texts take more than %d MiB; split it", "工作簿文字超过 %d MiB；请拆分"},
	LedgerBadCSV:           {"the csv file is damaged: %v; save it again from a spreadsheet", "csv 文件损坏：%v；请用表格软件重新保存"},
	LedgerNoSheet:          {"there is no sheet %s; the workbook has %s", "没有工作表 %s；现有：%s"},
	LedgerNoLedger:         {"none of the sheets (%s) has the name of a ledger (%s); rename one, or name it in a mapping file", "各工作表（%s）都不是台账名称（%s）；请改名，或在映射文件中指定"},
	LedgerNoHeader:         {"no row of headers is found among the first ten rows; name the row in a mapping file (headerRow), or see --print-mapping for the headers that are understood", "前十行中没有找到表头；请在映射文件中写明 headerRow，或用 --print-mapping 查看可识别的表头"},
	LedgerUnknownHeader:    {"header %s is not known; name its field in a mapping file, list it there under ignore, or add --ignore-unknown", "表头 %s 无法识别；请在映射文件中指明字段、列入 ignore，或加 --ignore-unknown"},
	LedgerUnknownNear:      {"header %s is not known; did you mean %s? Rename it, or name its field in a mapping file, or list it there under ignore", "表头 %s 无法识别；是否为 %s？请改名，或在映射文件中指明字段，或列入 ignore"},
	LedgerHeaderMissing:    {"the mapping names a header %s, and the sheet has none such", "映射文件写有表头 %s，而表中没有"},
	LedgerHeaderTwice:      {"header %s stands for the same as %s; leave one, or list one under ignore in a mapping file", "表头 %s 与 %s 所指相同；请只留一个，或在映射文件中将其一列入 ignore"},
	LedgerNoKey:            {"a column of identity numbers is turned into digests here, before anything is sent, and that takes the key; add --identity-key-file", "身份证号在本机转为摘要后才发送，须有密钥；请加 --identity-key-file"},
	LedgerNoMatchColumn:    {"no column tells whose a row is: an identity number, its digest, or the household's object name", "没有可确定农户的列：身份证号、身份摘要或农户编号"},
	LedgerNoRequiredColumn: {"the column %s is missing", "缺少列 %s"},
	LedgerBadMapping:       {"the mapping file cannot be read: %s", "映射文件无法读取：%s"},
	LedgerMappingKind:      {"kind %s: write one of %s", "kind %s：请写以下之一：%s"},
	LedgerMappingField:     {"field %s is not one of a ledger of %s; nearest: %s", "字段 %s 不属于 %s 台账；最接近：%s"},
	LedgerMappingTwice:     {"%s is mapped twice; leave one", "%s 映射了两次；请只留一个"},
	LedgerMappingUnit:      {"field %s: unit %s is none; an amount's is yuan or ten thousand yuan, as the documentation writes them", "字段 %s：单位 %s 无效；金额的单位为 元 或 万元"},
	LedgerMappingValue:     {"field %s: value %s: %v", "字段 %s：值 %s：%v"},
	LedgerMappingColumn:    {"field %s: a column has a header, or one value for all rows, and not both; an identity number has neither value nor values", "字段 %s：每列写 header，或写一个适用于各行的 value，二者取一；身份证号不能写 value 和 values"},
	LedgerKeyShort:         {"the key has %d bytes, and at least %d are needed; make one with: openssl rand -hex 32", "密钥只有 %d 字节，至少 %d 字节；可用 openssl rand -hex 32 生成"},
	LedgerKeyLong:          {"the key has more than %d bytes; this is hardly a key file", "密钥超过 %d 字节；这不像密钥文件"},
	LedgerKeyOpen:          {"others may read the key (mode %s): chmod 600 it", "他人可读取密钥（权限 %s）：请 chmod 600"},

	LedgerCellTooLong:     {"the cell holds more than %d characters", "单元格超过 %d 个字"},
	LedgerIsFormula:       {"a formula: it is not evaluated, and its last result not trusted; copy the cell and paste it as a value", "是公式：不予计算，也不采信其结果；请复制后“粘贴为数值”"},
	LedgerIsError:         {"the cell holds the error %s; write the value", "单元格是错误值 %s；请填写实际内容"},
	LedgerLost:            {"a character does not survive in this encoding; save the ledger as .xlsx or CSV UTF-8", "有字符在此编码中无法保全；请将台账另存为 .xlsx 或 CSV UTF-8"},
	LedgerBeyondHeader:    {"a cell right of the last header; move it, or give the column a header", "最后一个表头右边还有内容；请移走，或补上表头"},
	LedgerIsMissing:       {"%s is missing", "缺少 %s"},
	LedgerIdentityNumber:  {"the identity number is kept as a number, which keeps only 15 digits; set the column's format to text, and type the number again from the paper", "身份证号存成了数值，只保留 15 位；请将该列设为“文本”格式，并按证件重新输入"},
	LedgerIdentityRounded: {"the identity number was turned into a power of ten, and digits are lost; set the column's format to text, and type it again from the paper", "身份证号变成了科学计数，后几位已丢失；请将该列设为“文本”格式，并按证件重新输入"},
	LedgerIdentityOld:     {"an identity number of 15 digits is not valid any more; write the one of 18", "15 位身份证号已停用；请填写 18 位"},
	LedgerIdentityForm:    {"an identity number has 18 characters: 17 digits, and a digit or X; this has %d", "身份证号为 18 位：17 位数字加一位数字或 X；此处为 %d 位"},
	LedgerIdentityCheck:   {"the last character of the identity number does not fit the others: one of them is mistyped; compare it with the paper", "身份证号校验位不符，有一位输错；请与证件核对"},
	LedgerDigestForm:      {"a digest is hmac-sha256: or hmac-sm3: and 64 hexadecimal digits", "身份摘要为 hmac-sha256: 或 hmac-sm3: 加 64 位十六进制"},
	LedgerDigestDiffers:   {"the digest is not that of the identity number in the same row; remove one of them", "身份摘要与同行身份证号不符；请删去其一"},
	LedgerHoldsIdentity:   {"the cell holds what looks like an identity number, which never leaves this machine; remove it", "单元格含有疑似身份证号，不得上传；请删去"},
	LedgerNotDate:         {"%s is no date; write it as 2020-04-12", "%s 不是日期；请写成 2020-04-12"},
	LedgerNoSuchDay:       {"there is no day %s", "没有 %s 这一天"},
	LedgerNumberNoDate:    {"the number %s is not shown as a date; set the cell's format to a date, or write 2020-04-12", "数值 %s 没有日期格式；请将单元格设为日期格式，或写成 2020-04-12"},
	LedgerInFuture:        {"%s is after today, %s", "%s 晚于今天（%s）"},
	LedgerNotMoney:        {"%s is no amount; write yuan in figures, as in 4999.99", "%s 不是金额；请以元为单位写数字，如 4999.99"},
	LedgerNegative:        {"%s is negative; no amount here is", "%s 为负数；此处金额不能为负"},
	LedgerTooFine:         {"%s is finer than a fen; round it to two decimals", "%s 超过两位小数；请保留到分"},
	LedgerTooLarge:        {"%s is larger than any amount here", "%s 过大"},
	LedgerBadGrouping:     {"the commas of %s do not part thousands; write the figure without", "%s 中的逗号不是千分位；请去掉逗号"},
	LedgerInTenThousands:  {"%s is in units of ten thousand yuan; write yuan, or say so in the mapping file (unit)", "%s 以万元为单位；请改为元，或在映射文件中写明 unit: 万元"},
	LedgerNotCount:        {"%s is no whole number from %d to %d", "%s 不是 %d 到 %d 的整数"},
	LedgerNotBool:         {"%s is neither yes nor no; write one of the two, in Chinese or English", "%s 既不是“是”也不是“否”"},
	LedgerNotPeriod:       {"%s is no period; write 2021-04, 2021-04-a, 2021-Q2 or 2021", "%s 不是期间；请写 2021-04、2021-04-a、2021-Q2 或 2021"},
	LedgerUnknownWord:     {"%s is none of the words that go here: %s", "%s 不在可填范围内：%s"},
	LedgerUnknownWordNear: {"%s is not known; did you mean %s?", "%s 无法识别；是否为“%s”？"},
	LedgerNotName:         {"%s is no object name: small letters, figures and hyphens, as in hh-000127", "%s 不是对象名称：小写字母、数字和连字符，如 hh-000127"},
	LedgerNotPlace:        {"there is no village %s in this township", "本乡镇没有 %s 这个村"},
	LedgerTextTooLong:     {"the text has more than %d characters", "文字超过 %d 个字"},
	LedgerTooManyItems:    {"the list has more than %d items", "超过 %d 项"},
	LedgerItemTwice:       {"%s stands twice in the list", "%s 重复"},
	LedgerBadItem:         {"%s is not of the form %s", "%s 格式有误，应如：%s"},
	LedgerWrongKind:       {"a number or date (%v) stands where a text belongs; set the cell's format to text, and type it again", "此处应为文字，却是数值或日期（%v）；请将单元格设为“文本”格式后重新输入"},

	LedgerRowTwice:        {"the row says the same thing as row %d; which of them is right? Leave one", "与第 %d 行所指相同，无法判断以哪行为准；请只留一行"},
	LedgerNoFamily:        {"there is no such family: enter it first (a row in the ledger of households)", "没有这一农户：请先登记（农户台账中的一行）"},
	LedgerFamilyRefused:   {"the family's own row %d is refused; mend that first", "该户所在的第 %d 行未被接受；请先改正该行"},
	LedgerLivesElsewhere:  {"the family is entered in another township: %s; move it, or correct the identity number", "该户已在其他乡镇登记：%s；请办理迁移，或更正身份证号"},
	LedgerOtherIdentity:   {"the person and the object name do not belong together; the household of this person, or of this name, is %s", "身份与农户编号不符；该身份或编号对应的农户是 %s"},
	LedgerSeveralFamilies: {"several households have this person as their head: %s; keep one of them, and name it in the row", "有多个农户以此人为户主：%s；请只保留一个，并在行中写明农户编号"},
	LedgerNameTaken:       {"the name %s belongs to another family; write another name", "名称 %s 属于另一农户；请另写名称"},
	LedgerNothingToTell:   {"the row says neither who the family is nor the household's object name", "此行既无身份也无农户编号"},
	LedgerSurveyDiffers:   {"there is a survey of %s already, and it says something else (%s); correct it with --correct-surveys, which signs it anew, or enter this one under its right day", "已有 %s 的监测记录，内容不同（%s）；可加 --correct-surveys 更正（即重新签字），或改写正确日期"},
	LedgerSigned:          {"this was signed, and stays as it was signed: %s", "已签字的内容不再更改：%s"},
	LedgerFirstUnchanged:  {"there is no survey before it that could hold again; state the facts", "之前没有监测记录，谈不上无变化；请填写各项事实"},
	LedgerFactsUnchanged:  {"a survey without changes states no facts; empty their cells, or empty this one", "“无变化”的监测不填事实；请清空各项事实，或清空此格"},
	LedgerSurveyNoDate:    {"facts of a survey without its day; write the day", "有监测内容而无监测日期；请填写日期"},
	LedgerPartly:          {"%s is missing, without which this is not signed", "缺少 %s，签字内容不完整"},
	LedgerMembersTooMany:  {"there are %d members, and the family has %d persons", "家庭成员有 %d 人，而家庭人口为 %d 人"},
	LedgerListFull:        {"the list holds %d entries, the most there can be; write an earlier one with kubectl fangpin visit, which makes room", "已达 %d 条上限；较早的记录请用 kubectl fangpin visit 补录，由其腾出位置"},
	LedgerBeforeIt:        {"%s is before %s, the day of the lead", "%s 早于线索日期 %s"},

	ImportShort:       {"Bring ledgers in: xlsx or csv", "导入台账：xlsx 或 csv"},
	ImportLong:        {importLongEnglish, importLongChinese},
	ExportShort:       {"Give ledgers out: xlsx or csv", "导出台账：xlsx 或 csv"},
	ExportLong:        {exportLongEnglish, exportLongChinese},
	WhichLedger:       {"name the ledger: a file .xlsx or .csv", "请指定台账：.xlsx 或 .csv 文件"},
	InLedger:          {"ledger %s: %v", "台账 %s：%v"},
	AtCell:            {"%s (%s): %v", "%s（%s）：%v"},
	FlagLedgerKind:    {"kind of the ledger: households, surveys, signals, measures (default: by its sheets or headers)", "台账种类：households、surveys、signals、measures（默认按工作表名或表头判断）"},
	FlagMapping:       {"mapping file: which header stands for which field", "映射文件：表头对应的字段"},
	FlagIdentityKey:   {"file with the key by which identity numbers become digests, readable by you alone", "密钥文件，用以将身份证号转为摘要；只能由本人读取"},
	FlagImportDryRun:  {"none, server or client: look without writing; client asks no cluster", "none、server 或 client：只看不写；client 不访问集群"},
	FlagApply:         {"write, without asking; the same as --yes", "直接写入，不再询问；同 --yes"},
	FlagErrorFile:     {"where refused rows go (default: LEDGER.refused.xlsx or .csv beside it)", "被拒行写入的文件（默认在台账旁：台账名.refused.xlsx 或 .csv）"},
	FlagCorrect:       {"let a survey that stands be changed to what the ledger says; you sign it", "允许按台账更正已有的监测记录，由您签字"},
	FlagIgnoreUnknown: {"pass over headers that are not known", "忽略无法识别的表头"},
	FlagThisTownship:  {"do not look whether a family is entered in another township", "不查农户是否已在其他乡镇登记"},
	FlagAllLines:      {"show every change and refusal, not the first of them", "列出全部变化和被拒行，不只前若干行"},
	FlagQuiet:         {"no progress bar", "不显示进度条"},
	FlagPrintMapping:  {"print the mapping of the default ledgers, and stop", "输出默认台账的映射后结束"},
	FlagImportOutput:  {"yaml or json: print the objects that are written, or would be", "yaml 或 json：输出写入或将写入的对象"},
	FlagLedgerBy:      {"who signs what the ledger says, in files; on a cluster it is you", "在文件中由谁签字；在集群上由本人"},
	FlagExportOutput:  {"the ledger to write: a file .xlsx or .csv", "要写出的台账：.xlsx 或 .csv 文件"},
	FlagEncoding:      {"of a csv file: utf-8-bom, utf-8 or gb18030", "csv 文件的编码：utf-8-bom、utf-8 或 gb18030"},
	FlagForce:         {"write over a file that is there", "覆盖已有文件"},
	WrongDryRun:       {"--dry-run %s: write none, server or client", "--dry-run %s：请写 none、server 或 client"},
	DryRunAndApply:    {"--dry-run and --apply (--yes) exclude each other", "--dry-run 与 --apply（--yes）不能并用"},
	WhichNamespace:    {"say which township: --namespace", "请指定乡镇：--namespace"},
	OwnTownshipOnly:   {"note: you may not look into other townships; whether a family is entered there is not checked", "提示：无权查看其他乡镇；未核对农户是否已在他处登记"},
	ReadingLedger:     {"reading", "读取"},
	CheckingLedger:    {"checking", "核对"},
	WritingLedger:     {"writing", "写入"},
	ColumnLedger:      {"LEDGER", "台账"},
	ColumnRows:        {"ROWS", "行数"},
	ColumnCreated:     {"CREATED", "新增"},
	ColumnChanged:     {"CHANGED", "变更"},
	ColumnLeft:        {"LEFT", "不变"},
	ColumnRefused:     {"REFUSED", "拒收"},
	ColumnRow:         {"ROW", "行"},
	ColumnObject:      {"OBJECT", "对象"},
	ColumnField:       {"FIELD", "字段"},
	ColumnOld:         {"WAS", "原为"},
	ColumnNew:         {"BECOMES", "改为"},
	ColumnCell:        {"CELL", "单元格"},
	ColumnReason:      {"WHY, AND HOW TO MEND IT", "原因及改法"},
	NotShown:          {"(not shown)", "（不显示）"},
	ChangedRows:       {"Changed", "变更"},
	RefusedRows:       {"Refused", "拒收"},
	MoreLines:         {"… and %d more; show them with --all", "……另有 %d 条；用 --all 全部列出"},
	RefusedWritten:    {"refused rows, with the reasons: %s; mend them there and import that file", "被拒行及原因：%s；改正后导入该文件即可"},
	NothingYet:        {"this was a dry run on the server; nothing was written. To write: add --apply", "以上为服务器试运行，未写入任何内容；写入请加 --apply"},
	NothingYetClient:  {"nothing was sent; to check and write on a cluster leave out --dry-run=client", "未发送任何内容；如需在集群上核对并写入，请去掉 --dry-run=client"},
	AllWritten:        {"written: %d created, %d changed, %d left as they are", "已写入：新增 %d，变更 %d，不变 %d"},
	NothingToWrite:    {"nothing to write: all is known already", "没有需要写入的内容：均已登记"},
	AskImport:         {"Write the %d rows that are not refused? [y/N] ", "写入未被拒收的 %d 行？[y/N] "},
	StoppedImport:     {"stopped: %v. What was written stays; run the same command again to do the rest", "已中断：%v。已写入的保留；重新运行同一命令即可完成其余"},
	OthersKeepWriting: {"others wrote the same family meanwhile, twice; import the row again", "其间他人两次写入同一农户；请再次导入此行"},
	ErrorFileFault:    {"writing the file of refused rows: %v; name another with --errors", "写入被拒行文件：%v；请用 --errors 另行指定"},
	ExportWhere:       {"say where to: -o FILE.xlsx or FILE.csv", "请指定写到何处：-o 文件.xlsx 或 文件.csv"},
	ExportOneKind:     {"a csv file holds one ledger; say which with --kind", "csv 文件只能放一种台账；请用 --kind 指定"},
	ExportThere:       {"%s is there already; add --force to write over it", "%s 已存在；覆盖请加 --force"},
	ExportEncoding:    {"--encoding %s: write utf-8-bom, utf-8 or gb18030; only a csv file has one", "--encoding %s：请写 utf-8-bom、utf-8 或 gb18030；仅用于 csv 文件"},
	ExportLost:        {"%s, row %d: a character has no place in GB18030 here; write the ledger as xlsx or utf-8-bom", "%s，第 %d 行：有字符无法用 GB18030 保全；请导出为 xlsx 或 utf-8-bom"},
	Exported:          {"written: %s (%s)", "已写出：%s（%s）"},
	ExportedRows:      {"%s %d", "%s %d 行"},
}

const importLongEnglish = `Bring ledgers in as townships keep them: xlsx or csv, with Chinese headers.

A workbook has up to four sheets, of households, surveys, leads and measures; a csv file
is one of them. Families are found again by the digest of the head's identity number, or
by the object name, never by a person's name. The number itself is turned into the digest
here, with --identity-key-file, and is not sent.

First the API server is asked what it would take, and nothing is written: what would be
created, changed field by field, left as it is, and refused. --apply writes. Refused rows
go to a file of the same layout with the reasons, the others go in. Whatever stopped it,
the same command does the rest; a second time it changes nothing. An empty cell leaves
what is known as it is.

Without a cluster: -f OBJECTS, or --dry-run=client, prints the objects.`

const importLongChinese = `按乡镇常用样式导入台账：xlsx 或 csv，中文表头。

工作簿最多有四张表：农户、监测、线索、措施；csv 文件为其中一种。按户主身份证号的摘要
或农户编号查找已有农户，从不按姓名。身份证号在本机凭 --identity-key-file 转为摘要，
号码本身不发送。

先由 API 服务器试运行，不写入：列出将新增、逐字段变更、不变和拒收的内容。--apply 才
写入。被拒行连同原因写入同样式的文件，其余照常导入。无论因何中断，重新运行同一命令即
可完成其余；再次运行不改变任何内容。空单元格不改动已有内容。

不用集群时：-f 对象文件，或 --dry-run=client，输出各对象。`

const exportLongEnglish = `Give the ledgers of a township out, as import reads them: households, surveys, leads and
measures, as a workbook or, one kind at a time, as a csv file.

Identity numbers are not known and not given out; their digests are. Texts that a
spreadsheet would take for formulas are made harmless.`

const exportLongChinese = `导出一个乡镇的台账，样式与 import 所读相同：农户、监测、线索、措施；可为工作簿，或每次
一种的 csv 文件。

系统中没有身份证号，导出的是其摘要。会被表格软件当作公式的文字已作无害处理。`
