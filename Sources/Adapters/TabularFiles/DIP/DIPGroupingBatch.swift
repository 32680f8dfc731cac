public import Grouping
import Kernel

/// Groups many cases by a DIP catalogue: a table in, a table out, rows in their order, by all cores, in bounded memory.
///
/// Input is that of ``GroupingBatch``. Columns of the output: `id`, `status`, `layer`, `code`, `name`, `treatment`,
/// `primary_care`, `score`, `reason`; with typing also `cci`, `types`, `type`, `factor`, for which the input may have
/// `icu_days`, `cost_percent`, `treatment_percent` and `drug_percent`.
///
/// ```swift
/// var batch = DIPGroupingBatch(try DIPGrouper(catalogue), form: ResultForm(.csv, .chinese))
/// batch.typing = typing
/// let summary = try batch.run(.table(path: "cases.csv"), to: .file("groups.csv"))
/// ```
public struct DIPGroupingBatch: Sendable {
  /// How results are written; `csv`, `tsv` or `jsonLines`.
  public var form: ResultForm
  /// Whether each case is given every step on the way to its group, behind `reason`, and in JSON as `steps`.
  public var explains: Bool
  /// How much is under way at a time.
  public var pace: BatchPace
  /// How codes are read before grouping; as the catalogue has them when not given.
  public var codes: CaseCodes?
  /// By what cases of a group are told apart further; they are not when not given.
  public var typing: DIPTyping?

  private let grouper: DIPGrouper

  /// How far a batch has come, and what became of its cases.
  public typealias Progress = BatchProgress<StatusTally<DIPStatus>>

  /// Makes a batch for a machine with a number of cores.
  public init(_ grouper: DIPGrouper, form: ResultForm, explains: Bool = false, cores: Int = 2) {
    precondition(form.shape != .text, "results of DIP are tables or JSON")
    (self.grouper, self.form, self.explains) = (grouper, form, explains)
    pace = BatchPace(cores: cores, explains: explains || form.shape == .jsonLines)
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
    let writer = DIPResultWriter(form, explains: explains, grouper.catalogue, typing)
    let columns = [ResultColumn.id] + writer.columns
    let batch = CaseBatch(
      rows: DIPRowGrouper(grouper, typing, codes, writer), pace: pace, header: form.header(columns),
      language: form.language)
    return try batch.run(input, to: { try output.open(columns) }, errors: errors, report: report, progress: progress)
  }
}

/// Groups rows by a DIP catalogue.
struct DIPRowGrouper: RowGrouper {
  private let grouper: DIPGrouper
  private let typing: DIPTyping?
  private let codes: CaseCodes?
  private var writer: DIPResultWriter
  private var workspace = DIPGrouper.Workspace()

  init(_ grouper: DIPGrouper, _ typing: DIPTyping?, _ codes: CaseCodes?, _ writer: DIPResultWriter) {
    (self.grouper, self.typing, self.codes, self.writer) = (grouper, typing, codes, writer)
  }

  mutating func group(
    _ row: CaseRow, _ bytes: [UInt8], into answer: inout BlockAnswer<StatusTally<DIPStatus>>
  ) throws(RowFault) {
    let facts = try typing == nil ? nil : facts(row, bytes)
    var stated = row.groupingCase(bytes)
    let reviewed = codes?.review(stated)
    if let reviewed {
      answer.codes.add(reviewed)
      stated = reviewed.groupingCase
    }
    let explanation = writer.wantsExplanation ? grouper.explain(stated) : nil
    let grouping = explanation?.grouping ?? grouper.group(stated, using: &workspace)
    let type = grouping.code.isEmpty ? nil : facts.flatMap { typing?.type(stated, group: grouping.code, facts: $0) }
    writer.form.begin(row.field(.id), of: bytes, to: &answer.output)
    writer.append(
      DIPResultWriter.Result(grouping: grouping, explanation: explanation, type: type, reviewed: reviewed),
      to: &answer.output)
    answer.tally[grouping.status] += 1
  }

  private func facts(_ row: CaseRow, _ bytes: [UInt8]) throws(RowFault) -> DIPTyping.Facts {
    DIPTyping.Facts(
      intensiveDays: try row.number(.intensiveDays, bytes), costPercent: try row.number(.costPercent, bytes),
      treatmentPercent: try row.number(.treatmentPercent, bytes), drugPercent: try row.number(.drugPercent, bytes))
  }

  func refuse(id: String, _ reason: LocalizedText, to output: inout [UInt8]) {
    writer.refuse(id: id, reason, to: &output)
  }
}
