import Foundation
import Grouping
import Kernel
import TabularFiles
import Testing

/// A small edition as the six files of a folder.
private let small: [String: String] = [
  "manifest.json": """
  {"edition": "toy", "name": "示例方案", "sources": ["x"],
   "evaluation": {"drg_miss": "next_adrg", "drg_miss_meaning": "…", "ambiguous_group": {"default": true}}}
  """,
  "mdc.csv": "code,name,rule,sort\nMDCA,先期,ZYSS in OP_A,1\n",
  "adrg.csv": "code,name,rule,mdc,sort\nAA1,移植,ZYSS in OP_A,MDCA,1\n",
  "drg.csv": "code,name,adrg,rule,sort\nAA19,移植,AA1,,1\n",
  "sets.csv": "set,code\nOP_A,33.5\n",
  "cc.csv": "code,level,exclusion_table\nA01,MCC,表1\n",
  "exclusions.csv": "principal_dx,exclusion_table\nB02,表1\n",
]

private func folder(_ changes: [String: String?] = [:]) throws -> Scratch {
  let scratch = try Scratch()
  for (name, text) in small.merging(changes.mapValues { $0 ?? "" }, uniquingKeysWith: { $1 }) {
    if let change = changes[name], change == nil { continue }
    try scratch.write(text, to: name)
  }
  return scratch
}

private func complaints(_ changes: [String: String?]) throws -> [String] {
  let scratch = try folder(changes)
  let reading = EditionFile(scratch.url.path).read()
  #expect(reading.value == nil)
  return reading.diagnostics.map {
    let file = $0.file.split(separator: "/").last ?? ""
    return "\(file):\($0.line ?? 0):\($0.column ?? 0) \($0.message.english)"
  }
}

/// The tables without the places of their rows, which differ between files.
private func withoutPlaces(_ tables: EditionTables) -> EditionTables {
  var tables = tables
  for index in tables.categories.indices { tables.categories[index].row = 0 }
  for index in tables.adjacentGroups.indices { tables.adjacentGroups[index].row = 0 }
  for index in tables.groups.indices { tables.groups[index].row = 0 }
  for index in tables.members.indices { tables.members[index].row = 0 }
  for index in tables.complications.indices { tables.complications[index].row = 0 }
  for index in tables.exclusions.indices { tables.exclusions[index].row = 0 }
  return tables
}

