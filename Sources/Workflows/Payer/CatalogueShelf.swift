import Claims
import Synchronization

/// Keeps the catalogue as it was last read, for a little while.
///
/// Queries go through a whole list for a page of it, and institutions ask page after page; the store is read once for
/// all of them. Prices of fee lines never come from here.
final class CatalogueShelf: Sendable {
  private struct Content: Sendable {
    var items: (taken: ContinuousClock.Instant, items: [ListedItem])?
    var codes: [CatalogueList: (taken: ContinuousClock.Instant, entries: [CodedEntry])] = [:]
  }

  private let age: Duration
  private let content = Mutex(Content())

  init(age: Duration) { self.age = age }

  /// Every version of every item, in order of code and first day.
  func items(
    or read: () async -> Result<[ListedItem], DeskRefusal>
  ) async -> Result<[ListedItem], DeskRefusal> {
    let now = ContinuousClock.now
    if let held = content.withLock({ $0.items }), now - held.taken < age { return .success(held.items) }
    let fresh = await read()
    if case .success(let items) = fresh { content.withLock { $0.items = (now, items) } }
    return fresh
  }

  /// The entries of a list of codes.
  func codes(
    of list: CatalogueList, or read: () async -> Result<[CodedEntry], DeskRefusal>
  ) async -> Result<[CodedEntry], DeskRefusal> {
    let now = ContinuousClock.now
    if let held = content.withLock({ $0.codes[list] }), now - held.taken < age { return .success(held.entries) }
    let fresh = await read()
    if case .success(let entries) = fresh { content.withLock { $0.codes[list] = (now, entries) } }
    return fresh
  }
}
