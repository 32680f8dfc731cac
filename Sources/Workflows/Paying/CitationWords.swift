public import Kernel
public import Policy

/// Where terms come from, in words.
public struct CitationWords: Sendable {
  private let documents: [String: SourceDocument]

  /// Takes the documents of a policy book.
  public init(_ book: PolicyBook) { documents = book.documents }

  /// The document's title, number and clause, marked when it is not verified; or the reading.
  public func text(_ citation: Citation?) -> LocalizedText {
    switch citation {
    case nil: return LocalizedText("", "")
    case .interpretation(let name): return LocalizedText("释义 \(name)", "interpretation \(name)")
    case .document(let name, let clause):
      let document = documents[name]
      let text = "\(document?.title ?? name)\(document?.number.map { " \($0)" } ?? "") \(clause)"
      guard document?.trust == .unverified else { return LocalizedText(text, text) }
      return LocalizedText("\(text)（未核对）", "\(text) [unverified]")
    }
  }
}
