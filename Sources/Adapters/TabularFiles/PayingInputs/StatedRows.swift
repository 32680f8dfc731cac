import Kernel
import Payment
import Policy

/// A long table of what people state: whom it concerns, what is stated, of what, how much, and where it comes from.
///
/// Columns: holder (`community` or `region`), `item`, `key`, `value`, `document`, `clause`.
struct StatedRows {
  struct Row {
    let holder: String
    let item: String
    let key: String
    let value: String
    let document: String
    let clause: String
    let line: Int
  }

  let file: String
  private(set) var rows: [Row] = []
  private(set) var found: [Diagnostic] = []
  private var used: Set<Int> = []

  init(_ source: some TableSource, holder: [String], items: [String]) {
    file = source.name
    let cells = CellReader(file: file)
    let columns = [
      CSVColumn(names: holder, isRequired: true), CSVColumn("item", "项目", isRequired: true), CSVColumn("key", "键"),
      CSVColumn("value", "值", isRequired: true), CSVColumn("document", "文件"), CSVColumn("clause", "条款"),
    ]
    var (rows, diagnostics, seen) = ([Row](), [Diagnostic](), Set<[String]>())
    source.forEachRecord(columns, diagnostics: &diagnostics) { record, diagnostics in
      let texts = (0..<6).map { cells.trimmed(record[$0]) }
      guard items.contains(texts[1]) else {
        let near = Nearest.words(to: texts[1], among: items, within: 4, count: 1).first
        let guess = near.map { ("，是否为 \($0)", "; did you mean \($0)?") } ?? ("", "")
        cells.report(
          "不认识项目「\(texts[1])」\(guess.0)。可用：\(items.joined(separator: ", "))。",
          "unknown item \"\(texts[1])\"\(guess.1) Allowed: \(items.joined(separator: ", ")).", record, 1, &diagnostics)
        return
      }
      if !seen.insert(Array(texts[0...2])).inserted {
        cells.report("该项在前面已写过，请只保留一行。", "this was stated before; keep one row of it.", record, 1, &diagnostics)
      }
      rows.append(
        Row(
          holder: texts[0], item: texts[1], key: texts[2], value: texts[3], document: texts[4], clause: texts[5],
          line: record.line))
    }
    self.rows = rows
    found = diagnostics
  }

  /// Everything stated, by name, for a run's inputs.
  var stated: [String: String] {
    rows.reduce(into: [:]) { stated, row in
      let source = row.document.isEmpty ? "" : " \(row.document) \(row.clause)"
      stated["\(row.holder) \(row.item) \(row.key)"] = row.value + source
    }
  }

  /// Those whom rows concern, ascending; those for all have none.
  var holders: [String] { Set(rows.map(\.holder)).subtracting([""]).sorted() }

  /// A value of one holder, read; `nil` when it is not stated or does not read, which is reported.
  mutating func value<Value>(
    _ holder: String, _ item: String, _ form: LocalizedText, _ read: (String) -> Value?
  ) -> Value? {
    guard let row = rows.first(where: { $0.holder == holder && $0.item == item }) else { return nil }
    return self.read(row, form, read)
  }

  /// Values of one holder by key.
  mutating func values<Value>(
    _ holder: String, _ item: String, _ form: LocalizedText, _ read: (String) -> Value?
  ) -> [(row: Row, value: Value)] {
    var values: [(Row, Value)] = []
    for row in rows where row.holder == holder && row.item == item {
      if row.key.isEmpty {
        report(row, "项目 \(item) 要写明 key。", "the item \(item) needs a key.")
      } else if let value = self.read(row, form, read) {
        values.append((row, value))
      }
    }
    return values
  }

  mutating func money(_ holder: String, _ item: String, isSigned: Bool = false) -> Money? {
    value(holder, item, Self.yuan) { text in Money(yuan: text).flatMap { isSigned || !$0.isNegative ? $0 : nil } }
  }

  /// A percentage with the clause it comes from.
  mutating func sourcedRate(_ holder: String, _ item: String) -> Sourced<Rate>? {
    guard let rate = value(holder, item, Self.percent, Self.rate),
      let row = rows.first(where: { $0.holder == holder && $0.item == item })
    else { return nil }
    return Sourced(rate, citation(row))
  }

  /// The clause that a row names; a row without one is reported.
  mutating func citation(_ row: Row) -> Citation {
    if row.document.isEmpty || row.clause.isEmpty {
      report(row, "要写明依据的文件 document 和条款 clause。", "name the document and clause that it comes from.")
    }
    return .document(row.document, clause: row.clause)
  }

  mutating func read<Value>(_ row: Row, _ form: LocalizedText, _ read: (String) -> Value?) -> Value? {
    if let value = read(row.value) { return value }
    report(row, "「\(row.value)」应为\(form.chinese)。", "\"\(row.value)\" should be \(form.english).")
    return nil
  }

  mutating func report(_ row: Row, _ chinese: String, _ english: String) {
    found.append(Diagnostic(.error, LocalizedText(chinese, english), file: file, line: row.line))
  }

  mutating func missing(_ holder: String, _ items: String) {
    found.append(
      Diagnostic(
        .error, LocalizedText("\(holder)：缺少 \(items)。", "\(holder): \(items) is missing."), file: file))
  }

  static let yuan = LocalizedText("元，最多两位小数", "yuan with at most two decimals")
  static let percent = LocalizedText("百分比，如 5%", "a percentage such as 5%")
  static let number = LocalizedText("不小于零、至多六位小数的数", "a number of 0 or more, at most six decimals")
  static func rate(_ text: String) -> Rate? { text.hasSuffix("%") ? Rate(percent: text) : nil }
  static func points(_ text: String) -> Points? { text.hasPrefix("-") ? nil : Points(text) }
}
