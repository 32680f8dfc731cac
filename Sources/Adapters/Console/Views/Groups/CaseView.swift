import Claims
import Grouping
import Kernel
import Payment
import People
import Policy
import Settlement
import Workflows

extension View {
  /// One payment case: what was paid and why, its group and why, and what another coding would make of it.
  static let paymentCase = View(
    "cases/{id}", "支付病例", "Payment case", section: .groups,
    parameters: [
      Parameter("id", .text, "结算编号", "settlement number", isInPath: true),
      Parameter("edition", .text, "分组方案标识", "identifier of an edition or catalogue"),
      Parameter("what_if", .choice(["1"]), "试算", "work a changed case out"),
      Parameter("diagnoses", .text, "试算：诊断编码，主要诊断在前", "what if: diagnoses, the principal one first"),
      Parameter("procedures", .text, "试算：手术操作编码，主要的在前", "what if: procedures, the main one first"),
      Parameter("age", .whole(0...150), "试算：年龄", "what if: age"),
      Parameter("stay", .whole(0...9_999), "试算：住院天数", "what if: days of the stay"),
      Parameter("cost", .text, "试算：总费用（元）", "what if: cost, yuan"),
    ], tables: [CasePage.amounts, CaseWhatIf.comparison, CaseWhatIf.variations],
    summary: LocalizedText(
      "一例：支付结果与逐步计算、分组与分组过程、换编码试算",
      "one case: what was paid step by step, its group and the way to it, what another coding would make of it")
  ) { inquiry, sources async throws(ViewFault) in
    try await CasePage(inquiry: inquiry, sources: sources).content()
  }
}

/// The page of one case.
struct CasePage {
  let inquiry: Inquiry
  let sources: ConsoleSources

  /// What the stores have about it.
  struct Found: Sendable {
    var item: PaymentCase
    var terms: PayingTerms?
    /// The published run that paid it, and what its points were worth there.
    var run: PublishedRun?
    var account: HolderAccount?
    var payment: CasePayment?
    var decision = CaseDetermination.none
    /// What grouping reads of its settlement list.
    var unit: GroupingCase?
    var hasSettlement = false
    var institution: String?
  }

  static let amounts = TableForm(
    "amounts", "支付结果", "What was paid",
    [.init("item", "项目", "Item"), .init("amount", "金额（元）", "Amount, yuan", .money), .init("note", "说明", "Note")])

  func content() async throws(ViewFault) -> Content {
    let id = try inquiry.part("id")
    let found = try await find(id)
    let item = found.item
    var blocks: [Content.Block] = []
    if found.terms == nil { blocks.append(.notice(Notice(.warning, ConsoleSources.noTerms(sources.region).message))) }
    if found.payment?.needsReview == true {
      blocks.append(.notice(Notice(.warning, "本例须审核后支付", "somebody has to look at the case before it is paid")))
    }
    blocks.append(.facts(facts(found)))
    if let payment = found.payment, let terms = found.terms {
      blocks.append(.table(amounts(found, payment)))
      blocks.append(.steps(Self.steps("steps", "支付计算过程", "Payment, step by step", payment, terms, sources)))
    }
    blocks += try CaseWhatIf(inquiry: inquiry, sources: sources, found: found).blocks()
    var content = Content(blocks, title: LocalizedText("支付病例 \(id)", "Payment case \(id)"))
    content.trail = [
      .init("病组分析", "Groups", "groups"),
      .init(
        "病组 \(GroupBlocks.code(item.group))", "Group \(GroupBlocks.code(item.group))",
        GroupBlocks.path(item.group, item.scheme, item.month.year)),
    ]
    content.isPrintable = true
    return content
  }

  // MARK: Finding

  private func find(_ id: String) async throws(ViewFault) -> Found {
    let region = sources.region
    let known = try await sources.ask { () async throws(StoreError) in
      try await sources.paying.paymentCase(id, region: region)
    }
    guard let item = known else {
      throw .notFound(
        LocalizedText(
          "没有支付病例 \(id)；请核对结算编号，或先归集：yibao pay gather --region \(region)",
          "there is no payment case \(id); check the number, or gather cases: yibao pay gather --region \(region)"))
    }
    var found = Found(item: item, terms: sources.terms(item.scheme, item.month.year))
    try await price(&found)
    try await read(&found)
    return found
  }

  /// The payment, by the year's run or the month's, whichever counts; else by the contract alone.
  private func price(_ found: inout Found) async throws(ViewFault) {
    guard let terms = found.terms else { return }
    let item = found.item
    let archive = sources.archive
    let run = try await sources.ask { () async throws(StoreError) -> PublishedRun? in
      if let year = try await archive.standing(.year, item.scheme, .year(item.month.year)) { return year }
      return try await archive.standing(.month, item.scheme, .month(item.month))
    }
    if let run {
      found.run = run
      found.decision = PayingInputs(of: run.run.inputs)?.determinations[item.id] ?? .none
      let made = MadeRun(run: run.run, published: run, corrected: nil)
      found.account = try await sources.ask { () async throws(StoreError) in
        try await archive.account(of: item.institution, in: made, under: terms)
      }
    }
    found.payment = CaseEngine.pay(item, under: terms.cases, determination: found.decision)
  }

