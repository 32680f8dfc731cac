import Catalog
import Kernel
import Testing

private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

private func period(_ from: String?, _ until: String?) throws -> ValidityPeriod {
  let (first, last) = (try from.map { try day($0) }, try until.map { try day($0) })
  return try #require(ValidityPeriod(from: first, until: last))
}

/// Invented codes and names.
private func table() throws -> CodeTable {
  try CodeTable(
    edition: "示例 2026",
    entries: [
      CodeEntry(code: "XA001", name: "示例青霉片", kind: .drug),
      CodeEntry(code: "XA002", name: "示例青霉胶囊", kind: .drug),
      CodeEntry(code: "XA003", name: "示例降压片（缓释）", kind: .drug, period: try period("2024-01-01", "2025-12-31")),
      CodeEntry(code: "XA004", name: "示例降压缓释片", kind: .drug, period: try period("2026-07-01", nil)),
      CodeEntry(code: "XA005", name: "示例旧名片", kind: .drug, period: try period(nil, "2025-12-31")),
      CodeEntry(code: "XA005", name: "示例新名片", kind: .drug, period: try period("2026-01-01", nil)),
      CodeEntry(code: "XB001", name: "示例静脉采血", kind: .serviceItem),
      CodeEntry(code: "A01.000x001", name: "示例病", kind: .diagnosisAndOperation),
      CodeEntry(code: "XC001", name: "示例𬭊合金骨板", kind: .consumable),
    ])
}

private func row(
  _ line: Int, _ local: String, _ national: String, _ name: String = "", localName: String = "",
  kind: CodeStandard? = nil, from: String? = nil, until: String? = nil
) throws -> MappingRow {
  MappingRow(
    line: line, localCode: local, localName: localName, nationalCode: national, nationalName: name, kind: kind,
    period: try period(from, until))
}

/// Findings as `line column fault`.
private func found(_ rows: [MappingRow], on day: String? = nil, kind: CodeStandard? = nil) throws -> [String] {
  let checker = MappingChecker(try table(), on: day.flatMap { CalendarDate($0) }, kind: kind)
  return checker.check(rows).findings.map { "\($0.line) \($0.column.rawValue) \($0.fault)" }
}

private func only(_ rows: [MappingRow]) throws -> MappingFinding {
  let findings = MappingChecker(try table()).check(rows).findings
  #expect(findings.count == 1)
  return try #require(findings.first)
}

@Test func `正确的对照没有问题`() throws {
  let rows = [try row(2, "Y1", "XA001", "示例青霉片", kind: .drug), try row(3, "y1", "XB001"), try row(4, "中药 一", "XC001")]
  #expect(try found(rows).isEmpty)
  #expect(try found([]).isEmpty)
}

@Test(arguments: ["", " ", "\u{3000}", "\t"])
func `缺少院内编码或国家编码`(blank: String) throws {
  #expect(try found([try row(7, blank, "XA001")]) == ["7 local_code missingLocalCode"])
  let finding = try only([try row(8, "Y1", blank, "示例青霉胶囊")])
  #expect(finding.fault == .missingNationalCode && finding.column == .nationalCode)
  #expect(finding.suggestions.map(\.code) == ["XA002"])
}

@Test func `院内编码重复指出两行`() throws {
  let finding = try only([try row(2, "Y1", "XA001"), try row(3, "Y2", "XB001"), try row(9, "Y1", "XA001")])
  #expect(finding.fault == .duplicateLocalCode && finding.line == 9 && finding.otherLines == [2])
  #expect(finding.message.chinese.contains("第 2 行"))
}

@Test func `同一院内编码日期重叠时不能对应两个国家编码`() throws {
  let first = try row(2, "Y1", "XA001", from: "2025-01-01", until: "2025-06-30")
  #expect(try found([first, try row(3, "Y1", "XA002", from: "2025-07-01")]).isEmpty)
  #expect(
    try found([first, try row(3, "Y1", "XA002", from: "2025-06-30")]) == ["3 national_code conflictingNationalCodes"])
  // The later line is named, whichever begins first.
  let finding = try only([
    try row(2, "Y1", "XA002", from: "2025-06-30"), try row(3, "Y1", "XA001", until: "2025-06-30"),
  ])
  #expect(finding.line == 3 && finding.otherLines == [2] && finding.related == "XA002" && finding.value == "XA001")
}

