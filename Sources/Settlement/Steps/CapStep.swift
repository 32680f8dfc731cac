import Claims
import Kernel

/// Holds the pooled fund's payment within its caps (SPEC 8).
enum CapStep {
  static func apply(
    _ claim: Claim, _ policy: SettlementPolicy, _ benefit: Benefit, _ accumulators: Accumulators,
    _ sheet: inout Worksheet, _ recorder: inout some StepRecorder
  ) {
    let plan = benefit.plan
    var payment = sheet.candidate
    cut(&payment, to: plan.visitCap?.value, .visitCap, plan.visitCap?.source, &recorder)
    if let disease = claim.chronicDisease, let cap = plan.diseaseCaps[disease] {
      let room = cap.value - accumulators.uses[.disease(disease), default: .zero]
      cut(&payment, to: room, .diseaseCap, cap.source, &recorder)
    }
    if let cap = plan.annualCap {
      cut(&payment, to: cap.value - accumulators.totals.pooled[plan.counters], .annualCap, cap.source, &recorder)
    }
    guard benefit.scheme.pooledCapBasis == .fundPayments, let cap = benefit.scheme.pooledCap[benefit.category.index]
    else {
      sheet.amounts.pooledOrdinary = payment
      paySeparate(policy, room: nil, nil, &sheet, &recorder)
      return
    }
    var room = (cap.value - accumulators.totals.countedPooled).orZero
    if plan.countsTowardCap {
      cut(&payment, to: room, .pooledCap, cap.source, &recorder)
      if benefit.quota == nil, sheet.candidate > room { sheet.aboveCap = aboveCap(room, plan, sheet) }
      room -= payment
    }
    sheet.amounts.pooledOrdinary = payment
    paySeparate(policy, room: policy.separateCountsTowardCap ? room : nil, cap.source, &sheet, &recorder)
  }

  private static func cut(
    _ payment: inout Money, to room: Money?, _ code: StepCode, _ source: ValueReference?,
    _ recorder: inout some StepRecorder
  ) {
    guard let room = room?.orZero, payment > room else { return }
    recorder.record(TraceStep(code, base: payment, limit: room, result: room, source: source))
    payment = room
  }

  /// What the bands cover beyond the point where their exact pay fills the room.
  private static func aboveCap(_ room: Money, _ plan: PlanTerms, _ sheet: Worksheet) -> Money {
    var left = max(room.fen * Rate.one.millionths - sheet.medicineBonus, 0)
    var covered: Int64 = 0
    let end = sheet.bandStart + sheet.counted.fen
    for band in plan.bands {
      let amount = min(end, band.to) - max(sheet.bandStart, band.from)
      guard amount > 0 else { continue }
      guard left > 0 else { break }
      let rate = sheet.adjustment.apply(to: band.rate).millionths
      if amount * rate <= left {
        covered += amount
        left -= amount * rate
      } else {
        covered += left / rate
        break
      }
    }
    return sheet.counted - Money(fen: covered)
  }

  /// Separate payments draw on what the ordinary part left of the cap, item by item.
  private static func paySeparate(
    _ policy: SettlementPolicy, room: Money?, _ source: ValueReference?, _ sheet: inout Worksheet,
    _ recorder: inout some StepRecorder
  ) {
    guard !sheet.separate.isEmpty else { return }
    var room = room
    for place in sheet.separate.indices {
      let group = sheet.separate[place]
      if let left = room {
        if group.payment > left {
          recorder.record(
            TraceStep(
              .separatePooledCap, subject: Int32(truncatingIfNeeded: group.firstLine), base: group.payment,
              limit: left, result: left, source: source))
          sheet.separate[place].payment = left
        }
        room = left - sheet.separate[place].payment
      }
      if policy.separateCountsTowardCap { sheet.change.totals.countedPooled += sheet.separate[place].payment }
      sheet.amounts.pooledSeparate += sheet.separate[place].payment
    }
  }
}
