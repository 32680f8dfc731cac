import Kernel
import People

/// Has a projection follow the checks of settlement lists that institutions upload.
///
/// Lists are read by institution in order of their time; the last two minutes are read again each time, because a list
/// that was received earlier may be stored later. Which settlements were taken back the projection knows itself.
///
/// ```swift
/// try await QualityFeed(store: store, projection: projection).catchUp()
/// ```
public struct QualityFeed: Sendable {
  private let store: any PayerStore
  private let projection: any MonitoringStore

  /// Joins a store and its projection.
  public init(store: any PayerStore, projection: any MonitoringStore) {
    (self.store, self.projection) = (store, projection)
  }

  /// Reads every list that was filed since the last time.
  ///
  /// The settlements should have been followed before: lists are looked for from the first one on.
  ///
  /// - Parameter progress: is told how many lists were read so far.
  /// - Returns: how many lists were read, those read again included.
  @discardableResult
  public func catchUp(progress: @Sendable (Int) -> Void = { _ in }) async throws(StoreError) -> Int {
    guard let ends = try await projection.ends() else { return 0 }
    let times = try await projection.listTimes()
    let last = try await lastMonth(after: ends.first.month)
    var (count, after) = (0, "")
    while true {
      let codes = try await institutions(after: after)
      guard let final = codes.last else { return count }
      for code in codes {
        if Task.isCancelled { return count }
        count += try await read(code, from: times[code], months: ends.first.month...last)
        progress(count)
      }
      after = final
    }
  }

  /// Reads on until the task is cancelled; see ``MonitoringFeed/run(every:progress:failure:)``.
  public func run(every interval: Duration, failure: @Sendable (StoreError) -> Void) async {
    while !Task.isCancelled {
      do throws(StoreError) { try await catchUp() } catch { failure(error) }
      do { try await Task.sleep(for: interval) } catch { return }
    }
  }

  private func lastMonth(after first: YearMonth) async throws(StoreError) -> YearMonth {
    let months = try await projection.totals(MonitoringFilter(), by: [.month]).compactMap(\.group.month)
    return max(months.max() ?? first, first)
  }

  private func institutions(after code: String) async throws(StoreError) -> [String] {
    try await store.read { reading throws(StoreError) in
      try reading.institutions(after: code, limit: 500).map(\.institution.code)
    }
  }

  /// Reads the lists of an institution: month by month the first time, so that no year of lists is held at once.
  private func read(_ institution: String, from time: String?, months: ClosedRange<YearMonth>) async throws(StoreError)
    -> Int
  {
    guard let time else {
      var (month, count) = (months.lowerBound, 0)
      while month < months.upperBound {
        count += try await read(institution, from: "\(month)-01", to: "\(month)-31 23:59:59")
        month = month.adding(months: 1)
      }
      count += try await read(institution, from: "\(month)-01", to: Self.always)
      // One that has sent none is not asked for every month again.
      if count == 0 { try await projection.append([], readUpTo: [institution: "\(month)-01 00:00:00"]) }
      return count
    }
    return try await read(institution, from: WallTimeText.earlier(time, bySeconds: 120), to: Self.always)
  }

  private static let always = "9999-12-31 23:59:59"

  private func read(_ institution: String, from: String, to: String) async throws(StoreError) -> Int {
    let lists = try await store.read { reading throws(StoreError) in
      try reading.filed(FiledSettlementList.self, of: institution, from: from, to: to).map(CheckedList.init)
    }
    guard let last = lists.last else { return 0 }
    try await projection.append(lists, readUpTo: [institution: last.time])
    return lists.count
  }
}

/// Times of the form `yyyy-MM-dd HH:mm:ss`, which compare as text.
enum WallTimeText {
  /// A time some seconds before another one; the same one where it cannot be read.
  static func earlier(_ time: String, bySeconds seconds: Int) -> String {
    let parts = time.dropFirst(11).split(separator: ":").map { Int($0) }
    guard let day = CalendarDate(time.prefix(10)), day.year > 1900, parts.count == 3, let hour = parts[0],
      let minute = parts[1],
      let second = parts[2]
    else { return time }
    let whole = day.dayNumber * 86_400 + hour * 3_600 + minute * 60 + second - seconds
    let (days, rest) = whole.quotientAndRemainder(dividingBy: 86_400)
    let shifted = day.adding(days: days - day.dayNumber)
    return "\(shifted) \(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
