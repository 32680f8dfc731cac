import Claims
public import Kernel
public import Payment
import People
import Policy
import Settlement

/// Runs worked cases and says exactly where what came out differs from what must.
public struct CaseRun: Sendable {
  /// One difference.
  public struct Mismatch: Hashable, Sendable {
    /// Where: a visit, and what of it.
    public let place: String
    /// What must come out.
    public let expected: String
    /// What came out.
    public let actual: String
  }

  /// What came of a case.
  public struct Report: Sendable {
    /// The case.
    public let workedCase: WorkedCase
    /// Differences; none when the case passed.
    public let mismatches: [Mismatch]
    /// What each visit came to, in order.
    public let answers: [SettlementHistory.Answer]
    /// What somebody should look at although the case can be run: a reason that names no registered document.
    public let remarks: [LocalizedText]

    init(
      workedCase: WorkedCase, mismatches: [Mismatch], answers: [SettlementHistory.Answer], remarks: [LocalizedText] = []
    ) {
      self.workedCase = workedCase
      self.mismatches = mismatches
      self.answers = answers
      self.remarks = remarks
    }

    func remarking(_ remarks: [LocalizedText]) -> Report {
      Report(workedCase: workedCase, mismatches: mismatches, answers: answers, remarks: self.remarks + remarks)
    }

    /// Whether everything came out as it must.
    public var passed: Bool { mismatches.isEmpty }
  }

  /// Reads the contract in a file, for a region.
  public typealias ContractSource = @Sendable (_ file: String, _ region: String) -> (PaymentContract?, [Diagnostic])

  private let library: PolicyLibrary
  private let contract: ContractSource

  /// Prepares to run cases under a library's policy.
  ///
  /// - Parameters:
  ///   - library: the policy.
  ///   - contract: reads contracts, which worked cases of payment name; without it such cases fail.
  public init(_ library: PolicyLibrary, contract: @escaping ContractSource = { _, _ in (nil, []) }) {
    self.library = library
    self.contract = contract
  }

  /// Runs one case.
  public func run(_ workedCase: WorkedCase) -> Report {
    result(workedCase).remarking(remarks(workedCase))
  }

  private func remarks(_ workedCase: WorkedCase) -> [LocalizedText] {
    guard let document = workedCase.document, library.book.documents[document] == nil else { return [] }
    let near = Nearest.words(to: document, among: library.book.documents.keys, within: 6, count: 1).first
    let guess = near.map { ("；是否为“\($0)”？", "; did you mean \"\($0)\"? ") } ?? ("；", "; ")
    return [
      LocalizedText(
        "理由所引文件“\(document)”未在 documents/ 登记\(guess.0)请登记或更正",
        "the reason cites \"\(document)\", which documents/ does not have\(guess.1)register it or correct the name")
    ]
  }

  private func result(_ workedCase: WorkedCase) -> Report {
    switch workedCase.body {
    case .visits(let visits):
      return run(visits, workedCase)
    case .coverage(let person, let day, let expected):
      return report(workedCase) { snapshot in
        Self.check(person, on: day, expected, snapshot)
      } on: {
        day
      }
    case .contribution(let day, let wage, let averageWage, let expected):
      return report(workedCase) { snapshot in
        Self.check(wage: wage, averageWage: averageWage, expected, snapshot)
      } on: {
        day
      }
    case .frame(let day, let scheme, let outline, let expected):
      return report(workedCase) { snapshot in
        let found = ProvincialFrame(snapshot, scheme: scheme).deviations(of: outline).map(\.rawValue)
        return found == expected
          ? [] : [Mismatch(place: "deviations", expected: "\(expected)", actual: "\(found)")]
      } on: {
        day
      }
    case .payment(let payments):
      let (read, diagnostics) = contract(payments.contract, workedCase.region)
      guard let read else {
        let found = diagnostics.map { $0.text(.english) }.joined(separator: "\n")
        let mismatch = Mismatch(place: payments.contract, expected: "a sound contract", actual: found)
        return Report(workedCase: workedCase, mismatches: [mismatch], answers: [])
      }
      return Report(
        workedCase: workedCase, mismatches: PaidCaseRun.mismatches(payments, under: read), answers: [])
    }
  }

