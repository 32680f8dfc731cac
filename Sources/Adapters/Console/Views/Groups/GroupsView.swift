import Kernel
import Payment
import People
import Workflows

extension View {
  /// Groups of a year: cases, weight, cost, stay, indices, gains and losses (病组运行分析).
  static let groups = View(
    "groups", "病组分析", "Groups", section: .groups, isEntry: true,
    parameters: [
      .paymentYear, .paymentScheme, Parameter("institution", .text, "只看一家机构（编号）", "one institution only, by code"),
      Parameter("order", .choice(GroupsPage.Order.allCases.map(\.rawValue)), "排序", "order"), .page, .size,
    ], tables: [GroupsPage.groups, GroupsPage.institutions],
    summary: LocalizedText(
      "一年的病组：病例、权重、CMI、次均费用、平均住院日、费用与时间消耗指数、盈亏；按机构汇总",
      "groups of a year: cases, weight, CMI, mean cost and stay, cost and time indices, gains; by institution")
  ) { inquiry, sources async throws(ViewFault) in
    try await GroupsPage(inquiry: inquiry, sources: sources).content()
  }
}

/// The page of a year's groups.
struct GroupsPage {
  let inquiry: Inquiry
  let sources: ConsoleSources

  /// How groups are listed.
  enum Order: String, CaseIterable {
    case cases, cost, loss, gain

    var title: LocalizedText {
      switch self {
      case .cases: LocalizedText("病例由多到少", "most cases first")
      case .cost: LocalizedText("费用由高到低", "largest cost first")
      case .loss: LocalizedText("亏损由大到小", "largest loss first")
      case .gain: LocalizedText("结余由大到小", "largest gain first")
      }
    }
  }

  static let groups = TableForm(
    "groups", "病组（病种）", "Groups",
    [
      .init("group", "编码", "Code"), .init("name", "名称", "Name"), .init("cases", "病例数", "Cases", .count),
      .init("share", "占比", "Share", .share), .init("weight", "权重（分值）", "Weight or score", .decimal(places: 4)),
      .init("total_weight", "总权重（总分值）", "Total weight", .decimal(places: 4)),
      .init("points", "结算点数", "Points paid", .decimal(places: 4)),
      .init("mean_cost", "次均费用（元）", "Mean cost", .money),
      .init("mean_stay", "平均住院日", "Mean stay, days", .decimal(places: 2)),
      .init(
        "cost_ratio", "费用与全区之比", "Cost to region", .decimal(places: 4),
        note: LocalizedText("机构次均费用 ÷ 全区该病组次均费用", "the mean cost over the region's of the group")),
      .init(
        "time_ratio", "时间与全区之比", "Time to region", .decimal(places: 4),
        note: LocalizedText("机构平均住院日 ÷ 全区该病组平均住院日", "the mean stay over the region's of the group")),
      .init("low", "低倍率", "Very low", .count), .init("high", "高倍率", "Very high", .count),
      .init("cost", "费用（元）", "Cost", .money), .init("worth", "按合同支付（元）", "Paid by contract", .money),
      .init("gain", "盈亏（元）", "Gain or loss", .money),
    ])
  static let institutions = TableForm(
    "institutions", "按机构", "By institution",
    [
      .init("institution", "机构", "Institution"), .init("code", "编号", "Code"),
      .init("cases", "病例数", "Cases", .count), .init("groups", "病组数", "Groups", .count),
      .init("total_weight", "总权重（总分值）", "Total weight", .decimal(places: 4)),
      .init("cmi", "CMI（例均权重或分值）", "CMI", .decimal(places: 4)),
      .init("mean_cost", "次均费用（元）", "Mean cost", .money),
      .init("mean_stay", "平均住院日", "Mean stay, days", .decimal(places: 2)),
      .init(
        "cost_index", "费用消耗指数", "Cost index", .decimal(places: 4),
        note: LocalizedText("各病组费用比按病例数加权平均 Σkᵢnᵢ ÷ Σnᵢ", "the mean of groups' ratios by cases, Σkᵢnᵢ ÷ Σnᵢ")),
      .init(
        "cost_index_totals", "费用消耗指数（总额法）", "Cost index, totals", .decimal(places: 4),
        note: LocalizedText("实际费用 ÷ 按全区次均计算的费用", "cost over what it would be at the region's means")),
      .init("time_index", "时间消耗指数", "Time index", .decimal(places: 4)),
      .init("time_index_totals", "时间消耗指数（总额法）", "Time index, totals", .decimal(places: 4)),
      .init("cost", "费用（元）", "Cost", .money), .init("worth", "按合同支付（元）", "Paid by contract", .money),
      .init("gain", "盈亏（元）", "Gain or loss", .money),
    ])

