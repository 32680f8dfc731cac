import Catalog
import Foundation
import Kernel
import NationalInterface
import People
import TabularFiles
import Workflows

/// Reads the parts of a folder in order and hands them to the desk, block by block.
final class ImportReading {
  private let desk: ImportDesk
  private let sheets: UnusableSheets
  private let region: String
  private let language: Language
  private let meter = LineMeter()
  private(set) var notes: [ImportFileNote]
  private var institution: String?
  private var codes: Set<String> = []

  /// Lists that are checked, grouped and stored together.
  private static let block = 500

  init(
    _ folder: ImportFolder, desk: ImportDesk, sheets: UnusableSheets, institution: String?, region: String,
    language: Language
  ) {
    (self.desk, self.sheets, self.region, self.language) = (desk, sheets, region, language)
    notes = folder.notes
    self.institution = institution
  }

  /// Reads everything: institutions, then mappings, then lists.
  func read(_ folder: ImportFolder) throws {
    for fault in folder.faults { try sheets.append(fault.finding, at: fault.place) }
    for part in folder.parts(.institutions) { try guarded(part) { try readInstitutions(part) } }
    if institution == nil, codes.count == 1 { institution = codes.first }
    try readMappings(folder)
    for part in folder.parts(.lists) {
      try guarded(part) { if part.table == nil { try readMessages(part) } else { try readTable(part) } }
    }
    meter.clear()
  }

  /// A part that stops being readable is one fault; what came before it stays.
  private func guarded(_ part: ImportPart, _ body: () throws -> Void) throws {
    do { try body() } catch let diagnostic as Diagnostic where diagnostic.file.hasPrefix(part.path) {
      let rule: ImportRule = diagnostic.line == nil ? .fileUnreadable : .columnsWrong
      count(part, unusable: 1)
      try sheets.append(ImportFinding(rule, detail: diagnostic.message), at: part.place(diagnostic.line))
    }
  }

  private func count(_ part: ImportPart, read: Int = 0, used: Int = 0, unusable: Int = 0) {
    guard let place = notes.firstIndex(where: { $0.file == part.file }) else { return }
    notes[place].read += read
    notes[place].used += used
    notes[place].unusable += unusable
  }

  private func settle(_ answers: [ImportDesk.Answer], _ part: ImportPart) throws {
    let unusable = answers.count { $0.outcome == .unusable }
    count(part, read: answers.count, used: answers.count - unusable, unusable: unusable)
    for answer in answers where answer.outcome == .unusable {
      for finding in answer.findings where finding.isRefusing { try sheets.append(finding, at: answer.place) }
    }
    let all = notes.reduce(0) { $0 + $1.read }
    meter.show(Terminal.say(language, "已读 \(all) 行，\(part.file)", "\(all) rows, \(part.file)"))
  }

  // MARK: Institutions and mappings

  private func readInstitutions(_ part: ImportPart) throws {
    guard let table = part.table else { return }
    var rows: [ImportDesk.Row<InstitutionRecord>] = []
    try ImportRows(table.sheet, headerLine: table.headerLine, columns: InstitutionTable.columns).forEach { row in
      switch InstitutionTable.read(row, region: region) {
      case .success(let record):
        rows.append(.init(record, at: part.place(row.line)))
        codes.insert(record.institution.code)
      case .failure(let faults):
        for finding in faults.findings { try sheets.append(finding, at: part.place(row.line)) }
        try broken(part, institutions: 1)
      }
    } bad: { diagnostic in
      try sheets.append(ImportFinding(.rowBroken, detail: diagnostic.message), at: part.place(diagnostic.line))
      try broken(part, institutions: 1)
    }
    let (desk, block) = (desk, rows)
    try settle(try Waiting.value { try await desk.take(block) }, part)
  }

  private func broken(_ part: ImportPart, lists: Int = 0, institutions: Int = 0) throws {
    count(part, read: 1, unusable: 1)
    let desk = desk
    try Waiting.value { await desk.countBroken(lists: lists, institutions: institutions) }
  }

