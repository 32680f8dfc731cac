import Grouping

/// How the six tables of an edition are laid out in files: names of files and sheets, and of columns.
///
/// Columns are found by either name: the one of our CSV files, or the one of the official workbook.
enum EditionForm {
  static let manifestFile = "manifest.json"

  /// The table's file in a folder.
  static func file(_ sheet: EditionSheet) -> String {
    switch sheet {
    case .categories: "mdc.csv"
    case .adjacentGroups: "adrg.csv"
    case .groups: "drg.csv"
    case .members: "sets.csv"
    case .complications: "cc.csv"
    case .exclusions: "exclusions.csv"
    }
  }

  /// Whether a workbook's sheet is the table, by its name.
  static func isSheet(_ name: String, _ sheet: EditionSheet) -> Bool {
    let title = CSVHeader.title(name)
    return title == sheet.rawValue.lowercased() || title == sheet.rawValue.lowercased() + "表"
  }

  /// The wanted columns, in the order in which rows of a table are made and written.
  static func columns(_ sheet: EditionSheet) -> [CSVColumn] {
    switch sheet {
    case .categories:
      [
        CSVColumn("code", "MDC编码", isRequired: true), CSVColumn("name", "MDC名称"),
        CSVColumn("rule", "MDC规则", isRequired: true), CSVColumn("sort", "排序"),
      ]
    case .adjacentGroups:
      [
        CSVColumn("code", "ADRG编码", isRequired: true), CSVColumn("name", "ADRG名称"),
        CSVColumn("rule", "ADRG规则", isRequired: true), CSVColumn("mdc", "所属MDC编码", isRequired: true),
        CSVColumn("sort", "MDC内排序", "排序"),
      ]
    case .groups:
      [
        CSVColumn("code", "DRG编码", "DRG", isRequired: true), CSVColumn("name", "DRG名称"),
        CSVColumn("adrg", "所属ADRG编码", isRequired: true), CSVColumn("rule", "DRG规则", isRequired: true),
        CSVColumn("sort", "排序"),
      ]
    case .members:
      [
        CSVColumn("set", "集合编号", isRequired: true), CSVColumn("code", "ICD编码", isRequired: true),
      ]
    case .complications:
      [
        CSVColumn("code", "疾病编码", isRequired: true), CSVColumn("level", "类型", isRequired: true),
        CSVColumn("exclusion_table", "排除表", isRequired: true),
      ]
    case .exclusions:
      [
        CSVColumn("principal_dx", "ICD编码", isRequired: true),
        CSVColumn("exclusion_table", "集合编号", isRequired: true),
      ]
    }
  }

  /// Rows that may stand before a table's header, such as the title of the official sheet MDC.
  static let titleRows = 9

  /// A cell on one line: line breaks, tabs, hard and wide blanks, and the `_x000D_` that programs leave of a carriage
  /// return become blanks; those at the ends go.
  static func oneLine(_ text: String) -> String {
    let hasEscape = text.utf8.contains(UInt8(ascii: "_"))
    let whole = hasEscape ? text.replacing("_x000D_", with: " ") : text
    var line = ""
    var isPending = false
    for scalar in whole.unicodeScalars {
      switch scalar {
      case "\n", "\r", "\t", "\u{A0}", "\u{3000}", " ":
        isPending = !line.isEmpty
        if scalar == " ", isPending { line.unicodeScalars.append(scalar) }
      default:
        if isPending, line.last != " " { line.append(" ") }
        isPending = false
        line.unicodeScalars.append(scalar)
      }
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
