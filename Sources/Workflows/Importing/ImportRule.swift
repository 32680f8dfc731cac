public import Kernel

/// Why something of an institution's own files cannot be used, or was used with a remark: numbers that never change.
///
/// They go on where ``Claims/SettlementListRule`` ends (101–608): 70x files and rows, 71x the form of fields, 72x a
/// list beside what is known, 74x institutions. Rows of mappings have 800 and the number of ``Catalog/MappingFault``.
public enum ImportRule: UInt16, Sendable, CaseIterable {
  // MARK: Files

  /// The file cannot be opened, is damaged, protected or of an old form.
  case fileUnreadable = 701
  /// Nothing tells what the file or sheet holds.
  case fileUnknown = 702
  /// The text is neither UTF-8 nor GB18030.
  case encodingUnknown = 703
  /// A column that is needed is missing, or stands twice.
  case columnsWrong = 704
  /// The row cannot be told apart: quotes, number of fields, characters, brackets.
  case rowBroken = 705
  /// The manifest names what is not there, or a kind that is unknown.
  case manifestWrong = 706
  /// There is no table of national codes to check a mapping by.
  case catalogueMissing = 707

  // MARK: Form

  /// Neither a settlement nor a record with its day of discharge names the list.
  case identityMissing = 711
  /// A field that grouping or payment needs is empty.
  case fieldMissing = 712
  /// A value that grouping or payment needs has the wrong form.
  case valueForm = 713
  /// A code that grouping or payment needs is not in its list.
  case codeUnknown = 714
  /// Another value does not have the form of the interface; the list is used without relying on it.
  case otherValueForm = 715
  /// The interface demands a field that is empty; the list is used without it.
  case otherFieldMissing = 716

  // MARK: Beside what is known

  /// Nobody stated the institution.
  case institutionUnknown = 721
  /// Nothing says which scheme pays, or the funds are another scheme's.
  case schemeUnknown = 722
  /// Nothing says the patient's sex.
  case sexUnknown = 723
  /// Nothing says the patient's age.
  case ageUnknown = 724
  /// Nothing says what the funds paid.
  case fundsUnknown = 725
  /// The amounts are missing or contradict each other.
  case amountsWrong = 726
  /// The same list stands elsewhere in the import with other content.
  case repeatedOtherwise = 728
  /// The number of the list is another institution's.
  case numberTaken = 729
  /// The payer settled this stay itself, so that its case comes of the settlement.
  case settledHere = 730
  /// The list changed after its month was published.
  case monthPublished = 731
  /// No group took the case; the contract says how it is paid.
  case noGroup = 732

  // MARK: Institutions

  /// The code of an institution is missing or badly formed.
  case institutionCode = 741
  /// The name of an institution is missing.
  case institutionName = 742
  /// The level of an institution is missing or unknown.
  case institutionLevel = 743
  /// The institution stands elsewhere in the import with other content.
  case institutionRepeated = 744

  /// Whether the row is left out because of it.
  public var isRefusing: Bool {
    switch self {
    case .otherValueForm, .otherFieldMissing, .noGroup: false
    default: true
    }
  }

  /// What is wrong.
  public var message: LocalizedText { words.message }

  /// What to do about it.
  public var advice: LocalizedText { words.advice }
}

extension ImportRule {
  private var words: (message: LocalizedText, advice: LocalizedText) {
    switch self {
    case .fileUnreadable, .fileUnknown, .encodingUnknown, .columnsWrong, .rowBroken, .manifestWrong,
      .catalogueMissing:
      fileWords
    case .identityMissing, .fieldMissing, .valueForm, .codeUnknown, .otherValueForm, .otherFieldMissing: formWords
    case .institutionCode, .institutionName, .institutionLevel, .institutionRepeated: institutionWords
    default: listWords
    }
  }

  private static func pair(_ chinese: String, _ english: String, _ todo: String, _ advice: String) -> (
    message: LocalizedText, advice: LocalizedText
  ) { (LocalizedText(chinese, english), LocalizedText(todo, advice)) }

  private var fileWords: (message: LocalizedText, advice: LocalizedText) {
    switch self {
    case .fileUnreadable:
      Self.pair(
        "文件不能读", "the file cannot be read", "另存为没有密码的 .xlsx 或 UTF-8 的 CSV 后重新导入",
        "save it as .xlsx without a password, or as CSV in UTF-8, and import again")
    case .fileUnknown:
      Self.pair(
        "不认识该文件或工作表的内容", "nothing tells what the file or sheet holds",
        "在首行写明列名，或在 manifest.csv 中写明种类（lists、institutions、mapping、catalogue、ignore）",
        "name the columns in the first row, or state the kind in manifest.csv (lists, institutions, mapping, "
          + "catalogue, ignore)")
    case .encodingUnknown:
      Self.pair(
        "文字既不是 UTF-8 也不是 GBK／GB18030", "the text is neither UTF-8 nor GBK (GB18030)", "从原系统以 UTF-8 重新导出",
        "export it from its system again, in UTF-8")
    case .columnsWrong:
      Self.pair(
        "缺少必需的列，或列重复", "a column that is needed is missing, or stands twice", "按参考手册改正首行的列名",
        "correct the names of columns in the first row as the guide lists them")
    case .rowBroken:
      Self.pair(
        "该行不能读", "the row cannot be read", "核对引号、列数和乱码后重新导入该行",
        "check quotes, the number of fields and garbled characters, and import the row again")
    case .catalogueMissing:
      Self.pair(
        "没有国家编码表，对照未核对", "there is no table of national codes to check the mapping by",
        "把国家编码表（编码、名称）放进文件夹", "put the table of national codes (code, name) into the folder")
    default:
      Self.pair(
        "manifest.csv 有误", "manifest.csv is wrong", "改正所列的文件名、种类或工作表",
        "correct the file, kind or sheet that it names")
    }
  }

