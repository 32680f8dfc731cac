/// Tells in which encoding a body is.
enum Encoding {
  /// Throws unless the bytes are UTF-8.
  static func check(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONFault) {
    guard let offset = firstFault(in: bytes) else { return }
    if bytes.count >= 2 && (bytes[0] == 0xFF && bytes[1] == 0xFE || bytes[0] == 0xFE && bytes[1] == 0xFF) {
      throw .looksLikeUTF16
    }
    throw isGBK(bytes) ? .looksLikeGBK(offset: offset) : .notUTF8(offset: offset)
  }

  /// The offset of the first byte that is not UTF-8.
  static func firstFault(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = 0
    while index < raw.count {
      // Eight plain bytes at a time: most of a message is ASCII.
      if index + 8 <= raw.count {
        let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        if word & 0x8080_8080_8080_8080 == 0 {
          index += 8
          continue
        }
      }
      let length = sequenceLength(raw, index)
      guard length > 0 else { return index }
      index += length
    }
    return nil
  }

  /// How long the well-formed sequence at an index is; 0 when it is not well formed (Unicode, table 3-7).
  @inline(__always)
  private static func sequenceLength(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Int {
    let first = bytes[index]
    if first < 0x80 { return 1 }
    let rest = bytes.count - index
    switch first {
    case 0xC2...0xDF:
      return rest >= 2 && isTail(bytes[index + 1]) ? 2 : 0
    case 0xE0...0xEF:
      guard rest >= 3, isTail(bytes[index + 1]), isTail(bytes[index + 2]) else { return 0 }
      if first == 0xE0 && bytes[index + 1] < 0xA0 { return 0 }
      if first == 0xED && bytes[index + 1] > 0x9F { return 0 }
      return 3
    case 0xF0...0xF4:
      guard rest >= 4, isTail(bytes[index + 1]), isTail(bytes[index + 2]), isTail(bytes[index + 3]) else { return 0 }
      if first == 0xF0 && bytes[index + 1] < 0x90 { return 0 }
      if first == 0xF4 && bytes[index + 1] > 0x8F { return 0 }
      return 4
    default:
      return 0
    }
  }

  @inline(__always)
  private static func isTail(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  /// Whether every byte above ASCII belongs to a two- or four-byte character of GB 18030.
  private static func isGBK(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      guard (0x81...0xFE).contains(bytes[index]), index + 1 < bytes.count else { return false }
      let second = bytes[index + 1]
      if (0x40...0xFE).contains(second) && second != 0x7F {
        index += 2
      } else if (0x30...0x39).contains(second), index + 3 < bytes.count, (0x81...0xFE).contains(bytes[index + 2]),
        (0x30...0x39).contains(bytes[index + 3])
      {
        index += 4
      } else {
        return false
      }
    }
    return true
  }
}
