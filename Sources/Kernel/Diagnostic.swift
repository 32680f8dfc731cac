/// Something wrong in a file from outside: what, where, why, and what to do.
///
/// Importers collect diagnostics and accept or refuse the file as a whole.
public struct Diagnostic: Error, Hashable, Sendable {
  /// How bad it is.
  public enum Severity: String, Sendable {
    /// The file is refused.
    case error
    /// The file is accepted; somebody should look.
    case warning
  }

  /// How bad it is.
  public let severity: Severity
  /// What is wrong, with the numbers and names involved, and what to do.
  public let message: LocalizedText
  /// The file, as the caller named it.
  public let file: String
  /// The line, from 1; `nil` when the whole file is meant.
  public let line: Int?
  /// The column, from 1; `nil` when the whole line is meant.
  public let column: Int?
  /// The offending text, shortened.
  public let excerpt: String?

  /// Makes a diagnostic.
  public init(
    _ severity: Severity = .error, _ message: LocalizedText, file: String, line: Int? = nil, column: Int? = nil,
    excerpt: String? = nil
  ) {
    self.severity = severity
    self.message = message
    self.file = file
    self.line = line
    self.column = column
    self.excerpt = excerpt
  }

  /// The diagnostic as compilers print it: `file:line:column: error: message`.
  public func text(_ language: Language) -> String {
    var place = file
    if let line { place += ":\(line)" }
    if let column { place += ":\(column)" }
    let word =
      switch (severity, language) {
      case (.error, .chinese): "错误"
      case (.error, .english): "error"
      case (.warning, .chinese): "提示"
      case (.warning, .english): "warning"
      }
    let tail = excerpt.map { "\n    | \($0)" } ?? ""
    return "\(place): \(word): \(message[language])\(tail)"
  }
}
