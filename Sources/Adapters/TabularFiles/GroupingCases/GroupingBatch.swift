public import Grouping
public import Kernel

/// Groups many cases: a table in, a table out, rows in their order, by all cores, in bounded memory.
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
  /// About how many bytes a thread takes at a time.
  public var blockBytes: Int
  /// Bytes that one row may take; more means a quote that was never closed, and the row ends with its line.
  public var longestRow = CSVReader.longestRow
  /// How many blocks may be under way.
  public var window: Int
  /// How codes are read before grouping; as the edition has them when not given.
  public var codes: CaseCodes?

  let grouper: Grouper

  /// Makes a batch for a machine with a number of cores.
  public init(_ grouper: Grouper, form: ResultForm, cores: Int = 2) {
    precondition(cores > 0, "there is at least one core")
    self.grouper = grouper
    self.form = form
    window = cores * 2 + 1
    // An explanation is fifty times as long as its case.
    blockBytes = form.explains ? 16 << 10 : 512 << 10
  }

  /// A row that could not be read.
  public struct BadRow: Hashable, Sendable {
    /// The line of the file, from 1.
    public let line: Int
    /// The case's identifier, as far as it could be read.
    public let id: String
    /// What is wrong.
    public let reason: LocalizedText
  }

  /// How far a batch has come, and what became of its cases.
  public struct Progress: Hashable, Sendable {
    /// Rows read.
    public internal(set) var rows = 0
    /// Rows that could not be read.
    public internal(set) var badRows = 0
    /// How many cases have each status.
    public internal(set) var tally: [GroupingStatus: Int] = [:]
    /// What the cases' codes gave to say; nothing unless they are read by their version.
    public internal(set) var codes = CodeTally()
    /// Bytes read of the input, 0 when that is not known.
    public internal(set) var bytes = 0
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
    report: @escaping (BadRow) -> Void = { _ in },
    progress: @escaping (Progress) -> Void = { _ in }
  ) throws -> Progress {
    let source = try input.open(blockBytes: blockBytes, longestRow: longestRow)
    let sink = try output.open()
    let state = BatchState(line: source.firstLine)
    var errorSink: (any ResultSink)?
    do {
      errorSink = try errors.map { path throws(Diagnostic) in try ResultOutput.errors(path) }
      try errorSink?.write(CSVWriter.bytes(of: [["line", "id", "reason"]], byteOrderMark: true))
      try sink.write(form.header)
      let worker = CaseBlockGrouper(grouper, source.layout, form, codes: codes)
      let lanes = OrderedLanes<CaseBlockGrouper, CaseBlock, CaseBlockGrouper.Answer>(
        window: window, worker: worker, work: { worker, block in worker.group(block) }
      ) { [errorSink] answer in
        try sink.write(answer.output)
        let rows = state.take(answer)
        for row in rows { report(row) }
        if let errorSink, !rows.isEmpty {
          try errorSink.write(CSVWriter.bytes(of: rows.map { ["\($0.line)", $0.id, $0.reason[form.language]] }))
        }
        progress(state.progress)
      }
      try source.forEachBlock { block, bytes in
        state.progress.bytes = bytes
        try lanes.submit(block)
      }
      try lanes.finish()
      try sink.finish()
      try errorSink?.finish()
    } catch {
      sink.abandon()
      errorSink?.abandon()
      throw error
    }
    return state.progress
  }
}

/// What a batch has seen so far.
private final class BatchState {
  var progress = GroupingBatch.Progress()
  private var line: Int

  init(line: Int) { self.line = line }

  /// Counts an answer, and gives its bad rows their lines in the file.
  func take(_ answer: CaseBlockGrouper.Answer) -> [GroupingBatch.BadRow] {
    progress.rows += answer.rows
    progress.badRows += answer.badRows.count
    for status in GroupingStatus.allCases where answer.tally[Int(status.rawValue)] > 0 {
      progress.tally[status, default: 0] += answer.tally[Int(status.rawValue)]
    }
    progress.codes.add(answer.codes)
    let start = line
    line += answer.lines
    return answer.badRows.map { row in
      let place = answer.places.isEmpty ? start + row.line : answer.places[row.line]
      return GroupingBatch.BadRow(line: place, id: row.id, reason: row.reason)
    }
  }
}
