import Grouping
import Kernel
import Payment
import People
import Workflows

/// The group of a case with the way to it, and what a changed case would get (分组过程与试算).
struct CaseWhatIf {
  let inquiry: Inquiry
  let sources: ConsoleSources
  let found: CasePage.Found

  static let comparison = TableForm(
    "what_if", "试算结果", "What it would be",
    [
      .init("side", "", ""), .init("group", "病组", "Group"), .init("name", "名称", "Name"),
      .init("weight", "权重（分值）", "Weight or score", .decimal(places: 4)), .init("rule", "支付规则", "Rule"),
      .init("points", "点数", "Points", .decimal(places: 4)), .init("standard", "标准（元）", "Standard", .money),
      .init("worth", "支付（元）", "Paid", .money), .init("cost", "费用（元）", "Cost", .money),
      .init("gain", "盈亏（元）", "Gain or loss", .money),
    ])
  static let variations = TableForm(
    "variations", "哪个编码决定了病组", "Which code decides the group",
    [
      .init("change", "变更", "Change"), .init("group", "病组", "Group"), .init("differs", "病组改变", "Another group", .flag),
      .init("worth", "支付（元）", "Paid", .money), .init("difference", "与现在相差（元）", "Against now", .money),
      .init("reason", "依据", "Reason"),
    ])

  func blocks() throws(ViewFault) -> [Content.Block] {
    guard !sources.groupings.isEmpty else { return [.notice(Notice(.quiet, Self.notOffered))] }
    guard let unit = found.unit else {
      let text =
        found.hasSettlement
        ? LocalizedText("本例没有医保结算清单，不能重现分组和试算", "the case has no settlement list; its group cannot be shown or tried")
        : LocalizedText(
          "本例不是由本系统结算的（由文件导入），没有诊断与手术编码，不能重现分组和试算",
          "the case was not settled here (it came from a file) and has no codes; its group cannot be shown or tried")
      return [.notice(Notice(.quiet, text))]
    }
    let grouping = try chosen()
    let answer = grouping.answer(unit)
    let changed = try changedCase(unit)
    var blocks: [Content.Block] = []
    if answer.code != found.item.group {
      blocks.append(
        .notice(
          Notice(
            .warning,
            "按 \(grouping.name) 现入 \(answer.reported)，与支付所用的 \(GroupBlocks.code(found.item.group)) 不同；可能清单已改或方案不同",
            "\(grouping.name) gives \(answer.reported), not the \(GroupBlocks.code(found.item.group)) it was paid by; "
              + "the list may have changed, or the edition is another")))
    }
    blocks.append(.facts(facts(unit, grouping, answer)))
    blocks.append(.steps(Self.steps("grouping", "分组过程", "The way to the group", answer)))
    if let changed { blocks += try whatIf(unit, changed, grouping, answer) }
    blocks.append(.form(form(changed ?? unit, grouping)))
    blocks.append(.table(variations(of: unit, grouping)))
    return blocks
  }

  private static let notOffered = LocalizedText(
    "本服务没有装入分组方案，不能显示分组过程和换编码试算。启动时加上：yibao serve … --edition 方案目录（DRG）或 --catalogue 目录（DIP），可重复",
    "this server has no edition, so the way to the group and the what-if are not offered. Start it with: yibao serve … "
      + "--edition FOLDER (DRG) or --catalogue FOLDER (DIP); may repeat")

  /// The edition asked for, else the first of the kind that the contract pays by.
  private func chosen() throws(ViewFault) -> CaseGrouping {
    if let asked = inquiry["edition"] {
      guard let known = sources.groupings.first(where: { $0.identifier == asked }) else {
        let names = sources.groupings.map(\.identifier).joined(separator: ", ")
        throw .parameter("edition", LocalizedText("没有「\(asked)」，有：\(names)", "there is no \(asked), but \(names)"))
      }
      return known
    }
    let isDIP = found.terms?.cases.usualMethod == .dip
    return sources.groupings.first { $0.isDIP == isDIP } ?? sources.groupings[0]
  }

