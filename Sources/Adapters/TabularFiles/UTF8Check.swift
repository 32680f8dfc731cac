/// Whether bytes are well-formed UTF-8 (Unicode 16, table 3-7).
enum UTF8Check {
  /// The position of the first byte that cannot belong to UTF-8 text, or `nil`.
  static func firstFault(in bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Int? {
    var position = range.lowerBound
    let end = range.upperBound
    while position < end {
      let lead = bytes[unchecked: position]
      if lead < 0x80 {
        position += 1
        continue
      }
      let length = length(of: lead)
      guard length > 0, position + length <= end, secondBytes(after: lead).contains(bytes[unchecked: position + 1])
      else { return position }
      for offset in 2..<max(length, 2) where bytes[unchecked: position + offset] & 0xC0 != 0x80 { return position }
      position += length
    }
    return nil
  }

  private static func length(of lead: UInt8) -> Int {
    switch lead {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 0
    }
  }

  /// Overlong forms, surrogates and numbers beyond U+10FFFF are shut out by the second byte.
  private static func secondBytes(after lead: UInt8) -> ClosedRange<UInt8> {
    switch lead {
    case 0xE0: 0xA0...0xBF
    case 0xED: 0x80...0x9F
    case 0xF0: 0x90...0xBF
    case 0xF4: 0x80...0x8F
    default: 0x80...0xBF
    }
  }
}
