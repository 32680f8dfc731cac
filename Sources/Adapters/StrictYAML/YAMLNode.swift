/// A node of a YAML document with its place; scalars stay the text that was written.
///
/// Numbers, booleans and dates are never interpreted here: a procedure code `01.10` stays `01.10` and `no` stays `no`.
public struct YAMLNode: Sendable {
  /// What the node is.
  public enum Content: Sendable {
    /// A text, and whether it stood without quotes.
    case scalar(String, isPlain: Bool)
    /// Keys and values in the order written.
    case mapping([(key: YAMLNode, value: YAMLNode)])
    /// Values in the order written.
    case sequence([YAMLNode])
  }

  /// What the node is.
  public let content: Content
  /// The line, from 1.
  public let line: Int
  /// The column, from 1.
  public let column: Int

  /// The text of a scalar; `nil` for anything else.
  public var text: String? {
    guard case .scalar(let text, _) = content else { return nil }
    return text
  }

  /// Whether the node is YAML's `null`: nothing, `~` or `null` without quotes.
  public var isNull: Bool {
    guard case .scalar(let text, true) = content else { return false }
    return ["", "~", "null"].contains(text)
  }

  /// The values of a sequence; `nil` for anything else.
  public var elements: [YAMLNode]? {
    guard case .sequence(let elements) = content else { return nil }
    return elements
  }
}
