/// A word, number or sign of a rule.
struct RuleToken: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// A name or keyword, as written.
    case word(String)
    case number(String)
    case comparison(NumberComparison)
    case openParenthesis, closeParenthesis, openBrace, closeBrace, comma
    /// A sign that the language does not have.
    case foreign(Character)
    case end
  }

  var kind: Kind
  /// Where it stands in the rule, in characters from 0.
  var place: Range<Int>

  /// The word in capitals, as keywords and variables are compared; empty for anything else.
  var keyword: String {
    if case .word(let text) = kind { return text.uppercased() }
    return ""
  }
}

/// Takes a rule apart into tokens.
///
/// Cells of workbooks hold full-width signs, line breaks and `_x000D_`, the trace of a carriage return; all of them are
/// read as what they stand for. Places are counted in the text as it stands in the cell.
struct RuleScanner {
  private let characters: [Character]
  private var next = 0

  init(_ text: String) {
    characters = Array(text)
  }

  /// All tokens, the last one ``RuleToken/Kind/end``.
  static func tokens(of text: String) -> [RuleToken] {
    var scanner = RuleScanner(text)
    var tokens: [RuleToken] = []
    repeat { tokens.append(scanner.token()) } while tokens.last?.kind != .end
    return tokens
  }

  private mutating func token() -> RuleToken {
    skipBlanks()
    let start = next
    guard next < characters.count else { return RuleToken(kind: .end, place: start..<start) }
    let kind = sign() ?? name()
    return RuleToken(kind: kind, place: start..<next)
  }

  private mutating func skipBlanks() {
    while next < characters.count {
      if Self.isBlank(characters[next]) {
        next += 1
      } else if isEscapedBlank(at: next) {
        next += 7
      } else {
        return
      }
    }
  }

  /// A sign of the language, or `nil` at a name or number.
  private mutating func sign() -> RuleToken.Kind? {
    let character = Self.plain(characters[next])
    let kind: RuleToken.Kind
    switch character {
    case "(": kind = .openParenthesis
    case ")": kind = .closeParenthesis
    case "{": kind = .openBrace
    case "}": kind = .closeBrace
    case ",", "、": kind = .comma
    case "=": kind = .comparison(.equal)
    case "≤", "≦": kind = .comparison(.lessOrEqual)
    case "≥", "≧": kind = .comparison(.greaterOrEqual)
    case "<": kind = .comparison(takes("=", after: 1) ? .lessOrEqual : .less)
    case ">": kind = .comparison(takes("=", after: 1) ? .greaterOrEqual : .greater)
    default:
      if Self.isPartOfName(character) { return nil }
      kind = .foreign(characters[next])
    }
    next += 1
    return kind
  }

  /// Whether a sign follows; if so it is taken too.
  private mutating func takes(_ sign: Character, after offset: Int) -> Bool {
    let place = next + offset
    guard place < characters.count, Self.plain(characters[place]) == sign else { return false }
    next += 1
    return true
  }

  private mutating func name() -> RuleToken.Kind {
    var text = ""
    while next < characters.count, !isEscapedBlank(at: next) {
      let character = Self.plain(characters[next])
      guard Self.isPartOfName(character) else { break }
      text.append(character)
      next += 1
    }
    return text.allSatisfy { ("0"..."9").contains($0) } ? .number(text) : .word(text)
  }

  private static func isPartOfName(_ character: Character) -> Bool {
    character == "_" || character.isLetter || character.isNumber
  }

  private static func isBlank(_ character: Character) -> Bool {
    character.isWhitespace || character == "\u{FEFF}" || character == "\u{200B}"
  }

  /// Whether `_x000D_` or its like stands here: how workbooks write a control character.
  private func isEscapedBlank(at place: Int) -> Bool {
    guard place + 7 <= characters.count, characters[place] == "_" else { return false }
    let escapes = ["_X000D_", "_X000A_", "_X0009_", "_X0020_"]
    return escapes.contains(String(characters[place..<place + 7]).uppercased())
  }

  /// The usual form of a full-width letter, digit or sign.
  private static func plain(_ character: Character) -> Character {
    guard character.unicodeScalars.count == 1, let scalar = character.unicodeScalars.first,
      (0xFF01...0xFF5E).contains(scalar.value), let usual = Unicode.Scalar(scalar.value - 0xFEE0)
    else { return character }
    return Character(usual)
  }
}
