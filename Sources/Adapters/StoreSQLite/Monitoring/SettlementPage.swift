import GRDB
import Workflows

/// One page of settlements: places by an index alone, then the rows of the page.
struct SettlementPage {
  private let selection: SettlementSelection
  private let order: MonitoringOrder
  private let db: Database
  /// Up to so many matches are put in order rather than looked for along the order.
  private static let fewEnough = 20_000

  init(_ selection: SettlementSelection, _ order: MonitoringOrder, _ db: Database) {
    (self.selection, self.order, self.db) = (selection, order, db)
  }

  func read(_ request: PageRequest) throws -> Page<MonitoredSettlement> {
    let total = try SettlementTotals(selection, db).count()
    let (start, overflow) = (request.number - 1).multipliedReportingOverflow(by: request.size)
    guard !overflow, start < total else { return Page(rows: [], request: request, total: total) }
    let count = min(request.size, total - start)
    let rows = try ordinals(from: start, count: count, of: total).map { try MonitoredRow.read($0, db) }
    return Page(rows: rows, request: request, total: total)
  }

  /// Places of the page's rows; from the other end where that is nearer.
  private func ordinals(from start: Int, count: Int, of total: Int) throws -> [Int64] {
    let behind = total - start - count
    let isBackwards = behind < start
    let found = try Int64.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT ordinal FROM \(selection.source(by: index(total)))
          ORDER BY \(ordering(isBackwards)) LIMIT \(count) OFFSET \(isBackwards ? behind : start)
          """),
      arguments: StatementArguments(selection.values))
    return isBackwards ? found.reversed() : found
  }

  private func ordering(_ isBackwards: Bool) -> String {
    let (column, isDescending) =
      switch order {
      case .newest: ("time", true)
      case .oldest: ("time", false)
      case .largest: ("magnitude", true)
      case .smallest: ("magnitude", false)
      }
    let direction = isDescending != isBackwards ? "DESC" : "ASC"
    return "\(column) \(direction), ordinal \(direction)"
  }

  /// The index of the filter, or that of the order where so much matches that walking along the order is shorter.
  private func index(_ total: Int) -> String? {
    let isByAmount = order == .largest || order == .smallest
    switch selection.index {
    case "settlement_magnitude" where !isByAmount && total > Self.fewEnough: return "settlement_time"
    case "settlement_time" where isByAmount: return total > Self.fewEnough ? "settlement_magnitude" : "settlement_time"
    case "settlement_institution" where isByAmount && total > 5 * Self.fewEnough: return "settlement_magnitude"
    default: return selection.index
    }
  }
}
