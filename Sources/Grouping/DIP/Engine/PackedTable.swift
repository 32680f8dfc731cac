/// A fixed table from codes to numbers; looking a code up is a multiplication and, nearly always, one comparison.
struct PackedTable: Sendable {
  private var keys: [UInt64]
  private var values: [Int32]
  private let shift: UInt64

  /// Makes a table; of equal codes the first counts.
  init(_ entries: some Collection<(PackedCode, Int32)>) {
    var bits: UInt64 = 3
    while 1 << bits < entries.count * 2 { bits += 1 }
    shift = 64 - bits
    keys = Array(repeating: 0, count: 1 << bits)
    values = Array(repeating: -1, count: 1 << bits)
    for (code, value) in entries where code != .empty {
      var slot = Int(truncatingIfNeeded: (code.bits &* Self.factor) >> shift)
      while keys[slot] != 0, keys[slot] != code.bits { slot = (slot + 1) & (keys.count - 1) }
      if keys[slot] == 0 { (keys[slot], values[slot]) = (code.bits, value) }
    }
  }

  private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The number of a code, -1 when the table does not have it.
  @inline(__always)
  subscript(code: UInt64) -> Int32 {
    guard code != 0 else { return -1 }
    var slot = Int(truncatingIfNeeded: (code &* Self.factor) >> shift)
    while true {
      let key = keys[slot]
      if key == code { return values[slot] }
      if key == 0 { return -1 }
      slot = (slot + 1) & (keys.count - 1)
    }
  }

  /// A bit for each code, for telling quickly that none of several codes is among several others.
  @inline(__always)
  static func bit(_ code: UInt64) -> UInt64 { 1 << ((code &* factor) >> 58) }
}
