import Kernel
import Mustache
import Workflows

/// Everything around a page's content.
struct PageFrame: Sendable {
  let title: LocalizedText
  let language: Language
  let region: String
  /// The page's own path and query, for links that change one thing of it.
  let path: String
  let query: [String: String]
  /// Who looks; `nil` before signing in.
  let account: (name: String, role: Role, formToken: String)?
  /// The section that the page stands in, and the views that the navigation offers.
  let section: Section?
  let views: [View]
}

/// Turns content into HTML by templates; every value is escaped there.
struct PageRenderer: Sendable {
  private let library: MustacheLibrary

  init() {
    let parts: [(String, [UInt8])] = [
      ("layout", PackageResources.layout_mustache), ("figures", PackageResources.figures_mustache),
      ("facts", PackageResources.facts_mustache), ("table", PackageResources.table_mustache),
      ("chart", PackageResources.chart_mustache), ("steps", PackageResources.steps_mustache),
      ("form", PackageResources.form_mustache),
    ]
    do {
      var templates: [String: MustacheTemplate] = [:]
      for (name, bytes) in parts {
        templates[name] = try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self))
      }
      library = MustacheLibrary(templates: templates)
    } catch {
      preconditionFailure("a template of the site does not parse: \(error)")
    }
  }

  /// The whole page.
  func html(_ content: Content, _ frame: PageFrame) -> String {
    let say = frame.language
    let title = (content.title ?? frame.title)[say]
    let blocks = content.blocks.map { BlockContext(frame: frame).context(of: $0) }
    let other: Language = say == .chinese ? .english : .chinese
    var context: [String: Any] = [
      "language": say == .chinese ? "zh-CN" : "en", "title": title,
      "site": LocalizedText("OpenYibao 医保信息平台", "OpenYibao")[say],
      "skip": LocalizedText("跳到正文", "Skip to content")[say],
      "region": LocalizedText("统筹区 \(frame.region)", "Pooling region \(frame.region)")[say],
      "other": [
        "code": other == .chinese ? "zh-CN" : "en", "text": other == .chinese ? "中文" : "English",
        "path": Address.path(frame.path, frame.query.merging(["lang": other.rawValue]) { $1 }),
      ],
      "trail": content.trail.isEmpty
        ? false : ["links": content.trail.map { ["text": $0.text[say], "path": Address.console($0.path)] }] as Any,
      "print": content.isPrintable
        ? LocalizedText("可直接打印本页（Ctrl-P）。", "This page can be printed as it is (Ctrl-P).")[say] : false as Any,
      "blocks": blocks,
      "footer": LocalizedText(
        "金额单位：元，除非另有说明。每个数字都可追到结算记录和政策条款。",
        "Amounts in yuan unless said otherwise. Every number leads to its records and policy clauses.")[say],
      "navigation": false, "account": false,
    ]
    if let account = frame.account {
      context["account"] = [
        "name": account.name, "role": account.role.title[say], "token": account.formToken,
        "signOut": LocalizedText("退出", "Sign out")[say],
      ]
      context["navigation"] = navigation(frame, account.role)
    }
    return library.render(context, withTemplate: "layout") ?? ""
  }

  private func navigation(_ frame: PageFrame, _ role: Role) -> [String: Any] {
    let say = frame.language
    let entries = frame.views.filter { $0.isEntry && role.rights.contains($0.right) }
    let sections = Section.allCases.compactMap { section in
      entries.first { $0.section == section }.map { (section, $0) }
    }
    let pages = entries.filter { $0.section == frame.section }
    return [
      "label": LocalizedText("栏目", "Sections")[say],
      "entries": sections.map { section, view in
        [
          "title": section.title[say], "path": Address.console(view.path), "current": section == frame.section,
        ] as [String: Any]
      },
      "pages": pages.count < 2
        ? false
        : [
          "label": frame.section?.title[say] ?? "",
          "entries": pages.map { view in
            let path = Address.console(view.path)
            return ["title": view.title[say], "path": path, "current": path == frame.path] as [String: Any]
          },
        ] as Any,
    ]
  }
}

