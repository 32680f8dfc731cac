import Kernel
import Ledger
import Payment

/// What was found out about published runs: how many there are, and what does not hold.
///
/// Runs are added in order of publishing. A run either is the first of its kind, region, scheme and period, or corrects
/// the last one of them and takes exactly its postings back.
public struct PaymentRunCheck: Hashable, Sendable {
  /// Something that does not hold.
  public struct Fault: Hashable, Sendable {
    /// The run's identity.
    public let run: String
    /// What was found, in words.
    public let detail: String
  }

  /// Runs looked at, those that cannot be read included.
  public private(set) var runCount = 0
  /// Postings of the runs that can be read.
  public private(set) var postingCount = 0
  /// What does not hold.
  public private(set) var faults: [Fault] = []
  /// The last run of each kind, region, scheme and period.
  private var latest: [RunSelection: PaymentRun] = [:]
  private var unreadable: Set<String> = []

  /// Begins with no run.
  public init() {}

  /// Looks at the next run.
  public mutating func add(_ published: PublishedRun) {
    let run = published.run
    runCount += 1
    postingCount += run.entries.reduce(0) { $0 + $1.postings.count }
    let place = RunSelection(beside: run.inputs)
    let before = latest.updateValue(run, forKey: place)
    for entry in run.entries where !Self.isBalanced(entry) {
      note(run.identity, "the entry \(entry.reference) is out of balance")
    }
    guard let corrects = run.corrects else {
      if let before { note(run.identity, "it stands beside \(before.identity) without correcting it") }
      return
    }
    // A run that cannot be read was reported by itself.
    if unreadable.contains(corrects) { return }
    guard let before, before.identity == corrects else {
      let last = before.map { "the last one is \($0.identity)" } ?? "there is none before"
      return note(run.identity, "it corrects \(corrects), but \(last)")
    }
    let back = before.ownEntries.map { $0.reversed(reference: "\(run.identity) \($0.reference)") }
    if Array(run.entries.prefix(back.count)) != back {
      note(run.identity, "it does not take back the postings of \(corrects)")
    }
  }

  /// Notes a run that a store cannot restore.
  package mutating func add(unreadable run: String, _ detail: String) {
    runCount += 1
    unreadable.insert(run)
    note(run, detail)
  }

  /// Notes something else that does not hold.
  package mutating func note(_ run: String, _ detail: String) { faults.append(Fault(run: run, detail: detail)) }

  private static func isBalanced(_ entry: LedgerEntry) -> Bool {
    var sum: Int64 = 0
    for posting in entry.postings {
      let (next, overflows) = sum.addingReportingOverflow(posting.amount.fen)
      if overflows { return false }
      sum = next
    }
    return sum == 0
  }
}