  private func readMappings(_ folder: ImportFolder) throws {
    let mappings = folder.parts(.mapping)
    guard let part = folder.parts(.catalogue).first else {
      for mapping in mappings {
        count(mapping, unusable: 1)
        try sheets.append(ImportFinding(.catalogueMissing), at: mapping.place(nil))
      }
      return
    }
    let reading = CodeTableFile.read(source(part))
    guard let codes = reading.value else {
      for diagnostic in reading.diagnostics {
        try sheets.append(ImportFinding(.rowBroken, detail: diagnostic.message), at: part.place(diagnostic.line))
      }
      return count(part, unusable: reading.diagnostics.count)
    }
    count(part, read: codes.entries.count, used: codes.entries.count)
    for mapping in mappings { try check(mapping, by: codes) }
  }

  private func source(_ part: ImportPart) -> TableReader {
    TableReader(path: part.path, sheet: part.sheetName.isEmpty ? nil : part.sheetName)
  }

  private func check(_ part: ImportPart, by codes: CodeTable) throws {
    let (rows, diagnostics) = MappingFile.readRows(source(part))
    var bad: Set<Int> = []
    for diagnostic in diagnostics where diagnostic.severity == .error {
      bad.insert(diagnostic.line ?? 0)
      try sheets.append(ImportFinding(.rowBroken, detail: diagnostic.message), at: part.place(diagnostic.line))
    }
    let unread = bad.count
    for finding in MappingChecker(codes).check(rows).findings where finding.severity == .error {
      bad.insert(finding.line)
      try sheets.append(ImportFinding(finding), at: part.place(finding.line))
    }
    let (desk, read, unusable) = (desk, rows.count + unread, bad.count)
    try Waiting.value { await desk.countMappings(read: read, unusable: unusable) }
    count(part, read: read, used: read - unusable, unusable: unusable)
  }

  // MARK: Lists

  private func readMessages(_ part: ImportPart) throws {
    var block: [ImportDesk.Row<StatedSettlementList>] = []
    try JSONPieces(path: part.path).forEach { piece in
      switch piece {
      case .value(let bytes, let line):
        try add(SettlementListIntake.read(bytes, institution: institution), line, part, &block)
      case .broken(let line):
        let detail = LocalizedText("此处不是 JSON 对象", "no JSON object here")
        try refuse(ImportFinding(.rowBroken, detail: detail), line, part, &block)
      }
    }
    try hand(&block, part)
  }

  private func readTable(_ part: ImportPart) throws {
    guard let table = part.table else { return }
    let names = ListColumn.all.map(\.name)
    var block: [ImportDesk.Row<StatedSettlementList>] = []
    let rows = ImportRows(table.sheet, headerLine: table.headerLine, columns: ImportKind.lists.columns)
    try rows.forEach { row in
      var fields: [String: String] = [:]
      for (column, text) in row.cells { fields[names[column]] = text }
      try add(SettlementListIntake.read(fields: fields, institution: institution), row.line, part, &block)
    } bad: { diagnostic in
      try refuse(ImportFinding(.rowBroken, detail: diagnostic.message), diagnostic.line, part, &block)
    }
    try hand(&block, part)
  }

  private func add(
    _ read: Result<StatedSettlementList, ImportRefusal>, _ line: Int, _ part: ImportPart,
    _ block: inout [ImportDesk.Row<StatedSettlementList>]
  ) throws {
    switch read {
    case .failure(let refusal): try refuse(refusal.finding, line, part, &block)
    case .success(let stated):
      block.append(.init(stated, at: part.place(line)))
      if block.count == Self.block { try hand(&block, part) }
    }
  }

  /// Rows that came before are settled first, so that faults stand in the order of the file.
  private func refuse(
    _ finding: ImportFinding, _ line: Int?, _ part: ImportPart,
    _ block: inout [ImportDesk.Row<StatedSettlementList>]
  ) throws {
    try hand(&block, part)
    try sheets.append(finding, at: part.place(line))
    try broken(part, lists: 1)
  }

  private func hand(_ block: inout [ImportDesk.Row<StatedSettlementList>], _ part: ImportPart) throws {
    if block.isEmpty { return }
    let (desk, rows) = (desk, block)
    block.removeAll(keepingCapacity: true)
    try settle(try Waiting.value { try await desk.take(rows) }, part)
  }
}
