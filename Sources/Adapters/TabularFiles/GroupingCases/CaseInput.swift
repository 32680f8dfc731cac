public import Grouping
public import Kernel

/// Where cases come from.
public enum CaseInput {
  /// A table with a header: CSV, or the first sheet of a workbook, told by the file's first bytes; `-` reads CSV from
  /// standard input.
  case table(path: String)
  /// Lines of tabs without a header, all columns in order, `\N` for nothing, as Spark's `TRANSFORM` hands them out; `-`
  /// reads standard input.
  case tabs(path: String)
  /// CSV in memory.
  case bytes([UInt8], name: String)
  /// Cases that a program makes one by one: it hands each to the first closure, or the reason why there is none to the
  /// second.
  case cases((CaseTaker) throws -> Void)

  func open(blockBytes: Int, longestRow: Int) throws -> any CaseBlockSource {
    switch self {
    case .table(let path):
      if path != "-", case .workbook = try FileForm.of(path) {
        return try SheetCases(TableReader(path: path), blockBytes: blockBytes)
      }
      if path != "-", case .compound = try FileForm.of(path) { throw FileForm.compoundDiagnostic(path) }
      return try FileCases(
        try Self.source(path), name: path, form: .csv, blockBytes: blockBytes, longestRow: longestRow)
    case .tabs(let path):
      return try FileCases(
        try Self.source(path), name: path, form: .tsv, blockBytes: blockBytes, longestRow: longestRow)
    case .bytes(let bytes, let name):
      return try FileCases(
        .memory(bytes, at: 0), name: name, form: .csv, blockBytes: blockBytes, longestRow: longestRow)
    case .cases(let give): return MadeCases(give, blockBytes: blockBytes)
    }
  }

  private static func source(_ path: String) throws(Diagnostic) -> ByteSource {
    path == "-" ? .file(descriptor: 0) : try ByteSource.open(path)
  }
}

/// Blocks of rows in order.
protocol CaseBlockSource: AnyObject {
  var layout: CaseLayout { get }
  /// The line on which the first row begins.
  var firstLine: Int { get }
  /// Hands out blocks, with how many bytes of the input were read.
  func forEachBlock(_ body: (CaseBlock, Int) throws -> Void) throws
}

/// The blocks of a file of lines.
private final class FileCases: CaseBlockSource {
  private var blocks: CaseBlocks
  let layout: CaseLayout
  let firstLine: Int

  init(
    _ source: ByteSource, name: String, form: CaseLayout.Form, blockBytes: Int, longestRow: Int
  ) throws(Diagnostic) {
    blocks = try CaseBlocks(source, name: name, form: form, blockBytes: blockBytes, longestRow: longestRow)
    (layout, firstLine) = (blocks.layout, blocks.firstLine)
  }

  func forEachBlock(_ body: (CaseBlock, Int) throws -> Void) throws {
    while let block = try blocks.next() { try body(block, blocks.byteCount) }
  }
}

/// Rows that are written anew as lines, because they come as cells or as cases.
private struct WrittenRows {
  private let blockBytes: Int
  private var bytes: [UInt8] = []
  private var places: [Int] = []

  init(blockBytes: Int) { self.blockBytes = blockBytes }

  /// Adds a row; a full block is handed out.
  mutating func add(_ cells: [String], place: Int, _ body: (CaseBlock, Int) throws -> Void) throws {
    // One line a row, so that the row's place can be told from its line.
    let cells = cells.map { cell in
      cell.utf8.contains { $0 == 0x0A || $0 == 0x0D } ? String(cell.map { $0.isNewline ? " " : $0 }) : cell
    }
    bytes += CSVWriter.bytes(of: [cells])
    places.append(place)
    if bytes.count >= blockBytes { try flush(body) }
  }

  mutating func flush(_ body: (CaseBlock, Int) throws -> Void) throws {
    if bytes.isEmpty { return }
    try body(CaseBlock(bytes: bytes, places: places), 0)
    (bytes, places) = ([], [])
  }

