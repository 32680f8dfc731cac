/// The input of settlement lists: every field of the edition of 2024-10 and of the national baseline.
extension TransactionForm {
  private static let t4101 = TransactionForm(
    "4101", "医疗保障基金结算清单信息上传",
    [
      .one("setlinfo", .listKey, .listPatient, .listNewborn, .listStay, .listCare, .listPayment, .listFilling),
      .manyOrNone(
        "payinfo",
        own: [
          .must("fund_pay_type", "基金支付类型", .text(6)),
          .must("fund_payamt", "基金支付金额", .number(16, 2)),
        ]),
      .manyOrNone(
        "opspdiseinfo",
        own: [
          .may("diag_name", "诊断名称", .text(100)),
          .may("diag_code", "诊断代码", .text(20)),
          .may("oprn_oprt_name", "手术操作名称", .text(500)),
          .may("oprn_oprt_code", "手术操作代码", .text(30)),
        ]),
      .manyOrNone(
        "diseinfo",
        own: [
          .must("diag_type", "诊断类别", .code(.diagnosisKind)),
          .must("diag_code", "诊断代码", .text(20)),
          .must("diag_name", "诊断名称", .text(500)),
          .may("adm_cond_type", "入院病情类型", .code(.admissionCondition)),
          .must("maindiag_flag", "主诊断标志", .flag),
        ]),
      .manyOrNone(
        "iteminfo",
        own: [
          .must("med_chrgitm", "医疗收费项目", .code(.feeCategory)),
          .must("amt", "金额", .number(16, 2)),
          .must("claa_sumfee", "甲类费用合计", .number(16, 2)),
          .must("clab_amt", "乙类金额", .number(16, 2)),
          .must("fulamt_ownpay_amt", "全自费金额", .number(16, 2)),
          .must("oth_amt", "其他金额", .number(16, 2)),
        ]),
      .manyOrNone("oprninfo", .listProcedure),
      .manyOrNone(
        "icuinfo",
        own: [
          .must("scs_cutd_ward_type", "重症监护病房类型", .code(.intensiveWard)),
          .must("scs_cutd_inpool_time", "重症监护进入时间", .time),
          .must("scs_cutd_exit_time", "重症监护退出时间", .time),
          .may("scs_cutd_sum_dura", "重症监护合计时长", .text(10)),
        ]),
      .manyOrNone(
        "bldinfo",
        own: [
          .may("bld_cat", "输血品种", .text(3)),
          .may("bld_amt", "输血量", .number(6, 0)),
          .may("bld_unt", "输血计量单位", .text(15)),
        ]),
    ])

  private static let t4102 = TransactionForm(
    "4102", "医疗保障基金结算清单信息状态修改",
    [
      .many(
        "data",
        own: [
          .may("psn_no", "人员编号", .text(30)),
          .may("setl_id", "结算ID", .text(30)),
          .may("stas_type", "审核状态", .code(.listState)),
        ],
        children: [
          .manyOrNone(
            "stastinfo",
            own: [
              .may("psn_no", "人员编号", .text(30)),
              .must("setl_id", "结算ID", .text(30)),
              .must("stas_type", "审核状态", .code(.listState)),
            ])
        ])
    ])

  /// Every form of this family.
  static let settlementList: [TransactionForm] = [t4101, t4102]
}