/// A block as its template wants it; what is absent says so, since templates look outwards for missing names.
private struct BlockContext {
  let frame: PageFrame
  private var say: Language { frame.language }

  func context(of block: Content.Block) -> [String: Any] {
    switch block {
    case .notice(let notice): ["notice": self.notice(notice)]
    case .heading(let text): ["heading": text[say]]
    case .paragraph(let text): ["paragraph": text[say]]
    case .figures(let figures): ["figures": ["items": figures.map(figure)]]
    case .facts(let facts): ["facts": self.facts(facts)]
    case .table(let table): ["table": self.table(table)]
    case .chart(let chart): ["chart": self.chart(chart)]
    case .steps(let steps): ["steps": self.steps(steps)]
    case .form(let form): ["form": self.form(form)]
    case .links(let links):
      ["links": ["entries": links.map { ["text": $0.text[say], "path": Address.console($0.path)] }]]
    case .verbatim(let title, let text): ["verbatim": ["title": title[say], "text": text]]
    }
  }

  private func notice(_ notice: Notice) -> [String: Any] {
    let word =
      switch notice.tone {
      case .good: LocalizedText("无误：", "Fine:")
      case .warning: LocalizedText("注意：", "Note:")
      case .bad: LocalizedText("错误：", "Wrong:")
      case .quiet: LocalizedText("", "")
      }
    return [
      "tone": notice.tone.rawValue, "role": notice.tone == .bad ? "alert" : "status", "word": word[say],
      "text": notice.text[say],
    ]
  }

  private func link(_ path: String?) -> Any { path.map { ["path": Address.console($0)] } ?? false as Any }

  private func figure(_ figure: Figure) -> [String: Any] {
    [
      "title": figure.title[say], "value": figure.value == .none ? "–" : figure.value.text(say),
      "note": figure.note.map { $0[say] } ?? false as Any, "link": link(figure.link),
      "tone": figure.tone?.rawValue ?? "",
    ]
  }

  private func facts(_ facts: Facts) -> [String: Any] {
    [
      "key": facts.key, "title": facts.title[say],
      "rows": facts.rows.map { row in
        [
          "title": row.title[say], "text": row.cell.value == .none ? "–" : row.cell.value.text(say),
          "link": link(row.cell.link), "class": style(row.cell),
        ]
      },
    ]
  }

  private func table(_ table: DataTable) -> [String: Any] {
    let columns = table.form.columns
    let isEmpty = table.rows.isEmpty
    return [
      "key": table.form.key, "title": table.form.title[say],
      "count": table.page.map {
        LocalizedText("共 \(Value.grouped("\($0.total)")) 条", "\(Value.grouped("\($0.total)")) in all")[say]
      }
        ?? false as Any,
      "exports": isEmpty ? false : exports(table) as Any,
      "empty": isEmpty ? (table.empty ?? LocalizedText("没有符合条件的记录。", "Nothing fits."))[say] : false as Any,
      "body": isEmpty
        ? false
        : [
          "columns": columns.map { ["title": $0.title[say], "class": Self.isNumeric($0) ? "number" : "text"] },
          "rows": table.rows.map { row in
            [
              "cells": zip(columns, row).map { column, cell in
                [
                  "text": cell.value.text(say), "title": column.title[say], "link": link(cell.link),
                  "class": Self.style(of: column, cell.value.text(say)) + (cell.tone?.rawValue ?? ""),
                ]
              }
            ]
          },
        ] as Any,
      "pager": table.page.flatMap { $0.count > 1 ? pager($0) : nil } ?? false as Any,
    ]
  }

  private func exports(_ table: DataTable) -> [String: Any] {
    [
      "label": LocalizedText("导出：", "Export:")[say],
      "forms": TableExport.Form.allCases.map { form in
        let query = frame.query.merging(["format": form.rawValue, "table": table.form.key]) { $1 }
        return [
          "form": form.rawValue.uppercased(), "path": Address.path(frame.path, query.filter { $0.key != "page" }),
        ]
      },
    ]
  }

