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

  private func year() async throws -> (ClearedYear, [PaymentStatement]) {
    let world = try PayingWorld(.resident, count: 260, seed: 12)
    let (desk, _) = try await world.desk()
    _ = try await world.payMonths(desk)
    let year = try await desk.clearYear(world.order(.year(2_026)), under: world.terms).get()
    let writer = StatementWriter(book: try #require(PayingWorld.policies.book), region: "990100")
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
      #expect(steps.rows.last?[2] == line.amounts["due"].map { .money($0) })
      #expect(
        steps.rows.contains {
          $0[3].text(.chinese).contains("示医保发〔2025〕140号 第十六条") || $0[3].text(.chinese).contains("第十七条")
        })
      for table in statement.tables { #expect(table.rows.allSatisfy { $0.count == table.columns.count }) }
      let own = statement[.cases]?.rows ?? []
      cases += own.count
      #expect(own.allSatisfy { $0[12].text(.chinese).contains("示医保发〔2025〕141号") })
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
    #expect(files.count == statement.tables.count)
    for (path, table) in zip(files, statement.tables) {
      let rows = try CSVReader(path: path).rows()
      #expect(rows[0] == table.columns.map(\.title.english))
      #expect(Array(rows.dropFirst()) == table.rows.map { $0.map { $0.text(.english) } })
    }
    try sheets.writeLines(year.made.run, to: folder + "/lines.csv")
    let lines = try CSVReader(path: folder + "/lines.csv").rows()
    for (row, line) in zip(lines.dropFirst(), year.made.run.lines) {
      #expect(row[0] == line.holder)
      for (name, text) in zip(lines[0], row).dropFirst() { #expect(Money(yuan: text) == line.amounts[name]) }
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
}
