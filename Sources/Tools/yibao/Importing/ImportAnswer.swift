import Kernel
import Workflows

/// What `yibao import --json` prints.
struct ImportAnswer: Encodable {
  struct Tally: Encodable {
    let read: Int
    let added: Int
    let same: Int
    let replaced: Int
    let unusable: Int

    init(_ tally: ImportReport.Tally) {
      (read, added, same, replaced) = (tally.read, tally.added, tally.same, tally.replaced)
      unusable = tally.unusable
    }
  }

  struct File: Encodable {
    let file: String
    let kinds: [ImportKind]
    let encoding: String
    let read: Int
    let used: Int
    let unusable: Int
    let remark: String?
  }

  struct Rule: Encodable {
    let month: String
    let number: Int
    let field: String
    let lists: Int
    let refused: Bool
    let problem: String
  }

  let dry: Bool
  let files: [File]
  let lists: Tally
  let institutions: Tally
  let mappings: Tally
  let cases: Int
  let faults: Int
  let quality: [Rule]
  let written: [String]
  var runs: [PayingOutput.RunJSON]?

  init(_ book: ImportBook, written: [String]) {
    let (report, language) = (book.report, book.language)
    dry = book.isDry
    files = book.notes.map {
      File(
        file: $0.file, kinds: $0.kinds, encoding: $0.encoding, read: $0.read, used: $0.used, unusable: $0.unusable,
        remark: $0.remark?[language])
    }
    lists = Tally(report.lists)
    institutions = Tally(report.institutions)
    mappings = Tally(report.mappings)
    cases = report.caseCount
    faults = book.unusableRows
    quality = report.breaches.sorted { $0.key < $1.key }.map { key, breach in
      Rule(
        month: key.month, number: Int(key.number), field: key.field, lists: breach.count, refused: breach.isRefusing,
        problem: breach.reason[language])
    }
    self.written = written
  }
}

extension ImportBook {
  /// Prints what came of it.
  func show(_ written: [String]) {
    func line(_ title: LocalizedText, _ tally: ImportReport.Tally) {
      if tally.read == 0 { return }
      print(
        Terminal.say(
          language,
          "\(title.chinese)：已读 \(tally.read)，新增 \(tally.added)，相同 \(tally.same)，替换 \(tally.replaced)，"
            + "不能使用 \(tally.unusable)",
          "\(title.english): \(tally.read) read, \(tally.added) added, \(tally.same) the same, "
            + "\(tally.replaced) replaced, \(tally.unusable) unusable"))
    }
    if isDry { print(Terminal.say(language, "试运行：什么都不存储", "a dry run: nothing is stored")) }
    for note in notes {
      let kinds = note.kinds.map { $0.title[language] }.joined(separator: Terminal.say(language, "、", ", "))
      let kind = kinds.isEmpty ? Terminal.say(language, "不能读", "not readable") : kinds
      let remark = note.remark.map { Terminal.say(language, "（\($0.chinese)）", " (\($0.english))") } ?? ""
      print("  \(note.file): \(kind)\(remark)")
    }
    line(ImportKind.institutions.title, report.institutions)
    line(ImportKind.mapping.title, report.mappings)
    line(ImportKind.lists.title, report.lists)
    print(
      Terminal.say(
        language, "支付病例 \(report.caseCount) 例，问题 \(unusableRows) 处",
        "\(report.caseCount) payment cases, \(unusableRows) faults"))
    for path in written { print("  → \(path)") }
  }
}
