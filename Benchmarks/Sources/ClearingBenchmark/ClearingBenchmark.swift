import Foundation
import Kernel
import Ledger
import Payment
import People
import Policy

/// How long a year's clearing takes: a million grouped cases of sixty institutions, from cases to ledger entries.
///
/// Prints the ratio to reading every case once in the same run, and a checksum of all amounts, so that a change that
/// makes it faster by clearing something else is seen.
@main
struct ClearingBenchmark {
  enum Unusable: Error { case world }

  /// `ClearingBenchmark [cases] [rooms|memory|sqlite]…`; everything when nothing is named.
  static func main() async throws {
    let words = CommandLine.arguments.dropFirst()
    let count = words.compactMap { Int($0) }.first ?? 1_000_000
    let wanted = words.filter { Int($0) == nil }
    if wanted.isEmpty || wanted.contains("rooms") { try rooms(count) }
    guard wanted.isEmpty || wanted.contains("memory") || wanted.contains("sqlite") else { return }
    // The repository's own sample policies.
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let desk = try DeskScenarios(
      cases: count, institutions: 60, policies: root.appending(path: "Policies").path)
    if wanted.isEmpty || wanted.contains("memory") { try await desk.inMemory() }
    if wanted.isEmpty || wanted.contains("sqlite") { try await desk.fromSQLite() }
  }

  /// The arithmetic alone: points that are known, no contract.
  private static func rooms(_ count: Int) throws {
    let world = try ClearingWorld(cases: count, institutions: 60, groups: 800)
    print("cases: \(count), institutions: 60, groups: 800")
    let baseline = try measure("baseline: reading every case") { world.readOnly() }
    let year = try measure("totals, pool, clearing, entries, run") { try world.clear() }
    let identity = try measure("identity of the set of cases") { world.identity() }
    print("ratio year / baseline \(hundredths(year, baseline))")
    print("ratio identity / baseline \(hundredths(identity, baseline))")
  }

  /// Runs work five times and prints the best time and the checksum.
  static func measure(_ name: String, _ work: () throws -> Int64) throws -> Duration {
    let clock = ContinuousClock()
    var best: Duration?
    var sum: Int64 = 0
    for _ in 0..<5 {
      let elapsed = try clock.measure { sum = try work() }
      best = min(best ?? elapsed, elapsed)
    }
    guard let best else { throw Unusable.world }
    print("\(name): \(milliseconds(best)) ms (best of 5), checksum \(sum)")
    return best
  }

  static func milliseconds(_ time: Duration) -> Int64 {
    time.components.seconds * 1_000 + time.components.attoseconds / 1_000_000_000_000_000
  }

  static func hundredths(_ time: Duration, _ other: Duration) -> String {
    let ratio = Int(time / other * 100)
    return "\(ratio / 100).\(ratio % 100 < 10 ? "0" : "")\(ratio % 100)"
  }
}

/// A year of cases with everything that a clearing needs.
struct ClearingWorld {
  let cases: [PaymentCase]
  let points: [String: Points]
  let pool: PoolTerms
  let yearly: YearlyTerms
  let assessment: AssessmentResult

  init(cases count: Int, institutions: Int, groups: Int) throws {
    guard let january = YearMonth("2026-01"), let full = Points("100"), let score = Points("93.5"),
      let kept = ClearingBands([
        .init(above: .zero, rate: Rate(millionths: 800_000)),
        .init(above: Rate(millionths: 100_000), rate: Rate(millionths: 600_000)),
      ])
    else { throw ClearingBenchmark.Unusable.world }
    let source = Citation.document("benchmark", clause: "1")
    let names = (0..<groups).map { "G\(1_000 + $0)" }
    points = Dictionary(
      uniqueKeysWithValues: names.enumerated().map { ($1, Points(millionths: Int64($0) * 3_170_000 + 40_000_000)) })
    let codes = (0..<institutions).map { "H990100\(10_000 + $0)" }
    cases = (0..<count).map { number in
      let mixed = number &* 2_654_435_761 >> 7 & 0xFF_FFFF
      let cost = Money(fen: Int64(200_000 + mixed % 3_000_000))
      return PaymentCase(
        id: "S\(10_000_000 + number)", institution: codes[mixed % institutions], level: .secondary, scheme: .employee,
        month: january.adding(months: mixed % 12), cost: cost, fundShare: Money(fen: cost.fen * 7 / 10),
        group: names[mixed % groups], stayDays: 1 + mixed % 20, ageYears: mixed % 95, department: "D\(mixed % 30)",
        physician: "P\(mixed % 900)")
    }
    pool = PoolTerms(
      basis: Sourced(.wholeCostOfPeriod, source), payable: Sourced(.lessOthersPaid, source),
      decimals: Sourced(4, source), rounding: .halfUp)
    yearly = YearlyTerms(
      bands: BandTerms(
        surplus: Sourced(kept, source), overspend: Sourced(kept, source), retention: nil, rounding: .halfUp),
      assessed: Sourced([.bands, .deposit], source))
    let scheme = AssessmentScheme(
      dimensions: [.init(code: "D", name: "D", indicators: [.init(code: "I", name: "I", full: full)])],
      effect: .proportional, citation: source)
    assessment = try AssessmentResult.assess(["I": score], under: scheme).get()
  }

  func readOnly() -> Int64 {
    var sum: Int64 = 0
    for item in cases { sum &+= item.cost.fen &+ item.fundShare.fen }
    return sum
  }

  /// From cases to entries and the bytes of the run.
  func clear() throws -> Int64 {
    let totals = InstitutionTotals.sum(cases, scheme: .employee, period: .year(2026)) {
      .points(points[$0.group] ?? .zero)
    }
    let fund = totals.reduce(Money.zero) { $0 + $1.fundPaid }
    let shared = try PointPool.settle(.year(2026), fund: fund, totals: totals, under: pool).get()
    let inputs = shared.lines.map { line in
      YearlyClearing.Input(
        institution: line.totals.institution,
        bands: .init(budget: line.budget.orZero, spend: line.spend),
        advances: AdvanceTotals(paid: Money(fen: line.totals.fundPaid.fen * 9 / 10)), assessment: assessment)
    }
    let years = try YearlyClearing.clear(inputs, under: yearly).get()
    let run = PaymentRun(
      .init(
        kind: .year, region: "990100", scheme: .employee, period: .year(2026), contract: "benchmark", cases: "benchmark"
      ),
      lines: years.map { .init(holder: $0.institution, amounts: ["due": $0.due, "kept": $0.bands.kept]) },
      digest: { "\($0.count)" }
    ) { identity in years.map { ClearingPostings.entry($0, scheme: .employee, run: identity) } }
    return Self.mix(run.bytes, years.reduce(0) { $0 &+ $1.due.fen })
  }

  /// The bytes of all cases, mixed cheaply in place of a digest.
  func identity() -> Int64 {
    final class Sum { var value: Int64 = 0 }
    let sum = Sum()
    var bytes = CanonicalBytes { piece in sum.value = Self.mix(copy piece, sum.value) }
    PaymentCase.write(cases, to: &bytes)
    bytes.finish()
    return sum.value
  }

  private static func mix(_ bytes: [UInt8], _ start: Int64) -> Int64 {
    bytes.reduce(start) { $0 &* 31 &+ Int64($1) }
  }
}
