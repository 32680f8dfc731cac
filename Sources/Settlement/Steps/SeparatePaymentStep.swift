import Catalog
import Claims
import Kernel

/// Caps and pays items that the region pays on their own line (SPEC 5; S18).
enum SeparatePaymentStep {
  /// A line of a separately paid item, after its unit price cap.
  private struct Entry {
    let line: Int
    let item: String
    let day: CalendarDate
    let charged: Money
    let allowed: Money
    let terms: SeparateItemTerms
  }

  static func split(
    _ claim: Claim, _ policy: SettlementPolicy, _ scheme: SchemeTerms, _ accumulators: Accumulators,
    _ sheet: inout Worksheet, _ recorder: inout some StepRecorder
  ) -> SettlementOutcome? {
    guard claim.lines.contains(where: { $0.terms.isSeparatelyPaid && !LineStep.isSelfPaid($0) }) else { return nil }
    var entries: [Entry] = []
    for (index, line) in claim.lines.enumerated() where line.terms.isSeparatelyPaid && !LineStep.isSelfPaid(line) {
      guard let terms = scheme.separateItems[line.item] ?? scheme.anySeparateItem else { return .noSeparatePayRate }
      let cap = terms.unitPriceCap?.value.total(for: line.quantity, rounding: .halfUp)
      entries.append(
        Entry(
          line: index, item: line.item, day: line.day, charged: line.amount,
          allowed: min(line.amount, cap ?? line.amount), terms: terms))
    }
    entries.sort { ($0.item, $0.day, $0.line) < ($1.item, $1.day, $1.line) }
    var rest = entries[...]
    while let first = rest.first {
      let group = rest.prefix { $0.item == first.item && $0.day.yearMonth == first.day.yearMonth }
      rest = rest.dropFirst(group.count)
      pay(Array(group), policy, accumulators, &sheet, &recorder)
    }
    return nil
  }

  /// Pays one item of one month.
  private static func pay(
    _ group: [Entry], _ policy: SettlementPolicy, _ accumulators: Accumulators, _ sheet: inout Worksheet,
    _ recorder: inout some StepRecorder
  ) {
    guard let first = group.first else { return }
    let month = first.day.yearMonth
    let charged = group.reduce(Money.zero) { $0 + $1.charged }
    var allowed = cappedByDay(group)
    if let cap = first.terms.monthlyCap {
      let used = accumulators.uses[.item(first.item, month), default: .zero]
      allowed = min(allowed, (cap.value - used).orZero)
    }
    let subject = Int32(truncatingIfNeeded: first.line)
    if allowed < charged {
      let source = first.terms.monthlyCap ?? first.terms.occasionCap
      recorder.record(
        TraceStep(
          .separateCap, subject: subject, base: charged, limit: allowed, result: allowed,
          source: source?.source ?? first.terms.unitPriceCap?.source))
    }
    let payment = allowed.multiplied(by: first.terms.rate.value, rounding: .halfUp)
    recorder.record(
      TraceStep(
        .separatePay, subject: subject, base: allowed, rate: first.terms.rate.value, result: payment,
        source: first.terms.rate.source))
    sheet.addOverLimit(charged - allowed, hospitalBears: policy.separateExcessIsHospitals)
    sheet.separate.append(
      .init(
        item: first.item, month: month, terms: first.terms, firstLine: first.line, allowed: allowed,
        payment: payment))
    share(allowed, over: group, &recorder)
  }

  private static func cappedByDay(_ group: [Entry]) -> Money {
    var sum = Money.zero
    var rest = group[...]
    while let first = rest.first {
      let day = rest.prefix { $0.day == first.day }
      rest = rest.dropFirst(day.count)
      let allowed = day.reduce(Money.zero) { $0 + $1.allowed }
      sum += min(allowed, first.terms.occasionCap?.value ?? allowed)
    }
    return sum
  }

  /// Hands the allowed amount out to the lines in order, each at most what its own cap left.
  private static func share(_ allowed: Money, over group: [Entry], _ recorder: inout some StepRecorder) {
    var left = allowed
    for entry in group {
      let part = min(left, entry.allowed)
      left -= part
      recorder.record(line: entry.line, LineShare(overLimit: entry.charged - part, inPolicy: part))
    }
  }
}
