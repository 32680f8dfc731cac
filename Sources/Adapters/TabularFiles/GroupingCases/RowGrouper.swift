public import Grouping
import Kernel

/// Groups the cases of rows and writes the results; each thread of a batch has one of its own.
protocol RowGrouper: Sendable {
  /// What is counted.
  associatedtype Tally: BatchTally

  /// Groups the case of a row, writes its result and counts it; writes nothing when it throws.
  mutating func group(_ row: CaseRow, _ bytes: [UInt8], into answer: inout BlockAnswer<Tally>) throws(RowFault)

  /// Writes that a row could not be read.
  func refuse(id: String, _ reason: LocalizedText, to output: inout [UInt8])
}

/// What a batch counts of its cases.
public protocol BatchTally: Hashable, Sendable {
  /// Nothing counted yet.
  init()

  /// Adds what another part of the batch counted.
  mutating func add(_ other: Self)

  /// Cases that a group took.
  var groupedCount: Int { get }
}

/// A closed list of statuses with the numbers 0 …, of which 0 means that a group took the case.
public protocol NumberedStatus: CaseIterable, Hashable, Sendable, RawRepresentable where RawValue == UInt8 {}

extension GroupingStatus: NumberedStatus {}
extension DIPStatus: NumberedStatus {}

/// How many cases have each status.
public struct StatusTally<Status: NumberedStatus>: BatchTally {
  private var counts = [Int](repeating: 0, count: Status.allCases.count)

  /// Nothing counted yet.
  public init() {}

  /// How many cases have a status.
  public internal(set) subscript(status: Status) -> Int {
    get { counts[Int(status.rawValue)] }
    set { counts[Int(status.rawValue)] = newValue }
  }

  /// Cases with a status at all.
  public var total: Int { counts.reduce(0, +) }

  /// Cases that a group took.
  public var groupedCount: Int { counts[0] }

  /// Adds what another part of the batch counted.
  public mutating func add(_ other: StatusTally) {
    for place in counts.indices { counts[place] += other.counts[place] }
  }
}

/// What became of a block.
struct BlockAnswer<Tally: BatchTally>: Sendable {
  /// A row that could not be read.
  struct BadRow: Sendable {
    /// The line within the block, from 0.
    let line: Int
    let id: String
    let reason: LocalizedText
  }

  var output: [UInt8] = []
  var badRows: [BadRow] = []
  var rows = 0
  /// Line ends in the block, those inside fields included.
  var lines = 0
  /// Where each line of the block comes from; empty when lines are those of the file.
  var places: [Int] = []
  var tally = Tally()
  /// What the codes gave to say, when they were read by their version.
  var codes = CodeTally()
}

/// What keeps a row from being read.
struct RowFault: Error {
  let reason: LocalizedText
  /// Where to look for the row's end when its fields could not be told apart.
  var resume = 0

  init(_ chinese: String, _ english: String, resume: Int = 0) {
    reason = LocalizedText(chinese, english)
    self.resume = resume
  }
}
