public import Grouping
import Kernel

/// Looks one case up in a file of cases, whatever its form.
public struct CaseFinder: Sendable {
  /// What a file has under an identifier.
  public struct Answer: Hashable, Sendable {
    /// The cases, in the order of the file.
    public let cases: [GroupingCase]
    /// Rows of that identifier that could not be read.
    public let unreadable: [UnreadableRow]
  }

  private let cores: Int

  /// Makes a finder for a machine with a number of cores.
  public init(cores: Int = 2) { self.cores = cores }

  /// The cases of a file that bear an identifier.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be read.
  public func find(_ id: String, in input: CaseInput) throws -> Answer {
    let batch = CaseBatch(
      rows: MatchingRows(id: id), pace: BatchPace(cores: cores), header: [], language: .chinese)
    var unreadable: [UnreadableRow] = []
    let progress = try batch.run(
      input, to: { NoSink() }, report: { row in if row.id == id { unreadable.append(row) } })
    return Answer(cases: progress.tally.cases, unreadable: unreadable)
  }
}

/// Keeps the cases with an identifier and writes nothing.
private struct MatchingRows: RowGrouper {
  struct Tally: BatchTally {
    var cases: [GroupingCase] = []
    var groupedCount: Int { cases.count }

    mutating func add(_ other: Tally) { cases += other.cases }
  }

  let id: String

  mutating func group(_ row: CaseRow, _ bytes: [UInt8], into answer: inout BlockAnswer<Tally>) throws(RowFault) {
    if row.text(.id, bytes) == id { answer.tally.cases.append(row.groupingCase(bytes)) }
  }

  func refuse(id: String, _ reason: LocalizedText, to output: inout [UInt8]) {}
}

/// Takes nothing.
private final class NoSink: ResultSink {
  func write(_ bytes: [UInt8]) {}
  func finish() {}
  func abandon() {}
}
