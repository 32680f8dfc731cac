import Foundation
import Grouping

/// How many cases a second are grouped: without and with the trace, from numbers, text and bytes, on one and two cores.
///
/// Prints a checksum of all results, so that a change that makes it faster by grouping otherwise is seen.
///
/// ```text
/// GroupingBenchmark [cases per run] [folder with data/ and cases/] [mode]
/// ```
///
/// With a mode (`quiet`, `traced`, `bytes`, `none`, `dip`, `checked`, `converted`) the cases are grouped once so on one
/// core and nothing else is done, for `valgrind --tool=callgrind` and `perf stat`.
@main
struct GroupingBenchmark {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    let count = arguments.first.flatMap { Int($0) } ?? 4_000_000
    let shared = arguments.dropFirst().first ?? "../../shared"
    let world = GroupingWorld(shared: shared)
    print("\(world.name); cases per run: \(count), cores: \(ProcessInfo.processInfo.activeProcessorCount)")
    let clock = ContinuousClock()
    var compiled: Edition?
    let compiling = clock.measure { compiled = Edition.compile(world.tables).edition }
    guard let edition = compiled else {
      print("the edition does not compile")
      return
    }
    let runs = Runs(edition, world)
    let codes = CodeRuns(codes: shared + "/data/icd", runs)
    if let mode = arguments.dropFirst(2).first {
      print("checksum \(try once(mode, count, runs, codes))")
      return
    }
    let bytes = edition.encoded()
    var loading = Duration.seconds(9)
    for _ in 0..<5 { loading = min(loading, try clock.measure { _ = try Edition(encoded: bytes) }) }
    print(
      "compile \(milliseconds(compiling)) ms; compiled form \(bytes.count) bytes, loaded in \(milliseconds(loading)) ms"
    )
    let baseline = HashSetBaseline(world.tables)
    let slow = await measure("hash sets of strings, every rule, 1 core", count / 40, cores: 1) { range in
      runs.sum(range) { UInt64(truncatingIfNeeded: baseline.group($0).utf8.reduce(0) { $0 &* 31 &+ Int($1) }) }
    }
    let quiet1 = await measure("numbers, trace off, 1 core", count, cores: 1) { runs.quiet($0) }
    let quiet2 = await measure("numbers, trace off, 2 cores", count, cores: 2) { runs.quiet($0) }
    let traced1 = await measure("numbers, trace on, 1 core", count / 4, cores: 1) { runs.traced($0) }
    let traced2 = await measure("numbers, trace on, 2 cores", count / 4, cores: 2) { runs.traced($0) }
    _ = await measure("codes as bytes, trace off, 1 core", count, cores: 1) { runs.fromBytes($0) }
    _ = await measure("codes as bytes, trace off, 2 cores", count, cores: 2) { runs.fromBytes($0) }
    let text = await measure("cases of text, trace off, 1 core", count / 4, cores: 1) { runs.fromText($0) }
    _ = await measure("explanation as text, 1 core", count / 400, cores: 1) { runs.explained($0) }
    print("ratio numbers / hash sets \(ratio(quiet1, slow)), cases of text / hash sets \(ratio(text, slow))")
    print("ratio trace on / off \(ratio(traced1, quiet1))")
    print("ratio 2 cores / 1 core: trace off \(ratio(quiet2, quiet1)), on \(ratio(traced2, traced1))")
    if let codes { await codes.measure(count / 8) } else { print("no code tables in \(shared)/data/icd") }
    try await DIPRuns(editions: "../Editions").measure(count)
  }

  static func ratio(_ first: Double, _ second: Double) -> String { String(format: "%.2f", first / second) }

  /// One run for a profiler.
  private static func once(_ mode: String, _ count: Int, _ runs: Runs, _ codes: CodeRuns?) throws -> UInt64 {
    switch (mode, codes) {
    case ("dip", _): try DIPRuns(editions: "../Editions").byOutline(0..<count)
    case ("checked", let codes?): codes.checked(0..<count)
    case ("converted", let codes?): codes.converted(0..<count)
    default: runs.once(mode, count)
    }
  }

  static func milliseconds(_ duration: Duration) -> String {
    String(
      format: "%.1f", Double(duration.components.attoseconds) / 1e15 + Double(duration.components.seconds) * 1_000)
  }

  /// Runs work on some cores, three times, and prints the best rate, the least processor time a case and the checksum.
  ///
  /// On a machine that others use too, the processor time says more than the rate.
  static func measure(
    _ name: String, _ count: Int, cores: Int, _ work: @escaping @Sendable (Range<Int>) -> UInt64
  ) async -> Double {
    let clock = ContinuousClock()
    var best = 0.0
    var least = Double.infinity
    var sum: UInt64 = 0
    for _ in 0..<3 {
      let start = clock.now
      let startOfWork = Foundation.clock()
      sum = await withTaskGroup(of: UInt64.self) { group in
        for core in 0..<cores {
          group.addTask { work(count * core / cores..<count * (core + 1) / cores) }
        }
        return await group.reduce(0, &+)
      }
      let elapsed = clock.now - start
      let seconds = Double(elapsed.components.attoseconds) / 1e18 + Double(elapsed.components.seconds)
      best = max(best, Double(count) / seconds)
      least = min(least, Double(Foundation.clock() - startOfWork) * 1e9 / Double(CLOCKS_PER_SEC) / Double(count))
    }
    print("\(name): \(Int(best)) cases/s (best of 3), \(Int(least)) ns of processor time a case, checksum \(sum)")
    return best
  }
}

