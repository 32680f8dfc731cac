import Kernel
public import Payment
public import People

/// Made-up cases of a made-up year under a contract, the same on every machine: for trying and testing payment.
///
/// Groups are those of the contract's table, rare ones rarely; costs scatter around what a case of the group is worth,
/// a few far below and above; some cases are bed days or have no group. A case's number and the seed decide everything.
///
/// ```swift
/// let cases = SamplePaymentCases(count: 2_000, seed: 1, under: contract).cases
/// ```
public struct SamplePaymentCases: Sendable {
  /// An invented institution.
  public struct Place: Hashable, Sendable {
    /// Its code.
    public var code: String
    /// Its level.
    public var level: InstitutionLevel
    /// How much dearer than usual it is, percent.
    public var costs: Int
  }

  /// The cases, ascending by settlement.
  public let cases: [PaymentCase]
  private let contract: PaymentContract
  /// The institutions unless another number is asked for.
  public static let places = places(12)

  /// Invented institutions: a quarter of level three, the larger part of the others of level two.
  ///
  /// - Parameter count: how many, at least three.
  public static func places(_ count: Int) -> [Place] {
    precondition(count >= 3, "there are three levels")
    return (1...count).map { number in
      let digits = String(number)
      let rank = (number * 12 + count - 1) / count
      return Place(
        code: "H9901" + String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits,
        level: rank <= 3 ? .tertiary : rank <= 8 ? .secondary : .primary,
        costs: rank <= 3 ? 104 + rank * 2 : rank <= 8 ? 92 + rank : 70 + rank)
    }
  }

  /// Makes cases.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - seed: the same gives the same.
  ///   - contract: its year, table of groups and prices; its first scheme by name unless one is given.
  ///   - scheme: the scheme that pays.
  ///   - institutions: how many institutions treated them; half of the cases are those of the first third.
  public init(
    count: Int, seed: UInt64, under contract: PaymentContract, scheme: InsuranceScheme? = nil,
    institutions: Int = 12
  ) {
    let places = Self.places(institutions)
    self.contract = contract
    let scheme = scheme ?? contract.schemes.sorted { $0.rawValue < $1.rawValue }.first ?? .employee
    let groups = Self.groups(of: contract)
    let letter = scheme == .employee ? "E" : "R"
    let width = max(6, String(count).utf8.count)
    cases = (0..<count).map { number in
      var dice = SampleNumbers(
        state: seed &* 0x2545_F491_4F6C_DD1D &+ UInt64(number) &+ (scheme == .employee ? 0 : 1 << 40))
      let digits = String(number + 1)
      let id = "S\(contract.year)\(letter)" + String(repeating: "0", count: width - digits.utf8.count) + digits
      return Self.item(id, contract.year, scheme, groups, places, &dice)
    }
  }

  /// Takes cases that there are already, to state what people would beside them.
  public init(_ cases: [PaymentCase], under contract: PaymentContract) {
    (self.cases, self.contract) = (cases, contract)
  }

  /// A group with the cost of a usual case, yuan.
  private struct Group {
    let code: String
    let yuan: Int
  }

  /// Groups of the contract's tables, ascending by code.
  private static func groups(of contract: PaymentContract) -> [Group] {
    guard case .grouped(let terms) = contract.otherwise.terms else { return [] }
    return terms.table.rows.values.sorted { $0.code < $1.code }.map { row in
      let printed = row.means.flatMap { $0[institution: "", level: .secondary, scheme: .employee] }
      let size = row.weight.map { Int($0.millionths / 100) } ?? row.score.map { Int($0.millionths / 100_000) } ?? 5_000
      return Group(code: row.code, yuan: printed.map { Int($0.microyuan / 1_000_000) } ?? size)
    }
  }

