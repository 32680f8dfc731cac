import GRDB
import Synchronization

/// The last number given of each sequence.
///
/// Numbers are given from memory, so that a write can be rehearsed; the writer stores the last ones with each commit. A
/// number that was given and never stored may be given again after a crash, when nobody can have seen it.
final class SequenceNumbers: Sendable {
  private struct State {
    var last: [String: Int64] = [:]
    var unsaved: Set<String> = []
    var lastVisit: Int64 = 0
  }

  private let state = Mutex(State())

  /// Reads what was stored.
  func load(_ db: Database) throws {
    let rows = try Row.fetchAll(db, sql: "SELECT name, last FROM sequence")
    let visit = try Int64.fetchOne(db, sql: "SELECT max(ordinal) FROM visit") ?? 0
    state.withLock { state in
      for row in rows { state.last[row[0], default: 0] = max(state.last[row[0], default: 0], row[1]) }
      state.lastVisit = max(state.lastVisit, visit)
    }
  }

  /// The next number of a sequence, never given twice.
  func next(_ sequence: String) -> Int64 {
    state.withLock { state in
      state.last[sequence, default: 0] += 1
      state.unsaved.insert(sequence)
      return state.last[sequence, default: 0]
    }
  }

  /// The place of a new visit in the order of registration.
  func nextVisit() -> Int64 {
    state.withLock { state in
      state.lastVisit += 1
      return state.lastVisit
    }
  }

  /// Stores the numbers given since the last time.
  func save(_ db: Database, _ statements: StoreStatements) throws {
    let unsaved = state.withLock { state in
      defer { state.unsaved = [] }
      return state.unsaved.map { ($0, state.last[$0, default: 0]) }
    }
    for (name, last) in unsaved { try statements.run(SQL.saveSequence, db, name, last) }
  }

  /// Says that what was saved was rolled back.
  func forgetSaving() {
    state.withLock { state in state.unsaved.formUnion(state.last.keys) }
  }
}
