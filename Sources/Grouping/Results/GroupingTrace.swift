public import Kernel

/// Why a case has its group: every rule that was asked, in order, with the conditions that decided.
public struct GroupingTrace: Hashable, Sendable {
  /// The level of a rule.
  public enum Level: String, Hashable, Sendable, CaseIterable {
    /// A category (MDC).
    case category = "MDC"
    /// An adjacent group (ADRG).
    case adjacentGroup = "ADRG"
    /// A group (DRG).
    case group = "DRG"
  }

  /// A condition of a rule that held, or did not.
  public struct Condition: Hashable, Sendable {
    /// The condition as the rule has it, `ZYSS in OP_BB2`.
    public let rule: String
    /// What the case has: the code that is in the set, or what stands there instead.
    public let note: LocalizedText
  }

  /// A rule that was asked.
  public struct Step: Hashable, Sendable {
    /// The level.
    public let level: Level
    /// The code of the category, adjacent group or group.
    public let code: String
    /// Its name.
    public let name: String
    /// Whether the rule held.
    public let held: Bool
    /// The conditions that decided: of a rule that held those that did, of one that did not those that failed.
    public let conditions: [Condition]
  }

  /// One walk through the rules.
  public struct Attempt: Hashable, Sendable {
    /// The procedure taken as the only one; `nil` for the case as stated.
    public let onlyProcedure: String?
    /// The rules in the order in which they were asked.
    public let steps: [Step]
  }

  /// One of the other diagnoses that is a complication or comorbidity.
  public struct Complication: Hashable, Sendable {
    /// The diagnosis.
    public let code: String
    /// `MCC` or `CC`.
    public let level: String
    /// Its exclusion table; `nil` when it has none.
    public let exclusionTable: String?
    /// Whether the table holds the principal diagnosis, so that the complication does not count.
    public let isExcluded: Bool
  }

  /// The name of the edition.
  public let edition: String
  /// The result.
  public let result: GroupingResult
  /// The principal diagnosis; `nil` when there is none.
  public let principalDiagnosis: String?
  /// Diagnoses that stand nowhere in the edition, in the order of the case.
  public let unknownDiagnoses: [String]
  /// Procedures that stand nowhere in the edition, in the order of the case.
  public let unknownProcedures: [String]
  /// Complications among the other diagnoses, those that do not count included.
  public let complications: [Complication]
  /// The walks through the rules; empty when the case could not be looked at.
  public let attempts: [Attempt]

  /// The rules that held in the walk that decided, from the category down.
  public var decisive: [Step] {
    guard let steps = attempts.last?.steps else { return [] }
    let codes = [result.category, result.adjacentGroup, result.group]
    return steps.filter { $0.held && codes.contains($0.code) }
  }
}
