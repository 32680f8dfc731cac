import Console
import Foundation
import Kernel
import TabularFiles

/// Tables of the console as CSV and Excel files.
struct SpreadsheetFiles: TableFiles {
  func csv(_ sheet: ExportedSheet) throws(Diagnostic) -> [UInt8] {
    CSVWriter.bytes(
      of: [sheet.columns] + sheet.rows.map { $0.map(\.text) }, lineEnding: .carriageReturnLineFeed, byteOrderMark: true)
  }

  func workbook(_ sheets: [ExportedSheet]) throws(Diagnostic) -> [UInt8] {
    let path = FileManager.default.temporaryDirectory.appending(path: "yibao-\(UUID().uuidString).xlsx").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let writer = try WorkbookWriter.start(path)
    for sheet in sheets {
      try writer.startSheet(sheet.name, columns: sheet.columns.map { SheetColumn($0) })
      for row in sheet.rows { try writer.append(row.map(\.cell)) }
    }
    try writer.finish()
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Diagnostic(.error, LocalizedText("不能读回工作簿", "cannot read the workbook back"), file: path)
    }
    return Array(data)
  }
}

extension ExportedCell {
  /// The cell in CSV: numbers without separators.
  fileprivate var text: String {
    switch self {
    case .empty: ""
    case .text(let text): text
    case .whole(let number): "\(number)"
    case .decimal(let units, let places): FixedPoint.print(Int64(units), decimals: places)
    }
  }

  fileprivate var cell: SheetCell {
    switch self {
    case .empty: .empty
    case .text(let text): .text(text)
    case .whole(let number): .integer(number)
    case .decimal(let units, let places): .decimal(units, places: places)
    }
  }
}
