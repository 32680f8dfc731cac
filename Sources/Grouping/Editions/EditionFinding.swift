public import Kernel

/// Something the checker found in the tables of an edition: what, where, why it matters, and what to do.
///
/// An edition with an error is refused; warnings are for somebody to look at. The rows are those of the file, so that
/// an adapter can make a ``Kernel/Diagnostic`` of it with ``diagnostic(file:)``.
public struct EditionFinding: Hashable, Sendable {
  /// What was found: a closed list, told apart by tests and by programs that read `--json`.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The rule does not read.
    case ruleSyntax = "rule_syntax"
    /// A rule names a set that has no row.
    case unknownSet = "unknown_set"
    /// A rule names a set whose rows have no code.
    case emptySet = "empty_set"
    /// No rule names the set.
    case unusedSet = "unused_set"
    /// A rule asks a diagnosis of a set of procedures, or the other way round.
    case foreignSet = "foreign_set"
    /// A row behind one that takes every case.
    case unreachable
    /// A rule that no case can fulfil.
    case neverTrue = "never_true"
    /// Codes that the category's own rule keeps out.
    case keptOutByCategory = "kept_out_by_category"
    /// An adjacent group that can apply without any of its groups.
    case noUnconditionalGroup = "no_unconditional_group"
    /// An adjacent group without groups, or a category without adjacent groups.
    case childless
    /// A code that stands twice.
    case duplicate
    /// A code that stands twice and says different things.
    case contradiction
    /// A parent that is missing or does not exist.
    case danglingParent = "dangling_parent"
    /// A code that the code standard does not have.
    case codeNotInStandard = "code_not_in_standard"
    /// A cell without the code it has to hold.
    case missingCode = "missing_code"
    /// A row that names an exclusion table which does not exist.
    case unknownExclusionTable = "unknown_exclusion_table"
    /// An exclusion table that no complication names.
    case unusedExclusionTable = "unused_exclusion_table"
    /// A level other than MCC and CC.
    case unknownLevel = "unknown_level"
    /// A header that stands among the rows.
    case headerAmongRows = "header_among_rows"
    /// More rows than an edition can hold.
    case tooLarge = "too_large"
    /// A change of an overlay that finds nothing to change.
    case overlayMiss = "overlay_miss"
  }

  /// How bad it is.
  public let severity: Diagnostic.Severity
  /// What was found.
  public let kind: Kind
  /// The table.
  public let sheet: EditionSheet
  /// The row of the file, from 1; `nil` when no single row is meant.
  public let row: Int?
  /// The character of the rule, from 1; `nil` when no rule or the whole rule is meant.
  public let column: Int?
  /// What is wrong, where, and what to do.
  public let message: LocalizedText
  /// The text that is wrong, shortened.
  public let excerpt: String?

  init(
    _ severity: Diagnostic.Severity, _ kind: Kind, _ sheet: EditionSheet, row: Int? = nil, column: Int? = nil,
    excerpt: String? = nil, _ message: LocalizedText
  ) {
    self.severity = severity
    self.kind = kind
    self.sheet = sheet
    self.row = row
    self.column = column
    self.message = message
    self.excerpt = excerpt
  }

  /// The finding with its place in a file.
  public func diagnostic(file: String) -> Diagnostic {
    Diagnostic(severity, message, file: file, line: row, column: column, excerpt: excerpt)
  }
}
