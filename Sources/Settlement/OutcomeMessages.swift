public import Kernel

extension SettlementOutcome {
  /// What the outcome means, why, and what to do, as the counter tells it.
  public var message: LocalizedText {
    switch self {
    case .settled: LocalizedText("结算成功", "settled")
    case .dateNotCovered:
      LocalizedText("就诊日期没有已录入的有效政策，不作推算；请先补录政策文件", "no policy in data covers the dates; add the policy in force first")
    case .unknownRegion: LocalizedText("统筹区代码不存在；请核对参保地区划", "no region has that code; check the region of insurance")
    case .policyDefective:
      LocalizedText(
        "该日期有效的政策数据自相矛盾，不能据以结算；请运行 yibao policy check 并更正所列文件",
        "the policy in force contradicts itself; run yibao policy check and mend the files it names")
    case .emptyClaim: LocalizedText("没有费用明细，不能结算；请先上传明细", "the claim has no fee line; upload the fees first")
    case .dischargeBeforeAdmission:
      LocalizedText("出院日期早于入院日期；请更正", "discharge lies before admission; correct the dates")
    case .negativeLine:
      LocalizedText(
        "费用明细的单价、数量或金额为负；退费请先撤销原明细", "a price, quantity or amount is negative; withdraw the original line instead")
    case .lineAmountMismatch:
      LocalizedText("明细金额不等于单价×数量（四舍五入到分）；请核对", "an amount is not price × quantity rounded to fen; check the line")
    case .amountTooLarge: LocalizedText("金额超过单次结算上限 10 亿元；请核对", "an amount exceeds 1,000 million yuan; check it")
    case .lineOutsideStay: LocalizedText("明细日期不在就诊起止日期内；请核对费用发生时间", "a line's day lies outside the visit; check it")
    case .deceased: LocalizedText("参保人在就诊日前已去世；请核对身份", "the person died before the visit; check the identity")
    case .duplicateEnrolment:
      LocalizedText("就诊日存在重复参保；请先办理其中一项停保", "two enrolments cover the day; withdraw one of them first")
    case .waiting:
      LocalizedText(
        "就诊（入院）日仍在待遇等待期内，医保不予支付；如参保登记或缴费记录有误，请先更正",
        "the visit began within the waiting time and is not payable; have registration or payments corrected if wrong")
    case .interrupted: LocalizedText("参保缴费已中断；请先补缴或重新参保", "contributions stopped; pay the arrears or enrol again")
    case .paidLate: LocalizedText("年度保费逾期缴纳，当年不享受待遇", "the year's contribution was paid after the deadline")
    case .tooFewContributionYears:
      LocalizedText("退休缴费年限不足；请继续缴费或一次性补缴", "too few contribution years for retirement; pay on or pay at once")
    case .ended: LocalizedText("参保已终止；请核对参保状态", "the enrolment has ended; check it")
    case .notPaid: LocalizedText("就诊日所属期间未缴费；请先缴费", "not paid for the time of the visit; pay first")
    case .notEnrolled: LocalizedText("就诊日没有参保登记；请先办理参保", "registered nowhere on the day; enrol first")
    case .notRegulated:
      LocalizedText("本统筹区政策数据没有该类参保的规定；请补录", "the region's policy says nothing about this kind of enrolment; add it")
    case .careNotOffered: LocalizedText("该险种不支付此类医疗；请核对医疗类别", "the scheme does not pay for this kind of care; check it")
    case .noRateAtLevel:
      LocalizedText(
        "政策没有规定该级别机构和人员类别的支付比例；请核对机构级别", "no pay rate for this level and category; check the institution's level")
    case .chronicDiseaseNotFiled: LocalizedText("该门诊慢特病未备案；请先办理备案", "the chronic disease is not on file; file it first")
    case .noFirstSelfPayRate:
      LocalizedText(
        "乙类项目没有先行自付比例，统筹区也无统一比例；请补录", "a class B item has no first self-pay share and the region states none")
    case .noSeparatePayRate:
      LocalizedText("单行支付项目在该险种没有支付比例；请核对项目", "a separately paid item has no pay rate in this scheme")
    case .wrongYear:
      LocalizedText("年度累计与出院年度或险种不符；请重新取累计后结算", "the accumulators are of another year or scheme; fetch them again")
    }
  }
}
