import Kernel

/// Writes CSV as RFC 4180 describes it; quotes stand only where they are needed.
///
/// Text is written as it is: a field that begins with `=`, `+`, `-` or `@` may be taken for a formula by spreadsheets.
/// Changing it would change the data, so that whoever shows untrusted text in a spreadsheet must import it as text.
///
/// ```swift
/// try CSVWriter.write(to: "findings.csv") { writer in try writer.append(["line", "message"]) }
/// ```
public struct CSVWriter: ~Copyable {
  /// How lines end.
  public enum LineEnding: Sendable {
    /// `\n`.
    case lineFeed
    /// `\r\n`, as RFC 4180 has it.
    case carriageReturnLineFeed
  }

  private var bytes: [UInt8] = []
  private var isFirst = true
  private let lineEnding: LineEnding
  private let file: ReplacedFile?

  private init(_ lineEnding: LineEnding, byteOrderMark: Bool, file: ReplacedFile?) {
    self.lineEnding = lineEnding
    self.file = file
    if byteOrderMark { bytes = [0xEF, 0xBB, 0xBF] }
  }

  /// Writes a file, which replaces a former one only when the body has returned.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - lineEnding: how lines end.
  ///   - byteOrderMark: whether a UTF-8 mark comes first; spreadsheets need it to read Chinese.
  ///   - body: appends the rows.
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be written, and what the body throws.
  public static func write(
    to path: String, lineEnding: LineEnding = .lineFeed, byteOrderMark: Bool = false,
    _ body: (inout CSVWriter) throws -> Void
  ) throws {
    let file = try ReplacedFile(path: path)
    var writer = CSVWriter(lineEnding, byteOrderMark: byteOrderMark, file: file)
    do {
      try body(&writer)
      try file.write(writer.bytes)
    } catch {
      file.abandon()
      throw error
    }
    try file.commit()
  }

  /// The bytes of a whole table, for small ones.
  public static func bytes(
    of rows: some Sequence<[String]>, lineEnding: LineEnding = .lineFeed, byteOrderMark: Bool = false
  ) -> [UInt8] {
    var writer = CSVWriter(lineEnding, byteOrderMark: byteOrderMark, file: nil)
    for row in rows { writer.encode(row) { $1.append(contentsOf: $0.utf8) } }
    return writer.bytes
  }

  /// Appends a row of at least one field.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be written.
  public mutating func append(_ row: [String]) throws { try append(row) { $1.append(contentsOf: $0.utf8) } }

  /// Appends a row of at least one field, each written as bytes of UTF-8 without a string in between.
  ///
  /// - Parameters:
  ///   - row: what the fields say.
  ///   - text: appends a field's text as it is; quotes are put around it where it needs them.
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be written.
  public mutating func append<Field>(_ row: [Field], _ text: (Field, inout [UInt8]) -> Void) throws {
    encode(row, text)
    guard let file, bytes.count >= 64 << 10 else { return }
    try file.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  private mutating func encode<Field>(_ row: [Field], _ text: (Field, inout [UInt8]) -> Void) {
    precondition(!row.isEmpty, "a CSV row needs at least one field")
    for (position, field) in row.enumerated() {
      if position > 0 { bytes.append(UInt8(ascii: ",")) }
      let start = bytes.count
      text(field, &bytes)
      // A lone empty field would read as an empty line, an unquoted mark at the start as a byte order mark.
      let isMistaken =
        position == 0
        && (row.count == 1 && bytes.count == start || isFirst && bytes[start...].starts(with: [0xEF, 0xBB, 0xBF]))
      if isMistaken || hasSpecial(from: start) { quote(from: start) }
    }
    if lineEnding == .carriageReturnLineFeed { bytes.append(UInt8(ascii: "\r")) }
    bytes.append(UInt8(ascii: "\n"))
    isFirst = false
  }

  private func hasSpecial(from start: Int) -> Bool {
    for place in start..<bytes.count {
      switch bytes[place] {
      case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"): return true
      default: continue
      }
    }
    return false
  }

  private mutating func quote(from start: Int) {
    let field = Array(bytes[start...])
    bytes.removeSubrange(start...)
    bytes.append(UInt8(ascii: "\""))
    for byte in field {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
