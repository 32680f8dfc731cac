/// The input of purchases at a pharmacy.
extension TransactionForm {
  private static let t2101 = TransactionForm(
    "2101", "药店预结算",
    [
      .one(
        "druginfo", .credential, .disease,
        own: [
          .must("psn_no", "人员编号", .text(30)),
          .must("begntime", "开始时间", .time),
          .must("medfee_sumamt", "医疗费总额", .number(16, 2)),
          .must("insutype", "险种类型", .code(.scheme)),
          .must("acct_used_flag", "个人账户使用标志", .code(.accountUse)),
          .may("med_type", "医疗类别", .code(.medicalType)),
        ]),
      .many(
        "drugdetail", .dosage, .priced,
        own: [
          .must("feedetl_sn", "费用明细流水号", .text(30)),
          .may("rxno", "处方号", .text(30)),
          .may("rx_circ_flag", "外购处方标志", .flag),
          .may("bilg_dr_codg", "开单医生编码", .text(30)),
          .may("bilg_dr_name", "开单医师姓名", .text(50)),
          .may("tcmdrug_used_way", "中药使用方式", .code(.herbalUse)),
        ]),
    ])

  private static let t2102 = TransactionForm(
    "2102", "药店结算",
    [
      .one(
        "druginfo", .credential, .disease,
        own: [
          .must("psn_no", "人员编号", .text(30)),
          .must("begntime", "开始时间", .time),
          .must("medfee_sumamt", "医疗费总额", .number(16, 2)),
          .may("invono", "发票号", .text(20)),
          .must("insutype", "险种类型", .code(.scheme)),
          .must("acct_used_flag", "个人账户使用标志", .code(.accountUse)),
          .must("med_type", "医疗类别", .code(.medicalType)),
        ]),
      .many(
        "drugdetail", .dosage, .priced,
        own: [
          .must("feedetl_sn", "费用明细流水号", .text(30)),
          .may("rxno", "处方号", .text(30)),
          .may("rx_circ_flag", "外购处方标志", .flag),
          .may("bilg_dr_codg", "开单医生编码", .text(30)),
          .may("bilg_dr_name", "开单医师姓名", .text(50)),
          .may("tcmdrug_used_way", "中药使用方式", .code(.herbalUse)),
          .may("durg_trac_info", "追溯码节点信息", .text(200)),
        ]),
      .manyOrNone(
        "durg_trac_info",
        own: [
          .must("feedetl_sn", "费用明细流水号", .text(30)),
          .must("drug_trac_codg", "药品追溯码", .text(100)),
          .must("trdn_flag", "拆零标志", .flag),
        ]),
    ])

  private static let t2103 = TransactionForm(
    "2103", "药店结算撤销",
    [
      .one("data", .settlementKey)
    ])

  /// Every form of this family.
  static let pharmacy: [TransactionForm] = [t2101, t2102, t2103]
}
