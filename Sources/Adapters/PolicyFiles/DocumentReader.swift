import Kernel
import Policy
import StrictYAML

/// Reads `documents/<name>.yaml`.
enum DocumentReader {
  private static let keys = ["identifier", "number", "issuer", "title", "issued", "address", "trust", "notes"]

  /// The identifier that a document states, whatever else is wrong with it.
  static func identifier(_ yaml: YAMLDocument) -> String? {
    guard case .mapping(let pairs)? = yaml.root?.content else { return nil }
    return pairs.first { $0.key.text == "identifier" }?.value.text
  }

  static func read(_ yaml: YAMLDocument) -> SourceDocument? {
    guard let map = yaml.mapping(yaml.root, keys: keys, of: LocalizedText("文件登记", "a document")) else { return nil }
    let trusts = SourceDocument.Trust.allCases.map(\.rawValue)
    guard let identifier = map.requiredText("identifier"), let issuer = map.requiredText("issuer"),
      let title = map.requiredText("title"), map.required("trust") != nil,
      let trust = map.value("trust", Expected.word(trusts), { SourceDocument.Trust(rawValue: $0) })
    else { return nil }
    return SourceDocument(
      identifier: identifier, number: map.text("number"), issuer: issuer, title: title,
      issued: map.value("issued", Expected.date) { CalendarDate($0) }, address: map.text("address"), trust: trust,
      notes: map.text("notes"))
  }
}
