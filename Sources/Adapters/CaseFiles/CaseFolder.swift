import Foundation
public import Kernel
import StrictYAML
public import Workflows

/// Worked cases on disk: files, or folders that are searched for `.yaml` files.
public struct CaseFolder {
  /// What came of reading.
  public struct Loaded: Sendable {
    /// The cases that could be read, in order of file.
    public let cases: [WorkedCase]
    /// Everything found wrong.
    public let diagnostics: [Diagnostic]
    /// Files that yielded no case because of an error, in order.
    public var unreadable: [String] {
      diagnostics.reduce(into: []) { found, diagnostic in
        if diagnostic.severity == .error && !found.contains(diagnostic.file) { found.append(diagnostic.file) }
      }
    }
  }

  private let paths: [String]

  /// Names files and folders.
  public init(paths: [String]) { self.paths = paths }

  /// Reads all cases; a file with an error yields no case.
  ///
  /// - Parameter region: used for files that name none, as `yibao settle --region` allows.
  public func load(region: String? = nil) -> Loaded {
    var cases: [WorkedCase] = []
    var diagnostics: [Diagnostic] = []
    for file in files(&diagnostics) {
      guard let data = FileManager.default.contents(atPath: file), let text = String(validating: data, as: UTF8.self)
      else {
        diagnostics.append(
          Diagnostic(
            .error,
            LocalizedText("无法读取文件，或不是 UTF-8 编码", "the file cannot be read, or is not UTF-8"), file: file))
        continue
      }
      let yaml = YAMLDocument(text: text, file: file)
      let found = CaseReader(yaml: yaml, region: region).read()
      diagnostics += yaml.diagnostics
      if let found, yaml.isSound { cases.append(found) }
    }
    return Loaded(cases: cases, diagnostics: diagnostics)
  }

  private func files(_ diagnostics: inout [Diagnostic]) -> [String] {
    paths.flatMap { path -> [String] in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        diagnostics.append(
          Diagnostic(.error, LocalizedText("没有这个文件或目录", "there is no such file or folder"), file: path))
        return []
      }
      guard isFolder.boolValue else { return [path] }
      var found: [String] = []
      let walk = FileManager.default.enumerator(atPath: path)
      while let name = walk?.nextObject() as? String {
        // Contracts that cases are paid under lie beside them.
        let isContract = name.split(separator: "/").dropLast().contains("contracts")
        if name.hasSuffix(".yaml") && !name.hasSuffix("TEMPLATE.yaml") && !isContract {
          found.append("\(path)/\(name)")
        }
      }
      if found.isEmpty {
        diagnostics.append(
          Diagnostic(.error, LocalizedText("目录中没有案例（.yaml）", "there is no case (.yaml) in this folder"), file: path))
      }
      return found.sorted()
    }
  }
}
