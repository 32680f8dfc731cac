import Foundation
import Kernel

/// A page's content as the API's JSON: facts as objects, tables as lists of objects, amounts in fen.
struct AnswerJSON: Encodable {
  let content: Content
  let language: Language

  /// The bytes, keys in order.
  func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Name.self)
    var notices: [String] = []
    for block in content.blocks {
      switch block {
      case .notice(let notice): notices.append(notice.text[language])
      case .figures(let figures):
        for figure in figures { try object.encode(JSONValue(figure.value, language), forKey: Name(figure.key)) }
      case .facts(let facts):
        var inner = object.nestedContainer(keyedBy: Name.self, forKey: Name(facts.key))
        for row in facts.rows { try inner.encode(JSONValue(row.cell.value, language), forKey: Name(row.key)) }
      case .table(let table):
        try object.encode(TableJSON(table: table, language: language), forKey: Name(table.form.key))
      case .chart(let chart):
        var inner = object.nestedContainer(keyedBy: Name.self, forKey: Name(chart.key))
        try inner.encode(chart.labels.map { $0[language] }, forKey: Name("labels"))
        for series in chart.series { try inner.encode(series.values, forKey: Name(series.key)) }
      case .steps(let steps):
        try object.encode(steps.rows.map { StepJSON(row: $0, language: language) }, forKey: Name(steps.key))
      case .verbatim(let title, let text): try object.encode(text, forKey: Name(title.english))
      case .heading, .paragraph, .form, .links: break
      }
    }
    if !notices.isEmpty { try object.encode(notices, forKey: Name("notices")) }
  }

  /// A field's name.
  struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  private struct TableJSON: Encodable {
    let table: DataTable
    let language: Language

    func encode(to encoder: any Encoder) throws {
      var object = encoder.container(keyedBy: Name.self)
      var rows = object.nestedUnkeyedContainer(forKey: Name("rows"))
      for row in table.rows {
        var inner = rows.nestedContainer(keyedBy: Name.self)
        for (column, cell) in zip(table.form.columns, row) {
          try inner.encode(JSONValue(cell.value, language), forKey: Name(column.key))
        }
      }
      if let page = table.page {
        try object.encode(page.number, forKey: Name("page"))
        try object.encode(page.size, forKey: Name("size"))
        try object.encode(page.total, forKey: Name("total"))
      }
    }
  }

  private struct StepJSON: Encodable {
    let row: Steps.Row
    let language: Language

    func encode(to encoder: any Encoder) throws {
      var object = encoder.container(keyedBy: Name.self)
      try object.encode(row.word, forKey: Name("step"))
      try object.encode(row.text[language], forKey: Name("text"))
      try object.encode(JSONValue(row.result, language), forKey: Name("result"))
      try object.encode(row.sources.map { $0.text[language] }, forKey: Name("sources"))
    }
  }
}

/// A value in JSON: amounts as whole fen, decimals as text, shares as text of the ratio.
struct JSONValue: Encodable {
  private let value: Value
  private let language: Language

  init(_ value: Value, _ language: Language) {
    self.value = value
    self.language = language
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch value {
    case .none: try container.encodeNil()
    case .text(let text): try container.encode(text)
    case .words(let words): try container.encode(words[language])
    case .money(let money): try container.encode(money.fen)
    case .count(let count): try container.encode(count)
    case .decimal(let units, let places): try container.encode(FixedPoint.print(Int64(units), decimals: places))
    case .share(let units): try container.encode(FixedPoint.print(Int64(units), decimals: 4))
    case .flag(let flag): try container.encode(flag)
    }
  }
}
