import Kernel
import Payment
import People
import Policy
public import Workflows

/// Terms under which a year may be tried out beside those in force.
public struct RivalTerms: Sendable {
  /// What they are called on the page.
  public let name: String
  /// The terms, one a year and set of schemes.
  public let terms: [PayingTerms]

  /// Names terms.
  public init(name: String, terms: [PayingTerms]) {
    self.name = name
    self.terms = terms
  }
}

/// A year of a scheme.
struct YearOfScheme: Hashable, Sendable {
  let scheme: InsuranceScheme
  let year: Int
  /// The run that values it, since another one gives other answers.
  let run: String?
}

/// What a simulation was asked.
struct SimulationQuestion: Hashable, Sendable {
  let scheme: InsuranceScheme
  let year: Int
  let against: String
  let fund: Money?
  let otherFund: Money?
  let run: String?
}

/// Answers that read a whole year, kept for some minutes; whoever asks meanwhile waits for the same one.
actor KeptAnswers<Question: Hashable & Sendable, Answer: Sendable> {
  /// Minutes after which a question is answered anew.
  static var minutes: Int { 5 }
  private static var mostKept: Int { 8 }

  private struct Kept {
    let task: Task<Result<Answer, ViewFault>, Never>
    let since: ContinuousClock.Instant
    let time: Moment
  }

  private var kept: [Question: Kept] = [:]

  /// The answer, and the time from which it is.
  func answer(
    _ question: Question, at time: Moment, _ make: @escaping @Sendable () async -> Result<Answer, ViewFault>
  ) async throws(ViewFault) -> (answer: Answer, time: Moment) {
    let now = ContinuousClock.now
    if let known = kept[question], now - known.since < .seconds(60 * Self.minutes) {
      return (try await known.task.value.get(), known.time)
    }
    while kept.count >= Self.mostKept, let oldest = kept.min(by: { $0.value.since < $1.value.since }) {
      kept[oldest.key] = nil
    }
    let made = Kept(task: Task { await make() }, since: now, time: time)
    kept[question] = made
    let result = await made.task.value
    // What failed may succeed when it is asked again.
    if case .failure = result, kept[question]?.since == now { kept[question] = nil }
    return (try result.get(), time)
  }
}

extension ConsoleSources {
  /// Looks published runs up.
  var archive: RunArchive { RunArchive(paying, region: region) }

  /// The terms of a scheme's year.
  func terms(_ scheme: InsuranceScheme, _ year: Int) -> PayingTerms? { Self.terms(scheme, year, in: terms) }

  static func terms(_ scheme: InsuranceScheme, _ year: Int, in all: [PayingTerms]) -> PayingTerms? {
    all.first { $0.cases.year == year && $0.cases.schemes.contains(scheme) && $0.clearing.schemes.contains(scheme) }
  }

  /// The year and scheme that a page is about: as asked, else the last year with terms and its first scheme.
  func asked(_ inquiry: Inquiry) throws(ViewFault) -> (scheme: InsuranceScheme, year: Int, terms: PayingTerms) {
    let wanted = try inquiry.whole("year", in: 1_000...9_999)
    let scheme = try inquiry.choice("scheme", of: InsuranceScheme.self)
    guard let year = wanted ?? terms.map(\.cases.year).max() else { throw Self.noTerms(region) }
    for one in scheme.map({ [$0] }) ?? InsuranceScheme.allCases {
      if let found = terms(one, year) { return (one, year, found) }
    }
    throw .notFound(
      LocalizedText(
        "没有统筹区 \(region) \(year) 年的付费合同\(scheme.map { "（\($0.title.chinese)）" } ?? "")；请换年度或险种，或先录入合同",
        "region \(region) has no contract for \(year)\(scheme.map { ", \($0.rawValue)" } ?? ""); ask for another "
          + "year or scheme, or state payment/contracts first"))
  }

  /// What an entry page says where the region has no terms at all; `nil` where it has some.
  var withoutTerms: Content? {
    terms.isEmpty ? Content([.notice(Notice(.warning, Self.noTerms(region).message))]) : nil
  }

