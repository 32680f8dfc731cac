import Foundation
import Kernel
import Policy
import PolicyFiles
import Settlement
import Testing
import Workflows

/// A small policy folder that is sound, to be spoilt one file at a time.
struct TrialFolder {
  let path: String

  static let value = """
    title: 住院起付标准
    identifier: settlement.employee.inpatient.deductible
    unit: yuan
    by: [institution_level]
    values:
      2025-01-01:
        value:
          tertiary: "900.00"
          any: "300.00"
        source: {document: trial, clause: 第一条}
      2026-01-01:
        value:
          tertiary: "1000.00"
          any: "300.00"
        source: {document: trial, clause: 第二条}
    applies_on: discharge_date
    covered_since: 2025-01-01
    reviewed: 2026-11-20
    """

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "policies-\(UUID())").path
    try write(
      "documents/trial.yaml",
      "identifier: trial\nnumber: null\nissuer: 示例\ntitle: 示例规定\nissued: 2024-12-01\ntrust: sample\n")
    try write(
      "sample/region.yaml",
      "code: \"990100\"\nname: 示例市\nenglish: Sample\nextends: []\ncovered: {from: 2025-01-01, until: 2026-12-31}\n")
    try write("sample/deductible.yaml", TrialFolder.value)
  }

  func write(_ file: String, _ text: String) throws {
    let url = URL(filePath: path).appending(path: file)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
  }

  /// Writes the value with one piece of text replaced.
  func spoil(_ text: String, _ other: String) throws {
    precondition(TrialFolder.value.contains(text))
    try write("sample/deductible.yaml", TrialFolder.value.replacing(text, with: other, maxReplacements: 1))
  }

  func load() -> PolicyFolder.Loaded {
    PolicyFolder(path: path).load(vocabulary: SettlementVocabulary.definitions)
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}

/// Policy folders are read as a whole or refused as a whole, with file and line.
@Suite struct PolicyFolderTests {
  /// What is spoilt, the line that must be named, and words that must be said.
  struct Fault: Sendable, CustomTestStringConvertible {
    let text: String
    let other: String
    let line: Int
    let words: String
    var testDescription: String { words }
  }

  static let faults = [
    Fault(text: "unit: yuan", other: "unti: yuan", line: 3, words: "no key \"unti\"; did you mean \"unit\"?"),
    Fault(text: "unit: yuan", other: "unit: yuan\nunit: yuan", line: 4, words: "appears twice"),
    Fault(text: "  2025-01-01:\n", other: "  2025-02-30:\n", line: 6, words: "effective date \"2025-02-30\" is wrong"),
    Fault(
      text: "    source: {document: trial, clause: 第一条}\n", other: "", line: 7, words: "source is missing"),
    Fault(text: "covered_since: 2025-01-01", other: "covered_since: 2024-01-01", line: 17, words: "nothing is known"),
    Fault(
      text: "      tertiary: \"1000.00\"\n      any: \"300.00\"\n", other: "      secondary: \"1000.00\"\n", line: 11,
      words: "lacks \"any\""),
    Fault(text: "tertiary: \"900.00\"", other: "tertairy: \"900.00\"", line: 8, words: "did you mean \"tertiary\"?"),
    Fault(text: "\"900.00\"", other: "\"900.001\"", line: 8, words: "at most two decimals"),
    Fault(text: "\"900.00\"", other: "\"-900.00\"", line: 8, words: "cannot be negative"),
    Fault(text: "unit: yuan", other: "unit: percent", line: 3, words: "is yuan, not \"percent\""),
    Fault(
      text: "settlement.employee.inpatient.deductible", other: "settlement.employee.inpatient.deductable", line: 2,
      words: "did you mean \"settlement.employee.inpatient.deductible\"?"),
    Fault(text: "by: [institution_level]", other: "by: [sex]", line: 4, words: "no key \"sex\""),
    Fault(
      text: "{document: trial, clause: 第一条}", other: "{document: unknown, clause: 第一条}", line: 10,
      words: "register it first"),
    Fault(text: "{document: trial, clause: 第一条}", other: "{interpretation: none}", line: 10, words: "has no \"none\""),
    Fault(text: "{document: trial, clause: 第一条}", other: "{document: trial}", line: 10, words: "\"clause\" is missing"),
    Fault(text: "applies_on: discharge_date", other: "applies_on: today", line: 16, words: "one of: admission_date"),
    Fault(text: "reviewed: 2026-11-20", other: "reviewed: 2026-11-31", line: 18, words: "a date that exists"),
    Fault(
      text: "applies_on: discharge_date", other: "applies_on: discharge_day", line: 16,
      words: "did you mean \"discharge_date\"? expected one of: admission_date"),
    Fault(
      text: "{document: trial, clause: 第一条}", other: "{document: trail, clause: 第一条}", line: 10,
      words: "did you mean \"trial\"? register it first"),
    Fault(text: "unit: yuan", other: "unit: yuan\nqwertyuiop: 1", line: 4, words: "\"qwertyuiop\"; allowed: title"),
    Fault(text: "by: [institution_level]", other: "by: [institution_level", line: 5, words: "YAML syntax"),
  ]

  @Test func `没有错误的目录可以读入`() throws {
    let folder = try TrialFolder()
    defer { folder.remove() }
    let loaded = folder.load()
    #expect(loaded.diagnostics == [])
    #expect(loaded.book?.regions["990100"]?.entries.count == 1)
  }

