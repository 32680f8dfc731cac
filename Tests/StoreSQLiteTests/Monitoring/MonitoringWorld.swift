import Claims
import Kernel
import People
import Workflows

/// Invented settlements of a region, the same for the same seed, and what a slow look at all of them says.
struct MonitoringWorld {
  /// In the order of the chain.
  private(set) var settlements: [MonitoredSettlement] = []
  private var random: WorldRandom

  init(seed: UInt64, count: Int, institutions: Int = 7, persons: Int = 300, year: Int = 2026) {
    random = WorldRandom(state: seed)
    guard let first = CalendarDate(year: year, month: 1, day: 1) else { preconditionFailure("no such year") }
    var open: [MonitoredSettlement] = []
    for number in 0..<count {
      // Mostly in order of time, as settlements come.
      let day = first.adding(days: min(max(number * 365 / max(count, 1) + random.below(5) - 2, 0), 364))
      if random.below(12) == 0, !open.isEmpty {
        let original = open.remove(at: random.below(open.count))
        append(Self.reversal(of: original, time: time(on: max(day, original.day))))
      } else {
        let settlement = settlement(number, on: day, institutions, persons)
        append(settlement)
        open.append(settlement)
      }
    }
  }

  private mutating func append(_ settlement: MonitoredSettlement) {
    var placed = settlement
    placed.ordinal = Int64(settlements.count + 1)
    if let original = settlement.reverses, let place = settlements.firstIndex(where: { $0.id == original }) {
      settlements[place].state = .reversed
    }
    settlements.append(placed)
  }

