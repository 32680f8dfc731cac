import Foundation
import Kernel
import Payment
import People
import Policy
import PolicyFiles
import TabularFiles
import Testing
import Workflows

/// Statements say what the run says, in every form.
@Suite struct StatementTests {
  private func folder() throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: "statements-\(UUID())").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  private func year(
    detail: StatementDetail = .steps, names: [String: String] = [:]
  ) async throws -> (ClearedYear, [PaymentStatement]) {
    let world = try PayingWorld(.resident, count: 260, seed: 12)
    let (desk, _) = try await world.desk()
    _ = try await world.payMonths(desk)
    let year = try await desk.clearYear(world.order(.year(2_026)), under: world.terms).get()
    let writer = StatementWriter(
      book: try #require(PayingWorld.policies.book), region: "990100", names: names, detail: detail)
    return (year, Array(writer.statements(of: year)))
  }

  @Test func `清算书逐项等于运行结果且每步有依据`() async throws {
    let (year, statements) = try await year()
    #expect(statements.map(\.holder) == year.made.run.lines.map(\.holder))
    var cases = 0
    for (statement, line) in zip(statements, year.made.run.lines) {
      let amounts = try #require(statement[.amounts]).rows
      #expect(amounts.count == line.amounts.count)
      for row in amounts {
        guard case .money(let amount) = row[1], case .text(let word) = row[2] else {
          Issue.record("a row of amounts is none")
          continue
        }
        #expect(line.amounts[word.chinese] == amount)
      }
      // The last step is what is still owed.
      let steps = try #require(statement[.steps])
      #expect(steps.rows.last?[1] == line.amounts["due"].map { .money($0) })
      #expect(
        steps.rows.contains {
          $0[2].text(.chinese).contains("示医保发〔2025〕140号 第十六条") || $0[2].text(.chinese).contains("第十七条")
        })
      for table in statement.tables { #expect(table.rows.allSatisfy { $0.count == table.columns.count }) }
      let own = statement[.cases]?.rows ?? []
      cases += own.count
      // The document stands once with all of its clauses.
      #expect(own.allSatisfy { $0[12].text(.chinese).components(separatedBy: "示医保发〔2025〕141号").count == 2 })
      let points = own.reduce(Points.zero) { sum, row in
        if case .points(let points) = row[7] { sum + points } else { sum }
      }
      let account = year.worth.accounts.first { $0.totals.institution == statement.holder }
      #expect(points == account?.totals.points)
    }
    #expect(cases == year.cases.cases.count)
  }

  @Test func `工作簿读回与运行结果逐格相同`() async throws {
    let (year, statements) = try await year()
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let sheets = StatementSheets(.chinese)
    for (statement, line) in zip(statements, year.made.run.lines) {
      let path = "\(folder)/\(statement.holder).xlsx"
      try sheets.writeWorkbook(statement, to: path)
      for table in statement.tables {
        var rows: [[String]] = []
        try TableReader(path: path, sheet: table.kind.title.chinese).forEachRow { rows.append($0.strings) }
        #expect(rows.count == table.rows.count + 1)
        for (read, row) in zip(rows.dropFirst(), table.rows) {
          for (place, value) in row.enumerated() {
            let text = place < read.count ? read[place] : ""
            switch value {
            case .money(let amount): #expect(Money(yuan: text) == amount)
            case .points(let points): #expect(Points(text) == points)
            case .count, .text, .empty: #expect(text == value.text(.chinese))
            }
          }
        }
        if table.kind == .amounts {
          for read in rows.dropFirst() { #expect(Money(yuan: read[1]) == line.amounts[read[2]]) }
        }
      }
    }
  }

  @Test func `CSV读回与工作簿同源且同样的输入写出同样的字节`() async throws {
    let (year, statements) = try await year()
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let statement = try #require(statements.first)
    let sheets = StatementSheets(.english)
    let files = try sheets.writeCSV(statement, to: folder + "/a")
    #expect(files.count == statement.tables.count + 1)
    let facts = try CSVReader(path: files[0]).rows()
    #expect(Array(facts.dropFirst()) == statement.facts.map { [$0.name.english, $0.value.english] })
    for (path, table) in zip(files.dropFirst(), statement.tables) {
      let rows = try CSVReader(path: path).rows()
      #expect(rows[0] == table.columns.map(\.title.english))
      #expect(Array(rows.dropFirst()) == table.rows.map { $0.map { $0.text(.english) } })
    }
    try sheets.writeLines(year.made.run, to: folder + "/lines.csv")
    let lines = try CSVReader(path: folder + "/lines.csv").rows()
    for (row, line) in zip(lines.dropFirst(), year.made.run.lines) {
      #expect(row[0] == line.holder && row[1] == "")
      for (name, text) in zip(lines[0], row).dropFirst(2) { #expect(Money(yuan: text) == line.amounts[name]) }
    }
    for name in ["b", "c"] {
      try sheets.writeWorkbook(statement, to: "\(folder)/\(name).xlsx")
      try StatementPage(.english).write(statement, to: "\(folder)/\(name).html")
    }
    for form in ["xlsx", "html"] {
      let (one, two) = ("\(folder)/b.\(form)", "\(folder)/c.\(form)")
      #expect(FileManager.default.contentsEqual(atPath: one, andPath: two))
    }
  }

  @Test func `网页转义一切并含全部金额`() async throws {
    let (_, statements) = try await year()
    var statement = try #require(statements.first)
    let page = StatementPage(.chinese)
    let plain = page.html(statement)
    for row in try #require(statement[.amounts]).rows { #expect(plain.contains(">\(row[1].text(.chinese))</td>")) }
    #expect(plain.contains("<html lang=\"zh-CN\">") && plain.contains("@media print"))
    let evil = "<script>alert('\"&')</script>"
    statement.holder = evil
    statement.title = LocalizedText(evil, evil)
    statement.facts.append(.init(LocalizedText(evil, evil), evil))
    statement.tables[0].rows[0][0] = .word(evil)
    statement.tables[0].columns[0].title = LocalizedText(evil, evil)
    let html = page.html(statement)
    #expect(!html.contains("<script"))
    #expect(html.contains("&lt;script&gt;"))
    #expect(!html.contains("data-title=\"<") && !html.contains("('\"&')"))
  }

  @Test(arguments: StatementDetail.allCases)
  func `详略只改变病例部分，金额与步骤不变`(detail: StatementDetail) async throws {
    let (_, whole) = try await year()
    let (year, statements) = try await year(detail: detail)
    for (statement, other) in zip(statements, whole) {
      #expect(statement.facts == other.facts)
      for kind in [StatementTable.Kind.amounts, .steps] {
        #expect(statement[kind].map { Array($0.rows) } == other[kind].map { Array($0.rows) })
      }
      guard detail != .summary else {
        #expect(statement[.cases] == nil)
        continue
      }
      let (own, all) = (try #require(statement[.cases]), try #require(other[.cases]))
      #expect(own.columns.count == (detail == .steps ? 13 : 11) && own.rows.count == all.rows.count)
      for (row, full) in zip(own.rows, all.rows) { #expect(row == Array(full.prefix(row.count))) }
    }
    #expect(statements.count == year.made.run.lines.count)
  }

  @Test func `行可以逐行生成也可以改写`() {
    var rows = StatementRows(count: 3) { [.count($0)] }
    #expect(Array(rows) == [[.count(0)], [.count(1)], [.count(2)]])
    rows[1] = [.word("x")]
    #expect(Array(rows) == [[.count(0)], [.word("x")], [.count(2)]])
    #expect(StatementRows([[.empty]]).count == 1)
  }

  @Test func `各值写成的字节与文字相同`() {
    let values: [StatementTable.Value] = [
      .empty, .word("a,\"b\""), .text(LocalizedText("甲", "A")), .money(.zero), .money(Money(fen: -5)),
      .money(Money(fen: 123_456)), .money(Money(fen: .min)), .points(Points(millionths: 96_620_000)),
      .points(Points(millionths: -1)), .points(Points(millionths: 100_000_000)), .count(0), .count(-17),
    ]
    for value in values {
      for language in [Language.chinese, .english] {
        var bytes: [UInt8] = []
        value.append(to: &bytes, language)
        #expect(String(decoding: bytes, as: UTF8.self) == value.text(language))
      }
    }
  }

  @Test func `机构名称写在三种形式中，没有记录的只写代码`() async throws {
    let code = SamplePaymentCases.places[0].code
    let (year, statements) = try await year(names: [code: "示例市第一医院 & <甲>"])
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let written = try await StatementFolder(path: folder, language: .chinese).write(year.made, statements)
    let named = "示例市第一医院 & <甲>（\(code)）"
    for statement in statements {
      let stem = "\(written.folder)/\(statement.holder)"
      let wanted = statement.holder == code ? named : statement.holder
      #expect(try CSVReader(path: stem + "-summary.csv").rows().contains(["单位", wanted]))
      var facts: [[String]] = []
      try TableReader(path: stem + ".xlsx", sheet: "概要").forEachRow { facts.append($0.strings) }
      #expect(facts.contains(["单位", wanted]))
      let html = try String(contentsOfFile: stem + ".html", encoding: .utf8)
      let escaped = wanted.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      #expect(html.contains("<dd>\(escaped)</dd>") && html.contains("· \(escaped)</title>"))
    }
    let lines = try CSVReader(path: written.folder + "/lines.csv").rows()
    #expect(lines.first { $0[0] == code }?[1] == "示例市第一医院 & <甲>")
    #expect(lines.dropFirst().allSatisfy { $0[0] == code || $0[1].isEmpty })
  }

  @Test func `病例多时工作簿与网页写明缺什么及何处可得，CSV总是齐全`() async throws {
    let (year, statements) = try await year(detail: .cases)
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let sizes = statements.map { $0[.cases]?.rows.count ?? 0 }
    let (least, most) = (try #require(sizes.min()), try #require(sizes.max()))
    #expect(least < most)
    let target = StatementFolder(path: folder, language: .english, sheetCases: most - 1, pageCases: 2)
    let written = try await target.write(year.made, statements)
    let over = sizes.count { $0 == most }
    #expect(written.notes.count == 2)
    #expect(written.notes[0].english.hasPrefix("workbooks of \(over) holders with more than \(most - 1) cases"))
    #expect(written.notes[0].english.hasSuffix("--sheet-cases \(most)"))
    #expect(written.notes[1].english.hasSuffix("--page-cases \(most)"))
    for (statement, size) in zip(statements, sizes) {
      let stem = "\(written.folder)/\(statement.holder)"
      #expect(try CSVReader(path: stem + "-cases.csv").rows().count == size + 1)
      var facts: [[String]] = []
      try TableReader(path: stem + ".xlsx", sheet: "Summary").forEachRow { facts.append($0.strings) }
      let told = facts.contains(["Cases", "\(size), not listed in this workbook; see \(statement.holder)-cases.csv"])
      #expect(told == (size == most))
      if size < most {
        var rows = 0
        try TableReader(path: stem + ".xlsx", sheet: "Cases").forEachRow { _ in rows += 1 }
        #expect(rows == size + 1)
      }
      let html = try String(contentsOfFile: stem + ".html", encoding: .utf8)
      let ids = (statement[.cases]?.rows ?? []).map { $0[0].text(.english) }
      #expect(ids.map { html.contains(">\($0)</td>") } == ids.indices.map { $0 < 2 })
      if size > 2 {
        #expect(html.contains("The first 2 of \(size). <a href=\"\(statement.holder)-cases.csv\">"))
      }
    }
    // Without CSV nothing is linked to that is not there, and the notes say where it is.
    let pages = StatementFolder(path: folder + "/pages", language: .english, forms: [.html], pageCases: 2)
    let only = try await pages.write(year.made, statements)
    #expect(only.notes.last?.english == "for every case as CSV: --statements csv")
    let names = try FileManager.default.contentsOfDirectory(atPath: only.folder)
    #expect(Set(names) == Set(statements.map { "\($0.holder).html" } + ["lines.csv", "entries.csv"]))
    let html = try String(contentsOfFile: "\(only.folder)/\(statements[0].holder).html", encoding: .utf8)
    #expect(!html.contains("<a "))
  }
}
