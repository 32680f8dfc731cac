import Grouping
public import Kernel

/// How much of a batch is under way at a time.
public struct BatchPace: Hashable, Sendable {
  /// About how many bytes a thread takes at a time.
  public var blockBytes: Int
  /// Bytes that one row may take; more means a quote that was never closed, and the row ends with its line.
  public var longestRow = CSVReader.longestRow
  /// How many blocks may be under way.
  public var window: Int

  /// Makes the pace for a machine with a number of cores.
  ///
  /// - Parameters:
  ///   - cores: how many threads work.
  ///   - explains: whether each case is explained, which makes results fifty times as long as their cases.
  public init(cores: Int = 2, explains: Bool = false) {
    precondition(cores > 0, "there is at least one core")
    window = cores * 2 + 1
    blockBytes = explains ? 16 << 10 : 512 << 10
  }
}

/// A row of a batch that could not be read.
public struct UnreadableRow: Hashable, Sendable {
  /// The line of the file, from 1.
  public let line: Int
  /// The case's identifier, as far as it could be read.
  public let id: String
  /// What is wrong.
  public let reason: LocalizedText
}

/// How far a batch has come, and what became of its cases.
public struct BatchProgress<Tally: BatchTally>: Hashable, Sendable {
  /// Rows read.
  public internal(set) var rows = 0
  /// Rows that could not be read.
  public internal(set) var badRows = 0
  /// What became of the cases.
  public internal(set) var tally = Tally()
  /// What the cases' codes gave to say; nothing unless they are read by their version.
  public internal(set) var codes = CodeTally()
  /// Bytes read of the input, 0 when that is not known.
  public internal(set) var bytes = 0

  /// Nothing read yet.
  public init() {}
}

/// Many cases: rows in, results out in the same order, by all cores, in bounded memory.
struct CaseBatch<Rows: RowGrouper> {
  let rows: Rows
  let pace: BatchPace
  /// What stands before the first result.
  let header: [UInt8]
  /// The language in which the file of unreadable rows speaks.
  let language: Language

  /// Groups every case of a table.
  ///
  /// - Parameters:
  ///   - input: where cases come from.
  ///   - output: opens what takes the results, once the input was opened.
  ///   - errors: a CSV file of every row that cannot be read; none when not given.
  ///   - report: hears of each row that cannot be read, in order.
  ///   - progress: hears now and then how far the batch has come.
  func run(
    _ input: CaseInput, to output: () throws -> any ResultSink, errors: String? = nil,
    report: @escaping (UnreadableRow) -> Void = { _ in },
    progress: @escaping (BatchProgress<Rows.Tally>) -> Void = { _ in }
  ) throws -> BatchProgress<Rows.Tally> {
    let source = try input.open(blockBytes: pace.blockBytes, longestRow: pace.longestRow)
    let sink = try output()
    let state = BatchState<Rows.Tally>(line: source.firstLine)
    var errorSink: (any ResultSink)?
    do {
      errorSink = try errors.map { path throws(Diagnostic) in try ResultOutput.errors(path) }
      try errorSink?.write(CSVWriter.bytes(of: [["line", "id", "reason"]], byteOrderMark: true))
      try sink.write(header)
      let worker = CaseBlockGrouper(rows, source.layout)
      let lanes = OrderedLanes<CaseBlockGrouper<Rows>, CaseBlock, BlockAnswer<Rows.Tally>>(
        window: pace.window, worker: worker, work: { worker, block in worker.group(block) }
      ) { [errorSink] answer in
        try sink.write(answer.output)
        let unreadable = state.take(answer)
        for row in unreadable { report(row) }
        if let errorSink, !unreadable.isEmpty {
          try errorSink.write(CSVWriter.bytes(of: unreadable.map { ["\($0.line)", $0.id, $0.reason[language]] }))
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
private final class BatchState<Tally: BatchTally> {
  var progress = BatchProgress<Tally>()
  private var line: Int

  init(line: Int) { self.line = line }

  /// Counts an answer, and gives its bad rows their lines in the file.
  func take(_ answer: BlockAnswer<Tally>) -> [UnreadableRow] {
    progress.rows += answer.rows
    progress.badRows += answer.badRows.count
    progress.tally.add(answer.tally)
    progress.codes.add(answer.codes)
    let start = line
    line += answer.lines
    return answer.badRows.map { row in
      let place = answer.places.isEmpty ? start + row.line : answer.places[row.line]
      return UnreadableRow(line: place, id: row.id, reason: row.reason)
    }
  }
}