  @Test(arguments: faults)
  func `每种错误都指出文件和行号并整体拒绝`(fault: Fault) throws {
    let folder = try TrialFolder()
    defer { folder.remove() }
    try folder.spoil(fault.text, fault.other)
    let loaded = folder.load()
    #expect(loaded.book == nil)
    let hit = loaded.diagnostics.first { $0.message.english.contains(fault.words) }
    #expect(hit?.line == fault.line, "\(loaded.diagnostics.map { $0.text(.english) })")
    #expect(hit?.file.hasSuffix("sample/deductible.yaml") == true)
    #expect(hit?.message.chinese.isEmpty == false)
  }

  @Test func `空值表示到期而不是未知`() throws {
    let folder = try TrialFolder()
    defer { folder.remove() }
    try folder.spoil(
      "  2026-01-01:\n    value:\n      tertiary: \"1000.00\"\n      any: \"300.00\"\n",
      "  2026-01-01:\n    value: null\n")
    let book = try #require(folder.load().book)
    let identifier = "settlement.employee.inpatient.deductible"
    let newYearsEve = try #require(CalendarDate("2025-12-31"))
    let newYearsDay = try #require(CalendarDate("2026-01-01"))
    let before = try book.snapshot(region: "990100", dates: EventDates(on: newYearsEve))
    let after = try book.snapshot(region: "990100", dates: EventDates(on: newYearsDay))
    #expect(before[identifier] != nil)
    #expect(after[identifier] == nil)
  }

  @Test(arguments: ["2024-12-31", "2027-01-01"])
  func `覆盖期以外的日期一律拒绝`(day: String) throws {
    let folder = try TrialFolder()
    defer { folder.remove() }
    let book = try #require(folder.load().book)
    let date = try #require(CalendarDate(day))
    #expect(throws: PolicyRefusal.self) {
      try book.snapshot(region: "990100", dates: EventDates(on: date))
    }
  }

  @Test func `同一个值不能有两个文件`() throws {
    let folder = try TrialFolder()
    defer { folder.remove() }
    try folder.write("sample/again.yaml", TrialFolder.value)
    let loaded = folder.load()
    #expect(loaded.book == nil)
    #expect(loaded.diagnostics.contains { $0.message.english.contains("a value has one file") })
  }

  @Test func `不是政策目录时说明应有什么`() {
    let loaded = PolicyFolder(path: "/nowhere").load(vocabulary: SettlementVocabulary.definitions)
    #expect(loaded.book == nil)
    #expect(loaded.diagnostics.first?.message.english.contains("--policies") == true)
  }

  @Test func `缺少必须同时规定的值时结算政策不能成立`() throws {
    let folder = try TrialFolder()
    defer { folder.remove() }
    try folder.write(
      "sample/rate.yaml",
      TrialFolder.value.replacing("deductible", with: "pay_rate", maxReplacements: 1)
        .replacing("unit: yuan", with: "unit: bands").replacing("\"900.00\"", with: "80%")
        .replacing("\"1000.00\"", with: "80%").replacing("\"300.00\"", with: "90%"))
    let library = PolicyLibrary(try #require(folder.load().book))
    let defects = library.check(region: "990100").defects
    #expect(defects.map(\.identifier) == ["settlement.employee.inpatient.deductible"])
    #expect(defects.first?.message.english.contains("deductible_period") == true)
  }
}

/// What is probably forgotten is remarked on, because its absence would make the fund pay more.
@Suite struct ForgottenPolicyTests {
  private func remarks(_ files: [(String, String)]) throws -> [String] {
    let folder = try TrialFolder()
    defer { folder.remove() }
    try FileManager.default.removeItem(atPath: folder.path + "/sample/deductible.yaml")
    for (name, text) in files { try folder.write("sample/\(name).yaml", text) }
    let loaded = folder.load()
    let book = try #require(loaded.book, "\(loaded.diagnostics.map { $0.text(.english) })")
    let found = PolicyLibrary(book).check(region: "990100")
    return found.remarks.map(\.identifier) + found.defects.map { "defect \($0.identifier)" }
  }

  private func value(_ identifier: String, _ unit: String, _ value: String) -> String {
    """
    title: 示例
    identifier: \(identifier)
    unit: \(unit)
    values:
      2025-01-01:
        value: \(value)
        source: {document: trial, clause: 第一条}
    applies_on: discharge_date
    covered_since: 2025-01-01
    reviewed: 2026-11-20
    """
  }

  @Test func `住院有支付比例而无起付标准时提示`() throws {
    let found = try remarks([("rate", value("settlement.employee.inpatient.pay_rate", "bands", "80%"))])
    #expect(found == ["settlement.employee.inpatient.pay_rate"])
  }

  @Test func `年度限额没有任何类别计入时提示`() throws {
    let found = try remarks([
      ("rate", value("settlement.employee.outpatient.pay_rate", "bands", "60%")),
      ("cap", value("settlement.employee.pooled_cap", "yuan", "\"1000.00\"")),
      ("basis", value("settlement.employee.pooled_cap_basis", "choice", "fund_payments")),
    ])
    #expect(found == ["settlement.employee.pooled_cap"])
  }

  @Test func `补充保障只有限额没有支付比例是错误`() throws {
    let found = try remarks([("cap", value("settlement.employee.large_sum.cap", "yuan", "\"200000.00\""))])
    #expect(found == ["defect settlement.employee.large_sum.cap"])
  }
}
