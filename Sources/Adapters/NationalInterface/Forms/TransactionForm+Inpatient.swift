/// The input of fees and settlement of stays.
extension TransactionForm {
  private static let t2301 = TransactionForm(
    "2301", "住院费用明细上传",
    [
      .many(
        "feedetail", .doctors, .priced, .handling, .visitKey,
        own: [
          .must("feedetl_sn", "费用明细流水号", .text(30)),
          .may("init_feedetl_sn", "原费用流水号", .text(30)),
          .may("drord_no", "医嘱号", .text(30)),
          .must("med_type", "医疗类别", .code(.medicalType)),
          .may("memo", "备注", .text(500)),
          .may("comb_no", "组套编号", .text(3)),
        ])
    ])

  private static let t2302 = TransactionForm(
    "2302", "住院费用明细撤销",
    [
      .many(
        "data", .visitKey,
        own: [
          .must("feedetl_sn", "费用明细流水号", .text(30))
        ])
    ])

  private static let t2303 = TransactionForm(
    "2303", "住院预结算",
    [
      .one(
        "data", .credential, .split, .visitKey,
        own: [
          .must("medfee_sumamt", "医疗费总额", .number(16, 2)),
          .must("psn_setlway", "个人结算方式", .code(.settlingWay)),
          .may("acct_used_flag", "个人账户使用标志", .code(.accountUse)),
          .must("insutype", "险种类型", .code(.scheme)),
          .must("mid_setl_flag", "中途结算标志", .flag),
          .may("dscgTime", "出院时间", .date),
          .may("insuplc_admdvs", "参保地医保区划", .text(6)),
          .may("mdtrtarea_admvs", "就医地医保区划", .text(6)),
        ])
    ])

  private static let t2304 = TransactionForm(
    "2304", "住院结算",
    [
      .one(
        "data", .credential, .split, .visitKey,
        own: [
          .must("medfee_sumamt", "医疗费总额", .number(16, 2)),
          .must("psn_setlway", "个人结算方式", .code(.settlingWay)),
          .must("insutype", "险种类型", .code(.scheme)),
          .must("acct_used_flag", "个人账户使用标志", .code(.accountUse)),
          .may("insuplc_admdvs", "参保地医保区划", .text(6)),
          .may("mdtrtarea_admvs", "就医地医保区划", .text(6)),
          .may("invono", "发票号", .text(20)),
          .must("mid_setl_flag", "中途结算标志", .flag),
          .may("dscgTime", "出院时间", .date),
        ])
    ])

  private static let t2305 = TransactionForm(
    "2305", "住院结算撤销",
    [
      .one("data", .settlementKey)
    ])

  /// Every form of this family.
  static let inpatient: [TransactionForm] = [t2301, t2302, t2303, t2304, t2305]
}
