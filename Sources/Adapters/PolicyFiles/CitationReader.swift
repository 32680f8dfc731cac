import Kernel
import Policy
import StrictYAML

/// Reads `source: {document, clause}` or `source: {interpretation}` of a value, and checks that what it names exists.
struct CitationReader {
  let yaml: YAMLDocument
  let documents: Set<String>
  /// The readings that may be cited; `nil` when their file has an error of its own.
  let interpretations: Set<String>?

  /// The citation of a value; what is wrong is reported and gives `nil`.
  func read(_ value: YAMLMapping) -> Citation? {
    guard let node = value["source"], !node.isNull else {
      yaml.report(
        LocalizedText(
          "缺少出处 source：写明文件和条款，或释义", "the source is missing: name document and clause, or an interpretation"),
        at: value.node)
      return nil
    }
    let what = LocalizedText("出处", "a source")
    guard let source = yaml.mapping(node, keys: ["document", "clause", "interpretation"], of: what) else { return nil }
    if let name = source.text("interpretation") {
      if let interpretations, !interpretations.contains(name) {
        let guess = YAMLDocument.guess(name, among: interpretations, within: 6)
        yaml.report(
          LocalizedText(
            "interpretations.yaml 中没有“\(name)”\(guess.chinese)请先写明该释义",
            "interpretations.yaml has no \"\(name)\"\(guess.english)write it down first"),
          at: source["interpretation"])
        return nil
      }
      return .interpretation(name)
    }
    guard let name = source.requiredText("document"), let clause = source.requiredText("clause") else { return nil }
    guard documents.contains(name) else {
      let guess = YAMLDocument.guess(name, among: documents, within: 6)
      yaml.report(
        LocalizedText(
          "documents/ 中没有“\(name)”\(guess.chinese)请先登记该文件",
          "documents/ has no \"\(name)\"\(guess.english)register it first"),
        at: source["document"])
      return nil
    }
    return .document(name, clause: clause)
  }
}
