public import Kernel
import Mustache
public import Workflows

/// Writes statements as HTML pages that need nothing else: readable from 320 px to 4K, and on paper.
public struct StatementPage {
  private let template: MustacheTemplate
  private let language: Language

  /// Makes a writer in one language.
  public init(_ language: Language) {
    self.language = language
    do {
      template = try MustacheTemplate(string: Self.text)
    } catch {
      preconditionFailure("the page's own template does not parse: \(error)")
    }
  }

  /// The page of a statement; every value is escaped.
  ///
  /// - Parameters:
  ///   - statement: the statement.
  ///   - most: how many rows of the table of cases it lists, the first ones; a line says how many there are.
  ///   - complete: the file beside the page that has them all, to be linked to.
  public func html(_ statement: PaymentStatement, most: Int = .max, complete: String? = nil) -> String {
    // People sign below the amounts and how they came about, before pages of cases.
    let signed = statement.tables.last { $0.kind != .cases }?.kind
    return template.render(
      [
        "language": language == .chinese ? "zh-CN" : "en",
        "title": statement.title[language],
        "holder": statement.heading[language],
        "signatures": Self.signatures.map { $0[language] },
        "facts": statement.facts.map { ["name": $0.name[language], "value": $0.value[language]] },
        "tables": statement.tables.map { table in
          let shown = table.kind == .cases ? table.rows.prefix(most) : table.rows.prefix(.max)
          var content: [String: Any] = [
            "kind": table.kind.rawValue,
            "name": table.kind.title[language],
            "columns": table.columns.filter { !$0.isLong }.map {
              ["title": $0.title[language], "class": Self.style($0)]
            },
            "rows": rows(shown, table.columns),
            "isSigned": table.kind == signed,
          ]
          if shown.count < table.rows.count {
            content["part"] = part(shown.count, of: table.rows.count)
            content["complete"] = complete.map {
              // A name is a path segment of its own; what it can hold beside letters and digits is a percent sign.
              ["link": $0.replacing("%", with: "%25"), "file": $0]
            }
          }
          return content
        },
      ] as [String: Any])
  }

  /// Writes the page of a statement to a file.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be written.
  public func write(
    _ statement: PaymentStatement, to path: String, most: Int = .max, complete: String? = nil
  ) throws(Diagnostic) {
    try FileBytes.write(Array(html(statement, most: most, complete: complete).utf8), to: path)
  }

  private func part(_ shown: Int, of count: Int) -> String {
    LocalizedText("共 \(count) 例，列出前 \(shown) 例。", "The first \(shown) of \(count).")[language]
  }

  private static let signatures = [
    LocalizedText("经办", "Prepared by"), LocalizedText("复核", "Checked by"), LocalizedText("单位（盖章）", "Seal"),
    LocalizedText("日期", "Date"),
  ]

  private static func style(_ column: StatementTable.Column) -> String {
    column.isNumeric ? "number" : column.width <= 24 ? "short" : "text"
  }

