public import Kernel

/// What can pay the person's share at the moment of settlement.
public struct CreditFacts: Hashable, Codable, Sendable {
  /// Balance of the person's own account (`balc`).
  public var balance: Money
  /// Balance of family members' accounts that the person may use (账户共济).
  public var familyBalance: Money
  /// Whether the person wants accounts to be used (个人账户使用标志, `acct_used_flag`).
  public var usesAccount: Bool
  /// What the bank advances at most, when the person has a credit line (信用就医, S7).
  public var creditLine: Money?

  /// Makes facts; balances must not be below zero.
  public init(
    balance: Money = .zero, familyBalance: Money = .zero, usesAccount: Bool = true, creditLine: Money? = nil
  ) {
    precondition(!balance.isNegative && !familyBalance.isNegative, "a balance is below zero")
    self.balance = balance
    self.familyBalance = familyBalance
    self.usesAccount = usesAccount
    self.creditLine = creditLine
  }
}
