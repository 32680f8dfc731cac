import Foundation
import Kernel
import Policy
import StrictYAML

/// Reads one region's folder: `region.yaml`, `interpretations.yaml`, and every value below it.
struct RegionReader {
  let definitions: [String: PolicyValueDefinition]
  let documents: Set<String>
  private(set) var diagnostics: [Diagnostic] = []

  init(definitions: [String: PolicyValueDefinition], documents: Set<String>) {
    self.definitions = definitions
    self.documents = documents
  }

  private struct Header {
    let code: String
    let name: LocalizedText
    let extends: [String]
    let covered: DateRange
    let notes: String?
  }

  /// Reads a folder; `nil` when its header cannot be read.
  mutating func read(folder: String, name: String, display: (String) -> String) -> RegionPolicy? {
    guard let header = readHeader("\(folder)/region.yaml", display) else { return nil }
    let interpretations = readInterpretations("\(folder)/interpretations.yaml", display)
    var entries: [String: PolicyEntry] = [:]
    for file in valueFiles(in: folder) {
      guard let yaml = open("\(folder)/\(file)", display) else { continue }
      var reader = ValueReader(
        yaml: yaml, definitions: definitions, documents: documents, interpretations: Set(interpretations.keys))
      if let entry = reader.read(covered: header.covered) {
        if let earlier = entries[entry.identifier] {
          yaml.report(
            LocalizedText(
              "\(entry.identifier) 已在 \(earlier.file) 中规定；一个值只能有一个文件",
              "\(entry.identifier) is stated in \(earlier.file) already; a value has one file"),
            at: yaml.root)
        }
        entries[entry.identifier] = entry
      }
      diagnostics += yaml.diagnostics
    }
    return RegionPolicy(
      code: header.code, name: header.name, extends: header.extends, covered: header.covered, entries: entries,
      interpretations: interpretations, notes: header.notes)
  }

  // MARK: Header

  private mutating func readHeader(_ file: String, _ display: (String) -> String) -> Header? {
    guard let yaml = open(file, display) else { return nil }
    defer { diagnostics += yaml.diagnostics }
    let keys = ["code", "name", "english", "extends", "covered", "notes"]
    guard let map = yaml.mapping(yaml.root, keys: keys, of: LocalizedText("统筹区", "a region")),
      let code = map.requiredText("code"), let name = map.requiredText("name"),
      let english = map.requiredText("english"), let span = map.required("covered"),
      let covered = readCovered(span, yaml)
    else { return nil }
    let extends = map.value("extends").flatMap {
      yaml.elements($0, of: LocalizedText("extends", "extends"))
    }
    return Header(
      code: code, name: LocalizedText(name, english),
      extends: (extends ?? []).compactMap { yaml.text($0, "extends") }, covered: covered, notes: map.text("notes"))
  }

  private func readCovered(_ node: YAMLNode, _ yaml: YAMLDocument) -> DateRange? {
    guard let map = yaml.mapping(node, keys: ["from", "until"], of: LocalizedText("覆盖期", "covered")),
      map.required("from") != nil, map.required("until") != nil,
      let from = map.value("from", Expected.date, { CalendarDate($0) }),
      let until = map.value("until", Expected.date, { CalendarDate($0) })
    else { return nil }
    guard let range = DateRange(from, until) else {
      yaml.report(LocalizedText("覆盖期止早于起", "the covered span ends before it begins"), at: node)
      return nil
    }
    return range
  }

  // MARK: Interpretations

  private mutating func readInterpretations(_ file: String, _ display: (String) -> String) -> [String: Interpretation] {
    guard FileManager.default.fileExists(atPath: file), let yaml = open(file, display) else { return [:] }
    defer { diagnostics += yaml.diagnostics }
    let what = LocalizedText("释义", "an interpretation")
    guard let map = yaml.mapping(yaml.root, keys: ["interpretations"], of: LocalizedText("释义文件", "interpretations")),
      let list = yaml.elements(map.required("interpretations"), of: LocalizedText("释义", "interpretations"))
    else { return [:] }
    var found: [String: Interpretation] = [:]
    for node in list {
      guard let entry = yaml.mapping(node, keys: ["identifier", "question", "reading", "decided"], of: what),
        let identifier = entry.requiredText("identifier"), let question = entry.requiredText("question"),
        let reading = entry.requiredText("reading"), entry.required("decided") != nil,
        let decided = entry.value("decided", Expected.date, { CalendarDate($0) })
      else { continue }
      if found[identifier] != nil {
        yaml.report(
          LocalizedText("释义 \(identifier) 重复", "the interpretation \(identifier) is used twice"), at: node)
      }
      found[identifier] = Interpretation(
        identifier: identifier, question: question, reading: reading, decided: decided)
    }
    return found
  }

  // MARK: Files

  private mutating func open(_ file: String, _ display: (String) -> String) -> YAMLDocument? {
    FileText.read(file, &diagnostics).map { YAMLDocument(text: $0, file: display(file)) }
  }

  private mutating func valueFiles(in folder: String) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
    var files: [String] = []
    while let file = walk.nextObject() as? String {
      if file.hasSuffix(".yml") {
        diagnostics.append(
          Diagnostic(
            .error, LocalizedText("扩展名应为 .yaml，否则不会被读取", "the extension must be .yaml, or the file is never read"),
            file: "\(folder)/\(file)"))
      }
      if file.hasSuffix(".yaml") && file != "region.yaml" && file != "interpretations.yaml" { files.append(file) }
    }
    return files.sorted()
  }
}
