import Claims
import Kernel
import Synchronization
import Workflows

/// Counts the changes of persons, institutions, catalogue and closed years: odd while one is being committed.
final class RegisterEpoch: Sendable {
  private let count = Atomic<UInt64>(0)

  var now: UInt64 { count.load(ordering: .sequentiallyConsistent) }

  /// Called by the writer before a change can be seen.
  func begin() {
    if now.isMultiple(of: 2) { count.add(1, ordering: .sequentiallyConsistent) }
  }

  /// Called by the writer when the change is visible, or given up.
  func end() {
    if !now.isMultiple(of: 2) { count.add(1, ordering: .sequentiallyConsistent) }
  }
}

/// Persons, institutions, items and the closed year as one reading thread last read them: every fee line asks for an
/// item, and every message of a visit for the same person, and they change only when registers are filled.
final class RegisterCache {
  private struct ItemDay: Hashable {
    let code: String
    let day: CalendarDate
  }

  private let limit = 20_000
  private var epoch: UInt64 = 0
  private var institutions: [String: InstitutionRecord] = [:]
  private var persons: [String: PersonRecord] = [:]
  private var items: [ItemDay: ListedItem] = [:]
  /// The last closed year, once it was read.
  private var closed: Int??

  /// Forgets what another epoch held.
  func enter(_ epoch: UInt64) {
    guard epoch != self.epoch else { return }
    self.epoch = epoch
    institutions.removeAll(keepingCapacity: true)
    persons.removeAll(keepingCapacity: true)
    items.removeAll(keepingCapacity: true)
    closed = nil
  }

  func closedYear(read: () throws(StoreError) -> Int?) throws(StoreError) -> Int? {
    if let closed { return closed }
    let found = try read()
    closed = .some(found)
    return found
  }

  func institution(_ code: String, read: () throws(StoreError) -> InstitutionRecord?) throws(StoreError)
    -> InstitutionRecord?
  {
    if let known = institutions[code] { return known }
    let found = try read()
    if institutions.count >= limit { institutions.removeAll(keepingCapacity: true) }
    institutions[code] = found
    return found
  }

  func person(_ number: String, read: () throws(StoreError) -> PersonRecord?) throws(StoreError) -> PersonRecord? {
    if let known = persons[number] { return known }
    let found = try read()
    if persons.count >= limit { persons.removeAll(keepingCapacity: true) }
    persons[number] = found
    return found
  }

  func item(_ code: String, _ day: CalendarDate, read: () throws(StoreError) -> ListedItem?) throws(StoreError)
    -> ListedItem?
  {
    let key = ItemDay(code: code, day: day)
    if let known = items[key] { return known }
    let found = try read()
    if items.count >= limit { items.removeAll(keepingCapacity: true) }
    items[key] = found
    return found
  }
}
