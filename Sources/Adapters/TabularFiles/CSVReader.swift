import Kernel

/// Reads CSV as RFC 4180 describes it, one row at a time and with bounded memory.
///
/// Fields may be quoted, quotes inside are doubled, quoted fields may hold commas and line breaks. Lines end with LF,
/// CR LF or CR; a last line without an end counts. A UTF-8 byte order mark is skipped. A quote inside an unquoted
/// field is an ordinary character. Text must be UTF-8.
///
/// ```swift
/// try CSVReader(path: "mapping.csv").forEachRow { row in
///   print(row.line, row[0])
/// }
/// ```
public struct CSVReader {
  /// Bytes that one row may take; more means a quote that was never closed.
  public static let longestRow = 8 << 20

  private enum Origin {
    case file(String)
    case memory([UInt8])
  }

  /// The file's name in diagnostics.
  public let name: String
  private let origin: Origin
  private let chunkSize: Int

  /// Reads from a file, which is opened when the rows are asked for.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - chunkSize: bytes read at a time.
  public init(path: String, chunkSize: Int = 256 << 10) {
    precondition(chunkSize > 0, "a chunk needs at least one byte")
    name = path
    origin = .file(path)
    self.chunkSize = chunkSize
  }

  /// Reads from memory.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - name: what diagnostics call it.
  ///   - chunkSize: bytes taken at a time.
  public init(bytes: some Sequence<UInt8>, name: String, chunkSize: Int = 256 << 10) {
    precondition(chunkSize > 0, "a chunk needs at least one byte")
    self.name = name
    origin = .memory(Array(bytes))
    self.chunkSize = chunkSize
  }

  /// Calls the body with each row in order, the header row and empty lines included.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be read or is not CSV in UTF-8, and what the body throws.
  public func forEachRow(_ body: (borrowing CSVRow) throws -> Void) throws {
    var source = try openSource()
    defer { source.close() }
    var row = CSVRow()
    var atEnd = false
    var start = 0
    while try fill(&row, from: &source, start: &start, atEnd: &atEnd, isFirst: true), row.buffer.count < 3 {}
    start = row.buffer.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while true {
      if start == row.buffer.count, atEnd { return }
      guard let next = try scan(&row, from: start, atEnd: atEnd) else {
        _ = try fill(&row, from: &source, start: &start, atEnd: &atEnd, isFirst: false)
        continue
      }
      row.number += 1
      try checkText(of: row, upTo: next)
      try body(row)
      row.line += 1 + row.layout.innerLineBreaks
      start = next
    }
  }

  /// Every row as text; for small files.
  ///
  /// - Throws: as ``forEachRow(_:)``.
  public func rows() throws -> [[String]] {
    var rows: [[String]] = []
    try forEachRow { rows.append($0.strings) }
    return rows
  }

  func openSource() throws(Diagnostic) -> ByteSource {
    switch origin {
    case .file(let path): try ByteSource.open(path)
    case .memory(let bytes): .memory(bytes, at: 0)
    }
  }

  /// Moves the unfinished row to the front and reads on; false at the end of the file.
  func fill(
    _ row: inout CSVRow, from source: inout ByteSource, start: inout Int, atEnd: inout Bool, isFirst: Bool
  ) throws(Diagnostic) -> Bool {
    row.buffer.removeFirst(start)
    start = 0
    if row.buffer.count > Self.longestRow {
      throw tooLong(row)
    }
    // A long row doubles the buffer, so that looking at it again from its start stays cheap.
    let wanted = max(chunkSize, isFirst ? 0 : row.buffer.count)
    atEnd = try !source.read(into: &row.buffer, count: wanted, name: name)
    return !atEnd
  }

  func scan(_ row: inout CSVRow, from start: Int, atEnd: Bool) throws(Diagnostic) -> Int? {
    do {
      return try row.scan(from: start, atEnd: atEnd)
    } catch {
      switch error {
      case .unclosedQuote(let place):
        throw diagnostic(
          "此处开始的引号直到文件结尾没有闭合；字段内的引号应写成两个 \"\"。",
          "the quote opened here is never closed; write a quote inside a field as two \"\".", in: row, at: place)
      case .textAfterQuote(let place):
        throw diagnostic(
          "闭合引号之后只能是逗号或行尾；字段内的引号应写成两个 \"\"。",
          "only a comma or a line end may follow a closing quote; write a quote inside a field as two \"\".",
          in: row, at: place)
      }
    }
  }

  func tooLong(_ row: borrowing CSVRow) -> Diagnostic {
    let opening = row.buffer.firstIndex(of: UInt8(ascii: "\"")) ?? 0
    return diagnostic(
      "一行超过 \(Self.longestRow >> 20) MiB，多半是此处附近的引号没有闭合。",
      "a row is longer than \(Self.longestRow >> 20) MiB; probably a quote near here is never closed.",
      in: row, at: opening)
  }

  private func checkText(of row: borrowing CSVRow, upTo next: Int) throws(Diagnostic) {
    if row.layout.seen < 0x80 { return }
    if let fault = textFault(of: row, upTo: next) { throw fault }
  }

  /// What is wrong with the characters of a row; `nil` when they are UTF-8.
  func textFault(of row: borrowing CSVRow, upTo next: Int) -> Diagnostic? {
    guard let place = UTF8Check.firstFault(in: row.buffer.span, row.start..<next) else { return nil }
    let lead = row.buffer[place]
    if row.number == 1, place == 0, lead == 0xFF || lead == 0xFE {
      return diagnostic(
        "文件是 UTF-16 编码；请另存为「CSV UTF-8」，或用 iconv -f UTF-16 -t UTF-8 转换。",
        "the file is UTF-16; save it as \"CSV UTF-8\" or convert it with: iconv -f UTF-16 -t UTF-8", in: row, at: place)
    }
    return diagnostic(
      "此处不是 UTF-8 文本，文件可能是 GBK 编码（表格软件另存 CSV 的默认编码）；请另存为「CSV UTF-8」，"
        + "或用 iconv -f GB18030 -t UTF-8 转换。",
      "this is not UTF-8; the file may be GBK, as spreadsheets save by default: save it as \"CSV UTF-8\" "
        + "or convert it with: iconv -f GB18030 -t UTF-8", in: row, at: place)
  }

  /// A diagnostic at a byte of the row: the line is counted, the column is the byte's place in its line.
  func diagnostic(_ chinese: String, _ english: String, in row: borrowing CSVRow, at place: Int) -> Diagnostic {
    let before = row.buffer[row.start..<place]
    var (line, lineStart, previous) = (row.line, row.start, UInt8(0))
    for (position, byte) in zip(before.indices, before) {
      if byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") && previous != UInt8(ascii: "\r") { line += 1 }
      if byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") { lineStart = position + 1 }
      previous = byte
    }
    let rest = row.buffer[lineStart...].prefix(200).prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
    let excerpt = String(String(decoding: rest, as: UTF8.self).prefix(60))
    return Diagnostic(
      .error, LocalizedText(chinese, english), file: name, line: line, column: place - lineStart + 1, excerpt: excerpt)
  }
}
