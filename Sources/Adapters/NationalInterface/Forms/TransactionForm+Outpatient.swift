/// The input of outpatient visits.
extension TransactionForm {
  private static let t2201 = TransactionForm(
    "2201", "门诊挂号",
    [
      .one(
        "data", .credential,
        own: [
          .must("psn_no", "人员编号", .text(30)),
          .must("insutype", "险种类型", .code(.scheme)),
          .must("begntime", "开始时间", .time),
          .must("ipt_otp_no", "住院/门诊号", .text(30)),
          .may("atddr_no", "医师编码", .text(30)),
          .may("dr_name", "医师姓名", .text(50)),
          .must("dept_code", "科室编码", .text(30)),
          .must("dept_name", "科室名称", .text(100)),
          .must("caty", "科别", .text(10)),
        ])
    ])

  private static let t2202 = TransactionForm(
    "2202", "门诊挂号撤销",
    [
      .one(
        "data", .visitKey,
        own: [
          .must("ipt_otp_no", "住院/门诊号", .text(30))
        ])
    ])

  private static let t2203 = TransactionForm(
    "2203", "门诊就诊信息上传",
    [
      .one(
        "mdtrtinfo", .disease, .visitKey,
        own: [
          .must("med_type", "医疗类别", .code(.medicalType)),
          .must("begntime", "开始时间", .time),
          .may("main_cond_dscr", "主要病情描述", .text(1000)),
          .may("dise_type_code", "病种类型代码", .text(30)),
          .may("birctrl_type", "计划生育手术类别", .code(.familyPlanning)),
          .may("birctrl_matn_date", "计划生育手术或生育日期", .date),
        ]),
      .many(
        "diseinfo", .diagnosis,
        own: [
          .must("vali_flag", "有效标志", .flag)
        ]),
    ])

  private static let t2204 = TransactionForm(
    "2204", "门诊费用明细信息上传",
    [
      .many(
        "feedetail", .dosage, .doctors, .priced, .handling, .visitKey,
        own: [
          .must("feedetl_sn", "费用明细流水号", .text(30)),
          .must("chrg_bchno", "收费批次号", .text(30)),
          .may("dise_codg", "病种编码", .text(30)),
          .may("rxno", "处方号", .text(30)),
          .must("rx_circ_flag", "外购处方标志", .flag),
          .may("memo", "备注", .text(1000)),
          .may("comb_no", "组套编码", .text(3)),
        ])
    ])

  private static let t2205 = TransactionForm(
    "2205", "门诊费用明细信息撤销",
    [
      .one(
        "data", .visitKey,
        own: [
          .must("chrg_bchno", "收费批次号", .text(30))
        ])
    ])

  private static let t2206 = TransactionForm(
    "2206", "门诊预结算",
    [
      .one(
        "data", .credential, .visitKey,
        own: [
          .must("med_type", "医疗类别", .code(.medicalType)),
          .must("medfee_sumamt", "医疗费总额", .number(16, 2)),
          .must("psn_setlway", "个人结算方式", .code(.settlingWay)),
          .must("chrg_bchno", "收费批次号", .text(30)),
          .must("acct_used_flag", "个人账户使用标志", .code(.accountUse)),
          .must("insutype", "险种类型", .code(.scheme)),
          .may("pub_hosp_rfom_flag", "公立医院改革标志", .text(6)),
        ])
    ])

  private static let t2207 = TransactionForm(
    "2207", "门诊结算",
    [
      .one(
        "data", .split, .visitKey,
        own: [
          .must("mdtrt_cert_type", "就诊凭证类型", .code(.credential)),
          .must("mdtrt_cert_no", "就诊凭证编号", .text(50)),
          .may("card_sn", "卡识别码", .text(32)),
          .may("psn_cert_type", "证件类型", .text(6)),
          .may("certno", "证件号码", .text(50)),
          .must("med_type", "医疗类别", .code(.medicalType)),
          .must("medfee_sumamt", "医疗费总额", .number(16, 2)),
          .must("psn_setlway", "个人结算方式", .code(.settlingWay)),
          .must("chrg_bchno", "收费批次号", .text(30)),
          .must("insutype", "险种类型", .code(.scheme)),
          .must("acct_used_flag", "个人账户使用标志", .code(.accountUse)),
          .may("invono", "发票号", .text(20)),
          .may("pub_hosp_rfom_flag", "公立医院改革标志", .text(6)),
        ])
    ])

  private static let t2208 = TransactionForm(
    "2208", "门诊结算撤销",
    [
      .one("data", .settlementKey)
    ])

  /// Every form of this family.
  static let outpatient: [TransactionForm] = [t2201, t2202, t2203, t2204, t2205, t2206, t2207, t2208]
}
