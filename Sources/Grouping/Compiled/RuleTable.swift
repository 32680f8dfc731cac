/// The rules of an edition as tests that lead on to one another.
struct RuleTable: Hashable, Sendable {
  /// The end of a rule that holds.
  static let accept: Int32 = -1
  /// The end of a rule that does not.
  static let reject: Int32 = -2

  /// Every test once.
  let tests: [CompiledTest]
  /// The sets of tests that name several.
  let setLists: [UInt16]
  /// The rules' steps; each leads to a later one or to an end, so that every rule ends.
  let steps: [RuleStep]
  /// The first step of each rule, or an end.
  let entries: [Int32]

  /// The sets of a test.
  func sets(of test: CompiledTest) -> ArraySlice<UInt16> {
    setLists[Int(test.firstSet)..<Int(test.firstSet) + Int(test.setCount)]
  }
}

/// One step of a rule: a test, and where to go from it.
struct RuleStep: Hashable, Sendable {
  var test: UInt16
  var onTrue: Int32
  var onFalse: Int32
  /// The characters of the rule that the test was read from.
  var firstCharacter: UInt16
  var endCharacter: UInt16
}

/// A test with its names resolved.
struct CompiledTest: Hashable, Sendable {
  enum Kind: UInt8, Sendable {
    case membership = 0
    case absence = 1
    case comparison = 2
  }

  var kind: Kind
  /// The code lists looked at; of a membership.
  var fields: CodeFields = []
  /// The levels of complications asked for; of a membership.
  var levels: ComplicationLevels = []
  /// The sets asked for, in ``RuleTable/setLists``; of a membership.
  var firstSet: UInt32 = 0
  var setCount: UInt16 = 0
  /// The number compared; of a comparison.
  var variable: NumberVariable = .ageYears
  var comparison: NumberComparison = .equal
  var bound: Int32 = 0
}