  private func read(_ found: inout Found) async throws(ViewFault) {
    let (id, institution) = (found.item.id, found.item.institution)
    let (unit, hasSettlement, name) = try await sources.read {
      store throws(StoreError) -> (GroupingCase?, Bool, String?) in
      let name = try store.institution(institution)?.name
      guard let record = try store.settlement(id) else {
        // A stay of an institution's own file, which this payer did not settle.
        guard let imported = try store.filed(ImportedSettlementList.self, id) else { return (nil, false, name) }
        let person = try store.person(imported.subject)?.person
        return (GroupingCase(imported.content, id: id, of: person), false, name)
      }
      guard let filed = try store.filed(FiledSettlementList.self, about: id).last, !filed.isVoid else {
        return (nil, true, name)
      }
      let person = try store.person(record.visit.person)?.person
      return (GroupingCase(filed.list, of: person, record.claim), true, name)
    }
    (found.unit, found.hasSettlement, found.institution) = (unit, hasSettlement, name)
  }

  // MARK: Blocks

  private func facts(_ found: Found) -> Facts {
    let item = found.item
    var rows: [Facts.Row] = [
      .init(
        "id", "结算编号", "Settlement",
        .text(item.id, link: found.hasSettlement ? "settlements/\(Address.part(item.id))" : nil)),
      .init(
        "institution", "机构", "Institution",
        .text(
          "\(found.institution ?? "") \(item.institution)", link: "institutions/\(Address.part(item.institution))")),
      .init("level", "机构等级", "Level", Cell(.words(item.level.title))),
      .init("scheme", "险种", "Scheme", Cell(.words(item.scheme.title))),
      .init("month", "结算月份", "Month", Cell(.time(item.month))),
      .init(
        "group", "病组（病种）", "Group",
        Cell(
          .text(GroupBlocks.code(item.group)), link: GroupBlocks.path(item.group, item.scheme, item.month.year))),
    ]
    if let terms = found.terms {
      rows.append(.init("group_name", "病组名称", "Group's name", Cell(GroupBlocks.name(item.group, terms))))
    }
    rows += [
      .init("stay_days", "住院天数", "Days of the stay", .count(item.stayDays)),
      .init("age", "年龄", "Age", .count(item.ageYears)),
      .init("department", "出院科别", "Department", .text(item.department)),
      .init("cost", "总费用（元）", "Cost, yuan", .money(item.cost)),
      .init("fund_share", "统筹基金记账（元）", "Answered for by the fund, yuan", .money(item.fundShare)),
    ]
    if !item.marks.isEmpty {
      let marks = item.marks.sorted { $0.rawValue < $1.rawValue }.map(\.title)
      rows.append(
        .init(
          "marks", "特殊情况", "Special",
          Cell(
            .words(
              LocalizedText(
                marks.map(\.chinese).joined(separator: "、"), marks.map(\.english).joined(separator: ", "))))))
    }
    return Facts("case", "病例", "The case", rows)
  }

  private func amounts(_ found: Found, _ payment: CasePayment) -> DataTable {
    func row(_ chinese: String, _ english: String, _ amount: Money?, _ note: Cell = .none) -> [Cell] {
      [Cell(.words(LocalizedText(chinese, english))), Cell(.amount(amount)), note]
    }
    var rows = [
      [Cell(.words(LocalizedText("支付规则", "Rule"))), .none, Cell(.words(payment.outcome.title))]
    ]
    if let points = payment.points {
      rows.append([Cell(.words(LocalizedText("点数（分值）", "Points"))), .none, Cell(.points(points))])
    }
    if payment.standard != .zero { rows.append(row("病组标准", "The group's standard", payment.standard)) }
    let worth = found.worth(of: payment)
    rows.append(row("病例价值", "Worth of the case", worth.amount, worth.note))
    rows.append(row("个人及其他已付", "Paid by patients and others", payment.paidByOthers))
    if let amount = worth.amount { rows.append(row("基金应付", "Owed by the fund", amount - payment.paidByOthers)) }
    rows.append(row("总费用", "Cost", payment.cost))
    if let amount = worth.amount {
      let gain = amount - payment.cost
      rows.append([Cell(.words(LocalizedText("盈亏", "Gain or loss"))), .gain(gain), .none])
    }
    return Self.amounts.table(rows)
  }

  /// A payment's steps with the clauses that they rest on.
  static func steps(
    _ key: String, _ chinese: String, _ english: String, _ payment: CasePayment, _ terms: PayingTerms,
    _ sources: ConsoleSources
  ) -> Steps {
    let words = CitationWords(sources.library.book)
    let rows = payment.explanation(under: terms.cases).map { step in
      Steps.Row(
        word: step.word, text: step.text, result: .none,
        sources: step.source.map { source in
          let cell = ContractPage.source(source.citation, words)
          return [Steps.Source(text: words.text(source.citation), link: cell.link)]
        } ?? [])
    }
    return Steps(key: key, title: LocalizedText(chinese, english), rows: rows)
  }
}

extension CasePage.Found {
  /// What a payment of the case is worth, and how that is known: points at what the run paid for points, else at the
  /// contract's own value.
  func worth(of payment: CasePayment) -> (amount: Money?, note: Cell) {
    guard let points = payment.points else { return (payment.payable, .none) }
    if let run, let worth = account?.pointWorth {
      let note = LocalizedText(
        "按 \(run.run.inputs.period) \(run.run.inputs.kind.title.chinese)本机构分得 ÷ 点数，每点 \(worth.value?.yuan ?? "–") 元",
        "by the \(run.run.inputs.kind.title.english) of \(run.run.inputs.period): the share by its points, "
          + "\(worth.value?.yuan ?? "–") a point")
      return (
        worth.worth(of: points), Cell(.words(note), link: RunPage.path(run.run.identity, item.institution))
      )
    }
    let note =
      payment.payable == nil
      ? LocalizedText("合同没有点值，清算公布后可知", "the contract has no value of a point; known once a run is published")
      : LocalizedText("按合同所列点值折算，清算后以公布为准", "at the contract's own value of a point, until a run is published")
    return (payment.payable, Cell(.words(note)))
  }
}
