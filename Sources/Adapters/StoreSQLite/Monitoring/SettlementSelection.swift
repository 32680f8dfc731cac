import GRDB
import Kernel
import Workflows

/// A filter as conditions on rows, with the index that leads to them.
struct SettlementSelection {
  /// Conditions that all have to hold, and their values in order.
  private(set) var conditions: [String] = []
  private(set) var values: [any DatabaseValueConvertible] = []
  /// Whether nothing can match, because a code is unknown.
  private(set) var isEmpty = false
  /// The index that leads to the rows; `nil` where the conditions name the rows themselves.
  private(set) var index: String?
  let filter: MonitoringFilter
  /// The institution's number, when one is asked for.
  private(set) var institution: Int64?

  init(_ filter: MonitoringFilter, _ db: Database) throws {
    self.filter = filter
    let span = MonitoringSpan(from: filter.from, to: filter.to)
    if let from = span.from { require("time >= ?", from) }
    if let to = span.to { require("time <= ?", to) }
    if let code = filter.institution {
      institution = try MonitoringNumbers.find("institution", "code", code, db)
      require("institution = ?", institution)
    }
    if let number = filter.person {
      require("person = ?", try MonitoringNumbers.find("person", "number", number, db))
    }
    if let code = filter.diagnosis {
      require("diagnosis = ?", try MonitoringNumbers.find("diagnosis", "code", code, db))
    }
    if let scheme = filter.scheme { require("scheme = ?", MonitoringCodes.number(scheme)) }
    if let care = filter.care { require("care = ?", MonitoringCodes.number(care)) }
    // Written out, so that the index of what was reversed fits.
    if let state = filter.state { conditions.append("state = \(state.rawValue)") }
    if let least = filter.atLeast { require("magnitude >= ?", least.fen) }
    if let most = filter.atMost { require("magnitude <= ?", most.fen) }
    if let text = filter.text { require(text: text) }
    index = Self.index(for: filter)
  }

  private mutating func require(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
    guard let value else { return isEmpty = true }
    conditions.append(condition)
    values.append(value)
  }

  private mutating func require(text: String) {
    conditions.append(
      """
      ordinal IN (
        SELECT ordinal FROM settlement WHERE id = ? UNION SELECT ordinal FROM settlement WHERE visit = ?
        UNION SELECT ordinal FROM settlement WHERE person = (SELECT ordinal FROM person WHERE number = ?))
      """)
    values += [text, text, text]
  }

  /// What selects least goes first.
  private static func index(for filter: MonitoringFilter) -> String? {
    if filter.text != nil { return nil }
    if filter.person != nil { return "settlement_person" }
    if filter.state == .reversed { return "settlement_reversed" }
    if filter.state == .reversal { return "settlement_reversal" }
    if filter.diagnosis != nil { return "settlement_diagnosis" }
    if filter.institution != nil { return "settlement_institution" }
    if filter.atLeast != nil || filter.atMost != nil { return "settlement_magnitude" }
    return "settlement_time"
  }

  /// Stands for reading the table from end to end.
  static let noIndex = "none"

  /// Whether cells tell how many match: whatever is asked for, they tell apart, but for what was reversed since.
  var isCounted: Bool { isSummed(beside: [.reversal, .standing]) }

  /// Whether cells tell what it comes to.
  var isSummed: Bool { isSummed(beside: []) }

  private func isSummed(beside states: Set<MonitoredState>) -> Bool {
    filter.person == nil && filter.diagnosis == nil && filter.atLeast == nil && filter.atMost == nil
      && filter.text == nil && (filter.state.map { states.contains($0) } ?? true)
  }

  /// The table with an index that has to be used, and the conditions.
  func source(by index: String?) -> String {
    let hint = index.map { $0 == Self.noIndex ? " NOT INDEXED" : " INDEXED BY \($0)" } ?? ""
    return "settlement\(hint)" + (conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND "))
  }

  /// The same with another time.
  func between(_ from: String, _ to: String, _ db: Database) throws -> SettlementSelection {
    var narrowed = filter
    (narrowed.from, narrowed.to) = (from, to)
    return try SettlementSelection(narrowed, db)
  }
}
