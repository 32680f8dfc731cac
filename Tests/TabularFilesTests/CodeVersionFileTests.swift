import Foundation
import Grouping
import Kernel
import TabularFiles
import Testing

/// `../shared/data/icd` beside the repository; the tables of others are not part of it.
private let shared: String? = {
  var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  while folder.path != "/", !FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) {
    folder.deleteLastPathComponent()
  }
  let icd = folder.deletingLastPathComponent().appending(path: "shared/data/icd").path
  return FileManager.default.fileExists(atPath: icd) ? icd : nil
}()

/// Writes files into a fresh folder and takes it away afterwards.
private func withFolder<Result>(_ files: [String: String], _ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "codes-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
  return try body(folder.path)
}

private let good = [
  "icd10-nhsa-2.0.dat": "A00.000 甲病\nA01.002+G01* 乙 病\nB00.000 丙病",
  "icd10-nhsa-2.0-grey.dat": "\u{FEFF}A00.000\r\nA00.000\r\n",
  "icd10-clinical-2.0.dat": "A00.000 临床甲病\n\nA01.002 临床乙病\nZ00.000 无对应\n",
  "icd10-clinical-2.0-to-nhsa-2.0.dat": "A00.000 B00.000\nA01.002 A01.002+G01*\nZ00.000 -\n",
  "icd9cm3-nhsa-2.0.csv": "名称,编码\n\"甲术,双侧\",00.0100\n", "readme.txt": "nothing",
]

/// What a folder's reading reports, without the folder's path.
private func reports(_ changes: [String: String?]) throws -> [String] {
  var files = good
  for (name, text) in changes { files[name] = text }
  return try withFolder(files) { folder in
    CodeVersionFolder.read(folder).diagnostics.map {
      "\($0.severity) \($0.file.split(separator: "/").last ?? "")"
        .replacing(folder.split(separator: "/").last ?? "", with: "FOLDER")
        + "\($0.line.map { ":\($0)" } ?? "") \($0.message.chinese)"
    }
  }
}

@Suite struct CodeVersionFileTests {
  @Test func `文件夹按文件名读出两类编码`() throws {
    let versions = try withFolder(good) { try #require(CodeVersionFolder.read($0).value) }
    let table = versions.diagnoses
    #expect(table.nationalCount == 3 && table.clinicalCount == 3 && versions.procedures.nationalCount == 1)
    #expect(table["A01.002+G01*"]?.nationalName == "乙 病" && table["Z00.000"]?.counterpart == nil)
    #expect(table["A00.000"]?.isGrey == true && table["A00.000"]?.meansSomethingElse == true)
    #expect(versions.procedures["00.0100"]?.nationalName == "甲术,双侧")
    let coded = versions.converted(GroupingCase(diagnoses: ["A01.002", "A00.000"], procedures: ["00.0100"]))
    #expect(coded.groupingCase.diagnoses == ["A01.002+G01*", "B00.000"] && coded.findings.isEmpty)
    #expect(
      try reports([:])
        == ["warning icd10-nhsa-2.0-grey.dat:2 有 1 行重复（此行与第 1 行相同），只取第一次出现的。"])
  }