  mutating func refuse(_ row: CaseBlock.Refusal, _ body: (CaseBlock, Int) throws -> Void) throws {
    try flush(body)
    try body(CaseBlock(bytes: [], refusal: row), 0)
  }
}

/// The rows of a sheet.
private final class SheetCases: CaseBlockSource {
  private let table: TableReader
  private let blockBytes: Int
  let layout: CaseLayout
  private let headerLine: Int
  var firstLine: Int { headerLine + 1 }

  init(_ table: TableReader, blockBytes: Int) throws {
    (self.table, self.blockBytes) = (table, blockBytes)
    struct Found: Error {}
    var header: (layout: CaseLayout, line: Int)?
    do {
      try table.forEachRow { row in
        header = (try CaseColumn.layout(row, file: table.name), row.line)
        throw Found()
      }
    } catch is Found {}
    guard let header else {
      throw Diagnostic(
        .error, LocalizedText("表是空的，首行应为列名。", "the table is empty; its first row must name the columns."),
        file: table.name)
    }
    (layout, headerLine) = header
  }

  func forEachBlock(_ body: (CaseBlock, Int) throws -> Void) throws {
    var written = WrittenRows(blockBytes: blockBytes)
    try table.forEachRow { row in
      if row.line == headerLine { return }
      // Cells that are empty at the end of a row are not in the file; those beyond the header are nobody's.
      var cells: [String] = []
      for position in 0..<layout.count { cells.append(position < row.count ? row[position] : "") }
      if cells.allSatisfy(\.isEmpty) { return }
      try written.add(cells, place: row.line, body)
    }
    try written.flush(body)
  }
}

/// Takes cases one by one.
public final class CaseTaker {
  private var written: WrittenRows
  private let body: (CaseBlock, Int) throws -> Void

  fileprivate init(blockBytes: Int, _ body: @escaping (CaseBlock, Int) throws -> Void) {
    written = WrittenRows(blockBytes: blockBytes)
    self.body = body
  }

  /// Takes a case.
  ///
  /// - Parameters:
  ///   - groupingCase: the case.
  ///   - line: where it stands in its file.
  /// - Throws: what stops the batch.
  public func take(_ groupingCase: GroupingCase, line: Int) throws {
    func text(_ number: Int?) -> String { number.map { "\($0)" } ?? "" }
    let cells = [
      groupingCase.id, text(groupingCase.sex.map { Int($0.rawValue) }), text(groupingCase.ageYears),
      text(groupingCase.ageDays), text(groupingCase.birthWeightGrams), text(groupingCase.stayDays),
      text(groupingCase.dischargeKind), groupingCase.department, groupingCase.diagnoses.joined(separator: "|"),
      groupingCase.procedures.joined(separator: "|"),
    ]
    try written.add(cells, place: line, body)
  }

  /// Takes the reason why there is no case.
  ///
  /// - Parameters:
  ///   - id: the case's identifier, as far as it is known.
  ///   - line: where it stands in its file.
  ///   - reason: what is wrong with it.
  /// - Throws: what stops the batch.
  public func refuse(id: String, line: Int, reason: LocalizedText) throws {
    try written.refuse(CaseBlock.Refusal(id: id, line: line, reason: reason), body)
  }

  fileprivate func finish() throws { try written.flush(body) }
}

/// Cases that a program makes.
private final class MadeCases: CaseBlockSource {
  let layout = CaseLayout.inOrder(.csv)
  let firstLine = 1
  private let give: (CaseTaker) throws -> Void
  private let blockBytes: Int

  init(_ give: @escaping (CaseTaker) throws -> Void, blockBytes: Int) {
    (self.give, self.blockBytes) = (give, blockBytes)
  }

  func forEachBlock(_ body: (CaseBlock, Int) throws -> Void) throws {
    try withoutActuallyEscaping(body) { body in
      let taker = CaseTaker(blockBytes: blockBytes, body)
      try give(taker)
      try taker.finish()
    }
  }
}
