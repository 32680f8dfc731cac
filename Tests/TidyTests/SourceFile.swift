import Testing

/// A Swift file of the repository, or an invented one for a canary.
struct SourceFile: Sendable {
  /// The path from the root of the repository.
  let path: String
  let text: String
  /// The text by lines, as written.
  let lines: [String]
  /// The code by lines: comments and string contents are blank.
  let code: [[UInt8]]
  /// Every word of the code, in order.
  let words: [Word]
  /// The text without comments.
  let uncommented: String

  init(path: String, text: String) {
    self.path = path
    self.text = text
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    self.lines = lines
    let scanned = SwiftText(text)
    code = scanned.code.split(separator: Ascii.newline, omittingEmptySubsequences: false).map(Array.init)
    uncommented = String(decoding: scanned.uncommented, as: UTF8.self)
    words = code.enumerated().flatMap { Word.all(in: $1, line: $0 + 1) }
  }

  /// The target that the file belongs to: the folder below `Sources`, `Sources/Adapters`, `Sources/Tools` or `Tests`.
  var target: String {
    let parts = path.split(separator: "/").map(String.init)
    guard parts.count > 2 else { return parts.first ?? "" }
    return ["Adapters", "Tools"].contains(parts[1]) && parts.count > 3 ? parts[2] : parts[1]
  }

  /// Whether the file belongs to a room that may do nothing but calculate.
  var isPure: Bool {
    path.hasPrefix("Sources/")
      && !["Sources/Workflows/", "Sources/Adapters/", "Sources/Tools/"].contains {
        path.hasPrefix($0)
      }
  }

  var name: String { String(path.split(separator: "/").last ?? "") }

  func blemish(_ line: Int, _ message: String) -> Blemish { Blemish(path: path, line: line, message: message) }
}

/// A word of the code: an identifier, a keyword or a number.
struct Word: Sendable {
  let text: String
  /// From 1.
  let line: Int
  /// Whether nothing but blanks stands before it on its line.
  let isFirst: Bool
  /// The nearest byte that is not blank, on the same line; 0 when there is none.
  let before: UInt8
  /// The byte that follows, blank or not; 0 at the end of the line.
  let next: UInt8
  /// The nearest byte that is not blank after it, on the same line; 0 when there is none.
  let after: UInt8
  /// Where it begins in its line, counted in bytes.
  let column: Int

  static func all(in line: [UInt8], line number: Int) -> [Word] {
    var words: [Word] = []
    var before: UInt8 = 0
    var index = 0
    while index < line.count {
      guard Ascii.isWord(line[index]) else {
        if line[index] != Ascii.space { before = line[index] }
        index += 1
        continue
      }
      var end = index
      while end < line.count && Ascii.isWord(line[end]) { end += 1 }
      words.append(
        Word(
          text: String(decoding: line[index..<end], as: UTF8.self), line: number, isFirst: before == 0, before: before,
          next: end < line.count ? line[end] : 0, after: line[end...].first { $0 != Ascii.space } ?? 0, column: index))
      before = line[end - 1]
      index = end
    }
    return words
  }
}

/// Something untidy: where it is and what to do.
struct Blemish: Hashable, Sendable {
  let path: String
  let line: Int
  let message: String
}

/// Reports every blemish as an issue of its own, as compilers print them.
func expectTidy(_ blemishes: [Blemish], sourceLocation: SourceLocation = #_sourceLocation) {
  for blemish in blemishes {
    Issue.record("\(blemish.path):\(blemish.line): \(blemish.message)", sourceLocation: sourceLocation)
  }
}
