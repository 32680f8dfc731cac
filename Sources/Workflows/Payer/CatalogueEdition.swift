public import Claims
public import Kernel
import People

/// What a list of the catalogue holds: an item with its price terms, or an entry of a coding standard.
public enum CatalogueEntry: Hashable, Sendable {
  /// An item that is charged.
  case item(ListedItem)
  /// A code alone.
  case code(CodedEntry)

  /// The national code.
  public var code: String {
    switch self {
    case .item(let item): item.code
    case .code(let entry): entry.code
    }
  }

  /// The name.
  public var name: String {
    switch self {
    case .item(let item): item.name
    case .code(let entry): entry.name
    }
  }

  /// When this version holds.
  public var period: DateRange {
    switch self {
    case .item(let item): item.period
    case .code(let entry): entry.period
    }
  }
}

/// A list of the catalogue in order of change, so that an institution downloads only what it does not have (`ver`).
///
/// Versions come from the content alone: the entries stand in order of first day and code, and all entries that begin
/// on one day have one version, the day with a fingerprint of everything up to it. Whoever holds the version of a day
/// therefore has every entry up to it exactly as it is, and gets the days after it. If anything up to that day was
/// added or corrected since, no day has that version any more, and everything is sent again. Nothing is ever missed.
///
/// ```swift
/// let news = CatalogueEdition(entries).changes(after: "v2026010103f5c6a81b2")
/// ```
public struct CatalogueEdition: Sendable {
  /// Entries with the version of their day.
  public let rows: [(entry: CatalogueEntry, version: String)]

  /// Orders entries and gives them versions.
  public init(_ entries: [CatalogueEntry]) {
    let ordered = entries.sorted { ($0.period.first, $0.code) < ($1.period.first, $1.code) }
    var rows: [(entry: CatalogueEntry, version: String)] = []
    rows.reserveCapacity(ordered.count)
    var fingerprint = Fingerprint()
    var start = 0
    while start < ordered.count {
      let day = ordered[start].period.first
      let end = ordered[start...].firstIndex { $0.period.first != day } ?? ordered.count
      for entry in ordered[start..<end] { fingerprint.add(entry.content) }
      let digits = "\(day)".filter { $0 != "-" }
      let version = "v\(digits)\(fingerprint.text.prefix(11))"
      for entry in ordered[start..<end] { rows.append((entry, version)) }
      start = end
    }
    self.rows = rows
  }

  /// The newest version; `v0000` of an empty list.
  public var version: String { rows.last?.version ?? Self.none }

  /// What somebody has who has nothing.
  public static let none = "v0000"

  /// What somebody lacks who holds a version: the days after it, or everything when no day has that version.
  public func changes(after held: String) -> ArraySlice<(entry: CatalogueEntry, version: String)> {
    guard let last = rows.lastIndex(where: { $0.version == held }) else { return rows[...] }
    return rows[(last + 1)...]
  }
}

extension CatalogueEntry {
  /// Everything that an institution could see of the entry, as text.
  var content: String {
    switch self {
    case .item(let item):
      let ceilings = item.ceilings.sorted { $0.key < $1.key }.map { "\($0.key.word)=\($0.value.microyuan)" }
      let shares = item.firstSelfPay.map { "\($0.key.insutype)=\($0.value.millionths)" }.sorted()
      let flags = [item.isLimitedUse, item.isTraditionalChinese, item.isSeparatelyPaid].map { $0 ? "1" : "0" }
      let parts =
        [item.code, item.name, item.listType, item.feeCategory, "\(item.period)", "\(item.chargeClass)"] + flags
      return (parts + ceilings + shares).joined(separator: "\u{1F}")
    case .code(let entry):
      let details = entry.details.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return ([entry.code, entry.name, "\(entry.period)"] + details).joined(separator: "\u{1F}")
    }
  }
}

/// A fingerprint of texts, the same for the same texts in the same order.
///
/// FNV-1a of 128 bits: it tells accidents apart, not attacks.
public struct Fingerprint: Sendable {
  private var hash: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D

  /// The fingerprint of nothing.
  public init() {}

  /// Adds a text; where one ends and the next begins counts.
  public mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { for byte in $0 { mix(byte) } }
    mix(0xFF)
  }

  /// Adds bytes as they are.
  public mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { add($0) } }

  /// Adds bytes as they are.
  public mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes { mix(byte) }
  }

  /// Adds a byte as it is.
  public mutating func add(_ byte: UInt8) { mix(byte) }

  @inline(__always)
  private mutating func mix(_ byte: UInt8) {
    hash = (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013B
  }

  /// 32 hexadecimal digits.
  public var text: String {
    String(unsafeUninitializedCapacity: 32) { digits in
      var rest = hash
      for place in (0..<32).reversed() {
        let digit = UInt8(truncatingIfNeeded: rest) & 15
        digits.initializeElement(at: place, to: digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        rest >>= 4
      }
      return 32
    }
  }
}
