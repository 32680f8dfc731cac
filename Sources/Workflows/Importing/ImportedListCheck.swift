import Claims
import Kernel
import Ledger
import People

/// Checks a stated list beside what is known of person and institution, by every rule that holds without a settlement.
struct ImportedListCheck {
  private let stated: StatedSettlementList
  private let person: PersonRecord?
  private let institution: InstitutionRecord?
  private var findings: [ImportFinding]
  private var warnings: [SettlementListFinding] = []

  /// What came of a check.
  struct Answer {
    /// What the list comes to; `nil` when a finding refuses it.
    var content: ImportedSettlementList.Content?
    /// Everything found, by number.
    var findings: [ImportFinding]
    /// The warnings that stay with the list.
    var warnings: [SettlementListFinding]
  }

  /// Checks a list.
  static func check(_ stated: StatedSettlementList, person: PersonRecord?, institution: InstitutionRecord?) -> Answer {
    var check = ImportedListCheck(
      stated: stated, person: person, institution: institution, findings: stated.findings)
    let content = check.content()
    let findings = check.findings.enumerated()
      .sorted { ($0.element.number, $0.offset) < ($1.element.number, $1.offset) }.map(\.element)
    let isRefused = findings.contains(where: \.isRefusing)
    return Answer(content: isRefused ? nil : content, findings: findings, warnings: check.warnings)
  }

  private init(
    stated: StatedSettlementList, person: PersonRecord?, institution: InstitutionRecord?, findings: [ImportFinding]
  ) {
    self.stated = stated
    self.person = person
    self.institution = institution
    self.findings = findings
  }

  private mutating func note(_ rule: ImportRule, _ field: String, _ value: String = "", _ detail: LocalizedText? = nil)
  {
    // What the form refused already is not said twice.
    if findings.contains(where: { $0.isRefusing && $0.field == field }) { return }
    findings.append(ImportFinding(rule, field: field, value: value, detail: detail))
  }

  private mutating func content() -> ImportedSettlementList.Content? {
    let list = stated.list
    checkNumber()
    if institution == nil { note(.institutionUnknown, "fixmedins_code", list.institution) }
    let scheme = scheme()
    let sex = list.patient.sex ?? person?.person.sex
    if sex == nil { note(.sexUnknown, "gend") }
    let birth = birth()
    let isAgeRefused = findings.contains { $0.isRefusing && $0.field == "age" }
    if birth == nil, list.stay.admitted != nil, !isAgeRefused { note(.ageUnknown, "brdy") }
    let money = money(scheme)
    lookAtDays()
    guard let sex, let birth, let money, let scheme, let institution,
      let admitted = list.stay.admitted?.day ?? stated.day
    else { return nil }
    check(sex, birth, admitted, money)
    return ImportedSettlementList.Content(
      list: list, care: stated.care, scheme: scheme, level: institution.institution.level, total: money.total,
      fundShare: money.pooled, ageYears: ageYears(birth, admitted))
  }

  private mutating func checkNumber() {
    guard let number = stated.number else { return note(.identityMissing, "setl_id") }
    let isPlain = number.utf8.allSatisfy { (0x21..<0x7F).contains($0) }
    if !isPlain || number.utf8.count > 100 {
      note(
        .valueForm, stated.list.settlement.isEmpty ? "medcasno" : "setl_id", number,
        LocalizedText("应为不含空格的 ASCII 字符", "it must be ASCII without blanks"))
    }
    for text in [stated.list.stay.dischargeDepartment, stated.list.stay.physician.code] where text.utf8.contains(0) {
      note(.valueForm, "dscg_caty", text, LocalizedText("含有空字符", "it holds a NUL"))
    }
  }

  // MARK: Scheme and money

  private static func pooled(_ scheme: InsuranceScheme) -> String {
    (scheme == .employee ? Fund.employeePooled : .residentPooled).word
  }

  private mutating func scheme() -> InsuranceScheme? {
    let paid = Set(stated.list.payment.funds.map(\.fund))
    let schemes = InsuranceScheme.allCases.filter { paid.contains(Self.pooled($0)) }
    let scheme = stated.scheme ?? (schemes.count == 1 ? schemes.first : nil)
    guard let scheme else {
      note(.schemeUnknown, "insutype")
      return nil
    }
    if !schemes.isEmpty, schemes != [scheme] {
      note(.schemeUnknown, "fund_pay_type", schemes.map { Self.pooled($0) }.joined(separator: " "))
    }
    return scheme
  }

