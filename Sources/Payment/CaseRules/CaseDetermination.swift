public import Kernel

/// What others have found about a case that payment needs: its types, and what experts decided.
public struct CaseDetermination: Hashable, Sendable {
  /// What experts decided in a special negotiation.
  public enum Decision: Hashable, Sendable {
    /// This much is paid for the whole case, fen.
    case amount(Money)
    /// It is paid what it cost.
    case actualCost
    /// It is paid as every case.
    case refused
  }

  /// Types in the auxiliary catalogue that the case has, in the contract's words.
  public var auxiliaryTypes: Set<String>
  /// Whether the case lies within the quota for new technology; `nil` when that is not known yet.
  public var isWithinQuota: Bool?
  /// The decision; `nil` while there is none.
  public var decision: Decision?

  /// Makes a determination; what is left out is not known.
  public init(auxiliaryTypes: Set<String> = [], isWithinQuota: Bool? = nil, decision: Decision? = nil) {
    self.auxiliaryTypes = auxiliaryTypes
    self.isWithinQuota = isWithinQuota
    self.decision = decision
  }

  /// Nothing is known.
  public static let none = CaseDetermination()
}
