import Claims
import Kernel
import People
import Policy
import Settlement

/// Builds snapshots value by value, without files; identifiers and dimensions are held against the vocabulary.
struct SnapshotBuilder {
  private(set) var values: [String: PolicySnapshot.Value] = [:]

  private static let definitions: [String: PolicyValueDefinition] = Dictionary(
    uniqueKeysWithValues: SettlementVocabulary.definitions.map { ($0.identifier, $0) })

  /// States a value; `dimensions` are those the content differs by, in the order of the vocabulary.
  mutating func state(_ identifier: String, by dimensions: [String] = [], _ node: PolicyNode) {
    guard let definition = SnapshotBuilder.definitions[identifier] else {
      preconditionFailure("no such policy value: \(identifier)")
    }
    let order = definition.dimensions.map(\.name).filter { dimensions.contains($0) }
    precondition(order == dimensions, "\(identifier) may not differ by \(dimensions)")
    let citation = Citation.document("reference", clause: identifier)
    let content = PolicyEntry.Content(node: node, citation: citation)
    let since = day(2020, 1, 1)
    guard let versions = Dated([Dated<PolicyEntry.Content>.Version(effective: since, value: content)]) else {
      preconditionFailure("one version is always in order")
    }
    let entry = PolicyEntry(
      definition: definition, title: definition.title.chinese, dimensions: dimensions, versions: versions,
      repeals: [:], appliesOn: .discharge, coveredSince: since, reviewed: since, notes: nil, file: identifier)
    values[identifier] = PolicySnapshot.Value(
      entry: entry, node: node, citation: citation, effective: since, region: "990100")
  }

  func states(_ identifier: String) -> Bool { values[identifier] != nil }

  /// The snapshot for the dates of a claim.
  func snapshot(for claim: Claim) -> PolicySnapshot {
    PolicySnapshot(
      region: "990100", dates: EventDates(admission: claim.admitted, discharge: claim.discharged), values: values)
  }
}

/// A day that is known to exist.
func day(_ year: Int, _ month: Int, _ day: Int) -> CalendarDate {
  guard let date = CalendarDate(year: year, month: month, day: day) else {
    preconditionFailure("no such day: \(year)-\(month)-\(day)")
  }
  return date
}

/// A month that is known to exist.
func month(_ year: Int, _ month: Int) -> YearMonth { day(year, month, 1).yearMonth }

/// Months from one to another.
func months(_ first: YearMonth, _ last: YearMonth) -> MonthRange {
  guard let range = MonthRange(first, last) else { preconditionFailure("months out of order") }
  return range
}

/// An amount in yuan as fen.
func yuan(_ text: String) -> Int64 {
  guard let money = Money(yuan: text) else { preconditionFailure("no amount: \(text)") }
  return money.fen
}

extension PolicyNode {
  /// An amount in yuan.
  static func yuan(_ text: String) -> PolicyNode {
    .amount(Money(fen: SettlementTests.yuan(text)))
  }

  /// A whole percentage, or points.
  static func percent(_ percent: Int) -> PolicyNode {
    .rate(Rate(millionths: Int64(percent) * 10_000))
  }

  /// Bands of whole percentages above thresholds in yuan.
  static func bands(_ bands: (above: String, percent: Int)...) -> PolicyNode {
    .bands(
      bands.map { band in
        Band(above: Money(fen: SettlementTests.yuan(band.above)), rate: Rate(millionths: Int64(band.percent) * 10_000))
      })
  }
}