  // MARK: The changed case

  /// The case as the form states it; `nil` when nothing was asked.
  private func changedCase(_ unit: GroupingCase) throws(ViewFault) -> GroupingCase? {
    guard inquiry["what_if"] != nil else { return nil }
    var changed = unit
    changed.diagnoses = Self.codes(inquiry["diagnoses"] ?? "")
    changed.procedures = Self.codes(inquiry["procedures"] ?? "")
    if let age = try inquiry.whole("age", in: 0...150) {
      changed.ageYears = age
      if age > 0 { changed.ageDays = nil }
    }
    if let stay = try inquiry.whole("stay", in: 0...9_999) { changed.stayDays = stay }
    return changed
  }

  /// Codes as people separate them.
  static func codes(_ text: String) -> [String] {
    text.split { $0.isWhitespace || "|,，、;；".contains($0) }.map { $0.uppercased() }
  }

  private func payment(_ group: String, _ unit: GroupingCase, cost: Money) -> CasePayment? {
    guard let terms = found.terms else { return nil }
    var item = found.item
    item.group = group
    item.stayDays = unit.stayDays ?? item.stayDays
    item.ageYears = unit.ageYears ?? item.ageYears
    // What others paid stays; the fund answers for the rest.
    item.fundShare = max(.zero, item.fundShare + cost - item.cost)
    item.cost = cost
    return CaseEngine.pay(item, under: terms.cases, determination: found.decision)
  }

  private func askedCost() throws(ViewFault) -> Money {
    let cost = try inquiry.money("cost") ?? found.item.cost
    guard !cost.isNegative else { throw .parameter("cost", LocalizedText("不得为负", "is below zero")) }
    return cost
  }

  // MARK: Blocks

  private func facts(_ unit: GroupingCase, _ grouping: CaseGrouping, _ answer: CaseGrouping.Answer) -> Facts {
    Facts(
      "grouped", "分组", "Grouping",
      [
        .init("edition", "分组方案", "Edition", .text("\(grouping.name) \(grouping.identifier)")),
        .init("code", "入组", "Group", .text(answer.reported)),
        .init("name", "名称", "Name", .text(answer.name)),
        .init("status", "结果", "Result", Cell(.words(answer.status))),
        .init(
          "diagnoses", "诊断（主要在前）", "Diagnoses, the principal one first", .text(unit.diagnoses.joined(separator: ", "))),
        .init(
          "procedures", "手术操作（主要在前）", "Procedures, the main one first", .text(unit.procedures.joined(separator: ", "))),
      ])
  }

  static func steps(_ key: String, _ chinese: String, _ english: String, _ answer: CaseGrouping.Answer) -> Steps {
    Steps(
      key: key, title: LocalizedText(chinese, english),
      rows: answer.lines.map { Steps.Row(word: "grouping", text: $0, result: .none, sources: []) })
  }

  private func whatIf(
    _ unit: GroupingCase, _ changed: GroupingCase, _ grouping: CaseGrouping, _ before: CaseGrouping.Answer
  ) throws(ViewFault) -> [Content.Block] {
    let after = grouping.answer(changed)
    let cost = try askedCost()
    let payments = (payment(before.code, unit, cost: found.item.cost), payment(after.code, changed, cost: cost))
    let (one, two) = (
      payments.0.flatMap { found.worth(of: $0).amount }, payments.1.flatMap { found.worth(of: $0).amount }
    )
    var rows = [
      row(LocalizedText("现在", "now"), before, payments.0, found.item.cost),
      row(LocalizedText("试算", "then"), after, payments.1, cost),
    ]
    if let one, let two {
      rows.append(
        [Cell(.words(LocalizedText("相差", "difference")))] + Array(repeating: Cell.none, count: 6) + [
          .gain(two - one), .money(cost - found.item.cost), .gain((two - cost) - (one - found.item.cost)),
        ])
    }
    var blocks: [Content.Block] = [
      .table(Self.comparison.table(rows)), .steps(Self.steps("what_if_grouping", "试算的分组过程", "The way then", after)),
    ]
    if let payment = payments.1, let terms = found.terms {
      blocks.append(
        .steps(CasePage.steps("what_if_steps", "试算的支付过程", "Payment then, step by step", payment, terms, sources)))
    }
    blocks.append(
      .notice(
        Notice(
          .quiet, "试算不改变任何记录；每点价值按公布结果不变计算。", "nothing is changed by trying; a point keeps the value it was paid with.")
      ))
    return blocks
  }

