/// One row of a CSV file while it is being read: fields as bytes, and as text when asked for.
///
/// The row lends its bytes from the reader's buffer and cannot be kept; take ``strings`` for that.
public struct CSVRow: ~Copyable {
  /// Where a field's text lies in the buffer, quotes left out.
  struct Field {
    var start: Int
    var end: Int
    /// Whether the text holds doubled quotes.
    var hasDoubledQuotes = false
    var isQuoted = false
  }

  /// What one look at the row's bytes finds.
  struct Layout {
    var fields: [Field] = []
    /// Line breaks inside quoted fields.
    var innerLineBreaks = 0
    /// All bytes of the text, combined by "or": above 0x7F when one is not ASCII.
    var seen: UInt8 = 0

    mutating func reset() {
      fields.removeAll(keepingCapacity: true)
      innerLineBreaks = 0
      seen = 0
    }
  }

  var buffer: [UInt8] = []
  var layout = Layout()
  /// Where the row begins in the buffer.
  var start = 0

  private var fields: [Field] { layout.fields }

  /// The line of the file on which the row begins, from 1.
  public internal(set) var line = 1
  /// The number of the row, from 1; differs from the line when fields hold line breaks.
  public internal(set) var number = 0

  /// How many fields the row has; at least one.
  public var count: Int { fields.count }

  /// Whether the row is an empty line.
  public var isBlank: Bool { fields.count == 1 && fields[0].start == fields[0].end && !fields[0].isQuoted }

  /// The field's text, quotes removed; the position must be one of the row's.
  public subscript(position: Int) -> String {
    withBytes(at: position) { bytes in bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } }
  }

  /// Every field's text.
  public var strings: [String] {
    var texts: [String] = []
    texts.reserveCapacity(fields.count)
    for position in fields.indices { texts.append(self[position]) }
    return texts
  }

  /// Whether the field has no text.
  public func isEmpty(at position: Int) -> Bool { fields[position].start == fields[position].end }

  /// Lends the field's bytes, valid UTF-8 with quotes removed; copies them only when the field holds doubled quotes.
  public func withBytes<Result, Failure: Error>(
    at position: Int, _ body: (borrowing Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let field = fields[position]
    guard field.hasDoubledQuotes else { return try body(buffer.span.extracting(field.start..<field.end)) }
    var plain: [UInt8] = []
    plain.reserveCapacity(field.end - field.start)
    var next = field.start
    while next < field.end {
      plain.append(buffer[next])
      next += buffer[next] == UInt8(ascii: "\"") ? 2 : 1
    }
    return try body(plain.span)
  }
}
