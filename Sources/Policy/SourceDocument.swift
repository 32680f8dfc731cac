public import Kernel

/// A document that policy values come from: statute, circular, agency table, or the product's own sample.
public struct SourceDocument: Hashable, Sendable {
  /// How far the document can be trusted.
  public enum Trust: String, Sendable, CaseIterable {
    /// The official text was read, in full or quoted at length.
    case official
    /// A press or professional text about an official one.
    case secondary
    /// A third party's table; the official text was not seen.
    case unverified
    /// Invented for demonstration and tests.
    case sample
  }

  /// The short name used in files (`beijing-2001-68`).
  public let identifier: String
  /// The document number as printed (发文字号).
  public let number: String?
  /// Who issued it.
  public let issuer: String
  /// The title as printed.
  public let title: String
  /// The day of issue, when known.
  public let issued: CalendarDate?
  /// Where it can be read, when known.
  public let address: String?
  /// How far it can be trusted.
  public let trust: Trust
  /// What a reader should know about the copy that was used.
  public let notes: String?

  /// Makes a document.
  public init(
    identifier: String, number: String?, issuer: String, title: String, issued: CalendarDate?, address: String?,
    trust: Trust, notes: String?
  ) {
    self.identifier = identifier
    self.number = number
    self.issuer = issuer
    self.title = title
    self.issued = issued
    self.address = address
    self.trust = trust
    self.notes = notes
  }
}

/// Where a policy value comes from.
public enum Citation: Codable, Hashable, Sendable {
  /// A clause of a document, by the document's identifier.
  case document(String, clause: String)
  /// A reading chosen where the documents leave the question open, by its identifier in `interpretations.yaml`.
  case interpretation(String)
}

extension Citation: CustomStringConvertible {
  /// The citation for messages: `document clause`, or `interpretation name`.
  public var description: String {
    switch self {
    case .document(let identifier, let clause): "\(identifier) \(clause)"
    case .interpretation(let identifier): "interpretation \(identifier)"
    }
  }
}

/// A question that the documents leave open, with the reading that was chosen.
public struct Interpretation: Hashable, Sendable {
  /// The short name used in files.
  public let identifier: String
  /// What is left open.
  public let question: String
  /// The reading chosen, and why.
  public let reading: String
  /// The day on which it was written down.
  public let decided: CalendarDate

  /// Makes an interpretation.
  public init(identifier: String, question: String, reading: String, decided: CalendarDate) {
    self.identifier = identifier
    self.question = question
    self.reading = reading
    self.decided = decided
  }
}