  private func row(
    _ side: LocalizedText, _ answer: CaseGrouping.Answer, _ payment: CasePayment?, _ cost: Money
  ) -> [Cell] {
    let worth = payment.flatMap { found.worth(of: $0).amount }
    let row = found.terms?.cases.row(of: answer.code)
    return [
      Cell(.words(side)), .text(answer.reported), .text(answer.name.isEmpty ? row?.name ?? "" : answer.name),
      Cell(row?.weight.map { .factor($0) } ?? .points(row?.score)), Cell(.title(payment?.outcome.title)),
      Cell(.points(payment?.points)),
      Cell(payment.flatMap { $0.standard == .zero ? nil : .money($0.standard) } ?? .none), Cell(.amount(worth)),
      .money(cost), .gain(worth.map { $0 - cost }),
    ]
  }

  private func form(_ unit: GroupingCase, _ grouping: CaseGrouping) -> Form {
    let editions = sources.groupings.map { (value: $0.identifier, title: LocalizedText($0.name, $0.name)) }
    return Form(
      .ask, title: LocalizedText("换编码试算", "What if"),
      [
        .init("what_if", "", "", .hidden, value: "1"),
        .init(
          "diagnoses", "诊断编码，一行一个，主要诊断在第一行", "Diagnoses, one a line, the principal one first", .lines(rows: 6),
          value: unit.diagnoses.joined(separator: "\n")),
        .init(
          "procedures", "手术操作编码，一行一个，主要的在第一行", "Procedures, one a line, the main one first", .lines(rows: 4),
          value: unit.procedures.joined(separator: "\n")),
        .init("age", "年龄（岁）", "Age", .whole, value: unit.ageYears.map { "\($0)" } ?? ""),
        .init("stay", "住院天数", "Days of the stay", .whole, value: unit.stayDays.map { "\($0)" } ?? ""),
        .init("cost", "总费用（元）", "Cost, yuan", value: inquiry["cost"] ?? found.item.cost.yuan),
        .init("edition", "分组方案", "Edition", .choice(editions), value: grouping.identifier),
      ], submit: LocalizedText("试算", "Try"))
  }

  private func variations(of unit: GroupingCase, _ grouping: CaseGrouping) -> DataTable {
    let now = payment(grouping.answer(unit).code, unit, cost: found.item.cost).flatMap { found.worth(of: $0).amount }
    let rows = grouping.variations(of: unit).map { variation -> [Cell] in
      let code = grouping.answer(variation.changed).code
      let worth = payment(code, variation.changed, cost: found.item.cost).flatMap { found.worth(of: $0).amount }
      var change: Money?
      if let worth, let now { change = worth - now }
      return [
        Cell(.words(variation.title), link: link(variation.changed, grouping)), .text(variation.reported),
        Cell(.flag(variation.isOther), tone: variation.isOther ? .warning : .quiet), Cell(.amount(worth)),
        .gain(change), Cell(.words(variation.reason)),
      ]
    }
    return Self.variations.table(
      rows, empty: LocalizedText("只有一个诊断、没有手术操作，没有可换的编码。", "One diagnosis and no procedure: nothing to change."))
  }

  /// The what-if of another coding.
  private func link(_ unit: GroupingCase, _ grouping: CaseGrouping) -> String {
    Address.path(
      "cases/\(Address.part(found.item.id))",
      [
        "what_if": "1", "diagnoses": unit.diagnoses.joined(separator: " "),
        "procedures": unit.procedures.joined(separator: " "), "edition": grouping.identifier,
      ])
  }
}
