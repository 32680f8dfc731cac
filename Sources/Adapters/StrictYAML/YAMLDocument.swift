public import Kernel
import Yams

/// One YAML file that is being read strictly: unknown keys, duplicate keys and wrong forms become diagnostics with a
/// line, and reading goes on to find the rest.
public final class YAMLDocument {
  /// The file, as messages name it.
  public let file: String
  /// What was found wrong so far.
  public private(set) var diagnostics: [Diagnostic] = []
  /// The content, or `nil` when the file is not YAML at all.
  public private(set) var root: YAMLNode?
  private let lines: [Substring]

  /// Parses a text; syntax errors and duplicate keys are reported as diagnostics.
  public init(text: String, file: String) {
    self.file = file
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    do {
      guard let node = try Yams.compose(yaml: text) else {
        report(LocalizedText("文件是空的", "the file is empty"), line: 1)
        return
      }
      root = convert(node, depth: 0)
    } catch let error as YamlError {
      report(error)
    } catch {
      report(LocalizedText("无法解析 YAML：\(error)", "this is not YAML: \(error)"), line: 1)
    }
  }

  /// Whether nothing wrong was found.
  public var isSound: Bool { !diagnostics.contains { $0.severity == .error } }

  // MARK: Reporting

  /// Reports something wrong at a node.
  public func report(_ message: LocalizedText, at node: YAMLNode?, severity: Diagnostic.Severity = .error) {
    report(message, line: node?.line ?? 1, column: node?.column, severity: severity)
  }

  private func report(
    _ message: LocalizedText, line: Int, column: Int? = nil, severity: Diagnostic.Severity = .error
  ) {
    let excerpt = lines.indices.contains(line - 1) ? String(lines[line - 1].prefix(100)) : nil
    diagnostics.append(
      Diagnostic(severity, message, file: file, line: line, column: column, excerpt: excerpt))
  }

  private func report(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      report(
        LocalizedText(
          "YAML 语法错误：\(problem)；请检查缩进、冒号和引号", "YAML syntax: \(problem); check indentation, colons and quotes"),
        line: mark.line, column: mark.column)
    case .duplicatedKeysInMapping(let keys, let context):
      let key = keys.first ?? ""
      report(
        LocalizedText("同一处重复出现键“\(key)”；请删去一个", "the key \"\(key)\" appears twice in one place; remove one"),
        line: secondLine(of: key, from: context.mark.line))
    default:
      report(LocalizedText("无法解析 YAML：\(error)", "this is not YAML: \(error)"), line: 1)
    }
  }

  /// The line on which a key that appears twice appears again.
  private func secondLine(of key: String, from start: Int) -> Int {
    let places = lines.indices.filter { index in
      guard index + 1 >= start else { return false }
      let text = lines[index].drop { $0 == " " || $0 == "-" || $0 == "{" }
      return text.hasPrefix(key + ":") || text.hasPrefix("\"\(key)\":")
    }
    return (places.dropFirst().first ?? places.first ?? start - 1) + 1
  }

  // MARK: Conversion

  private func convert(_ node: Yams.Node, depth: Int) -> YAMLNode? {
    let line = node.mark?.line ?? 1
    let column = node.mark?.column ?? 1
    guard depth < 32 else {
      report(LocalizedText("嵌套过深", "nested too deeply"), line: line, column: column)
      return nil
    }
    switch node {
    case .scalar(let scalar):
      return YAMLNode(content: .scalar(scalar.string, isPlain: scalar.style == .plain), line: line, column: column)
    case .sequence(let sequence):
      return YAMLNode(
        content: .sequence(sequence.compactMap { convert($0, depth: depth + 1) }), line: line, column: column)
    case .mapping(let mapping):
      let pairs = mapping.compactMap { pair -> (key: YAMLNode, value: YAMLNode)? in
        guard let key = convert(pair.key, depth: depth + 1), let value = convert(pair.value, depth: depth + 1) else {
          return nil
        }
        return (key, value)
      }
      return YAMLNode(content: .mapping(pairs), line: line, column: column)
    case .alias:
      report(LocalizedText("不支持 YAML 引用（*）", "YAML aliases (*) are not supported"), line: line, column: column)
      return nil
    }
  }
}
