import NationalInterface
import Testing
import Workflows

/// 3301, 3302 and 1317, and fee lines that name only the institution's own code.
struct MappingTransactionTests {
  static func row(
    _ own: String, _ item: String, list: String = "101", from: String = "2026-01-01", to: String = "2026-12-31"
  ) -> String {
    """
    {"fixmedins_hilist_id":"\(own)","fixmedins_hilist_name":"院内\(own)","list_type":"\(list)","med_list_codg":"\(item)",\
    "begndate":"\(from)","enddate":"\(to)","aprvno":"准字1","spec":"10mg","memo":"null"}
    """
  }

  static func query(_ more: String = "", page: Int = 1, size: Int = 10) -> String {
    #"{"data":{\#(more)"updt_time":"2026-01-01","page_num":\#(page),"page_size":"\#(size)"}}"#
  }

  @Test func `目录对照上传、查询、撤销，字段逐一核对`() async throws {
    let trial = try await InterfaceTrial()
    let input = #"{"data":[\#(Self.row("Y1", "XA001")),\#(Self.row("Y2", "FW002", list: "201"))]}"#
    let sent = try await trial.succeed("3301", input, msgid: "M1")
    #expect(sent.root["output"]?.members.isEmpty == true)
    #expect(try await trial.succeed("3301", input, msgid: "M1").root["output"]?.members.isEmpty == true)
    let found = try await trial.succeed("1317", Self.query())
    #expect(found["data"]?.count == 2)
    let numbers = ["pageNum", "pageSize", "startRow", "endRow", "recordCounts", "size", "pages"]
    #expect(numbers.map { found.value($0) } == ["1", "10", "1", "2", "2", "2", "1"])
    #expect(found["firstPage"]?.kind == .yes && found["lastPage"]?.kind == .yes)
    let row = found["data.0"]?.members.map { "\($0.name)=\($0.value.string ?? "?")" } ?? []
    let expected = [
      "fixmedins_code=H99010000001", "medins_list_codg=Y1", "medins_list_name=院内Y1", "insu_admdvs=990100",
      "list_type=101", "med_list_codg=XA001", "begndate=2026-01-01", "enddate=2026-12-31", "aprvno=准字1", "dosform=",
      "exct_cont=", "item_cont=", "prcunt=", "spec=10mg", "pacspec=", "memo=", "vali_flag=1", "rid=990100M1",
      "updt_time=2026-03-02 10:00:00", "crter_id=", "crter_name=", "crte_time=2026-03-02 10:00:00",
      "crte_optins_no=990100", "opter_id=", "opter_name=", "opt_time=2026-03-02 10:00:00", "optins_no=990100",
      "poolarea_no=990100",
    ]
    #expect(row == expected)
    let key = """
      {"data":{"fixmedins_code":"H99010000001","fixmedins_hilist_id":"Y1","list_type":"101","med_list_codg":"XA001"}}
      """
    _ = try await trial.succeed("3302", key, msgid: "M2")
    _ = try await trial.succeed("3302", key, msgid: "M2")
    #expect(try await trial.ask("3302", key, msgid: "M3").number == DeskOutcome.mappingUnknown.rawValue)
    let withdrawn = try await trial.succeed("1317", Self.query(#""vali_flag":"0","#))
    #expect(withdrawn["data"]?.count == 1 && withdrawn.value("data.0.medins_list_codg") == "Y1")
    #expect(withdrawn.value("data.0.vali_flag") == "0")
  }

  @Test func `按各字段查询`() async throws {
    let trial = try await InterfaceTrial()
    let rows = [Self.row("Y1", "XA001"), Self.row("Y2", "FW002", list: "201", from: "2026-05-01")]
    _ = try await trial.succeed("3301", #"{"data":[\#(rows.joined(separator: ","))]}"#)
    let cases = [
      (#""medins_list_codg":"Y2","#, ["Y2"]), (#""medins_list_name":"内Y1","#, ["Y1"]), (#""list_type":"201","#, ["Y2"]),
      (#""med_list_codg":"XA001","#, ["Y1"]), (#""query_date":"2026-04-30","#, ["Y1"]),
      (#""query_date":"2026-05-01","#, ["Y1", "Y2"]), (#""begndate":"2026-02-01","#, ["Y2"]),
      (#""insu_admdvs":"110000","#, []), (#""fixmedins_code":"H99010000001","#, ["Y1", "Y2"]),
      (#""vali_flag":"0","#, []), (#""medins_list_codg":"Y1","med_list_codg":"FW002","#, []),
    ]
    for (filter, expected) in cases {
      let answer = try await trial.succeed("1317", Self.query(filter))
      let found = (answer["data"]?.elements ?? []).compactMap { $0["medins_list_codg"]?.string }
      #expect(found == expected, "\(filter)")
      #expect(answer.value("recordCounts") == "\(expected.count)")
    }
    let later = #"{"data":{"updt_time":"2026-03-03","page_num":1,"page_size":10}}"#
    #expect(try await trial.succeed("1317", later).value("recordCounts") == "0")
  }

  @Test func `对照的各种拒绝都指明原因`() async throws {
    let trial = try await InterfaceTrial()
    let cases: [(String, String, UInt16, String)] = [
      ("3301", #"{"data":[\#(Self.row("Y1", "XA999"))]}"#, DeskOutcome.itemUnknown.rawValue, "data[1].med_list_codg"),
      (
        "3301", #"{"data":[\#(Self.row("Y1", "XA001", to: "2025-12-31"))]}"#, DeskOutcome.datesImpossible.rawValue,
        "data[1].enddate"
      ),
      (
        "3301", #"{"data":[\#(Self.row("Y1", "XA001", list: "999"))]}"#, InterfaceFault.codeUnknown.rawValue,
        "list_type"
      ),
      ("3301", #"{"data":[\#(Self.row("", "XA001"))]}"#, InterfaceFault.fieldMissing.rawValue, "fixmedins_hilist_id"),
      ("3301", #"{"data":[]}"#, InterfaceFault.nodeMissing.rawValue, "data"),
      (
        "3301", #"{"data":[\#((0...500).map { Self.row("Y\($0)", "XA001") }.joined(separator: ","))]}"#,
        InterfaceFault.nodeForm.rawValue, "最多 500 行，收到 501 行"
      ),
      (
        "3302",
        #"{"data":{"fixmedins_code":"H99010000002","fixmedins_hilist_id":"Y","list_type":"101","med_list_codg":"X"}}"#,
        DeskOutcome.notOwn.rawValue, "H99010000002"
      ),
      ("1317", Self.query(#""fixmedins_code":"H99010000002","#), DeskOutcome.notOwn.rawValue, "H99010000002"),
      ("1317", Self.query(page: 0), InterfaceFault.contradiction.rawValue, "page_num"),
      ("1317", Self.query(size: 10_000), InterfaceFault.valueForm.rawValue, "page_size"),
    ]
    for (infno, input, number, place) in cases {
      let answer = try await trial.ask(infno, input)
      #expect(answer.number == number && answer.error.contains(place), "\(answer.error)")
    }
    #expect(try await trial.succeed("1317", Self.query()).value("recordCounts") == "0")
  }

  @Test func `门诊明细只填院内编码也能结算`() async throws {
    let trial = try await InterfaceTrial()
    let visit = try await trial.succeed("2201", OutpatientMessages.register()).value("data.mdtrt_id")
    let line = OutpatientMessages.fee(visit, "F1", item: "", price: "23.5", count: "2", sum: "47")
    let refused = try await trial.ask("2204", #"{"feedetail":[\#(line)]}"#)
    #expect(refused.number == DeskOutcome.itemNotMapped.rawValue && refused.error.contains("Y1 2026-03-02"))
    _ = try await trial.succeed("3301", #"{"data":\#(Self.row("Y1", "XA003"))}"#)
    let fees = try await trial.succeed("2204", #"{"feedetail":[\#(line)]}"#)
    #expect(fees.value("result.0.chrgitm_lv") == "02")
    let settled = try await trial.succeed("2207", OutpatientMessages.settle(visit, total: "47.00"))
    let key = OutpatientMessages.reverse(visit, settled.value("setlinfo.setl_id"))
    let lines = try await trial.send(InterfaceTrial.envelope("5204", key))
    #expect(lines.value("0.med_list_codg") == "XA003")
  }
}
