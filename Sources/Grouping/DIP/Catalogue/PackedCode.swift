/// A code of a diagnosis or a procedure in one machine word, so that a beginning of it is a mask away.
///
/// Up to ten letters and digits, six bits each from the top; the point is left out, because it always stands at the
/// same place. Letters count without case: tables write `x`, some systems write `X`.
struct PackedCode: Hashable, Comparable, Sendable {
  /// The most characters that fit, the point not counted: `A15.000x010` has ten.
  static let capacity = 10

  let bits: UInt64

  init(bits: UInt64) { self.bits = bits }

  /// The code of nothing, a beginning of every code.
  static let empty = PackedCode(bits: 0)

  /// What tells the two kinds of code apart.
  enum Form {
    /// A letter, two digits, and more behind a point: `A40`, `A09.0`, `A15.000x010`; a second code behind `+` or a
    /// mark `+` `*` at the end (剑号, 星号) is not looked at.
    case diagnosis
    /// Two digits, and more behind a point: `33.6x00`, `50.5100x002`.
    case procedure
  }

  /// Reads a code; blanks at both ends do not count.
  ///
  /// Returns `nil` when the text does not have the form, or has more characters than any edition of the codes.
  @inline(__always)
  init?(_ text: String, _ form: Form) {
    var text = text
    let packed = text.withUTF8 { Self.pack($0, form) }
    guard packed != 0 else { return nil }
    bits = packed
  }

  /// The code as bits, 0 when the bytes are none.
  static func pack(_ bytes: UnsafeBufferPointer<UInt8>, _ form: Form) -> UInt64 {
    var (start, end) = (0, bytes.count)
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    if form == .diagnosis { end = start + significant(bytes[start..<end]) }
    let head = form == .diagnosis ? 3 : 2
    guard end - start >= head else { return 0 }
    var bits: UInt64 = 0
    var shift: UInt64 = 64
    for position in start..<end {
      let byte = bytes[position]
      if position == start + head {
        guard byte == UInt8(ascii: "."), position + 1 < end else { return 0 }
        continue
      }
      let symbol = symbol(byte)
      let isLetter = symbol > 10
      guard symbol != 0, shift > 4 else { return 0 }
      if position < start + head, isLetter != (form == .diagnosis && position == start) { return 0 }
      shift -= 6
      bits |= symbol << shift
    }
    return bits
  }

  /// How many bytes stand before the second code of a pair and before a mark.
  private static func significant(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    bytes.firstIndex { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "*") }.map { $0 - bytes.startIndex } ?? bytes.count
  }

  /// 1–10 for digits, 11–36 for letters, 0 for anything else.
  @inline(__always)
  private static func symbol(_ byte: UInt8) -> UInt64 {
    switch byte {
    case 0x30...0x39: UInt64(byte) - 0x2F
    case 0x41...0x5A: UInt64(byte) - 0x36
    case 0x61...0x7A: UInt64(byte) - 0x56
    default: 0
    }
  }

  /// How many characters there are, the point not counted.
  var length: Int {
    bits == 0 ? 0 : (69 - bits.trailingZeroBitCount) / 6
  }

  /// The first characters; all of a shorter code.
  @inline(__always)
  func prefix(_ length: Int) -> PackedCode { PackedCode(bits: bits & Self.mask(length)) }

  /// Whether the other code begins with this one.
  func isPrefix(of other: PackedCode) -> Bool { other.prefix(length) == self }

  @inline(__always)
  static func mask(_ length: Int) -> UInt64 { length == 0 ? 0 : ~0 << UInt64(64 - 6 * length) }

  static func < (left: PackedCode, right: PackedCode) -> Bool { left.bits < right.bits }

  /// The code as tables write it: the point at its place, `x` small, the first letter of a diagnosis large.
  func text(_ form: Form) -> String {
    var text = ""
    for position in 0..<length {
      let symbol = UInt8(truncatingIfNeeded: bits >> UInt64(58 - 6 * position) & 0x3F)
      if position == (form == .diagnosis ? 3 : 2) { text += "." }
      let byte =
        symbol <= 10 ? symbol + 0x2F : symbol + 0x36 + (symbol == 34 && position > 0 ? 0x20 : 0)
      text.unicodeScalars.append(Unicode.Scalar(byte))
    }
    return text
  }
}
