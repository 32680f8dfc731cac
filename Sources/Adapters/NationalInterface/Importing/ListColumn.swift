import Kernel

/// A column that a table of settlement lists may have: the name of the interface's field and what else it is called.
public struct ListColumn: Hashable, Sendable {
  /// The name by which ``SettlementListIntake/read(fields:institution:)`` asks for it.
  public let name: String
  /// Other names, the Chinese title first.
  public let titles: [String]

  init(_ name: String, _ titles: String...) {
    self.name = name
    self.titles = titles
  }

  private init(name: String, titles: [String]) {
    self.name = name
    self.titles = titles
  }

  /// Diagnoses or procedures that a table may number.
  static let numbered = 1...40

  /// Every column: the fields of `setlinfo`, codes joined or numbered, fees by category, what the settlement says.
  public static let all: [ListColumn] = fields + codes + fees + settlement

  private static let fields: [ListColumn] = (SettlementListIntake.head?.fields ?? []).map { field in
    let name = "\(field.name)"
    return ListColumn(name: name, titles: [field.title] + (others[name] ?? []))
  }

  /// How files that were made for grouping, and people, call fields.
  private static let others: [String: [String]] = [
    "setl_id": ["id", "编号", "结算号", "结算流水号", "清单编号"],
    "fixmedins_code": ["institution", "机构编码", "医疗机构编码", "医疗机构代码"],
    "psn_no": ["个人编号"], "psn_name": ["姓名", "患者姓名"], "certno": ["身份证号", "身份证号码"],
    "gend": ["sex"], "brdy": ["birth"], "age": ["age_years", "年龄（岁）", "年龄(岁)"],
    "nwb_age": ["天龄", "不足1周岁年龄"], "nwb_bir_wt": ["birth_weight_g", "出生体重"],
    "nwb_adm_wt": ["入院体重"], "act_ipt_days": ["stay_days", "住院天数"], "dscg_way": ["discharge_kind"],
    "adm_time": ["入院日期"], "dscg_time": ["出院日期"], "adm_caty": ["入院科室"],
    "dscg_caty": ["department", "出院科室"], "chfpdr_code": ["physician", "主治医师代码"],
    "setl_end_date": ["结算日期", "结算时间"], "psn_cashpay": ["psn_cash_pay", "个人现金支出"],
  ]

  private static let codes: [ListColumn] =
    [
      ListColumn("diagnoses", "诊断编码"), ListColumn("diagnosis_names", "诊断名称"),
      ListColumn("diagnosis_conditions", "入院病情"), ListColumn("principal_diagnosis", "主要诊断编码", "主诊断编码"),
      ListColumn("principal_diagnosis_name", "主要诊断名称", "主诊断名称"),
      ListColumn("principal_diagnosis_condition", "主要诊断入院病情"), ListColumn("procedures", "手术操作编码"),
      ListColumn("procedure_names", "手术操作名称"), ListColumn("procedure_times", "手术操作时间"),
      ListColumn("principal_procedure", "主要手术操作编码", "主要手术编码"),
      ListColumn("principal_procedure_name", "主要手术操作名称", "主要手术名称"),
      ListColumn("principal_procedure_time", "主要手术操作时间", "主要手术时间"),
    ]
    + numbered.flatMap { number in
      [
        ListColumn("diagnosis_\(number)", "其他诊断编码\(number)"), ListColumn("diagnosis_name_\(number)", "其他诊断名称\(number)"),
        ListColumn("diagnosis_condition_\(number)", "其他诊断入院病情\(number)"),
        ListColumn("procedure_\(number)", "其他手术操作编码\(number)", "其他手术编码\(number)"),
        ListColumn("procedure_name_\(number)", "其他手术操作名称\(number)", "其他手术名称\(number)"),
        ListColumn("procedure_time_\(number)", "其他手术操作时间\(number)", "其他手术时间\(number)"),
      ]
    }

  private static let fees: [ListColumn] = CodeList.feeCategory.values.map { code, title in
    ListColumn("fee_\(code)", title)
  }

  private static let settlement: [ListColumn] =
    [
      ListColumn("insutype", "险种", "险种类型", "scheme"), ListColumn("med_type", "医疗类别"),
      ListColumn("medfee_sumamt", "医疗费总额", "总费用", "住院总费用", "cost"),
      ListColumn("fund_pay_sumamt", "基金支付总额"), ListColumn("hosp_part_amt", "医院负担金额"),
    ] + paid.map { ListColumn(name: $0.name, titles: $0.titles) }

  /// What funds paid: the pooled fund's code depends on the scheme.
  static let paid: [(name: String, titles: [String], fund: FundCode?)] = [
    ("hifp_pay", ["统筹基金支出", "统筹支付", "fund_share"], nil), ("cvlserv_pay", ["公务员医疗补助资金支出"], .civilServant),
    ("hifes_pay", ["企业补充医疗保险基金支出"], .enterprise), ("hifmi_pay", ["居民大病保险资金支出"], .residentCatastrophic),
    ("hifob_pay", ["职工大额医疗费用补助基金支出"], .largeSum), ("maf_pay", ["医疗救助基金支出"], .assistance),
    ("oth_pay", ["其他支出"], .other),
  ]
}