@Suite struct EditionFileTests {
  @Test func `目录中的六张表与清单`() throws {
    let scratch = try folder()
    let tables = try #require(EditionFile(scratch.url.path).read().value)
    #expect(tables.manifest.identifier == "toy" && tables.manifest.name == "示例方案")
    #expect(tables.manifest.groupMiss == .nextAdjacentGroup && tables.manifest.ambiguousGroup)
    #expect(tables.manifest.categoryFallThrough && tables.manifest.ungroupedCode == "0000")
    #expect(tables.categories == [.init(code: "MDCA", name: "先期", rule: "ZYSS in OP_A", order: 1, row: 2)])
    #expect(
      tables.adjacentGroups == [
        .init(code: "AA1", name: "移植", rule: "ZYSS in OP_A", category: "MDCA", order: 1, row: 2)
      ])
    #expect(tables.groups == [.init(code: "AA19", name: "移植", rule: "", adjacentGroup: "AA1", order: 1, row: 2)])
    #expect(tables.members == [.init(set: "OP_A", code: "33.5", row: 2)])
    #expect(tables.complications == [.init(code: "A01", level: "MCC", exclusionTable: "表1", row: 2)])
    #expect(tables.exclusions == [.init(table: "表1", principalDiagnosis: "B02", row: 2)])
  }

  @Test func `官方列名标题行重复表头与换行`() throws {
    let scratch = try folder([
      "mdc.csv": "CHS-DRG 分组方案配置信息,,,\n\nMDC编码,MDC名称,MDC规则,排序\nMDC编码,MDC名称,MDC规则,排序\n"
        + "MDCA,\"先期_x000D_\n分组\",\"ZYSS in OP_A_x000D_\r\nand NL >= 1\",1\n,,,\n",
      "adrg.csv": ",ADRG编码,ADRG名称,\"ADRG\n规则\",所属MDC编码,MDC内排序\n,AA1,移植,,MDCA,1\n",
      "drg.csv": "DRG,DRG名称,DRG规则,所属ADRG编码,所属MDC编码\nAA11,甲,NL < 1,AA1,MDCA\nAA19,乙,,AA1,MDCA\n",
      "sets.csv": "集合编号,ICD编码,ICD名称,类型\nOP_A, 33.5 ,肺移植,ICD9CM3\n",
      "cc.csv": "疾病编码,疾病名称,排除表,类型\nA01,伤寒,表1,CC\n",
      "exclusions.csv": "集合编号,ICD编码,ICD名称\n表1,B02,带状疱疹\n",
    ])
    let tables = try #require(EditionFile(scratch.url.path).read().value)
    #expect(
      tables.categories == [.init(code: "MDCA", name: "先期 分组", rule: "ZYSS in OP_A and NL >= 1", order: 1, row: 5)])
    #expect(tables.adjacentGroups.map(\.code) == ["AA1"])
    // Without the column 排序 the rows' own order counts.
    #expect(tables.groups.map(\.order) == [1, 2])
    #expect(tables.members == [.init(set: "OP_A", code: "33.5", row: 2)])
    #expect(tables.complications == [.init(code: "A01", level: "CC", exclusionTable: "表1", row: 2)])
    #expect(tables.exclusions == [.init(table: "表1", principalDiagnosis: "B02", row: 2)])
  }

  @Test func `错误指向文件行列`() throws {
    let found = try complaints([
      "mdc.csv": "code,name,rule,sort\nMDCA,,,1.5\n,甲,,2\n", "adrg.csv": "code,name,mdc,sort\nAA1,,MDCA,1\n",
      "drg.csv": "code,name,adrg,rule,sort\nAA19,甲,AA1\n", "sets.csv": "set,code\n", "cc.csv": nil,
    ])
    #expect(
      found.map { $0.split(separator: " ")[0] } == [
        "mdc.csv:2:4", "mdc.csv:3:1", "adrg.csv:1:0", "drg.csv:2:0", "sets.csv:0:0", "cc.csv:0:0",
      ])
    #expect(found[0].hasSuffix("\"1.5\" is no place in an order; write a whole number."))
    #expect(found[2].contains("rule"))
  }

  @Test func `清单的开关不认识就拒绝`() throws {
    let unknown = try complaints([
      "manifest.json": "{\"edition\": \"x\",\n \"evaluation\": {\n\"mdc_fallthrough\": true}}"
    ])
    #expect(unknown.count == 1 && unknown[0].hasPrefix("manifest.json:3:0"))
    #expect(unknown[0].contains("mdc_fallthrough") && unknown[0].contains("mdc_fall_through, drg_miss"))
    for (text, word) in [
      ("{\"edition\": \"x\", \"evaluation\": {\"drg_miss\": \"stop\"}}", "adrg_only, next_adrg"),
      ("{\"edition\": \"x\", \"evaluation\": {\"mdc_fall_through\": 1}}", "true or false"),
      ("{\"edition\": \"x\", \"evaluation\": {\"first_match_wins\": false}}", "can only be true"),
      ("{\"edition\": \"x\", \"evaluation\": {\"ambiguous_group\": true}}", "default"),
      ("{\"edition\": \"x\", \"evaluation\": {\"intensive_care_departments\": [1]}}", "array of texts"),
      ("{\"name\": \"x\"}", "\"edition\" is missing"), ("{\"edition\": \"x\"", "not JSON"), ("[]", "JSON object"),
    ] {
      let found = try complaints(["manifest.json": text])
      #expect(found.contains { $0.contains(word) }, "\(text): \(found)")
    }
  }

  @Test func `导出后再读相同且逐字节确定`() throws {
    let scratch = try folder()
    let tables = try #require(EditionFile(scratch.url.path).read().value)
    try EditionFolder.write(tables, to: scratch.path("out"))
    let again = EditionFile(scratch.path("out")).read()
    #expect(again.value == tables && again.diagnostics.isEmpty)
    try EditionFolder.write(tables, to: scratch.path("second"))
    for name in small.keys { #expect(try scratch.bytes("out/\(name)") == scratch.bytes("second/\(name)")) }
    let hash = try EditionFile(scratch.path("out")).contentHash(salt: "1")
    #expect(try EditionFile(scratch.path("second")).contentHash(salt: "1") == hash)
    #expect(try EditionFile(scratch.path("out")).contentHash(salt: "2") != hash)
    var changes = EditionChanges()
    changes.ambiguousGroup = false
    #expect(try EditionFile(scratch.path("out"), changes: changes).contentHash(salt: "1") != hash)
    #expect(EditionFile(scratch.path("out"), changes: changes).read().value?.manifest.ambiguousGroup == false)
    // A table that was changed behind the manifest's back is refused.
    try scratch.write("set,code\nOP_A,33.6\n", to: "out/sets.csv")
    let changed = EditionFile(scratch.path("out")).read()
    #expect(changed.value == nil && changed.diagnostics.map(\.file) == [scratch.path("out/sets.csv")])
    #expect(try EditionFile(scratch.path("out")).contentHash(salt: "1") != hash)
  }

  // Needs `../shared/data/editions`, which is not part of the repository.
  @Test(.enabled(if: SharedData.hasEditions, "../shared/data/editions is not there"))
  func `所有版本均可读且校验和相符`() throws {
    let names = [
      "beijing_2022", "chongqing_2022", "chs_drg_10", "chs_drg_11", "suzhou_2023", "wuhan_2022", "zhejiang_2022",
      "corrected/chs_drg_11",
    ]
    for name in names {
      let reading = EditionFile(SharedData.editions.appending(path: name).path).read()
      #expect(reading.diagnostics.isEmpty, "\(name): \(reading.diagnostics.prefix(3))")
      let tables = try #require(reading.value)
      #expect(tables.categories.count == 26 && tables.members.count > 96_000)
      #expect(tables.manifest.retriesOtherProcedures == (name == "zhejiang_2022"))
    }
  }

  @Test(.enabled(if: SharedData.hasEditions, "../shared/data/editions is not there"))
  func `官方工作簿与目录相同`() throws {
    let folder = SharedData.editions.appending(path: "chs_drg_11").path
    let expected = try #require(EditionFile(folder).read().value)
    let reading = EditionFile("\(folder)/chs_drg_11.xlsx", manifest: "\(folder)/manifest.json").read()
    #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics.prefix(3))")
    let tables = try #require(reading.value)
    #expect(withoutPlaces(tables) == withoutPlaces(expected))
    #expect(tables.categories.first?.row == 3)
    // Without a manifest: the switches of the national form.
    let bare = try #require(EditionFile("\(folder)/chs_drg_11.xlsx").read().value)
    #expect(bare.manifest == EditionManifest(identifier: "chs_drg_11", name: "chs_drg_11", source: "chs_drg_11.xlsx"))
  }
}
