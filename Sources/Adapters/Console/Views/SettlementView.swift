import Catalog
import Claims
import Kernel
import Ledger
import People
import Policy
import Settlement
import Workflows

extension View {
  /// One settlement as a statement that can be printed (待遇计算过程).
  static let settlement = View(
    "settlements/{id}", "结算单", "Settlement", section: .settlements,
    parameters: [Parameter("id", .text, "结算编号（setl_id）", "settlement number (setl_id)", isInPath: true)],
    tables: [SettlementPage.amounts, SettlementPage.lines, SettlementPage.postings, SettlementPage.chain],
    summary: LocalizedText(
      "一次结算：各项金额、逐步计算过程及政策依据、费用明细、记账分录、冲正链",
      "one settlement: amounts, every step with the clause it rests on, fee lines, postings, reversals")
  ) { inquiry, sources async throws(ViewFault) in
    try await SettlementPage(inquiry, sources).content()
  }
}

/// The statement of one settlement.
struct SettlementPage {
  let inquiry: Inquiry
  let sources: ConsoleSources

  init(_ inquiry: Inquiry, _ sources: ConsoleSources) {
    self.inquiry = inquiry
    self.sources = sources
  }

  /// What the store has about it.
  private struct Found: Sendable {
    var record: SettlementRecord
    var person: PersonRecord?
    var institution: InstitutionRecord?
    var names: [String]
    var visitRecords: [SettlementRecord]
  }

  static let amounts = TableForm(
    "amounts", "各项金额", "Amounts",
    [.init("word", "项目", "Item"), .init("field", "接口字段", "Field"), .init("amount", "金额（元）", "Amount, yuan", .money)])
  static let lines = TableForm(
    "lines", "费用明细", "Fee lines",
    [
      .init("item", "目录编码", "Code"), .init("name", "名称", "Name"), .init("day", "日期", "Day"),
      .init("class", "类别", "Class"), .init("quantity", "数量", "Quantity"), .init("price", "单价（元）", "Price"),
      .init("amount", "金额（元）", "Amount", .money), .init("fully_self_paid", "全自费", "Fully self-paid", .money),
      .init("over_limit", "超限价", "Over limit", .money), .init("first_self_pay", "先行自付", "First self-pay", .money),
      .init("in_policy", "符合政策范围", "In policy", .money),
    ])
  static let postings = TableForm(
    "postings", "记账分录", "Postings",
    [.init("account", "账户", "Account"), .init("holder", "户主", "Holder"), .init("amount", "金额（元）", "Amount", .money)])
  static let chain = TableForm(
    "chain", "本次就诊的结算与冲正", "Settlements and reversals of the visit",
    [
      .init("id", "结算编号", "Number"), .init("kind", "类型", "Kind"), .init("time", "时间", "Time"),
      .init("total", "医疗费总额（元）", "Charged", .money),
    ])

  func content() async throws(ViewFault) -> Content {
    let id = try inquiry.part("id")
    guard let found = try await find(id) else {
      throw .notFound(LocalizedText("没有结算 \(id)；请核对编号", "there is no settlement \(id); check the number"))
    }
    let record = found.record
    let settled = record.settled
    var blocks: [Content.Block] = notices(found)
    blocks.append(.facts(facts(found)))
    blocks.append(.table(amounts(settled, sign: record.reverses == nil ? 1 : -1)))
    blocks += steps(record, names: found.names)
    blocks.append(.table(lines(record, names: found.names)))
    blocks.append(.table(postings(record.entry)))
    if found.visitRecords.count > 1 { blocks.append(.table(chain(found.visitRecords))) }
    var content = Content(blocks, title: LocalizedText("结算单 \(id)", "Settlement \(id)"))
    content.trail = [.init("结算", "Settlements", "settlements")]
    content.isPrintable = true
    return content
  }

  private func find(_ id: String) async throws(ViewFault) -> Found? {
    try await sources.read { store throws(StoreError) in
      guard let record = try store.settlement(id) else { return nil }
      var names: [String] = []
      for line in record.claim.lines { names.append(try store.item(line.item, on: line.day)?.name ?? "") }
      return Found(
        record: record, person: try store.person(record.visit.person),
        institution: try store.institution(record.visit.institution), names: names,
        visitRecords: try store.settlements(ofVisit: record.visit.id))
    }
  }

  private func notices(_ found: Found) -> [Content.Block] {
    let record = found.record
    if let reversed = record.reverses {
      return [
        .notice(
          Notice(.warning, "这是对结算 \(reversed) 的冲正，金额相反", "this takes settlement \(reversed) back; amounts are opposite")
        )
      ]
    }
    guard let reversal = found.visitRecords.first(where: { $0.reverses == record.id }) else { return [] }
    return [
      .notice(
        Notice(
          .warning, "本结算已于 \(reversal.time) 冲正（\(reversal.id)）", "taken back on \(reversal.time) by \(reversal.id)"))
    ]
  }

