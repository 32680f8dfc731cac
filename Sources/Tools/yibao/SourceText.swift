import Kernel
import Policy
import Settlement

/// Where policy values come from, in words: document, clause, and whether the document may be trusted.
struct SourceText {
  let language: Language
  let book: PolicyBook

  /// The citation of a value: the document's title and number with the clause, or the interpretation.
  func text(_ citation: Citation) -> String {
    switch citation {
    case .document(let identifier, let clause):
      let document = book.documents[identifier]
      let number = document?.number.map { " \($0)" } ?? ""
      let mark = isUnverified(citation) ? " [\(Self.mark[language])]" : ""
      return "\(document?.title ?? identifier)\(number) \(clause)\(mark)"
    case .interpretation(let identifier):
      return LocalizedText("释义 \(identifier)", "interpretation \(identifier)")[language]
    }
  }

  /// How far the document of a citation can be trusted; `nil` for an interpretation.
  func trust(_ citation: Citation) -> SourceDocument.Trust? {
    guard case .document(let identifier, _) = citation else { return nil }
    return book.documents[identifier]?.trust
  }

  /// The identifiers of unverified documents among citations, each once, in order of first use.
  func unverified(_ citations: [Citation]) -> [String] {
    citations.reduce(into: []) { found, citation in
      guard case .document(let identifier, _) = citation, isUnverified(citation), !found.contains(identifier) else {
        return
      }
      found.append(identifier)
    }
  }

  private func isUnverified(_ citation: Citation) -> Bool { trust(citation) == .unverified }

  private static let mark = LocalizedText("未核对 unverified", "unverified")
}
