import Kernel
import Ledger
import Payment
import People
import Workflows

extension View {
  /// One published run: lines, postings, corrections, differences.
  static let paymentRun = View(
    "payment/runs/{identity}", "拨付与清算结果", "Payment run", section: .payment,
    parameters: [
      Parameter("identity", .text, "运行标识，可只写前 6 位以上", "identity; six characters of it are enough", isInPath: true),
      Parameter("against", .text, "与另一次公布比较（标识）", "another run to compare with, by identity"), .page, .size,
    ],
    tables: PaymentRun.Kind.allCases.map(RunTables.lines) + [
      RunTables.differences, RunTables.chain, RunTables.inputs, RunTables.postings,
    ],
    summary: LocalizedText(
      "一次公布的拨付或清算：各单位金额、分录、输入、更正链与差异",
      "one published run: what every holder gets, postings, inputs, corrections and differences")
  ) { inquiry, sources async throws(ViewFault) in
    try await RunPage(inquiry: inquiry, sources: sources).content()
  }
}

/// The page of one run.
struct RunPage {
  let inquiry: Inquiry
  let sources: ConsoleSources

  static func path(_ identity: String) -> String { "payment/runs/\(Address.part(identity))" }

  static func path(_ identity: String, _ holder: String) -> String {
    path(identity) + "/institutions/\(Address.part(holder))"
  }

  /// The beginning of an identity, as lists show it.
  static func short(_ identity: String) -> String { String(identity.prefix(12)) }

  func content() async throws(ViewFault) -> Content {
    let made = try await sources.run(try inquiry.part("identity"))
    let run = made.run
    let request = try inquiry.pageRequest(size: 100)
    let chain = try await sources.ask { () async throws(StoreError) in try await sources.archive.chain(of: run) }
    let later = chain.first { $0.run.corrects == run.identity }
    var other = made.corrected
    if let asked = inquiry["against"] { other = try await sources.run(asked).published }
    let changes = other.map { run.differences(from: $0.run) } ?? []
    let postings = run.entries.flatMap { entry in entry.postings.map { (entry, $0) } }
    let holders = Set(run.lines.map(\.holder)).union(changes.map(\.holder))
      .union(postings.map { $0.1.account.holder }.filter { !$0.isEmpty })
    let names = try await sources.holderNames(holders)
    var blocks: [Content.Block] = []
    if let later {
      blocks.append(
        .notice(Notice(.warning, "本结果已被 \(later.time) 公布的更正取代", "a correction published \(later.time) takes its place"))
      )
      blocks.append(.links([.init("看更正后的结果", "The run that counts", Self.path(later.run.identity))]))
    }
    blocks.append(.facts(facts(made)))
    blocks.append(.figures(totals(run)))
    if run.lines.count > 1 { blocks.append(.chart(chart(run, names))) }
    blocks.append(.table(RunTables.lines(run, names)))
    if let other {
      blocks.append(
        .paragraph(
          LocalizedText(
            "与 \(other.time) 公布的 \(Self.short(other.run.identity)) 相比，\(changes.count) 处不同。",
            "\(changes.count) differences from \(Self.short(other.run.identity)), published \(other.time).")))
      blocks.append(.table(RunTables.differences(changes, run.identity, names)))
    }
    if chain.count > 1 { blocks.append(.table(RunTables.chain(chain))) }
    blocks.append(.form(compareForm))
    blocks.append(.table(RunTables.inputs(run)))
    blocks.append(
      .table(
        RunTables.postings(
          postings.dropFirst((request.number - 1) * request.size).prefix(request.size),
          of: PageOfRows(number: request.number, size: request.size, total: postings.count), names)))
    var content = Content(
      blocks,
      title: LocalizedText(
        "\(run.inputs.kind.title.chinese) \(run.inputs.period) \(run.inputs.scheme.title.chinese)",
        "Run: \(run.inputs.kind.title.english) \(run.inputs.period), \(run.inputs.scheme.title.english)"))
    content.trail = [.init("拨付与清算", "Payment runs", "payment")]
    content.isPrintable = true
    return content
  }

