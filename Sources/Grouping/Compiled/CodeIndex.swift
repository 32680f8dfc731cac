/// The codes of an edition, numbered, and found again by their bytes.
///
/// Numbers 0 and 1 are ``CodeNumber/missing`` and ``CodeNumber/unknown``; the codes follow in ascending order.
struct CodeIndex: Hashable, Sendable {
  /// Numbers that stand for no code of the edition.
  static let reserved = 2

  /// The codes' bytes, one behind the other.
  let bytes: [UInt8]
  /// Where each code ends in ``bytes``.
  let ends: [UInt32]
  let matching: EditionManifest.CodeMatching
  /// Open addressing by ``Key/hash``.
  private let slots: [Slot]
  /// Which lengths in bytes occur, one bit each; the last bit stands for all longer ones.
  private let lengths: UInt64

  private struct Slot: Hashable {
    var key = Key(count: 0, head: 0, tail: 0)
    /// The code's number, or 0 in an empty slot.
    var number: UInt32 = 0
  }

  /// Makes the table; `nil` when a code is empty, stands twice or ends outside.
  init?(bytes: [UInt8], ends: [UInt32], matching: EditionManifest.CodeMatching) {
    self.bytes = bytes
    self.ends = ends
    self.matching = matching
    var size = 16
    while size * 2 < ends.count * 3 { size *= 2 }
    var slots = [Slot](repeating: Slot(), count: size)
    var lengths: UInt64 = 0
    var start: UInt32 = 0
    for (place, end) in ends.enumerated() {
      guard end > start, Int(end) <= bytes.count else { return nil }
      let code = bytes.span.extracting(Int(start)..<Int(end))
      let key = Key(code)
      var slot = key.hash & (size - 1)
      while slots[slot].number != 0 {
        if slots[slot].key == key, Self.equals(code, bytes, ends, slots[slot].number) { return nil }
        slot = (slot + 1) & (size - 1)
      }
      slots[slot] = Slot(key: key, number: UInt32(place + Self.reserved))
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
    let key = Key(code)
    var slot = key.hash & (slots.count - 1)
    while true {
      let found = slots[slot]
      if found.number == 0 { return nil }
      if found.key == key, key.isWhole || Self.equals(code, bytes, ends, found.number) {
        return CodeNumber(raw: found.number)
      }
      slot = (slot + 1) & (slots.count - 1)
    }
  }

  private static func equals(_ code: borrowing Span<UInt8>, _ bytes: [UInt8], _ ends: [UInt32], _ number: UInt32)
    -> Bool
  {
    let place = Int(number) - reserved
    let start = place == 0 ? 0 : Int(ends[place - 1])
    guard Int(ends[place]) - start == code.count else { return false }
    for offset in 0..<code.count where code[offset] != bytes[start + offset] { return false }
    return true
  }

  /// A code's length with its first and last eight bytes; all of it when it has no more than sixteen.
  private struct Key: Hashable {
    var count: UInt32
    var head: UInt64
    var tail: UInt64

    init(count: UInt32, head: UInt64, tail: UInt64) {
      self.count = count
      self.head = head
      self.tail = tail
    }

    @inline(__always)
    init(_ code: borrowing Span<UInt8>) {
      let raw = code.bytes
      count = UInt32(truncatingIfNeeded: code.count)
      if code.count >= 8 {
        head = raw.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt64.self)
        tail = raw.unsafeLoadUnaligned(fromByteOffset: code.count - 8, as: UInt64.self)
      } else if code.count >= 4 {
        head = UInt64(raw.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt32.self))
        tail = UInt64(raw.unsafeLoadUnaligned(fromByteOffset: code.count - 4, as: UInt32.self))
      } else {
        head = 0
        tail = 0
        for place in 0..<code.count { head = head << 8 | UInt64(code[place]) }
      }
    }

    var isWhole: Bool { count <= 16 }

    var hash: Int {
      var hash = (head ^ UInt64(count)) &* 0xFF51_AFD7_ED55_8CCD
      hash = (hash ^ (hash >> 32) ^ tail) &* 0x9E37_79B9_7F4A_7C15
      return Int(truncatingIfNeeded: hash >> 32)
    }
  }
}
