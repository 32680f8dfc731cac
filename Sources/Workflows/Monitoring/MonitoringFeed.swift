import Settlement

/// Has a projection follow the payer's chain of settlements.
///
/// It reads stretches of the chain and appends what lists and totals need of them, reading the next one while the last
/// is written. It may be stopped anywhere: the projection knows how far it came. A projection that is another store's,
/// or of the same store before it was set back, is thrown away and made anew.
///
/// On a server give it a store of its own that is opened for reading alone (for SQLite, the same file opened with
/// `isReadOnly`): decoding a region's history would otherwise take turns with the reads that settling waits for.
///
/// ```swift
/// let feed = MonitoringFeed(store: store, projection: projection)
/// try await feed.catchUp { print($0.appendedCount) }
/// await feed.run(every: .seconds(1)) { logger.error("\($0.detail)") }
/// ```
public struct MonitoringFeed: Sendable {
  /// How far the feed came.
  public struct Progress: Hashable, Sendable {
    /// Settlements and reversals that were appended so far.
    public var appendedCount = 0
    /// When the last of them was made; `nil` before the first.
    public var lastTime: String?
    /// Whether the projection was another store's and was begun anew.
    public var wasRemade = false

    /// Nothing yet.
    public init() {}
  }

  private let store: any PayerStore
  private let projection: any MonitoringStore
  private let portion: Int
  private let pause: @Sendable () -> Duration?

  /// Joins a store and its projection.
  ///
  /// - Parameters:
  ///   - portion: how many records are read at a time; a reader of the store is busy that long.
  ///   - pause: asked after each portion: how long to leave the machine to others, `nil` for not at all.
  public init(
    store: any PayerStore, projection: any MonitoringStore, portion: Int = 200,
    pause: @escaping @Sendable () -> Duration? = { nil }
  ) {
    precondition(portion > 0, "a portion of nothing never ends")
    (self.store, self.projection, self.portion, self.pause) = (store, projection, portion, pause)
  }

  /// Brings the projection up to the end of the chain, or to where it was when the task was cancelled.
  ///
  /// - Parameter progress: is told how far it came after each portion.
  @discardableResult
  public func catchUp(progress: @Sendable (Progress) -> Void = { _ in }) async throws(StoreError) -> Progress {
    var done = Progress()
    if try await !isOfStore() {
      try await projection.reset()
      done.wasRemade = true
    }
    try await follow(&done, progress)
    return done
  }

  /// Follows the chain until the task is cancelled.
  ///
  /// - Parameters:
  ///   - interval: how long it waits once it has reached the end.
  ///   - progress: is told how far it came after each portion, counted from the start.
  ///   - failure: is told what went wrong; the feed tries again after the interval.
  public func run(
    every interval: Duration, progress: @Sendable (Progress) -> Void = { _ in },
    failure: @Sendable (StoreError) -> Void
  ) async {
    var (done, isChecked) = (Progress(), false)
    while !Task.isCancelled {
      do throws(StoreError) {
        if isChecked {
          try await follow(&done, progress)
        } else {
          done = try await catchUp(progress: progress)
          isChecked = true
        }
      } catch { failure(error) }
      do { try await Task.sleep(for: interval) } catch { return }
    }
  }

  // MARK: Following

  /// What one reading of the chain gives.
  private struct Portion: Sendable {
    let settlements: [MonitoredSettlement]
    let place: ChainPlace
  }

  private func follow(_ done: inout Progress, _ progress: @Sendable (Progress) -> Void) async throws(StoreError) {
    var next = await read(after: try await projection.place())
    while !Task.isCancelled {
      let current = try next.get()
      if current.settlements.isEmpty { return }
      let isLast = current.settlements.count < portion
      async let following =
        isLast ? .success(Portion(settlements: [], place: current.place)) : read(after: current.place, pausing: true)
      do throws(StoreError) { try await projection.append(current.settlements, upTo: current.place) } catch {
        _ = await following
        throw error
      }
      done.appendedCount += current.settlements.count
      done.lastTime = current.settlements.last?.time ?? done.lastTime
      progress(done)
      next = await following
    }
  }

  private func read(after place: ChainPlace, pausing: Bool = false) async -> Result<Portion, StoreError> {
    // Cut short when the task is cancelled, which is looked at after the portion.
    if pausing, let pause = pause() { try? await Task.sleep(for: pause) }
    do throws(StoreError) {
      return .success(
        try await store.read { [portion] reading throws(StoreError) in
          let stretch = try reading.settlements(after: place, limit: portion)
          var persons: [String: PersonRecord?] = [:]
          var settlements: [MonitoredSettlement] = []
          settlements.reserveCapacity(stretch.records.count)
          for record in stretch.records {
            let number = record.visit.person
            let person: PersonRecord?
            if let known = persons[number] { person = known } else { person = try reading.person(number) }
            persons[number] = .some(person)
            settlements.append(MonitoredSettlement(record, person: person))
          }
          return Portion(settlements: settlements, place: stretch.place)
        })
    } catch { return .failure(error) }
  }

  // MARK: Whose projection it is

  /// Whether the projection is the store's: its place is one of such a store, and the first and last record that it
  /// holds are there as it holds them.
  private func isOfStore() async throws(StoreError) -> Bool {
    let place = try await projection.place()
    guard let ends = try await projection.ends() else { return place == .beginning }
    return try await store.read { reading throws(StoreError) in
      let beginning = try reading.settlements(after: .beginning, limit: 1)
      guard beginning.place.strands.count == place.strands.count else { return false }
      for end in [ends.first, ends.last] {
        guard let record = try reading.settlement(end.id) else { return false }
        var found = MonitoredSettlement(record, person: nil)
        // Names change, marks are the projection's own.
        (found.ordinal, found.name, found.certificateEnding, found.state) = (
          end.ordinal, end.name, end.certificateEnding, end.state
        )
        if found != end { return false }
      }
      return true
    }
  }
}
