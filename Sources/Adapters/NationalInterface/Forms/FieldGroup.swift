/// Fields that several transactions share, as the edition of 2024-10 describes them.
struct FieldGroup: Sendable {
  let fields: [InputField]

  init(_ fields: [InputField]) { self.fields = fields }

  /// Which credential the person showed; the certificate is a provincial addition.
  static let credential = FieldGroup([
    .may("mdtrt_cert_type", "就诊凭证类型", .code(.credential)),
    .may("mdtrt_cert_no", "就诊凭证编号", .text(50)),
    .may("card_sn", "卡识别码", .text(32)),
    .may("psn_cert_type", "证件类型", .text(6)),
    .may("certno", "证件号码", .text(50)),
    .may("psn_type", "人员类别", .text(6)),
    .may("psn_name", "人员姓名", .text(50)),
  ])

  /// Facts of maternity care.
  static let maternity = FieldGroup([
    .may("fpsc_no", "计划生育服务证号", .text(50)),
    .may("matn_type", "生育类别", .code(.delivery)),
    .may("birctrl_type", "计划生育手术类别", .code(.familyPlanning)),
    .may("latechb_flag", "晚育标志", .flag),
    .may("geso_val", "孕周数", .number(2, 0)),
    .may("fetts", "胎次", .number(3, 0)),
    .may("fetus_cnt", "胎儿数", .number(3, 0)),
    .may("pret_flag", "早产标志", .flag),
    .may("birctrl_matn_date", "计划生育手术或生育日期", .date),
  ])

  /// How a drug is taken.
  static let dosage = FieldGroup([
    .may("sin_dos_dscr", "单次剂量描述", .text(200)),
    .may("used_frqu_dscr", "使用频次描述", .text(200)),
    .may("prd_days", "周期天数", .number(4, 2)),
    .may("medc_way_dscr", "用药途径描述", .text(200)),
  ])

  /// The split that the institution computed itself.
  static let split = FieldGroup([
    .may("fulamt_ownpay_amt", "全自费金额", .number(16, 2)),
    .may("overlmt_selfpay", "超限价金额", .number(16, 2)),
    .may("preselfpay_amt", "先行自付金额", .number(16, 2)),
    .may("inscp_scp_amt", "符合政策范围金额", .number(16, 2)),
  ])

  /// Who ordered and who carried out.
  static let doctors = FieldGroup([
    .must("bilg_dept_codg", "开单科室编码", .text(30)),
    .must("bilg_dept_name", "开单科室名称", .text(100)),
    .must("bilg_dr_codg", "开单医生编码", .text(30)),
    .must("bilg_dr_name", "开单医师姓名", .text(50)),
    .may("acord_dept_codg", "受单科室编码", .text(30)),
    .may("acord_dept_name", "受单科室名称", .text(100)),
    .may("orders_dr_code", "受单医生编码", .text(30)),
    .may("orders_dr_name", "受单医生姓名", .text(50)),
  ])

  /// What was charged.
  static let priced = FieldGroup([
    .may("fee_ocur_time", "费用发生时间", .time),
    // Left empty, the institution's own code is looked up in its mapping (3301).
    .may("med_list_codg", "医疗目录编码", .text(50)),
    .must("medins_list_codg", "医药机构目录编码", .text(150)),
    .must("det_item_fee_sumamt", "明细项目费用总额", .number(16, 2)),
    .must("cnt", "数量", .number(16, 4)),
    .must("pric", "单价", .number(16, 6)),
  ])

  /// How the item is handled.
  static let handling = FieldGroup([
    .may("hosp_appr_flag", "医院审批标志", .code(.approval)),
    .may("tcmdrug_used_way", "中药使用方式", .code(.herbalUse)),
    .may("etip_flag", "外检标志", .flag),
    .may("etip_hosp_code", "外检医院编码", .text(30)),
    .may("dscg_tkdrug_flag", "出院带药标志", .flag),
    .may("matn_fee_flag", "生育费用标志", .flag),
  ])

  /// The ward and the diagnosis of an admission.
  static let admission = FieldGroup([
    .must("atddr_no", "主治医生编码", .text(30)),
    .must("chfpdr_name", "主诊医师姓名", .text(50)),
    .must("adm_diag_dscr", "入院诊断描述", .text(200)),
    .must("adm_dept_codg", "入院科室编码", .text(30)),
    .must("adm_dept_name", "入院科室名称", .text(100)),
    .must("adm_bed", "入院床位", .text(30)),
    .must("dscg_maindiag_code", "住院主诊断代码", .text(20)),
    .must("dscg_maindiag_name", "住院主诊断名称", .text(300)),
  ])

  /// The disease of the benefit.
  static let disease = FieldGroup([
    .may("dise_codg", "病种编码", .text(30)),
    .may("dise_name", "病种名称", .text(500)),
  ])

  /// The operation of day surgery.
  static let operation = FieldGroup([
    .may("oprn_oprt_code", "手术操作代码", .text(30)),
    .may("oprn_oprt_name", "手术操作名称", .text(500)),
  ])

  /// One diagnosis.
  static let diagnosis = FieldGroup([
    .must("diag_type", "诊断类别", .code(.diagnosisKind)),
    .must("diag_srt_no", "诊断排序号", .number(2, 0)),
    .must("diag_code", "诊断代码", .text(20)),
    .must("diag_name", "诊断名称", .text(100)),
    .must("diag_dept", "诊断科室", .text(50)),
    .must("dise_dor_no", "诊断医生编码", .text(30)),
    .must("dise_dor_name", "诊断医生姓名", .text(50)),
    .must("diag_time", "诊断时间", .time),
  ])

  /// Which page of a query.
  static let pageWanted = FieldGroup([
    .may("updt_time", "更新时间", .time),
    .must("page_num", "当前页数", .number(4, 0)),
    .must("page_size", "本页数据量", .number(4, 0)),
  ])

  /// The visit and its person.
  static let visitKey = FieldGroup([
    .must("mdtrt_id", "就诊ID", .text(30)),
    .must("psn_no", "人员编号", .text(30)),
  ])

  /// The settlement, its visit and its person.
  static let settlementKey = FieldGroup([
    .must("setl_id", "结算ID", .text(30)),
    .must("mdtrt_id", "就诊ID", .text(30)),
    .must("psn_no", "人员编号", .text(30)),
  ])

  /// A filing by its number.
  static let filingKey = FieldGroup([
    .must("trt_dcla_detl_sn", "待遇申报明细流水号", .text(30)),
    .must("psn_no", "人员编号", .text(30)),
  ])

  /// How to reach the person.
  static let contact = FieldGroup([
    .may("tel", "联系电话", .text(50)),
    .may("addr", "联系地址", .text(500)),
  ])

  /// Who files for the person.
  static let agent = FieldGroup([
    .may("agnter_name", "代办人姓名", .text(50)),
    .may("agnter_cert_type", "代办人证件类型", .text(6)),
    .may("agnter_certno", "代办人证件号码", .text(50)),
    .may("agnter_tel", "代办人联系方式", .text(30)),
    .may("agnter_addr", "代办人联系地址", .text(200)),
    .may("agnter_rlts", "代办人关系", .text(3)),
  ])

  /// A person and a period, up to today without an end.
  static let personSpan = FieldGroup([
    .must("psn_no", "人员编号", .text(30)),
    .must("begntime", "开始时间", .time),
    .may("endtime", "结束时间", .time),
  ])
}
