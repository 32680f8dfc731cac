import Kernel

/// Codes of a code standard, to compare an edition's codes with.
public struct KnownCodes: Hashable, Sendable {
  /// Diagnoses (ICD-10).
  public var diagnoses: Set<String>
  /// Operations and procedures (ICD-9-CM-3).
  public var procedures: Set<String>

  /// Makes a standard.
  public init(diagnoses: Set<String>, procedures: Set<String>) {
    self.diagnoses = diagnoses
    self.procedures = procedures
  }
}

/// An edition between its tables and its compiled form: rows that are codes, in order, with their rules read.
struct EditionDraft {
  /// A row that has a rule.
  struct Entry {
    var sheet: EditionSheet
    var code: String
    var name: String
    var text: String
    var rule: RuleExpression
    /// The code of the row it belongs to; of a category its own.
    var parent: String
    var row: Int

    /// A row for ambiguous cases, `BQY`.
    var isAmbiguous: Bool { code.count == 3 && code.hasSuffix("QY") }
    /// A row for what no other row of the category takes, `B00`.
    var isFallback: Bool { code.count == 3 && code.hasSuffix("00") }
  }

  var manifest: EditionManifest
  var categories: [Entry] = []
  var adjacentGroups: [Entry] = []
  var groups: [Entry] = []
  var members: [EditionTables.MemberRow] = []
  var complications: [EditionTables.ComplicationRow] = []
  var exclusions: [EditionTables.ExclusionRow] = []
  /// Sets that have rows, and none with a code.
  var emptySets: [String: Int] = [:]
  var findings: [EditionFinding] = []

  var entries: [Entry] { categories + adjacentGroups + groups }
  var hasErrors: Bool { findings.contains { $0.severity == .error } }

  /// Adjacent groups by their category, in order of evaluation.
  func adjacentGroupsByCategory() -> [String: [Entry]] { Dictionary(grouping: adjacentGroups, by: \.parent) }
  /// Groups by their adjacent group, in order of evaluation.
  func groupsByAdjacentGroup() -> [String: [Entry]] { Dictionary(grouping: groups, by: \.parent) }
}