  private struct Amounts {
    let total: Money
    let pooled: Money
    let funds: Money
  }

  private mutating func money(_ scheme: InsuranceScheme?) -> Amounts? {
    let (list, limit) = (stated.list, Money(fen: 100_000_000_000_000))
    let parts =
      list.fees.map(\.amount) + list.payment.funds.map(\.amount)
      + [stated.total, stated.hospitalPart].compactMap { $0 }
    // What no settlement can hold is not added up.
    if let wrong = parts.first(where: { $0.isNegative || $0 > limit }) {
      note(.amountsWrong, "medfee_sumamt", wrong.yuan)
      return nil
    }
    guard let total = stated.total ?? (list.fees.isEmpty ? nil : list.fees.reduce(Money.zero) { $0 + $1.amount }),
      total > .zero
    else {
      note(.amountsWrong, "medfee_sumamt", stated.total?.yuan ?? "")
      return nil
    }
    if list.payment.funds.isEmpty {
      note(.fundsUnknown, "payinfo")
      return nil
    }
    let funds = list.payment.funds.reduce(Money.zero) { $0 + $1.amount }
    if funds > total {
      note(.amountsWrong, "fund_payamt", "\(funds) > \(total)")
      return nil
    }
    let word = scheme.map { Self.pooled($0) }
    let pooled = list.payment.funds.filter { $0.fund == word }.reduce(Money.zero) { $0 + $1.amount }
    return Amounts(total: total, pooled: pooled, funds: funds)
  }

  // MARK: Days and age

  /// Without an admission or discharge there is nothing to check the rest against.
  private mutating func lookAtDays() {
    guard stated.care.isStay else {
      if stated.day == nil { note(.fieldMissing, "setl_end_date") }
      return
    }
    if stated.list.stay.admitted == nil { add(.init(.admissionTimeMissing)) }
    if stated.list.stay.discharged == nil { add(.init(.dischargeTimeMissing)) }
  }

  private mutating func add(_ finding: SettlementListFinding) {
    if finding.rule.severity == .warning { warnings.append(finding) }
    let found = ImportFinding(finding)
    if !findings.contains(where: { $0.isRefusing && $0.field == found.field }) { findings.append(found) }
  }

  /// The date of birth, or one that agrees with the stated age: nothing is paid by it.
  private func birth() -> CalendarDate? {
    if let birth = stated.list.patient.birth ?? person?.person.birth { return birth }
    guard let admitted = stated.list.stay.admitted?.day ?? stated.day else { return nil }
    if let days = stated.list.newborn?.ageDays, (0...365).contains(days) { return admitted.adding(days: -days) }
    // Half a year after a birthday, so that nobody counts as newborn by a year alone.
    guard let years = stated.ageYears, (0...150).contains(years), admitted.year - years > 1_901 else { return nil }
    let half = admitted.adding(days: -182)
    return CalendarDate(year: half.year - years, month: half.month, day: min(half.day, 28))
  }

  private func ageYears(_ birth: CalendarDate, _ admitted: CalendarDate) -> Int {
    stated.list.patient.birth == nil && person == nil
      ? stated.ageYears ?? birth.age(on: admitted) : birth.age(on: admitted)
  }

  // MARK: The rules of lists

  private mutating func check(_ sex: Sex, _ birth: CalendarDate, _ admitted: CalendarDate, _ money: Amounts) {
    guard stated.care.isStay == (stated.list.stay.discharged != nil && stated.list.stay.admitted != nil) else { return }
    var list = stated.list
    // Categories that the file does not state cannot be compared.
    if list.fees.isEmpty { list.feesAreDerived = true }
    let payment = list.payment
    let borne = money.total - money.funds - (stated.hospitalPart ?? .zero)
    let facts = SettlementListFacts(
      name: person?.name ?? list.patient.name, sex: sex, birth: birth,
      certificate: person?.certificateNumber ?? list.patient.certificate, care: stated.care, admitted: admitted,
      discharged: list.stay.discharged?.day ?? admitted, total: money.total, person: borne,
      fullySelfPaid: payment.ownPay ?? .zero, overLimit: .zero, account: payment.account ?? .zero,
      cash: payment.account.map { borne - $0 } ?? payment.cash ?? .zero,
      funds: payment.funds.reduce(into: [:]) { $0[$1.fund, default: .zero] += $1.amount },
      fees: list.fees)
    for finding in SettlementListCheck.findings(in: list, against: facts) { add(finding) }
  }
}
