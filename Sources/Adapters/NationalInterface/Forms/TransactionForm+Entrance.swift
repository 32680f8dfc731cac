/// The input of sign-in, persons, institutions, filings, reversal of an unknown outcome, reconciliation.
extension TransactionForm {
  private static let t9001 = TransactionForm(
    "9001", "签到",
    [
      .one(
        "signIn",
        own: [
          .must("opter_no", "操作员编号", .text(20)),
          .must("mac", "签到MAC地址", .text(20)),
          .must("ip", "签到IP地址", .text(20)),
        ])
    ])

  private static let t9002 = TransactionForm(
    "9002", "签退",
    [
      .one(
        "signOut",
        own: [
          .must("sign_no", "签到编号", .text(30)),
          .must("opter_no", "操作员编号", .text(20)),
        ])
    ])

  private static let t1101 = TransactionForm(
    "1101", "人员信息获取",
    [
      .one(
        "data",
        own: [
          .may("mdtrt_cert_type", "就诊凭证类型", .code(.credential)),
          .may("mdtrt_cert_no", "就诊凭证编号", .text(50)),
          .may("card_sn", "卡识别码", .text(32)),
          .may("begntime", "开始时间", .time),
          .may("psn_cert_type", "人员证件类型", .text(6)),
          .may("certno", "证件号码", .text(50)),
          .may("psn_name", "人员姓名", .text(50)),
        ])
    ])

  private static let t1201 = TransactionForm(
    "1201", "医药机构信息获取",
    [
      .one(
        "medinsinfo",
        own: [
          .may("fixmedins_type", "定点医疗服务机构类型", .code(.institutionKind)),
          .may("fixmedins_name", "定点医药机构名称", .text(200)),
          .may("fixmedins_code", "定点医药机构编号", .text(12)),
        ])
    ])

  private static let t2001 = TransactionForm(
    "2001", "人员待遇享受检查",
    [
      .one(
        "data", .disease, .operation,
        own: [
          .must("psn_no", "人员编号", .text(30)),
          .must("insutype", "险种类型", .code(.scheme)),
          .must("fixmedins_code", "定点医药机构编号", .text(12)),
          .must("med_type", "医疗类别", .code(.medicalType)),
          .must("begntime", "开始时间", .time),
          .may("endtime", "结束时间", .time),
          .may("matn_type", "生育类别", .code(.delivery)),
          .may("birctrl_type", "计划生育手术类别", .code(.familyPlanning)),
        ])
    ])

  private static let t2503 = TransactionForm(
    "2503", "人员慢特病备案",
    [
      .one(
        "data",
        own: [
          .must("psn_no", "人员编号", .text(30)),
          .must("insutype", "险种类型", .code(.scheme)),
          .must("opsp_dise_code", "门慢门特病种目录代码", .text(30)),
          .must("opsp_dise_name", "门慢门特病种名称", .text(300)),
          .may("tel", "联系电话", .text(50)),
          .may("addr", "联系地址", .text(200)),
          .must("insu_optins", "参保机构医保区划", .text(6)),
          .must("ide_fixmedins_no", "鉴定定点医药机构编号", .text(30)),
          .must("ide_fixmedins_name", "鉴定定点医药机构名称", .text(200)),
          .must("hosp_ide_date", "医院鉴定日期", .date),
          .must("diag_dr_codg", "诊断医师编码", .text(30)),
          .must("diag_dr_name", "诊断医师姓名", .text(50)),
          .must("begndate", "开始日期", .date),
          .may("enddate", "结束日期", .date),
          .may("trt_dcla_detl_sn", "待遇申报明细流水号", .text(30)),
          .may("selfdef_splm_flag", "自定义补充标志", .text(3)),
          .may("memo", "备注", .text(500)),
        ])
    ])

  private static let t2504 = TransactionForm(
    "2504", "人员慢特病备案撤销",
    [
      .one(
        "data",
        own: [
          .must("trt_dcla_detl_sn", "待遇申报明细流水号", .text(30)),
          .must("psn_no", "人员编号", .text(30)),
          .must("memo", "备注", .text(500)),
        ])
    ])

  private static let t2601 = TransactionForm(
    "2601", "冲正交易",
    [
      .one(
        "data",
        own: [
          .must("psn_no", "人员编号", .text(30)),
          .must("omsgid", "原发送方报文ID", .text(30)),
          .must("oinfno", "原交易编号", .text(4)),
        ])
    ])

  private static let t3201 = TransactionForm(
    "3201", "医药机构费用结算对总账",
    [
      .one(
        "data",
        own: [
          .must("insutype", "险种", .code(.scheme)),
          .must("clr_type", "清算类别", .code(.clearingKind)),
          .must("setl_optins", "结算经办机构", .text(6)),
          .must("stmt_begndate", "对账开始日期", .date),
          .must("stmt_enddate", "对账结束日期", .date),
          .must("medfee_sumamt", "医疗费总额", .number(16, 2)),
          .must("fund_pay_sumamt", "基金支付总额", .number(16, 2)),
          .must("acct_pay", "个人账户支付金额", .number(16, 2)),
          .must("fixmedins_setl_cnt", "定点医药机构结算笔数", .number(10, 0)),
          .may("refd_setl_flag", "退费结算标志", .flag),
          .may("fixmedins_refd_setl_flag", "定点医药机构退费结算标志", .flag),
        ])
    ])

  private static let t3202 = TransactionForm(
    "3202", "医药机构费用结算对明细账",
    [
      .one(
        "data",
        own: [
          .must("setl_optins", "结算经办机构", .text(6)),
          .must("file_qury_no", "文件查询号", .text(200)),
          .must("stmt_begndate", "对账开始日期", .date),
          .must("stmt_enddate", "对账结束日期", .date),
          .must("medfee_sumamt", "医疗费总额", .number(16, 2)),
          .must("fund_pay_sumamt", "基金支付总额", .number(16, 2)),
          .must("cash_payamt", "现金支付金额", .number(16, 2)),
          .must("fixmedins_setl_cnt", "定点医药机构结算笔数", .number(10, 0)),
          .must("clr_type", "清算类别", .code(.clearingKind)),
          .may("refd_setl_flag", "退费结算标志", .flag),
          .may("fixmedins_refd_setl_flag", "定点医药机构退费结算标志", .flag),
        ])
    ])

  /// Every form of this family.
  static let entrance: [TransactionForm] = [t9001, t9002, t1101, t1201, t2001, t2503, t2504, t2601, t3201, t3202]
}