  private func pager(_ page: PageOfRows) -> [String: Any] {
    func turn(_ number: Int, _ chinese: String, _ english: String) -> Any {
      guard (1...page.count).contains(number) else { return false }
      return [
        "path": Address.path(frame.path, frame.query.merging(["page": "\(number)"]) { $1 }),
        "text": LocalizedText(chinese, english)[say],
      ]
    }
    return [
      "label": LocalizedText("翻页", "Pages")[say],
      "previous": turn(page.number - 1, "上一页", "Previous"), "next": turn(page.number + 1, "下一页", "Next"),
      "place": LocalizedText("第 \(page.number) / \(page.count) 页", "page \(page.number) of \(page.count)")[say],
    ]
  }

  private func chart(_ chart: Chart) -> [String: Any] {
    let drawing = ChartDrawing(chart, say)
    var shapes: [String: Any] = ["rules": [], "bars": [], "lines": [], "dots": [], "texts": []]
    shapes.merge(drawing.context) { $1 }
    shapes["bars"] = (shapes["bars"] as? [[String: Any]] ?? []).map { $0.merging(["link": false]) { own, _ in own } }
    return [
      "key": chart.key, "title": "\(chart.title[say])（\(chart.unit[say])）",
      "legend": drawing.legend.isEmpty ? false : ["entries": drawing.legend] as Any,
      "drawing": chart.labels.isEmpty ? false : shapes as Any,
      "behind": LocalizedText("图中数据", "The numbers behind it")[say], "table": drawing.table,
    ]
  }

  private func steps(_ steps: Steps) -> [String: Any] {
    [
      "key": steps.key, "title": steps.title[say],
      "rows": steps.rows.map { row in
        [
          "text": row.text[say], "result": row.result.text(say),
          "sources": row.sources.map { ["text": $0.text[say], "link": link($0.link)] },
        ]
      },
    ]
  }

  private func form(_ form: Form) -> [String: Any] {
    [
      "title": form.title.map { $0[say] } ?? false as Any, "method": form.method.rawValue,
      "action": form.action.map(Address.console) ?? false as Any, "class": form.isCompact ? "ask" : "act",
      "token": form.method == .act ? frame.account?.formToken ?? false as Any : false,
      "fields": form.fields.map(field), "submit": form.submit[say],
    ]
  }

  private func field(_ field: Form.Field) -> [String: Any] {
    var context: [String: Any] = ["hidden": false, "line": false, "lines": false, "choice": false]
    var inner: [String: Any] = [
      "name": field.name, "title": field.title[say], "value": field.value, "required": field.isRequired,
      "hint": field.hint.map { $0[say] } ?? false as Any,
    ]
    switch field.kind {
    case .hidden: context["hidden"] = inner
    case .line: context["line"] = inner.merging(["type": "text"]) { $1 }
    case .day: context["line"] = inner.merging(["type": "date"]) { $1 }
    case .month: context["line"] = inner.merging(["type": "month"]) { $1 }
    case .whole: context["line"] = inner.merging(["type": "number"]) { $1 }
    case .password: context["line"] = inner.merging(["type": "password"]) { $1 }
    case .lines(let rows): context["lines"] = inner.merging(["rows": rows]) { $1 }
    case .choice(let options):
      inner["options"] = options.map { option in
        ["value": option.value, "title": option.title[say], "selected": option.value == field.value] as [String: Any]
      }
      context["choice"] = inner
    }
    return context
  }

  private func style(_ cell: Cell) -> String {
    let number =
      switch cell.value {
      case .money, .count, .decimal, .share: "number "
      default: ""
      }
    return number + (cell.tone?.rawValue ?? "")
  }

  /// Numbers stand to the right; codes, days and short words are not broken; longer texts keep room for some words.
  private static func style(of column: TableForm.Column, _ text: String) -> String {
    if isNumeric(column) { return "number " }
    if text.count <= 20 && text.allSatisfy(\.isASCII) { return "short " }
    return text.count > 6 ? "long " : "short "
  }

  private static func isNumeric(_ column: TableForm.Column) -> Bool {
    switch column.kind {
    case .money, .count, .decimal, .share: true
    case .text, .flag: false
    }
  }
}
