public import Kernel
public import Policy

/// Splits an amount by several factors with agreed weights, exactly (按因素法分配).
///
/// The amount is first split among the factors by their weights, then each factor's part among the holders by what the
/// factor says of them; both splits are those of ``BudgetShares``, so that every level adds up.
public struct FactorSplit: Hashable, Sendable {
  /// One factor.
  public struct Factor: Hashable, Sendable {
    /// Its name in files: `history`, `heads`, `age`, `quality`.
    public var name: String
    /// Its part of the whole.
    public var weight: Rate

    /// Makes a factor.
    public init(_ name: String, weight: Rate) {
      self.name = name
      self.weight = weight
    }
  }

  /// The factors, whose weights come to the whole.
  public var factors: [Factor]
  /// Where they come from.
  public var citation: Citation

  /// Makes a split.
  public init(_ factors: [Factor], citation: Citation) {
    self.factors = factors
    self.citation = citation
  }

  /// Splits an amount.
  ///
  /// - Parameters:
  ///   - amount: what is split, fen.
  ///   - holders: what each factor says of each holder, by factor name; a factor that is missing counts as nothing.
  /// - Returns: shares by holder, ascending by code, and the parts of the factors.
  public func split(_ amount: Money, among holders: [String: [String: Points]]) -> Result<Shares, ClearingRefusal> {
    let whole = factors.reduce(Rate.zero) { $0 + $1.weight }
    guard whole == .one, factors.allSatisfy({ $0.weight >= .zero }) else {
      return .failure(.init(.weightsNotWhole, whole.percent))
    }
    let codes = holders.keys.sorted()
    let claims = factors.map { BudgetShares.Claim($0.name, Points(millionths: $0.weight.millionths)) }
    return BudgetShares.split(amount, among: claims).flatMap { parts in
      var totals = [Money](repeating: .zero, count: codes.count)
      var rows: [[Money]] = []
      for (factor, part) in zip(factors, parts) {
        let claims = codes.map { BudgetShares.Claim($0, holders[$0]?[factor.name] ?? .zero) }
        switch BudgetShares.split(part, among: claims) {
        case .failure(let refusal):
          return .failure(.init(refusal.code, refusal.subject.isEmpty ? factor.name : refusal.subject))
        case .success(let shares):
          rows.append(shares)
          for place in codes.indices { totals[place] += shares[place] }
        }
      }
      return .success(Shares(holders: codes, amounts: totals, factorParts: parts, byFactor: rows))
    }
  }

  /// What a split came to.
  public struct Shares: Hashable, Sendable {
    /// The holders, ascending by code.
    public let holders: [String]
    /// Their shares, fen.
    public let amounts: [Money]
    /// The factors' parts of the whole, in the order of the factors, fen.
    public let factorParts: [Money]
    /// Every factor's part split among the holders, fen.
    public let byFactor: [[Money]]
  }
}
