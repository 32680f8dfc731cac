/// Reading the text of string nodes whose form the parser has checked.
enum JSONText {
  /// The string a node stands for.
  static func string(_ bytes: UnsafeBufferPointer<UInt8>, _ node: JSONNode) -> String {
    let range = UnsafeBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.start + node.count)])
    guard node.isEscaped else { return String(decoding: range, as: UTF8.self) }
    return String(decoding: unescaped(range), as: UTF8.self)
  }

  /// Whether two string nodes stand for the same string.
  static func isEqual(_ bytes: UnsafeBufferPointer<UInt8>, _ left: JSONNode, _ right: JSONNode) -> Bool {
    if left.isEscaped || right.isEscaped { return string(bytes, left) == string(bytes, right) }
    return left.count == right.count
      && bytes[Int(left.start)..<Int(left.start + left.count)]
        .elementsEqual(bytes[Int(right.start)..<Int(right.start + right.count)])
  }

  /// The bytes a string's escapes stand for.
  static func unescaped(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == Ascii.backslash, index + 1 < bytes.count else {
        result.append(byte)
        index += 1
        continue
      }
      let letter = bytes[index + 1]
      index += 2
      guard letter == UInt8(ascii: "u") else {
        result.append(plain(letter))
        continue
      }
      var scalar = unit(bytes, index)
      index += 4
      if (0xD800...0xDBFF).contains(scalar) {
        scalar = 0x10000 + (scalar - 0xD800) << 10 + (unit(bytes, index + 2) - 0xDC00)
        index += 6
      }
      append(scalar, to: &result)
    }
    return result
  }

  private static func plain(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: letter
    }
  }

  private static func unit(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt32 {
    guard index + 4 <= bytes.count else { return 0xFFFD }
    return bytes[index..<index + 4].reduce(0) { $0 << 4 | UInt32(Ascii.hexadecimal($1) ?? 0) }
  }

  private static func append(_ scalar: UInt32, to result: inout [UInt8]) {
    let character = Unicode.Scalar(scalar) ?? "\u{FFFD}"
    result.append(contentsOf: UTF8.encode(character) ?? UTF8.encodedReplacementCharacter)
  }
}