  static func noTerms(_ region: String) -> ViewFault {
    .notOffered(
      LocalizedText(
        "服务启动时的政策目录没有统筹区 \(region) 的付费合同（payment/contracts/*.yaml、payment/clearing.yaml）；录入后重新启动",
        "the policy folder of this server has no payment contract for region \(region) (payment/contracts/*.yaml, "
          + "payment/clearing.yaml); state it and start again"))
  }

  /// Fields of a filter by year and scheme.
  func yearFields(_ scheme: InsuranceScheme, _ year: Int) -> [Form.Field] {
    let years = Set(terms.map(\.cases.year)).sorted(by: >).map {
      (value: "\($0)", title: LocalizedText("\($0)", "\($0)"))
    }
    let schemes = InsuranceScheme.allCases.filter { one in terms.contains { $0.cases.schemes.contains(one) } }
    return [
      .init("year", "年度", "Year", .choice(years), value: "\(year)"),
      .init(
        "scheme", "险种", "Scheme", .choice(schemes.map { (value: $0.rawValue, title: $0.title) }),
        value: scheme.rawValue),
    ]
  }

  /// What a holder of a run's line is called: an institution, or a region; empty when nobody knows.
  func holderNames(_ holders: Set<String>) async throws(ViewFault) -> [String: String] {
    var names = try await institutionNames(holders)
    for holder in holders where names[holder] == nil { names[holder] = library.book.regions[holder]?.name.chinese }
    return names
  }

  /// A year's groups; every case of the year is read once and kept as sums for some minutes.
  func figures(
    _ scheme: InsuranceScheme, _ year: Int, _ terms: PayingTerms
  ) async throws(ViewFault) -> (figures: GroupFigures, time: Moment) {
    let run = try await ask { () async throws(StoreError) in try await archive.standing(.year, scheme, .year(year)) }
    let selection = CaseSelection(region: region, scheme: scheme, period: .year(year))
    let (paying, contract) = (paying, terms.cases)
    let decided = run.flatMap { PayingInputs(of: $0.run.inputs)?.determinations } ?? [:]
    let question = YearOfScheme(scheme: scheme, year: year, run: run?.run.identity)
    let kept = try await groupFigures.answer(question, at: clock()) {
      do throws(StoreError) {
        let tally = try await CaseTally.of(selection, in: paying, under: contract, determinations: decided)
        return .success(GroupFigures(tally, under: contract, run: run))
      } catch { return .failure(.store(error)) }
    }
    return (kept.answer, kept.time)
  }
}

extension Value {
  /// A weight, coefficient or index: four decimals, or all six where they are needed.
  static func factor(_ factor: Factor?) -> Value { millionths(factor?.millionths) }

  /// Points.
  static func points(_ points: Points?) -> Value { millionths(points?.millionths) }

  private static func millionths(_ number: Int64?) -> Value {
    guard let number else { return .none }
    return number.isMultiple(of: 100) ? .decimal(Int(number / 100), places: 4) : .decimal(Int(number), places: 6)
  }

  /// An amount, or nothing.
  static func amount(_ money: Money?) -> Value { money.map { .money($0) } ?? .none }
}

extension Cell {
  /// An amount that is gained, or lost when negative.
  static func gain(_ money: Money?, link: String? = nil) -> Cell {
    Cell(.amount(money), link: link, tone: money.flatMap { $0 == .zero ? nil : $0.isNegative ? .bad : .good })
  }

  /// An institution by its name, with the way to it.
  static func institution(_ code: String, _ names: [String: String]) -> Cell {
    .text(names[code] ?? code, link: "institutions/\(Address.part(code))")
  }
}

extension Parameter {
  static let paymentYear = Parameter("year", .year, "年度，缺省为有合同的最近一年", "year; the last one with a contract")
  static let paymentScheme = Parameter("scheme", .choice(InsuranceScheme.allCases.map(\.rawValue)), "险种", "scheme")
}
