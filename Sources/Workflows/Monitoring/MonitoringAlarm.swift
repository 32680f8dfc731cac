public import Claims
public import Kernel

/// A rule that marks an institution red (监测预警, S9): a named measure with a threshold that the region sets.
///
/// There are no national numbers for these, so a rule has no threshold of its own.
///
/// ```swift
/// let rules: [AlarmRule] = [
///   .costPerVisit(abovePerMille: 1_500, monthsBefore: 6, leastVisits: 30),
///   .refusals(abovePerMille: 50, leastMessages: 100),
///   .reversals(abovePerMille: 20, leastSettlements: 50),
/// ]
/// let alarms = try await AlarmWatch(projection).alarms(rules, in: month)
/// ```
public enum AlarmRule: Hashable, Codable, Sendable {
  /// The mean cost of a visit, by kind of care, against the mean of so many months before: 1,500 ‰ is one and a half
  /// times.
  case costPerVisit(abovePerMille: Int, monthsBefore: Int, leastVisits: Int)
  /// Refused messages among all that name the institution.
  case refusals(abovePerMille: Int, leastMessages: Int)
  /// Reversals among settlements made.
  case reversals(abovePerMille: Int, leastSettlements: Int)

  /// The word used in files and JSON.
  public var word: String {
    switch self {
    case .costPerVisit: "cost_per_visit"
    case .refusals: "refusals"
    case .reversals: "reversals"
    }
  }

  /// What people call it.
  public var title: LocalizedText {
    switch self {
    case .costPerVisit: LocalizedText("次均费用异常增长", "mean cost of a visit has risen")
    case .refusals: LocalizedText("接口拒绝率过高", "too many messages are refused")
    case .reversals: LocalizedText("结算撤销率过高", "too many settlements are reversed")
    }
  }

  /// Above which value it marks an institution, per mille.
  public var threshold: Int {
    switch self {
    case .costPerVisit(let threshold, _, _), .refusals(let threshold, _), .reversals(let threshold, _): threshold
    }
  }
}

/// An institution that a rule marks.
public struct MonitoringAlarm: Hashable, Sendable {
  /// The rule with its threshold.
  public let rule: AlarmRule
  /// The institution.
  public let institution: String
  /// The kind of care, where the rule tells kinds apart.
  public let care: CareCategory?
  /// The month.
  public let month: YearMonth
  /// What was found, per mille, rounded half up; above the rule's threshold.
  public let value: Int
  /// On how many visits, messages or settlements it rests.
  public let count: Int

  /// Makes an alarm.
  public init(rule: AlarmRule, institution: String, care: CareCategory?, month: YearMonth, value: Int, count: Int) {
    (self.rule, self.institution, self.care) = (rule, institution, care)
    (self.month, self.value, self.count) = (month, value, count)
  }
}

/// Looks for what is out of the ordinary.
public struct AlarmWatch: Sendable {
  private let store: any MonitoringStore

  /// Watches a projection.
  public init(_ store: any MonitoringStore) { self.store = store }

  /// The institutions that rules mark in a month, in the order of the rules, highest above the threshold first.
  public func alarms(_ rules: [AlarmRule], in month: YearMonth) async throws(StoreError) -> [MonitoringAlarm] {
    var alarms: [MonitoringAlarm] = []
    for rule in rules {
      var found: [MonitoringAlarm]
      switch rule {
      case .costPerVisit(_, let months, let least): found = try await costs(rule, month, months, least)
      case .refusals(_, let least): found = try await refusals(rule, month, least)
      case .reversals(_, let least): found = try await reversals(rule, month, least)
      }
      found.sort { ($1.value, $0.institution) < ($0.value, $1.institution) }
      alarms += found
    }
    return alarms
  }

  private struct Place: Hashable {
    let institution: String
    let care: CareCategory?
  }

  /// What `part` is of `whole` per mille against what another part is of another whole; both exact.
  private static func alarm(
    _ rule: AlarmRule, _ place: Place, _ month: YearMonth, _ value: (part: Int128, whole: Int128), count: Int
  ) -> MonitoringAlarm? {
    guard value.whole > 0, value.part * 1_000 > value.whole * Int128(rule.threshold) else { return nil }
    let rounded = (value.part * 2_000 / value.whole + 1) / 2
    return MonitoringAlarm(
      rule: rule, institution: place.institution, care: place.care, month: month,
      value: Int(clamping: rounded), count: count)
  }

  private func sums(_ months: ClosedRange<YearMonth>, by dimensions: Set<MonitoringDimension>)
    async throws(StoreError) -> [Place: MonitoringMeasures]
  {
    try await store.totals(MonitoringFilter(months: months), by: dimensions).reduce(into: [:]) { sums, line in
      sums[Place(institution: line.group.institution ?? "", care: line.group.care)] = line.measures
    }
  }

  private func costs(_ rule: AlarmRule, _ month: YearMonth, _ monthsBefore: Int, _ least: Int)
    async throws(StoreError) -> [MonitoringAlarm]
  {
    guard monthsBefore > 0 else { return [] }
    let now = try await sums(month...month, by: [.institution, .care])
    let span = month.adding(months: -monthsBefore)...month.adding(months: -1)
    let before = try await sums(span, by: [.institution, .care])
    return now.compactMap { place, measures in
      guard let earlier = before[place], measures.netCount >= max(least, 1), earlier.netCount >= max(least, 1),
        earlier.amounts.total.fen > 0
      else { return nil }
      // (a / n) / (b / m) as one fraction.
      let part = Int128(measures.amounts.total.fen) * Int128(earlier.netCount)
      let whole = Int128(earlier.amounts.total.fen) * Int128(measures.netCount)
      return Self.alarm(rule, place, month, (part, whole), count: measures.netCount)
    }
  }

  private func refusals(_ rule: AlarmRule, _ month: YearMonth, _ least: Int) async throws(StoreError)
    -> [MonitoringAlarm]
  {
    guard let first = CalendarDate(year: month.year, month: month.month, day: 1) else { return [] }
    let totals = try await store.messageTotals(
      from: first, to: first.adding(days: month.dayCount - 1), by: [.institution])
    return totals.compactMap { line in
      guard let institution = line.institution, !institution.isEmpty, line.count >= least else { return nil }
      return Self.alarm(
        rule, Place(institution: institution, care: nil), month, (Int128(line.refusedCount), Int128(line.count)),
        count: line.count)
    }
  }

  private func reversals(_ rule: AlarmRule, _ month: YearMonth, _ least: Int) async throws(StoreError)
    -> [MonitoringAlarm]
  {
    try await sums(month...month, by: [.institution]).compactMap { place, measures in
      guard measures.settlementCount >= least else { return nil }
      return Self.alarm(
        rule, place, month, (Int128(measures.reversalCount), Int128(measures.settlementCount)),
        count: measures.settlementCount)
    }
  }
}
