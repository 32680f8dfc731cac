import Kernel

extension GroupedCalculation {
  // MARK: Groups that can pay

  enum Usable {
    case group(GroupRow)
    /// Another row than the case's own, for a reason.
    case insteadOf(GroupRow, CaseOutcome)
    case paid(CasePayment)
  }

  mutating func usableRow() -> Usable {
    let row = terms.table[paid.group]
    if let reason = reasonAgainst(row) { return payWithout(reason, row) }
    guard let row else { return .paid(missing) }
    if row.isPaidByItem || !hasSize(row) {
      steps.add(.actualCost, .word(row.code), result: .money(paid.cost))
      return .paid(money(paid.cost, .groupPerItem))
    }
    return .group(row)
  }

  private func reasonAgainst(_ row: GroupRow?) -> WithoutGroupTerms.Reason? {
    let rules = terms.withoutGroup
    if paid.group.isEmpty || rules.ungroupedCodes.contains(where: { $0.matches(paid.group) }) { return .ungrouped }
    if rules.ambiguousCodes.contains(where: { $0.matches(paid.group) }) { return .ambiguous }
    guard let row else { return .unlisted }
    return row.isStable ? nil : .unstable
  }

  /// Whether the row says what the group is worth: no weight and a weight of nothing are paid by item.
  func hasSize(_ row: GroupRow) -> Bool {
    switch terms.basis {
    case .rate, .points: (row.weight ?? .zero) > .zero
    case .score: (row.score ?? .zero) > .zero
    case .tableStandard: row.standards != nil
    }
  }

  private mutating func payWithout(_ reason: WithoutGroupTerms.Reason, _ row: GroupRow?) -> Usable {
    let rule = terms.withoutGroup.pays[reason]
    let outcome = Self.outcome(of: reason)
    switch rule?.value {
    case .asListed?:
      if let row, hasSize(row) { return .group(row) }
    case .asGroup(let code)?:
      if let other = terms.table[code] {
        steps.add(.withoutGroup, .word(paid.group), result: .word(code), source: rule?.source)
        return .insteadOf(other, outcome)
      }
    case .shareOfCost(let share)?:
      let amount = (Fraction(paid.cost) * Fraction(share)).money(terms.rounding.amount)
      steps.add(
        .withoutGroup, .word(paid.group), .factor(share), result: .money(amount), source: rule?.source)
      return .paid(money(amount, outcome))
    case .nothing?:
      steps.add(.withoutGroup, .word(paid.group), result: .money(.zero), source: rule?.source)
      return .paid(money(.zero, outcome))
    case .actualCost?, nil: break
    }
    // Nothing usable is said: by item, with the reason in the outcome, and somebody looks.
    if rule?.value != .actualCost { needsReview = true }
    steps.add(.withoutGroup, .word(paid.group), result: .money(paid.cost), source: rule?.source)
    return .paid(money(paid.cost, outcome))
  }

  private static func outcome(of reason: WithoutGroupTerms.Reason) -> CaseOutcome {
    switch reason {
    case .ungrouped: .ungrouped
    case .ambiguous: .ambiguous
    case .unlisted: .unlisted
    case .unstable: .unstable
    }
  }

  // MARK: The blank group

  /// Pays the blank group: its score in proportion to its cost, times a share, and no other factor.
  mutating func payBlankGroup(_ blank: BlankGroupTerms) -> CasePayment {
    let share = Fraction(blank.share)
    if !isByPoints {
      let amount = (Fraction(paid.cost) * share).money(terms.rounding.amount)
      steps.add(.blankGroup, .money(paid.cost), .factor(blank.share), result: .money(amount), source: blank.source)
      return money(amount, .blankGroup)
    }
    guard let row = terms.table[paid.group], hasSize(row), let deviation = terms.deviation,
      let worth = worth(of: row), let reference = reference(deviation, row, worth)
    else { return missing }
    let value = worth.plain * (Fraction(paid.cost) / reference) * share
    steps.add(
      .blankGroup, number(worth.plain), .factor((Fraction(paid.cost) / reference).factor(.halfUp)),
      .factor(blank.share), result: number(value), source: blank.source)
    return result(value, worth, .blankGroup, .none)
  }
}
