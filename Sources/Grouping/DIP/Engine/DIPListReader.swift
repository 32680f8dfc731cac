import Kernel

/// Reads the lists of a catalogue: what is not grouped, what does not count, what is resistant, and the classes.
struct DIPListReader {
  private let catalogue: DIPCatalogue
  private(set) var findings: [DIPFinding] = []
  private(set) var rejects: [(PackedCode, Int32)] = []
  private(set) var restrictions: [(PackedCode, Int32)] = []
  private(set) var scopes: [Int32: DIPCell] = [:]
  private(set) var resistant: [(PackedCode, Int32)] = []
  private(set) var resistantOthers: [PackedCode] = []
  /// Classes by number: 2 diagnostic, 3 therapeutic, 4 operation, 5 intervention.
  private(set) var classes: [(PackedCode, Int32)] = []

  init(_ catalogue: DIPCatalogue) { self.catalogue = catalogue }

  /// Words of the classes, as published and as files may write them.
  static let classNumbers: [String: Int32] = [
    "诊断性操作": 2, "diagnostic": 2, "治疗性操作": 3, "therapeutic": 3, "手术": 4, "surgery": 4, "surgical": 4,
    "介入治疗": 5, "介入": 5, "interventional": 5,
  ]

  mutating func read() {
    for (number, row) in catalogue.rejects.enumerated() {
      if let code = code(row.code, .diagnosis, .rejects, row.row) { rejects.append((code, Int32(number))) }
    }
    for (number, row) in catalogue.restrictions.enumerated() {
      if let code = code(row.code, .procedure, .restrictions, row.row) { restrictions.append((code, Int32(number))) }
      readScope(row, number)
    }
    for (number, row) in catalogue.resistant.enumerated() {
      guard let code = code(row.code, .diagnosis, .resistant, row.row) else { continue }
      if row.amongOthers { resistantOthers.append(code) } else { resistant.append((code, Int32(number))) }
    }
    for row in catalogue.classes {
      guard let code = code(row.code, .procedure, .classes, row.row) else { continue }
      // Nobody stated the class of a procedure whose class is empty.
      if row.kind.isEmpty { continue }
      guard let number = Self.classNumbers[row.kind] else {
        findings.append(
          DIPFinding(
            .unknownClass, .classes, row: row.row, .kind,
            LocalizedText(
              "不认识类别「\(row.kind)」，应为诊断性操作、治疗性操作、手术或介入治疗。",
              "unknown class \"\(row.kind)\"; it is diagnostic, therapeutic, surgery or interventional."),
            excerpt: row.kind))
        continue
      }
      classes.append((code, number))
    }
  }

  private mutating func readScope(_ row: DIPCatalogue.RestrictionRow, _ number: Int) {
    guard row.rule == .within else { return }
    do {
      scopes[Int32(number)] = try DIPCell(row.scope, of: .diagnosis, comma: catalogue.manifest.comma)
    } catch {
      findings.append(
        DIPFinding(
          .unreadableCell, .restrictions, row: row.row, .scope,
          LocalizedText(
            "第 \(error.position) 个字符：\(error.message.chinese)",
            "character \(error.position): \(error.message.english)"), excerpt: error.excerpt))
    }
  }

  private mutating func code(
    _ text: String, _ form: PackedCode.Form, _ sheet: DIPSheet, _ row: Int
  ) -> PackedCode? {
    if let code = PackedCode(text, form) { return code }
    let isHeader = DIPHeaderWords.isHeader(text)
    let fault: DIPFinding.Fault = text.isEmpty ? .missingCode : isHeader ? .headerAsData : .unreadableCell
    let kind = form == .diagnosis ? LocalizedText("诊断", "a diagnosis") : LocalizedText("手术操作", "a procedure")
    let message =
      switch fault {
      case .missingCode: LocalizedText("编码为空。", "the code is empty.")
      case .headerAsData:
        LocalizedText("这是列名行，不是数据；请删除。", "this is a header, not data; delete the row.")
      default:
        LocalizedText("「\(text)」不是\(kind.chinese)编码。", "\"\(text)\" is not the code of \(kind.english).")
      }
    findings.append(DIPFinding(fault, sheet, row: row, .code, message, excerpt: text))
    return nil
  }

  /// The text by which whole codes are compared: blanks off, letters small.
  static func plain(_ text: String) -> String { text.filter { !$0.isWhitespace }.lowercased() }

  /// The lengths that the codes of a list have, longest first.
  static func lengths(_ entries: [(PackedCode, Int32)]) -> [Int] { Set(entries.map(\.0.length)).sorted(by: >) }
}

/// Words of the header rows of published workbooks; a sheet may have a second header further down.
enum DIPHeaderWords {
  private static let words: Set<String> = [
    "分类", "序号", "编码", "病种编码", "分组名称", "主要诊断编码", "主要诊断名称", "主要手术操作编码", "主要手术操作名称", "相关手术操作编码",
    "其他诊断编码", "天龄", "出生体重", "说明", "是否耐药", "烧伤腐蚀伤程度", "code", "name", "principal_diagnosis", "main_procedure",
  ]

  static func isHeader(_ text: String) -> Bool { words.contains(text.filter { !$0.isWhitespace }.lowercased()) }
}
