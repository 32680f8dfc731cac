public import Kernel
public import Policy

/// Where policy values come from, in words: document, clause, and whether the document may be trusted.
public struct CitationWords: Sendable {
  private let book: PolicyBook

  /// Words for citations of a book.
  public init(_ book: PolicyBook) { self.book = book }

  /// The document's title, number and clause, marked when it is not verified; or the interpretation; nothing for
  /// nothing.
  public func text(_ citation: Citation?) -> LocalizedText {
    switch citation {
    case nil: return LocalizedText("", "")
    case .document(let identifier, let clause):
      let document = book.documents[identifier]
      let number = document?.number.map { " \($0)" } ?? ""
      let text = "\(document?.title ?? identifier)\(number) \(clause)"
      guard document?.trust == .unverified else { return LocalizedText(text, text) }
      return LocalizedText("\(text)（未核对 unverified）", "\(text) [unverified]")
    case .interpretation(let identifier):
      return LocalizedText("释义 \(identifier)", "interpretation \(identifier)")
    }
  }

  /// Several citations, each once; the clauses of one document stand behind its title together.
  public func text(_ citations: [Citation]) -> LocalizedText {
    var merged: [Citation] = []
    for citation in citations {
      guard case .document(let name, let clause) = citation else {
        if !merged.contains(citation) { merged.append(citation) }
        continue
      }
      let place = merged.firstIndex { if case .document(name, _) = $0 { true } else { false } }
      guard let place, case .document(_, let clauses) = merged[place] else {
        merged.append(citation)
        continue
      }
      if !clauses.split(separator: "、").contains(clause[...]) {
        merged[place] = .document(name, clause: "\(clauses)、\(clause)")
      }
    }
    let texts = merged.map { text($0) }
    return LocalizedText(
      texts.map(\.chinese).joined(separator: "；"), texts.map(\.english).joined(separator: "; "))
  }

  /// How far the document of a citation can be trusted; `nil` for an interpretation.
  public func trust(_ citation: Citation) -> SourceDocument.Trust? {
    guard case .document(let identifier, _) = citation else { return nil }
    return book.documents[identifier]?.trust
  }

  /// The identifiers of unverified documents among citations, each once, in order of first use.
  public func unverified(_ citations: [Citation]) -> [String] {
    citations.reduce(into: []) { found, citation in
      guard case .document(let identifier, _) = citation, trust(citation) == .unverified, !found.contains(identifier)
      else { return }
      found.append(identifier)
    }
  }
}
