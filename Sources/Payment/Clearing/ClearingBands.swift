public import Kernel
import Policy

/// How a surplus is kept and an overspend shared, band by band (结余留用、超支分担).
///
/// A band reaches from its edge, a share of the budget, to the next one's. Every part of the difference is taken at the
/// rate of the band it lies in, and the parts are added up: the result is continuous at the edges, so that it does not
/// matter on which side an edge itself is counted.
public struct ClearingBands: Hashable, Sendable {
  /// One band.
  public struct Band: Hashable, Sendable {
    /// Where it begins, as a share of the budget.
    public var above: Rate
    /// The part of it that is kept, or that the fund bears.
    public var rate: Rate

    /// Makes a band.
    public init(above: Rate, rate: Rate) {
      self.above = above
      self.rate = rate
    }
  }

  /// The bands in ascending order; the first begins at nothing.
  public let bands: [Band]
  /// The most that the bands may come to, as a share of the budget; `nil` without such a limit.
  public let most: Rate?

  /// Makes bands, or `nil` when there is none, the first does not begin at nothing, they do not ascend, or a rate lies
  /// outside the whole.
  public init?(_ bands: [Band], most: Rate? = nil) {
    guard bands.first?.above == .zero, zip(bands, bands.dropFirst()).allSatisfy({ $0.above < $1.above }),
      bands.allSatisfy({ $0.rate >= .zero && $0.rate <= .one }), most ?? .zero >= .zero
    else { return nil }
    self.bands = bands
    self.most = most
  }

  /// One rate for every part.
  public static func all(_ rate: Rate) -> ClearingBands? { ClearingBands([Band(above: .zero, rate: rate)]) }

  /// What the bands come to for a difference.
  ///
  /// - Parameters:
  ///   - difference: the surplus or overspend, fen, as a size.
  ///   - budget: what the edges are shares of, fen.
  ///   - rounding: applied once, to the sum of all bands.
  ///   - code: how the trace names a band.
  ///   - steps: takes down every band that the difference reaches.
  func apply(
    to difference: Money, of budget: Money, rounding: Rounding, _ code: ClearingStepCode, _ citation: Citation,
    _ steps: inout [ClearingStep]
  ) -> Money {
    // Fen times millionths, so that an edge may lie within a fen; the sum in fen times millionths of millionths.
    let whole = Int128(difference.fen) * 1_000_000
    var exact: Int128 = 0
    for (place, band) in bands.enumerated() {
      let from = Int128(budget.fen) * Int128(band.above.millionths)
      let next = place + 1 < bands.count ? Int128(budget.fen) * Int128(bands[place + 1].above.millionths) : whole
      let part = min(whole, next) - from
      guard part > 0 else { break }
      exact += part * Int128(band.rate.millionths)
      steps.append(
        ClearingStep(
          code, subject: band.above.percent, base: Money(fen: Rounding.halfUp.divide(part, by: 1_000_000)),
          rate: band.rate,
          result: Money(fen: Rounding.halfUp.divide(part * Int128(band.rate.millionths), by: 1_000_000_000_000)),
          citation: citation))
    }
    if let most {
      let ceiling = Int128(budget.fen) * Int128(most.millionths) * 1_000_000
      if exact > ceiling {
        exact = ceiling
        let shown = Money(fen: rounding.divide(ceiling, by: 1_000_000_000_000))
        steps.append(ClearingStep(.keptMost, rate: most, limit: shown, result: shown, citation: citation))
      }
    }
    return Money(fen: rounding.divide(exact, by: 1_000_000_000_000))
  }
}
