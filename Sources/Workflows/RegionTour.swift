import Claims
import Kernel
import Ledger
import People
public import Settlement

/// The main job: settles a region's example visits in the order they happen, and adds up who paid.
///
/// Later parts extend it with grouping, payment and clearing of the same visits.
public struct RegionTour: Sendable {
  /// What came of a tour.
  public struct Taken: Sendable {
    /// Each case with what its visits came to.
    public let stops: [CaseRun.Report]
    /// Amounts over all standing settlements.
    public let totals: [NamedAmount]
    /// Settlements made, reversed ones included.
    public let settledCount: Int
    /// Claims refused.
    public let refusedCount: Int
    /// Settlements taken back.
    public let reversedCount: Int
  }

  private let library: PolicyLibrary

  /// Prepares a tour under a library's policy.
  public init(_ library: PolicyLibrary) { self.library = library }

  /// Settles every case's visits.
  ///
  /// - Postcondition: all postings of the tour balance.
  public func take(_ cases: [WorkedCase]) -> Taken {
    let runner = CaseRun(library)
    let stops = cases.map(runner.run)
    var reversed = 0
    var sums: [String: Money] = [:]
    var order: [NamedAmount] = []
    var balance = Money.zero
    var settled = 0
    var refused = 0
    for stop in stops {
      for happening in stop.happenings {
        guard case .answered(_, let answer, let isStanding) = happening else {
          reversed += 1
          continue
        }
        guard case .settled(let record) = answer else {
          refused += 1
          continue
        }
        settled += 1
        balance += record.settled.entry.postings.reduce(.zero) { $0 + $1.amount }
        if !isStanding { continue }
        order = record.settled.amounts.named(in: .resident)
        for named in order { sums[named.word, default: .zero] += named.amount }
      }
    }
    precondition(balance == .zero, "the postings of the tour do not balance")
    let totals = order.map {
      NamedAmount(word: $0.word, field: $0.field, title: $0.title, amount: sums[$0.word] ?? .zero)
    }
    return Taken(
      stops: stops, totals: totals.filter { $0.amount != .zero }, settledCount: settled, refusedCount: refused,
      reversedCount: reversed)
  }
}
