public import Grouping
import Kernel

/// Reads one file of a code version: a list of codes and names, a mapping, or a list of grey codes.
///
/// Two forms are read. A name ending in `.csv` means CSV with a header: 编码 / code and 名称 / name; 临床版编码 /
/// clinical and 医保版编码 / national; 编码 / code. Any other name means one entry a line: the code, blanks, the rest.
public enum CodeVersionFile {
  /// Something of a file with the line where it stood.
  public struct Entry<Value: Sendable>: Sendable {
    /// What stood there.
    public let value: Value
    /// The line, from 1.
    public let line: Int
  }

  /// A clinical code and the national one that stands for it; empty when the file says there is none (`-`).
  public struct Pair: Hashable, Sendable {
    /// The clinical code.
    public let clinical: String
    /// The national code.
    public let national: String
  }

  /// Reads codes with names; a code given twice must have one name.
  public static func codes(_ path: String) -> FileReading<[Entry<NamedCode>]> {
    var unique = Once<String>(path)
    let columns = [CSVColumn("编码", "code", isRequired: true), CSVColumn("名称", "name", isRequired: true)]
    return rows(path, columns) { cells, line, diagnostics in
      guard let code = cells.first, cells.count > 1, !cells[1].isEmpty else {
        diagnostics.append(
          report("应为「编码 名称」。", "expected a code and its name.", path, line, cells.joined(separator: " ")))
        return nil
      }
      let name = cells.dropFirst().joined(separator: " ")
      return unique.isNew(code, name, line, &diagnostics) ? NamedCode(code, name) : nil
    } finish: {
      unique.summary
    }
  }

  /// Reads a mapping from clinical to national codes; a clinical code given twice must have one counterpart.
  public static func pairs(_ path: String) -> FileReading<[Entry<Pair>]> {
    var unique = Once<String>(path)
    let columns = [
      CSVColumn("临床版编码", "临床编码", "clinical", "clinical_code", isRequired: true),
      CSVColumn("医保版编码", "医保编码", "national", "national_code", isRequired: true),
    ]
    return rows(path, columns) { cells, line, diagnostics in
      guard cells.count == 2, !cells[0].isEmpty else {
        diagnostics.append(
          report(
            "应为一个临床版编码和一个医保版编码（没有对应的写 -）。",
            "expected one clinical and one national code (write - when there is none).", path, line,
            cells.joined(separator: " ")))
        return nil
      }
      let national = cells[1] == "-" ? "" : cells[1]
      return unique.isNew(cells[0], national, line, &diagnostics) ? Pair(clinical: cells[0], national: national) : nil
    } finish: {
      unique.summary
    }
  }

  /// Reads grey codes; what stands behind a code is not read.
  public static func greyCodes(_ path: String) -> FileReading<[Entry<String>]> {
    var unique = Once<String>(path)
    return rows(path, [CSVColumn("编码", "code", isRequired: true)]) { cells, line, diagnostics in
      unique.isNew(cells[0], "", line, &diagnostics) ? cells[0] : nil
    } finish: {
      unique.summary
    }
  }

  /// Calls the body with the cells of every row and collects what it makes of them.
  private static func rows<Value: Sendable>(
    _ path: String, _ columns: [CSVColumn], _ body: ([String], Int, inout [Diagnostic]) -> Value?,
    finish: () -> Diagnostic?
  ) -> FileReading<[Entry<Value>]> {
    var (entries, diagnostics) = ([Entry<Value>](), [Diagnostic]())
    if path.lowercased().hasSuffix(".csv") {
      let trim = CellReader(file: path)
      CSVReader(path: path).forEachRecord(columns, diagnostics: &diagnostics) { record, diagnostics in
        let cells = columns.indices.map { trim.trimmed(record[$0]) }
        if let value = body(cells, record.line, &diagnostics) { entries.append(Entry(value: value, line: record.line)) }
      }
    } else {
      do {
        for line in try LineFile(path: path).lines {
          if let value = body(line.words, line.number, &diagnostics) {
            entries.append(Entry(value: value, line: line.number))
          }
          if diagnostics.count >= CSVReader.diagnosticLimit { break }
        }
      } catch {
        diagnostics.append(error)
      }
    }
    if let summary = finish() { diagnostics.append(summary) }
    if entries.isEmpty, diagnostics.isEmpty { diagnostics.append(report("文件里没有编码。", "the file holds no code.", path)) }
    return FileReading(entries, diagnostics)
  }

  static func report(
    _ chinese: String, _ english: String, _ path: String, _ line: Int? = nil, _ excerpt: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      .error, LocalizedText(chinese, english), file: path, line: line, excerpt: excerpt.map { String($0.prefix(60)) })
  }
}

/// Keeps the first of several equal entries, counts the repeated ones and reports contradictions.
private struct Once<Key: Hashable> {
  private let path: String
  private var known: [Key: (content: String, line: Int)] = [:]
  private var repeated = 0
  private var firstRepeated: (line: Int, earlier: Int)?

  init(_ path: String) { self.path = path }

  mutating func isNew(_ key: Key, _ content: String, _ line: Int, _ diagnostics: inout [Diagnostic]) -> Bool {
    guard let earlier = known[key] else {
      known[key] = (content, line)
      return true
    }
    if earlier.content != content {
      diagnostics.append(
        CodeVersionFile.report(
          "「\(key)」在第 \(earlier.line) 行另有内容「\(earlier.content)」。",
          "\"\(key)\" stands in line \(earlier.line) with other content, \"\(earlier.content)\".", path, line, content))
    }
    repeated += 1
    if firstRepeated == nil { firstRepeated = (line, earlier.line) }
    return false
  }

  var summary: Diagnostic? {
    guard let first = firstRepeated else { return nil }
    let text = LocalizedText(
      "有 \(repeated) 行重复（此行与第 \(first.earlier) 行相同），只取第一次出现的。",
      "\(repeated) rows are repeated (this one repeats line \(first.earlier)); the first ones count.")
    return Diagnostic(.warning, text, file: path, line: first.line)
  }
}
