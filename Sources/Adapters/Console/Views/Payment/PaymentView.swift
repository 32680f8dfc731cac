import Kernel
import Payment
import People
import Workflows

extension View {
  /// Published runs: months, years, communities, adjustment funds (支付清算总览).
  static let payment = View(
    "payment", "拨付与清算", "Payment runs", section: .payment, isEntry: true,
    parameters: [
      Parameter("year", .year, "年度", "year"), .paymentScheme,
      Parameter("kind", .choice(PaymentRun.Kind.allCases.map(\.rawValue)), "类型", "kind of run"),
      Parameter("standing", .choice(["yes"]), "只看有效的", "only those that stand"), .page, .size,
    ], tables: [PaymentPage.runs],
    summary: LocalizedText("已公布的拨付与清算：类型、期间、标识、公布人、合计", "published runs: kind, period, identity, by whom, totals")
  ) { inquiry, sources async throws(ViewFault) in
    try await PaymentPage(inquiry: inquiry, sources: sources).content()
  }
}

/// The page of published runs.
struct PaymentPage {
  let inquiry: Inquiry
  let sources: ConsoleSources

  static let runs = TableForm(
    "runs", "已公布的结果", "Published runs",
    [
      .init("period", "期间", "Period"), .init("kind", "类型", "Kind"), .init("scheme", "险种", "Scheme"),
      .init("identity", "运行标识", "Run"), .init("state", "状态", "State"), .init("time", "公布时间", "Published"),
      .init("by", "公布人", "By"), .init("holders", "单位数", "Holders", .count),
      .init("amount_of", "主要金额", "Main amount"), .init("amount", "合计（元）", "Sum, yuan", .money),
      .init("corrects", "更正", "Corrects"),
    ])

  func content() async throws(ViewFault) -> Content {
    let year = try inquiry.whole("year", in: 1_000...9_999)
    let scheme = try inquiry.choice("scheme", of: InsuranceScheme.self)
    let kind = try inquiry.choice("kind", of: PaymentRun.Kind.self)
    let request = try inquiry.pageRequest()
    let region = sources.region
    let every = try await sources.ask { () async throws(StoreError) in
      try await sources.paying.runs(RunSelection(region: region))
    }
    let corrected = Set(every.compactMap(\.run.corrects))
    let all = every.filter { item in
      let inputs = item.run.inputs
      return (year == nil || inputs.period.year == year) && (scheme == nil || inputs.scheme == scheme)
        && (kind == nil || inputs.kind == kind)
        && (inquiry["standing"] == nil || !corrected.contains(item.run.identity))
    }
    let newest = Array(all.reversed())
    let shown = newest.dropFirst((request.number - 1) * request.size).prefix(request.size)
    let standing = all.filter { !corrected.contains($0.run.identity) }
    var blocks: [Content.Block] = [
      .form(form(Set(every.map(\.run.inputs.period.year)))),
      .links([
        .init("付费合同", "The contract", "payment/contract"),
        .init("政策测算：两套付费政策对比", "Two policies side by side", "payment/simulation"),
        .init("病组分析", "Groups", "groups"),
      ]),
    ]
    if every.isEmpty { blocks.append(.notice(Self.nothing(region))) }
    if !standing.isEmpty { blocks.append(.figures(figures(standing))) }
    if let chart = months(standing) { blocks.append(.chart(chart)) }
    blocks.append(
      .table(
        Self.runs.table(
          shown.map { Self.row($0, isCorrected: corrected.contains($0.run.identity)) },
          of: PageOfRows(number: request.number, size: request.size, total: all.count),
          empty: LocalizedText("没有符合条件的公布结果；请放宽条件。", "No published run fits; ask for less."))))
    return Content(blocks)
  }

  private static func nothing(_ region: String) -> Notice {
    Notice(
      .warning, "统筹区 \(region) 还没有公布过拨付或清算。先归集病例，再逐月拨付：yibao pay gather、yibao pay year --publish --by 经办人",
      "region \(region) has published nothing yet. Gather cases and pay months: yibao pay gather, yibao pay year "
        + "--publish --by NAME")
  }

