import Catalog
import Claims
import Kernel

/// Splits each ordinary line into what the person pays alone and what takes part in payment (SPEC 4).
enum LineStep {
  static func split(
    _ claim: Claim, _ policy: SettlementPolicy, _ scheme: SchemeTerms, _ sheet: inout Worksheet,
    _ recorder: inout some StepRecorder
  ) -> SettlementOutcome? {
    let elsewhere = claim.filing == .local ? nil : scheme.crossRegionSelfPay[claim.filing]
    var refused: SettlementOutcome?
    for (index, line) in claim.lines.enumerated() {
      sheet.amounts.total += line.amount
      if isSelfPaid(line) {
        sheet.amounts.fullySelfPaid += line.amount
        recorder.record(line: index, LineShare(fullySelfPaid: line.amount))
        recorder.record(
          TraceStep(.selfPaidLine, subject: Int32(index), base: line.amount, rate: .one, result: line.amount))
      } else if !line.terms.isSeparatelyPaid {
        if !splitOrdinary(line, index, policy, scheme, elsewhere, &sheet, &recorder) { refused = .noFirstSelfPayRate }
      }
    }
    return refused
  }

  /// Class C, conditions of limited use not met, or refused by the hospital.
  static func isSelfPaid(_ line: FeeLine) -> Bool {
    if line.terms.chargeClass == .c { return true }
    return line.terms.isLimitedUse ? line.approval != .approved : line.approval == .refused
  }

  /// Splits one line; `false` when a rate is missing.
  private static func splitOrdinary(
    _ line: FeeLine, _ index: Int, _ policy: SettlementPolicy, _ scheme: SchemeTerms, _ elsewhere: Cited<Rate>?,
    _ sheet: inout Worksheet, _ recorder: inout some StepRecorder
  ) -> Bool {
    let subject = Int32(truncatingIfNeeded: index)
    let allowed = allowed(line, subject, policy, &sheet, &recorder)
    guard let first = firstSelfPay(line, scheme) else { return false }
    var selfPay = allowed.multiplied(by: first.rate, rounding: .halfUp)
    if first.rate > .zero {
      recorder.record(
        TraceStep(
          .firstSelfPay, subject: subject, base: allowed, rate: first.rate, result: selfPay, source: first.source))
    }
    if let elsewhere {
      let rest = allowed - selfPay
      let more = rest.multiplied(by: elsewhere.value, rounding: .halfUp)
      recorder.record(
        TraceStep(
          .crossRegionFirstSelfPay, subject: subject, base: rest, rate: elsewhere.value, result: more,
          source: elsewhere.source))
      selfPay += more
    }
    let inPolicy = allowed - selfPay
    sheet.amounts.preliminarySelfPay += selfPay
    sheet.ordinary += inPolicy
    if line.terms.isTraditionalChinese { sheet.chineseMedicine += inPolicy }
    recorder.record(
      line: index, LineShare(overLimit: line.amount - allowed, preliminarySelfPay: selfPay, inPolicy: inPolicy))
    return true
  }

  /// What of the line is within the price ceiling, and counts when it is a second operation.
  @inline(__always)
  private static func allowed(
    _ line: FeeLine, _ subject: Int32, _ policy: SettlementPolicy, _ sheet: inout Worksheet,
    _ recorder: inout some StepRecorder
  ) -> Money {
    var allowed = line.amount
    if let ceiling = line.terms.priceCeiling {
      let limit = ceiling.total(for: line.quantity, rounding: .halfUp)
      if allowed > limit {
        recorder.record(
          TraceStep(.priceCeiling, subject: subject, base: allowed, limit: limit, result: limit))
        sheet.addOverLimit(allowed - limit, hospitalBears: false)
        allowed = limit
      }
    }
    if line.isSameIncisionOperation, let second = policy.secondOperation {
      let price = min(line.price, line.terms.priceCeiling ?? line.price)
      let full = price.total(for: line.quantity, rounding: .halfUp)
      let counted = min(allowed, full.multiplied(by: second.rate.value, rounding: .halfUp))
      recorder.record(
        TraceStep(
          .sameIncision, subject: subject, base: full, rate: second.rate.value, result: counted,
          source: second.rate.source))
      sheet.addOverLimit(allowed - counted, hospitalBears: second.excessIsHospitals)
      allowed = counted
    }
    return allowed
  }

  @inline(__always)
  private static func firstSelfPay(_ line: FeeLine, _ scheme: SchemeTerms) -> (rate: Rate, source: ValueReference?)? {
    if let own = line.terms.firstSelfPay { return (own, nil) }
    guard line.terms.chargeClass == .b else { return (.zero, nil) }
    return scheme.classBSelfPay.map { ($0.value, $0.source) }
  }
}
