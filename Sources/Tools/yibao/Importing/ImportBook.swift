import Kernel
import People
import TabularFiles
import Workflows

/// Writes what came of an import as a workbook: files, quality by rule and month, groups, institutions, changes.
struct ImportBook {
  let report: ImportReport
  let notes: [ImportFileNote]
  let unusableRows: Int
  let isDry: Bool
  let language: Language

  private func say(_ chinese: String, _ english: String) -> String { Terminal.say(language, chinese, english) }

  private func text(_ text: LocalizedText) -> SheetCell { .text(text[language]) }

  private func column(_ chinese: String, _ english: String, _ width: Int? = nil) -> SheetColumn {
    SheetColumn(say(chinese, english), width: width)
  }

  private func money(_ amount: Money) -> SheetCell { .decimal(Int(amount.fen), places: 2) }

  /// Writes the workbook.
  func write(to path: String) throws {
    try WorkbookWriter.write(to: path) { book in
      try writeSummary(book)
      try writeFiles(book)
      try writeQuality(book)
      try writeGroups(book)
      try writeInstitutions(book)
      try writeChanges(book)
    }
  }

  private func writeSummary(_ book: WorkbookWriter) throws {
    try book.startSheet(
      say("概要", "Summary"),
      columns: [
        column("种类", "kind", 20), column("已读", "read", 12), column("新增", "added", 12), column("相同", "same", 12),
        column("替换", "replaced", 12), column("不能使用", "unusable", 12),
      ])
    let rows: [(LocalizedText, ImportReport.Tally)] = [
      (ImportKind.lists.title, report.lists), (ImportKind.institutions.title, report.institutions),
      (ImportKind.mapping.title, report.mappings),
    ]
    for (title, tally) in rows {
      let numbers = [tally.read, tally.added, tally.same, tally.replaced, tally.unusable]
      try book.append([text(title)] + numbers.map { .integer($0) })
    }
    try book.append([.text(say("支付病例", "payment cases")), .integer(report.caseCount)])
    try book.append([.text(say("不能使用的问题", "faults in unusable.xlsx")), .integer(unusableRows)])
    if isDry { try book.append([.text(say("试运行，未存储", "a dry run; nothing was stored"))]) }
  }

  private func writeFiles(_ book: WorkbookWriter) throws {
    try book.startSheet(
      say("文件", "Files"),
      columns: [
        column("文件", "file", 40), column("种类", "kind", 20), column("编码", "encoding", 12), column("已读", "read", 10),
        column("已用", "used", 10), column("不能使用", "unusable", 10), column("说明", "remark", 40),
      ])
    for note in notes {
      let kinds = note.kinds.map { $0.title[language] }.joined(separator: say("、", ", "))
      try book.append(
        [.text(note.file), .text(kinds), .text(note.encoding)]
          + [note.read, note.used, note.unusable].map { .integer($0) } + [note.remark.map(text) ?? .empty])
    }
  }

  private func writeQuality(_ book: WorkbookWriter) throws {
    try book.startSheet(
      say("质量", "Quality"),
      columns: [
        column("结算月份", "month", 10), column("规则编号", "rule", 10), column("字段", "field", 24),
        column("程度", "severity", 10),
        column("清单数", "lists", 10), column("占本月清单（%）", "share of month (%)", 16), column("问题", "problem", 60),
        column("例", "examples", 48),
      ])
    for (key, breach) in report.breaches.sorted(by: { $0.key < $1.key }) {
      let all = max(report.months[key.month] ?? 0, 1)
      try book.append([
        .text(key.month.isEmpty ? "–" : key.month), .integer(Int(key.number)), .text(key.field),
        .text(breach.isRefusing ? say("不能使用", "refused") : say("提示", "warning")), .integer(breach.count),
        .decimal((breach.count * 10_000 + all / 2) / all, places: 2), text(breach.reason),
        .text(breach.examples.joined(separator: ", ")),
      ])
    }
  }

  private var sums: [SheetColumn] {
    [
      column("病例数", "cases", 10), column("医疗费（元）", "cost (yuan)", 16), column("统筹支付（元）", "pooled fund (yuan)", 16),
      column("例均费用（元）", "mean cost (yuan)", 16), column("平均住院日", "mean stay (days)", 12),
    ]
  }

  private func cells(_ sum: ImportReport.Sum) -> [SheetCell] {
    let (count, fen) = (Int64(max(sum.count, 1)), sum.cost.fen)
    return [
      .integer(sum.count), money(sum.cost), money(sum.fundShare),
      money(Money(fen: Rounding.halfUp.divide(fen, by: count))),
      .decimal(Int(Rounding.halfUp.divide(Int64(sum.days) * 10, by: count)), places: 1),
    ]
  }

  private func writeGroups(_ book: WorkbookWriter) throws {
    try book.startSheet(
      say("病组", "Groups"),
      columns: [column("险种", "scheme", 24), column("主要诊断类", "MDC", 12), column("病组", "group", 24)] + sums)
    for (key, sum) in report.groups.sorted(by: { $0.key < $1.key }) {
      let group = key.group.isEmpty ? say("未入组", "no group") : key.group
      try book.append([text(key.scheme.title), .text(key.category), .text(group)] + cells(sum))
    }
    let categories = Dictionary(grouping: report.groups, by: { $0.key.category })
    for (category, groups) in categories.sorted(by: { $0.key < $1.key }) where !category.isEmpty {
      var whole = ImportReport.Sum()
      for (_, sum) in groups {
        whole.count += sum.count
        whole.cost += sum.cost
        whole.fundShare += sum.fundShare
        whole.days += sum.days
      }
      try book.append([.text(say("合计", "all")), .text(category), .empty] + cells(whole))
    }
  }

  private func writeInstitutions(_ book: WorkbookWriter) throws {
    try book.startSheet(
      say("机构", "Institutions"), columns: [column("机构", "institution", 20), column("结算月份", "month", 10)] + sums)
    for (key, sum) in report.work.sorted(by: { $0.key < $1.key }) {
      try book.append([.text(key.institution), .text(key.month)] + cells(sum))
    }
  }

  private func writeChanges(_ book: WorkbookWriter) throws {
    try book.startSheet(
      say("替换", "Replaced"),
      columns: [
        column("清单", "list", 28), column("变化", "change", 12), column("现在", "now", 40), column("原来", "before", 40),
      ])
    for change in report.changes {
      try book.append([
        .text(change.id), .text(change.isContent ? say("内容", "content") : say("病组", "group")),
        .text("\(change.place)"), .text("\(change.former)"),
      ])
    }
  }
}
