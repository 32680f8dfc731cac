import Kernel
import People
public import Workflows

/// Reads designated institutions (定点医药机构) from a table.
///
/// Columns: 机构编码 / fixmedins_code, 机构名称 / fixmedins_name, 级别 / level or 医院等级 / hosp_lv; where known 机构类型 /
/// fixmedins_type, 统筹区 / admdvs, 中医医院 / traditional_chinese.
public enum InstitutionTable {
  /// The columns, by which a table is known as well.
  public static let columns = [
    CSVColumn("fixmedins_code", "institution", "code", "机构编码", "定点医药机构编号", "医疗机构编码", "医疗机构代码", isRequired: true),
    CSVColumn("fixmedins_name", "name", "机构名称", "定点医药机构名称", "医疗机构名称", isRequired: true),
    CSVColumn("level", "hosp_lv", "级别", "医院等级", "机构级别", "医院级别", isRequired: true),
    CSVColumn("fixmedins_type", "kind", "机构类型", "定点医疗服务机构类型"),
    CSVColumn("admdvs", "region", "统筹区", "医保区划"), CSVColumn("traditional_chinese", "中医医院"),
  ]

  /// The institution of a row, or what is wrong with it.
  public static func read(_ row: ImportRows.Row, region: String) -> Result<InstitutionRecord, InstitutionFaults> {
    var findings: [ImportFinding] = []
    let code = row.cells[0] ?? ""
    let isCode = code.utf8.count >= 6 && code.utf8.count <= 30 && code.utf8.allSatisfy(isLetterOrDigit)
    if !isCode { findings.append(ImportFinding(.institutionCode, field: "fixmedins_code", value: code)) }
    let name = row.cells[1] ?? ""
    if name.isEmpty { findings.append(ImportFinding(.institutionName, field: "fixmedins_name")) }
    let stated = row.cells[2] ?? ""
    let level = level(stated)
    if level == nil { findings.append(ImportFinding(.institutionLevel, field: "level", value: stated)) }
    guard let level, findings.isEmpty else { return .failure(InstitutionFaults(findings: findings)) }
    let isTraditional = ["1", "是", "true", "yes"].contains((row.cells[5] ?? "").lowercased())
    let isCoded = stated.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return .success(
      InstitutionRecord(
        institution: Institution(code: code, level: level, isTraditionalChinese: isTraditional), name: name,
        kind: row.cells[3] ?? (level == .pharmacy ? "2" : "1"), region: row.cells[4] ?? region,
        levelCode: isCoded ? String(Int(stated) ?? 11) : usualCode(level)))
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// A level by its word, by what people call it, or by the interface's code (`hosp_lv`): 01–04 three, 05–07 two, 08–10
  /// one, 11 none.
  static func level(_ text: String) -> InstitutionLevel? {
    if let known = InstitutionLevel(word: text) ?? InstitutionLevel.allCases.first(where: { $0.title.chinese == text })
    {
      return known
    }
    switch Int(text) {
    case 1?, 2?, 3?, 4?: return .tertiary
    case 5?, 6?, 7?: return .secondary
    case 8?, 9?, 10?: return .primary
    case 11?: return .township
    default: break
    }
    let beginnings: [(String, InstitutionLevel)] = [
      ("省部级", .provincial), ("三", .tertiary), ("二", .secondary), ("一", .primary), ("乡镇", .township), ("社区", .township),
      ("未定级", .township), ("无等级", .township), ("村", .village), ("药店", .pharmacy), ("零售药店", .pharmacy),
    ]
    return beginnings.first { text.hasPrefix($0.0) }?.1
  }

  private static func usualCode(_ level: InstitutionLevel) -> String {
    switch level {
    case .provincial, .tertiary: "2"
    case .secondary: "5"
    case .primary: "8"
    case .township, .village, .pharmacy: "11"
    }
  }
}

/// What keeps a row from being an institution.
public struct InstitutionFaults: Error, Hashable, Sendable {
  /// Everything that is wrong.
  public let findings: [ImportFinding]
}
