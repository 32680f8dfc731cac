import Foundation
import Kernel
import Payment
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
    #expect(ClearingPolicies.folder.fines["national"]?.least.value == .one)
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
    #expect((name == "clearing" ? folder.contracts.isEmpty : folder.communities.isEmpty), "\(other)")
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
