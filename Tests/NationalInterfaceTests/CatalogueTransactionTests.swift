import Catalog
import Claims
import Foundation
import Kernel
import People
import Policy
import Testing
import Workflows
import ZipFiles

@testable import NationalInterface

/// The catalogue as files and by queries.
struct CatalogueTransactionTests {
  private static let downloads = CatalogueLayout.byNumber.keys.sorted()

  private func download(_ trial: InterfaceTrial, _ infno: String, _ version: String = "v0000") async throws
    -> (answer: Answer, rows: [[String]])
  {
    let answer = try await trial.succeed(infno, #"{"data":{"ver":"\#(version)"}}"#)
    let (number, name) = (answer.value("file_qury_no"), answer.value("filename"))
    let fetched = try await fetch(trial, number, name, "plc")
    #expect(fetched.isFile && fetched.outcome.code == 0 && fetched.outcome.number == 0)
    let files = try ZipArchive().unpack(fetched.bytes, limit: 10_000_000)
    #expect(files.map(\.name) == [String(name.dropLast(4))] && name.hasSuffix(".txt.zip"))
    let text = String(decoding: try #require(files.first).bytes, as: UTF8.self)
    let rows = text.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
    #expect(answer.value("data_cnt") == "\(rows.count)")
    return (answer, rows)
  }

  private func fetch(
    _ trial: InterfaceTrial, _ number: String, _ name: String, _ owner: String,
    institution: String = InterfaceTrial.hospital
  ) async throws -> InterfaceReply {
    let input = #"{"fsDownloadIn":{"file_qury_no":"\#(number)","filename":"\#(name)","fixmedins_code":"\#(owner)"}}"#
    let body = InterfaceTrial.envelope("9102", input, institution: institution)
    return await trial.service.answer(Array(body.utf8), pathInfno: nil)
  }

  @Test func `药品目录下载的每一列`() async throws {
    let trial = try await InterfaceTrial()
    let (answer, rows) = try await download(trial, "1301")
    #expect(rows.count == 40 && rows.allSatisfy { $0.count == 97 })
    #expect(answer.value("dld_end_time") == "2026-04-01" && answer.value("file_qury_no").utf8.count == 38)
    let expected = [
      1: "XA006", 4: "示例药品6号", 8: "示例药品6号", 24: "0", 37: "2025-01-01", 58: "0", 79: "1", 80: "XA006-20250101",
      81: "2025-01-01 00:00:00", 82: "2025-01-01 00:00:00", 92: "02", 96: "2025-01-01",
    ]
    let row = try #require(rows.first { $0[0] == "XA006" })
    for (column, value) in expected { #expect(row[column - 1] == value, "column \(column)") }
    #expect(row[82].hasPrefix("v20250101") && row[82].utf8.count == 20)
    let ends = [38, 97].map { row[$0 - 1] }
    #expect(ends[0] == ends[1] && ends[0] != "null")
    let filled = Set(expected.keys).union([83, 38, 97])
    for column in 1...97 where !filled.contains(column) { #expect(row[column - 1] == "null", "column \(column)") }
  }

  @Test(arguments: downloads) func `每种目录都能下载，列数与规范一致，同样内容同样字节`(infno: String) async throws {
    let trial = try await InterfaceTrial()
    let counts = [
      "1301": (40, 97), "1302": (0, 33), "1303": (0, 83), "1305": (20, 19), "1306": (10, 71), "1307": (5, 24),
      "1308": (5, 24), "1309": (5, 16), "1310": (5, 15), "1311": (5, 15), "1313": (5, 11), "1314": (5, 14),
      "1315": (5, 14),
    ]
    let (count, columns) = try #require(counts[infno])
    #expect(CatalogueLayout.byNumber[infno]?.titles.count == columns)
    let (answer, rows) = try await download(trial, infno)
    #expect(rows.count == count && rows.allSatisfy { $0.count == columns })
    let again = try await InterfaceTrial()
    let (number, name) = (answer.value("file_qury_no"), answer.value("filename"))
    #expect(try await download(again, infno).answer.value("file_qury_no") == number)
    #expect(try await fetch(again, number, name, "plc").bytes == (try await fetch(trial, number, name, "plc").bytes))
    #expect(try await download(trial, infno).answer.value("file_qury_no") == number)
  }

  @Test func `编码标准的列按标题取值，没有的列为 null`() async throws {
    let trial = try await InterfaceTrial()
    let row = try #require(try await download(trial, "1307").rows.first)
    let expected = [
      "SLA100-20250101", "null", "null", "示例章", "null", "null", "SLA", "null", "null", "null", "SLA100", "示例疾病1号",
      "null", "null", "null", "null", "null", "null", "1", "SLA100-20250101", "2025-01-01 00:00:00",
      "2025-01-01 00:00:00",
    ]
    #expect(Array(row.prefix(22)) == expected && row[23] == "null")
    let chronic = try #require(try await download(trial, "1309").rows.first)
    #expect(chronic[0] == "SLC100" && chronic[1] == "示例大类" && chronic[3] == "990100")
    #expect(chronic[14] == "示例门诊慢特病1号")
  }

  @Test func `按本地最大版本号只下载其后的变化`() async throws {
    let trial = try await InterfaceTrial()
    let (_, first) = try await download(trial, "1305")
    let held = try #require(first.map { $0[14] }.max())
    #expect(try await download(trial, "1305", held).rows.isEmpty)
    let later = try #require(CalendarDate("2026-02-01").flatMap { DateRange($0, nil) })
    let item = ListedItem(
      code: "FW900", name: "新\t项目\n", listType: "201", feeCategory: "05", period: later, chargeClass: .a)
    try await trial.store.write { transaction throws(StoreError) in try transaction.put(item) }
    let (_, news) = try await download(trial, "1305", held)
    #expect(news.map { $0[0] } == ["FW900"] && news.first?[9] == "新 项目 " && news.first?[14] ?? "" > held)
    var corrected = try #require(SampleRegister.items(over: later).first { $0.code == "FW001" })
    corrected.period = try #require(CalendarDate("2025-01-01").flatMap { DateRange($0, nil) })
    try await trial.store.write { [corrected] transaction throws(StoreError) in try transaction.put(corrected) }
    #expect(try await download(trial, "1305", held).rows.count == 21)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/unzip"), "skipped: there is no unzip"))
  func `用独立工具解压下载的文件`() async throws {
    let trial = try await InterfaceTrial()
    let answer = try await trial.succeed("1306", #"{"data":{"ver":"0"}}"#)
    let reply = try await fetch(trial, answer.value("file_qury_no"), answer.value("filename"), "plc")
    let file = FileManager.default.temporaryDirectory.appending(path: "list-\(UInt64.random(in: 1...UInt64.max)).zip")
    try Data(reply.bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/unzip")
    process.arguments = ["-p", file.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 11 && lines.last == "" && lines[0].hasPrefix("HC001\t示例耗材1号\tnull\t"))
  }

  @Test func `没有压缩工具时不提供下载`() async throws {
    let trial = try await InterfaceTrial()
    let day = try #require(CalendarDate("2026-03-02"))
    let service = InterfaceService(desk: trial.service.desk) { WallTime(day: day, milliseconds: 0) }
    let body = InterfaceTrial.envelope("1301", #"{"data":{"ver":"0"}}"#)
    let answer = try Answer(await service.answer(Array(body.utf8), pathInfno: nil))
    #expect(answer.number == InterfaceFault.transactionNotOffered.rawValue)
    #expect(try await trial.ask("1301", #"{"data":{"ver":""}}"#).number == InterfaceFault.fieldMissing.rawValue)
  }

  @Test func `目录文件人人可取，但须以 plc 和原文件名`() async throws {
    let trial = try await InterfaceTrial()
    let answer = try await trial.succeed("1301", #"{"data":{"ver":"0"}}"#)
    let (number, name) = (answer.value("file_qury_no"), answer.value("filename"))
    #expect(try await fetch(trial, number, name, "plc", institution: InterfaceTrial.pharmacy).isFile)
    for (number, name, owner) in [
      (number, name, InterfaceTrial.hospital), (number, "x.zip", "plc"), ("fsi/plc/0", name, "plc"),
    ] {
      let reply = try await fetch(trial, number, name, owner)
      #expect(!reply.isFile && reply.outcome.number == DeskOutcome.fileUnknown.rawValue)
    }
  }

  // MARK: Queries

  private func rows(_ trial: InterfaceTrial, _ infno: String, _ filter: String = "") async throws -> [JSONValue] {
    let input = #"{"data":{\#(filter)"page_num":1,"page_size":9999}}"#
    return try await trial.succeed(infno, input)["data"]?.elements ?? []
  }

  private func fields(_ row: JSONValue?) -> [String] {
    (row?.members ?? []).map { "\($0.name)=\($0.value.plainText ?? "?")" }
  }

  private static let record = [
    "updt_time=2025-01-01", "crter_id=", "crter_name=", "crte_time=2025-01-01", "crte_optins_no=990100", "opter_id=",
    "opter_name=", "opt_time=2025-01-01", "optins_no=990100", "poolarea_no=990100",
  ]

  @Test func `医保目录、匹配、限价、先自付各查一行，字段逐一核对`() async throws {
    let trial = try await InterfaceTrial()
    let last = try #require(InterfaceTrial.library.book.regions["990100"]?.covered.last)
    let listed = try await rows(trial, "1312", #""hilist_code":"XA013","#)
    #expect(
      fields(listed.first) == [
        "hilist_code=XA013", "hilist_name=示例药品13号", "insu_admdvs=990100", "begndate=2025-01-01", "enddate=\(last)",
        "med_chrgitm_type=09", "chrgitm_lv=01", "lmt_used_flag=1", "list_type=101", "med_use_flag=1",
        "matn_used_flag=1", "hilist_use_type=", "lmt_cpnd_type=9", "wubi=", "pinyin=", "memo=", "vali_flag=1",
        "rid=XA013-20250101",
      ] + Self.record)
    #expect(
      fields(try await rows(trial, "1316", #""med_list_codg":"FW001","#).first) == [
        "med_list_codg=FW001", "hilist_code=FW001", "list_type=201", "insu_admdvs=990100", "begndate=2025-01-01",
        "enddate=\(last)", "memo=", "vali_flag=1", "rid=FW001-20250101",
      ] + Self.record)
    let ceilings = try await rows(trial, "1318", #""hilist_code":"FW005","#)
    #expect(
      fields(ceilings.last) == [
        "hilist_code=FW005", "hilist_lmtpric_type=3", "overlmt_dspo_way=", "insu_admdvs=990100",
        "begndate=2025-01-01", "enddate=\(last)", "hilist_pric_uplmt_amt=80.000000", "vali_flag=1",
        "rid=FW005-20250101-tertiary",
      ] + Self.record + ["tabname="])
    #expect(ceilings.count == 2)
    let shares = try await rows(trial, "1319", #""hilist_code":"HC001","selfpay_prop_psn_type":"390","#)
    #expect(
      fields(shares.first) == [
        "hilist_code=HC001", "selfpay_prop_psn_type=390", "selfpay_prop_type=10", "insu_admdvs=990100",
        "begndate=2025-01-01", "enddate=\(last)", "selfpay_prop=0.1500", "vali_flag=1", "rid=HC001-20250101-390",
      ] + Self.record + ["tabname="])
    #expect(shares.count == 1)
  }

  @Test func `每个条件都起作用`() async throws {
    let trial = try await InterfaceTrial()
    let cases: [(String, String, Int)] = [
      ("1312", "", 70), ("1312", #""list_type":"301","#, 10), ("1312", #""hilist_name":"耗材1","#, 2),
      ("1312", #""chrgitm_lv":"03","#, 4), ("1312", #""lmt_used_flag":"1","#, 3),
      ("1312", #""med_chrgitm_type":"04","#, 10), ("1312", #""query_date":"2024-12-31","#, 0),
      ("1312", #""query_date":"2025-01-01 08:00:00","#, 70), ("1312", #""begndate":"2025-01-02","#, 0),
      ("1312", #""updt_time":"2025-01-01","#, 70), ("1312", #""updt_time":"2025-01-02","#, 0),
      ("1312", #""vali_flag":"0","#, 0), ("1312", #""insu_admdvs":"110000","#, 0), ("1312", #""pinyin":"SL","#, 0),
      ("1312", #""med_use_flag":"0","#, 0), ("1316", #""list_type":"201","#, 20),
      ("1316", #""med_list_codg":"XA001","hilist_code":"XA002","#, 0), ("1318", "", 8),
      ("1318", #""hilist_lmtpric_type":"2","#, 4), ("1318", #""hilist_lmtpric_type":"1","#, 0),
      ("1318", #""rid":"FW005-20250101-tertiary","#, 1), ("1318", #""tabname":"T","#, 0), ("1319", "", 140),
      ("1319", #""selfpay_prop_psn_type":"310","#, 70), ("1319", #""selfpay_prop_psn_type":"99","#, 0),
      ("1319", #""selfpay_prop_type":"20","#, 0), ("1319", #""poolarea_no":"990100","#, 140),
      ("1319", #""enddate":"2024-01-01","#, 0), ("1304", "", 0),
    ]
    for (infno, filter, count) in cases {
      #expect(try await rows(trial, infno, filter).count == count, "\(infno) \(filter)")
    }
  }

  @Test func `民族药按条件查询，带版本号`() async throws {
    let trial = try await InterfaceTrial()
    let drugs = try [("ZA1", "2025-01-01"), ("ZA2", "2026-01-01")].map { code, first in
      let period = try #require(CalendarDate(first).flatMap { DateRange($0, nil) })
      return ListedItem(
        code: code, name: "示例民族药\(code)", listType: "104", feeCategory: "11", period: period, chargeClass: .b)
    }
    try await trial.store.write { transaction throws(StoreError) in
      for drug in drugs { try transaction.put(drug) }
    }
    let all = try await rows(trial, "1304")
    #expect(all.compactMap { $0["med_list_codg"]?.string } == ["ZA1", "ZA2"] && all[0].members.count == 54)
    #expect(all[0]["drug_genname"]?.string == "示例民族药ZA1" && all[0]["rid"]?.string == "ZA1-20250101")
    let version = try #require(all[0]["ver"]?.string)
    #expect(version.hasPrefix("v20250101"))
    let cases = [
      (#""ver":"\#(version)","#, ["ZA2"]), (#""drug_genname":"ZA1","#, ["ZA1"]), (#""med_list_codg":"ZA2","#, ["ZA2"]),
      (#""updt_time":"2025-06-01","#, ["ZA2"]), (#""opt_end_time":"2025-06-01","#, ["ZA1"]),
      (#""rid":"ZA2-20260101","#, ["ZA2"]), (#""cpnd_flag":"1","#, []), (#""vali_flag":"0","#, []),
    ]
    for (filter, codes) in cases {
      let found = try await rows(trial, "1304", filter).compactMap { $0["med_list_codg"]?.string }
      #expect(found == codes, "\(filter)")
    }
  }

  @Test(arguments: ["1312", "1316", "1318", "1319"]) func `逐页取完不重不漏`(infno: String) async throws {
    let trial = try await InterfaceTrial()
    let whole = try await rows(trial, infno).compactMap { $0["rid"]?.string }
    #expect(Set(whole).count == whole.count && !whole.isEmpty)
    for size in [1, 3, 7, whole.count - 1, whole.count, whole.count + 1] {
      var seen: [String] = []
      var page = 1
      while true {
        let answer = try await trial.succeed(infno, #"{"data":{"page_num":\#(page),"page_size":\#(size)}}"#)
        let rows = answer["data"]?.elements ?? []
        seen += rows.compactMap { $0["rid"]?.string }
        #expect(answer.value("recordCounts") == "\(whole.count)")
        #expect((answer["lastPage"]?.kind == .yes) == (page >= (whole.count + size - 1) / size))
        if rows.count < size { break }
        page += 1
      }
      #expect(seen == whole, "\(size)")
    }
  }
}