  /// The rows of a table, written by hand since a template would look each cell's words up by name.
  ///
  /// Long texts stand below their row, over its whole width.
  private func rows(_ rows: Slice<StatementRows>, _ columns: [StatementTable.Column]) -> String {
    let heads = columns.map { column in
      var bytes = Array("<td class=\"\(Self.style(column))\" data-title=\"".utf8)
      Self.escape(column.title[language], to: &bytes)
      return bytes + Array("\">".utf8)
    }
    let long = columns.indices.filter { columns[$0].isLong }
    let short = columns.indices.filter { !columns[$0].isLong }
    var bytes: [UInt8] = []
    for row in rows {
      bytes.append(contentsOf: "<tr>".utf8)
      for place in short {
        bytes.append(contentsOf: heads[place])
        escape(row[place], to: &bytes)
        bytes.append(contentsOf: "</td>".utf8)
      }
      bytes.append(contentsOf: "</tr>\n".utf8)
      if long.isEmpty { continue }
      bytes.append(contentsOf: "<tr class=\"more\"><td colspan=\"\(short.count)\">".utf8)
      for place in long {
        bytes.append(contentsOf: "<p><b>".utf8)
        Self.escape(columns[place].title[language], to: &bytes)
        bytes.append(contentsOf: "</b> ".utf8)
        escape(row[place], to: &bytes)
        bytes.append(contentsOf: "</p>".utf8)
      }
      bytes.append(contentsOf: "</td></tr>\n".utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func escape(_ value: StatementTable.Value, to bytes: inout [UInt8]) {
    if case .text(let text) = value { return Self.escape(text[language], to: &bytes) }
    value.append(to: &bytes, language)
  }

  private static func escape(_ text: String, to bytes: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
      case UInt8(ascii: "'"): bytes.append(contentsOf: "&#39;".utf8)
      default: bytes.append(byte)
      }
    }
  }

  private static let text = """
    <!DOCTYPE html>
    <html lang="{{language}}">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}} · {{holder}}</title>
    <style>
    :root { color-scheme: light; --line: #8a8f98; --soft: #f2f4f7; }
    * { box-sizing: border-box; }
    body { margin: 0 auto; padding: 1rem; max-width: 110rem; color: #16181d; background: #fff;
      font: 1rem/1.5 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", system-ui, sans-serif; }
    h1 { font-size: 1.5rem; text-align: center; margin: .5rem 0 1rem; }
    h2 { font-size: 1.125rem; margin: 1.5rem 0 .5rem; }
    dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: .25rem 2rem;
      margin: 0; }
    dl div { display: flex; gap: .75rem; border-bottom: 1px solid #d6d9de; padding: .125rem 0; min-width: 0; }
    dt { flex: 0 0 9rem; color: #4a4f58; }
    dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
    .table { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
    th, td { border: 1px solid var(--line); padding: .25rem .5rem; vertical-align: top; text-align: left; }
    th { background: var(--soft); }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .short { white-space: nowrap; }
    tr.more td { font-size: .875rem; background: #fafbfc; }
    tr.more p { margin: 0; }
    #amounts tbody tr:last-child { font-weight: 600; }
    .signatures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 2rem;
      margin: 2rem 0 1rem; padding: 0; list-style: none; break-inside: avoid; }
    .signatures li { border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
    @media (max-width: 40rem) {
      dt { flex-basis: 6.5rem; }
      thead { position: absolute; left: -200rem; }
      tr { display: block; border: 1px solid var(--line); margin-bottom: .5rem; }
      td, td.number, td.short { display: flex; gap: .75rem; border: 0; border-bottom: 1px solid #e3e5e9;
        white-space: normal; overflow-wrap: anywhere; text-align: left; }
      td[data-title]::before { content: attr(data-title); flex: 0 0 6.5rem; color: #4a4f58; }
      tr.more { margin-top: -.5rem; }
      tr.more td { display: block; }
    }
    @media print {
      @page { size: A4 landscape; margin: 12mm; }
      body { padding: 0; font-size: 9pt; max-width: none; }
      table { font-size: 8pt; }
      thead { display: table-header-group; }
      tr { break-inside: avoid; }
      tr:has(+ tr.more) { break-after: avoid; }
      .table { overflow: visible; }
    }
    </style>
    </head>
    <body>
    <main>
    <h1>{{title}}</h1>
    <dl>
    {{#facts}}
    <div><dt>{{name}}</dt><dd>{{value}}</dd></div>
    {{/facts}}
    </dl>
    {{#tables}}
    <section id="{{kind}}">
    <h2>{{name}}</h2>
    {{#part}}<p>{{part}}{{#complete}} <a href="{{link}}">{{file}}</a>{{/complete}}</p>
    {{/part}}
    <div class="table" role="region" aria-label="{{name}}" tabindex="0">
    <table>
    <thead><tr>{{#columns}}<th scope="col" class="{{class}}">{{title}}</th>{{/columns}}</tr></thead>
    <tbody>
    {{{rows}}}</tbody>
    </table>
    </div>
    {{#isSigned}}<ul class="signatures">{{#signatures}}<li>{{.}}</li>{{/signatures}}</ul>
    {{/isSigned}}
    </section>
    {{/tables}}
    </main>
    </body>
    </html>
    """
}
