#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Where rows end in bytes that begin with a row, quotes understood as ``CSVReader`` does.
enum RowBoundary {
  private static let (comma, quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))
  private static let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))

  /// How many bytes at the front are whole rows, if more bytes follow; 0 when not even one row ends.
  static func wholeRows(_ bytes: UnsafeBufferPointer<UInt8>, _ form: CaseLayout.Form) -> Int {
    guard form == .csv else { return lastLineEnd(bytes, 0..<bytes.count) ?? 0 }
    var boundary = 0
    var position = 0
    // Between quoted fields every line end is a row's end; a quote opens a field only at its start.
    while let found = first(quote, in: bytes, position..<bytes.count) {
      boundary = lastLineEnd(bytes, position..<found) ?? boundary
      guard found == 0 || isBeforeField(bytes[found - 1]) else {
        position = found + 1
        continue
      }
      guard let end = closing(found, in: bytes) else { return boundary }
      position = end
    }
    return lastLineEnd(bytes, position..<bytes.count) ?? boundary
  }

  /// Where the row that holds a position outside quotes ends.
  static func rowEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      if byte == lineFeed { return position + 1 }
      if byte == carriageReturn {
        return position + 1 < bytes.count && bytes[position + 1] == lineFeed ? position + 2 : position + 1
      }
      if byte == quote, position > start, isBeforeField(bytes[position - 1]), let end = closing(position, in: bytes) {
        position = end
      } else {
        position += 1
      }
    }
    return bytes.count
  }

  private static func isBeforeField(_ byte: UInt8) -> Bool {
    byte == comma || byte == lineFeed || byte == carriageReturn
  }

  /// The position after the quote that closes the one at `opening`; `nil` when the bytes end first.
  private static func closing(_ opening: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var position = opening + 1
    while let found = first(quote, in: bytes, position..<bytes.count) {
      // The last byte may yet turn out to be the first of two.
      if found + 1 == bytes.count { return nil }
      if bytes[found + 1] != quote { return found + 1 }
      position = found + 2
    }
    return nil
  }

  private static func first(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
    guard let base = bytes.baseAddress, !range.isEmpty,
      let found = memchr(base + range.lowerBound, Int32(byte), range.count)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// The position after the last line end in a range; a carriage return as the very last byte may yet be half of one.
  private static func lastLineEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
    var position = range.upperBound
    while position > range.lowerBound {
      position -= 1
      if bytes[position] == lineFeed { return position + 1 }
      if bytes[position] == carriageReturn, position + 1 < bytes.count {
        return bytes[position + 1] == lineFeed ? nil : position + 1
      }
    }
    return nil
  }
}
