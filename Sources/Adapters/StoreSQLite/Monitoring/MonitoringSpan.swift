import Kernel
import Workflows

/// The time that a filter asks for, cut into what cells can answer and what only rows can.
struct MonitoringSpan {
  /// A part of the time.
  enum Part: Equatable {
    /// Whole months, both included, as `yyyymm`.
    case months(Int64, Int64)
    /// Whole days, both included, as `yyyymmdd`.
    case days(Int64, Int64)
    /// Times, both included.
    case times(String, String)
  }

  /// The finest cells that may answer.
  enum Grain { case day, month }

  /// The first and last time, both included; `nil` for no end.
  let from: String?
  let to: String?

  init(from: String?, to: String?) {
    self.from = from.map { $0.utf8.count == 10 ? $0 + " 00:00:00" : $0 }
    self.to = to.map { $0.utf8.count == 10 ? $0 + " 23:59:59" : $0 }
  }

  /// The parts, not overlapping and together the whole span.
  ///
  /// - Parameters:
  ///   - tellsDays: whether the answer has to tell days apart, which months cannot.
  ///   - grain: the finest cells there are; whatever is finer is left to rows.
  func parts(tellsDays: Bool = false, grain: Grain = .day) -> [Part] {
    guard let whole = wholeDays else { return [.times(from ?? "", to ?? Self.latest)] }
    var parts = whole.edges
    guard let (first, last) = whole.days else { return parts }
    if tellsDays { return parts + [days(first, last, grain)] }
    // Whole months in the middle, days at both ends.
    let firstMonth = first.day == 1 ? first.yearMonth : first.yearMonth.adding(months: 1)
    let endsMonth = last.day == last.yearMonth.dayCount
    let lastMonth = endsMonth ? last.yearMonth : last.yearMonth.adding(months: -1)
    guard firstMonth <= lastMonth, let begin = CalendarDate("\(firstMonth)-01"),
      let end = CalendarDate("\(lastMonth)-\(lastMonth.dayCount)")
    else { return parts + [days(first, last, grain)] }
    parts.append(.months(MonitoringCodes.number(firstMonth), MonitoringCodes.number(lastMonth)))
    if first < begin { parts.append(days(first, begin.adding(days: -1), grain)) }
    if end < last { parts.append(days(end.adding(days: 1), last, grain)) }
    return parts
  }

  private static let latest = "2999-12-31 23:59:59"

  private func days(_ first: CalendarDate, _ last: CalendarDate, _ grain: Grain) -> Part {
    grain == .day
      ? .days(MonitoringCodes.number(first), MonitoringCodes.number(last))
      : .times("\(first) 00:00:00", "\(last) 23:59:59")
  }

  /// The whole days of the span, if there are any, and the times before and after them; `nil` when its ends are not
  /// times of days.
  private var wholeDays: (days: (CalendarDate, CalendarDate)?, edges: [Part])? {
    let (from, to) = (from ?? "1900-01-01 00:00:00", to ?? Self.latest)
    guard from.utf8.count == 19, to.utf8.count == 19, let first = CalendarDate(from.prefix(10)),
      let last = CalendarDate(to.prefix(10))
    else { return nil }
    if from > to { return (nil, []) }
    let (beginsDay, endsDay) = (from.hasSuffix(" 00:00:00"), to.hasSuffix(" 23:59:59"))
    if first == last { return beginsDay && endsDay ? ((first, last), []) : (nil, [.times(from, to)]) }
    // Both ends lie in the calendar and apart, so the days between them do, too.
    let begin = beginsDay ? first : first.adding(days: 1)
    let end = endsDay ? last : last.adding(days: -1)
    var edges: [Part] = []
    if !beginsDay { edges.append(.times(from, "\(first) 23:59:59")) }
    if !endsDay { edges.append(.times("\(last) 00:00:00", to)) }
    return (begin <= end ? (begin, end) : nil, edges)
  }
}
