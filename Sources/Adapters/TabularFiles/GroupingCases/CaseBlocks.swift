import Kernel

/// Bytes that hold whole rows of cases.
struct CaseBlock: Sendable {
  let bytes: [UInt8]
  /// Where the rows begin; before it lies what was read already.
  var start = 0
  /// Where each line comes from, for blocks that were written from cells or cases.
  var places: [Int] = []
  /// A row of which there are no bytes, because it could not be read at all.
  var refusal: Refusal?

  struct Refusal: Sendable {
    let id: String
    let line: Int
    let reason: LocalizedText
  }
}

/// Cuts a file into blocks of whole rows, so that each can be read by another thread.
struct CaseBlocks: ~Copyable {
  /// The columns of the file.
  private(set) var layout: CaseLayout
  /// The line on which the first block's rows begin.
  private(set) var firstLine = 1
  /// Bytes read so far.
  private(set) var byteCount = 0

  private var source: ByteSource
  private let name: String
  private let blockBytes: Int
  private let longestRow: Int
  private var rest: [UInt8] = []
  private var isAtEnd = false
  private var pending: CaseBlock?

  private static let readBytes = 128 << 10

  /// Opens a file and reads its header.
  ///
  /// - Parameters:
  ///   - source: the file.
  ///   - name: what diagnostics call it.
  ///   - form: how fields are told apart.
  ///   - blockBytes: about how much a block holds.
  ///   - longestRow: bytes after which a row is taken to end with its line.
  init(
    _ source: ByteSource, name: String, form: CaseLayout.Form, blockBytes: Int, longestRow: Int
  ) throws(Diagnostic) {
    (self.source, self.name, self.blockBytes, self.longestRow) = (source, name, blockBytes, longestRow)
    layout = .inOrder(form)
    if form == .csv { try readHeader() }
  }

  deinit { source.close() }

  /// The next rows, or `nil` at the end.
  mutating func next() throws(Diagnostic) -> CaseBlock? {
    if let block = pending {
      pending = nil
      return block
    }
    var wanted = blockBytes
    while !isAtEnd {
      let count = rest.count
      isAtEnd = try !source.read(into: &rest, count: max(1, min(wanted - count, Self.readBytes)), name: name)
      byteCount += rest.count - count
      if isAtEnd { break }
      if rest.count < wanted { continue }
      if let block = cut() { return block }
      // A row longer than a block doubles it, so that looking for its end again stays cheap.
      wanted = rest.count * 2
    }
    guard !rest.isEmpty else { return nil }
    defer { rest = [] }
    return CaseBlock(bytes: rest)
  }

  /// The whole rows of what was read; the rest goes into the next block.
  private mutating func cut() -> CaseBlock? {
    var end = rest.withUnsafeBufferPointer { RowBoundary.wholeRows($0, layout.form) }
    if end == 0, rest.count > longestRow {
      // A quote that is never closed: the row is taken for what it is up to its line's end, and reading goes on there.
      end = rest.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.count
    }
    guard end > 0 else { return nil }
    var next: [UInt8] = []
    next.reserveCapacity(blockBytes + 4_096)
    next.append(contentsOf: rest[end...])
    swap(&next, &rest)
    next.removeLast(next.count - end)
    return CaseBlock(bytes: next)
  }

  /// Takes the header off the first block.
  private mutating func readHeader() throws(Diagnostic) {
    var isFirst = true
    while let block = try next() {
      var row = CSVRow()
      row.buffer = block.bytes
      row.line = firstLine
      var start = isFirst && block.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      isFirst = false
      while start < row.buffer.count {
        guard let end = try? row.scan(from: start, atEnd: true) else {
          throw diagnostic("首行应为列名。", "the first row must name the columns.")
        }
        if UTF8Check.firstFault(in: row.buffer.span, start..<end) != nil {
          throw diagnostic(
            "列名不是 UTF-8，文件可能是 GBK 编码；请另存为「CSV UTF-8」，或用 iconv -f GB18030 -t UTF-8 转换。",
            "the header is not UTF-8; the file may be GBK: save it as \"CSV UTF-8\" or convert it with: "
              + "iconv -f GB18030 -t UTF-8")
        }
        firstLine += 1 + row.layout.innerLineBreaks
        start = end
        if row.isBlank { continue }
        layout = try CaseColumn.layout(row, file: name)
        pending = CaseBlock(bytes: block.bytes, start: start)
        return
      }
    }
    throw diagnostic("文件是空的，首行应为列名。", "the file is empty; its first row must name the columns.")
  }

  private func diagnostic(_ chinese: String, _ english: String) -> Diagnostic {
    Diagnostic(.error, LocalizedText(chinese, english), file: name, line: firstLine)
  }
}
