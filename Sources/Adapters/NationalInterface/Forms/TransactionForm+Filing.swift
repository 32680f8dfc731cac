/// The input of filings about a person's benefits, and of their reversal.
extension TransactionForm {
  private static let t2501 = TransactionForm(
    "2501", "转院备案",
    [
      .one(
        "refmedin", .contact,
        own: [
          .must("psn_no", "人员编号", .text(30)),
          .may("insutype", "险种类型", .code(.scheme)),
          .may("insu_optins", "参保机构医保区划", .text(6)),
          .must("diag_code", "诊断代码", .text(20)),
          .must("diag_name", "诊断名称", .text(100)),
          .may("dise_cond_dscr", "疾病病情描述", .text(2000)),
          .must("reflin_medins_no", "转往定点医药机构编号", .text(12)),
          .must("reflin_medins_name", "转往医院名称", .text(200)),
          .must("mdtrtarea_admdvs", "就医地行政区划", .text(6)),
          .may("hosp_agre_refl_flag", "医院同意转院标志", .flag),
          .must("refl_type", "转院类型", .code(.transferReach)),
          .must("refl_date", "转院日期", .date),
          .must("refl_rea", "转院原因", .text(100)),
          .must("refl_opnn", "转院意见", .text(200)),
          .may("begndate", "开始日期", .date),
          .may("enddate", "结束日期", .date),
          .may("refl_old_mdtrt_id", "转院前就诊id", .text(30)),
          .may("refl_used_flag", "转诊使用标志", .text(3)),
        ])
    ])

  private static let t2502 = TransactionForm(
    "2502", "转院备案撤销",
    [
      .one("data", .filingKey, own: [.may("memo", "备注", .text(500))])
    ])

  private static let t2505 = TransactionForm(
    "2505", "人员定点备案",
    [
      .one(
        "data", .contact, .agent,
        own: [
          .must("psn_no", "人员编号", .text(30)),
          .must("biz_appy_type", "业务申请类型", .code(.businessKind)),
          .must("begndate", "开始日期", .date),
          .may("enddate", "结束日期", .date),
          .must("fix_srt_no", "定点排序号", .text(3)),
          .must("fixmedins_code", "定点医药机构编号", .text(12)),
          .must("fixmedins_name", "定点医药机构名称", .text(200)),
          .may("memo", "备注", .text(500)),
        ])
    ])

  private static let t2506 = TransactionForm(
    "2506", "人员定点备案撤销",
    [
      .one("data", .filingKey, own: [.must("memo", "备注", .text(500))])
    ])

  private static let t2507 = TransactionForm(
    "2507", "人员意外伤害备案",
    [
      .one(
        "data", .contact, .agent,
        own: [
          .must("dcla_souc", "申报来源", .code(.filingSource)),
          .may("insutype", "险种类型", .text(6)),
          .must("psn_no", "人员编号", .text(30)),
          .may("psn_insu_rlts_id", "人员参保关系ID", .text(20)),
          .must("psn_cert_type", "人员证件类型", .text(6)),
          .must("certno", "证件号码", .text(50)),
          .must("psn_name", "人员姓名", .text(50)),
          .may("gend", "性别", .text(6)),
          .may("naty", "民族", .text(3)),
          .may("brdy", "出生日期", .date),
          .must("insu_admdvs", "参保所属医保区划", .text(6)),
          .may("emp_no", "单位编号", .text(40)),
          .may("emp_name", "单位名称", .text(200)),
          .may("mdtrtarea_admdvs", "就医地医保区划", .text(6)),
          .may("fixmedins_code", "定点医药机构编号", .text(30)),
          .may("fixmedins_name", "定点医药机构名称", .text(200)),
          .may("hosp_lv", "医院等级", .text(6)),
          .may("adm_time", "入院时间", .date),
          .may("trum_time", "受伤时间", .date),
          .may("trum_site", "受伤地点", .text(200)),
          .may("trum_rea", "致伤原因", .text(200)),
          .must("chk_pay_flag", "审核支付标志", .text(3)),
          .must("begndate", "开始日期", .date),
          .may("enddate", "结束日期", .date),
          .may("memo", "备注", .text(500)),
        ])
    ])

  /// Every form of this family.
  static let filing: [TransactionForm] = [t2501, t2502, t2505, t2506, t2507]
}