  // MARK: Visits

  private func run(_ visits: WorkedCase.Visits, _ workedCase: WorkedCase) -> Report {
    var history = SettlementHistory(person: visits.person, credit: visits.credit, opening: visits.opening)
    var mismatches: [Mismatch] = []
    var answers: [SettlementHistory.Answer] = []
    for event in visits.events {
      switch event {
      case .settle(let claim, let expected):
        let answer = history.settle(claim, region: workedCase.region, library: library)
        answers.append(answer)
        if let expected { mismatches += Self.compare(answer, expected, visit: claim.id) }
      case .reverse(let id):
        do throws(SettlementHistory.ReversalRefusal) {
          try history.reverse(id)
        } catch {
          mismatches.append(Mismatch(place: "reverse \(id)", expected: "reversed", actual: "\(error)"))
        }
      }
    }
    if !history.accumulatorsAreDerivable() {
      mismatches.append(
        Mismatch(place: "accumulators", expected: "the sum of standing settlements", actual: "something else"))
    }
    return Report(workedCase: workedCase, mismatches: mismatches, answers: answers)
  }

  private static func compare(
    _ answer: SettlementHistory.Answer, _ expected: WorkedCase.ExpectedVisit, visit: String
  ) -> [Mismatch] {
    switch answer {
    case .refused(let outcome, _):
      return outcome.word == expected.outcome
        ? [] : [Mismatch(place: "\(visit) outcome", expected: expected.outcome, actual: outcome.word)]
    case .settled(let record):
      guard expected.outcome == SettlementOutcome.settled.word else {
        return [Mismatch(place: "\(visit) outcome", expected: expected.outcome, actual: "settled")]
      }
      return compare(record.settled, expected, visit: visit)
        + compare(record.settled.steps.map(\.code.word), expected.trace, visit: visit)
    }
  }

  private static func compare(_ settled: SettledClaim, _ expected: WorkedCase.ExpectedVisit, visit: String)
    -> [Mismatch]
  {
    let named = settled.amounts.named(in: settled.cover.scheme)
    return expected.amounts.sorted { $0.key < $1.key }.compactMap { word, amount in
      // A field of the interface may hold several amounts; a word names one.
      let parts = named.filter { $0.word == word || $0.field == word }
      if parts.isEmpty {
        return Mismatch(place: "\(visit) \(word)", expected: amount.yuan, actual: "no such amount")
      }
      let actual = parts.reduce(Money.zero) { $0 + $1.amount }
      return actual == amount
        ? nil : Mismatch(place: "\(visit) \(word)", expected: amount.yuan, actual: actual.yuan)
    }
  }

  private static func compare(_ steps: [String], _ expected: [String]?, visit: String) -> [Mismatch] {
    guard let expected else { return [] }
    var seen: Set<String> = []
    let firsts = steps.filter { seen.insert($0).inserted }
    return firsts == expected
      ? []
      : [
        Mismatch(
          place: "\(visit) trace", expected: expected.joined(separator: ", "),
          actual: firsts.joined(separator: ", "))
      ]
  }

  // MARK: Cover and contributions

  private func report(
    _ workedCase: WorkedCase, _ check: (PolicySnapshot) -> [Mismatch], on day: () -> CalendarDate
  ) -> Report {
    do throws(PolicyRefusal) {
      let snapshot = try library.book.snapshot(region: workedCase.region, dates: EventDates(on: day()))
      return Report(workedCase: workedCase, mismatches: check(snapshot), answers: [])
    } catch {
      let mismatch = Mismatch(place: "policy", expected: "policy in force", actual: error.message.english)
      return Report(workedCase: workedCase, mismatches: [mismatch], answers: [])
    }
  }

