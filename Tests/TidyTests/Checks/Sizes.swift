/// How long lines, files and functions may be.
enum Sizes {
  static let lineColumns = 120
  static let fileLines = 300
  static let fileLinesEver = 600
  static let functionLines = 70

  /// Files that may have more than 300 lines, each with its reason.
  static let longFiles: [String: String] = [:]

  static func longLines(in file: SourceFile) -> [Blemish] {
    file.lines.enumerated().compactMap { index, line in
      // A Chinese character counts as one; only a line of many bytes can have many characters.
      guard line.utf8.count > lineColumns, line.count > lineColumns else { return nil }
      return file.blemish(index + 1, "line of \(line.count) characters; at most \(lineColumns)")
    }
  }

  static func longFile(_ file: SourceFile, allowed: [String: String] = longFiles) -> [Blemish] {
    let count = file.lines.count
    if count > fileLinesEver {
      return [file.blemish(count, "file of \(count) lines; never more than \(fileLinesEver)")]
    }
    guard count > fileLines, allowed[file.path] == nil else { return [] }
    return [file.blemish(count, "file of \(count) lines; more than \(fileLines) needs a reason in Sizes.longFiles")]
  }

  /// Reasons for files that no longer need one.
  static func staleReasons(_ allowed: [String: String], files: [SourceFile]) -> [Blemish] {
    allowed.keys.sorted().compactMap { path in
      let count = files.first { $0.path == path }?.lines.count ?? 0
      guard count <= fileLines else { return nil }
      return Blemish(path: path, line: 1, message: "has \(count) lines; take it out of Sizes.longFiles")
    }
  }

  static func longFunctions(in file: SourceFile) -> [Blemish] {
    FunctionSpan.all(in: file).compactMap { span in
      let count = span.last - span.first + 1
      guard count > functionLines else { return nil }
      return file.blemish(span.first, "\(span.keyword) of \(count) lines; at most \(functionLines)")
    }
  }
}

/// The lines of one function, initialiser or subscript with a body.
struct FunctionSpan: Hashable {
  let keyword: String
  let first: Int
  let last: Int

  private static let keywords: Set<String> = ["func", "init", "subscript"]
  /// Words that begin another declaration, so that the one before had no body.
  private static let declarations: Set<String> = [
    "func", "init", "subscript", "var", "let", "case", "struct", "enum", "class", "actor", "protocol", "extension",
    "static", "public", "private", "internal", "fileprivate", "package", "mutating", "nonisolated", "associatedtype",
    "typealias",
  ]

  static func all(in file: SourceFile) -> [FunctionSpan] {
    file.words.enumerated().compactMap { index, word in
      guard keywords.contains(word.text), word.before != Ascii.dot else { return nil }
      let following = file.words[(index + 1)...].first { $0.isFirst && declarations.contains($0.text) }
      let begin = (line: word.line - 1, column: word.column)
      guard let last = bodyEnd(in: file.code, from: begin, before: following) else { return nil }
      return FunctionSpan(keyword: word.text, first: word.line, last: last)
    }
  }

  /// The line of the brace that closes the body, or `nil` when the declaration has none.
  private static func bodyEnd(in code: [[UInt8]], from start: (line: Int, column: Int), before next: Word?) -> Int? {
    var parentheses = 0
    var braces = 0
    for line in start.line..<code.count {
      let bytes = code[line]
      for column in (line == start.line ? start.column : 0)..<bytes.count {
        if braces == 0, parentheses == 0, let next, (line + 1, column) >= (next.line, next.column) { return nil }
        switch bytes[column] {
        case Ascii.open, Ascii.openBracket: parentheses += 1
        case Ascii.close, Ascii.closeBracket: parentheses -= 1
        case Ascii.openBrace where parentheses == 0 || braces > 0: braces += 1
        case Ascii.closeBrace where parentheses == 0 || braces > 0:
          if braces == 0 { return nil }
          braces -= 1
          if braces == 0 { return line + 1 }
        default: break
        }
        if parentheses < 0 { return nil }
      }
    }
    return nil
  }
}
