import Synchronization

/// Takes the interface's messages from the server without making it wait, masks them and writes them in the background.
///
/// What does not fit the buffer is dropped and counted: an answer is never held up for its entry in the log. Every
/// message is logged with its outcome and time; its content too, up to a number of messages a second, so that masking
/// never takes more of the machine than settling can spare.
///
/// ```swift
/// let log = MessageLog(into: projection)
/// async let writing: Void = log.run { logger.error("\($0.detail)") }
/// log.take(entry)
/// log.close()
/// ```
public final class MessageLog: Sendable {
  /// A message as the server saw it, unmasked.
  public struct Entry: Sendable {
    /// When it came, `yyyy-MM-dd HH:mm:ss`.
    public var time: String
    /// The transaction (`infno`); empty when the message names none.
    public var transaction: String
    /// The institution that the message names.
    public var institution: String
    /// The message's identifier (`msgid`) as the server read it; what the content says goes first where it is kept.
    public var message: String
    /// The outcome's number; 0 for success.
    public var outcome: Int
    /// How long the answer took, in microseconds.
    public var microseconds: Int64
    /// The request, whole.
    public var input: [UInt8]
    /// The size of the request, in bytes.
    public let bytesIn: Int
    /// The size of the answer, in bytes.
    public var bytesOut: Int
    /// What the answer said was wrong; empty for success.
    public var error: String

    /// Makes an entry.
    public init(
      time: String, transaction: String, institution: String, message: String = "", outcome: Int, microseconds: Int64,
      input: [UInt8], bytesOut: Int, error: String
    ) {
      self.time = time
      self.transaction = transaction
      self.institution = institution
      self.message = message
      self.outcome = outcome
      self.microseconds = microseconds
      self.input = input
      bytesIn = input.count
      self.bytesOut = bytesOut
      self.error = error
    }
  }

  private struct Buffer {
    var entries: [Entry] = []
    var bytes = 0
    var droppedCount = 0
    var isClosed = false
    /// The second of the last entry, and how many came in it: messages that were carried out, and refused ones.
    var second = ""
    var came = (done: 0, refused: 0)

    /// Whether the entry's content is among the first of its second.
    mutating func keeps(_ entry: Entry, atMost limit: Int) -> Bool {
      if entry.time != second { (second, came) = (entry.time, (0, 0)) }
      if entry.outcome == 0 { came.done += 1 } else { came.refused += 1 }
      return (entry.outcome == 0 ? came.done : came.refused) <= limit
    }
  }

  private let store: any MessageMonitoring
  private let mask: PersonalFieldMask
  private let entryLimit: Int
  private let byteLimit: Int
  private let contentsPerSecond: Int
  private let buffer = Mutex(Buffer())
  private let wake: AsyncStream<Void>
  private let waker: AsyncStream<Void>.Continuation

  /// Opens a log; nothing is written before ``run(every:failure:)``.
  ///
  /// - Parameters:
  ///   - entryLimit: how many entries may wait.
  ///   - byteLimit: how many bytes of requests may wait.
  ///   - contentsPerSecond: of how many messages a second the content is kept, and as many refused ones.
  public init(
    into store: any MessageMonitoring, mask: PersonalFieldMask = PersonalFieldMask(), entryLimit: Int = 20_000,
    byteLimit: Int = 64 << 20, contentsPerSecond: Int = 200
  ) {
    (self.store, self.mask, self.entryLimit, self.byteLimit) = (store, mask, entryLimit, byteLimit)
    self.contentsPerSecond = contentsPerSecond
    (wake, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// How many entries were dropped: no room, a closed log, or a store that refused them.
  public var droppedCount: Int { buffer.withLock { $0.droppedCount } }

  /// Takes an entry, or drops it; never waits.
  public func take(_ entry: Entry) {
    var entry = entry
    let isTaken = buffer.withLock { buffer in
      if !buffer.keeps(entry, atMost: contentsPerSecond) { (entry.input, entry.error) = ([], "") }
      guard !buffer.isClosed, buffer.entries.count < entryLimit, buffer.bytes + entry.input.count <= byteLimit else {
        buffer.droppedCount += 1
        return false
      }
      buffer.entries.append(entry)
      buffer.bytes += entry.input.count
      return true
    }
    if isTaken { waker.yield() }
  }

  /// Takes no more; what is there is still written.
  public func close() {
    buffer.withLock { $0.isClosed = true }
    waker.finish()
  }

  /// Writes what was taken until the log is closed and empty; called once.
  ///
  /// - Parameters:
  ///   - interval: how long entries may wait for others to be written together with.
  ///   - failure: is told why entries could not be written; they count as dropped.
  public func run(every interval: Duration = .milliseconds(250), failure: @Sendable (StoreError) -> Void) async {
    for await _ in wake {
      await writeWaiting(failure)
      // Cut short when the task is cancelled; the stream has ended then, too.
      try? await Task.sleep(for: interval)
    }
    await writeWaiting(failure)
  }

  private func writeWaiting(_ failure: @Sendable (StoreError) -> Void) async {
    while true {
      let entries = buffer.withLock { buffer in
        let taken = Array(buffer.entries.prefix(500))
        buffer.entries.removeFirst(taken.count)
        buffer.bytes -= taken.reduce(0) { $0 + $1.input.count }
        return taken
      }
      if entries.isEmpty { return }
      do throws(StoreError) { try await store.append(entries.map { $0.masked(by: mask) }) } catch {
        buffer.withLock { $0.droppedCount += entries.count }
        failure(error)
      }
    }
  }
}

extension MessageLog.Entry {
  /// The entry as the log keeps it.
  func masked(by mask: PersonalFieldMask) -> LoggedMessage {
    if input.isEmpty {
      return LoggedMessage(
        time: time, transaction: transaction, institution: institution, message: message, outcome: outcome,
        microseconds: microseconds, bytesIn: bytesIn, bytesOut: bytesOut, input: "", error: "")
    }
    let request = mask.masked(input)
    return LoggedMessage(
      time: time, transaction: transaction, institution: institution,
      message: request.message.isEmpty ? message : request.message, outcome: outcome,
      microseconds: microseconds, bytesIn: bytesIn, bytesOut: bytesOut,
      input: MaskedMessage.cut(request.text, toBytes: LoggedMessage.inputLimit),
      error: MaskedMessage.cut(mask.masked(error, of: request), toBytes: LoggedMessage.inputLimit))
  }
}
