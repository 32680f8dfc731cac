import Kernel

/// A page's tables as files.
enum TableExport {
  /// The forms that are offered.
  enum Form: String, CaseIterable, Sendable {
    case csv, xlsx

    var mediaType: String {
      switch self {
      case .csv: "text/csv; charset=utf-8"
      case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
      }
    }
  }

  static func sheet(_ table: DataTable, _ language: Language) -> ExportedSheet {
    ExportedSheet(
      name: name(table.form.title[language]), columns: table.form.columns.map { $0.title[language] },
      rows: table.rows.map { $0.map { cell($0.value, language) } })
  }

  private static func cell(_ value: Value, _ language: Language) -> ExportedCell {
    switch value {
    case .none: .empty
    case .text(let text): .text(text)
    case .words(let words): .text(words[language])
    case .money(let money): .decimal(Int(money.fen), places: 2)
    case .count(let count): .whole(count)
    case .decimal(let units, let places): .decimal(units, places: places)
    case .share(let units): .decimal(units, places: 4)
    case .flag: .text(value.text(language))
    }
  }

  /// A name that sheets may have: 31 characters at most, none of `[]:*?/\`.
  private static func name(_ title: String) -> String {
    String(title.map { "[]:*?/\\".contains($0) ? "·" : $0 }.prefix(31))
  }
}
