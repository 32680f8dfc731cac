import Kernel

/// What a step of a settlement did: the words of traces, in the order of calculation (SPEC-settlement-order, 13).
public enum StepCode: UInt8, Codable, Sendable, CaseIterable {
  /// Insurance covers the day of admission.
  case coverage
  /// A line is paid by the person alone.
  case selfPaidLine
  /// A price ceiling cuts a line.
  case priceCeiling
  /// A second operation through one incision counts in part.
  case sameIncision
  /// The first self-pay share of a line.
  case firstSelfPay
  /// The first self-pay share of care elsewhere.
  case crossRegionFirstSelfPay
  /// Caps cut a separately paid item.
  case separateCap
  /// A separately paid item is paid at its rate.
  case separatePay
  /// The in-policy amount of the bill.
  case inPolicy
  /// A fixed amount is paid for the kind of case.
  case caseQuota
  /// The deductible that level and category set.
  case deductibleStandard
  /// The deductible of a repeated admission.
  case deductibleRepeat
  /// The deductible of a class of person.
  case deductibleBeneficiary
  /// The deductible within a chain of referrals.
  case deductibleReferral
  /// What is left of a yearly deductible.
  case deductibleYearly
  /// The deductible applied.
  case deductible
  /// The yearly cap on in-policy amounts cuts what takes part.
  case inPolicyCap
  /// The person's own part is multiplied for the category.
  case categorySelfShare
  /// Points are added for the category.
  case categoryPoints
  /// Points are added in primary care.
  case primaryCarePoints
  /// Points are added in a hospital of Chinese medicine.
  case tcmInstitutionPoints
  /// Points are taken for care elsewhere.
  case crossRegionRate
  /// The rate is multiplied for care elsewhere.
  case crossRegionFactor
  /// One band is paid at its rate.
  case band
  /// Items of Chinese medicine are paid more.
  case tcmItems
  /// What the pooled fund would pay without caps.
  case pooled
  /// The cap of one visit.
  case visitCap
  /// The yearly cap of a disease.
  case diseaseCap
  /// The yearly cap of the kind of care.
  case annualCap
  /// The yearly cap of the pooled fund.
  case pooledCap
  /// The yearly cap of the pooled fund, for separately paid items.
  case separatePooledCap
  /// Large-sum subsidy.
  case largeSum
  /// Catastrophic insurance.
  case catastrophic
  /// Civil servants' supplement.
  case civilServant
  /// Enterprise supplement.
  case enterprise
  /// Medical assistance.
  case assistance
  /// Another fund.
  case other
  /// What the institution bears.
  case hospitalShare
  /// Paid from the person's own account.
  case account
  /// Paid from family members' accounts.
  case familyAccount
  /// Left to pay in cash.
  case cash
  /// Advanced on credit.
  case credit

  /// The word used in case files and JSON.
  public var word: String { Self.words[Int(rawValue)] }

  // Made once: answers carry dozens of steps.
  private static let words = allCases.map { SnakeCase.word("\($0)") }
}