  private func facts(_ made: MadeRun) -> Facts {
    let (run, inputs) = (made.run, made.run.inputs)
    let isBalanced = run.entries.allSatisfy { $0.postings.reduce(Int64(0)) { $0 + $1.amount.fen } == 0 }
    let known = sources.terms(inputs.scheme, inputs.period.year)
    let isKnown = known?.identity == inputs.contract
    var rows: [Facts.Row] = [
      .init("identity", "运行标识", "Run", .text(run.identity)),
      .init("kind", "类型", "Kind", Cell(.words(inputs.kind.title))),
      .init("scheme", "险种", "Scheme", Cell(.words(inputs.scheme.title))),
      .init("period", "期间", "Period", Cell(.time(inputs.period))),
      .init("published", "公布时间", "Published", .text(made.published?.time ?? "")),
      .init("by", "公布人", "By", .text(made.published?.publisher ?? "")),
      .init("holders", "单位数", "Holders", .count(run.lines.count)),
      .init(
        "balance", "分录", "Postings",
        Cell(
          .words(
            isBalanced
              ? LocalizedText("\(run.entries.count) 笔，每笔借贷相等", "\(run.entries.count) entries, each in balance")
              : LocalizedText("有分录借贷不等，请运行 yibao audit", "an entry is out of balance; run yibao audit")),
          tone: isBalanced ? .good : .bad)),
      .init(
        "contract", "合同数据指纹", "Contract's digest",
        .text(
          inputs.contract,
          link: isKnown
            ? Address.path(
              "payment/contract", ["year": "\(inputs.period.year)", "scheme": inputs.scheme.rawValue]) : nil)),
      .init("cases", "病例集指纹", "Digest of the cases", .text(inputs.cases)),
    ]
    if let corrects = run.corrects {
      rows.append(.init("corrects", "更正", "Corrects", .text(corrects, link: Self.path(corrects))))
    }
    return Facts("run", "基本情况", "Summary", rows)
  }

  private func totals(_ run: PaymentRun) -> [Figure] {
    run.inputs.kind.mainAmounts.map { word in
      let title = AmountNames.title(word)
      return Figure("sum_\(word)", "\(title.chinese)（元）", "\(title.english), yuan", .money(run.sum(word)))
    }
  }

  private func chart(_ run: PaymentRun, _ names: [String: String]) -> Chart {
    let main = run.inputs.kind.mainAmounts.last ?? ""
    let lines = run.lines.sorted { one, two in
      let (left, right) = (one.amounts[main] ?? .zero, two.amounts[main] ?? .zero)
      return left == right ? one.holder < two.holder : left > right
    }
    // Those who get most and those who give most back.
    let top = lines.count <= 24 ? lines : Array(lines.prefix(12)) + Array(lines.suffix(12))
    return Chart(
      "by_holder", title: AmountNames.title(main), form: .bars,
      labels: top.map { LocalizedText(names[$0.holder] ?? $0.holder, names[$0.holder] ?? $0.holder) },
      series: [.init(key: main, title: AmountNames.title(main), values: top.map { $0.amounts[main]?.fen })],
      places: 2, unit: LocalizedText("元", "yuan"), links: top.map { Self.path(run.identity, $0.holder) })
  }

  private var compareForm: Form {
    Form(
      .ask, title: LocalizedText("与另一次公布比较", "Compare with another run"),
      [.init("against", "运行标识", "Run", value: inquiry["against"] ?? "")],
      submit: LocalizedText("比较", "Compare"))
  }
}

extension ConsoleSources {
  /// A published run by identity or the beginning of one.
  func run(_ identity: String) async throws(ViewFault) -> MadeRun {
    let found = try await ask { () async throws(StoreError) in try await archive.find(identity) }
    switch found {
    case .one(let made): return made
    case .none:
      throw .notFound(
        LocalizedText(
          "没有公布过 \(identity)（至少写前 \(RunArchive.leastCharacters) 位）",
          "no published run begins with \(identity) (at least \(RunArchive.leastCharacters) characters)"))
    case .several:
      throw .notFound(LocalizedText("\(identity) 对应多次公布，请多写几位", "several runs begin with \(identity); write more"))
    }
  }
}
