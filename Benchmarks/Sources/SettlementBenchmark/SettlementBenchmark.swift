import Catalog
import Claims
import Foundation
import Kernel
import People
import Policy
import PolicyFiles
import Settlement
import Synchronization
import Workflows

/// How many claims a second the engine settles: without and with its trace, on one and on two cores.
///
/// Prints a checksum of all amounts, so that a change that makes it faster by settling something else is seen.
@main
struct SettlementBenchmark {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    let count = arguments.first.flatMap { Int($0) } ?? 1_000_000
    let folder = arguments.dropFirst().first ?? "../Policies"
    let loaded = PolicyFolder(path: folder).load(vocabulary: SettlementVocabulary.definitions)
    guard let book = loaded.book else {
      for diagnostic in loaded.diagnostics { print(diagnostic.text(.english)) }
      return
    }
    let library = PolicyLibrary(book)
    let world = try World(library)
    print("claims per run: \(count), fee lines per claim: \(World.linesPerClaim), cores: \(activeCores)")
    let baseline = await measure("baseline: reading the lines only", count, cores: 2) { world.readOnly($0) }
    let quiet1 = await measure("settle, trace off, 1 core", count, cores: 1) { world.amounts($0) }
    let quiet2 = await measure("settle, trace off, 2 cores", count, cores: 2) { world.amounts($0) }
    let traced2 = await measure("settle, trace on, 2 cores", count / 2, cores: 2) { world.traced($0) }
    let compile = try measureCompile(book)
    print("policy of one region and date compiled in \(compile) µs")
    print("ratio trace off / baseline \(String(format: "%.3f", quiet2 / baseline))")
    print("ratio trace on / trace off \(String(format: "%.3f", traced2 / quiet2))")
    print("ratio 2 cores / 1 core \(String(format: "%.2f", quiet2 / quiet1))")
  }

  static var activeCores: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// Runs work on some cores and prints claims a second and the checksum.
  static func measure(_ name: String, _ count: Int, cores: Int, _ work: @escaping @Sendable (Range<Int>) -> Int64) async
    -> Double
  {
    let clock = ContinuousClock()
    var best = 0.0
    var sum: Int64 = 0
    for _ in 0..<3 {
      let start = clock.now
      sum = await withTaskGroup(of: Int64.self) { group in
        for core in 0..<cores {
          group.addTask { work(count * core / cores..<count * (core + 1) / cores) }
        }
        return await group.reduce(0, &+)
      }
      let elapsed = clock.now - start
      let seconds = Double(elapsed.components.attoseconds) / 1e18 + Double(elapsed.components.seconds)
      best = max(best, Double(count) / seconds)
    }
    print("\(name): \(Int(best)) claims/s (best of 3), checksum \(sum)")
    return best
  }

  static func measureCompile(_ book: PolicyBook) throws -> Int {
    guard let day = CalendarDate("2026-08-01") else { return 0 }
    let snapshot = try book.snapshot(region: "990100", dates: EventDates(on: day))
    let clock = ContinuousClock()
    let elapsed = try clock.measure { _ = try SettlementPolicy(snapshot) }
    return Int(elapsed.components.attoseconds / 1_000_000_000_000)
  }
}

/// Claims of the sample region with eight lines each: stays, visits, pharmacy, residents and retirees.
struct World: Sendable {
  static let linesPerClaim = 8

  struct Sample: Sendable {
    let claim: Claim
    let person: InsuredPerson
    let policy: SettlementPolicy
    let accumulators: Accumulators
    let credit: CreditFacts
  }

  let samples: [Sample]

  init(_ library: PolicyLibrary) throws {
    var samples: [Sample] = []
    for number in 0..<4_096 {
      let claim = try World.claim(number)
      let person = try World.person(number)
      let policy = try library.policy(region: "990100", dates: claim.eventDates).get()
      let scheme: InsuranceScheme = number % 2 == 0 ? .employee : .resident
      let sample = Sample(
        claim: claim, person: person, policy: policy, accumulators: Accumulators(scheme: scheme, year: 2026),
        credit: CreditFacts(balance: Money(fen: Int64(number % 7) * 10_000)))
      // Only claims that settle are measured; a refusal would be quicker.
      _ = try SettlementEngine.settle(
        claim, of: person, under: policy, after: sample.accumulators, credit: sample.credit
      ).get()
      samples.append(sample)
    }
    self.samples = samples
  }

  static func day(_ text: String) throws -> CalendarDate {
    guard let day = CalendarDate(text) else { throw Unusable.date(text) }
    return day
  }

  enum Unusable: Error { case date(String) }

  static func person(_ number: Int) throws -> InsuredPerson {
    let birth = try day("\(1950 + number % 40)-06-15")
    guard let first = YearMonth("2020-01"), let last = YearMonth("2026-12"), let months = MonthRange(first, last) else {
      throw Unusable.date("2020-01")
    }
    let enrolment =
      number % 2 == 0
      ? Enrolment(kind: .employer, category: .inService, registered: try day("2020-01-05"), paidMonths: [months])
      : Enrolment(
        kind: .resident, category: .adult, registered: try day("2020-01-05"),
        paidYears: [PaidYear(year: 2026, paidOn: try day("2025-11-20"))])
    return InsuredPerson(
      number: "P\(number)", sex: number % 3 == 0 ? .male : .female, birth: birth, enrolments: [enrolment])
  }

  static func claim(_ number: Int) throws -> Claim {
    let stay = number % 4 < 2
    let start = try day("2026-0\(1 + number % 8)-1\(number % 9)")
    let lines = (0..<linesPerClaim).map { place in
      FeeLine(
        item: "XA\(number % 97)B\(place)", day: start,
        price: UnitPrice(microyuan: Int64((number * 7_919 + place * 104_729) % 90_000 + 100) * 10_000),
        quantity: Quantity(Int64(1 + (number + place) % 5)),
        terms: ItemTerms(
          [.a, .b, .a, .c][place % 4],
          priceCeiling: place % 3 == 0 ? UnitPrice(microyuan: 500_000_000) : nil,
          firstSelfPay: place % 4 == 1 ? Rate(millionths: 100_000) : nil, isTraditionalChinese: place == 6))
    }
    return Claim(
      id: "C\(number)", care: stay ? .inpatient : .outpatient,
      institution: Institution(
        code: "H99010000001", level: stay ? (number % 3 == 0 ? .tertiary : .secondary) : .primary),
      admitted: start, discharged: stay ? start.adding(days: 6) : start, lines: lines)
  }

  func readOnly(_ range: Range<Int>) -> Int64 {
    var sum: Int64 = 0
    for number in range {
      for line in samples[number & 4_095].claim.lines { sum &+= line.amount.fen }
    }
    return sum
  }

  func amounts(_ range: Range<Int>) -> Int64 {
    var sum: Int64 = 0
    for number in range {
      let sample = samples[number & 4_095]
      if case .success(let settled) = SettlementEngine.amounts(
        sample.claim, of: sample.person, under: sample.policy, after: sample.accumulators, credit: sample.credit)
      {
        sum &+= settled.amounts.fund.fen &+ settled.amounts.cash.fen
      }
    }
    return sum
  }

  func traced(_ range: Range<Int>) -> Int64 {
    var sum: Int64 = 0
    for number in range {
      let sample = samples[number & 4_095]
      if case .success(let settled) = SettlementEngine.settle(
        sample.claim, of: sample.person, under: sample.policy, after: sample.accumulators, credit: sample.credit)
      {
        sum &+= settled.amounts.fund.fen &+ Int64(settled.steps.count)
      }
    }
    return sum
  }
}
