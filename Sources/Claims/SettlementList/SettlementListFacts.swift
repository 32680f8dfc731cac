public import Kernel
public import People

/// What the platform knows about a settlement, against which its list is checked.
public struct SettlementListFacts: Hashable, Sendable {
  /// The person's name.
  public var name: String
  /// The person's sex.
  public var sex: Sex
  /// The person's date of birth.
  public var birth: CalendarDate
  /// The person's certificate.
  public var certificate: String
  /// The kind of care that was settled.
  public var care: CareCategory
  /// The first day that was settled.
  public var admitted: CalendarDate
  /// The last day that was settled.
  public var discharged: CalendarDate
  /// Everything charged (`medfee_sumamt`).
  public var total: Money
  /// The person's part (`psn_part_amt`).
  public var person: Money
  /// Outside the catalogue (`fulamt_ownpay_amt`).
  public var fullySelfPaid: Money
  /// Above ceilings (`overlmt_selfpay`).
  public var overLimit: Money
  /// From accounts (`acct_pay`).
  public var account: Money
  /// In cash (`psn_cash_pay`).
  public var cash: Money
  /// What each fund paid, by the fund's word; funds that paid nothing are left out.
  public var funds: [String: Money]
  /// The fees by category, from the fee lines that were settled.
  public var fees: [SettlementList.FeeCategory]

  /// Makes facts.
  public init(
    name: String, sex: Sex, birth: CalendarDate, certificate: String, care: CareCategory, admitted: CalendarDate,
    discharged: CalendarDate, total: Money, person: Money, fullySelfPaid: Money, overLimit: Money, account: Money,
    cash: Money, funds: [String: Money], fees: [SettlementList.FeeCategory]
  ) {
    self.name = name
    self.sex = sex
    self.birth = birth
    self.certificate = certificate
    self.care = care
    self.admitted = admitted
    self.discharged = discharged
    self.total = total
    self.person = person
    self.fullySelfPaid = fullySelfPaid
    self.overLimit = overLimit
    self.account = account
    self.cash = cash
    self.funds = funds
    self.fees = fees
  }

  /// The person's age at admission in days.
  public var ageDays: Int { birth.days(to: admitted) }
}
