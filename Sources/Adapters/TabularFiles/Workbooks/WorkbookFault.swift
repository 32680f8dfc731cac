import Kernel

/// What is wrong with a workbook's file, before its place is known.
struct WorkbookFault: Error {
  let message: LocalizedText
  var row: Int?
  var column: Int?

  init(_ chinese: String, _ english: String, row: Int? = nil, column: Int? = nil) {
    message = LocalizedText(chinese, english)
    self.row = row
    self.column = column
  }

  func diagnostic(_ file: String) -> Diagnostic {
    Diagnostic(.error, message, file: file, line: row, column: column)
  }

  static func damaged(_ part: String, _ reason: String) -> WorkbookFault {
    WorkbookFault(
      "工作簿已损坏（\(part)：\(reason)）；请用表格软件打开后另存为 .xlsx。",
      "the workbook is damaged (\(part): \(reason)); open it in a spreadsheet program and save it as .xlsx.")
  }

  static func tooLarge(_ part: String, _ limit: Int) -> WorkbookFault {
    WorkbookFault(
      "\(part) 解压后超过 \(limit >> 20) MiB，可能是恶意文件；请改用 CSV。",
      "\(part) unpacks to more than \(limit >> 20) MiB and may be hostile; use CSV.")
  }
}
