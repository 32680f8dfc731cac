import Grouping
import Kernel

/// Groups the cases of one block after the other: bytes in, bytes out, and what is wrong with rows.
///
/// No text is made of a row that can be grouped: codes become numbers of the edition from their bytes, and what stands
/// behind the case's identifier in the output is kept for each group.
struct CaseBlockGrouper {
  /// A row that could not be read.
  struct BadRow: Sendable {
    /// The line within the block, from 0.
    let line: Int
    let id: String
    let reason: LocalizedText
  }

  /// What became of a block.
  struct Answer: Sendable {
    var output: [UInt8] = []
    var badRows: [BadRow] = []
    var rows = 0
    /// Line ends in the block, those inside fields included.
    var lines = 0
    /// Where each line of the block comes from; empty when lines are those of the file.
    var places: [Int] = []
    /// How many cases have each status, by its number.
    var tally = [Int](repeating: 0, count: GroupingStatus.allCases.count)
    /// What the codes gave to say, when they were read by their version.
    var codes = CodeTally()
  }

  let layout: CaseLayout
  let grouper: Grouper
  private let codes: CaseCodes?
  private var writer: ResultWriter
  var coded = CodedCase()
  var fields = CSVRow.Layout()
  /// A field whose doubled quotes were taken out.
  var plain: [UInt8] = []
  /// Codes of the row that the edition does not know, joined.
  var unknown: [UInt8] = []

  init(_ grouper: Grouper, _ layout: CaseLayout, _ form: ResultForm, codes: CaseCodes? = nil) {
    (self.grouper, self.layout, self.codes) = (grouper, layout, codes)
    writer = ResultWriter(form, grouper)
  }

  /// Groups the rows of a block.
  mutating func group(_ block: CaseBlock) -> Answer {
    var answer = Answer()
    answer.output.reserveCapacity(block.bytes.count)
    answer.places = block.places
    if let row = block.refusal {
      answer.rows = 1
      answer.places = [row.line]
      answer.badRows = [BadRow(line: 0, id: row.id, reason: row.reason)]
      writer.append(id: row.id, invalid: row.reason, to: &answer.output)
    }
    var start = block.start
    while start < block.bytes.count {
      let line = answer.lines
      do throws(RowFault) {
        let end = try scan(block.bytes, from: start)
        answer.lines += 1 + fields.innerLineBreaks
        defer { start = end }
        if isBlank { continue }
        answer.rows += 1
        do throws(RowFault) {
          try check(block.bytes, start..<end)
          let status = try groupRow(block.bytes, into: &answer)
          answer.tally[Int(status.rawValue)] += 1
        } catch {
          refuse(error.reason, block.bytes, line, &answer)
        }
      } catch {
        // The quotes are wrong, so that fields cannot be told apart.
        let end = block.bytes.withUnsafeBufferPointer { RowBoundary.rowEnd($0, from: error.resume) }
        answer.rows += 1
        answer.lines += 1 + Self.lineEnds(in: block.bytes[start..<error.resume])
        fields.reset()
        refuse(error.reason, block.bytes, line, &answer)
        start = end
      }
    }
    return answer
  }

  private var isBlank: Bool {
    fields.fields.count == 1 && fields.fields[0].start == fields.fields[0].end && !fields.fields[0].isQuoted
  }

  /// Finds the fields of a row, and where the next one begins.
  private mutating func scan(_ bytes: [UInt8], from start: Int) throws(RowFault) -> Int {
    if layout.form == .tsv { return Self.scanTabs(bytes.span, from: start, into: &fields) }
    do throws(CSVFault) {
      return try CSVRow.scan(bytes.span, from: start, atEnd: true, into: &fields) ?? bytes.count
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
    if fields.fields.count != layout.count {
      throw RowFault(
        "应有 \(layout.count) 个字段，实有 \(fields.fields.count) 个",
        "expected \(layout.count) fields, found \(fields.fields.count)")
    }
    if fields.seen >= 0x80, UTF8Check.firstFault(in: bytes.span, range) != nil {
      throw RowFault("不是 UTF-8 文本，文件可能是 GBK 编码", "not UTF-8; the file may be GBK")
    }
  }

  private mutating func groupRow(_ bytes: [UInt8], into answer: inout Answer) throws(RowFault) -> GroupingStatus {
    try fill(bytes)
    if let codes {
      let reviewed = codes.review(groupingCase(bytes))
      answer.codes.add(reviewed)
      return group(reviewed, bytes, into: &answer.output)
    }
    return group(bytes, into: &answer.output)
  }

  private func group(_ reviewed: ReviewedCase, _ bytes: [UInt8], into output: inout [UInt8]) -> GroupingStatus {
    writer.append(id: field(.id), of: bytes, to: &output)
    if writer.form.explains {
      let trace = grouper.explain(reviewed.groupingCase)
      writer.append(trace, reviewed, to: &output)
      return trace.result.status
    }
    let result = grouper.group(reviewed.groupingCase)
    writer.append(result, reviewed, to: &output)
    return result.status
  }

  private mutating func group(_ bytes: [UInt8], into output: inout [UInt8]) -> GroupingStatus {
    if writer.form.explains {
      let trace = grouper.explain(groupingCase(bytes))
      writer.append(id: field(.id), of: bytes, to: &output)
      writer.append(trace, to: &output)
      return trace.result.status
    }
    let result = grouper.group(coded)
    writer.append(id: field(.id), of: bytes, to: &output)
    writer.append(result, unknown: unknown, to: &output)
    return result.status
  }

  private func refuse(_ reason: LocalizedText, _ bytes: [UInt8], _ line: Int, _ answer: inout Answer) {
    let position = layout.positions[CaseColumn.id.rawValue]
    let field = position < fields.fields.count ? fields.fields[position] : nil
    // Bytes that are no text are shown as replacement characters.
    let id = field.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) } ?? ""
    answer.badRows.append(BadRow(line: line, id: id, reason: reason))
    writer.append(id: id, invalid: reason, to: &answer.output)
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

/// What keeps a row from being read.
struct RowFault: Error {
  let reason: LocalizedText
  /// Where to look for the row's end when its fields could not be told apart.
  var resume = 0

  init(_ chinese: String, _ english: String, resume: Int = 0) {
    reason = LocalizedText(chinese, english)
    self.resume = resume
  }
}
