import Kernel

/// What a file is, by its first bytes and not by its name.
enum FileForm {
  /// An archive, as `.xlsx` is.
  case workbook
  /// A compound document: the old `.xls`, or an `.xlsx` with a password.
  case compound
  /// Anything else: text.
  case text

  /// Looks at a file.
  static func of(_ path: String) throws(Diagnostic) -> FileForm {
    var source = try ByteSource.open(path)
    defer { source.close() }
    var head: [UInt8] = []
    while head.count < 4, try source.read(into: &head, count: 4 - head.count, name: path) {}
    switch head {
    case [0x50, 0x4B, 0x03, 0x04]: return .workbook
    case [0xD0, 0xCF, 0x11, 0xE0]: return .compound
    default: return .text
    }
  }

  static func compoundDiagnostic(_ path: String) -> Diagnostic {
    Diagnostic(
      .error,
      LocalizedText(
        "这是旧式 .xls 或有密码的工作簿；请另存为没有密码的 .xlsx。",
        "this is an old .xls or a workbook with a password; save it as .xlsx without one."),
      file: path)
  }
}