  private static func check(
    _ person: InsuredPerson, on day: CalendarDate, _ expected: WorkedCase.ExpectedCoverage, _ snapshot: PolicySnapshot
  ) -> [Mismatch] {
    let rules: CoverageRules
    do throws(PolicyDefects) {
      rules = try SettlementPolicy(snapshot).coverageRules
    } catch {
      return [Mismatch(place: "policy", expected: "sound policy", actual: "\(error.list)")]
    }
    switch (person.coverage(on: day, under: rules), expected) {
    case (.covered(let scheme, let category, let since), .covered(let wanted, let wantedCategory, let wantedSince)):
      let fits =
        scheme == wanted && wantedCategory ?? category == category && wantedSince ?? since == since
      return fits
        ? [] : [Mismatch(place: "coverage", expected: "\(expected)", actual: "\(scheme) \(category) since \(since)")]
    case (.notCovered(let reason), .notCovered(let word)):
      let actual = SettlementOutcome(reason).word
      return actual == word ? [] : [Mismatch(place: "coverage", expected: word, actual: actual)]
    case (let actual, _):
      return [Mismatch(place: "coverage", expected: "\(expected)", actual: "\(actual)")]
    }
  }

  private static func check(
    wage: Money, averageWage: Money?, _ expected: [String: Money], _ snapshot: PolicySnapshot
  ) -> [Mismatch] {
    guard let rules = ContributionRules(snapshot, averageWage: averageWage) else {
      return [Mismatch(place: "contribution", expected: "contribution.* values in force", actual: "some are missing")]
    }
    let assessed = ContributionAssessment(wage: wage, under: rules)
    let actual = [
      "base": assessed.base, "employer": assessed.employer, "person": assessed.person, "total": assessed.total,
    ]
    return expected.sorted { $0.key < $1.key }.compactMap { word, amount in
      guard let found = actual[word] else {
        return Mismatch(place: word, expected: amount.yuan, actual: "no such amount")
      }
      return found == amount ? nil : Mismatch(place: word, expected: amount.yuan, actual: found.yuan)
    }
  }
}

extension CaseRun.Report {
  /// What happened to one visit.
  public enum Happening: Sendable {
    /// It came to settlement; `isStanding` is false when the settlement was taken back later.
    case answered(String, SettlementHistory.Answer, isStanding: Bool)
    /// The settlement of the visit was taken back.
    case reversed(String)
  }

  /// What happened, reversals included, in the order of the file.
  public var happenings: [Happening] {
    guard case .visits(let visits) = workedCase.body else { return [] }
    var found: [Happening] = []
    var rest = answers[...]
    for event in visits.events {
      switch event {
      case .settle(let claim, _):
        if let answer = rest.popFirst() { found.append(.answered(claim.id, answer, isStanding: true)) }
      case .reverse(let id):
        let place = found.lastIndex {
          if case .answered(id, .settled, isStanding: true) = $0 { true } else { false }
        }
        // A reversal that was refused is a mismatch of the case and changed nothing.
        guard let place, case .answered(let claim, let answer, _) = found[place] else { continue }
        found[place] = .answered(claim, answer, isStanding: false)
        found.append(.reversed(id))
      }
    }
    return found
  }
}

extension ContributionRules {
  /// Reads the rules from a snapshot; `nil` when a part is not in force.
  init?(_ snapshot: PolicySnapshot, averageWage: Money?) {
    func node(_ identifier: String) -> PolicyNode? { snapshot[identifier]?.content([:]) }
    func rate(_ identifier: String) -> Rate? {
      guard case .rate(let rate)? = node(identifier) else { return nil }
      return rate
    }
    var wage = averageWage
    if wage == nil, case .amount(let amount)? = node("contribution.average_wage") { wage = amount }
    guard let wage, let floor = rate("contribution.base_floor"), let ceiling = rate("contribution.base_ceiling"),
      let employer = rate("contribution.employer_rate"), let person = rate("contribution.person_rate")
    else { return nil }
    self.init(
      averageWage: wage, baseFloor: floor, baseCeiling: ceiling, employerRate: employer, personRate: person)
  }
}
