import Kernel
import Ledger
import Payment
import People
import Workflows

/// The tables of a run's page.
enum RunTables {
  /// The lines of a kind of run.
  static func lines(_ kind: PaymentRun.Kind) -> TableForm {
    TableForm(
      "\(kind.rawValue)_lines", "\(kind.title.chinese)：各单位金额", "Lines of the \(kind.title.english)",
      [.init("name", "单位", "Holder"), .init("holder", "编号", "Code")]
        + words(kind).map { word in
          let title = AmountNames.title(word)
          return .init(word, "\(title.chinese)（元）", title.english, .money)
        })
  }

  static let differences = TableForm(
    "differences", "差异", "Differences",
    [
      .init("name", "单位", "Holder"), .init("holder", "编号", "Code"), .init("amount", "项目", "Amount"),
      .init("before", "原金额（元）", "Before", .money), .init("after", "现金额（元）", "After", .money),
      .init("change", "差额（元）", "Change", .money),
    ])
  static let chain = TableForm(
    "chain", "更正链", "Corrections",
    [
      .init("time", "公布时间", "Published"), .init("identity", "运行标识", "Run"), .init("by", "公布人", "By"),
      .init("state", "状态", "State"), .init("changes", "与前一次不同之处", "Differences", .count),
    ])
  static let inputs = TableForm(
    "inputs", "所依据的输入", "What it was made from",
    [.init("kind", "类别", "Kind"), .init("subject", "对象", "Subject"), .init("value", "内容", "Value")])
  static let postings = TableForm(
    "postings", "记账分录", "Postings",
    [
      .init("reference", "凭证", "Reference"), .init("account", "账户", "Account"), .init("holder", "户主", "Holder"),
      .init("code", "编号", "Code"), .init("amount", "金额（元）", "Amount", .money),
    ])

  /// The amounts of a kind of run, in the order of statements.
  private static func words(_ kind: PaymentRun.Kind) -> [String] {
    switch kind {
    case .month:
      AmountNames.order(kind.mainAmounts + ["share", "payable", "amount_due", "spend", "advance", "carried_in"])
    case .year:
      AmountNames.order(
        kind.mainAmounts + [
          "share", "payable", "amount_due", "retention", "policy_change", "kept", "returned", "shared", "borne",
          "deducted", "deposit_held", "deposit_returned",
        ])
    case .community: AmountNames.order(kind.mainAmounts + ["returned", "shared", "reserve_left", "outside_spend"])
    case .adjustmentFund: AmountNames.order(kind.mainAmounts)
    case .fundLoss: AmountNames.order(kind.mainAmounts + ["share_with", "share_without", "fine_least", "fine_most"])
    }
  }

  static func lines(_ run: PaymentRun, _ names: [String: String]) -> DataTable {
    let kind = run.inputs.kind
    let words = words(kind)
    return lines(kind).table(
      run.lines.map { line in
        let link = RunPage.path(run.identity, line.holder)
        return [.text(names[line.holder] ?? line.holder, link: link), .text(line.holder, link: link)]
          + words.map { Cell(.amount(line.amounts[$0])) }
      }, empty: LocalizedText("没有单位。", "No holder."))
  }

  static func differences(_ changes: [RunDifference], _ identity: String, _ names: [String: String]) -> DataTable {
    differences.table(
      changes.map { change in
        [
          .text(names[change.holder] ?? change.holder, link: RunPage.path(identity, change.holder)),
          .text(change.holder), Cell(.words(AmountNames.title(change.name))), Cell(.amount(change.before)),
          Cell(.amount(change.after)), .gain(change.change),
        ]
      }, empty: LocalizedText("没有不同。", "Nothing differs."))
  }

  static func chain(_ chain: [PublishedRun]) -> DataTable {
    let known = Dictionary(chain.map { ($0.run.identity, $0.run) }) { first, _ in first }
    let corrected = Set(chain.compactMap(\.run.corrects))
    return self.chain.table(
      chain.map { item in
        let isCorrected = corrected.contains(item.run.identity)
        let before = item.run.corrects.flatMap { known[$0] }
        return [
          .text(item.time), .text(RunPage.short(item.run.identity), link: RunPage.path(item.run.identity)),
          .text(item.publisher),
          Cell(
            .words(isCorrected ? LocalizedText("已被更正", "corrected since") : LocalizedText("有效", "stands")),
            tone: isCorrected ? .quiet : .good),
          before.map { .count(item.run.differences(from: $0).count) } ?? .none,
        ]
      })
  }

  static func inputs(_ run: PaymentRun) -> DataTable {
    inputs.table(
      run.inputs.further.sorted { $0.key < $1.key }.map { name, value in
        let parts = name.split(separator: " ", maxSplits: 1).map(String.init)
        let subject = parts.count > 1 ? parts[1] : ""
        let link: String? =
          switch parts.first {
          case "month": RunPage.path(value)
          case "decision": "cases/\(Address.part(subject))"
          default: nil
          }
        return [Cell(.words(inputTitle(parts.first ?? ""))), .text(subject), .text(value, link: link)]
      }, empty: LocalizedText("除合同与病例外没有其他输入。", "Nothing but the contract and the cases."))
  }

  private static func inputTitle(_ word: String) -> LocalizedText {
    switch word {
    case "fund": LocalizedText("基金金额与依据", "the fund's money and its basis")
    case "finding": LocalizedText("审核扣款", "finding of review")
    case "score": LocalizedText("考核得分", "score")
    case "removal": LocalizedText("集采留用与政策性因素", "procurement savings, policy changes")
    case "decision": LocalizedText("病例认定", "decision about a case")
    case "month": LocalizedText("已公布的月度", "published month")
    case "carried": LocalizedText("上月结转扣款", "deductions carried in")
    default: LocalizedText(word, word)
    }
  }

  static func postings(
    _ shown: some Sequence<(LedgerEntry, Posting)>, of page: PageOfRows, _ names: [String: String]
  ) -> DataTable {
    postings.table(
      shown.map { entry, posting in
        let holder = posting.account.holder
        return [
          .text(entry.reference.split(separator: " ").map { String($0.prefix(12)) }.joined(separator: " ")),
          Cell(.words(posting.account.title)),
          holder.isEmpty ? Cell(.title(posting.account.fundTitle)) : .text(names[holder] ?? holder), .text(holder),
          .money(posting.amount),
        ]
      }, of: page, empty: LocalizedText("没有分录。", "No posting."))
  }
}

extension LedgerAccount {
  /// The institution or region whose account it is; empty for accounts of funds and persons.
  var holder: String {
    switch self {
    case .institution(let code), .deposit(let code), .borneByInstitution(let code), .region(let code): code
    case .fund, .bank, .reserve, .adjustmentFund, .personalAccount, .familyAccount, .personalCash: ""
    }
  }

  /// The fund whose account it is.
  var fundTitle: LocalizedText? {
    switch self {
    case .fund(let fund), .bank(let fund), .reserve(let fund), .adjustmentFund(let fund): fund.title
    default: nil
    }
  }
}
