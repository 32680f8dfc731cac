import Foundation
import Kernel
import Policy
import StrictYAML

/// Reads one region's folder: `region.yaml`, `interpretations.yaml`, and every value below it.
struct RegionReader {
  let definitions: [String: PolicyValueDefinition]
  let documents: Set<String>
  private(set) var diagnostics: [Diagnostic] = []
  /// What is sound, but somebody should look at; only a check shows it.
  private(set) var remarks: [Diagnostic] = []

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
    let readings = readInterpretations("\(folder)/interpretations.yaml", display)
    var entries: [String: PolicyEntry] = [:]
    for file in valueFiles(in: folder) {
      guard let yaml = open("\(folder)/\(file)", display) else { continue }
      var reader = ValueReader(
        yaml: yaml, definitions: definitions, documents: documents,
        interpretations: readings.isSound ? Set(readings.list.map(\.reading.identifier)) : nil)
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
    remarkUnused(readings, entries: entries.values.map { $0 }, notes: header.notes)
    let interpretations = Dictionary(
      readings.list.map { ($0.reading.identifier, $0.reading) }, uniquingKeysWith: { _, last in last })
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

  private struct Readings {
    var list: [(reading: Interpretation, line: Int)] = []
    var isSound = true
    var file = ""
  }

  private mutating func readInterpretations(_ file: String, _ display: (String) -> String) -> Readings {
    guard FileManager.default.fileExists(atPath: file) else { return Readings() }
    guard let yaml = open(file, display) else { return Readings(isSound: false) }
    defer { diagnostics += yaml.diagnostics }
    let what = LocalizedText("释义", "an interpretation")
    guard let map = yaml.mapping(yaml.root, keys: ["interpretations"], of: LocalizedText("释义文件", "interpretations")),
      let list = yaml.elements(map.required("interpretations"), of: LocalizedText("释义", "interpretations"))
    else { return Readings(isSound: false) }
    var found = Readings(file: yaml.file)
    for node in list {
      guard let entry = yaml.mapping(node, keys: ["identifier", "question", "reading", "decided"], of: what),
        let identifier = entry.requiredText("identifier"), let question = entry.requiredText("question"),
        let reading = entry.requiredText("reading"), entry.required("decided") != nil,
        let decided = entry.value("decided", Expected.date, { CalendarDate($0) })
      else { continue }
      if found.list.contains(where: { $0.reading.identifier == identifier }) {
        yaml.report(
          LocalizedText("释义 \(identifier) 重复", "the interpretation \(identifier) is used twice"), at: node)
      }
      let whole = Interpretation(identifier: identifier, question: question, reading: reading, decided: decided)
      found.list.append((whole, node.line))
    }
    found.isSound = yaml.isSound
    return found
  }

  /// A reading that no value cites, and no notes name, decides nothing.
  private mutating func remarkUnused(_ readings: Readings, entries: [PolicyEntry], notes: String?) {
    // With errors elsewhere the value that cites it may be the one that could not be read.
    guard !diagnostics.contains(where: { $0.severity == .error }) else { return }
    let citations = entries.flatMap { entry in
      entry.versions.versions.compactMap { $0.value?.citation } + Array(entry.repeals.values)
    }
    let cited = Set(
      citations.compactMap { citation -> String? in
        guard case .interpretation(let name) = citation else { return nil }
        return name
      })
    let texts = entries.compactMap(\.notes) + [notes].compactMap { $0 }
    for (reading, line) in readings.list where !cited.contains(reading.identifier) {
      // By convention it says why `covered` in region.yaml reaches as far as it does.
      if reading.identifier == "covered-days" { continue }
      if texts.contains(where: { $0.contains(reading.identifier) }) { continue }
      remarks.append(
        Diagnostic(
          .warning,
          LocalizedText(
            "释义 \(reading.identifier) 没有任何政策值引用，notes 中也未提到；请引用或删去",
            "no value cites the interpretation \(reading.identifier), and no notes name it; cite it or remove it"),
          file: readings.file, line: line))
    }
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
      // What institutions are paid stands in files of their own kinds; see `ContractFiles` and `ClearingFolder`.
      if file.hasPrefix("payment/") { continue }
      if file.hasSuffix(".yaml") && file != "region.yaml" && file != "interpretations.yaml" { files.append(file) }
    }
    return files.sorted()
  }
}
