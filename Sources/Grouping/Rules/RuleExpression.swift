/// A rule as it was read: tests joined by "and" and "or".
indirect enum RuleExpression: Hashable, Sendable {
  /// An empty rule; every case passes.
  case always
  case test(RuleTest)
  case all([RuleExpression])
  case any([RuleExpression])

  /// Every test of the rule, in reading order.
  var tests: [RuleTest] {
    switch self {
    case .always: []
    case .test(let test): [test]
    case .all(let parts), .any(let parts): parts.flatMap(\.tests)
    }
  }
}

/// One question of a rule that is true or false of a case.
struct RuleTest: Hashable, Sendable {
  enum Question: Hashable, Sendable {
    case membership(fields: CodeFields, lists: [CodeListName], isNegated: Bool)
    case comparison(NumberVariable, NumberComparison, Int32)
  }

  var question: Question
  /// Where the test stands in the rule, in characters from 0.
  var place: Range<Int>
}

/// The lists of codes of a case that a test looks at.
struct CodeFields: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let principalDiagnosis = CodeFields(rawValue: 1)
  static let otherDiagnoses = CodeFields(rawValue: 2)
  static let mainProcedure = CodeFields(rawValue: 4)
  static let otherProcedures = CodeFields(rawValue: 8)
  static let diagnoses: CodeFields = [.principalDiagnosis, .otherDiagnoses]
  static let procedures: CodeFields = [.mainProcedure, .otherProcedures]

  /// The field of a name of the rule language.
  static func named(_ name: String) -> CodeFields? {
    switch name {
    case "ZYZD": .principalDiagnosis
    case "QTZD": .otherDiagnoses
    case "ZYSS": .mainProcedure
    case "QTSS": .otherProcedures
    default: nil
    }
  }
}

/// What a test asks for: a set of the edition, or complications that count.
struct CodeListName: Hashable, Sendable {
  enum Meaning: Hashable, Sendable {
    case set(String)
    case complications(ComplicationLevels)
  }

  var meaning: Meaning
  /// Where the name stands in the rule, in characters from 0.
  var place: Range<Int>
}

/// Levels of complications and comorbidities.
struct ComplicationLevels: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  /// Major (严重并发症或合并症).
  static let major = ComplicationLevels(rawValue: 1)
  /// Other (并发症或合并症).
  static let other = ComplicationLevels(rawValue: 2)

  /// The level of a name of the official form.
  static func named(_ name: String) -> ComplicationLevels? {
    switch name {
    case "MCC": .major
    case "CC": .other
    default: nil
    }
  }
}

/// How a number is compared.
enum NumberComparison: UInt8, Hashable, Sendable, CaseIterable {
  case equal = 0
  case less = 1
  case lessOrEqual = 2
  case greater = 3
  case greaterOrEqual = 4

  func holds(_ value: Int32, _ bound: Int32) -> Bool {
    switch self {
    case .equal: value == bound
    case .less: value < bound
    case .lessOrEqual: value <= bound
    case .greater: value > bound
    case .greaterOrEqual: value >= bound
    }
  }
}
