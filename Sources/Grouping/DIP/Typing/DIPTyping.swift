public import Kernel

/// Tells the cases of a DIP group apart further: comorbidity index, types that apply, and the one that counts.
///
/// Of each dimension the first type that applies is triggered; of several dimensions the one with the highest factor in
/// this group counts, of equal ones the earlier.
public struct DIPTyping: Sendable {
  /// The tables.
  public let tables: DIPTypingTables
  private let comorbidities: [DIPCell]
  private let types: [Compiled]

  private struct Compiled: Sendable {
    /// The number of the dimension, by which of several types the first counts.
    var dimension: Int
    var principal: DIPCell?
    var others: DIPCell?
    var ranges: [(DIPTypingTables.Measure, DIPNumberRange)]
    /// What the type is worth, by group.
    var factors: [String: Rate] = [:]
    /// What it is worth in groups that have no row of their own.
    var usualFactor: Rate?
  }

  /// The diagnoses of a case, read once.
  private struct Codes {
    let principal: PackedCode?
    let others: [PackedCode]

    init(_ unit: GroupingCase) {
      principal = unit.diagnoses.first.flatMap { PackedCode($0, .diagnosis) }
      others = unit.diagnoses.dropFirst().compactMap { PackedCode($0, .diagnosis) }
    }
  }

  /// What keeps tables from being used.
  public struct Fault: Error, Hashable, Sendable {
    /// The table: `comorbidities`, `types` or `factors`.
    public let table: String
    /// The row of the file, from 1.
    public let row: Int
    /// What is wrong.
    public let message: LocalizedText
  }

  /// What a case says beyond what grouping reads.
  public struct Facts: Hashable, Sendable {
    /// Days in intensive care.
    public var intensiveDays: Int?
    /// The cost in per cent of the group's standard, rounded down.
    public var costPercent: Int?
    /// Fees for treatment in per cent of the cost, rounded down.
    public var treatmentPercent: Int?
    /// Drugs in per cent of the cost, rounded down.
    public var drugPercent: Int?

    /// Makes facts; what is left out was not stated.
    public init(
      intensiveDays: Int? = nil, costPercent: Int? = nil, treatmentPercent: Int? = nil, drugPercent: Int? = nil
    ) {
      self.intensiveDays = intensiveDays
      self.costPercent = costPercent
      self.treatmentPercent = treatmentPercent
      self.drugPercent = drugPercent
    }
  }

  /// How a case is told apart.
  public struct Result: Hashable, Sendable {
    /// The comorbidity index.
    public let index: Int
    /// The conditions that made it.
    public let conditions: [String]
    /// The type of each dimension that has one, as positions in the list of types.
    public let triggered: [Int]
    /// The type that counts; `nil` when none has a factor in this group.
    public let chosen: Int?
    /// What it is worth.
    public let factor: Rate?
  }

