import Kernel
public import Ledger
public import People

/// The ledger entries of paying and clearing; every one balances.
///
/// Settlement has debited the fund and credited the institution with what the fund answered for, bill by bill. A month
/// pays part of that, a year sets it right: afterwards nothing is owed either way.
public enum ClearingPostings {
  /// The pooled fund of a scheme.
  public static func fund(of scheme: InsuranceScheme) -> Fund {
    scheme == .employee ? .employeePooled : .residentPooled
  }

  /// A month: deductions go back to the fund, the advance leaves the bank, the deposit is held.
  public static func entry(_ month: MonthlyAdvance, scheme: InsuranceScheme, run: String) -> LedgerEntry {
    let fund = fund(of: scheme)
    return entry(
      "\(run) \(month.institution)",
      [
        (.institution(month.institution), month.deducted + month.paid + month.deposit),
        (.fund(fund), -month.deducted), (.bank(fund), -month.paid), (.deposit(month.institution), -month.deposit),
      ])
  }

  /// A year: what the fund recognises beside what settlement posted, the reserve's part, deductions, the deposit, and
  /// the balance that is paid or returned.
  public static func entry(_ year: YearlyClearing, scheme: InsuranceScheme, run: String) -> LedgerEntry {
    let (fund, code, bands) = (fund(of: scheme), year.institution, year.bands)
    return entry(
      "\(run) \(code)",
      [
        (.fund(fund), bands.recognised - bands.input.spend), (.reserve(fund), bands.fromReserve),
        (.institution(code), bands.input.spend - bands.recognised - bands.fromReserve),
        (.institution(code), year.deducted), (.fund(fund), -year.deducted),
        (.deposit(code), year.depositReturned + year.depositForfeited),
        (.institution(code), -year.depositReturned), (.fund(fund), -year.depositForfeited),
        (.institution(code), year.due), (.bank(fund), -year.due),
      ])
  }

  /// A loss: what is ordered back is the fund's again and owed by the institution, what clearing again pays is owed to
  /// it; fines go to the state and are no money of the fund.
  public static func entry(
    _ loss: FundLoss, institution: String, scheme: InsuranceScheme, reference: String
  ) -> LedgerEntry {
    let amount = loss.orderedBack - loss.paidByReclearing
    return entry(reference, [(.institution(institution), amount), (.fund(fund(of: scheme)), -amount)])
  }

  /// An entry of the amounts that are not nothing.
  static func entry(_ reference: String, _ amounts: [(LedgerAccount, Money)]) -> LedgerEntry {
    LedgerEntry(
      reference: reference, postings: amounts.filter { $0.1 != .zero }.map { Posting($0.0, $0.1) })
  }
}