  private mutating func time(on day: CalendarDate) -> String {
    // The edges of days and of seconds, too.
    let second = [0, 86_399, random.below(86_400), 43_200][random.below(4)]
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day) \(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))"
  }

  private mutating func settlement(
    _ number: Int, on day: CalendarDate, _ institutions: Int, _ persons: Int
  ) -> MonitoredSettlement {
    let care = CareCategory.allCases[random.below(CareCategory.allCases.count)]
    var amounts = MonitoredAmounts()
    amounts.pooled = Money(fen: Int64(random.below(500_000)))
    amounts.catastrophic = Money(fen: Int64(random.below(3) == 0 ? random.below(90_000) : 0))
    amounts.assistance = Money(fen: Int64(random.below(1_000)))
    amounts.account = Money(fen: Int64(random.below(30_000)))
    amounts.cash = Money(fen: Int64(random.below(200_000)))
    amounts.inPolicy = amounts.fund + Money(fen: 10)
    amounts.total = amounts.fund + amounts.account + amounts.cash
    let person = random.below(persons)
    return MonitoredSettlement(
      id: "S\(number)", visit: "V\(number)", person: "P\(person)", name: Self.name(person),
      certificateEnding: "\(100_000 + person * 37 % 900_000)", institution: "H\(100 + random.below(institutions))",
      scheme: random.below(3) == 0 ? .employee : .resident, care: care, medicalType: care.isStay ? "21" : "11",
      diagnosis: ["", "I10.x00", "J18.900", "K35.800", "E11.900"][random.below(5)],
      admitted: day.adding(days: -random.below(10)), discharged: day, time: time(on: day), amounts: amounts)
  }

  static func name(_ person: Int) -> String {
    ["王", "李", "张", "欧阳", "𠮷"][person % 5] + ["伟", "芳", "娜", "秀英", "·买买提"][person / 5 % 5]
  }

  private static func reversal(of original: MonitoredSettlement, time: String) -> MonitoredSettlement {
    MonitoredSettlement(
      id: "R-\(original.id)", reverses: original.id, visit: original.visit, person: original.person,
      name: original.name, certificateEnding: original.certificateEnding, institution: original.institution,
      scheme: original.scheme, care: original.care, medicalType: original.medicalType, diagnosis: original.diagnosis,
      admitted: original.admitted, discharged: original.discharged, time: time, amounts: original.amounts.negated)
  }

  // MARK: What a slow look says

  func matching(_ filter: MonitoringFilter) -> [MonitoredSettlement] {
    func full(_ time: String, _ rest: String) -> String { time.count == 10 ? "\(time) \(rest)" : time }
    return settlements.filter { row in
      let magnitude = Money(fen: abs(row.amounts.total.fen))
      let isInTime =
        (filter.from.map { full($0, "00:00:00") <= row.time } ?? true)
        && (filter.to.map { full($0, "23:59:59") >= row.time } ?? true)
      let isOfPlace =
        (filter.institution.map { $0 == row.institution } ?? true) && (filter.person.map { $0 == row.person } ?? true)
      let isOfKind =
        (filter.scheme.map { $0 == row.scheme } ?? true) && (filter.care.map { $0 == row.care } ?? true)
        && (filter.state.map { $0 == row.state } ?? true) && (filter.diagnosis.map { $0 == row.diagnosis } ?? true)
      let isOfAmount =
        (filter.atLeast.map { $0 <= magnitude } ?? true) && (filter.atMost.map { $0 >= magnitude } ?? true)
      let isNamed = filter.text.map { [row.id, row.visit, row.person].contains($0) } ?? true
      return isInTime && isOfPlace && isOfKind && isOfAmount && isNamed
    }
  }

  func sorted(_ rows: [MonitoredSettlement], _ order: MonitoringOrder) -> [MonitoredSettlement] {
    rows.sorted { left, right in
      let (a, b) = (abs(left.amounts.total.fen), abs(right.amounts.total.fen))
      switch order {
      case .newest: return (right.time, right.ordinal) < (left.time, left.ordinal)
      case .oldest: return (left.time, left.ordinal) < (right.time, right.ordinal)
      case .largest: return (b, right.ordinal) < (a, left.ordinal)
      case .smallest: return (a, left.ordinal) < (b, right.ordinal)
      }
    }
  }

  func totals(_ filter: MonitoringFilter, by dimensions: Set<MonitoringDimension>) -> [MonitoringGroup:
    MonitoringMeasures]
  {
    var sums: [MonitoringGroup: MonitoringMeasures] = dimensions.isEmpty ? [MonitoringGroup(): .init()] : [:]
    for row in matching(filter) {
      var group = MonitoringGroup()
      if dimensions.contains(.month) { group.month = row.month }
      if dimensions.contains(.day) { group.day = row.day }
      if dimensions.contains(.institution) { group.institution = row.institution }
      if dimensions.contains(.scheme) { group.scheme = row.scheme }
      if dimensions.contains(.care) { group.care = row.care }
      sums[group, default: .init()].add(row)
    }
    return sums
  }

  /// Filters of every kind, alone and together.
  static let filters: [MonitoringFilter] = {
    func filter(_ body: (inout MonitoringFilter) -> Void) -> MonitoringFilter {
      var filter = MonitoringFilter()
      body(&filter)
      return filter
    }
    let times: [(String?, String?)] = [
      (nil, nil), ("2026-03-01", "2026-05-31"), ("2026-03-02", "2026-05-30"), ("2026-03-10", "2026-03-10"),
      ("2026-03-10 12:00:00", "2026-06-20 11:59:59"), ("2026-03-10 12:00:00", "2026-03-10 12:00:00"),
      (nil, "2026-02-14 00:00:00"), ("2026-11-30 23:59:59", nil), ("2026-05-01", "2026-04-01"), ("2026-02-30", nil),
      ("2026-03-31 00:00:01", "2026-04-01 23:59:58"),
    ]
    let kinds: [MonitoringFilter] = [
      filter { _ in }, filter { $0.institution = "H103" }, filter { $0.institution = "H999" },
      filter { $0.scheme = .employee }, filter { $0.care = .inpatient }, filter { $0.state = .reversal },
      filter { $0.state = .reversed }, filter { $0.state = .standing }, filter { $0.person = "P17" },
      filter { $0.person = "nobody" }, filter { $0.diagnosis = "I10.x00" }, filter { $0.diagnosis = "" },
      filter { $0.atLeast = Money(fen: 400_000) }, filter { $0.atMost = Money(fen: 90_000) },
      filter { ($0.atLeast, $0.atMost) = (Money(fen: 100_000), Money(fen: 200_000)) }, filter { $0.text = "S40" },
      filter { $0.text = "V40" }, filter { $0.text = "P17" }, filter { $0.text = "R-S9" },
      filter { ($0.institution, $0.scheme, $0.care) = ("H101", .resident, .outpatient) },
      filter { ($0.institution, $0.state) = ("H102", .reversal) },
      filter { ($0.institution, $0.atLeast, $0.state) = ("H104", Money(fen: 300_000), .standing) },
      filter { ($0.person, $0.care, $0.text) = ("P17", .chronic, "P17") },
    ]
    return times.flatMap { from, to in
      kinds.map { kind in
        var filter = kind
        (filter.from, filter.to) = (from, to)
        return filter
      }
    }
  }()
}

/// A small generator of whole numbers (SplitMix64).
struct WorldRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
