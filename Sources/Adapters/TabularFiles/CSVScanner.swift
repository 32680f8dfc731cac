/// What keeps bytes from being CSV.
enum CSVFault: Error {
  case unclosedQuote(at: Int)
  case textAfterQuote(at: Int)
}

extension CSVRow {
  private static let (comma, quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))
  private static let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))

  /// Finds the fields of the row that begins at `start`.
  ///
  /// - Parameter atEnd: whether no bytes will follow those in the buffer.
  /// - Returns: where the next row begins, or `nil` when the row goes on beyond the buffer.
  mutating func scan(from start: Int, atEnd: Bool) throws(CSVFault) -> Int? {
    self.start = start
    // The layout is taken out so that the buffer alone is borrowed while it grows.
    var found = Layout()
    swap(&found, &layout)
    defer { swap(&found, &layout) }
    return try Self.scan(buffer.span, from: start, atEnd: atEnd, into: &found)
  }

  /// Finds the fields of the row that begins at `start`, in bytes that may be anybody's.
  static func scan(
    _ bytes: borrowing Span<UInt8>, from start: Int, atEnd: Bool, into layout: inout Layout
  ) throws(CSVFault) -> Int? {
    layout.reset()
    let count = bytes.count
    var seen: UInt8 = 0
    defer { layout.seen |= seen }
    var fieldStart = start
    var position = start
    while position < count {
      let byte = bytes[unchecked: position]
      if byte > comma {
        // The common case: every byte with a meaning in CSV is a comma or less.
        seen |= byte
        position += 1
      } else if byte == comma {
        layout.fields.append(Field(start: fieldStart, end: position))
        position += 1
        fieldStart = position
      } else if byte == lineFeed || byte == carriageReturn {
        guard let next = lineEnd(at: position, in: bytes, atEnd: atEnd) else { return nil }
        layout.fields.append(Field(start: fieldStart, end: position))
        return next
      } else if byte == quote, position == fieldStart {
        guard let field = try quoted(from: position, in: bytes, atEnd, layout: &layout) else { return nil }
        layout.fields.append(field)
        position = field.end + 1
        guard position < count else { return atEnd ? count : nil }
        if bytes[unchecked: position] != comma {
          guard let next = lineEnd(at: position, in: bytes, atEnd: atEnd) else { return nil }
          if next == position { throw .textAfterQuote(at: position) }
          return next
        }
        position += 1
        fieldStart = position
      } else {
        position += 1
      }
    }
    guard atEnd else { return nil }
    layout.fields.append(Field(start: fieldStart, end: count))
    return count
  }

  /// The position after a line end, the same position when there is none, `nil` when a line feed may yet follow.
  private static func lineEnd(at position: Int, in bytes: borrowing Span<UInt8>, atEnd: Bool) -> Int? {
    let byte = bytes[unchecked: position]
    if byte == lineFeed { return position + 1 }
    guard byte == carriageReturn else { return position }
    guard position + 1 < bytes.count else { return atEnd ? position + 1 : nil }
    return bytes[unchecked: position + 1] == lineFeed ? position + 2 : position + 1
  }

  /// The field that opens with the quote at `opening`; `nil` when it goes on beyond the buffer.
  private static func quoted(
    from opening: Int, in bytes: borrowing Span<UInt8>, _ atEnd: Bool, layout: inout Layout
  ) throws(CSVFault) -> Field? {
    var hasDoubledQuotes = false
    var position = opening + 1
    var before: UInt8 = 0
    while position < bytes.count {
      let byte = bytes[unchecked: position]
      if byte == quote {
        if position + 1 == bytes.count, !atEnd { return nil }
        if position + 1 == bytes.count || bytes[unchecked: position + 1] != quote {
          return Field(start: opening + 1, end: position, hasDoubledQuotes: hasDoubledQuotes, isQuoted: true)
        }
        hasDoubledQuotes = true
        position += 1
      } else if byte == carriageReturn || byte == lineFeed && before != carriageReturn {
        layout.innerLineBreaks += 1
      }
      layout.seen |= byte
      before = byte
      position += 1
    }
    if atEnd { throw .unclosedQuote(at: opening) }
    return nil
  }
}
