public import Kernel

extension CSVReader {
  /// Calls the body with each row that reads, in order, and `bad` with what is wrong with each that does not.
  ///
  /// Reading goes on with the line after the one on which a row that does not read begins, so that a quote that is
  /// never closed costs one line and not the rest of the file.
  ///
  /// - Parameters:
  ///   - width: the number of fields that a row of several lines must have; with another, its first line is bad.
  ///   - body: takes a row.
  ///   - bad: takes a fault; its line is the line on which the row begins.
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be read, and what the closures throw.
  public func forEachRow(
    width: Int?, _ body: (borrowing CSVRow) throws -> Void, bad: (Diagnostic) throws -> Void
  ) throws {
    var source = try openSource()
    defer { source.close() }
    var row = CSVRow()
    var (atEnd, start) = (false, 0)
    while try fill(&row, from: &source, start: &start, atEnd: &atEnd, isFirst: true), row.buffer.count < 3 {}
    start = row.buffer.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < row.buffer.count || !atEnd {
      let found = look(at: &row, from: start, atEnd: atEnd, width: width)
      switch found {
      case .more: _ = try fill(&row, from: &source, start: &start, atEnd: &atEnd, isFirst: false)
      case .row(let next):
        row.number += 1
        if row.layout.seen >= 0x80, let fault = textFault(of: row, upTo: next) { try bad(fault) } else { try body(row) }
        row.line += 1 + row.layout.innerLineBreaks
        start = next
      case .fault(let fault):
        guard let next = Self.lineEnd(row.buffer, from: start, atEnd: atEnd) else {
          _ = try fill(&row, from: &source, start: &start, atEnd: &atEnd, isFirst: false)
          continue
        }
        row.number += 1
        let (line, excerpt) = (row.line, fault.excerpt)
        try bad(Diagnostic(.error, fault.message, file: name, line: line, column: fault.column, excerpt: excerpt))
        start = next
        row.line += 1
      }
    }
  }

  private enum Found {
    case more
    case row(next: Int)
    case fault(Diagnostic)
  }

  private func look(at row: inout CSVRow, from start: Int, atEnd: Bool, width: Int?) -> Found {
    do throws(Diagnostic) {
      guard let next = try scan(&row, from: start, atEnd: atEnd) else {
        return row.buffer.count - start > Self.longestRow ? .fault(tooLong(row)) : .more
      }
      if let width, row.count != width, row.layout.innerLineBreaks > 0 {
        return .fault(
          diagnostic(
            "引号没有正确闭合：从此行读出 \(row.count) 列，应为 \(width) 列。",
            "a quote is not closed rightly: \(row.count) fields from this line on, expected \(width).", in: row,
            at: start))
      }
      return .row(next: next)
    } catch {
      return .fault(error)
    }
  }

  /// Where the line after a place begins; `nil` when more bytes have to tell.
  private static func lineEnd(_ bytes: [UInt8], from start: Int, atEnd: Bool) -> Int? {
    guard let end = bytes[start...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
      return atEnd ? bytes.count : nil
    }
    if bytes[end] == 0x0A { return end + 1 }
    guard end + 1 < bytes.count || atEnd else { return nil }
    return end + 1 < bytes.count && bytes[end + 1] == 0x0A ? end + 2 : end + 1
  }
}
