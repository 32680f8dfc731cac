public import Grouping
import Kernel

/// Groups many cases under an edition: a table in, a table out, rows in their order, by all cores, in bounded memory.
///
/// The columns are found by their names: `id,sex,age_years,age_days,birth_weight_g,stay_days,discharge_kind,department,
/// diagnoses,procedures`, codes joined by `|`, the principal one first. A row that cannot be read is reported, stands
/// in the output with the status `invalid`, and the rest goes on.
///
/// ```swift
/// let batch = GroupingBatch(Grouper(edition), form: ResultForm(.csv, .chinese))
/// let summary = try batch.run(.table(path: "cases.csv"), to: .file("groups.csv"))
/// ```
public struct GroupingBatch: Sendable {
  /// How results are written.
  public var form: ResultForm
  /// How much is under way at a time.
  public var pace: BatchPace
  /// How codes are read before grouping; as the edition has them when not given.
  public var codes: CaseCodes?

  private let grouper: Grouper

  /// How far a batch has come, and what became of its cases.
  public typealias Progress = BatchProgress<StatusTally<GroupingStatus>>

  /// Makes a batch for a machine with a number of cores.
  public init(_ grouper: Grouper, form: ResultForm, cores: Int = 2) {
    self.grouper = grouper
    self.form = form
    pace = BatchPace(cores: cores, explains: form.explains)
  }

  /// Groups every case of a table.
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
    let columns = [ResultColumn.id] + ResultColumn.edition
    let batch = CaseBatch(
      rows: EditionRowGrouper(grouper, form, codes: codes), pace: pace, header: form.header(columns),
      language: form.language)
    return try batch.run(input, to: { try output.open(columns) }, errors: errors, report: report, progress: progress)
  }
}
