import Kernel
import Payment
import People
import Workflows

extension View {
  /// The year's cases under two policies: who gains, who loses (政策测算).
  static let paymentSimulation = View(
    "payment/simulation", "政策测算", "Two policies", section: .payment, isEntry: true,
    parameters: [
      .paymentYear, .paymentScheme, Parameter("against", .text, "拟行政策的名称", "name of the other policy"),
      Parameter("fund", .text, "现行的基金金额（元），缺省取已公布的年度清算", "the fund's money, yuan; that of the published year"),
      Parameter("other_fund", .text, "拟行的基金金额（元），缺省同现行", "the fund's money on the other side, yuan; the same"),
      Parameter("order", .choice(["loss", "gain"]), "病组排序", "order of groups"), .page, .size,
    ], tables: [SimulationPage.institutions, SimulationPage.groups],
    summary: LocalizedText("同一年病例按现行与拟行两套付费政策分配，谁增谁减", "the same year's cases under two policies: who gains, who loses")
  ) { inquiry, sources async throws(ViewFault) in
    try await SimulationPage(inquiry: inquiry, sources: sources).content()
  }
}

/// The page of a comparison.
struct SimulationPage {
  let inquiry: Inquiry
  let sources: ConsoleSources

  private static func form(_ key: String, _ chinese: String, _ english: String) -> TableForm {
    TableForm(
      key, chinese, english,
      [
        .init("name", "名称", "Name"), .init("code", "编码", "Code"), .init("cases", "病例数", "Cases", .count),
        .init("cost", "费用（元）", "Cost", .money),
        .init("points_before", "现行点数", "Points now", .decimal(places: 4)),
        .init("points_after", "拟行点数", "Points then", .decimal(places: 4)),
        .init("before", "现行价值（元）", "Worth now", .money), .init("after", "拟行价值（元）", "Worth then", .money),
        .init("gain", "增减（元）", "Change", .money), .init("share", "增减幅度", "Change, share", .share),
      ])
  }

  static let institutions = form("institutions", "按机构", "By institution")
  static let groups = form("groups", "按病组（病种）", "By group")

  func content() async throws(ViewFault) -> Content {
    if let nothing = sources.withoutTerms { return nothing }
    guard !sources.rivals.isEmpty else { return Content([.notice(Notice(.warning, Self.notOffered))]) }
    let (scheme, year, terms) = try sources.asked(inquiry)
    let name = inquiry["against"] ?? sources.rivals[0].name
    guard let rival = sources.rivals.first(where: { $0.name == name }) else {
      let names = sources.rivals.map(\.name).joined(separator: ", ")
      throw .parameter("against", LocalizedText("没有「\(name)」，有：\(names)", "there is no \(name), but \(names)"))
    }
    let run = try await sources.ask { () async throws(StoreError) in
      try await sources.archive.standing(.year, scheme, .year(year))
    }
    let stated = run.flatMap { PayingInputs(of: $0.run.inputs) }
    let usual = stated?.fund.first?.amount
    let fund = try inquiry.money("fund") ?? usual
    let question = SimulationQuestion(
      scheme: scheme, year: year, against: name, fund: fund, otherFund: try inquiry.money("other_fund") ?? fund,
      run: run?.run.identity)
    var blocks: [Content.Block] = [.form(form(question, usual))]
    guard let other = ConsoleSources.terms(scheme, year, in: rival.terms) else {
      blocks.append(
        .notice(
          Notice(
            .warning, "「\(name)」没有 \(year) 年\(scheme.title.chinese)的付费合同；请换年度或险种",
            "\(name) has no payment contract for \(year), \(scheme.rawValue); ask for another year or scheme")))
      return Content(blocks)
    }
    let simulation: PaymentSimulation
    let time: Moment
    do throws(ViewFault) {
      (simulation, time) = try await compare(question, terms, other, stated?.determinations ?? [:])
    } catch {
      // A refusal says what is missing, and the form stays to state it.
      guard case .refused(let text) = error else { throw error }
      return Content(blocks + [.notice(Notice(.warning, text))])
    }
    blocks += try await self.blocks(simulation, time, question, terms)
    return Content(blocks)
  }

  private static let notOffered = LocalizedText(
    "本服务没有可对比的付费政策。启动时加上：yibao serve … --against 名称=政策目录（可重复），目录与 Policies 同样格式",
    "this server has no policy to compare with. Start it with: yibao serve … --against NAME=FOLDER (may repeat), the "
      + "folder being like Policies")

  private func compare(
    _ question: SimulationQuestion, _ terms: PayingTerms, _ other: PayingTerms, _ decided: [String: CaseDetermination]
  ) async throws(ViewFault) -> (PaymentSimulation, Moment) {
    let (paying, region) = (sources.paying, sources.region)
    let kept = try await sources.simulations.answer(question, at: sources.clock()) {
      let cases: [PaymentCase]
      do throws(StoreError) {
        cases = try await paying.allCases(
          CaseSelection(region: region, scheme: question.scheme, period: .year(question.year)))
      } catch { return .failure(.store(error)) }
      if cases.isEmpty {
        return .failure(
          .refused(
            LocalizedText("该年没有支付病例；先归集：yibao pay gather", "no payment case this year; gather them: yibao pay gather"))
        )
      }
      return await PaymentSimulation.compare(
        cases, question.scheme, question.year, .init(terms: terms, fund: question.fund),
        .init(terms: other, fund: question.otherFund), determinations: decided
      ).mapError { .refused($0.message) }
    }
    return (kept.answer, kept.time)
  }