  func content() async throws(ViewFault) -> Content {
    if let nothing = sources.withoutTerms { return nothing }
    let (scheme, year, terms) = try sources.asked(inquiry)
    let order = try inquiry.choice("order", of: Order.self) ?? .cases
    let request = try inquiry.pageRequest()
    let (figures, time) = try await sources.figures(scheme, year, terms)
    let names = try await sources.institutionNames(Set(figures.institutionCodes))
    let institution = inquiry["institution"]
    var lines = figures.groups(of: institution)
    Self.sort(&lines, order)
    let whole = institution.flatMap { code in figures.institutions().first { $0.code == code } } ?? figures.whole
    var blocks: [Content.Block] = [.form(form(scheme, year, order))]
    if figures.whole.sum.cases == 0 {
      blocks.append(
        .notice(
          Notice(
            .warning,
            "\(year) 年\(scheme.title.chinese)没有支付病例；先归集：yibao pay gather --region \(sources.region) --period \(year)",
            "there is no payment case of \(year), \(scheme.rawValue); gather them: yibao pay gather --region "
              + "\(sources.region) --period \(year)")))
    } else if let institution, !figures.institutionCodes.contains(institution) {
      blocks.append(
        .notice(
          Notice(.warning, "机构 \(institution) 该年没有病例；请核对编号", "\(institution) has no case this year; check the code")))
      lines = []
    }
    blocks += Self.remarks(figures, time, sources)
    if figures.whole.sum.cases > 0 {
      blocks.append(.figures(GroupBlocks.figures(whole, of: figures.whole, isDIP: terms.cases.usualMethod == .dip)))
      blocks.append(.chart(topGroups(lines, terms)))
      blocks.append(.chart(cmiChart(figures, names)))
    }
    let shown = lines.dropFirst((request.number - 1) * request.size).prefix(request.size)
    let total = whole.sum.cases
    blocks.append(
      .table(
        Self.groups.table(
          shown.map { row($0, of: total, figures, terms, hasRatio: institution != nil, scheme, year) },
          of: PageOfRows(number: request.number, size: request.size, total: lines.count),
          empty: LocalizedText("没有病组。", "There is no group."))))
    blocks.append(
      .table(Self.institutions.table(figures.institutions().map { institutionRow($0, names, scheme, year) })))
    return Content(blocks)
  }

  private static func sort(_ lines: inout [GroupFigures.Line], _ order: Order) {
    switch order {
    case .cases: break
    case .cost: lines.sort { ($1.sum.cost, $0.code) < ($0.sum.cost, $1.code) }
    case .loss, .gain:
      let known = lines.filter { $0.gain != nil }.sorted { left, right in
        let (one, two) = (left.gain ?? .zero, right.gain ?? .zero)
        return one == two ? left.code < right.code : order == .loss ? one < two : one > two
      }
      lines = known + lines.filter { $0.gain == nil }
    }
  }

  /// How the figures came about: since when, by which value of a point, and whether they still fit the run.
  static func remarks(_ figures: GroupFigures, _ time: Moment, _ sources: ConsoleSources) -> [Content.Block] {
    var blocks: [Content.Block] = []
    switch figures.valuation {
    case .run(let run):
      blocks.append(
        .links([
          .init(
            "按合同支付：取自 \(run.time) 公布的\(run.run.inputs.kind.title.chinese)，各机构应得按点数分到病组",
            "Paid by contract: the \(run.run.inputs.kind.title.english) published \(run.time), split by points",
            "payment/runs/\(run.run.identity)")
        ]))
    case .contract:
      blocks.append(
        .notice(
          Notice(
            .quiet, "本年尚无已公布的年度清算；点数按合同所列点值折算，仅供参考",
            "no yearly clearing is published; points stand at the contract's own value, for information")))
    case .none:
      blocks.append(
        .notice(
          Notice(
            .warning, "本年尚无已公布的年度清算，合同也没有点值；点数病例的支付与盈亏未知",
            "no yearly clearing is published and the contract has no value of a point; worth and gain are not known")))
    }
    if figures.changedInstitutions > 0 {
      blocks.append(
        .notice(
          Notice(
            .warning, "\(figures.changedInstitutions) 家机构的病例在清算公布后有变动；请重新清算并以更正公布",
            "cases of \(figures.changedInstitutions) institutions changed since the clearing; clear again"
          )))
    }
    blocks.append(
      .paragraph(
        LocalizedText(
          "统计时间 \(time)；读取全年病例一次，保留 \(KeptAnswers<Int, Int>.minutes) 分钟。",
          "As of \(time); every case of the year is read once, and the sums are kept for "
            + "\(KeptAnswers<Int, Int>.minutes) minutes.")))
    return blocks
  }

