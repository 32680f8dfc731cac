public import Kernel

/// A message of the interface as the log keeps it: personal fields masked, long texts cut.
public struct LoggedMessage: Hashable, Sendable {
  /// The place in the log, from 1; 0 until it is stored.
  public var ordinal: Int64
  /// When it came, `yyyy-MM-dd HH:mm:ss`.
  public var time: String
  /// The transaction (`infno`); empty when the message names none.
  public var transaction: String
  /// The institution that the message names (`fixmedins_code`).
  public var institution: String
  /// The message's identifier (`msgid`).
  public var message: String
  /// The outcome's number: 0 for success, otherwise the numbered outcome of interface, desk or engine.
  public var outcome: Int
  /// How long the answer took, in microseconds.
  public var microseconds: Int64
  /// The size of the request, in bytes.
  public var bytesIn: Int
  /// The size of the answer, in bytes.
  public var bytesOut: Int
  /// The request, masked and cut at ``inputLimit`` bytes; how long it is where it could not be read, and empty where
  /// too many messages came in that second for all of them to be kept.
  public var input: String
  /// What the answer said was wrong, masked; empty for success.
  public var error: String

  /// The longest request that is kept, in bytes.
  public static let inputLimit = 4_096

  /// Makes an entry that is not stored yet.
  public init(
    time: String, transaction: String, institution: String, message: String, outcome: Int, microseconds: Int64,
    bytesIn: Int, bytesOut: Int, input: String, error: String
  ) {
    ordinal = 0
    self.time = time
    self.transaction = transaction
    self.institution = institution
    self.message = message
    self.outcome = outcome
    self.microseconds = microseconds
    self.bytesIn = bytesIn
    self.bytesOut = bytesOut
    self.input = input
    self.error = error
  }

  /// Whether something was refused.
  public var isRefused: Bool { outcome != 0 }

  /// Whether the content was kept.
  public var isContentKept: Bool { !input.isEmpty || bytesIn == 0 }
}

/// Which messages are wanted; `nil` stands for any, and all that is given has to hold.
public struct MessageFilter: Hashable, Sendable {
  /// The earliest time, included: `yyyy-MM-dd HH:mm:ss`, or a day for its beginning.
  public var from: String?
  /// The latest time, included: `yyyy-MM-dd HH:mm:ss`, or a day for its end.
  public var to: String?
  /// The transaction.
  public var transaction: String?
  /// The institution.
  public var institution: String?
  /// Only what was refused, or only what was not.
  public var isRefused: Bool?
  /// The outcome's number.
  public var outcome: Int?
  /// The least time that the answer took, in microseconds.
  public var slowerThan: Int64?
  /// The message's identifier, exactly.
  public var message: String?
  /// The place in the log, exactly.
  public var ordinal: Int64?

  /// Everything.
  public init() {}
}

/// The messages of one minute.
public struct MessageRate: Hashable, Sendable {
  /// Upper ends of the classes of ``distribution``, in microseconds; the last class has none.
  public static let bounds: [Int64] = [
    1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000,
  ]

  /// The minute, `yyyy-MM-dd HH:mm`.
  public let minute: String
  /// How many messages.
  public var count: Int
  /// How many of them were refused.
  public var refusedCount: Int
  /// How long all answers together took, in microseconds.
  public var microseconds: Int64
  /// The slowest answer, in microseconds.
  public var slowest: Int64
  /// How many answers took no longer than each of ``bounds`` and longer than the one before, and the slower ones last.
  public var distribution: [Int]

  /// A minute without messages.
  public init(minute: String) {
    self.minute = minute
    (count, refusedCount, microseconds, slowest) = (0, 0, 0, 0)
    distribution = Array(repeating: 0, count: Self.bounds.count + 1)
  }

  /// The mean time of an answer, in microseconds; `nil` without messages.
  public var mean: Int64? { count > 0 ? microseconds / Int64(count) : nil }

  /// A time that so many per cent of the answers did not exceed, in microseconds: the upper end of its class, and the
  /// slowest answer's time for the last one; `nil` without messages.
  public func quantile(percent: Int) -> Int64? {
    guard count > 0 else { return nil }
    let wanted = (count * percent + 99) / 100
    var reached = 0
    for (bound, answers) in zip(Self.bounds, distribution) {
      reached += answers
      if reached >= wanted { return min(bound, slowest) }
    }
    return slowest
  }

  /// Counts a message.
  public mutating func add(refused: Bool, microseconds time: Int64) {
    count += 1
    if refused { refusedCount += 1 }
    microseconds += time
    slowest = max(slowest, time)
    distribution[Self.bounds.firstIndex { time <= $0 } ?? Self.bounds.count] += 1
  }
}

/// What messages are told apart by.
public enum MessageDimension: String, Codable, Sendable, CaseIterable {
  /// The day.
  case day
  /// The institution.
  case institution
  /// The transaction.
  case transaction
  /// The outcome's number.
  case outcome
}

/// What many messages come to; the dimensions that were asked for have a value.
public struct MessageTotal: Hashable, Sendable {
  /// The day.
  public var day: CalendarDate?
  /// The institution; empty for codes that nothing was ever settled for.
  public var institution: String?
  /// The transaction.
  public var transaction: String?
  /// The outcome's number.
  public var outcome: Int?
  /// How many messages.
  public var count: Int
  /// How many of them were refused.
  public var refusedCount: Int
  /// How long all answers together took, in microseconds.
  public var microseconds: Int64

  /// Nothing.
  public init() { (count, refusedCount, microseconds) = (0, 0, 0) }
}

/// The log of the interface's messages, bounded: it keeps the last so many, and counts by minute and by day for longer.
public protocol MessageMonitoring: Sendable {
  /// Appends messages, and forgets the oldest beyond the limit; all of it or nothing.
  func append(_ messages: [LoggedMessage]) async throws(StoreError)

  /// One page of the messages that match, latest first, with how many match.
  func messages(_ filter: MessageFilter, page: PageRequest) async throws(StoreError) -> Page<LoggedMessage>

  /// The rates of the minutes up to one (`yyyy-MM-dd HH:mm`, included), earliest first; minutes without messages too.
  func messageRates(minutes: Int, until minute: String) async throws(StoreError) -> [MessageRate]

  /// What the messages of days (both included) come to, told apart by dimensions, ascending; counted since the log
  /// began, not only for messages that it still keeps.
  func messageTotals(from first: CalendarDate, to last: CalendarDate, by dimensions: Set<MessageDimension>)
    async throws(StoreError) -> [MessageTotal]
}
