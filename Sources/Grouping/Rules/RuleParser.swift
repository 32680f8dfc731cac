/// Reads the official rule language.
///
/// ```text
/// rule       = [ any ]                                   an empty rule is always true
/// any        = all { "or" all }
/// all        = part { "and" part }
/// part       = "(" any ")" | membership | comparison
/// membership = lists [ "not" ] "in" names                {A, B}: some code of A or of B
/// lists      = list | "{" list { "," list } "}"          list: ZYZD QTZD ZYSS QTSS
/// names      = name | "{" name { "," name } "}"          name: a set, MCC, CC
/// comparison = number-variable ( "=" | "<" | "<=" | ">" | ">=" ) digits
/// ```
///
/// Keywords and variables may be written in small letters; the names of sets may not.
struct RuleParser {
  static let deepestNesting = 64
  static let largestNumber: Int32 = 999_999_999
  static let variableNames =
    (["ZYZD", "QTZD", "ZYSS", "QTSS"] + NumberVariable.allCases.map(\.name)).joined(separator: " ")

  private let tokens: [RuleToken]
  private let text: [Character]
  private var next = 0
  private var depth = 0

  /// Reads a rule as it stands in a cell.
  static func parse(_ text: String) throws(RuleFault) -> RuleExpression {
    var parser = RuleParser(text)
    if parser.current.kind == .end { return .always }
    let expression = try parser.any()
    guard parser.current.kind == .end else { throw parser.fault(.end) }
    return expression
  }

  private init(_ text: String) {
    tokens = RuleScanner.tokens(of: text)
    self.text = Array(text)
  }

  private var current: RuleToken { tokens[next] }

  private mutating func any() throws(RuleFault) -> RuleExpression {
    var parts = [try all()]
    while takesKeyword("OR") { parts.append(try all()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func all() throws(RuleFault) -> RuleExpression {
    var parts = [try part()]
    while takesKeyword("AND") { parts.append(try part()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func part() throws(RuleFault) -> RuleExpression {
    guard takes(.openParenthesis) else { return .test(try test()) }
    depth += 1
    guard depth <= Self.deepestNesting else {
      next -= 1
      throw fault(.shallowNesting)
    }
    let inner = try any()
    guard takes(.closeParenthesis) else { throw fault(.closingParenthesis) }
    depth -= 1
    return inner
  }

  private mutating func test() throws(RuleFault) -> RuleTest {
    let start = current.place.lowerBound
    let question =
      if let variable = NumberVariable.allCases.first(where: { $0.name == current.keyword }) {
        try comparison(of: variable)
      } else {
        try membership()
      }
    return RuleTest(question: question, place: start..<tokens[next - 1].place.upperBound)
  }

  private mutating func comparison(of variable: NumberVariable) throws(RuleFault) -> RuleTest.Question {
    next += 1
    guard case .comparison(let comparison) = current.kind else { throw fault(.comparisonOrIn) }
    next += 1
    guard case .number(let digits) = current.kind else { throw fault(.number) }
    guard let bound = Int32(digits), bound <= Self.largestNumber else { throw fault(.numberInRange) }
    next += 1
    return .comparison(variable, comparison, bound)
  }

  private mutating func membership() throws(RuleFault) -> RuleTest.Question {
    let fields = try codeFields()
    let isNegated = takesKeyword("NOT")
    guard takesKeyword("IN") else { throw fault(.wordIn) }
    let lists = try codeLists()
    for list in lists where fields != .otherDiagnoses {
      if case .complications = list.meaning { throw fault(.diagnosesOnly, at: list.place) }
    }
    return .membership(fields: fields, lists: lists, isNegated: isNegated)
  }

  private mutating func codeFields() throws(RuleFault) -> CodeFields {
    let isBraced = takes(.openBrace)
    var fields: CodeFields = []
    repeat {
      guard let field = CodeFields.named(current.keyword) else { throw fault(isBraced ? .codeVariable : .test) }
      fields.insert(field)
      next += 1
    } while isBraced && takes(.comma)
    if isBraced && !takes(.closeBrace) { throw fault(.commaOrBrace) }
    return fields
  }

  private mutating func codeLists() throws(RuleFault) -> [CodeListName] {
    let isBraced = takes(.openBrace)
    var lists: [CodeListName] = []
    repeat {
      guard case .word(let name) = current.kind, !Self.isReserved(current.keyword) else { throw fault(.list) }
      let levels = ComplicationLevels.named(current.keyword)
      lists.append(CodeListName(meaning: levels.map { .complications($0) } ?? .set(name), place: current.place))
      next += 1
    } while isBraced && takes(.comma)
    if isBraced && !takes(.closeBrace) { throw fault(.commaOrBrace) }
    return lists
  }

  private static func isReserved(_ keyword: String) -> Bool {
    ["AND", "OR", "NOT", "IN"].contains(keyword) || CodeFields.named(keyword) != nil
      || NumberVariable.allCases.contains { $0.name == keyword }
  }

  private mutating func takes(_ kind: RuleToken.Kind) -> Bool {
    guard current.kind == kind else { return false }
    next += 1
    return true
  }

  private mutating func takesKeyword(_ keyword: String) -> Bool {
    guard current.keyword == keyword else { return false }
    next += 1
    return true
  }

  private func fault(_ expected: RuleFault.Expectation, at place: Range<Int>? = nil) -> RuleFault {
    let place = place ?? current.place
    return RuleFault(expected: expected, place: place, found: String(text[place].prefix(24)))
  }
}
