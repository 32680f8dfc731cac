/// Fields of `setlinfo` and `oprninfo`, by what they are about.
extension FieldGroup {
  /// What the list is about.
  static let listKey = FieldGroup([
    .may("psn_no", "人员编号", .text(30)),
    .must("mdtrt_id", "就诊ID", .text(30)),
    .must("setl_id", "结算ID", .text(30)),
    .may("fixmedins_name", "定点医药机构名称", .text(200)),
    .may("fixmedins_code", "定点医药机构编号", .text(12)),
    .may("hi_setl_lv", "医保结算等级", .text(3)),
    .may("hi_no", "医保编号", .text(30)),
    .may("medcasno", "病案号", .text(40)),
    .may("dcla_time", "申报时间", .time),
    .may("stas_type", "状态分类", .code(.listState)),
  ])

  /// Who the patient is.
  static let listPatient = FieldGroup([
    .may("psn_name", "人员姓名", .text(50)),
    .may("gend", "性别", .code(.sex)),
    .may("brdy", "出生日期", .date),
    .may("age", "年龄", .number(4, 1)),
    .must("ntly", "国籍", .text(6)),
    .may("naty", "民族", .text(3)),
    .may("patn_cert_type", "患者证件类别", .text(6)),
    .may("certno", "证件号码", .text(50)),
    .must("prfs", "职业", .code(.occupation)),
    .may("curr_addr", "现住址", .text(200)),
    .may("emp_name", "单位名称", .text(200)),
    .may("emp_addr", "单位地址", .text(200)),
    .may("emp_tel", "单位电话", .text(50)),
    .may("poscode", "邮编", .text(6)),
    .may("coner_name", "联系人姓名", .text(50)),
    .may("patn_rlts", "与患者关系", .code(.relation)),
    .may("coner_addr", "联系人地址", .text(200)),
    .may("coner_tel", "联系人电话", .text(50)),
    .may("hi_type", "医保类型", .text(3)),
    .may("insuplc", "参保地", .text(6)),
    .may("sp_psn_type", "特殊人员类型", .text(6)),
  ])

  /// What is said about a newborn.
  static let listNewborn = FieldGroup([
    .may("nwb_age", "（年龄不足1周岁）年龄", .number(3, 0)),
    .may("age_days", "新生儿天龄", .number(3, 0)),
    .may("nwb_adm_type", "新生儿入院类型", .code(.newbornAdmission)),
    .may("nwb_bir_wt", "新生儿出生体重", .number(6, 2)),
    .may("nwb_adm_wt", "新生儿入院体重", .number(6, 2)),
    .may("mul_nwb_bir_wt", "多新生儿出生体重", .text(50)),
    .may("mul_nwb_adm_wt", "多新生儿入院体重", .text(50)),
  ])

  /// The stay and the outpatient care before it.
  static let listStay = FieldGroup([
    .may("opsp_diag_caty", "门诊慢特病诊断科别", .text(50)),
    .may("opsp_mdtrt_date", "门诊慢特病就诊日期", .date),
    .may("ipt_med_type", "住院医疗类型", .text(3)),
    .may("adm_way", "入院途径", .code(.admissionWay)),
    .may("trt_type", "治疗类别", .code(.treatment)),
    .may("adm_time", "入院时间", .time),
    .may("adm_caty", "入院科别", .text(10)),
    .may("adm_dept_code", "入院科室编码", .text(30)),
    .may("adm_dept_name", "入院科室名称", .text(100)),
    .may("refldept_dept", "转科科别", .text(50)),
    .may("dscg_time", "出院时间", .time),
    .may("dscg_caty", "出院科别", .text(6)),
    .may("dscg_dept_code", "出院科室编码", .text(30)),
    .may("dscg_dept_name", "出院科室名称", .text(100)),
    .may("act_ipt_days", "实际住院天数", .number(4, 0)),
    .may("dscg_way", "离院方式", .code(.leaving)),
    .may("acp_medins_name", "拟接收机构名称", .text(100)),
    .may("acp_optins_code", "拟接收机构代码", .text(30)),
    .may("days_rinp_flag_31", "出院31天内再住院计划标志", .code(.returnPlan)),
    .may("days_rinp_pup_31", "出院31天内再住院目的", .text(200)),
  ])