/// The same cases in every form.
struct Runs: Sendable {
  let grouper: Grouper
  let cases: [GroupingCase]
  let coded: [CodedCase]
  let bytes: [ByteCase]

  /// A case as a line of a file has it: codes joined by `|`.
  struct ByteCase: Sendable {
    var numbers: CodedCase
    var diagnoses: [UInt8]
    var procedures: [UInt8]
  }

  init(_ edition: Edition, _ world: GroupingWorld) {
    grouper = Grouper(edition)
    cases = world.cases
    coded = world.cases.map(edition.coded)
    bytes = world.cases.map { stated in
      var plain = stated
      plain.diagnoses = []
      plain.procedures = []
      return ByteCase(
        numbers: edition.coded(plain), diagnoses: Array(stated.diagnoses.joined(separator: "|").utf8),
        procedures: Array(stated.procedures.joined(separator: "|").utf8))
    }
  }

  private func mark(_ result: CodedResult) -> UInt64 { UInt64(result.group) &* 31 &+ UInt64(result.reason.rawValue) }

  func sum(_ range: Range<Int>, _ value: (GroupingCase) -> UInt64) -> UInt64 {
    range.reduce(0) { $0 &+ value(cases[$1 % cases.count]) }
  }

  func quiet(_ range: Range<Int>) -> UInt64 {
    var sum: UInt64 = 0
    var place = range.lowerBound % coded.count
    for _ in range {
      sum &+= mark(grouper.group(coded[place]))
      place = place + 1 == coded.count ? 0 : place + 1
    }
    return sum
  }

  func traced(_ range: Range<Int>) -> UInt64 {
    var trace = CodedTrace()
    return range.reduce(0) { sum, number in
      let result = grouper.group(coded[number % coded.count], recording: &trace)
      return sum &+ mark(result) &+ UInt64(trace.ruleCount)
    }
  }

  func fromBytes(_ range: Range<Int>) -> UInt64 {
    var filled = CodedCase()
    return range.reduce(0) { sum, number in
      let stated = bytes[number % bytes.count]
      filled.clear()
      filled.ageYears = stated.numbers.ageYears
      filled.ageDays = stated.numbers.ageDays
      filled.birthWeightGrams = stated.numbers.birthWeightGrams
      filled.sex = stated.numbers.sex
      filled.stayDays = stated.numbers.stayDays
      split(stated.diagnoses) { filled.appendDiagnosis($0) }
      split(stated.procedures) { filled.appendProcedure($0) }
      return sum &+ mark(grouper.group(filled))
    }
  }

  /// Looks up the codes of a cell.
  @inline(__always)
  private func split(_ cell: [UInt8], _ append: (CodeNumber) -> Void) {
    let span = cell.span
    var start = 0
    for place in 0...span.count where !span.isEmpty && (place == span.count || span[place] == UInt8(ascii: "|")) {
      append(grouper.edition.number(ofCode: span.extracting(start..<place)))
      start = place + 1
    }
  }

  func fromText(_ range: Range<Int>) -> UInt64 {
    sum(range) { stated in
      let result = grouper.group(stated)
      return UInt64(result.code.utf8.count) &+ UInt64(result.reason.rawValue)
    }
  }

  func explained(_ range: Range<Int>) -> UInt64 {
    sum(range) { UInt64(grouper.explain($0).text(.chinese).utf8.count) }
  }

  /// One run for a profiler.
  func once(_ mode: String, _ count: Int) -> UInt64 {
    switch mode {
    case "traced": traced(0..<count)
    case "bytes": fromBytes(0..<count)
    case "none": 0
    default: quiet(0..<count)
    }
  }
}
