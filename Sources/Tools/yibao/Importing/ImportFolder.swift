import Foundation
import Kernel
import TabularFiles
import Workflows

/// A table or a file of messages that will be read.
struct ImportPart {
  let kind: ImportKind
  /// The file below the folder.
  let file: String
  /// Where it is read: the file, or its copy in UTF-8.
  let path: String
  /// The table and its header; `nil` for messages.
  let table: (sheet: ImportSheet, headerLine: Int)?

  var sheetName: String { table?.sheet.sheet ?? "" }

  func place(_ row: Int?) -> ImportPlace { ImportPlace(file: file, sheet: sheetName, row: row) }
}

/// What is said about a file of the folder.
struct ImportFileNote {
  let file: String
  var kinds: [ImportKind] = []
  var encoding = ""
  var read = 0
  var used = 0
  var unusable = 0
  var remark: LocalizedText?
}

/// A hospital's folder: which of its files holds what, told by manifest, columns or name.
struct ImportFolder {
  private(set) var parts: [ImportPart] = []
  private(set) var notes: [ImportFileNote] = []
  private(set) var faults: [(place: ImportPlace, finding: ImportFinding)] = []
  private let root: String
  private let copies: String
  private var stated: [String: [(sheet: String, kind: ImportKind)]] = [:]

  /// The names of what importing writes itself.
  private static let own = ["manifest.csv", "unusable.csv", "unusable.xlsx", "import-report.xlsx"]

  /// Looks through a folder.
  ///
  /// - Parameters:
  ///   - root: the folder.
  ///   - copies: where copies in UTF-8 go.
  /// - Throws: a diagnostic when it cannot be listed.
  init(_ root: String, copies: String) throws {
    (self.root, self.copies) = (root, copies)
    let manager = FileManager.default
    guard let files = manager.enumerator(atPath: root) else { throw Self.unlisted(root) }
    var isFolder: ObjCBool = false
    guard manager.fileExists(atPath: root, isDirectory: &isFolder), isFolder.boolValue else {
      throw Self.unlisted(root)
    }
    let names = files.compactMap { $0 as? String }.sorted()
    readManifest(names)
    for name in names {
      let last = name.split(separator: "/").last.map(String.init) ?? name
      var isFolder: ObjCBool = false
      _ = manager.fileExists(atPath: root + "/" + name, isDirectory: &isFolder)
      let isHidden = name.split(separator: "/").contains { $0.hasPrefix(".") }
      if isFolder.boolValue || isHidden || last.hasPrefix("~$") || Self.own.contains(last) { continue }
      look(at: name)
    }
  }

  private static func unlisted(_ root: String) -> Diagnostic {
    Diagnostic(.error, LocalizedText("没有这个文件夹", "there is no such folder"), file: root)
  }

  /// The parts of a kind, in the order of their files.
  func parts(_ kind: ImportKind) -> [ImportPart] { parts.filter { $0.kind == kind } }

  // MARK: Manifest

  private mutating func readManifest(_ names: [String]) {
    let path = root + "/manifest.csv"
    guard FileManager.default.fileExists(atPath: path) else { return }
    let columns = [
      CSVColumn("file", "文件", isRequired: true), CSVColumn("kind", "种类", isRequired: true), CSVColumn("sheet", "工作表"),
    ]
    func fault(_ line: Int?, _ value: String, _ detail: LocalizedText) -> (ImportPlace, ImportFinding) {
      (
        ImportPlace(file: "manifest.csv", row: line),
        ImportFinding(.manifestWrong, field: "manifest.csv", value: value, detail: detail)
      )
    }
    do {
      let sheet = try ImportSheet.all(readable(path, "manifest.csv").path).first
      guard let sheet, let header = sheet.header(of: columns) else { return }
      var found: [(ImportPlace, ImportFinding)] = []
      try ImportRows(sheet, headerLine: header.line, columns: columns).forEach { row in
        let (file, word) = (row.cells[0] ?? "", row.cells[1] ?? "")
        guard names.contains(file) else {
          found.append(fault(row.line, file, LocalizedText("没有这个文件", "there is no such file")))
          return
        }
        guard let kind = ImportKind(word: word) else {
          found.append(fault(row.line, word, LocalizedText("不认识的种类", "an unknown kind")))
          return
        }
        stated[file, default: []].append((row.cells[2] ?? "", kind))
      } bad: { diagnostic in
        found.append(fault(diagnostic.line, "", diagnostic.message))
      }
      faults += found.map { (place: $0.0, finding: $0.1) }
    } catch let diagnostic as Diagnostic {
      let found = fault(diagnostic.line, "", diagnostic.message)
      faults.append((place: found.0, finding: found.1))
    } catch {
      let text = LocalizedText("\(error)", "\(error)")
      let found = fault(nil, "", text)
      faults.append((place: found.0, finding: found.1))
    }
  }

  // MARK: Files

