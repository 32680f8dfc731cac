import Grouping
import Kernel
import Testing

/// The rule language, seen from outside: a rule in a small edition, and whether a case fulfils it.
struct RuleLanguageTests {
  /// An edition whose only adjacent group has the rule.
  private static func compile(_ rule: String) -> (edition: Edition?, findings: [EditionFinding]) {
    var tables = EditionTables(manifest: EditionManifest(identifier: "rule", name: "rule"))
    tables.categories = [EditionTables.CategoryRow(code: "MDCB", name: "", rule: "", order: 1, row: 2)]
    tables.adjacentGroups = [
      EditionTables.AdjacentGroupRow(code: "BB1", name: "", rule: rule, category: "MDCB", order: 1, row: 7)
    ]
    tables.groups = [
      EditionTables.GroupRow(code: "BB19", name: "", rule: "", adjacentGroup: "BB1", order: 1, row: 2)
    ]
    for (set, code) in [("DI_A", "A1"), ("DI_B", "B1"), ("OP_A", "1.1"), ("OP_B", "2.2"), ("DI_CC", "C1")] {
      tables.members.append(EditionTables.MemberRow(set: set, code: code, row: tables.members.count + 2))
    }
    tables.complications = [
      EditionTables.ComplicationRow(code: "M1", level: "MCC", exclusionTable: "", row: 2),
      EditionTables.ComplicationRow(code: "C1", level: "CC", exclusionTable: "", row: 3),
    ]
    return Edition.compile(tables)
  }