  private func facts(_ found: Found) -> Facts {
    let (record, visit) = (found.record, found.record.visit)
    let isRevealed = inquiry.revealed.contains(visit.person)
    let name = found.person.map { isRevealed ? $0.name : PersonalField.name.hide($0.name) } ?? ""
    let stay =
      visit.admitted == record.claim.discharged ? "\(visit.admitted)" : "\(visit.admitted) – \(record.claim.discharged)"
    return Facts(
      "settlement", "基本情况", "Summary",
      [
        .init("id", "结算编号", "Settlement", .text(record.id)),
        .init("time", "结算时间", "Time", .text(record.time)),
        .init(
          "person", "参保人", "Person",
          .text(
            "\(name) \(isRevealed ? visit.person : PersonalField.number.hide(visit.person))",
            link: "persons/\(Address.part(visit.person))")),
        .init("scheme", "险种", "Scheme", Cell(.words(record.settled.cover.scheme.title))),
        .init("category", "人员类别", "Category", Cell(.words(record.settled.cover.category.title))),
        .init(
          "institution", "定点机构", "Institution",
          .text(
            "\(found.institution?.name ?? "") \(visit.institution)",
            link: "institutions/\(Address.part(visit.institution))"
          )),
        .init("level", "机构等级", "Level", Cell(.words(record.claim.institution.level.title))),
        .init("care", "医疗类别", "Care", Cell(.words(record.claim.care.title))),
        .init("days", "就诊日期", "Days", .text(stay)),
        .init("visit", "就诊编号", "Visit", .text(visit.id)),
        .init("diagnoses", "诊断", "Diagnoses", .text(visit.diagnoses.joined(separator: ", "))),
        .init("message", "报文编号", "Message", .text(record.message)),
        .init("balance", "结算后个人账户余额（元）", "Account balance after, yuan", .money(record.balance)),
      ])
  }

  private func amounts(_ settled: SettledClaim, sign: Int64) -> DataTable {
    let always: Set = ["total", "in_policy", "fund", "person", "cash"]
    return Self.amounts.table(
      settled.namedAmounts.filter { $0.amount != .zero || always.contains($0.word) }.map { amount in
        [
          Cell(.words(amount.title)), .text(amount.field ?? ""), .money(Money(fen: sign * amount.amount.fen)),
        ]
      })
  }

  private func steps(_ record: SettlementRecord, names: [String]) -> [Content.Block] {
    let words = CitationWords(sources.library.book)
    let items = zip(record.claim.lines, names).map { $1.isEmpty ? $0.item : $1 }
    // Sources of the account's steps are found by name, since the record keeps them beside those of amounts.
    let explained = record.settled.explanation(items: items, source: { record.sources[Int($0.index)] })
    let unverified = words.unverified(explained.flatMap(\.sources).map(\.citation))
    let rows = explained.map { step in
      Steps.Row(
        word: step.word, text: step.text, result: .money(step.result),
        sources: step.sources.map { source in
          let text = words.text(source.citation)
          return Steps.Source(
            text: LocalizedText(
              "\(text.chinese) · \(source.title) · 自 \(source.effective) 起",
              "\(text.english) · \(source.title) · since \(source.effective)"),
            link: Address.path(
              "policy/values/\(Address.part(source.identifier))", ["on": "\(source.effective)"]))
        })
    }
    let steps = Steps(key: "steps", title: LocalizedText("待遇计算过程", "Step by step"), rows: rows)
    guard !unverified.isEmpty else { return [.steps(steps)] }
    let list = unverified.joined(separator: ", ")
    return [
      .notice(
        Notice(
          .warning, "依据未核对（unverified）的文件 \(list)，不得据以支付",
          "this rests on unverified documents (\(list)); nobody may be paid by it")),
      .steps(steps),
    ]
  }

  private func lines(_ record: SettlementRecord, names: [String]) -> DataTable {
    var rows: [[Cell]] = []
    for (place, line) in record.claim.lines.enumerated() {
      let share = place < record.settled.lineShares.count ? record.settled.lineShares[place] : .zero
      rows.append([
        .text(line.item), .text(names[place]), Cell(.time(line.day)), Cell(.words(line.terms.chargeClass.title)),
        .text(line.quantity.text), .text(line.price.yuan), .money(line.amount),
        .money(share.fullySelfPaid), .money(share.overLimit), .money(share.preliminarySelfPay),
        .money(share.inPolicy),
      ])
    }
    return Self.lines.table(rows)
  }

  private func postings(_ entry: LedgerEntry) -> DataTable {
    Self.postings.table(
      entry.postings.map { posting in
        return [Cell(.words(posting.account.title)), holder(posting.account), .money(posting.amount)]
      })
  }

  private func holder(_ account: LedgerAccount) -> Cell {
    switch account {
    case .fund(let fund), .bank(let fund), .reserve(let fund), .adjustmentFund(let fund): Cell(.words(fund.title))
    case .personalAccount(let person), .familyAccount(let person), .personalCash(let person):
      .text(inquiry.revealed.contains(person) ? person : PersonalField.number.hide(person))
    case .borneByInstitution(let code), .institution(let code), .deposit(let code):
      .text(code, link: "institutions/\(Address.part(code))")
    case .region(let code): .text(code)
    }
  }

  private func chain(_ records: [SettlementRecord]) -> DataTable {
    Self.chain.table(
      records.map { record in
        let kind = record.reverses == nil ? LocalizedText("结算", "settlement") : LocalizedText("冲正", "reversal")
        let sign: Int64 = record.reverses == nil ? 1 : -1
        return [
          .text(record.id, link: "settlements/\(Address.part(record.id))"), Cell(.words(kind)), .text(record.time),
          .money(Money(fen: sign * record.settled.amounts.total.fen)),
        ]
      })
  }
}
