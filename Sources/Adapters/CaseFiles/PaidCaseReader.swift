import Kernel
import Payment
import People
import StrictYAML
import Workflows

/// Reads cases that are paid under a contract, with what must come out of each.
struct PaidCaseReader {
  let yaml: YAMLDocument

  private static let keys = [
    "id", "institution", "level", "scheme", "month", "cost", "fund_share", "group", "stay_days", "department", "marks",
    "types", "within_quota", "decision", "expect",
  ]
  private static let common = ["institution", "level", "scheme", "month", "stay_days"]

  /// Reads `payment`: the contract, what all cases have in common, and the cases.
  func read(_ node: YAMLNode?) -> WorkedCase.Body? {
    guard
      let map = yaml.mapping(
        node, keys: ["contract", "common", "cases"], of: LocalizedText("按合同支付", "payment under a contract")),
      let contract = map.requiredText("contract"),
      let list = yaml.elements(map.required("cases"), of: LocalizedText("病例", "cases"))
    else { return nil }
    let shared = map.value("common").flatMap {
      yaml.mapping($0, keys: Self.common, of: LocalizedText("共同项", "what cases have in common"))
    }
    let cases = list.compactMap { one($0, shared) }
    guard cases.count == list.count, !cases.isEmpty else { return nil }
    let folder = yaml.file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    return .payment(.init(contract: folder.isEmpty ? contract : "\(folder)/\(contract)", cases: cases))
  }

  private func one(
    _ node: YAMLNode, _ shared: YAMLMapping?
  ) -> (PaymentCase, CaseDetermination, WorkedCase.ExpectedPayment)? {
    guard let map = yaml.mapping(node, keys: Self.keys, of: LocalizedText("病例", "a case")),
      let id = map.requiredText("id"), map.required("cost") != nil,
      let cost = map.value("cost", Expected.money, { Money(yuan: $0) }), let expected = expectation(map)
    else { return nil }
    func value<Value>(_ key: String, _ form: LocalizedText, _ read: (String) -> Value?) -> Value? {
      map.value(key) != nil ? map.value(key, form, read) : shared?.value(key, form, read)
    }
    func word<Value>(_ key: String, _ words: [String], _ read: (String) -> Value?) -> Value? {
      let form = Expected.word(words)
      return map.value(key) != nil ? map.value(key, form, read) : shared?.value(key, form, read)
    }
    let level = word("level", InstitutionLevel.allCases.map(\.word)) { InstitutionLevel(word: $0) }
    let scheme = word("scheme", InsuranceScheme.allCases.map(\.rawValue)) { InsuranceScheme(rawValue: $0) }
    let month = value("month", LocalizedText("月份，如 2026-03", "a month such as 2026-03")) { YearMonth($0) }
    guard let level, let scheme, let month else {
      yaml.report(
        LocalizedText("病例 \(id) 缺少 level、scheme 或 month", "the case \(id) lacks level, scheme or month"), at: node)
      return nil
    }
    let institution = map.text("institution") ?? shared?.text("institution") ?? "H1"
    let days = value("stay_days", Expected.number) { Words.number($0) } ?? 1
    let paid = PaymentCase(
      id: id, institution: institution, level: level, scheme: scheme, month: month, cost: cost,
      fundShare: map.value("fund_share", Expected.money) { Money(yuan: $0) } ?? .zero, group: map.text("group") ?? "",
      stayDays: days, department: map.text("department") ?? "",
      marks: Set(texts(map, "marks").compactMap { PaymentMark(rawValue: $0) }))
    return (paid, determination(map), expected)
  }

  private func texts(_ map: YAMLMapping, _ key: String) -> [String] {
    guard let node = map.value(key), let list = yaml.elements(node, of: LocalizedText(key, key)) else { return [] }
    return list.compactMap { item in
      guard let text = yaml.text(item, key) else { return nil }
      if key == "marks", PaymentMark(rawValue: text) == nil {
        yaml.reportUnknown(
          text, at: item, keys: PaymentMark.allCases.map(\.rawValue), of: LocalizedText("标记", "marks"))
      }
      return text
    }
  }

  private func determination(_ map: YAMLMapping) -> CaseDetermination {
    var known = CaseDetermination(
      auxiliaryTypes: Set(texts(map, "types")),
      isWithinQuota: map.value("within_quota", Expected.flag) { Words.flag($0) })
    known.decision = map.value(
      "decision", LocalizedText("金额、actual_cost 或 refused", "an amount, actual_cost or refused")
    ) { text in
      switch text {
      case "actual_cost": .actualCost
      case "refused": .refused
      default: Money(yuan: text).map { .amount($0) }
      }
    }
    return known
  }

  private func expectation(_ map: YAMLMapping) -> WorkedCase.ExpectedPayment? {
    let keys = ["outcome", "deviation", "method", "points", "payable", "trace"]
    guard let expect = yaml.mapping(map.required("expect"), keys: keys, of: LocalizedText("预期", "expect")),
      expect.required("outcome") != nil,
      let outcome = expect.value(
        "outcome", Expected.word(CaseOutcome.allCases.map(\.word)),
        { word in CaseOutcome.allCases.first { $0.word == word }?.word })
    else { return nil }
    func number(_ key: String, _ read: (String) -> String?) -> String? {
      expect.value(key, LocalizedText("数，或 none", "a number, or none")) { $0 == "none" ? $0 : read($0) }
    }
    let trace = expect.value("trace").flatMap { yaml.elements($0, of: LocalizedText("步骤", "trace")) }
    return WorkedCase.ExpectedPayment(
      outcome: outcome,
      deviation: expect.value("deviation", Expected.word(CaseDeviation.allCases.map(\.rawValue))) {
        CaseDeviation(rawValue: $0)?.rawValue
      },
      method: expect.value("method", Expected.word(PaymentMethod.allCases.map(\.rawValue))) {
        PaymentMethod(rawValue: $0)?.rawValue
      },
      points: number("points") { Points($0)?.description }, payable: number("payable") { Money(yuan: $0)?.yuan },
      trace: trace?.compactMap { yaml.text($0, "trace") })
  }
}