  private static func item(
    _ id: String, _ year: Int, _ scheme: InsuranceScheme, _ groups: [Group], _ places: [Place],
    _ dice: inout SampleNumbers
  ) -> PaymentCase {
    let place = places[dice.below(dice.below(2) == 0 ? places.count / 3 : places.count)]
    // The square of an even draw: the first groups of a shuffled order are the frequent ones.
    let draw = dice.below(10_000)
    let rank = groups.isEmpty ? 0 : draw * draw / 10_000 * groups.count / 10_000
    let group = groups.isEmpty ? Group(code: "", yuan: 6_000) : groups[rank * 7_919 % groups.count]
    var cost = Int64(max(group.yuan, 300)) * Int64(place.costs)
    for _ in 0..<3 { cost = cost * Int64(76 + dice.below(49)) / 100 }
    switch dice.below(200) {
    case 0...2: cost *= Int64(3 + dice.below(4))
    case 3...5: cost /= 4
    default: break
    }
    var days = 2 + Int(cost / 260_000) + dice.below(5)
    var marks: Set<PaymentMark> = []
    var code = group.code
    var department = ["内科", "外科", "妇产科", "儿科", "骨科", "神经内科"][dice.below(6)]
    switch dice.below(100) {
    case 0:
      marks = [.bedDay]
      department = "康复医学科"
      days = 20 + dice.below(60)
      cost = Int64(days) * Int64(24_000 + dice.below(9_000))
    case 1: code = ""
    default: break
    }
    guard let month = YearMonth(year: year, month: 1 + dice.below(12)) else {
      preconditionFailure("a contract's year lies outside the calendar")
    }
    let share = scheme == .employee ? 66 + dice.below(12) : 52 + dice.below(14)
    return PaymentCase(
      id: id, institution: place.code, level: place.level, scheme: scheme, month: month, cost: Money(fen: cost),
      fundShare: Money(fen: cost * Int64(share) / 100), group: code, stayDays: days, ageYears: dice.below(95),
      dischargeKind: dice.below(80) == 0 ? 5 : 1, department: department,
      physician: "D9901\(place.code.suffix(3))\(dice.below(40))",
      traditionalChinese: Money(fen: dice.below(5) == 0 ? cost / 12 : 0), marks: marks)
  }

  /// What people would state beside the cases: the fund's money, findings, scores.
  ///
  /// - Parameters:
  ///   - indicators: the indicators of the region's assessment.
  ///   - scheme: the scheme of the cases.
  public func inputs(_ indicators: [AssessmentScheme.Indicator], scheme: InsuranceScheme) -> PayingInputs {
    var inputs = PayingInputs()
    let months = Dictionary(grouping: cases, by: \.month)
    // The fund's money is for the cases that take part in the pool.
    let engine = CaseEngine(contract)
    var whole = Money.zero
    for (month, own) in months.sorted(by: { $0.key < $1.key }) {
      let spent = own.reduce(Money.zero) { sum, item in
        engine.pay(item, tracing: false).points == nil ? sum : sum + item.fundShare
      }
      whole += spent
      inputs.fund.append(.init(scheme: scheme, period: .month(month), amount: spent, basis: "示例预算"))
    }
    // A little more than was spent, so that there are surpluses and overspends.
    let year = cases.first?.month.year ?? 0
    inputs.fund.append(
      .init(scheme: scheme, period: .year(year), amount: Money(fen: whole.fen / 1_000 * 1_012), basis: "示例预算"))
    let codes = Set(cases.map(\.institution)).sorted()
    for (number, code) in codes.enumerated() {
      guard let month = months.keys.sorted().dropFirst(number % 12).first else { continue }
      let finding = ReviewFinding(
        id: "F\(scheme == .employee ? "E" : "R")\(number + 1)", institution: code,
        amount: Money(fen: Int64(90_000 + 61_700 * number)))
      inputs.findings.append(
        .init(
          finding: finding, scheme: scheme, period: number % 5 == 4 ? .year(year) : .month(month), reason: "示例：重复收费"))
      inputs.scores[code] = Dictionary(
        indicators.map { ($0.code, Self.score($0, number)) }, uniquingKeysWith: { first, _ in first })
    }
    return inputs
  }

  private static func score(_ indicator: AssessmentScheme.Indicator, _ number: Int) -> Points {
    let full = indicator.full?.millionths ?? 0
    return Points(millionths: full / 100 * Int64(100 - number * 7 % 34))
  }
}
