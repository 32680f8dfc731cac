import Kernel
import People

/// What a group is worth here, in points or fen, exactly.
struct GroupWorth {
  /// The table's weight × rate or scale, standard or score, alone.
  let plain: Fraction
  /// With everything that raises it but the coefficient.
  let raised: Fraction
  /// The level's or institution's coefficient.
  let coefficient: Fraction
  /// The institution's support and assessment, on the points that come out.
  let assessment: Fraction

  /// What a case of usual cost counts.
  var standard: Fraction { raised * coefficient }
}

extension GroupedCalculation {
  /// What a group is worth; `nil` when the contract lacks a term for the case, which is noted.
  mutating func worth(of row: GroupRow) -> GroupWorth? {
    let kind = kindTerms(row)
    var level = paid.level
    var institution = paid.institution
    if case .asLevel(let other)? = kind?.rule {
      // What one institution has of its own does not count for a group that all are paid alike for.
      (level, institution) = (other, "")
      steps.add(kindCode(row), result: .word(other.word), source: kind?.source)
    }
    guard let plain = plain(row, institution, level) else { return nil }
    guard var coefficient = coefficient(row, kind, institution, level) else { return nil }
    var raised = plain
    switch kind?.rule {
    case .raised(let share)?:
      raised = raised * Fraction(Factor.one + share)
      steps.add(kindCode(row), number(plain), .factor(share), result: number(raised), source: kind?.source)
    case .addedToCoefficient(let more)?:
      let sum = coefficient + Fraction(more)
      steps.add(
        kindCode(row), .factor(coefficient.factor(.halfUp)), .factor(more), result: .factor(sum.factor(.halfUp)),
        source: kind?.source)
      coefficient = sum
    case .asLevel?, .coefficient?, nil: break
    }
    if let factor = terms.auxiliary?.highest(of: determination.auxiliaryTypes, in: row.code) {
      let before = raised
      raised = raised * Fraction(factor)
      steps.add(
        .auxiliary, number(before), .factor(factor), result: number(raised), source: terms.auxiliary?.source)
    }
    let worth = GroupWorth(plain: plain, raised: raised, coefficient: coefficient, assessment: assessment())
    steps.add(
      .standard, number(raised), .factor(coefficient.factor(.halfUp)), result: number(worth.standard),
      source: terms.rounding.source)
    return worth
  }

  /// What the case's cost is measured against, fen: the first reference that is known for its group and is not nothing.
  mutating func reference(_ deviation: DeviationTerms, _ row: GroupRow, _ worth: GroupWorth) -> Fraction? {
    for reference in deviation.references {
      guard var amount = amount(of: reference, row, worth), amount > .zero else { continue }
      if reference.withCoefficient, reference.kind != .standard { amount = amount * worth.coefficient }
      steps.add(.reference, result: .money(amount.money(.halfUp)), source: reference.source)
      return amount
    }
    steps.add(.missingTerm, .word(row.code), result: .word("references"))
    return nil
  }

  private func amount(of reference: CostReference, _ row: GroupRow, _ worth: GroupWorth) -> Fraction? {
    switch reference.kind {
    case .standard:
      if !isByPoints { return worth.standard }
      return terms.pointValue?.value[paid].map { worth.standard * Fraction(fenOf: $0) }
    case .weight(let means):
      guard let weight = row.weight else { return nil }
      return means[paid].map { Fraction(weight) * Fraction(fenOf: $0) }
    case .tableMean: return row.means?[paid].map { Fraction(fenOf: $0) }
    case .score(let prices):
      guard row.score != nil else { return nil }
      return prices[paid].map { worth.raised * Fraction(fenOf: $0) }
    }
  }

  // MARK: Parts

  private func kindTerms(_ row: GroupRow) -> GroupKindTerms? {
    if row.isBase, let terms = terms.baseGroups { return terms }
    return row.isChineseMedicine ? terms.chineseMedicine : nil
  }

  private func kindCode(_ row: GroupRow) -> PaymentStepCode {
    row.isBase && terms.baseGroups != nil ? .baseGroup : .chineseMedicineGroup
  }

  private mutating func plain(_ row: GroupRow, _ institution: String, _ level: InstitutionLevel) -> Fraction? {
    switch terms.basis {
    case .rate(let rates):
      guard let weight = row.weight else { return lacking("weight", row) }
      guard let rate = rates.value[institution: institution, level: level, scheme: paid.scheme] else {
        return lacking("rates", row)
      }
      let plain = Fraction(weight) * Fraction(fenOf: rate)
      steps.add(
        .rate, .word(row.code), .factor(weight), .price(rate), result: number(plain), source: rates.source)
      return plain
    case .tableStandard:
      guard let standard = row.standards?[institution: institution, level: level, scheme: paid.scheme] else {
        return lacking("standards", row)
      }
      let plain = Fraction(fenOf: standard)
      steps.add(.tableStandard, .word(row.code), .price(standard), result: number(plain))
      return plain
    case .points(let scale):
      guard let weight = row.weight else { return lacking("weight", row) }
      let plain = Fraction(weight) * Fraction(scale.value)
      steps.add(
        .weight, .word(row.code), .factor(weight), .factor(scale.value), result: number(plain), source: scale.source)
      return plain
    case .score:
      guard let score = row.score else { return lacking("score", row) }
      steps.add(.score, .word(row.code), result: .points(score))
      return Fraction(score)
    }
  }

  private mutating func coefficient(
    _ row: GroupRow, _ kind: GroupKindTerms?, _ institution: String, _ level: InstitutionLevel
  ) -> Fraction? {
    if case .coefficient(let own)? = kind?.rule {
      steps.add(kindCode(row), result: .factor(own), source: kind?.source)
      return Fraction(own)
    }
    let rule = terms.coefficients
    if !rule.usesTable && rule.values == nil { return .one }
    let printed = rule.usesTable ? row.coefficients : nil
    let found =
      printed?[institution: institution, level: level, scheme: paid.scheme]
      ?? rule.values?.value[institution: institution, level: level, scheme: paid.scheme]
    guard let found else { return lacking("coefficients", row) }
    steps.add(.coefficient, .word(level.word), result: .factor(found), source: rule.values?.source)
    return Fraction(found)
  }

  private mutating func assessment() -> Fraction {
    guard isByPoints, let rule = terms.assessment else { return .one }
    let (support, assessed) = (rule.support?[paid] ?? .zero, rule.assessment?[paid] ?? .one)
    let whole = Fraction(Factor.one + support) * Fraction(assessed)
    steps.add(
      .assessment, .factor(support), .factor(assessed), result: .factor(whole.factor(.halfUp)), source: rule.source)
    return whole
  }

  private mutating func lacking(_ term: String, _ row: GroupRow) -> Fraction? {
    steps.add(.missingTerm, .word(row.code), result: .word(term))
    return nil
  }
}
