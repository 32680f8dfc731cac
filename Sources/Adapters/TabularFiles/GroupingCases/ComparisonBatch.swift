public import Grouping
import Kernel

/// Groups many cases under several editions side by side: a table in, a table out with columns for each edition.
///
/// Columns of the output: `id`, `differs` (the highest level on which two of the editions differ: `mdc`, `adrg`, `drg`;
/// empty when they agree), then `mdc`, `adrg`, `drg`, `status` and `reason` of each edition, its name in front.
///
/// ```swift
/// let batch = ComparisonBatch([Grouper(last), Grouper(next)], form: ResultForm(.csv, .chinese))
/// let summary = try batch.run(.table(path: "cases.csv"), to: .file("both.csv"))
/// for agreement in batch.agreements(summary.tally) { print(agreement.first, agreement.second, agreement.sameCount) }
/// ```
public struct ComparisonBatch: Sendable {
  /// How results are written.
  public var form: ResultForm
  /// How much is under way at a time.
  public var pace: BatchPace
  /// How codes are read before grouping; as the editions have them when not given.
  public var codes: CaseCodes?
  /// What the columns of each edition begin with: its identifier, with a number behind when two have the same.
  public let names: [String]

  private let groupers: [Grouper]

  /// How far a batch has come, and what became of its cases.
  public typealias Progress = BatchProgress<ComparisonTally>

  /// Makes a batch of at least one edition for a machine with a number of cores.
  public init(_ groupers: [Grouper], form: ResultForm, cores: Int = 2) {
    precondition((1...Self.mostEditions).contains(groupers.count), "1 to \(Self.mostEditions) editions are compared")
    self.groupers = groupers
    self.form = form
    pace = BatchPace(cores: cores, explains: form.explains)
    names = Self.distinct(groupers.map(\.edition.manifest.identifier))
  }

  /// More editions than this side by side are a mistake.
  public static let mostEditions = 100

  private static func distinct(_ names: [String]) -> [String] {
    var taken: Set<String> = []
    return names.map { name in
      var (candidate, number) = (name, 1)
      while !taken.insert(candidate).inserted {
        number += 1
        candidate = "\(name)_\(number)"
      }
      return candidate
    }
  }

  /// Groups every case of a table under every edition.
  ///
  /// - Parameters:
  ///   - input: where cases come from.
  ///   - output: where results go.
  ///   - errors: a CSV file of every row that cannot be read; none when not given.
  ///   - report: hears of each row that cannot be read, in order.
  ///   - progress: hears now and then how far the batch has come.
  /// - Returns: what became of the cases.
  /// - Throws: a ``Kernel/Diagnostic`` when a file cannot be read or written, and what the closures throw.
  public func run(
    _ input: CaseInput, to output: ResultOutput, errors: String? = nil,
    report: @escaping (UnreadableRow) -> Void = { _ in },
    progress: @escaping (Progress) -> Void = { _ in }
  ) throws -> Progress {
    let rows = ComparisonRowGrouper(groupers, names, form, codes: codes)
    let columns = [ResultColumn.id] + rows.columns
    let batch = CaseBatch(rows: rows, pace: pace, header: form.header(columns), language: form.language)
    return try batch.run(input, to: { try output.open(columns) }, errors: errors, report: report, progress: progress)
  }

  /// How far every two of the editions agree.
  public func agreements(_ tally: ComparisonTally) -> [EditionAgreement] {
    tally.agreements(groupers.map(\.edition), names)
  }
}