  private func form(_ scheme: InsuranceScheme, _ year: Int, _ order: Order) -> Form {
    .filter(
      sources.yearFields(scheme, year) + [
        .init("institution", "机构编号", "Institution", value: inquiry["institution"] ?? ""),
        .init(
          "order", "排序", "Order", .choice(Order.allCases.map { (value: $0.rawValue, title: $0.title) }),
          value: order.rawValue),
      ])
  }

  private func link(_ group: String, _ scheme: InsuranceScheme, _ year: Int) -> String {
    GroupBlocks.path(group, scheme, year, institution: inquiry["institution"])
  }

  private func row(
    _ line: GroupFigures.Line, of total: Int, _ figures: GroupFigures, _ terms: PayingTerms, hasRatio: Bool,
    _ scheme: InsuranceScheme, _ year: Int
  ) -> [Cell] {
    let weight = figures.weight(of: line.code)
    return [
      .text(GroupBlocks.code(line.code), link: link(line.code, scheme, year)),
      Cell(GroupBlocks.name(line.code, terms)), .count(line.sum.cases), Cell(.share(line.sum.cases, of: total)),
      Cell(.factor(weight)), Cell(weight == nil ? .none : .factor(line.mix.totalWeight)),
      Cell(.points(line.sum.points)), Cell(.amount(line.meanCost)),
      Cell(line.meanStay.map { .decimal($0, places: 2) } ?? .none),
      Cell(hasRatio ? .factor(line.cost.byCases()) : .none), Cell(hasRatio ? .factor(line.time.byCases()) : .none),
      .count(line.sum.low), .count(line.sum.high), .money(line.sum.cost), Cell(.amount(line.worth)), .gain(line.gain),
    ]
  }

  private func institutionRow(
    _ line: GroupFigures.Line, _ names: [String: String], _ scheme: InsuranceScheme, _ year: Int
  ) -> [Cell] {
    [
      .text(
        names[line.code] ?? line.code,
        link: Address.path(
          "groups", ["year": "\(year)", "scheme": scheme.rawValue, "institution": line.code])),
      .text(line.code, link: "institutions/\(Address.part(line.code))"), .count(line.sum.cases),
      .count(line.mix.groupCount), Cell(.factor(line.mix.totalWeight)), Cell(.factor(line.mix.index())),
      Cell(.amount(line.meanCost)), Cell(line.meanStay.map { .decimal($0, places: 2) } ?? .none),
      Cell(.factor(line.cost.byCases())), Cell(.factor(line.cost.byTotals())), Cell(.factor(line.time.byCases())),
      Cell(.factor(line.time.byTotals())), .money(line.sum.cost), Cell(.amount(line.worth)), .gain(line.gain),
    ]
  }

  private func topGroups(_ lines: [GroupFigures.Line], _ terms: PayingTerms) -> Chart {
    let top = lines.prefix(15)
    return Chart(
      "top_groups", title: LocalizedText("病例最多的病组（按当前排序的前 15 个）", "The first 15 groups in this order, by cases"),
      form: .bars,
      labels: top.map { line in
        let name = GroupBlocks.name(line.code, terms).text(inquiry.language)
        return LocalizedText("\(GroupBlocks.code(line.code)) \(name)", "\(GroupBlocks.code(line.code)) \(name)")
      },
      series: [.init(key: "cases", title: LocalizedText("病例数", "cases"), values: top.map { Int64($0.sum.cases) })],
      unit: LocalizedText("例", "cases"),
      links: top.map {
        link($0.code, terms.cases.schemes.contains(.employee) ? .employee : .resident, terms.cases.year)
      })
  }

  private func cmiChart(_ figures: GroupFigures, _ names: [String: String]) -> Chart {
    let top = figures.institutions().prefix(20)
    return Chart(
      "cmi_by_institution", title: LocalizedText("各机构 CMI（病例最多的 20 家）", "CMI of the 20 institutions with most cases"),
      form: .bars, labels: top.map { LocalizedText(names[$0.code] ?? $0.code, names[$0.code] ?? $0.code) },
      series: [
        .init(
          key: "cmi", title: LocalizedText("CMI", "CMI"), values: top.map { $0.mix.index().map { $0.millionths / 100 } }
        )
      ], places: 4, unit: LocalizedText("例均权重或分值", "mean weight or score"),
      links: top.map { "institutions/\(Address.part($0.code))" })
  }
}
