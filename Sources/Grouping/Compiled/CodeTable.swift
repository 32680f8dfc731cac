/// The codes of an edition, numbered, and found again by their bytes.
///
/// Numbers 0 and 1 are ``CodeNumber/missing`` and ``CodeNumber/unknown``; the codes follow in ascending order.
struct CodeTable: Hashable, Sendable {
  /// Numbers that stand for no code of the edition.
  static let reserved = 2

  /// The codes' bytes, one behind the other.
  let bytes: [UInt8]
  /// Where each code ends in ``bytes``.
  let ends: [UInt32]
  let matching: EditionManifest.CodeMatching
  /// Open addressing: a code's place plus one, or 0.
  private let slots: [UInt32]
  /// Which lengths in bytes occur, one bit each; the last bit stands for all longer ones.
  private let lengths: UInt64

  /// Makes the table; `nil` when a code stands twice or an end lies outside.
  init?(bytes: [UInt8], ends: [UInt32], matching: EditionManifest.CodeMatching) {
    self.bytes = bytes
    self.ends = ends
    self.matching = matching
    var size = 16
    while size < ends.count * 2 { size *= 2 }
    var slots = [UInt32](repeating: 0, count: size)
    var lengths: UInt64 = 0
    var start: UInt32 = 0
    for (place, end) in ends.enumerated() {
      guard end > start, Int(end) <= bytes.count else { return nil }
      let code = bytes.span.extracting(Int(start)..<Int(end))
      var slot = Int(truncatingIfNeeded: Self.hash(code)) & (size - 1)
      while slots[slot] != 0 {
        if Self.equals(code, bytes, ends, Int(slots[slot]) - 1) { return nil }
        slot = (slot + 1) & (size - 1)
      }
      slots[slot] = UInt32(place) + 1
      lengths |= 1 << UInt64(min(code.count, 63))
      start = end
    }
    self.slots = slots
    self.lengths = lengths
  }

  /// How many codes there are.
  var count: Int { ends.count }

  /// The code of a number; empty for the reserved ones.
  func text(of number: CodeNumber) -> String {
    let place = Int(number.raw) - Self.reserved
    guard ends.indices.contains(place) else { return "" }
    return String(decoding: bytes[(place == 0 ? 0 : Int(ends[place - 1]))..<Int(ends[place])], as: UTF8.self)
  }

  /// The number of a code as a case states it; in an edition that matches by prefix, of its longest beginning.
  func number(of code: borrowing Span<UInt8>) -> CodeNumber {
    if code.isEmpty { return .missing }
    if let found = exactNumber(of: code) { return found }
    guard matching == .prefix else { return .unknown }
    return longestBeginning(of: code, below: code.count) ?? .unknown
  }

  /// The number of the longest listed beginning with fewer bytes than the limit.
  func longestBeginning(of code: borrowing Span<UInt8>, below limit: Int) -> CodeNumber? {
    var length = limit - 1
    while length > 0 {
      if lengths & (1 << UInt64(min(length, 63))) != 0, let found = exactNumber(of: code.extracting(0..<length)) {
        return found
      }
      length -= 1
    }
    return nil
  }

  func exactNumber(of code: borrowing Span<UInt8>) -> CodeNumber? {
    var slot = Int(truncatingIfNeeded: Self.hash(code)) & (slots.count - 1)
    while slots[slot] != 0 {
      let place = Int(slots[slot]) - 1
      if Self.equals(code, bytes, ends, place) { return CodeNumber(raw: UInt32(place + Self.reserved)) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private static func equals(_ code: borrowing Span<UInt8>, _ bytes: [UInt8], _ ends: [UInt32], _ place: Int) -> Bool {
    let start = place == 0 ? 0 : Int(ends[place - 1])
    guard Int(ends[place]) - start == code.count else { return false }
    for offset in 0..<code.count where code[offset] != bytes[start + offset] { return false }
    return true
  }

  /// A hash of the bytes, eight at a time.
  private static func hash(_ code: borrowing Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    var word: UInt64 = 0
    for offset in 0..<code.count {
      word = word << 8 | UInt64(code[offset])
      if offset & 7 == 7 {
        hash = mixed(hash, word)
        word = 0
      }
    }
    return mixed(hash, word)
  }

  private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
    return product ^ (product >> 32)
  }
}
