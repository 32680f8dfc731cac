import Kernel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Where results of grouping go.
public enum ResultOutput: Sendable {
  /// Standard output.
  case standardOutput
  /// A file, which replaces a former one only when everything is written; a name that ends in `.xlsx` makes a workbook.
  case file(String)

  static func errors(_ path: String) throws(Diagnostic) -> any ResultSink { FileSink(try ReplacedFile(path: path)) }

  func open(_ columns: [ResultColumn]) throws(Diagnostic) -> any ResultSink {
    switch self {
    case .standardOutput: return StandardOutputSink()
    case .file(let path):
      if path.lowercased().hasSuffix(".xlsx") { return try WorkbookSink(path, columns) }
      return FileSink(try ReplacedFile(path: path))
    }
  }

  /// Whether the results become a workbook, which takes CSV alone.
  public var isWorkbook: Bool {
    if case .file(let path) = self { return path.lowercased().hasSuffix(".xlsx") }
    return false
  }
}

/// Takes results as bytes.
protocol ResultSink: AnyObject {
  func write(_ bytes: [UInt8]) throws
  func finish() throws
  func abandon()
}

private final class StandardOutputSink: ResultSink {
  func write(_ bytes: [UInt8]) throws {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { all in
        ByteSource.retrying {
          #if canImport(Darwin)
            Darwin.write(1, all.baseAddress?.advanced(by: done), all.count - done)
          #else
            Glibc.write(1, all.baseAddress?.advanced(by: done), all.count - done)
          #endif
        }
      }
      guard count >= 0 else { throw systemDiagnostic("写标准输出失败", "cannot write to standard output", path: "-") }
      done += count
    }
  }

  func finish() {}
  func abandon() {}
}

private final class FileSink: ResultSink {
  private let file: ReplacedFile

  init(_ file: ReplacedFile) { self.file = file }

  func write(_ bytes: [UInt8]) throws { try file.write(bytes) }
  func finish() throws { try file.commit() }
  func abandon() { file.abandon() }
}

/// Reads the lines of results again and writes them as rows of a sheet.
private final class WorkbookSink: ResultSink {
  private let workbook: WorkbookWriter
  private let titles: [String]

  init(_ path: String, _ columns: [ResultColumn]) throws(Diagnostic) {
    workbook = try WorkbookWriter.start(path)
    titles = columns.map(\.name)
    try workbook.startSheet("分组结果", columns: columns.map { SheetColumn($0.name, width: $0.width) })
  }

  func write(_ bytes: [UInt8]) throws {
    try CSVReader(bytes: bytes, name: "results").forEachRow { row in
      let cells = row.strings
      if cells == titles { return }
      try workbook.append(cells.map { .text($0) })
    }
  }

  func finish() throws { try workbook.finish() }
  func abandon() {}
}