@Test func `长期有效的一行与其后每一行都重叠`() throws {
  let rows = [
    try row(2, "Y1", "XA001"), try row(3, "Y1", "XA002", from: "2025-01-01", until: "2025-01-31"),
    try row(4, "Y1", "XB001", from: "2025-03-01", until: "2025-03-31"),
  ]
  #expect(try found(rows) == ["3 national_code conflictingNationalCodes", "4 national_code conflictingNationalCodes"])
}

@Test func `国家编码不存在时给出编码和名称相近的编码`() throws {
  let finding = try only([try row(5, "Y1", "XA020", "示例青霉胶囊")])
  #expect(finding.fault == .unknownNationalCode && finding.column == .nationalCode && finding.value == "XA020")
  #expect(finding.suggestions.first == CodeSuggestion(code: "XA002", name: "示例青霉胶囊", basis: .codeAndName))
  let byName = try only([try row(5, "Y1", "ZZZZZZZZ", localName: "示例静脉采血")])
  #expect(byName.suggestions == [CodeSuggestion(code: "XB001", name: "示例静脉采血", basis: .name)])
  let byLikeName = try only([try row(5, "Y1", "ZZZZZZZZ", "示例青霉素胶囊")])
  #expect(byLikeName.suggestions.first?.code == "XA002")
  #expect(try only([try row(5, "Y1", "ZZZZZZZZ", "毫不相干的名称")]).suggestions.isEmpty)
}

@Test func `只推荐本行类别的编码`() throws {
  let finding = try only([try row(5, "Y1", "XA01", kind: .serviceItem)])
  #expect(finding.suggestions.isEmpty)
}

@Test func `国家编码属于其他类别`() throws {
  let finding = try only([try row(4, "Y1", "XB001", "示例静脉采血", kind: .drug)])
  #expect(finding.fault == .otherKind && finding.column == .nationalCode)
  #expect(finding.message.chinese.contains("医疗服务项目分类与代码") && finding.message.english.contains("Drugs"))
  #expect(try found([try row(4, "Y1", "XB001")], kind: .drug) == ["4 national_code otherKind"])
}

@Test func `编码失效与尚未生效按对照日期判断`() throws {
  #expect(try found([try row(2, "Y1", "XA003", from: "2025-12-31", until: "2025-12-31")]).isEmpty)
  #expect(try found([try row(2, "Y1", "XA003", from: "2026-01-01")]) == ["2 national_code codeExpired"])
  #expect(
    try found([try row(2, "Y1", "XA003", from: "2025-01-01", until: "2026-01-01")]) == ["2 valid_until codeExpired"])
  #expect(try found([try row(2, "Y1", "XA004", from: "2026-06-30")]) == ["2 valid_from codeNotYetValid"])
  #expect(try found([try row(2, "Y1", "XA004", from: "2026-07-01")]).isEmpty)
  #expect(try found([try row(2, "Y1", "XA003")], on: "2025-12-31").isEmpty)
  #expect(try found([try row(2, "Y1", "XA003")], on: "2026-01-01") == ["2 national_code codeExpired"])
  #expect(try found([try row(2, "Y1", "XA004")], on: "2026-06-30") == ["2 national_code codeNotYetValid"])
  #expect(try found([try row(2, "Y1", "XA003")]).isEmpty)
}

@Test func `名称以对照生效日的版本为准`() throws {
  #expect(try found([try row(2, "Y1", "XA005", "示例旧名片", from: "2025-06-01", until: "2025-12-31")]).isEmpty)
  #expect(try found([try row(2, "Y1", "XA005", "示例新名片", from: "2026-01-01")]).isEmpty)
  let finding = try only([try row(2, "Y1", "XA005", "示例旧名片", from: "2026-01-01")])
  #expect(finding.fault == .nameDiffers && finding.column == .nationalName && finding.expected == "示例新名片")
}

@Test(arguments: ["示例降压片(缓释)", "示例降压片 （缓释）", "示例降压片（缓释）\u{3000}"])
func `名称仅全角半角或空格不同为提示`(name: String) throws {
  let finding = try only([try row(3, "Y1", "XA003", name)])
  #expect(finding.fault == .nameFormDiffers && finding.severity == .warning && finding.column == .nationalName)
}