  /// What was found and done.
  static let listCare = FieldGroup([
    .may("otp_wm_dise", "门（急）诊西医诊断", .text(200)),
    .may("wm_dise_code", "西医诊断疾病代码", .text(30)),
    .may("otp_tcm_dise", "门（急）诊中医诊断", .text(200)),
    .may("tcm_dise_code", "中医诊断代码", .text(30)),
    .may("diag_code_cnt", "诊断代码计数", .number(3, 0)),
    .may("maindiag_flag", "主诊断标志", .text(3)),
    .may("oprn_oprt_code_cnt", "手术操作代码计数", .number(3, 0)),
    .may("vent_used_dura", "呼吸机使用时长", .text(10)),
    .may("pwcry_bfadm_coma_dura", "颅脑损伤患者入院前昏迷时长", .text(10)),
    .may("pwcry_afadm_coma_dura", "颅脑损伤患者入院后昏迷时长", .text(10)),
    .may("bld_cat", "输血品种", .text(3)),
    .may("bld_amt", "输血量", .number(6, 0)),
    .may("bld_unt", "输血计量单位", .text(15)),
    .may("spga_nurscare_days", "特级护理天数", .number(4, 1)),
    .may("lv1_nurscare_days", "一级护理天数", .number(4, 1)),
    .may("scd_nurscare_days", "二级护理天数", .number(4, 1)),
    .may("lv3_nurscare_days", "三级护理天数", .number(4, 1)),
    .may("chfpdr_name", "主诊医师姓名", .text(50)),
    .may("chfpdr_code", "主诊医师代码", .text(30)),
    .may("resp_nurs_code", "责任护士代码", .text(50)),
  ])

  /// What the list says about payment.
  static let listPayment = FieldGroup([
    .must("setl_begn_date", "结算开始日期", .date),
    .must("setl_end_date", "结算结束日期", .date),
    .may("psn_selfpay", "个人自付", .number(16, 2)),
    .may("psn_ownpay", "个人自费", .number(16, 2)),
    .may("acct_pay", "个人账户支出", .number(16, 2)),
    .may("psn_cashpay", "个人现金支付", .number(16, 2)),
    .may("hi_paymtd", "医保支付方式", .code(.paymentMethod)),
    .may("hsorg", "医保机构", .text(100)),
    .may("hsorg_opter", "医保机构经办人", .text(50)),
  ])

  /// Who filled it in.
  static let listFilling = FieldGroup([
    .must("bill_code", "票据代码", .text(50)),
    .must("bill_no", "票据号码", .text(30)),
    .must("biz_sn", "业务流水号", .text(50)),
    .must("medins_fill_dept", "医疗机构填报部门", .text(100)),
    .must("medins_fill_psn", "医疗机构填报人", .text(50)),
  ])

  /// One operation or procedure.
  static let listProcedure = FieldGroup([
    .must("oprn_oprt_type", "手术操作类别", .code(.procedureKind)),
    .must("oprn_oprt_name", "手术操作名称", .text(500)),
    .must("oprn_oprt_code", "手术操作代码", .text(30)),
    .may("oprn_oprt_date", "手术操作日期", .date),
    .may("oprn_oprt_begntime", "手术操作开始时间", .time),
    .may("oprn_oprt_endtime", "手术操作结束时间", .time),
    .may("anst_way", "麻醉方式", .code(.anaesthesia)),
    .may("oper_dr_name", "术者医师姓名", .text(50)),
    .must("oper_dr_code", "术者医师代码", .text(20)),
    .may("anst_dr_name", "麻醉医师姓名", .text(50)),
    .may("anst_dr_code", "麻醉医师代码", .text(20)),
    .may("anst_begntime", "麻醉开始时间", .time),
    .may("anst_endtime", "麻醉结束时间", .time),
  ])
}