  private func form(_ question: SimulationQuestion, _ usual: Money?) -> Form {
    let names = sources.rivals.map { (value: $0.name, title: LocalizedText($0.name, $0.name)) }
    let hint =
      usual.map { LocalizedText("已公布：\($0.yuan)", "published: \($0.yuan)") }
      ?? LocalizedText("尚无已公布的年度清算，请填写", "no yearly clearing is published; state it")
    return .filter(
      sources.yearFields(question.scheme, question.year) + [
        .init("against", "拟行政策", "The other policy", .choice(names), value: question.against),
        .init("fund", "现行基金金额（元）", "Fund now, yuan", value: question.fund?.yuan ?? "", hint: hint),
        .init("other_fund", "拟行基金金额（元）", "Fund then, yuan", value: question.otherFund?.yuan ?? ""),
        .init(
          "order", "病组排序", "Groups",
          .choice([
            (value: "loss", title: LocalizedText("减少最多在前", "greatest loss first")),
            (value: "gain", title: LocalizedText("增加最多在前", "greatest gain first")),
          ]), value: inquiry["order"] ?? "loss"),
      ])
  }

  private func blocks(
    _ simulation: PaymentSimulation, _ time: Moment, _ question: SimulationQuestion, _ terms: PayingTerms
  ) async throws(ViewFault) -> [Content.Block] {
    let request = try inquiry.pageRequest()
    let names = try await sources.institutionNames(Set(simulation.institutions.map(\.name)))
    let whole = simulation.whole
    let (gaining, losing) = (
      simulation.institutions.count { $0.gain > .zero }, simulation.institutions.count { $0.gain < .zero }
    )
    let values = simulation.pointValues
    let figures = [
      Figure("gaining", "增加的机构", "Institutions that gain", .count(gaining), tone: .good),
      Figure("losing", "减少的机构", "Institutions that lose", .count(losing), tone: .bad),
      Figure(
        "moved", "机构间转移（元）", "Moved between institutions, yuan",
        .money(simulation.institutions.reduce(Money.zero) { $0 + ($1.gain > .zero ? $1.gain : .zero) })),
      Figure(
        "whole_change", "合计增减（元）", "Change of the whole, yuan", .money(whole.gain),
        note: LocalizedText(
          "\(Value.grouped(whole.before.yuan)) → \(Value.grouped(whole.after.yuan))",
          "\(Value.grouped(whole.before.yuan)) → \(Value.grouped(whole.after.yuan))")),
      Figure(
        "point_value", "点值（元）", "Value of a point, yuan",
        .text("\(values.before?.yuan ?? "–") → \(values.after?.yuan ?? "–")")),
    ]
    let ends = Self.ends(simulation.institutions, 20)
    let chart = Chart(
      "gain_by_institution", title: LocalizedText("各机构增减", "Change by institution"), form: .bars,
      labels: ends.map { LocalizedText(names[$0.name] ?? $0.name, names[$0.name] ?? $0.name) },
      series: [.init(key: "gain", title: LocalizedText("增减", "change"), values: ends.map { $0.gain.fen })], places: 2,
      unit: LocalizedText("元", "yuan"), links: ends.map { "institutions/\(Address.part($0.name))" })
    let groups = inquiry["order"] == "gain" ? simulation.groups.reversed() : simulation.groups
    let shown = groups.dropFirst((request.number - 1) * request.size).prefix(request.size)
    return [
      .figures(figures),
      .paragraph(
        LocalizedText(
          "测算时间 \(time)；读取全年病例，两边各按自己的点数分配，机构、病组、合计分文相符；结果保留 \(KeptAnswers<Int, Int>.minutes) 分钟。",
          "As of \(time); every case of the year is read, each side splits its fund by its own points; institutions, "
            + "groups and the whole agree to the fen; kept for \(KeptAnswers<Int, Int>.minutes) minutes.")),
      .chart(chart),
      .table(
        Self.institutions.table(
          simulation.institutions.map { line in
            Self.row(
              line, .text(names[line.name] ?? line.name), "institutions/\(Address.part(line.name))")
          })),
      .table(
        Self.groups.table(
          shown.map { line in
            Self.row(
              line, GroupBlocks.name(line.name, terms),
              GroupBlocks.path(line.name, question.scheme, question.year))
          }, of: PageOfRows(number: request.number, size: request.size, total: groups.count))),
    ]
  }

  /// Half of the greatest losses, half of the greatest gains.
  private static func ends(_ lines: [PaymentSimulation.Line], _ count: Int) -> [PaymentSimulation.Line] {
    lines.count <= count ? lines : Array(lines.prefix(count / 2)) + Array(lines.suffix(count - count / 2))
  }

  private static func row(_ line: PaymentSimulation.Line, _ name: Value, _ link: String) -> [Cell] {
    [
      Cell(name, link: link), .text(GroupBlocks.code(line.name), link: link), .count(line.cases), .money(line.cost),
      Cell(.points(line.pointsBefore)), Cell(.points(line.pointsAfter)), .money(line.before), .money(line.after),
      .gain(line.gain), Cell(.share(Int(line.gain.fen), of: Int(line.before.fen))),
    ]
  }
}