  private mutating func look(at file: String) {
    var note = ImportFileNote(file: file)
    defer { notes.append(note) }
    let told = stated[file]
    let isIgnored = told?.contains { $0.kind == .ignore && $0.sheet.isEmpty } ?? file.lowercased().hasSuffix(".md")
    let last = file.split(separator: "/").last.map(String.init) ?? file
    let named = told?.first { $0.sheet.isEmpty }?.kind ?? ImportKind(fileName: last)
    if isIgnored || named == .inputs {
      note.kinds = [isIgnored ? .ignore : .inputs]
      return
    }
    do {
      let (path, encoding) = try readable(root + "/" + file, file)
      note.encoding = encoding
      if encoding == TextEncoding.gb18030.rawValue {
        note.remark = LocalizedText("已由 GBK／GB18030 转换为 UTF-8", "converted from GBK (GB18030) to UTF-8")
      }
      if try encoding != "xlsx" && JSONPieces.isJSON(path) {
        parts.append(ImportPart(kind: .lists, file: file, path: path, table: nil))
        note.kinds = [.lists]
        return
      }
      note.kinds = lookAtTables(try ImportSheet.all(path), of: file, path, named: named, told: told ?? [])
    } catch let diagnostic as Diagnostic {
      note.unusable = 1
      refuse(file, "", encodingFault(diagnostic) ? .encodingUnknown : .fileUnreadable, diagnostic.message)
    } catch {
      note.unusable = 1
      refuse(file, "", .fileUnreadable, LocalizedText("\(error)", "\(error)"))
    }
    if note.kinds.isEmpty { note.unusable = 1 }
  }

  private func encodingFault(_ diagnostic: Diagnostic) -> Bool {
    diagnostic.message.english.hasSuffix("is no text in GB18030") || diagnostic.message.english.contains("UTF-16")
  }

  /// Joins the tables of a file to the parts; the kinds that were found.
  private mutating func lookAtTables(
    _ tables: [ImportSheet], of file: String, _ path: String, named: ImportKind?,
    told: [(sheet: String, kind: ImportKind)]
  ) -> [ImportKind] {
    var kinds: [ImportKind] = []
    for table in tables {
      let kind =
        told.first { !$0.sheet.isEmpty && $0.sheet == table.sheet }?.kind ?? told.first { $0.sheet.isEmpty }?.kind
      if kind == .ignore { continue }
      let found = ImportKind.of(table)
      if let kind, kind != found?.kind {
        refuse(file, table.sheet ?? "", .columnsWrong, missing(kind, table))
        kinds.append(kind)
      } else if let found {
        parts.append(
          ImportPart(kind: found.kind, file: file, path: path, table: (sheet: table, headerLine: found.headerLine)))
        kinds.append(found.kind)
      }
    }
    if kinds.isEmpty {
      if let named {
        refuse(file, "", .columnsWrong, missing(named, tables.first))
      } else {
        refuse(file, "", .fileUnknown, nil)
      }
    }
    return kinds.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private mutating func refuse(_ file: String, _ sheet: String, _ rule: ImportRule, _ detail: LocalizedText?) {
    faults.append((place: ImportPlace(file: file, sheet: sheet), finding: ImportFinding(rule, detail: detail)))
  }

  /// Which columns a table of a kind lacks.
  private func missing(_ kind: ImportKind, _ table: ImportSheet?) -> LocalizedText {
    let wanted =
      kind == .lists
      ? ["诊断编码 diagnoses"] : kind.columns.filter(\.isRequired).map { $0.names.prefix(2).joined(separator: " ") }
    let present = table?.rows.first?.cells.prefix(12).joined(separator: ", ") ?? ""
    return LocalizedText(
      "\(kind.title.chinese)需要列：\(wanted.joined(separator: "、"))；首行为：\(present)",
      "\(kind.title.english) need the columns: \(wanted.joined(separator: ", ")); the first row is: \(present)")
  }

  /// The file itself, or its copy in UTF-8 when it is written in GB18030.
  private func readable(_ path: String, _ file: String) throws -> (path: String, encoding: String) {
    if try ImportText.isArchive(path) { return (path, "xlsx") }
    let encoding = try TextEncoding.of(path)
    guard encoding == .gb18030 else { return (path, encoding.rawValue) }
    try FileManager.default.createDirectory(atPath: copies, withIntermediateDirectories: true)
    let copy = copies + "/" + file.replacing("/", with: "_")
    try TextEncoding.convert(path, to: copy)
    return (copy, encoding.rawValue)
  }
}

/// Files that are no text.
enum ImportText {
  /// Whether a file is a workbook or a compound document, by its first bytes.
  static func isArchive(_ path: String) throws -> Bool {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Diagnostic(.error, LocalizedText("打不开文件", "cannot open the file"), file: path)
    }
    defer { try? handle.close() }
    let head = try handle.read(upToCount: 4).map(Array.init) ?? []
    return head == [0x50, 0x4B, 0x03, 0x04] || head == [0xD0, 0xCF, 0x11, 0xE0]
  }
}
