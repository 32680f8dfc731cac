import Claims
import Kernel

/// Whether a claim is well formed enough to be settled (SPEC 2, numbers 110 to 115).
enum ClaimForm {
  /// The largest amount of a line or a claim: one thousand million yuan, far below where exact arithmetic ends.
  static let largest = Money(fen: 100_000_000_000)

  static func check(_ claim: Claim) -> SettlementOutcome? {
    if claim.lines.isEmpty { return .emptyClaim }
    if claim.discharged < claim.admitted { return .dischargeBeforeAdmission }
    var worst: SettlementOutcome?
    var total = Money.zero
    for line in claim.lines {
      if let fault = fault(of: line, in: claim), fault.rawValue < worst?.rawValue ?? .max { worst = fault }
      if line.amount <= largest { total += line.amount }
    }
    if let worst, worst.rawValue < SettlementOutcome.amountTooLarge.rawValue { return worst }
    return total > largest ? .amountTooLarge : worst
  }

  /// Price times quantity; a product that does not fit is beyond every amount.
  private static func product(of line: FeeLine) -> Money {
    let (_, overflow) = line.price.microyuan.multipliedReportingOverflow(by: line.quantity.tenThousandths)
    if overflow {
      let wide = Int128(line.price.microyuan) * Int128(line.quantity.tenThousandths)
      if wide > Int128(Int64.max) * 100_000_000 { return Money(fen: .max) }
    }
    return line.price.total(for: line.quantity, rounding: .halfUp)
  }

  private static func fault(of line: FeeLine, in claim: Claim) -> SettlementOutcome? {
    if line.price.microyuan < 0 || line.quantity.tenThousandths < 0 || line.amount.isNegative { return .negativeLine }
    if line.amount > product(of: line) { return .lineAmountMismatch }
    if !line.isSameIncisionOperation && line.amount < product(of: line) { return .lineAmountMismatch }
    if line.amount > largest { return .amountTooLarge }
    if line.day < claim.admitted || line.day > claim.discharged { return .lineOutsideStay }
    return nil
  }
}
