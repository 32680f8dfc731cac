import Foundation
import Kernel
import Payment
import People
import Policy
import PolicyFiles
import Settlement
import Testing

@Suite struct ClearingFolderTests {
  @Test func `仓库中的支付政策全部可读`() {
    #expect(ClearingPolicies.policies.diagnostics.isEmpty)
    #expect(ClearingPolicies.policies.remarks.isEmpty)
    #expect(ClearingPolicies.folder.diagnostics.map { $0.text(.chinese) } == [])
    #expect(ClearingPolicies.folder.contracts.keys.sorted() == ["990100"])
    #expect(
      ClearingPolicies.folder.communities.keys.sorted() == [
        "120000", "330000", "350000", "360000", "450000", "510000", "990100",
      ])
    #expect(ClearingPolicies.folder.adjustmentFunds.keys.sorted() == ["340000", "990100"])
    #expect(ClearingPolicies.folder.coefficients.keys.sorted() == ["990100"])
    #expect(ClearingPolicies.folder.weightings.keys.sorted() == ["990100"])
    #expect(ClearingPolicies.folder.fines["national"]?.least.value == .one)
  }

  @Test func `机构系数和分值测算办法按文件取值且各有出处`() throws {
    let coefficient = try #require(ClearingPolicies.folder.coefficients["990100"])
    let level = InstitutionLevel.secondary
    let result = try #require(
      coefficient.rule.coefficient(
        of: "H1", level: level, scheme: .resident,
        standings: [
          "case_mix_index": PeerStanding(own: Fraction(127, 100), peers: .one),
          "share_aged_70": PeerStanding(own: Fraction(30, 100), peers: Fraction(23, 100)),
        ]))
    // 基本 1；高 27% 计两档 0.02；高 7 个百分点：0.005 + 1.4 档 × 0.005 = 0.012。
    #expect(result.basic == .one && result.total == Factor("1.032"))
    #expect(result.parts.map(\.amount) == [Factor("0.02"), Factor("0.012")])
    let places = [result.source] + result.parts.map(\.source)
    let cited = places.compactMap { $0.map { coefficient.sources[$0].citation } }
    let clauses = ["第十一条", "第十二条", "第十三条"]
    #expect(cited == clauses.map { .document("sample-2025-142", clause: $0) })
    #expect(coefficient.rule.coefficient(of: "H1", level: .village, scheme: .resident, standings: [:]) == nil)

    let weighting = try #require(ClearingPolicies.folder.weightings["990100"])
    let terms = weighting.terms
    #expect(terms.years.weights == [1, 2, 7] && terms.averaging == .yearlyMeans && terms.base == .allCases)
    #expect(terms.trimming == .init(low: Ratio(1, 100), high: Ratio(99, 100), fromCases: 30))
    #expect(terms.scale == Factor("1000") && terms.decimals == 2 && terms.rounding == .halfUp)
    #expect(weighting.citation(of: "trimming") == .document("sample-2025-142", clause: "第五条"))
    let cases = [(0, 100), (1, 200), (2, 300)].flatMap { year, yuan in
      [
        PastCase(group: "A", year: year, cost: Money(fen: Int64(yuan * 100))),
        PastCase(group: "B", year: year, cost: Money(fen: Int64(yuan * 300))),
      ]
    }
    let history = try #require(WeightHistory(cases, under: terms))
    #expect(history.groups.map(\.weight) == [Factor("500"), Factor("1500")])
  }

  @Test(arguments: [
    ("document: sample-2025-142", "document: sample-2025-143", "sample-2025-143"),
    ("primary: \"0.85\"", "primry: \"0.85\"", "primary"), ("\"1.05\"", "\"-1.05\"", "不小于 0"),
    ("measure: ratio", "measure: ratios", "ratio"), ("form: steps", "form: step", "steps"),
    ("each: \"0.1\"", "each: \"0\"", "大于 0"), ("name: 老年", "name: CMI", "写了两次"),
    ("adds: \"0.01\"", "added: \"0.01\"", "adds"), ("decimals: \"4\"", "decimals: \"7\"", "0 到 6"),
    ("caps: \"0.02\"\n    source: {document: sample-2025-142, clause: 第十三条}", "caps: \"0.02\"", "出处"),
    ("rounding: half_up", "rounding: half", "half_up"), ("from: 2026-01-01", "from: 2026-02-30", "日期"),
    ("indicator: share_aged_70", "index: share_aged_70", "indicator"),
  ])
  func `机构系数文件的错误指明行和缘由`(text: String, other: String, hint: String) throws {
    let found = try diagnostics("coefficient", text, other)
    #expect(
      found.contains { $0.text(.chinese).contains(hint) && ($0.line ?? 0) > 0 }, "\(found.map { $0.text(.chinese) })")
  }

  @Test(arguments: [
    ("[\"1\", \"2\", \"7\"]", "[\"0\", \"0\", \"0\"]", "至少一年"), ("\"2\", \"7\"", "\"-2\", \"7\"", "整数"),
    ("by: yearly_means", "by: means", "yearly_means"), ("cases: all", "cases: some", "all"),
    ("cases: all", "cases: all, group: A", "只写一种"), ("cases: all", "amount: \"0\"", "大于 0"),
    ("low: 1%", "low: 99%", "小于"), ("low: 1%", "low: \"0.01\"", "百分比"), ("high: 99%", "high: 101%", "百分比"),
    ("value: \"1000\"", "value: \"0\"", "大于 0"), ("from_cases: \"30\", ", "", "from_cases"),
    ("trimming: {low", "trim: {low", "trim"), ("clause: 第五条", "clauses: 第五条", "clause"),
    ("decimals: \"2\"", "decimals: two", "0 到 6"),
  ])
  func `分值测算文件的错误指明行和缘由`(text: String, other: String, hint: String) throws {
    let found = try diagnostics("weighting", text, other)
    #expect(
      found.contains { $0.text(.chinese).contains(hint) && ($0.line ?? 0) > 0 }, "\(found.map { $0.text(.chinese) })")
  }

  @Test func `测算可以不剔除病例，但须写明`() throws {
    let yaml = ["trimming: null", "base: {group: A, source: {document: sample-2025-142, clause: 第四条}}"]
    let root = FileManager.default.temporaryDirectory.appending(path: "weighting-\(UUID())")
    defer { try? FileManager.default.removeItem(at: root) }
    try FileManager.default.copyItem(at: URL(filePath: ClearingPolicies.root).appending(path: "Policies"), to: root)
    let file = root.appending(path: "sample/payment/weighting.yaml")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
      yaml.first { line.hasPrefix($0.prefix(5)) } ?? String(line)
    }
    try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    let policies = PolicyFolder(path: root.path).load(vocabulary: SettlementVocabulary.definitions)
    let read = try #require(ClearingFolder.load(beside: policies).weightings["990100"])
    #expect(read.terms.trimming == nil && read.terms.base == .group("A") && read.citation(of: "trimming") == nil)
  }

  @Test func `三省清算分段按综述所印`() throws {
    func rows(_ bands: ClearingBands?) -> [String] { (bands?.bands ?? []).map { "\($0.above) \($0.rate)" } }
    let folder = ClearingPolicies.folder
    #expect(rows(folder.communities["360000"]?.bands.surplus?.value) == ["0% 80%", "10% 60%", "15% 0%"])
    #expect(rows(folder.communities["360000"]?.bands.overspend?.value) == ["0% 80%", "5% 60%", "10% 0%"])
    #expect(folder.communities["450000"]?.bands.surplus == nil)
    #expect(rows(folder.communities["450000"]?.bands.overspend?.value) == ["0% 80%", "5% 60%", "10% 0%"])
    #expect(folder.communities["450000"]?.bands.retention?.value == .fromSurplus)
    #expect(rows(folder.communities["510000"]?.bands.surplus?.value) == ["0% 100%"])
    #expect(rows(folder.communities["510000"]?.bands.overspend?.value) == ["0% 0%"])
    #expect(folder.communities["330000"]?.policyChangeFirst?.value == true)
  }

  /// A sound folder with one file of payment, spoilt in one place.
  private func diagnostics(_ name: String, _ text: String, _ other: String) throws -> [Diagnostic] {
    let root = FileManager.default.temporaryDirectory.appending(path: "payment-\(UUID())")
    defer { try? FileManager.default.removeItem(at: root) }
    let source = URL(filePath: ClearingPolicies.root).appending(path: "Policies")
    for folder in ["documents", "national", "sample"] {
      try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: source.appending(path: folder), to: root.appending(path: folder))
    }
    let file = root.appending(path: "sample/payment/\(name).yaml")
    let sound = try String(contentsOf: file, encoding: .utf8)
    try #require(sound.contains(text))
    try sound.replacing(text, with: other, maxReplacements: 1).write(to: file, atomically: true, encoding: .utf8)
    let policies = PolicyFolder(path: root.path).load(vocabulary: SettlementVocabulary.definitions)
    try #require(policies.book != nil)
    let folder = ClearingFolder.load(beside: policies)
    let isLeftOut =
      switch name {
      case "clearing": folder.contracts.isEmpty
      case "community": folder.communities.isEmpty
      case "coefficient": folder.coefficients.isEmpty
      default: folder.weightings.isEmpty
      }
    #expect(isLeftOut, "\(other)")
    return folder.diagnostics
  }

  @Test(arguments: [
    ("kept_most: {value: 12%", "kept_mots: {value: 12%", "kept_mots"),
    ("{above: 10%, rate: 50%}", "{above: 10%, rate: 150%}", "100%"),
    ("{above: 10%, rate: 50%}", "{above: 0%, rate: 50%}", "逐段升高"), ("value: 12%", "value: \"0.12\"", "百分比"),
    ("clause: 第二十八条", "clauses: 第二十八条", "clause"),
    ("document: sample-2025-140", "document: sample-2025-149", "sample-2025-140"),
    ("from_budget", "from_bugdet", "from_budget"), ("per_head", "per_heads", "per_head"),
    ("{interpretation: clearing-rounding}", "{interpretation: clearing}", "clearing"),
    ("from: 2026-01-01", "from: 2027-01-01", "早于"),
    ("policy_change_first: {value: yes", "policy_change_first: {value: on", "yes 或 no"),
    ("rounding: {value: half_up, source: {interpretation: clearing-rounding}}", "rounding: null", "不能为 null"),
    (
      "method: {value: per_head, source: {document: sample-2025-140, clause: 第二十五条}}", "method: {value: per_head}", "出处"
    ),
  ])
  func `医共体文件的错误指明行和缘由`(text: String, other: String, hint: String) throws {
    let found = try diagnostics("community", text, other)
    #expect(
      found.contains { $0.text(.chinese).contains(hint) && ($0.line ?? 0) > 0 }, "\(found.map { $0.text(.chinese) })")
  }

  @Test(arguments: [
    ("basis: {value: whole_cost_of_period", "basis: {value: whole_cost", "fund_share"),
    ("basis: {value: whole_cost_of_period", "basis: {value: fund", "只能按份额"),
    ("decimals: {value: \"4\"", "decimals: {value: \"7\"", "0 至 6"),
    ("schemes: [employee, resident]", "schemes: []", ""),
    ("{at_least: 80%, rate: 90%}", "{at_least: 95%, rate: 90%}", "由高到低"),
    ("code: D2.1", "code: D1.1", "重复"), ("full: \"7\"", "full: \"-7\"", "分值"),
    ("value: [bands, deposit]", "value: [band, deposit]", "bands"),
    ("monthly_share: {value: 95%", "monthly_share: {value: 195%", "100%"),
  ])
  func `清算办法的错误指明缘由`(text: String, other: String, hint: String) throws {
    if hint.isEmpty {
      _ = try diagnostics("clearing", text, other)
    } else {
      let found = try diagnostics("clearing", text, other)
      #expect(found.contains { $0.text(.chinese).contains(hint) }, "\(found.map { $0.text(.chinese) })")
    }
  }

  @Test func `每种步骤和每个缘由都有中英文`() {
    for code in ClearingStepCode.allCases {
      let step = ClearingStep(
        code, subject: "甲", base: yuan(1), points: points(2), price: UnitPrice(microyuan: 3), rate: percent(4),
        limit: yuan(5), result: yuan(6))
      #expect(!step.text.chinese.isEmpty && !step.text.english.isEmpty)
      #expect(!step.text.chinese.contains("{") && !step.text.english.contains("}"), "\(code)")
    }
    #expect(Set(ClearingStepCode.allCases.map(\.word)).count == ClearingStepCode.allCases.count)
    let codes = ClearingRefusal.Code.allCases
    #expect(Set(codes.map { ClearingRefusal($0).message.chinese }).count == codes.count)
    #expect(ClearingRefusal(.scoreMissing, "D1.1").message.chinese == "D1.1：该指标没有得分")
  }
}
