import Grouping
import Kernel

/// The files of a DIP catalogue that are lists of codes.
enum DIPListFile {
  private static let columns = [
    CSVColumn(
      "code", "编码", "主要诊断编码", "主要手术操作编码", "诊断编码", "手术操作编码", "principal_diagnosis", isRequired: true),
    CSVColumn("name", "名称", "主要诊断名称", "诊断名称"), CSVColumn("rule", "处理规则"),
    CSVColumn("scope", "限定主要诊断", "限定主诊断范围"), CSVColumn("note", "说明"), CSVColumn("position", "位置"),
    CSVColumn("class", "类别"),
  ]
  private static let primaryCareColumns = [
    CSVColumn("principal_diagnosis", "主要诊断编码", isRequired: true), CSVColumn("main_procedure", "主要手术操作编码"),
    CSVColumn("name", "名称", "主要诊断名称"),
  ]

  static func read(
    _ reader: CSVReader, _ table: DIPTable, into catalogue: inout DIPCatalogue, _ diagnostics: inout [Diagnostic]
  ) {
    let cells = CellReader(file: reader.name)
    // The closure of the reader cannot hold what it is given to change.
    var read = DIPCatalogue(manifest: catalogue.manifest)
    if table == .primaryCare {
      reader.forEachRecord(primaryCareColumns, diagnostics: &diagnostics) { record, _ in
        read.primaryCare.append(
          DIPCatalogue.PrimaryCareRow(
            principal: cells.trimmed(record[0]), mainProcedure: cells.trimmed(record[1]),
            name: cells.trimmed(record[2]), row: record.line))
      }
      catalogue.primaryCare = read.primaryCare
      return
    }
    reader.forEachRecord(columns, diagnostics: &diagnostics) { record, diagnostics in
      let (code, name, line) = (cells.trimmed(record[0]), cells.trimmed(record[1]), record.line)
      switch table {
      case .rejects: read.rejects.append(DIPCatalogue.CodeRow(code: code, name: name, row: line))
      case .restrictions:
        let (rule, scope) = rule(record, cells, &diagnostics)
        read.restrictions.append(
          DIPCatalogue.RestrictionRow(code: code, name: name, rule: rule, scope: scope, row: line))
      case .resistant:
        let isOther = ["other", "其他诊断"].contains(cells.trimmed(record[5]))
        read.resistant.append(DIPCatalogue.ResistantRow(code: code, name: name, amongOthers: isOther, row: line))
      default: read.classes.append(DIPCatalogue.ClassRow(code: code, kind: cells.trimmed(record[6]), row: line))
      }
    }
    switch table {
    case .rejects: catalogue.rejects = read.rejects
    case .restrictions: catalogue.restrictions = read.restrictions
    case .resistant: catalogue.resistant = read.resistant
    default: catalogue.classes = read.classes
    }
  }

  /// The rule of a restriction: by its word, or by the remark of the published list.
  private static func rule(
    _ record: borrowing CSVRecord, _ cells: CellReader, _ diagnostics: inout [Diagnostic]
  ) -> (DIPCatalogue.RestrictionRow.Rule, scope: String) {
    let (word, scope) = (cells.trimmed(record[2]), cells.trimmed(record[3]))
    if let rule = DIPCatalogue.RestrictionRow.Rule(rawValue: word) { return (rule, scope) }
    let remark = (word.isEmpty ? cells.trimmed(record[4]) : word).filter { !$0.isWhitespace }
    let within = "作为主要诊断，可作为主要手术操作"
    if remark.hasSuffix(within) { return (.within, String(remark.dropLast(within.count))) }
    if remark.contains("限范围可作主要手术操作") { return (.within, scope) }
    if remark.contains("不可作为主要手术操作") { return (.next, scope) }
    if remark.isEmpty || remark.contains("按保守治疗入组") { return (.conservative, scope) }
    let words = DIPCatalogue.RestrictionRow.Rule.allCases.map(\.rawValue).joined(separator: ", ")
    cells.report(
      "不认识处理规则「\(remark)」，可用：\(words)。", "unknown rule \"\(remark)\"; allowed: \(words).", record, 2, &diagnostics)
    return (.conservative, scope)
  }

  // MARK: Writing

  /// The header and the rows of a list.
  static func rows(_ catalogue: DIPCatalogue, _ table: DIPTable) -> [[String]] {
    switch table {
    case .rejects: [["code", "name"]] + catalogue.rejects.map { [$0.code, $0.name] }
    case .restrictions:
      [["code", "name", "rule", "scope"]]
        + catalogue.restrictions.map { [$0.code, $0.name, $0.rule.rawValue, $0.scope] }
    case .resistant:
      [["code", "name", "position"]]
        + catalogue.resistant.map { [$0.code, $0.name, $0.amongOthers ? "other" : "principal"] }
    case .primaryCare:
      [["principal_diagnosis", "main_procedure", "name"]]
        + catalogue.primaryCare.map { [$0.principal, $0.mainProcedure, $0.name] }
    default: [["code", "class"]] + catalogue.classes.map { [$0.code, $0.kind] }
    }
  }
}
