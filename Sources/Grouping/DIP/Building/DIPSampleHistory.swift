/// A made-up history of a made-up region, the same on every machine: for demonstration and tests.
///
/// Diagnoses and procedures that go together, at frequencies and costs that are plausible and nobody's; costs scatter
/// as a product of several factors does, some cases are far dearer. Case `number` of a seed never changes.
///
/// ```swift
/// for past in DIPSampleHistory(cases: 60_000, seed: 1) { clustering.add(past) }
/// ```
public struct DIPSampleHistory: Sequence, Sendable {
  /// How many cases there are.
  public let cases: Int
  /// What they are made from.
  public let seed: UInt64
  /// The last of the three years that cases are of.
  public let lastYear: Int

  /// Makes a history.
  public init(cases: Int, seed: UInt64, lastYear: Int = 2_025) {
    self.cases = cases
    self.seed = seed
    self.lastYear = lastYear
  }

  /// The cases in order.
  public func makeIterator() -> Iterator { Iterator(history: self) }

  /// Walks through the cases in order.
  public struct Iterator: IteratorProtocol {
    let history: DIPSampleHistory
    var number = 0

    /// The next case.
    public mutating func next() -> DIPHistoryCase? {
      guard number < history.cases else { return nil }
      defer { number += 1 }
      return history.case(number)
    }
  }

  /// A case by its number, from 0.
  public func `case`(_ number: Int) -> DIPHistoryCase {
    var numbers = Numbers(state: seed &* 0x2545_F491_4F6C_DD1D &+ UInt64(number))
    let disease = pick(DIPSampleDisease.all, \.weight, &numbers)
    var diagnoses = [disease.codes[numbers.below(disease.codes.count)]]
    for other in DIPSampleDisease.others where numbers.below(1_000) < other.perMille && !diagnoses.contains(other.code)
    {
      diagnoses.append(other.code)
    }
    diagnoses += disease.further.isEmpty ? [] : [disease.further[numbers.below(disease.further.count)]]
    let way = pick(disease.ways, \.weight, &numbers)
    var procedures = way.procedures
    if numbers.below(40) == 0 { procedures.append(DIPSampleDisease.rareProcedures[numbers.below(6)]) }
    let age = disease.ages.lowerBound + numbers.below(disease.ages.count)
    var cost = way.yuan * 100
    for _ in 0..<4 { cost = cost * (70 + Int64(numbers.below(66))) / 100 }
    if numbers.below(100) == 0 { cost *= Int64(3 + numbers.below(6)) }
    let year = lastYear - 2 + numbers.below(3)
    cost = cost * Int64(100 - 4 * (lastYear - year)) / 100
    return DIPHistoryCase(
      unit: GroupingCase(
        id: "\(number + 1)", sex: sex(disease, &numbers), ageYears: disease.isNewborn ? 0 : age,
        ageDays: disease.isNewborn ? age : nil,
        birthWeightGrams: disease.isNewborn ? 900 + numbers.below(3_000) : nil,
        stayDays: Int(2 + cost / 150_000) + numbers.below(5), dischargeKind: numbers.below(60) == 0 ? 5 : 1,
        department: disease.department, diagnoses: diagnoses, procedures: procedures), year: year, costFen: cost)
  }

  private func sex(_ disease: DIPSampleDisease, _ numbers: inout Numbers) -> PatientSex {
    let drawn: PatientSex = numbers.below(2) == 0 ? .male : .female
    return disease.sex ?? drawn
  }

  private func pick<Element>(
    _ elements: [Element], _ weight: KeyPath<Element, Int>, _ numbers: inout Numbers
  ) -> Element {
    var rest = numbers.below(elements.reduce(0) { $0 + $1[keyPath: weight] })
    for element in elements {
      rest -= element[keyPath: weight]
      if rest < 0 { return element }
    }
    return elements[elements.count - 1]
  }

  /// SplitMix64: numbers from a seed.
  private struct Numbers {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      mixed ^= mixed >> 31
      return Int(mixed % UInt64(bound))
    }
  }
}
