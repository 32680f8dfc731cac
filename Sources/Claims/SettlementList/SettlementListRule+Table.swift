import Kernel

extension SettlementListRule {
  /// What the table says about a rule.
  struct Entry {
    let severity: Severity
    let field: String
    let message: LocalizedText

    static func refuse(_ field: String, _ chinese: String, _ english: String) -> Entry {
      Entry(severity: .refusal, field: field, message: LocalizedText(chinese, english))
    }

    static func warn(_ field: String, _ chinese: String, _ english: String) -> Entry {
      Entry(severity: .warning, field: field, message: LocalizedText(chinese, english))
    }
  }

  /// The rule's line of the table, by family.
  var entry: Entry { missing ?? dates ?? clinical ?? newborn ?? money }

  private var missing: Entry? {
    switch self {
    case .admissionTimeMissing: .refuse("adm_time", "住院清单未填入院时间", "the stay has no time of admission")
    case .dischargeTimeMissing: .refuse("dscg_time", "住院清单未填出院时间", "the stay has no time of discharge")
    case .dischargeWayMissing: .refuse("dscg_way", "住院清单未填离院方式", "the stay does not say how it ended")
    case .dischargeDepartmentMissing:
      .refuse("dscg_caty", "住院清单未填出院科别", "the stay has no department at discharge")
    case .admissionDepartmentMissing:
      .warn("adm_caty", "住院清单未填入院科别", "the stay has no department at admission")
    case .admissionWayMissing: .warn("adm_way", "住院清单未填入院途径", "the stay does not say how the patient came")
    case .treatmentMissing: .warn("trt_type", "未填治疗类别", "the kind of medicine is missing")
    case .physicianMissing: .warn("chfpdr_code", "未填主诊医师代码", "the attending physician is missing")
    case .nurseMissing: .warn("resp_nurs_code", "未填责任护士代码", "the responsible nurse is missing")
    case .paymentMethodMissing: .warn("hi_paymtd", "未填医保支付方式", "the way of payment is missing")
    case .recordNumberMissing: .warn("medcasno", "未填病案号", "the number of the medical record is missing")
    case .anaesthetistMissing: .warn("anst_dr_code", "填了麻醉方式而未填麻醉医师代码", "anaesthesia without an anaesthetist")
    case .procedureTimeMissing: .warn("oprn_oprt_begntime", "手术操作未填开始时间", "a procedure has no time")
    case .bloodAmountMissing: .warn("bld_amt", "输血未填输血量或计量单位", "blood without amount or unit")
    case .receiverMissing: .warn("acp_medins_name", "医嘱转院未填拟接收机构", "the patient was sent on, to nobody named")
    case .returnPurposeMissing:
      .warn("days_rinp_pup_31", "有31天内再住院计划而未填目的", "a return is planned for no purpose")
    case .contactIncomplete:
      .refuse("coner_tel", "填了联系人而与患者关系、地址或电话不全", "the contact's relation, address or telephone is missing")
    case .chronicCareMissing:
      .warn("opsp_mdtrt_date", "门诊慢特病清单未填诊断科别或就诊日期", "chronic care without department or day")
    case .chronicDiseaseMissing: .warn("opspdiseinfo", "门诊慢特病清单没有门诊慢特病诊疗信息", "chronic care names no disease")
    case .durationForm:
      .warn("vent_used_dura", "时长的小时应为0—24、分钟应为0—60", "hours must be 0 to 24, minutes 0 to 60")
    case .postcodeForm: .warn("poscode", "邮编应为6位数字", "a postcode has six digits")
    default: nil
    }
  }

  private var dates: Entry? {
    switch self {
    case .birthDiffers: .refuse("brdy", "出生日期与参保信息不符", "the date of birth is not that of the enrolment")
    case .sexDiffers: .refuse("gend", "性别与参保信息不符", "the sex is not that of the enrolment")
    case .nameDiffers:
      .warn("psn_name", "姓名或证件号码与参保信息不符", "name or certificate are not those of the enrolment")
    case .birthAfterAdmission: .refuse("brdy", "出生日期晚于入院日期", "birth lies after admission")
    case .dischargeBeforeAdmission: .refuse("dscg_time", "出院时间早于入院时间", "discharge lies before admission")
    case .admissionDiffers:
      .refuse("adm_time", "入院日期与结算的入院日期不符", "admission is not on the day that was settled")
    case .dischargeDiffers:
      .refuse("dscg_time", "出院日期与结算的出院日期不符", "discharge is not on the day that was settled")
    case .stayDaysDiffer:
      .refuse("act_ipt_days", "实际住院天数与入出院日期不符", "the days are not those from admission to discharge")
    case .procedureBackwards: .refuse("oprn_oprt_endtime", "手术操作结束早于开始", "a procedure ends before it begins")
    case .procedureOutsideStay:
      .refuse("oprn_oprt_begntime", "手术操作时间不在入院与出院之间", "a procedure lies outside the stay")
    case .anaesthesiaOutsideStay:
      .warn("anst_begntime", "麻醉起止时间不在入院与出院之间", "anaesthesia lies outside the stay")
    case .intensiveCareBackwards:
      .refuse("scs_cutd_exit_time", "重症监护退出早于进入", "intensive care ends before it begins")
    case .intensiveCareOutsideStay:
      .refuse("scs_cutd_inpool_time", "重症监护时间不在入院与出院之间", "intensive care lies outside the stay")
    case .intensiveCareDurationDiffers:
      .warn("scs_cutd_sum_dura", "重症监护合计时长与进出时间不符", "the time in intensive care is not from entry to exit")
    case .periodBackwards:
      .refuse("setl_end_date", "结算结束日期早于开始日期", "the settlement period ends before it begins")
    case .periodOutsideStay:
      .warn("setl_begn_date", "结算期间不在入院与出院之间", "the settlement period lies outside the stay")
    case .nursingTooLong:
      .warn("lv1_nurscare_days", "护理天数之和超过住院天数", "there are more days of nursing than of stay")
    case .ventilationTooLong:
      .warn("vent_used_dura", "呼吸机使用时长超过住院时长", "the ventilator was used longer than the stay")
    default: nil
    }
  }

