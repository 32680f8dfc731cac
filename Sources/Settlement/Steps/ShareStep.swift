import Claims
import Kernel

/// What the person pays, and from where (SPEC 10).
enum ShareStep {
  static func apply(
    _ claim: Claim, _ scheme: SchemeTerms, _ credit: CreditFacts, _ sheet: inout Worksheet,
    _ recorder: inout some StepRecorder
  ) {
    if sheet.amounts.hospital > .zero {
      recorder.record(TraceStep(.hospitalShare, base: sheet.amounts.overLimit, result: sheet.amounts.hospital))
    }
    let person = sheet.amounts.person
    if credit.usesAccount, let account = scheme.account, account.cares[Int(claim.care.rawValue)] {
      payFromAccounts(person, account, credit, &sheet, &recorder)
    }
    let cash = sheet.amounts.cash
    recorder.record(TraceStep(.cash, base: person, result: cash))
    if let line = credit.creditLine, min(line, cash) > .zero {
      sheet.amounts.creditAdvance = min(line, cash)
      recorder.record(TraceStep(.credit, base: cash, limit: line, result: sheet.amounts.creditAdvance))
    }
  }

  private static func payFromAccounts(
    _ person: Money, _ terms: AccountTerms, _ credit: CreditFacts, _ sheet: inout Worksheet,
    _ recorder: inout some StepRecorder
  ) {
    let limit =
      terms.coversAll ? person : (person - sheet.amounts.fullySelfPaid - sheet.personsOverLimit).orZero
    sheet.amounts.ownAccount = min(credit.balance, limit)
    if sheet.amounts.ownAccount > .zero {
      recorder.record(
        TraceStep(
          .account, base: limit, limit: credit.balance, result: sheet.amounts.ownAccount, source: terms.source))
    }
    guard terms.sharesFamily else { return }
    sheet.amounts.familyAccount = min(credit.familyBalance, limit - sheet.amounts.ownAccount)
    if sheet.amounts.familyAccount > .zero {
      recorder.record(
        TraceStep(
          .familyAccount, base: limit - sheet.amounts.ownAccount, limit: credit.familyBalance,
          result: sheet.amounts.familyAccount, source: terms.source))
    }
  }
}

extension SettlementAmounts {
  /// Adds a layer's payment.
  mutating func add(_ payment: Money, from layer: SupplementLayer) {
    switch layer {
    case .largeSum: largeSum += payment
    case .catastrophic: catastrophic += payment
    case .civilServant: civilServant += payment
    case .enterprise: enterprise += payment
    case .assistance: assistance += payment
    case .other: other += payment
    }
  }
}
