public import Kernel

/// How many special cases of an institution may be negotiated or paid apart, and which (特例单议比例).
public enum SpecialCaseQuota {
  /// An application.
  public struct Application: Sendable, Hashable {
    /// The case.
    public var id: String
    /// The cost above what the case is paid otherwise, fen.
    public var excess: Money

    /// Makes an application.
    public init(id: String, excess: Money) {
      self.id = id
      self.excess = excess
    }
  }

  /// The most cases: the share of discharges, parts of a case left out.
  public static func limit(discharges: Int, quota: Factor) -> Int {
    Int((Fraction(Int128(discharges)) * Fraction(quota)).rounded(.down))
  }

  /// The cases within the quota, those with the highest excess first; of equal ones, by their id.
  public static func within(_ applications: [Application], discharges: Int, quota: Factor) -> Set<String> {
    let ranked = applications.sorted { ($1.excess, $0.id) < ($0.excess, $1.id) }
    return Set(ranked.prefix(limit(discharges: discharges, quota: quota)).map(\.id))
  }
}
