/// A case as rules ask for it: which tests hold.
struct CaseFacts {
  let coded: CodedCase
  let principalClass: Int
  let mainClass: Int
  /// The main procedure's place in the case, and the places of the others.
  private let otherProcedures: Range<Int>
  /// Which levels of complications count; worked out when first asked for.
  private var countedLevels: ComplicationLevels?

  /// The case as stated.
  init(_ coded: CodedCase, in edition: EditionParts) {
    self.coded = coded
    principalClass = Self.firstClass(of: coded.diagnoses, in: edition)
    mainClass = Self.firstClass(of: coded.procedures, in: edition)
    otherProcedures = min(1, coded.procedures.count)..<coded.procedures.count
  }

  /// The case as if one of its procedures were the only one.
  init(_ coded: CodedCase, withOnlyProcedure place: Int, in edition: EditionParts) {
    self.coded = coded
    principalClass = Self.firstClass(of: coded.diagnoses, in: edition)
    mainClass = edition.memberships.classNumber(of: coded.procedures[place])
    otherProcedures = place..<place
  }

  @inline(__always)
  private static func firstClass(of codes: [CodeNumber], in edition: EditionParts) -> Int {
    codes.isEmpty ? MembershipTable.outsider : edition.memberships.classNumber(of: codes[0])
  }

  /// Follows a rule to its end.
  ///
  /// - Returns: the step that rejected the case, or ``RuleTable/accept``.
  @inline(__always)
  mutating func follow(_ rule: Int, in edition: EditionParts) -> Int32 {
    var step = edition.rules.entries[rule]
    var last = step
    while step >= 0 {
      last = step
      let current = edition.rules.steps[Int(step)]
      step = holds(edition.rules.tests[Int(current.test)], in: edition) ? current.onTrue : current.onFalse
    }
    return step == RuleTable.accept ? step : last
  }

  @inline(__always)
  mutating func holds(_ test: CompiledTest, in edition: EditionParts) -> Bool {
    switch test.kind {
    case .membership: isMember(test, in: edition)
    case .absence: !isMember(test, in: edition)
    case .comparison:
      if let value = coded.value(of: test.variable) { test.comparison.holds(value, test.bound) } else { false }
    }
  }

  @inline(__always)
  private mutating func isMember(_ test: CompiledTest, in edition: EditionParts) -> Bool {
    if !test.levels.isEmpty, !levels(in: edition).isDisjoint(with: test.levels) { return true }
    for place in Int(test.firstSet)..<Int(test.firstSet) + Int(test.setCount) {
      if isMember(of: edition.rules.setLists[place], test.fields, in: edition) { return true }
    }
    return false
  }

  @inline(__always)
  private func isMember(of set: UInt16, _ fields: CodeFields, in edition: EditionParts) -> Bool {
    if fields.contains(.principalDiagnosis), edition.memberships.contains(principalClass, in: set) { return true }
    if fields.contains(.mainProcedure), edition.memberships.contains(mainClass, in: set) { return true }
    if fields.contains(.otherDiagnoses) {
      for place in 1..<max(1, coded.diagnoses.count)
      where edition.memberships.contains(coded.diagnoses[place], in: set) { return true }
    }
    if fields.contains(.otherProcedures) {
      for place in otherProcedures
      where edition.memberships.contains(coded.procedures[place], in: set) { return true }
    }
    return false
  }

  /// The levels of the complications that count: of the other diagnoses, those not excluded by the principal one.
  private mutating func levels(in edition: EditionParts) -> ComplicationLevels {
    if let countedLevels { return countedLevels }
    var counted: ComplicationLevels = []
    for place in 1..<max(1, coded.diagnoses.count) {
      let complication = complication(at: place, in: edition)
      if !complication.isExcluded { counted.formUnion(complication.levels) }
    }
    countedLevels = counted
    return counted
  }

  /// What one of the other diagnoses is as a complication, and whether the principal diagnosis takes it off.
  func complication(at place: Int, in edition: EditionParts) -> (
    levels: ComplicationLevels, table: UInt16, isExcluded: Bool
  ) {
    let number = edition.memberships.classNumber(of: coded.diagnoses[place])
    let levels = ComplicationLevels(rawValue: edition.memberships.levels[number])
    let table = edition.memberships.exclusions[number]
    guard !levels.isEmpty, table != MembershipTable.noTable else { return (levels, table, false) }
    return (levels, table, edition.memberships.contains(principalClass, in: table))
  }
}
