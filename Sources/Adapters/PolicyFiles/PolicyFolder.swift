import Foundation
public import Kernel
public import Policy
import StrictYAML

/// A folder of policy files on disk, read as a whole or refused as a whole.
///
/// ```swift
/// let loaded = PolicyFolder(path: "Policies").load(vocabulary: SettlementVocabulary.definitions)
/// guard let book = loaded.book else { … loaded.diagnostics … }
/// ```
public struct PolicyFolder {
  /// What came of reading a folder.
  public struct Loaded: Sendable {
    /// The book; `nil` when any file has an error.
    public let book: PolicyBook?
    /// Everything found wrong, in order of file and line.
    public let diagnostics: [Diagnostic]
    /// What is sound, but somebody should look at: readings that nothing cites, folders that are named wrongly.
    public let remarks: [Diagnostic]
    /// The folders of the regions whose header could be read, by region code.
    public let folders: [String: String]
  }

  /// Documents as far as they could be read.
  private struct Documents {
    var sound: [String: SourceDocument] = [:]
    /// Names of those whose file has an error: citing one is not another error.
    var broken: Set<String> = []

    var names: Set<String> { broken.union(sound.keys) }
  }

  private let path: String

  /// Names a folder.
  public init(path: String) { self.path = path }

  /// Reads every document, region and value.
  ///
  /// - Parameter vocabulary: the values that rooms read; a file that states another one is refused.
  public func load(vocabulary: [PolicyValueDefinition]) -> Loaded {
    var diagnostics: [Diagnostic] = []
    var remarks: [Diagnostic] = []
    var codes: [String: String] = [:]
    let definitions = Dictionary(vocabulary.map { ($0.identifier, $0) }, uniquingKeysWith: { first, _ in first })
    let documents = loadDocuments(&diagnostics)
    var regions: [String: RegionPolicy] = [:]
    let folders = regionFolders(&diagnostics)
    for folder in folders {
      var reader = RegionReader(definitions: definitions, documents: documents.names)
      let region = reader.read(folder: folder, name: display(folder), display: display)
      diagnostics += reader.diagnostics
      remarks += reader.remarks
      guard let region else { continue }
      codes[region.code] = display(folder)
      remarks += wrongName(folder, code: region.code)
      if regions[region.code] != nil {
        diagnostics.append(
          Diagnostic(
            .error,
            LocalizedText("统筹区代码 \(region.code) 重复", "the region code \(region.code) is used twice"),
            file: display(folder + "/region.yaml")))
      }
      regions[region.code] = region
    }
    // A region whose header has an error may be the parent that another one misses.
    if regions.count == folders.count { diagnostics += unknownParents(regions, codes) }
    let sound = !diagnostics.contains { $0.severity == .error }
    return Loaded(
      book: sound ? PolicyBook(documents: documents.sound, regions: regions) : nil, diagnostics: diagnostics,
      remarks: remarks, folders: codes)
  }

  // MARK: Folders

  private func regionFolders(_ diagnostics: inout [Diagnostic]) -> [String] {
    var folders = ["\(path)/national", "\(path)/sample"]
    folders += names(in: "\(path)/regions").map { "\(path)/regions/\($0)" }
    let found = folders.filter { FileManager.default.fileExists(atPath: "\($0)/region.yaml") }
    for folder in folders.dropFirst(2) where !found.contains(folder) && !folder.hasSuffix(".md") {
      diagnostics.append(
        Diagnostic(
          .error, LocalizedText("缺少 region.yaml", "there is no region.yaml in this folder"), file: display(folder)))
    }
    if found.isEmpty {
      diagnostics.append(
        Diagnostic(
          .error,
          LocalizedText(
            "该目录下没有任何统筹区政策（应有 sample/、national/ 或 regions/*/region.yaml）；请用 --policies 指定政策目录",
            "no region's policy here (expected sample/, national/ or regions/*/region.yaml); use --policies"
          ),
          file: path))
    }
    return found
  }

  private func wrongName(_ folder: String, code: String) -> [Diagnostic] {
    let name = folder.split(separator: "/").last.map(String.init) ?? folder
    guard folder == "\(path)/regions/\(name)", name != code, !name.hasPrefix("\(code)-") else { return [] }
    return [
      Diagnostic(
        .warning,
        LocalizedText(
          "目录名应以统筹区代码 \(code) 开头，如 \(code)-name",
          "the folder's name should begin with the region's code: \(code)-name"),
        file: display(folder))
    ]
  }

  private func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().filter { !$0.hasPrefix(".") }
  }

  private func display(_ file: String) -> String { file }

  // MARK: Documents

  private func loadDocuments(_ diagnostics: inout [Diagnostic]) -> Documents {
    var documents = Documents()
    for name in names(in: "\(path)/documents") where name.hasSuffix(".yaml") {
      let file = "\(path)/documents/\(name)"
      // The identifier is the name of the file; of a broken file more cannot be known.
      guard let text = FileText.read(file, &diagnostics) else {
        documents.broken.insert(String(name.dropLast(5)))
        continue
      }
      let yaml = YAMLDocument(text: text, file: display(file))
      if let document = DocumentReader.read(yaml) {
        if documents.sound[document.identifier] != nil {
          yaml.report(
            LocalizedText("文件标识 \(document.identifier) 重复", "the identifier \(document.identifier) is used twice"),
            at: yaml.root)
        }
        documents.sound[document.identifier] = document
      } else {
        documents.broken.insert(String(name.dropLast(5)))
        if let identifier = DocumentReader.identifier(yaml) { documents.broken.insert(identifier) }
      }
      diagnostics += yaml.diagnostics
    }
    return documents
  }

  private func unknownParents(_ regions: [String: RegionPolicy], _ folders: [String: String]) -> [Diagnostic] {
    regions.values.sorted { $0.code < $1.code }.flatMap { region in
      region.extends.filter { regions[$0] == nil }.map { parent in
        Diagnostic(
          .error,
          LocalizedText(
            "统筹区 \(region.code) 承接的 \(parent) 不存在", "region \(region.code) extends \(parent), which does not exist"),
          file: (folders[region.code] ?? path) + "/region.yaml")
      }
    }
  }
}

/// Reading a whole small file as text, with what is wrong as a diagnostic.
enum FileText {
  static func read(_ file: String, _ diagnostics: inout [Diagnostic]) -> String? {
    guard let data = FileManager.default.contents(atPath: file) else {
      diagnostics.append(Diagnostic(.error, LocalizedText("无法读取文件", "the file cannot be read"), file: file))
      return nil
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      diagnostics.append(
        Diagnostic(
          .error,
          LocalizedText("文件不是 UTF-8 编码；请另存为 UTF-8", "the file is not UTF-8; save it as UTF-8"), file: file))
      return nil
    }
    return text
  }
}
