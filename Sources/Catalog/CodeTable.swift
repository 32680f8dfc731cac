public import Kernel

/// The days on which a code or a mapping holds, both ends included; an end that is not stated is open.
public struct ValidityPeriod: Hashable, Sendable {
  /// The first day, or `nil` when it held always.
  public let from: CalendarDate?
  /// The last day, or `nil` when it has no end yet.
  public let until: CalendarDate?

  /// Makes a period, or `nil` when it would end before it begins.
  public init?(from: CalendarDate?, until: CalendarDate?) {
    if let from, let until, until < from { return nil }
    self.from = from
    self.until = until
  }

  private init() {
    from = nil
    until = nil
  }

  /// Open at both ends.
  public static let always = ValidityPeriod()

  /// Whether the day lies in the period.
  public func contains(_ day: CalendarDate) -> Bool {
    (from.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true)
  }

  /// Whether the two periods have a day in common.
  public func overlaps(_ other: ValidityPeriod) -> Bool {
    !endsBefore(other) && !other.endsBefore(self)
  }

  func endsBefore(_ other: ValidityPeriod) -> Bool {
    guard let until, let from = other.from else { return false }
    return until < from
  }

  func beginsBefore(_ other: ValidityPeriod) -> Bool {
    guard let second = other.from else { return false }
    guard let first = from else { return true }
    return first < second
  }
}

/// One code of a coding standard.
public struct CodeEntry: Hashable, Sendable {
  /// The code, exactly as published.
  public var code: String
  /// The name that belongs to it.
  public var name: String
  /// The standard that the code belongs to, when the table says so.
  public var kind: CodeStandard?
  /// When the code may be used.
  public var period: ValidityPeriod
  /// The unit that a price is for (计价单位), when the standard has one.
  public var priceUnit: String?

  /// Makes an entry.
  public init(
    code: String, name: String, kind: CodeStandard? = nil, period: ValidityPeriod = .always, priceUnit: String? = nil
  ) {
    self.code = code
    self.name = name
    self.kind = kind
    self.period = period
    self.priceUnit = priceUnit
  }
}

/// One edition of the codes that mappings are checked against.
///
/// A code may stand in several entries as long as no day has two of them: that is how a changed name is kept.
public struct CodeTable: Sendable {
  /// Two entries of one code that hold on the same day.
  public struct Overlap: Error, Hashable, Sendable {
    /// The position of the earlier entry in the list.
    public let first: Int
    /// The position of the later entry in the list.
    public let second: Int
  }

  /// What the publisher calls the edition.
  public let edition: String
  /// The entries, in the order given.
  public let entries: [CodeEntry]
  /// The first entry of each code; ``following`` leads to the others.
  private let first: [String: Int]
  private let following: [Int: Int]

  /// Makes a table.
  ///
  /// - Throws: the first ``Overlap`` in the order of the list.
  public init(edition: String, entries: [CodeEntry]) throws(Overlap) {
    var first: [String: Int] = [:]
    var following: [Int: Int] = [:]
    first.reserveCapacity(entries.count)
    for (position, entry) in entries.enumerated() {
      guard var last = first[entry.code] else {
        first[entry.code] = position
        continue
      }
      while true {
        if entries[last].period.overlaps(entry.period) { throw Overlap(first: last, second: position) }
        guard let next = following[last] else { break }
        last = next
      }
      following[last] = position
    }
    self.edition = edition
    self.entries = entries
    self.first = first
    self.following = following
  }

  /// Every entry of a code, in the order of the list; empty when the code is unknown.
  public func entries(of code: String) -> [CodeEntry] {
    guard var position = first[code] else { return [] }
    var found = [entries[position]]
    while let next = following[position] {
      found.append(entries[next])
      position = next
    }
    return found
  }

  /// Whether the table knows the code on any day.
  public func contains(_ code: String) -> Bool { first[code] != nil }

  /// Every code once.
  var codes: some Collection<String> { first.keys }
}