  private var clinical: Entry? {
    switch self {
    case .principalDiagnosisMissing:
      .refuse("maindiag_flag", "住院清单缺少西医主要诊断", "the stay has no principal diagnosis")
    case .principalDiagnosisTwice:
      .refuse("maindiag_flag", "西医主要诊断不止一个", "there is more than one principal diagnosis")
    case .diagnosisRepeated: .warn("diag_code", "同一诊断填了两次", "a diagnosis stands twice")
    case .sexAgainstObstetricDiagnosis:
      .refuse("diag_code", "男性填了妊娠、分娩和产褥期诊断", "a man has a diagnosis of pregnancy, delivery or puerperium")
    case .sexAgainstDiagnosis: .warn("diag_code", "诊断与性别不符", "the diagnosis is one of the other sex")
    case .perinatalDiagnosisLate:
      .warn("diag_code", "满1周岁而填了起源于围生期的诊断", "a perinatal diagnosis at one year of age or more")
    case .admissionConditionMissing:
      .warn("adm_cond_type", "诊断未填入院病情", "a diagnosis does not say whether it was present at admission")
    case .diagnosisCountDiffers:
      .warn("diag_code_cnt", "诊断代码计数与诊断数不符", "the count of diagnoses is another one")
    case .principalProcedureTwice:
      .refuse("oprn_oprt_type", "主要手术操作不止一个", "there is more than one principal procedure")
    case .principalProcedureNotFirst:
      .refuse("oprn_oprt_type", "主要手术操作不是第一个", "the principal procedure is not the first")
    case .procedureCountDiffers:
      .warn("oprn_oprt_code_cnt", "手术操作代码计数与手术操作数不符", "the count of procedures is another one")
    default: nil
    }
  }

  private var newborn: Entry? {
    switch self {
    case .birthWeightMissing: .refuse("nwb_bir_wt", "出生28天内的患者未填新生儿出生体重", "a newborn has no birth weight")
    case .admissionWeightMissing:
      .refuse("nwb_adm_wt", "出生28天内的患者未填新生儿入院体重", "a newborn has no weight at admission")
    case .weightOutOfRange:
      .warn("nwb_bir_wt", "新生儿体重不在200—20000克内", "a newborn's weight is not from 200 to 20,000 grams")
    case .newbornAdmissionMissing:
      .warn("nwb_adm_type", "出生28天内的患者未填新生儿入院类型", "a newborn's kind of admission is missing")
    case .ageDaysDiffer: .warn("nwb_age", "天龄与出生日期、入院日期不符", "the age in days is not from birth to admission")
    default: nil
    }
  }

  private var money: Entry {
    switch self {
    case .categoryPartsDiffer:
      .refuse("amt", "收费项目金额不等于甲类、乙类、自费、其他之和", "a category is not the sum of its parts")
    case .categoriesDifferFromTotal:
      .refuse("amt", "收费项目金额之和不等于结算的医疗费总额", "the categories do not add up to what was charged")
    case .categoryDiffers:
      .warn("amt", "收费项目金额与已结算明细的分类合计不符", "a category is not that of the settled fee lines")
    case .fundsDiffer: .refuse("fund_payamt", "基金支付金额与结算不符", "a fund's payment is not that of the settlement")
    case .personDiffers:
      .refuse("psn_selfpay", "个人自付与个人自费之和不等于结算的个人负担", "self-pay and own pay are not the person's part")
    case .ownPayDiffers:
      .warn("psn_ownpay", "个人自费不等于结算的全自费金额（或加超限价自费）", "own pay is not what lies outside the catalogue")
    case .accountDiffers:
      .refuse("acct_pay", "个人账户支出与结算不符", "the account's payment is not that of the settlement")
    case .cashDiffers: .refuse("psn_cashpay", "个人现金支付与结算不符", "the cash is not that of the settlement")
    default: preconditionFailure("the table has no line for rule \(rawValue)")
    }
  }
}
