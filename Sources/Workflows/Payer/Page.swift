/// Which page of a list is asked for (`page_num`, `page_size`).
public struct PageRequest: Hashable, Sendable {
  /// The page, from 1.
  public let number: Int
  /// How many rows a page holds, at least 1.
  public let size: Int

  /// Makes a request; `nil` for a page before the first or an empty page.
  public init?(number: Int, size: Int) {
    guard number >= 1, size >= 1 else { return nil }
    self.number = number
    self.size = size
  }
}

/// One page of a list, with how much there is.
public struct Page<Row: Sendable>: Sendable {
  /// The rows of this page, none beyond the last one.
  public let rows: [Row]
  /// Which page it is.
  public let request: PageRequest
  /// How many rows all pages hold together (`recordCounts`).
  public let total: Int

  /// Cuts a page out of a whole list.
  public init(_ all: [Row], _ request: PageRequest) {
    // A page far beyond the end must not overflow on the way there.
    let (start, overflow) = (request.number - 1).multipliedReportingOverflow(by: request.size)
    self.rows = overflow || start >= all.count ? [] : Array(all[start..<min(start + request.size, all.count)])
    self.request = request
    self.total = all.count
  }

  /// A page that a store cut out itself.
  package init(rows: [Row], request: PageRequest, total: Int) {
    (self.rows, self.request, self.total) = (rows, request, total)
  }

  /// Cuts a page out of what matches in a list, without copying the rest.
  init(of list: [Row], where matches: (Row) -> Bool, _ request: PageRequest) {
    let (start, overflow) = (request.number - 1).multipliedReportingOverflow(by: request.size)
    var (rows, count): ([Row], Int) = ([], 0)
    for row in list where matches(row) {
      if !overflow && count >= start && rows.count < request.size { rows.append(row) }
      count += 1
    }
    (self.rows, self.request, self.total) = (rows, request, count)
  }

  /// How many pages there are (`pages`), 0 for an empty list.
  public var pageCount: Int { (total + request.size - 1) / request.size }

  /// The place of the first row in the whole list, from 1; 0 when the page is empty (`startRow`).
  public var firstRow: Int { rows.isEmpty ? 0 : (request.number - 1) * request.size + 1 }

  /// The place of the last row in the whole list; 0 when the page is empty (`endRow`).
  public var lastRow: Int { rows.isEmpty ? 0 : firstRow + rows.count - 1 }
}
