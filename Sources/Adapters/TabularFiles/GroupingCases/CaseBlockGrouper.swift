import Kernel

/// Groups the cases of one block after the other: bytes in, bytes out, and what is wrong with rows.
struct CaseBlockGrouper<Rows: RowGrouper>: Sendable {
  typealias Answer = BlockAnswer<Rows.Tally>

  private var row: CaseRow
  private var rows: Rows

  init(_ rows: Rows, _ layout: CaseLayout) {
    row = CaseRow(layout)
    self.rows = rows
  }

  /// Groups the rows of a block.
  mutating func group(_ block: CaseBlock) -> Answer {
    var answer = Answer()
    answer.output.reserveCapacity(block.bytes.count)
    answer.places = block.places
    if let refusal = block.refusal {
      answer.rows = 1
      answer.places = [refusal.line]
      answer.badRows = [Answer.BadRow(line: 0, id: refusal.id, reason: refusal.reason)]
      rows.refuse(id: refusal.id, refusal.reason, to: &answer.output)
    }
    var start = block.start
    while start < block.bytes.count {
      let line = answer.lines
      do throws(RowFault) {
        let end = try scan(block.bytes, from: start)
        answer.lines += 1 + row.fields.innerLineBreaks
        defer { start = end }
        if isBlank { continue }
        answer.rows += 1
        do throws(RowFault) {
          try check(block.bytes, start..<end)
          try row.readNumbers(block.bytes)
          try rows.group(row, block.bytes, into: &answer)
        } catch {
          refuse(error.reason, block.bytes, line, &answer)
        }
      } catch {
        // The quotes are wrong, so that fields cannot be told apart.
        let end = block.bytes.withUnsafeBufferPointer { RowBoundary.rowEnd($0, from: error.resume) }
        answer.rows += 1
        answer.lines += 1 + Self.lineEnds(in: block.bytes[start..<error.resume])
        row.fields.reset()
        refuse(error.reason, block.bytes, line, &answer)
        start = end
      }
    }
    return answer
  }

  private var isBlank: Bool {
    let fields = row.fields.fields
    return fields.count == 1 && fields[0].start == fields[0].end && !fields[0].isQuoted
  }

  /// Finds the fields of a row, and where the next one begins.
  private mutating func scan(_ bytes: [UInt8], from start: Int) throws(RowFault) -> Int {
    if row.layout.form == .tsv { return Self.scanTabs(bytes.span, from: start, into: &row.fields) }
    do throws(CSVFault) {
      return try CSVRow.scan(bytes.span, from: start, atEnd: true, into: &row.fields) ?? bytes.count
    } catch {
      switch error {
      case .unclosedQuote(let place):
        throw RowFault(
          "引号没有闭合；字段内的引号应写成两个 \"\"", "a quote is never closed; write a quote inside a field as two \"\"", resume: place)
      case .textAfterQuote(let place):
        throw RowFault(
          "闭合引号之后只能是逗号或行尾", "only a comma or a line end may follow a closing quote", resume: place)
      }
    }
  }

  private static func scanTabs(_ bytes: borrowing Span<UInt8>, from start: Int, into layout: inout CSVRow.Layout) -> Int
  {
    layout.reset()
    var (position, fieldStart) = (start, start)
    var seen: UInt8 = 0
    while position < bytes.count {
      let byte = bytes[unchecked: position]
      seen |= byte
      if byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") {
        let isEnd = byte == UInt8(ascii: "\n")
        let hasReturn = isEnd && position > fieldStart && bytes[unchecked: position - 1] == UInt8(ascii: "\r")
        layout.fields.append(CSVRow.Field(start: fieldStart, end: hasReturn ? position - 1 : position))
        fieldStart = position + 1
        if isEnd { break }
      }
      position += 1
    }
    if position == bytes.count { layout.fields.append(CSVRow.Field(start: fieldStart, end: position)) }
    layout.seen = seen
    return min(position + 1, bytes.count)
  }

  private func check(_ bytes: [UInt8], _ range: Range<Int>) throws(RowFault) {
    let (count, wanted) = (row.fields.fields.count, row.layout.count)
    if count != wanted {
      throw RowFault("应有 \(wanted) 个字段，实有 \(count) 个", "expected \(wanted) fields, found \(count)")
    }
    if row.fields.seen >= 0x80, UTF8Check.firstFault(in: bytes.span, range) != nil {
      throw RowFault("不是 UTF-8 文本，文件可能是 GBK 编码", "not UTF-8; the file may be GBK")
    }
  }

  private func refuse(_ reason: LocalizedText, _ bytes: [UInt8], _ line: Int, _ answer: inout Answer) {
    let position = row.layout.positions[CaseColumn.id.rawValue]
    let field = position < row.fields.fields.count ? row.fields.fields[position] : nil
    // Bytes that are no text are shown as replacement characters.
    let text = field.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) } ?? ""
    let id = field?.hasDoubledQuotes == true ? text.replacing("\"\"", with: "\"") : text
    answer.badRows.append(Answer.BadRow(line: line, id: id, reason: reason))
    rows.refuse(id: id, reason, to: &answer.output)
  }

  private static func lineEnds(in bytes: ArraySlice<UInt8>) -> Int {
    var (count, before) = (0, UInt8(0))
    for byte in bytes {
      if byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") && before != UInt8(ascii: "\r") { count += 1 }
      before = byte
    }
    return count
  }
}