  private func holds(_ rule: String, _ stated: GroupingCase) throws -> Bool {
    let (edition, findings) = Self.compile(rule)
    let faults = findings.filter { $0.severity == .error }
    try #require(faults.isEmpty, "\(rule): \(faults.map(\.message.english))")
    return Grouper(try #require(edition)).group(stated).group == "BB19"
  }

  static let patient = GroupingCase(
    sex: .female, ageYears: 30, stayDays: 5, dischargeKind: 1, diagnoses: ["A1", "M1"], procedures: ["1.1", "2.2"])

  @Test(arguments: [
    ("", true), (" \n ", true), ("ZYZD in DI_A", true), ("ZYZD in DI_B", false), ("QTZD in DI_A", false),
    ("{ZYZD, QTZD} in DI_A", true), ("ZYZD in {DI_B, DI_A}", true), ("{QTZD, ZYZD} in {DI_B, DI_A}", true),
    ("ZYSS in OP_A and QTSS in OP_B", true), ("ZYSS in OP_B or QTSS in OP_A", false), ("ZYSS not in OP_B", true),
    ("{ZYSS, QTSS} not in OP_B", false), ("QTZD in MCC", true), ("QTZD in CC", false), ("QTZD in {MCC, CC}", true),
    ("QTZD not in {MCC, CC}", false), ("QTZD in {CC, DI_B}", false), ("NL = 30", true), ("NL < 30", false),
    ("NL <= 30", true), ("NL > 29", true), ("NL >= 31", false), ("XB = 2", true), ("ZYTS = 5", true),
    ("LYFS = 1", true), ("ZZJH = 0", true), ("ZZJH = 1", false),
  ])
  func `条件的含义`(rule: String, expected: Bool) throws {
    #expect(try holds(rule, Self.patient) == expected)
  }

  @Test(arguments: [
    ("ZYZD in DI_B and ZYZD in DI_B or ZYZD in DI_A", true), ("ZYZD in DI_A or ZYZD in DI_B and ZYZD in DI_B", true),
    ("ZYZD in DI_B and (ZYZD in DI_B or ZYZD in DI_A)", false), ("((((NL = 30))))", true),
  ])
  func `与先于或，括号改变次序`(rule: String, expected: Bool) throws {
    #expect(try holds(rule, Self.patient) == expected)
  }

  @Test(arguments: [
    "（ZYZD　in　DI_A）", "zyzd IN DI_A", "ZYZD in\u{A0}DI_A", "(ZYZD in DI_A)_x000D_\n",
    "(ZYZD in DI_A) \r\nAND\r\n(NL=30)",
    "ZYZD in DI_A_x000D_\nand NL>=30", "{ZYZD，QTZD} in ｛DI_B、DI_A｝", "NL＝３０", "NL≥30 And NL≤30", "NL＞＝30",
    "\u{FEFF}ZYZD in DI_A", "ZYZD in{DI_B,DI_A}", "ZYZD\tnot\nin DI_B", "ZYZD in DI_A_X000D_ or NL < 1",
  ])
  func `全角符号、换行和单元格转义照常读`(rule: String) throws {
    #expect(try holds(rule, Self.patient))
  }

  @Test(arguments: ["NL = 0", "NL < 5", "NL >= 0", "XSRTL < 29", "XSRTZ < 2500", "XB = 1", "ZYTS > 0", "LYFS = 5"])
  func `未填写的数值使任何比较不成立`(rule: String) throws {
    #expect(try !holds(rule, GroupingCase(diagnoses: ["A1"])))
  }

  @Test func `没有编码时「在」不成立而「不在」成立`() throws {
    let bare = GroupingCase(diagnoses: ["A1"])
    #expect(try !holds("ZYSS in OP_A", bare))
    #expect(try holds("ZYSS not in OP_A", bare))
    #expect(try holds("QTZD not in MCC", bare))
  }

  @Test func `出生体重为零视同未填写`() throws {
    #expect(try !holds("XSRTZ < 2500", GroupingCase(birthWeightGrams: 0, diagnoses: ["A1"])))
    #expect(try holds("XSRTZ < 2500", GroupingCase(birthWeightGrams: 1, diagnoses: ["A1"])))
  }

  @Test(arguments: [
    ("ZYZD in", 8, "the name of a set"), ("ZYZD DI_A", 6, "\"in\" or \"not in\""),
    ("ZYZD in DI_A and", 17, "a condition"),
    ("ZYZD in DI_A NL = 1", 14, "\"and\", \"or\" or the end"), ("(NL = 1", 8, "a closing parenthesis"),
    ("NL = 1)", 7, "\"and\", \"or\" or the end"), ("NL 5", 4, "= < <= > >="), ("NL = ", 6, "a whole number"),
    ("NL < 1.5", 7, "\"and\", \"or\" or the end"), ("NL < 9999999999", 6, "999999999"),
    ("{ZYZD in DI_A", 7, "a comma or a closing"),
    ("{ZYZD, NL} in DI_A", 8, "ZYZD, QTZD, ZYSS or QTSS"), ("ZYZD in {DI_A DI_B}", 15, "a comma or a closing"),
    ("ZYZD in {}", 10, "the name of a set"), ("not ZYZD in DI_A", 1, "a condition"),
    ("ZYZD in MCC", 9, "only be asked of QTZD"),
    ("{ZYZD, QTZD} in CC", 17, "only be asked of QTZD"), ("AGE > 3", 1, "variables: ZYZD"),
    ("NL != 3", 4, "= < <= > >="),
    ("ZYZD in QTZD", 9, "the name of a set"), ("ZYZD in NL", 9, "the name of a set"), ("and", 1, "a condition"),
    ("\n\nZYZD on DI_A", 8, "\"in\" or \"not in\""),
    (String(repeating: "(", count: 70) + "NL = 1", 65, "64 parentheses"),
  ])
  func `读不懂的规则指出行、列、应为和实为`(rule: String, column: Int, expected: String) throws {
    let (edition, findings) = Self.compile(rule)
    #expect(edition == nil)
    let finding = try #require(findings.first { $0.kind == .ruleSyntax })
    #expect(finding.severity == .error)
    #expect(finding.sheet == .adjacentGroups && finding.row == 7)
    #expect(finding.column == column)
    #expect(finding.message.english.contains(expected), "\(finding.message.english)")
    #expect(finding.message.english.hasPrefix("rule of BB1: "))
    #expect(finding.message.chinese.hasPrefix("BB1 的规则有误："))
  }

  @Test func `检查结果可按文件位置打印`() throws {
    let finding = try #require(Self.compile("ZYZD in DI_A xor NL = 1").findings.first)
    #expect(
      finding.diagnostic(file: "adrg.csv").text(.chinese) == """
        adrg.csv:7:14: 错误: BB1 的规则有误：此处是「xor」；应为 and、or，或规则到此结束。
            | ZYZD in DI_A xor NL = 1
        """)
  }

  @Test func `未知集合给出相近名称`() throws {
    let finding = try #require(Self.compile("ZYZD in DI_AA").findings.first)
    #expect(finding.kind == .unknownSet && finding.severity == .error && finding.column == 9)
    #expect(finding.message.chinese == "BB1 用到的集合 DI_AA 不存在，是否为 DI_A、DI_B、DI_CC；请更正名称或补录集合。")
  }
}