@Test(arguments: [
  ("xa001", "XA001"), (" XA001", "XA001"), ("XA001 ", "XA001"), ("ＸＡ００１", "XA001"), ("XA0\u{200B}01", "XA001"),
  ("XA 001", "XA001"), ("A01.000X001", "A01.000x001"),
])
func `编码书写不规范时给出正确写法并继续检查`(written: String, right: String) throws {
  let finding = try only([try row(6, "Y1", written)])
  #expect(finding.fault == .malformedCode && finding.column == .nationalCode && finding.expected == right)
  #expect(
    try found([try row(6, "Y1", written, "不是它的名称")]) == [
      "6 national_name nameDiffers", "6 national_code malformedCode",
    ])
}

@Test(arguments: [(" Y1", "Y1"), ("Ｙ１", "Y1"), ("Y1\u{FEFF}", "Y1")])
func `院内编码书写不规范`(written: String, right: String) throws {
  let finding = try only([try row(6, written, "XA001")])
  #expect(finding.fault == .malformedCode && finding.column == .localCode && finding.expected == right)
}

@Test func `多个院内编码对应一个国家编码为提示`() throws {
  let rows = try (2...9).map { try row($0, "Y\($0)", "XA001") }
  let finding = try only(rows)
  #expect(finding.fault == .manyToOne && finding.severity == .warning && finding.line == 3)
  #expect(finding.otherLines == [2, 4, 5, 6, 7, 8, 9] && finding.message.chinese.contains("2, 4, 5, 6, 7 … (7)"))
}

@Test func `长名称与生僻字同样精确`() throws {
  let name = String(repeating: "示例𬭊𠮷㐀龘", count: 60)
  let entries = [
    CodeEntry(code: "XL001", name: name), CodeEntry(code: "XL002", name: "示例" + String(repeating: "𬭊", count: 100)),
  ]
  let checker = MappingChecker(try CodeTable(edition: "示例", entries: entries))
  #expect(
    checker.check([MappingRow(line: 2, localCode: "院内𬭊一", nationalCode: "XL001", nationalName: name)]).findings.isEmpty)
  let wrong = name.replacingFirst("龘", with: "龖")
  let findings = checker.check([
    MappingRow(line: 3, localCode: "院内𬭊二", nationalCode: "XL001", nationalName: wrong),
    MappingRow(line: 4, localCode: "院内𬭊三", nationalCode: "ZZZZZZZ", nationalName: wrong),
  ]).findings
  #expect(findings.map(\.fault) == [.nameDiffers, .unknownNationalCode])
  #expect(findings.first?.expected == name)
  #expect(findings.last?.suggestions.map(\.code) == ["XL001"])
}

extension String {
  fileprivate func replacingFirst(_ character: Character, with other: Character) -> String {
    guard let place = firstIndex(of: character) else { return self }
    return String(self[..<place]) + String(other) + self[index(after: place)...]
  }
}

@Test func `每种问题都有中英文说明且编号固定`() {
  #expect(MappingFault.allCases.map(\.rawValue) == Array(1...12))
  #expect(Set(MappingFault.allCases.map(\.title.chinese)).count == 12)
  #expect(Set(MappingFault.allCases.map(\.title.english)).count == 12)
  #expect(MappingFault.allCases == MappingFault.allCases.sorted())
}

@Test func `十五项编码标准可由任一名称读出`() {
  #expect(CodeStandard.allCases.count == 15)
  for standard in CodeStandard.allCases {
    for word in [
      standard.word, standard.chineseWord, standard.name.chinese, "\(standard.rawValue)", standard.word.uppercased(),
    ] {
      #expect(CodeStandard(word: word) == standard)
    }
  }
  #expect(CodeStandard(word: "药") == nil)
}

@Test func `编码表不收有效期重叠的重复编码`() throws {
  let entries = [
    CodeEntry(code: "A", name: "甲", period: try period(nil, "2025-12-31")), CodeEntry(code: "B", name: "乙"),
    CodeEntry(code: "A", name: "丙", period: try period("2026-01-01", nil)),
    CodeEntry(code: "A", name: "丁", period: try period("2025-12-31", "2025-12-31")),
  ]
  let overlap = #expect(throws: CodeTable.Overlap.self) { try CodeTable(edition: "示例", entries: entries) }
  #expect(overlap?.first == 0 && overlap?.second == 3)
}
