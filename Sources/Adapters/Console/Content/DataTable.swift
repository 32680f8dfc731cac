import Kernel

/// The form of a table: what its columns are called, what they hold, what the API calls them.
///
/// The page's table, the API's schema and the exported sheet all follow from it.
struct TableForm: Sendable {
  /// What a column holds.
  enum Kind: Sendable {
    case text, money, count, decimal(places: Int), share, flag
  }

  /// A column.
  struct Column: Sendable {
    /// The name of the field in JSON and CSV.
    let key: String
    let title: LocalizedText
    let kind: Kind
    /// What is meant, for the API's document; the title alone when `nil`.
    let note: LocalizedText?

    init(_ key: String, _ chinese: String, _ english: String, _ kind: Kind = .text, note: LocalizedText? = nil) {
      self.key = key
      title = LocalizedText(chinese, english)
      self.kind = kind
      self.note = note
    }
  }

  /// The table's name within its page: field of JSON, name of the exported file.
  let key: String
  let title: LocalizedText
  let columns: [Column]

  init(_ key: String, _ chinese: String, _ english: String, _ columns: [Column]) {
    self.key = key
    title = LocalizedText(chinese, english)
    self.columns = columns
  }

  /// The table with rows; each has a cell for every column.
  func table(_ rows: [[Cell]], of page: PageOfRows? = nil, empty: LocalizedText? = nil) -> DataTable {
    for row in rows { precondition(row.count == columns.count, "\(key): a row does not fit its columns") }
    return DataTable(form: self, rows: rows, page: page, empty: empty)
  }
}

/// Which rows of a long list a table shows.
struct PageOfRows: Hashable, Sendable {
  /// The page, from 1.
  var number: Int
  /// Rows of a page.
  var size: Int
  /// Rows of the whole list.
  var total: Int

  var count: Int { max(1, (total + size - 1) / size) }
}

/// A table with its rows.
struct DataTable: Sendable {
  let form: TableForm
  let rows: [[Cell]]
  /// Which part of a longer list it is; `nil` when it is whole.
  let page: PageOfRows?
  /// What to say when there is no row.
  let empty: LocalizedText?
}
