public import Kernel
public import Ledger

/// Something that an audit found not to hold (对账差异).
public struct AuditDifference: Hashable, Sendable {
  /// What does not hold.
  public enum Kind: String, Sendable, CaseIterable {
    /// Accumulators are not the sum of the standing settlements.
    case accumulators
    /// An account holds less than nothing, or not what the last record says.
    case balance
    /// A record contradicts itself, or the postings do not balance.
    case record
    /// A reversal does not take back exactly one settlement.
    case reversal
    /// A fund's or institution's postings do not add up to the amounts settled.
    case ledger
    /// The chain of records is broken.
    case chain
    /// A published run of paying or clearing is not what was published, or runs do not follow one another.
    case run
  }

  /// What does not hold.
  public let kind: Kind
  /// What it is about: a settlement, a fund, a person's masked number.
  public let subject: String
  /// What was found, for people.
  public let message: LocalizedText

  /// Makes a difference.
  public init(_ kind: Kind, _ subject: String, _ message: LocalizedText) {
    self.kind = kind
    self.subject = subject
    self.message = message
  }
}

/// What an audit looked at and what it found.
public struct AuditReport: Hashable, Sendable {
  /// Persons looked at.
  public internal(set) var personCount = 0
  /// Settlements, reversed ones included.
  public internal(set) var settlementCount = 0
  /// Reversals.
  public internal(set) var reversalCount = 0
  /// Postings of both.
  public internal(set) var postingCount = 0
  /// Published runs of paying and clearing.
  public internal(set) var runCount = 0
  /// Postings of those runs.
  public internal(set) var runPostingCount = 0
  /// What each fund paid on balance, by its postings.
  public internal(set) var funds: [Fund: Money] = [:]
  /// Everything charged on balance: what institutions delivered.
  public internal(set) var total = Money.zero
  /// Everything that does not hold.
  public internal(set) var differences: [AuditDifference] = []

  /// Makes a report of nothing.
  public init() {}

  /// Whether everything holds.
  public var isClean: Bool { differences.isEmpty }
}

/// A person's number as reports print it: the last four characters, or the last one of a short number.
public enum MaskedNumber {
  /// The number with what identifies the person covered.
  public static func of(_ number: String) -> String {
    let shown = number.count > 8 ? 4 : 1
    return String(repeating: "*", count: max(number.count - shown, 0)) + number.suffix(shown)
  }
}
