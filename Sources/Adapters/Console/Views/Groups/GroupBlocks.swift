import Kernel
import Payment
import People
import Workflows

/// What pages about groups have in common.
enum GroupBlocks {
  /// Stands in paths and lists for cases without a group.
  static let noGroup = "-"

  static func code(_ group: String) -> String { group.isEmpty ? noGroup : group }

  /// The name of a group in the contract's tables.
  static func name(_ group: String, _ terms: PayingTerms) -> Value {
    if group.isEmpty { return .words(LocalizedText("未入组", "without a group")) }
    guard let row = terms.cases.row(of: group) else {
      return .words(LocalizedText("（不在合同的表中）", "(not in the contract's tables)"))
    }
    return .text(row.name)
  }

  /// The way to a group's page.
  static func path(_ group: String, _ scheme: InsuranceScheme, _ year: Int, institution: String? = nil) -> String {
    Address.path(
      "groups/\(Address.part(code(group)))",
      ["year": "\(year)", "scheme": scheme.rawValue, "institution": institution])
  }

  /// Numbers on top of a page.
  static func figures(_ line: GroupFigures.Line, of whole: GroupFigures.Line, isDIP: Bool) -> [Figure] {
    [
      Figure(
        "case_count", "病例", "Cases", .count(line.sum.cases),
        note: LocalizedText(
          "待审核 \(Value.grouped("\(line.sum.reviews)"))，未入组 \(Value.grouped("\(line.mix.casesWithoutWeight)"))",
          "\(line.sum.reviews) to be reviewed, \(line.mix.casesWithoutWeight) without a weight")),
      Figure(
        "cmi", isDIP ? "例均分值" : "CMI", isDIP ? "Mean score" : "CMI", .factor(line.mix.index()),
        note: LocalizedText("病组 \(line.mix.groupCount) 个", "\(line.mix.groupCount) groups")),
      Figure(
        "mean_case_cost", "次均费用（元）", "Mean cost, yuan", .amount(line.meanCost),
        note: whole.meanCost.map { LocalizedText("全区 \(Value.grouped($0.yuan))", "region \(Value.grouped($0.yuan))") }),
      Figure(
        "mean_case_stay", "平均住院日", "Mean stay, days", line.meanStay.map { .decimal($0, places: 2) } ?? .none),
      Figure(
        "whole_gain", "盈亏（元）", "Gain or loss, yuan", .amount(line.gain),
        note: LocalizedText(
          "按合同支付 \(Value.amount(line.worth).text(.chinese)) − 费用 \(Value.grouped(line.sum.cost.yuan))",
          "paid by contract \(Value.amount(line.worth).text(.english)) − cost \(Value.grouped(line.sum.cost.yuan))"),
        tone: line.gain.map { $0.isNegative ? .bad : .good }),
    ]
  }
}
