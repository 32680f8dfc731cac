public import Kernel

/// A code that was probably meant.
public struct CodeSuggestion: Hashable, Sendable {
  /// Why the code is proposed.
  public enum Basis: String, Sendable, CaseIterable {
    /// Its spelling is close to what was written.
    case code
    /// Its name is close to the name in the row.
    case name
    /// Both.
    case codeAndName = "code_and_name"
  }

  /// The code.
  public let code: String
  /// Its name.
  public let name: String
  /// Why it is proposed.
  public let basis: Basis

  /// Makes a suggestion.
  public init(code: String, name: String, basis: Basis) {
    self.code = code
    self.name = name
    self.basis = basis
  }
}

/// One thing wrong with one row of a mapping file, at its exact place.
public struct MappingFinding: Hashable, Sendable {
  /// What is wrong.
  public let fault: MappingFault
  /// The line of the file on which the row begins.
  public let line: Int
  /// The column that is wrong.
  public let column: MappingColumn
  /// What stands there.
  public let value: String
  /// What should stand there, when that is certain; the word of the standard for ``MappingFault/otherKind``.
  public let expected: String?
  /// What it contradicts: the other national code, the word of the other standard, or the code's first or last day.
  public let related: String?
  /// The lines of other rows that take part, in order.
  public let otherLines: [Int]
  /// What was probably meant, best first.
  public let suggestions: [CodeSuggestion]

  init(
    _ fault: MappingFault, line: Int, column: MappingColumn, value: String, expected: String? = nil,
    related: String? = nil, otherLines: [Int] = [], suggestions: [CodeSuggestion] = []
  ) {
    self.fault = fault
    self.line = line
    self.column = column
    self.value = value
    self.expected = expected
    self.related = related
    self.otherLines = otherLines
    self.suggestions = suggestions
  }

  /// How bad it is.
  public var severity: Diagnostic.Severity { fault.severity }
}

/// What the checker found in a mapping.
public struct MappingReport: Sendable {
  /// How many rows were checked.
  public let rowCount: Int
  /// Everything found, by line and then by precedence.
  public let findings: [MappingFinding]

  /// How many findings are errors.
  public var errorCount: Int { findings.count { $0.severity == .error } }

  /// How many findings are warnings.
  public var warningCount: Int { findings.count { $0.severity == .warning } }

  /// How many findings there are of each kind that occurs, in order of precedence.
  public var tally: [(fault: MappingFault, count: Int)] {
    var counts: [MappingFault: Int] = [:]
    for finding in findings { counts[finding.fault, default: 0] += 1 }
    return counts.map { (fault: $0.key, count: $0.value) }.sorted { $0.fault < $1.fault }
  }
}
