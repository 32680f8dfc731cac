import Kernel
import People

/// The one way in which inputs and results become bytes, so that equal ones give equal bytes on every machine.
///
/// A text is written as its count of UTF-8 bytes, a colon and the bytes; a number in decimal with a semicolon; a list
/// as its count first. Nothing can be read in two ways. The bytes leave in pieces to whoever takes their digest; this
/// room knows no digest.
public struct CanonicalBytes {
  private var buffer: [UInt8] = []
  private let capacity: Int
  private let sink: (borrowing [UInt8]) -> Void

  /// Begins to write.
  ///
  /// - Parameters:
  ///   - capacity: how many bytes are held before they are handed on.
  ///   - sink: takes pieces in order.
  public init(capacity: Int = 1 << 16, sink: @escaping (borrowing [UInt8]) -> Void) {
    self.capacity = max(capacity, 1)
    self.sink = sink
    buffer.reserveCapacity(self.capacity + 64)
  }

  /// Writes a text.
  public mutating func append(_ text: String) {
    digits(Int64(text.utf8.count))
    buffer.append(UInt8(ascii: ":"))
    buffer.append(contentsOf: text.utf8)
    flush(from: capacity)
  }

  /// Writes a number.
  public mutating func append(_ number: Int64) {
    digits(number)
    buffer.append(UInt8(ascii: ";"))
    flush(from: capacity)
  }

  /// Writes a number.
  public mutating func append(_ number: Int) { append(Int64(number)) }

  /// Hands on what is left; call it once at the end.
  public mutating func finish() { flush(from: 1) }

  private mutating func flush(from size: Int) {
    guard buffer.count >= size else { return }
    sink(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private mutating func digits(_ number: Int64) {
    if number < 0 { buffer.append(UInt8(ascii: "-")) }
    digits(of: number.magnitude)
  }

  private mutating func digits(of number: UInt64) {
    if number > 9 { digits(of: number / 10) }
    buffer.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }

  /// The bytes of whatever a function writes, all at once.
  public static func of(_ write: (inout CanonicalBytes) -> Void) -> [UInt8] {
    final class Pieces { var bytes: [UInt8] = [] }
    let pieces = Pieces()
    var canonical = CanonicalBytes { pieces.bytes.append(contentsOf: copy $0) }
    write(&canonical)
    canonical.finish()
    return pieces.bytes
  }
}

extension PaymentCase {
  /// Writes a set of cases, ascending by settlement, in whatever order they come.
  ///
  /// - Returns: `false`, with nothing written, when two cases bear one settlement's number.
  @discardableResult
  public static func write(_ cases: [PaymentCase], to bytes: inout CanonicalBytes) -> Bool {
    // Ascending already, as a store hands them out: then no two bear one number either.
    if zip(cases, cases.dropFirst()).allSatisfy({ $0.id < $1.id }) {
      bytes.append(cases.count)
      for item in cases { item.write(to: &bytes) }
      return true
    }
    let order = cases.indices.sorted { cases[$0].id < cases[$1].id }
    for (one, next) in zip(order, order.dropFirst()) where cases[one].id == cases[next].id { return false }
    bytes.append(cases.count)
    for place in order { cases[place].write(to: &bytes) }
    return true
  }

  private func write(to bytes: inout CanonicalBytes) {
    bytes.append(id)
    bytes.append(institution)
    bytes.append(Int64(level.rawValue))
    bytes.append(scheme.rawValue)
    bytes.append(month.ordinal)
    bytes.append(cost.fen)
    bytes.append(fundShare.fen)
    bytes.append(group)
    bytes.append(stayDays)
    bytes.append(ageYears)
    bytes.append(dischargeKind)
    bytes.append(department)
    bytes.append(physician)
    bytes.append(traditionalChinese.fen)
    guard !marks.isEmpty else { return bytes.append(0) }
    let words = marks.map(\.rawValue).sorted()
    bytes.append(words.count)
    for word in words { bytes.append(word) }
  }
}