  private var formWords: (message: LocalizedText, advice: LocalizedText) {
    switch self {
    case .identityMissing:
      Self.pair(
        "没有结算ID，也没有病案号和出院时间", "neither setl_id nor medcasno with dscg_time is there",
        "补填 setl_id（结算ID），或 medcasno（病案号）和 dscg_time（出院时间）", "fill in setl_id, or medcasno and dscg_time")
    case .fieldMissing:
      Self.pair(
        "分组或付费需要的字段为空", "a field that grouping or payment needs is empty", "补填后重新导入该行",
        "fill it in and import the row again")
    case .valueForm:
      Self.pair(
        "分组或付费需要的值格式不对", "a value that grouping or payment needs has the wrong form", "改正后重新导入该行",
        "correct it and import the row again")
    case .codeUnknown:
      Self.pair(
        "分组或付费需要的代码不在代码表内", "a code that grouping or payment needs is not in its list",
        "改为代码表中的代码或名称后重新导入该行", "use a code or title of the list and import the row again")
    case .otherValueForm:
      Self.pair(
        "值不合接口规范，未采用", "the value does not have the form of the interface and is not relied on",
        "上传 4101 前改正", "correct it before the list is uploaded (4101)")
    default:
      Self.pair(
        "接口规范必填的字段为空", "a field that the interface demands is empty", "上传 4101 前补填",
        "fill it in before the list is uploaded (4101)")
    }
  }

  private var institutionWords: (message: LocalizedText, advice: LocalizedText) {
    switch self {
    case .institutionCode:
      Self.pair(
        "机构编码缺失或格式不对", "the institution's code is missing or badly formed", "填写 H 或 P 开头的定点医药机构编号",
        "write the code of the designated institution, H or P first")
    case .institutionName:
      Self.pair("缺少机构名称", "the institution's name is missing", "补填机构名称", "fill in the name")
    case .institutionLevel:
      Self.pair(
        "级别缺失或不认识", "the level is missing or unknown", "填写三级、二级、一级、乡镇、村或 tertiary、secondary、primary、township、village",
        "write tertiary, secondary, primary, township, village, provincial or pharmacy, or the code hosp_lv")
    default:
      Self.pair(
        "同一机构在别处内容不同", "the institution stands elsewhere with other content", "只保留一行", "keep one row of it")
    }
  }

  private var listWords: (message: LocalizedText, advice: LocalizedText) {
    switch self {
    case .institutionUnknown:
      Self.pair(
        "没有该机构的资料", "nothing is known of the institution", "在机构表中补上该机构，或用 --institution 指明",
        "add it to the table of institutions, or name it by --institution")
    case .schemeUnknown:
      Self.pair(
        "不能确定险种，或基金与险种不符", "nothing says which scheme pays, or the funds are another scheme's",
        "补填 insutype（险种：310 职工、390 居民）", "fill in insutype: 310 employees, 390 residents")
    case .sexUnknown: Self.pair("没有性别", "the sex is missing", "补填 gend（性别：1 男、2 女）", "fill in gend: 1 male, 2 female")
    case .ageUnknown:
      Self.pair(
        "没有出生日期或年龄", "neither a date of birth nor an age is there", "补填 brdy（出生日期）或 age（年龄）", "fill in brdy or age")
    case .fundsUnknown:
      Self.pair(
        "没有基金支付", "nothing says what the funds paid", "补填 payinfo（基金支付），表格填 hifp_pay（统筹基金支出，没有填 0）",
        "fill in payinfo, in tables hifp_pay (0 when there was none)")
    case .amountsWrong:
      Self.pair(
        "金额缺失或互相矛盾", "amounts are missing or contradict each other", "核对医疗费总额、分类费用和基金支付",
        "check the total, the categories of fees and the funds")
    case .repeatedOtherwise:
      Self.pair(
        "同一份清单在本次导入中另有一份内容不同", "the same list stands elsewhere in the import with other content", "只保留正确的一份",
        "keep the right one")
    case .numberTaken:
      Self.pair(
        "结算ID属于另一家机构", "the number is another institution's list", "核对 setl_id 和 fixmedins_code",
        "check setl_id and fixmedins_code")
    case .settledHere:
      Self.pair(
        "该次就诊由本平台结算，病例由结算归集", "this payer settled the stay, so that its case comes of the settlement",
        "用 4101 上传清单，再用 yibao pay gather 归集", "upload the list (4101) and gather the case by yibao pay gather")
    case .monthPublished:
      Self.pair(
        "清单所在月份或年度的结果已公布，内容不再替换", "the month or year was published; the list stays as it was",
        "向经办机构申请更正", "ask the handling centre for a correction")
    default:
      Self.pair(
        "未入组", "no group took the case", "核对主要诊断、手术操作编码和版本",
        "check the codes of diagnoses and procedures and their version")
    }
  }
}