  /// Makes a typing.
  ///
  /// - Throws: the first ``Fault`` of the tables.
  public init(_ tables: DIPTypingTables) throws(Fault) {
    self.tables = tables
    var cells: [DIPCell] = []
    for row in tables.comorbidities { cells.append(try Self.cell(row.diagnoses, "comorbidities", row.row)) }
    comorbidities = cells
    var types: [Compiled] = []
    var dimensions: [String: Int] = [:]
    for row in tables.types {
      var ranges: [(DIPTypingTables.Measure, DIPNumberRange)] = []
      for (measure, text) in row.ranges.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        guard let range = DIPNumberRange(text) else {
          throw Fault(
            table: "types", row: row.row,
            message: LocalizedText("「\(text)」不是数的范围。", "\"\(text)\" is not a range of numbers."))
        }
        ranges.append((measure, range))
      }
      types.append(
        Compiled(
          dimension: dimensions[row.dimension, default: dimensions.count],
          principal: row.principal.isEmpty ? nil : try Self.cell(row.principal, "types", row.row),
          others: row.otherDiagnoses.isEmpty ? nil : try Self.cell(row.otherDiagnoses, "types", row.row),
          ranges: ranges))
      dimensions[row.dimension] = types[types.count - 1].dimension
    }
    let factors = try Self.factors(tables)
    for number in types.indices {
      let row = tables.types[number]
      types[number].factors = factors["\(row.dimension) \(row.code)"] ?? [:]
      types[number].usualFactor = types[number].factors["*"]
    }
    self.types = types
  }

  /// What types are worth, by dimension and code, then by group.
  private static func factors(_ tables: DIPTypingTables) throws(Fault) -> [String: [String: Rate]] {
    var factors: [String: [String: Rate]] = [:]
    let known = Set(tables.types.map { "\($0.dimension) \($0.code)" })
    for row in tables.factors {
      let key = "\(row.dimension) \(row.code)"
      let isRepeated = factors[key, default: [:]].updateValue(row.factor, forKey: row.group) != nil
      if isRepeated || !known.contains(key) {
        throw Fault(
          table: "factors", row: row.row,
          message: isRepeated
            ? LocalizedText("「\(key)」重复。", "\"\(key)\" stands twice.")
            : LocalizedText("没有分型「\(key)」。", "there is no type \"\(key)\"."))
      }
    }
    return factors
  }

  private static func cell(_ text: String, _ table: String, _ row: Int) throws(Fault) -> DIPCell {
    do {
      return try DIPCell(text, of: .diagnosis)
    } catch {
      throw Fault(table: table, row: row, message: error.message)
    }
  }

  /// The comorbidity index of a case and the conditions that make it; only other diagnoses count, each condition once.
  public func index(of unit: GroupingCase) -> (points: Int, conditions: [String]) {
    index(of: Codes(unit))
  }

  private func index(of codes: Codes) -> (points: Int, conditions: [String]) {
    let present = tables.comorbidities.indices.filter { comorbidities[$0].matches(packed: codes.others) }
    if present.isEmpty { return (0, []) }
    let names = Set(present.map { tables.comorbidities[$0].condition })
    var seen: Set<String> = []
    var points = 0
    for row in present.map({ tables.comorbidities[$0] })
    where !names.contains(row.replacedBy) && seen.insert(row.condition).inserted {
      points += row.points
    }
    return (points, tables.comorbidities.map(\.condition).filter { seen.remove($0) != nil })
  }

  /// How a case of a group is told apart.
  public func type(_ unit: GroupingCase, group: String, facts: Facts = Facts()) -> Result {
    let codes = Codes(unit)
    let (points, conditions) = index(of: codes)
    var triggered: [Int] = []
    for number in types.indices
    where !triggered.contains(where: { types[$0].dimension == types[number].dimension }) {
      if applies(number, unit, codes, facts, points) { triggered.append(number) }
    }
    var best: (type: Int, factor: Rate)?
    for number in triggered {
      guard let factor = types[number].factors[group] ?? types[number].usualFactor else { continue }
      if let known = best, known.factor >= factor { continue }
      best = (number, factor)
    }
    return Result(
      index: points, conditions: conditions, triggered: triggered, chosen: best?.type, factor: best?.factor)
  }

  private func applies(
    _ number: Int, _ unit: GroupingCase, _ codes: Codes, _ facts: Facts, _ points: Int
  ) -> Bool {
    let type = types[number]
    if let principal = type.principal, !principal.matches(packed: codes.principal.map { [$0] } ?? []) {
      return false
    }
    if let others = type.others {
      let category = codes.principal?.prefix(3)
      let wantsOther = tables.types[number].isOtherCategory
      if !others.matches(packed: wantsOther ? codes.others.filter { $0.prefix(3) != category } : codes.others) {
        return false
      }
    }
    return type.ranges.allSatisfy { measure, range in range.contains(value(measure, unit, facts, points)) }
  }

  private func value(
    _ measure: DIPTypingTables.Measure, _ unit: GroupingCase, _ facts: Facts, _ points: Int
  ) -> Int? {
    switch measure {
    case .ageYears: unit.ageYears
    case .ageDays: unit.ageDays
    case .stayDays: unit.stayDays
    case .intensiveDays: facts.intensiveDays
    case .dischargeKind: unit.dischargeKind
    case .index: points
    case .costPercent: facts.costPercent
    case .treatmentPercent: facts.treatmentPercent
    case .drugPercent: facts.drugPercent
    }
  }
}
