public import Kernel
public import Payment
import People

/// A provincial adjustment fund's year (省级调剂金).
public struct RunAdjustmentFund: Sendable {
  /// The run: a line for every region.
  public let made: MadeRun
  /// What came of the year.
  public let fund: AdjustmentFund

  /// The steps behind every line.
  public var steps: [String: [ClearingStep]] {
    Dictionary(uniqueKeysWithValues: fund.lines.map { ($0.region, $0.steps) })
  }
}

/// What is stated for an adjustment fund's year.
public struct AdjustmentFundYear: Sendable {
  /// What the fund held before, fen.
  public var opening: Money
  /// The regions.
  public var regions: [AdjustmentFund.Region]
  /// Everything stated, by name, for the run's inputs.
  public var stated: [String: String]

  /// Makes a year.
  public init(opening: Money, regions: [AdjustmentFund.Region], stated: [String: String]) {
    self.opening = opening
    self.regions = regions
    self.stated = stated
  }
}

extension PayingDesk {
  /// Calculates a year of a province's adjustment fund.
  ///
  /// - Parameters:
  ///   - order: the province as region, scheme, year; its inputs are not looked at.
  ///   - year: what is stated.
  ///   - terms: the province's terms.
  ///   - identity: the digest of the file that the terms were read from.
  public func runAdjustmentFund(
    _ order: Order, _ year: AdjustmentFundYear, under terms: AdjustmentFundTerms, identity: String
  ) async throws(StoreError) -> Result<RunAdjustmentFund, PayingRefusal> {
    guard case .year = order.period, let first = order.period.firstDay, let last = order.period.lastDay,
      terms.covered.contains(first), terms.covered.contains(last)
    else { return .failure(.desk(.notCovered, "\(order.region) \(order.period)")) }
    let fund: AdjustmentFund
    switch AdjustmentFund.run(order.scheme, regions: year.regions, opening: year.opening, under: terms).atDesk {
    case .failure(let refusal): return .failure(refusal)
    case .success(let value): fund = value
    }
    let inputs = PaymentRun.Inputs(
      kind: .adjustmentFund, region: order.region, scheme: order.scheme, period: order.period, contract: identity,
      cases: "", further: year.stated)
    let lines = fund.lines.map { line in
      PaymentRun.Line(
        holder: line.region,
        amounts: [
          "contribution": line.contribution, "distributed": line.distributed, "province_part": line.provincePart,
          "reserve_part": line.reservePart, "own_part": line.ownPart,
        ])
    }
    let made = try await make(inputs, lines: lines) { [fund.entry(run: $0)] }
    return made.map { RunAdjustmentFund(made: $0, fund: fund) }
  }
}
