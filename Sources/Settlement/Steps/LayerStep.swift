import Claims
import Kernel
import People

/// Supplementary layers: large-sum, catastrophic, civil servants, enterprise, assistance, other (SPEC 9).
enum LayerStep {
  static func apply(
    _ claim: Claim, _ person: InsuredPerson, _ policy: SettlementPolicy, _ benefit: Benefit,
    _ accumulators: Accumulators, _ sheet: inout Worksheet, _ recorder: inout some StepRecorder
  ) {
    var paid = Money.zero
    for layer in policy.layerOrder {
      guard let terms = benefit.scheme.layers[Int(layer.rawValue)], terms.cares[Int(claim.care.rawValue)],
        isEntitled(person, to: layer),
        let scale = terms.scale(person.beneficiaryClass, listed: claim.isListedDisease)
      else { continue }
      let burden = burden(layer, terms, paid, sheet)
      guard burden > .zero else { continue }
      // Large-sum may be placed after a layer that already paid part of what lies above the cap.
      let left = (sheet.ordinary - sheet.amounts.pooledOrdinary - paid).orZero
      let due = pay(layer, terms, scale, burden, accumulators)
      let payment = layer == .largeSum ? min(due, left) : due
      recorder.record(
        TraceStep(
          layer.stepCode, base: burden, limit: Money(fen: scale.line), result: payment, source: scale.source))
      paid += payment
      sheet.amounts.add(payment, from: layer)
      sheet.change.totals.layerBurden[layer] += burden
      sheet.change.totals.layerPaid[layer] += payment
    }
  }

  private static func isEntitled(_ person: InsuredPerson, to layer: SupplementLayer) -> Bool {
    switch layer {
    case .civilServant: person.isCivilServant
    case .enterprise: person.hasEnterpriseSupplement
    case .largeSum, .catastrophic, .assistance, .other: true
    }
  }

  private static func burden(_ layer: SupplementLayer, _ terms: LayerTerms, _ paid: Money, _ sheet: Worksheet) -> Money
  {
    if layer == .largeSum { return sheet.aboveCap }
    var burden = sheet.ordinary - sheet.amounts.pooledOrdinary - paid
    if terms.includesFirstSelfPay { burden += sheet.amounts.preliminarySelfPay }
    if terms.includesSeparatelyPaid {
      burden += sheet.amounts.inPolicy - sheet.ordinary - sheet.amounts.pooledSeparate
    }
    return burden.orZero
  }

  /// The difference that this claim's burden makes to what the layer owes for the period, within its cap.
  private static func pay(
    _ layer: SupplementLayer, _ terms: LayerTerms, _ scale: LayerTerms.Scale, _ burden: Money,
    _ accumulators: Accumulators
  ) -> Money {
    let prior = terms.byYear ? accumulators.totals.layerBurden[layer].fen : 0
    let before = owed(prior, terms, scale)
    let after = owed(prior + burden.fen, terms, scale)
    var payment = min(after - before, burden)
    if let cap = scale.cap {
      payment = min(payment, (cap.value - accumulators.totals.layerPaid[layer]).orZero)
    }
    return payment
  }

  /// What a layer owes for a burden, rounded half up.
  private static func owed(_ burden: Int64, _ terms: LayerTerms, _ scale: LayerTerms.Scale) -> Money {
    let (start, end) = terms.isAboveLine ? (0, max(burden - scale.line, 0)) : (scale.line, burden)
    var exact: Int64 = 0
    for band in scale.bands {
      let amount = min(end, band.to) - max(start, band.from)
      if amount > 0 { exact += amount * band.rate.millionths }
    }
    return Money(fen: Rounding.halfUp.divide(exact, by: Rate.one.millionths))
  }
}

extension SupplementLayer {
  var stepCode: StepCode {
    switch self {
    case .largeSum: .largeSum
    case .catastrophic: .catastrophic
    case .civilServant: .civilServant
    case .enterprise: .enterprise
    case .assistance: .assistance
    case .other: .other
    }
  }
}
