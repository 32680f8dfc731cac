/// Swift source as bytes with comments and string contents blanked out, line breaks and positions kept.
///
/// Not a parser: enough of the lexical grammar to tell code from prose. Code inside `\( )` of a string stays visible.
struct SwiftText {
  /// Comments, string contents and raw identifiers are blank.
  private(set) var code: [UInt8]
  /// Only comments are blank.
  private(set) var uncommented: [UInt8]
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
    code = bytes
    uncommented = bytes
    scanCode(untilParenthesis: false)
  }

  private func byte(_ ahead: Int = 0) -> UInt8 {
    let index = position + ahead
    return index < bytes.count ? bytes[index] : 0
  }

  private func sees(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { wanted in
      position + wanted.count <= bytes.count && bytes[position..<(position + wanted.count)].elementsEqual(wanted)
    }
  }

  private mutating func blank(_ count: Int, asComment: Bool) {
    for index in position..<min(position + count, bytes.count) where bytes[index] != Ascii.newline {
      code[index] = Ascii.space
      if asComment { uncommented[index] = Ascii.space }
    }
    position += count
  }

  private mutating func scanCode(untilParenthesis: Bool) {
    var depth = 0
    while position < bytes.count {
      switch byte() {
      case Ascii.slash where sees("//"): scanLineComment()
      case Ascii.slash where sees("/*"): scanBlockComment()
      case Ascii.quote: scanString(pounds: 0)
      case Ascii.pound: scanPound()
      case Ascii.backtick: scanRawIdentifier()
      case Ascii.open:
        depth += 1
        position += 1
      case Ascii.close:
        if untilParenthesis && depth == 0 { return }
        depth -= 1
        position += 1
      default: position += 1
      }
    }
  }

  private mutating func scanLineComment() {
    while position < bytes.count && byte() != Ascii.newline { blank(1, asComment: true) }
  }

  private mutating func scanBlockComment() {
    var depth = 0
    repeat {
      if sees("/*") {
        depth += 1
        blank(2, asComment: true)
      } else if sees("*/") {
        depth -= 1
        blank(2, asComment: true)
      } else {
        blank(1, asComment: true)
      }
    } while depth > 0 && position < bytes.count
  }

  private mutating func scanPound() {
    var pounds = 0
    while byte(pounds) == Ascii.pound { pounds += 1 }
    position += pounds
    if byte() == Ascii.quote { scanString(pounds: pounds) }
  }

  private mutating func scanRawIdentifier() {
    position += 1
    while position < bytes.count && byte() != Ascii.backtick && byte() != Ascii.newline { blank(1, asComment: false) }
    position += 1
  }

  private mutating func scanString(pounds: Int) {
    let quotes = sees("\"\"\"") ? 3 : 1
    position += quotes
    while position < bytes.count {
      if quotes == 1 && byte() == Ascii.newline { return }
      if byte() == Ascii.quote && closes(quotes: quotes, pounds: pounds) {
        position += quotes + pounds
        return
      }
      guard byte() == Ascii.backslash, (0..<pounds).allSatisfy({ byte(1 + $0) == Ascii.pound }) else {
        blank(1, asComment: false)
        continue
      }
      blank(1 + pounds, asComment: false)
      if byte() == Ascii.open {
        position += 1
        scanCode(untilParenthesis: true)
        position += 1
      } else if byte() != Ascii.newline {
        blank(1, asComment: false)
      }
    }
  }

  private func closes(quotes: Int, pounds: Int) -> Bool {
    (0..<quotes).allSatisfy { byte($0) == Ascii.quote }
      && (0..<pounds).allSatisfy { byte(quotes + $0) == Ascii.pound }
  }
}

/// The bytes that the checks look for.
enum Ascii {
  static let newline = UInt8(ascii: "\n")
  static let space = UInt8(ascii: " ")
  static let slash = UInt8(ascii: "/")
  static let quote = UInt8(ascii: "\"")
  static let pound = UInt8(ascii: "#")
  static let backtick = UInt8(ascii: "`")
  static let backslash = UInt8(ascii: "\\")
  static let open = UInt8(ascii: "(")
  static let close = UInt8(ascii: ")")
  static let openBracket = UInt8(ascii: "[")
  static let closeBracket = UInt8(ascii: "]")
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")
  static let dot = UInt8(ascii: ".")
  static let bang = UInt8(ascii: "!")

  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 128...: true
    default: false
    }
  }
}
