/// The input of admission and discharge.
extension TransactionForm {
  private static let t2401 = TransactionForm(
    "2401", "入院办理",
    [
      .one(
        "mdtrtinfo", .maternity, .admission, .disease, .operation,
        own: [
          .must("psn_no", "人员编号", .text(30)),
          .must("insutype", "险种类型", .code(.scheme)),
          .may("coner_name", "联系人姓名", .text(50)),
          .may("tel", "联系电话", .text(50)),
          .must("begntime", "开始时间", .time),
          .must("mdtrt_cert_type", "就诊凭证类型", .code(.credential)),
          .may("mdtrt_cert_no", "就诊凭证编号", .text(50)),
          .may("card_sn", "卡识别码", .text(32)),
          .may("cert_type", "证件类型", .text(6)),
          .may("certno", "证件号码", .text(50)),
          .must("med_type", "医疗类别", .code(.medicalType)),
          .must("ipt_no", "住院号", .text(30)),
          .may("medrcdno", "病历号", .text(30)),
          .may("main_cond_dscr", "主要病情描述", .text(1000)),
          .may("dise_type_code", "病种类型", .text(6)),
          .may("insuplc_admdvs", "参保地医保区划", .text(6)),
          .may("mdtrtarea_admvs", "就医地医保区划", .text(6)),
        ]),
      .many(
        "diseinfo", .diagnosis,
        own: [
          .must("psn_no", "人员编号", .text(30)),
          .must("maindiag_flag", "主诊断标志", .flag),
          .may("adm_cond", "入院病情", .text(500)),
        ]),
    ])

  private static let t2402 = TransactionForm(
    "2402", "出院办理",
    [
      .one(
        "dscginfo", .maternity, .disease, .operation, .visitKey,
        own: [
          .must("insutype", "险种类型", .code(.scheme)),
          .must("endtime", "结束时间", .time),
          .may("cop_flag", "伴有并发症标志", .flag),
          .must("dscg_dept_codg", "出院科室编码", .text(30)),
          .must("dscg_dept_name", "出院科室名称", .text(100)),
          .may("dscg_bed", "出院床位", .text(30)),
          .must("dscg_way", "离院方式", .code(.leaving)),
          .may("die_date", "死亡日期", .date),
        ]),
      .many(
        "diseinfo", .diagnosis, .visitKey,
        own: [
          .must("maindiag_flag", "主诊断标志", .flag)
        ]),
    ])

  private static let t2403 = TransactionForm(
    "2403", "住院信息变更",
    [
      .one(
        "adminfo", .maternity, .admission, .disease, .operation, .visitKey,
        own: [
          .may("coner_name", "联系人姓名", .text(50)),
          .may("tel", "联系电话", .text(50)),
          .must("begntime", "开始时间", .time),
          .may("endtime", "结束时间", .time),
          .must("mdtrt_cert_type", "就诊凭证类型", .code(.credential)),
          .must("med_type", "医疗类别", .code(.medicalType)),
          .must("ipt_otp_no", "住院/门诊号", .text(30)),
          .may("medrcdno", "病历号", .text(30)),
          .may("main_cond_dscr", "主要病情描述", .text(1000)),
          .may("dise_type_code", "病种编号", .text(6)),
          .may("ttp_pay_prop", "第三方自付比例", .number(5, 4)),
        ]),
      .many(
        "diseinfo", .diagnosis, .visitKey,
        own: [
          .must("maindiag_flag", "主诊断标志", .flag),
          .may("adm_cond", "入院病情", .text(500)),
        ]),
    ])

  private static let t2404 = TransactionForm(
    "2404", "入院撤销",
    [
      .one("data", .visitKey)
    ])

  private static let t2405 = TransactionForm(
    "2405", "出院撤销",
    [
      .one("data", .visitKey)
    ])

  /// Every form of this family.
  static let admission: [TransactionForm] = [t2401, t2402, t2403, t2404, t2405]
}
