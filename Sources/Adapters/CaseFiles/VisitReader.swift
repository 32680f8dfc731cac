import Catalog
import Claims
import Kernel
import People
import Settlement
import StrictYAML
import Workflows

/// Reads the visits of a case.
struct VisitReader {
  let yaml: YAMLDocument

  private static let keys = [
    "id", "care", "institution", "on", "admitted", "discharged", "filing", "referral_chain", "chronic_disease",
    "case_kind", "listed_disease", "lines", "expect", "reverse",
  ]

  func event(_ node: YAMLNode) -> WorkedCase.Event? {
    guard let map = yaml.mapping(node, keys: Self.keys, of: LocalizedText("就诊", "a visit")) else { return nil }
    if let id = map.text("reverse") { return .reverse(id) }
    guard let claim = claim(map) else { return nil }
    return .settle(claim, expected: map.value("expect").flatMap(expected))
  }

  private func claim(_ map: YAMLMapping) -> Claim? {
    let cares = CareCategory.allCases.map(\.word)
    func date(_ key: String) -> CalendarDate? { map.value(key, Expected.date) { CalendarDate($0) } }
    let day = date("on")
    guard let id = map.requiredText("id"), map.required("care") != nil,
      let care = map.value("care", Expected.word(cares), { CareCategory(word: $0) }),
      let place = institution(map.required("institution")),
      let list = yaml.elements(map.required("lines"), of: LocalizedText("费用明细", "lines"))
    else { return nil }
    guard let admitted = date("admitted") ?? day, let discharged = date("discharged") ?? day else {
      yaml.report(
        LocalizedText(
          "缺少日期：一天的就诊写 on，住院写 admitted 和 discharged", "no dates: write on for one day, or admitted and discharged"),
        at: map.node)
      return nil
    }
    let lines = list.compactMap { line($0, admitted) }
    guard lines.count == list.count else { return nil }
    let filings = CrossRegionFiling.allCases.map(\.rawValue)
    return Claim(
      id: id, care: care, institution: place, admitted: admitted, discharged: discharged, lines: lines,
      filing: map.value("filing", Expected.word(filings)) { CrossRegionFiling(rawValue: $0) } ?? .local,
      referralChain: map.text("referral_chain"), chronicDisease: map.text("chronic_disease"),
      caseKind: map.text("case_kind"),
      isListedDisease: map.value("listed_disease", Expected.flag, Words.flag) ?? false)
  }

  private func institution(_ node: YAMLNode?) -> Institution? {
    let what = LocalizedText("医药机构", "the institution")
    let levels = InstitutionLevel.allCases.map(\.word)
    guard let map = yaml.mapping(node, keys: ["code", "level", "tcm"], of: what),
      let code = map.requiredText("code"), map.required("level") != nil,
      let level = map.value("level", Expected.word(levels), { InstitutionLevel(word: $0) })
    else { return nil }
    return Institution(
      code: code, level: level, isTraditionalChinese: map.value("tcm", Expected.flag, Words.flag) ?? false)
  }

  private func line(_ node: YAMLNode, _ admitted: CalendarDate) -> FeeLine? {
    let keys = [
      "item", "class", "day", "price", "quantity", "amount", "ceiling", "first_self_pay", "limited_use", "approval",
      "tcm", "separately_paid", "same_incision",
    ]
    guard let map = yaml.mapping(node, keys: keys, of: LocalizedText("费用明细", "a fee line")),
      let item = map.requiredText("item"), map.required("class") != nil,
      let chargeClass = map.value(
        "class", Expected.word(ChargeClass.allCases.map(\.rawValue)), { ChargeClass(rawValue: $0) })
    else { return nil }
    let amount = map.value("amount", Expected.money) { Money(yuan: $0) }
    let unit = LocalizedText("元，至多六位小数", "yuan with at most six decimals")
    let price =
      map.value("price", unit) { UnitPrice(yuan: $0) }
      ?? amount.map { UnitPrice(microyuan: $0.fen * 10_000) }
    guard let price else {
      yaml.report(LocalizedText("缺少 price 或 amount", "price or amount is missing"), at: node)
      return nil
    }
    func flag(_ key: String) -> Bool { map.value(key, Expected.flag, Words.flag) ?? false }
    let count = LocalizedText("数量，至多四位小数", "a quantity with at most four decimals")
    let terms = ItemTerms(
      chargeClass, priceCeiling: map.value("ceiling", unit) { UnitPrice(yuan: $0) },
      firstSelfPay: map.value("first_self_pay", Expected.percent) { Rate(percent: $0) },
      isLimitedUse: flag("limited_use"), isTraditionalChinese: flag("tcm"),
      isSeparatelyPaid: flag("separately_paid"))
    let approvals = HospitalApproval.allCases.map(\.rawValue)
    return FeeLine(
      item: item, day: map.value("day", Expected.date) { CalendarDate($0) } ?? admitted, price: price,
      quantity: map.value("quantity", count) { Quantity($0) } ?? Quantity(1), amount: amount, terms: terms,
      approval: map.value("approval", Expected.word(approvals)) { HospitalApproval(rawValue: $0) } ?? .notSubject,
      isSameIncisionOperation: flag("same_incision"))
  }

  private func expected(_ node: YAMLNode) -> WorkedCase.ExpectedVisit? {
    let named = InsuranceScheme.allCases.flatMap { SettlementAmounts().named(in: $0) }
    let names = Set(named.map(\.word) + named.compactMap(\.field)).sorted()
    let keys = ["outcome", "trace"] + names
    let what = LocalizedText("预期", "expect")
    guard let map = yaml.mapping(node, keys: keys, of: what) else { return nil }
    let outcomes = SettlementOutcome.allCases.map(\.word)
    let outcome = map.value("outcome", Expected.word(outcomes)) { outcomes.contains($0) ? $0 : nil }
    var amounts: [String: Money] = [:]
    for key in names { amounts[key] = map.value(key, Expected.money) { Money(yuan: $0) } }
    let steps = StepCode.allCases.map(\.word)
    let trace = map.value("trace").flatMap { yaml.elements($0, of: LocalizedText("过程", "trace")) }
    return .init(
      outcome: outcome ?? SettlementOutcome.settled.word, amounts: amounts,
      trace: trace?.compactMap { element in
        yaml.value(element, "trace", Expected.word(steps)) { steps.contains($0) ? $0 : nil }
      })
  }
}
