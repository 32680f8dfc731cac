/// The rows of a statement's table: kept, or made one by one while they are written.
///
/// A year of a large hospital has a hundred thousand cases; their rows are made when they are asked for and never stand
/// in memory together.
///
/// ```swift
/// let rows = StatementRows(count: places.count) { row(of: places[$0]) }
/// ```
public struct StatementRows: RandomAccessCollection, MutableCollection, Sendable {
  /// One row.
  public typealias Row = [StatementTable.Value]

  private enum Source {
    case kept([Row])
    case made(count: Int, @Sendable (Int) -> Row)
  }

  private var source: Source

  /// Keeps rows.
  public init(_ rows: [Row]) { source = .kept(rows) }

  /// Makes rows when they are asked for.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - row: the row at a place; asked from any thread, the same each time.
  public init(count: Int, row: @escaping @Sendable (Int) -> Row) { source = .made(count: count, row) }

  /// The first place.
  public var startIndex: Int { 0 }

  /// Behind the last place.
  public var endIndex: Int {
    switch source {
    case .kept(let rows): rows.count
    case .made(let count, _): count
    }
  }

  /// The row at a place; changing one keeps them all.
  public subscript(place: Int) -> Row {
    get {
      switch source {
      case .kept(let rows): return rows[place]
      case .made(let count, let row):
        precondition((0..<count).contains(place), "a row outside the table")
        return row(place)
      }
    }
    set {
      var rows = Array(self)
      rows[place] = newValue
      source = .kept(rows)
    }
  }
}

extension StatementRows: ExpressibleByArrayLiteral {
  /// Keeps rows.
  public init(arrayLiteral rows: Row...) { self.init(rows) }
}

/// How much a statement says of each case.
public enum StatementDetail: String, Hashable, Sendable, CaseIterable {
  /// Nothing: amounts and the steps of the institution.
  case summary
  /// One row a case: group, cost, points, worth.
  case cases
  /// One row a case with how it came about, and the documents.
  case steps
}
