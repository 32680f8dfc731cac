import ArgumentParser
import Kernel
import Payment
import People
import TabularFiles
import Workflows

/// `yibao simulate`.
struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "同一年病例按两套付费政策测算，谁增谁减 / the same year under two policies",
    discussion: """
      示例 / Examples:
        yibao pay sample-cases --count 600 --seed 1 -o /tmp/yibao-pay
        yibao simulate --policies Policies --against Policies --region 990100 \\
          --year 2026 --inputs /tmp/yibao-pay

      --policies 为现行，--against 为拟行；基金金额取自 --budget，拟行的金额可另用 --against-budget 写明。
      两边各自按点数分配；机构、病组、合计三种加总分文不差。
      Each side splits its own fund's money; institutions, groups and the whole come to the same.
      退出码 / exit code: 0 完成 done · 1 依据不足或被拒 refused · 2 有文件不能读写 a file is wrong · 64 用法有误 wrong usage
      """)

  @Option(help: "年度 / year")
  var year: Int

  @Option(help: "拟行的政策目录 / folder of the policies to compare with")
  var against: String

  @Option(help: "拟行的基金预算表，缺省同现行 / table of the fund's money on the other side")
  var againstBudget: String?

  @Option(help: "列出多少个病组，0 为全部 / how many groups to list, 0 for all")
  var top = 20

  @OptionGroup var source: CaseSourceOptions
  @OptionGroup var common: CommonOptions

  private struct LineJSON: Encodable {
    let name: String
    let cases: Int
    let cost: String
    let pointsBefore: String
    let pointsAfter: String
    let before: String
    let after: String
    let gain: String

    init(_ line: PaymentSimulation.Line) {
      name = line.name
      cases = line.cases
      cost = line.cost.yuan
      pointsBefore = "\(line.pointsBefore)"
      pointsAfter = "\(line.pointsAfter)"
      before = line.before.yuan
      after = line.after.yuan
      gain = line.gain.yuan
    }
  }

  private struct Answer: Encodable {
    let scheme: String
    let pointValueBefore: String?
    let pointValueAfter: String?
    let whole: LineJSON
    let institutions: [LineJSON]
    let groups: [LineJSON]
  }

  func run() async throws {
    try await PayingFailure.reporting(common.lang) {
      let first = try PayingPolicies(common.policies, common.lang)
      let second = try PayingPolicies(against, common.lang)
      let inputs = try source.payingInputs(common.lang)
      let other = try againstBudget.map {
        try CaseSourceOptions.value(PayingInputFiles.budget(TableReader(path: $0)), common.lang)
      }
      let open = try await source.open(common.lang, publishes: false)
      let known = first.contracts(region: source.region, year: year).keys.sorted { $0.rawValue < $1.rawValue }
      var answers: [Answer] = []
      for scheme in source.scheme.map({ [$0] }) ?? known {
        func money(_ list: [FundMoney]) -> Money? {
          list.first { $0.scheme == scheme && $0.period == .year(year) }?.amount
        }
        let sides = (
          PaymentSimulation.Side(
            terms: try first.terms(region: source.region, year: year, scheme: scheme, common.lang),
            fund: money(inputs.fund)),
          PaymentSimulation.Side(
            terms: try second.terms(region: source.region, year: year, scheme: scheme, common.lang),
            fund: money(other ?? inputs.fund))
        )
        let cases = try await open.cases(region: source.region, scheme: scheme, year: year)
        let result = await PaymentSimulation.compare(
          cases, scheme, year, sides.0, sides.1, determinations: inputs.determinations)
        switch result {
        case .failure(let refusal): throw PayingFailure.refused(refusal, common.lang)
        case .success(let simulation):
          if common.json { answers.append(answer(scheme, simulation)) } else { show(scheme, simulation) }
        }
      }
      if common.json { try Terminal.json(answers) }
      await open.close()
    }
  }

  private func answer(_ scheme: InsuranceScheme, _ simulation: PaymentSimulation) -> Answer {
    Answer(
      scheme: scheme.rawValue, pointValueBefore: simulation.pointValues.before?.yuan,
      pointValueAfter: simulation.pointValues.after?.yuan, whole: LineJSON(simulation.whole),
      institutions: simulation.institutions.map(LineJSON.init), groups: simulation.groups.map(LineJSON.init))
  }

  private func show(_ scheme: InsuranceScheme, _ simulation: PaymentSimulation) {
    func say(_ chinese: String, _ english: String) -> String { Terminal.say(common.lang, chinese, english) }
    print("\(scheme.title[common.lang]) \(year)")
    let (before, after) = (simulation.pointValues.before?.yuan ?? "–", simulation.pointValues.after?.yuan ?? "–")
    print("  \(say("点值", "value of a point")) \(before) → \(after)")
    list(say("按机构", "by institution"), simulation.institutions)
    let groups = top == 0 ? simulation.groups : Self.ends(simulation.groups, top)
    list(say("按病组", "by group"), groups)
    if groups.count < simulation.groups.count {
      print(
        say(
          "  （列出增减最多的 \(groups.count) 个，共 \(simulation.groups.count) 个；--top 0 列出全部）",
          "  (\(groups.count) of \(simulation.groups.count) groups, those that change most; --top 0 lists all)"))
    }
    list(say("合计", "the whole"), [simulation.whole])
    let (gaining, losing) = (
      simulation.institutions.count { $0.gain > .zero }, simulation.institutions.count { $0.gain < .zero }
    )
    print("  " + say("增 \(gaining) 家，减 \(losing) 家", "\(gaining) gain, \(losing) lose"))
  }

  /// Half of the greatest losses, half of the greatest gains.
  private static func ends(_ lines: [PaymentSimulation.Line], _ count: Int) -> [PaymentSimulation.Line] {
    lines.count <= count ? lines : Array(lines.prefix(count / 2)) + Array(lines.suffix(count - count / 2))
  }

  private func list(_ title: String, _ lines: [PaymentSimulation.Line]) {
    print("  \(title)")
    for line in lines {
      let name = PayingOutput.pad(line.name.isEmpty ? "–" : line.name, 16)
      let numbers = [line.before.yuan, line.after.yuan, line.gain.yuan].map { PayingOutput.pad($0, 16, isRight: true) }
      print("    \(name) \(PayingOutput.pad("\(line.cases)", 8, isRight: true)) \(numbers.joined(separator: " "))")
    }
  }
}

extension PayingStore {
  /// All cases of a scheme's year.
  func cases(region: String, scheme: InsuranceScheme, year: Int) async throws -> [PaymentCase] {
    let pile = CasePile()
    try await store.cases(CaseSelection(region: region, scheme: scheme, period: .year(year))) { pile.add($0) }
    return pile.cases
  }
}