  static func row(_ item: PublishedRun, isCorrected: Bool) -> [Cell] {
    let (run, inputs) = (item.run, item.run.inputs)
    let main = inputs.kind.mainAmounts.last ?? ""
    return [
      .text("\(inputs.period)", link: RunPage.path(run.identity)), Cell(.words(inputs.kind.title)),
      Cell(.words(inputs.scheme.title)), .text(RunPage.short(run.identity), link: RunPage.path(run.identity)),
      Cell(
        .words(isCorrected ? LocalizedText("已被更正", "corrected since") : LocalizedText("有效", "stands")),
        tone: isCorrected ? .quiet : .good),
      .text(item.time), .text(item.publisher), .count(run.lines.count), Cell(.words(AmountNames.title(main))),
      .money(run.sum(main)),
      run.corrects.map { .text(RunPage.short($0), link: RunPage.path($0)) } ?? .none,
    ]
  }

  private func form(_ years: Set<Int>) -> Form {
    func choice(_ words: [(String, LocalizedText)]) -> Form.Field.Kind {
      .choice([("", LocalizedText("全部", "all"))] + words.map { (value: $0.0, title: $0.1) })
    }
    func value(_ name: String) -> String { inquiry[name] ?? "" }
    return .filter([
      .init(
        "year", "年度", "Year", choice(years.sorted(by: >).map { ("\($0)", LocalizedText("\($0)", "\($0)")) }),
        value: value("year")),
      .init(
        "kind", "类型", "Kind", choice(PaymentRun.Kind.allCases.map { ($0.rawValue, $0.title) }), value: value("kind")),
      .init(
        "scheme", "险种", "Scheme", choice(InsuranceScheme.allCases.map { ($0.rawValue, $0.title) }),
        value: value("scheme")),
      .init(
        "standing", "状态", "State", choice([("yes", LocalizedText("只看有效的", "only those that stand"))]),
        value: value("standing")),
    ])
  }

  /// What the runs that stand come to, by kind.
  private func figures(_ standing: [PublishedRun]) -> [Figure] {
    let byKind = Dictionary(grouping: standing, by: \.run.inputs.kind)
    return PaymentRun.Kind.allCases.compactMap { kind in
      guard let runs = byKind[kind], let main = kind.mainAmounts.last else { return nil }
      let title = AmountNames.title(main)
      return Figure(
        "\(kind.rawValue)_\(main)", "\(kind.title.chinese)：\(title.chinese)（元）",
        "\(kind.title.english): \(title.english), yuan", .money(runs.reduce(Money.zero) { $0 + $1.run.sum(main) }),
        note: LocalizedText("\(runs.count) 次有效公布", "\(runs.count) runs that stand"))
    }
  }

  /// What months paid, by scheme.
  private func months(_ standing: [PublishedRun]) -> Chart? {
    var paid: [InsuranceScheme: [YearMonth: Money]] = [:]
    for item in standing where item.run.inputs.kind == .month {
      if case .month(let month) = item.run.inputs.period {
        paid[item.run.inputs.scheme, default: [:]][month] = item.run.sum("paid")
      }
    }
    let months = Set(paid.values.flatMap(\.keys)).sorted().suffix(24)
    guard months.count > 1 else { return nil }
    let schemes = InsuranceScheme.allCases.filter { paid[$0] != nil }
    return Chart(
      "paid_by_month", title: LocalizedText("各月拨付", "Paid by month"), form: .columns,
      labels: months.map { LocalizedText("\($0)", "\($0)") },
      series: schemes.map { scheme in
        .init(key: scheme.rawValue, title: scheme.title, values: months.map { paid[scheme]?[$0]?.fen })
      }, places: 2, unit: LocalizedText("元", "yuan"))
  }
}

extension PaymentRun {
  /// What an amount of all lines comes to.
  func sum(_ name: String) -> Money { lines.reduce(.zero) { $0 + ($1.amounts[name] ?? .zero) } }
}