  @Test func `CSV 与行文本读出同样的表`() throws {
    let csv = [
      "icd10-nhsa-2.0.dat": nil, "icd10-nhsa-2.0.csv": "code,name\nA00.000,甲病\nA01.002+G01*,乙 病\nB00.000,丙病\n",
      "icd10-nhsa-2.0-grey.dat": nil, "icd10-nhsa-2.0-grey.csv": "编码\nA00.000\n",
      "icd10-clinical-2.0.dat": nil, "icd10-clinical-2.0.csv": "编码,名称\nA00.000,临床甲病\nA01.002,临床乙病\nZ00.000,无对应\n",
      "icd10-clinical-2.0-to-nhsa-2.0.dat": nil,
      "icd10-clinical-2.0-to-nhsa-2.0.csv": "national,clinical\nB00.000,A00.000\nA01.002+G01*,A01.002\n-,Z00.000\n",
    ]
    #expect(try reports(csv).isEmpty)
    let files = good.merging(csv.compactMapValues { $0 }) { $1 }.filter { csv[$0.key] != .some(nil) }
    let lists = try [files, good].map { files in
      try withFolder(files) { Array(try #require(CodeVersionFolder.read($0).value).diagnoses.all) }
    }
    #expect(lists[0] == lists[1] && lists[0].count == 5)
  }

  @Test(
    arguments: [
      (["icd10-nhsa-2.0.dat": "A00.000 甲病\nB00.000\n"], "error icd10-nhsa-2.0.dat:2 应为「编码 名称」。"),
      (
        ["icd10-nhsa-2.0.dat": "A00.000 甲病\nA00.000 乙病\n"],
        "error icd10-nhsa-2.0.dat:2 「A00.000」在第 1 行另有内容「甲病」。"
      ),
      (
        ["icd10-clinical-2.0-to-nhsa-2.0.dat": "A00.000 A00.000 B00.000\n"],
        "error icd10-clinical-2.0-to-nhsa-2.0.dat:1 应为一个临床版编码和一个医保版编码（没有对应的写 -）。"
      ),
      (
        ["icd10-clinical-2.0-to-nhsa-2.0.dat": "A00.000 C00.000\nA01.002 -\nZ00.000 -\n"],
        "warning icd10-clinical-2.0-to-nhsa-2.0.dat:1 1 个对照行的医保版编码不在医保版编码表中，不予采用，如「A00.000 → C00.000」。"
      ),
      (
        ["icd10-clinical-2.0-to-nhsa-2.0.dat": "A00.000 B00.000\nC00.000 B00.000\nZ00.000 -\n"],
        "warning icd10-clinical-2.0-to-nhsa-2.0.dat 1 个临床版编码没有对照行，不予采用，如「A01.002」。"
      ),
      (["icd10-nhsa-2.0-grey.dat": "C00.000\n"], "warning icd10-nhsa-2.0-grey.dat:1 1 个灰码不在医保版编码表中，不予采用，如「C00.000」。"),
      (["icd10-clinical-2.0-to-nhsa-2.0.dat": nil], "error icd10-clinical-2.0.dat 临床版编码表和对照表须一起给出，缺少另一个。"),
      (["icd10-nhsa-3.0.dat": "A00.000 甲病\n"], "error icd10-nhsa-3.0.dat 与 FOLDER/icd10-nhsa-2.0.dat 用途相同，文件夹里只能有一个。"),
      (["icd9cm3-nhsa-2.0.csv": nil], "error FOLDER 缺少医保版手术操作编码表，文件名应如 icd9cm3-nhsa-2.0.dat。"),
      (["icd9cm3-nhsa-2.0.csv": "编码\n00.0100\n"], "error icd9cm3-nhsa-2.0.csv:1 缺少必需的列：名称 / name。"),
      (["icd10-nhsa-2.0-grey.dat": "\n \n"], "error icd10-nhsa-2.0-grey.dat 文件里没有编码。"),
    ] as [([String: String?], String)])
  func `读不懂的表整体退回，可疑处提示`(changes: [String: String?], expected: String) throws {
    let found = try reports(changes)
    #expect(found.contains { $0.hasPrefix(expected) || $0.contains(expected.split(separator: "FOLDER").last ?? "") })
  }

  @Test func `不是 UTF-8 的文件指出行号`() throws {
    try withFolder(good) { folder in
      try Data([0x41, 0x20, 0x42, 0x0A, 0xC4, 0xE3]).write(to: URL(fileURLWithPath: "\(folder)/icd10-nhsa-2.0.dat"))
      let first = try #require(CodeVersionFolder.read(folder).diagnostics.first)
      #expect(first.line == 2 && first.message.chinese.contains("GB18030"))
    }
    #expect(CodeVersionFolder.read("/no/such/folder").diagnostics.count == 1)
  }

  // The published tables are not part of the repository: skipped when they do not lie beside it.
  @Test(.enabled(if: shared != nil, "../shared/data/icd is not there"))
  func `国家医保版与临床版的实际编码表`() throws {
    let folder = try #require(shared)
    let reading = CodeVersionFolder.read(folder)
    let versions = try #require(reading.value)
    #expect(
      reading.diagnostics.map { "\($0.file.split(separator: "/").last ?? ""):\($0.line ?? 0)" } == [
        "icd10-clinical-2.0-to-nhsa-2.0.dat:24707", "icd10-nhsa-2.0-grey.dat:26",
      ])
    let (dx, op) = (versions.diagnoses, versions.procedures)
    #expect(dx.nationalCount == 33_307 && dx.clinicalCount == 35_587)
    #expect(op.nationalCount == 13_686 && op.clinicalCount == 13_653)
    #expect(dx.all.count { $0.isGrey } == 2_695 && op.all.count { $0.isGrey } == 2_241)

    // How many codes mean something else in the other version, by three ways of counting.
    let moved = dx.all.filter(\.meansSomethingElse)
    #expect(dx.all.count { $0.nationalName != nil && $0.clinicalName != nil } == 31_448)
    #expect(moved.count == 248 && moved.count { $0.nationalName != $0.clinicalName } == 130)
    #expect(op.all.count(where: \.meansSomethingElse) == 4)
    // Converted a second time, so many of them would become yet another code.
    let twice = dx.all.filter { standing in
      guard let once = standing.counterpart, let again = dx[once.code]?.counterpart else { return false }
      return again.code != once.code
    }
    #expect(twice.count == 76)

    let coded = versions.converted(GroupingCase(diagnoses: ["A19.800x010", "A01.000x003+G01*"]))
    #expect(coded.groupingCase.diagnoses == ["A19.000x001", "A01.002+G01*"] && coded.changes.count == 2)
    // No clinical code is left behind: every one has a counterpart or is a national code itself.
    let clinical = dx.all.filter { $0.clinicalName != nil }
    #expect(clinical.filter { $0.counterpart == nil }.map(\.code) == ["P78.300x004"])
  }
}
