/// Fields of audits before and during care; the two have the same.
extension FieldGroup {
  /// The insured person.
  static let analysedPatient = FieldGroup([
    .must("patn_id", "参保人标识", .text(50)),
    .must("patn_name", "姓名", .text(50)),
    .must("gend", "性别", .text(3)),
    .must("brdy", "出生日期", .time),
    .must("poolarea", "统筹区编码", .text(10)),
    .must("curr_mdtrt_id", "当前就诊标识", .text(50)),
  ])

  /// A visit or stay.
  static let analysedVisit = FieldGroup([
    .must("mdtrt_id", "就诊标识", .text(50)),
    .must("medins_id", "医疗服务机构标识", .text(50)),
    .must("medins_name", "医疗机构名称", .text(200)),
    .must("medins_admdvs", "医疗机构行政区划编码", .text(6)),
    .must("medins_type", "医疗服务机构类型", .text(3)),
    .must("medins_lv", "医疗机构等级", .text(3)),
    .may("wardarea_codg", "病区标识", .text(20)),
    .may("wardno", "病房号", .text(20)),
    .may("bedno", "病床号", .text(20)),
    .must("adm_date", "入院日期", .time),
    .may("dscg_date", "出院日期", .time),
    .must("dscg_main_dise_codg", "主诊断编码", .text(20)),
    .must("dscg_main_dise_name", "主诊断名称", .text(50)),
    .must("dr_codg", "医师标识", .text(20)),
    .must("adm_dept_codg", "入院科室标识", .text(20)),
    .must("adm_dept_name", "入院科室名称", .text(50)),
    .may("dscg_dept_codg", "出院科室标识", .text(20)),
    .may("dscg_dept_name", "出院科室名称", .text(50)),
    .must("med_mdtrt_type", "就诊类型", .text(3)),
    .must("med_type", "医疗类别", .text(3)),
    .may("matn_stas", "生育状态", .text(3)),
    .may("medfee_sumamt", "总费用", .number(16, 2)),
    .may("ownpay_amt", "自费金额", .number(16, 2)),
    .may("selfpay_amt", "自付金额", .number(16, 2)),
    .may("acct_payamt", "个人账户支付金额", .number(16, 2)),
    .may("ma_amt", "救助金支付金额", .number(16, 2)),
    .may("hifp_payamt", "统筹金支付金额", .number(16, 2)),
    .may("setl_totlnum", "结算总次数", .number(4, 0)),
    .must("insutype", "险种", .text(3)),
    .may("reim_flag", "报销标志", .text(3)),
    .must("out_setl_flag", "异地结算标志", .text(3)),
    .may("dise_no", "病种编号", .text(30)),
    .may("dise_name", "病种名称", .text(500)),
    .may("sinc_heal_lv", "手术切口愈合等级", .text(30)),
    .may("his_md_cnt", "历史就诊次数", .text(50)),
  ])

  /// A diagnosis.
  static let analysedDiagnosis = FieldGroup([
    .must("dise_id", "诊断标识", .text(50)),
    .must("inout_dise_type", "出入诊断类别", .text(3)),
    .must("maindise_flag", "主诊断标志", .text(3)),
    .must("dias_srt_no", "诊断排序号", .text(2)),
    .must("dise_codg", "诊断(疾病)编码", .text(30)),
    .must("dise_name", "诊断(疾病)名称", .text(200)),
    .must("dise_date", "诊断日期", .time),
  ])

  /// A prescription or order.
  static let analysedOrder = FieldGroup([
    .must("rx_id", "处方(医嘱)标识", .text(50)),
    .must("rxno", "处方号", .text(20)),
    .may("grpno", "组编号", .text(20)),
    .must("long_drord_flag", "是否为长期医嘱", .text(3)),
    .must("hilist_type", "目录类别", .text(3)),
    .must("chrg_type", "收费类别", .text(3)),
    .must("drord_bhvr", "医嘱行为", .text(3)),
    .must("hilist_code", "医保目录代码", .text(20)),
    .must("hilist_name", "医保目录名称", .text(50)),
    .may("hilist_dosform", "医保目录(药品)剂型", .text(50)),
    .must("hilist_lv", "医保目录等级", .text(3)),
    .may("hilist_pric", "医保目录价格", .number(16, 2)),
    .may("lv1_hosp_item_pric", "一级医院目录价格", .number(16, 2)),
    .may("lv2_hosp_item_pric", "二级医院目录价格", .number(16, 2)),
    .may("lv3_hosp_item_pric", "三级医院目录价格", .number(16, 2)),
    .may("hilist_memo", "医保目录备注", .text(200)),
    .must("hosplist_code", "医院目录代码", .text(20)),
    .must("hosplist_name", "医院目录名称", .text(50)),
    .may("hosplist_dosform", "医院目录(药品)剂型", .text(20)),
    .must("cnt", "数量", .number(6, 2)),
    .must("pric", "单价", .number(16, 2)),
    .must("sumamt", "总费用", .number(16, 2)),
    .may("ownpay_amt", "自费金额", .number(16, 2)),
    .may("selfpay_amt", "自付金额", .number(16, 2)),
    .may("spec", "规格", .text(100)),
    .may("spec_unt", "数量单位", .text(20)),
    .must("drord_begn_date", "医嘱开始日期", .time),
    .may("drord_stop_date", "医嘱停止日期", .time),
    .must("drord_dept_codg", "下达医嘱的科室标识", .text(30)),
    .must("drord_dept_name", "下达医嘱科室名称", .text(50)),
    .must("drord_dr_codg", "开处方(医嘱)医生标识", .text(30)),
    .must("drord_dr_name", "开处方(医嘱)医生姓名", .text(30)),
    .may("drord_dr_profttl", "开处方(医嘱)医职称", .text(3)),
    .must("curr_drord_flag", "是否当前处方(医嘱)", .text(3)),
  ])

  /// What some editions add to an order.
  static let analysedOrderMore = FieldGroup([
    .may("o_prdDays", "周期天数", .text(10)),
    .may("o_minPacCnt", "最小包装数量", .text(30)),
    .may("o_minPrepunt", "最小制剂单位", .text(30)),
    .may("o_minPacUnt", "最小包装单位", .text(30)),
    .may("o_drugSpec", "药品目录规格", .text(30)),
    .may("o_firstItemFlag", "半年内使用一线用药标志", .text(5)),
    .may("o_sinDosDscr", "单次剂量描述", .text(50)),
    .may("o_used_frqu_dscr", "使用频次描述", .text(50)),
  ])

  /// An operation.
  static let analysedOperation = FieldGroup([
    .must("setl_list_oprn_id", "手术操作ID", .text(30)),
    .may("oprn_code", "手术操作代码", .text(30)),
    .may("oprn_name", "手术操作名称", .text(500)),
    .must("main_oprn_flag", "主手术操作标志", .text(3)),
    .may("oprn_date", "手术操作日期", .time),
    .may("anst_way", "麻醉方式", .text(30)),
    .may("oper_dr_name", "术者医师姓名", .text(50)),
    .may("oper_dr_code", "术者医师代码", .text(30)),
    .may("anst_dr_name", "麻醉医师姓名", .text(50)),
    .may("anst_dr_code", "麻醉医师代码", .text(30)),
  ])
}
