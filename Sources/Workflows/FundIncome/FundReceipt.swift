public import Kernel
public import Ledger

/// Money that a fund received (基金收入): one line of the treasury's or bank's statement (S10, S11).
///
/// What was received is stated, not assessed here; a line that was wrong is set right by another with the opposite
/// amount.
public struct FundReceipt: FiledRecord {
  /// The register of receipts.
  public static let register = "fund-receipt"

  /// What the money is.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// Contributions of employers and persons (保险费收入).
    case contribution
    /// Subsidies of public budgets (财政补贴收入).
    case subsidy
    /// Interest (利息收入).
    case interest
    /// What came with persons who moved here (转移收入).
    case transfer
    /// What a higher level paid down (上级补助收入).
    case grant
    /// What the years before left (上年结余); counts in the balance, and as no income of the year.
    case carried
    /// Anything else (其他收入).
    case other

    /// What people call it.
    public var title: LocalizedText {
      switch self {
      case .contribution: LocalizedText("保险费", "contributions")
      case .subsidy: LocalizedText("财政补贴", "public subsidy")
      case .interest: LocalizedText("利息", "interest")
      case .transfer: LocalizedText("转移收入", "transferred in")
      case .grant: LocalizedText("上级补助", "grant from above")
      case .carried: LocalizedText("上年结余", "carried forward")
      case .other: LocalizedText("其他收入", "other income")
      }
    }
  }

  /// The number of the line, unique for the region.
  public let id: String
  /// The day on which it was received.
  public let day: CalendarDate
  /// The fund.
  public let fund: Fund
  /// What it is.
  public let kind: Kind
  /// How much, fen; below nothing for one that sets another right.
  public let amount: Money
  /// What the statement says of it.
  public let basis: String

  /// Makes a receipt.
  public init(id: String, day: CalendarDate, fund: Fund, kind: Kind, amount: Money, basis: String) {
    self.id = id
    self.day = day
    self.fund = fund
    self.kind = kind
    self.amount = amount
    self.basis = basis
  }

  /// The platform's own.
  public var owner: String { "" }
  /// The fund's word.
  public var subject: String { fund.word }
  /// The day.
  public var time: String { "\(day)" }
}
