/// Makes steps of rules: every test once, every rule a chain of tests that leads on or ends.
struct RuleAssembler {
  private let setNumbers: [String: UInt16]
  private var tests: [CompiledTest] = []
  private var testNumbers: [CompiledTest: UInt16] = [:]
  private var setLists: [UInt16] = []
  private var listPlaces: [[UInt16]: UInt32] = [:]
  private var steps: [RuleStep] = []
  private var entries: [Int32] = []
  /// Where the labels of the rule in work lead; a label is a number below all ends.
  private var labels: [Int32?] = []

  init(setNumbers: [String: UInt16]) {
    self.setNumbers = setNumbers
  }

  var table: RuleTable { RuleTable(tests: tests, setLists: setLists, steps: steps, entries: entries) }

  /// Adds a rule; rules are numbered in the order in which they are added.
  mutating func add(_ rule: RuleExpression) {
    guard rule != .always else { return entries.append(RuleTable.accept) }
    let first = steps.count
    entries.append(Int32(first))
    labels = []
    emit(rule, onTrue: RuleTable.accept, onFalse: RuleTable.reject)
    for place in first..<steps.count {
      steps[place].onTrue = target(steps[place].onTrue)
      steps[place].onFalse = target(steps[place].onFalse)
    }
  }

  /// Labels count down from here, so that they are neither steps nor ends.
  private static let firstLabel: Int32 = -10

  private mutating func newLabel() -> Int32 {
    labels.append(nil)
    return Self.firstLabel - Int32(labels.count - 1)
  }

  private mutating func place(_ label: Int32) {
    labels[Int(Self.firstLabel - label)] = Int32(steps.count)
  }

  private func target(_ target: Int32) -> Int32 {
    target <= Self.firstLabel ? labels[Int(Self.firstLabel - target)] ?? RuleTable.reject : target
  }

  private mutating func emit(_ rule: RuleExpression, onTrue: Int32, onFalse: Int32) {
    switch rule {
    case .always: preconditionFailure("an empty rule has no parts")
    case .test(let test):
      let number = number(of: test.question)
      steps.append(
        RuleStep(
          test: number, onTrue: onTrue, onFalse: onFalse,
          firstCharacter: UInt16(clamping: test.place.lowerBound), endCharacter: UInt16(clamping: test.place.upperBound)
        ))
    case .all(let parts):
      for (position, part) in parts.enumerated() {
        if position == parts.count - 1 {
          emit(part, onTrue: onTrue, onFalse: onFalse)
        } else {
          let next = newLabel()
          emit(part, onTrue: next, onFalse: onFalse)
          place(next)
        }
      }
    case .any(let parts):
      for (position, part) in parts.enumerated() {
        if position == parts.count - 1 {
          emit(part, onTrue: onTrue, onFalse: onFalse)
        } else {
          let next = newLabel()
          emit(part, onTrue: onTrue, onFalse: next)
          place(next)
        }
      }
    }
  }

  private mutating func number(of question: RuleTest.Question) -> UInt16 {
    let test = compiled(question)
    if let known = testNumbers[test] { return known }
    let number = UInt16(truncatingIfNeeded: tests.count)
    tests.append(test)
    testNumbers[test] = number
    return number
  }

  private mutating func compiled(_ question: RuleTest.Question) -> CompiledTest {
    switch question {
    case .comparison(let variable, let comparison, let bound):
      return CompiledTest(kind: .comparison, variable: variable, comparison: comparison, bound: bound)
    case .membership(let fields, let lists, let isNegated):
      var levels: ComplicationLevels = []
      var sets: [UInt16] = []
      for list in lists {
        switch list.meaning {
        case .complications(let level): levels.formUnion(level)
        // A set without members has no number; nothing is in it.
        case .set(let name): if let number = setNumbers[name] { sets.append(number) }
        }
      }
      return CompiledTest(
        kind: isNegated ? .absence : .membership, fields: fields, levels: levels, firstSet: place(of: sets),
        setCount: UInt16(sets.count))
    }
  }

  private mutating func place(of sets: [UInt16]) -> UInt32 {
    if sets.isEmpty { return 0 }
    if let known = listPlaces[sets] { return known }
    let place = UInt32(setLists.count)
    setLists += sets
    listPlaces[sets] = place
    return place
  }
}
