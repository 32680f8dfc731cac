import Claims
import Kernel
import Workflows

/// Figures, charts and rows of the checks.
extension QualityPages {
  /// This page with other conditions.
  func here(_ changes: [String: String?]) -> String {
    let path = inquiry["number"].map { "quality/rules/\($0)" } ?? "quality"
    var query: [String: String?] = [:]
    for name in ["from", "to", "institution", "rule"] { query[name] = inquiry[name] }
    return Address.path(path, query.merging(changes) { $1 })
  }

  static func cells(_ total: QualityTotal) -> [Cell] {
    [
      .count(total.listCount), .count(total.listsWithFindings), total.perMille.map { .count($0) } ?? .none,
      .count(total.findingCount),
    ]
  }

  static func severity(_ rule: SettlementListRule) -> Cell {
    switch rule.severity {
    case .refusal: Cell(.words(LocalizedText("拒收", "refuses")), tone: .bad)
    case .warning: Cell(.words(LocalizedText("提示", "warns")), tone: .warning)
    }
  }

  static func family(_ rule: SettlementListRule) -> LocalizedText {
    switch rule.rawValue / 100 {
    case 1: LocalizedText("缺项", "what is missing")
    case 2: LocalizedText("格式", "forms")
    case 3: LocalizedText("日期与身份", "dates and identity")
    case 4: LocalizedText("诊断与手术操作", "diagnoses and procedures")
    case 5: LocalizedText("新生儿", "newborns")
    default: LocalizedText("金额", "money")
    }
  }

  func figures(_ all: QualityTotal, _ broken: [RuleTotal]) -> [Figure] {
    var figures = [
      Figure("list_count", "质控清单", "Lists checked", .count(all.listCount)),
      Figure(
        "wanting_count", "有问题清单", "With findings", .count(all.listsWithFindings),
        tone: all.listsWithFindings > 0 ? .warning : .good),
      Figure("per_mille", "问题率（‰）", "Per mille", all.perMille.map { .count($0) } ?? .none),
      Figure("finding_count", "问题数", "Findings", .count(all.findingCount)),
    ]
    if let first = broken.first {
      figures.append(
        Figure(
          "first_rule", "最常违反的规则", "Rule broken most", .count(Int(first.rule.rawValue)), note: first.rule.message,
          link: rulePath(first.rule)))
    }
    return figures
  }

  func rulePath(_ rule: SettlementListRule) -> String {
    Address.path(
      "quality/rules/\(rule.rawValue)",
      ["from": inquiry["from"], "to": inquiry["to"], "institution": inquiry["institution"]])
  }

  func chart(_ months: [QualityTotal]) -> Chart {
    let labels = months.map { total in
      let month = total.month.map { "\($0)" } ?? ""
      return LocalizedText(month, month)
    }
    return Chart(
      "rate", title: LocalizedText("各月问题率", "Lists with findings by month"), form: .columns, labels: labels,
      series: [
        .init(key: "per_mille", title: LocalizedText("问题率", "rate"), values: months.map { $0.perMille.map(Int64.init) })
      ], unit: LocalizedText("‰", "per mille"),
      links: months.map { total in
        let month = total.month.map { "\($0)" }
        return here(["from": month, "to": month])
      })
  }

  func row(_ total: RuleTotal, _ all: QualityTotal) -> [Cell] {
    let rule = total.rule
    return [
      .count(Int(rule.rawValue), link: rulePath(rule)), Cell(.words(rule.message), link: rulePath(rule)),
      .text(rule.field), Self.severity(rule), .count(total.findingCount), .count(total.listCount),
      Cell(.share(total.listCount, of: all.listCount)),
    ]
  }

  func row(_ list: CheckedList, _ names: [String: String], _ rule: SettlementListRule?) -> [Cell] {
    let findings = list.findings.filter { rule == nil || $0.rule == rule }
    let texts = findings.map { finding in
      let value = finding.value.isEmpty ? "" : "（\(finding.value)）"
      return LocalizedText(
        "\(finding.rule.rawValue) \(finding.rule.message.chinese)\(value)",
        "\(finding.rule.rawValue) \(finding.rule.message.english)\(finding.value.isEmpty ? "" : " (\(finding.value))")")
    }
    return [
      .text(list.id), .text(list.settlement, link: "settlements/\(Address.part(list.settlement))"),
      .text(names[list.institution] ?? list.institution, link: here(["institution": list.institution])),
      .text(list.time), .count(findings.count), Cell(PolicyPages.lines(texts)),
    ]
  }

  func form(withRule: Bool) -> Form {
    func value(_ name: String) -> String { inquiry[name] ?? "" }
    let rules = SettlementListRule.allCases.map { rule in
      (
        value: "\(rule.rawValue)",
        title: LocalizedText("\(rule.rawValue) \(rule.message.chinese)", "\(rule.rawValue) \(rule.message.english)")
      )
    }
    return .filter(
      [
        .init("from", "起始月份", "From", .month, value: value("from")),
        .init("to", "截止月份", "To", .month, value: value("to")),
        .init("institution", "机构编号", "Institution", value: value("institution")),
      ]
        + (withRule
          ? [
            .init(
              "rule", "规则", "Rule", .choice([("", LocalizedText("全部", "all"))] + rules), value: value("rule"))
          ] : []))
  }
}
