import Kernel
import NationalInterface
import Testing
import Workflows

/// 3501 to 3507 as institutions send them.
struct StockTransactionTests {
  static let goods = """
    "med_list_codg":"XA001","fixmedins_hilist_id":"Y1","fixmedins_hilist_name":"院内药品","fixmedins_bchno":"B1",\
    "manu_lotnum":"L1","manu_date":"2025-06-01","expy_end":"2027-05-31","rx_flag":"1","memo":"null"
    """
  static let supply = """
    "spler_name":"供应商","finl_trns_pric":"12.345678","purc_invo_no":"INV1","purc_retn_opter_name":"库管员"
    """
  static func sale(_ number: String, _ count: String, trace: String = "") -> String {
    """
    {\(goods),"rtal_docno":"\(number)","sel_retn_cnt":\(count),"sel_retn_time":"2026-03-02 09:30:00",\
    "mdtrt_sn":"V1","setl_id":"S1","psn_no":"P0000002","trdn_flag":"0","finl_trns_pric":23.5,"phar_name":"药师乙",\
    "drugtracinfo":[\(trace)]}
    """
  }

  private func movements(_ trial: InterfaceTrial) async throws -> [StockMovement] {
    try await trial.store.read { store throws(StoreError) in
      try store.filed(StockMovement.self, about: "H99010000001 B1")
    }
  }

  @Test func `六种流水都收下，发来的字段一个不丢`() async throws {
    let trial = try await InterfaceTrial()
    let messages = [
      ("3501", #"{"invinfo":{\#(Self.goods),"invdate":"2026-03-01","inv_cnt":"40.5"}}"#),
      (
        "3502",
        #"{"invinfo":{\#(Self.goods),"inv_chg_type":"104","cnt":0.5,"inv_chg_time":"2026-03-01 00:00:00"}}"#
      ),
      (
        "3503",
        #"{"purcinfo":{\#(Self.goods),\#(Self.supply),"purc_retn_cnt":100,"purc_retn_stoin_time":"2026-03-01"}}"#
      ),
      (
        "3504",
        #"{"purcinfo":{\#(Self.goods),\#(Self.supply),"purc_retn_cnt":1,"purc_retn_stoin_time":"2026-03-01 10:00:00"}}"#
      ),
      (
        "3505",
        #"{"selinfo":\#(Self.sale("D1", "3", trace: #"{"drug_trac_codg":"T1"},{"drug_trac_codg":"T2"}"#))}"#
      ),
      (
        "3506",
        #"{"selinfo":{\#(Self.goods),"mdtrt_sn":"V1","sel_retn_cnt":1,"sel_retn_time":"2026-03-02 09:45:00"}}"#
      ),
    ]
    for (infno, input) in messages {
      for _ in 1...2 {
        let answer = try await trial.succeed(infno, input, msgid: "M\(infno)")
        #expect(answer.root["output"]?.members.isEmpty == true)
      }
    }
    let all = try await movements(trial)
    #expect(all.map(\.upload.kind) == StockKind.allCases)
    #expect(all.map(\.upload.count.text) == ["40.5", "0.5", "100", "1", "3", "1"])
    #expect(all.map(\.upload.time) == all.map(\.time) && all[0].time == "2026-03-01 00:00:00")
    #expect(all[2].upload.price == UnitPrice(microyuan: 12_345_678))
    let supplied = [
      "spler_name": "供应商", "purc_invo_no": "INV1", "purc_retn_opter_name": "库管员", "rx_flag": "1",
    ]
    #expect(all[2].upload.details == supplied)
    let sold = all[4].upload
    #expect(sold.visit == "V1" && sold.settlement == "S1" && sold.person == "P0000002")
    #expect(sold.traceCodes == ["T1", "T2"])
    let details = ["rtal_docno": "D1", "trdn_flag": "0", "phar_name": "药师乙", "rx_flag": "1"]
    #expect(sold.details == details)
    #expect(sold.goods.lot == "L1" && sold.goods.expires == CalendarDate("2027-05-31"))
  }

  @Test func `独立客户端的最简销售报文也收下，时间取报文时间`() async throws {
    let trial = try await InterfaceTrial()
    let input = """
      {"selinfo":{"med_list_codg":"XA01","fixmedins_hilist_id":"Y","fixmedins_hilist_name":"药","fixmedins_bchno":"B1",\
      "rtal_docno":"SALE1","setl_id":"3200","psn_no":"P1","certno":"1","psn_name":"甲","sel_retn_cnt":1,\
      "finl_trns_pric":23.5,"drug_trac_codg":"T9"}}
      """
    _ = try await trial.succeed("3505", input)
    let sold = try #require(try await movements(trial).first)
    #expect(sold.time == "2026-03-02 10:00:00" && sold.upload.traceCodes == ["T9"])
  }

  @Test func `重复、超退、坏字段都拒绝并指明`() async throws {
    let trial = try await InterfaceTrial()
    _ = try await trial.succeed("3505", #"{"selinfo":[\#(Self.sale("D1", "3"))]}"#)
    let cases: [(String, String, UInt16, String)] = [
      ("3505", #"{"selinfo":[\#(Self.sale("D1", "3"))]}"#, DeskOutcome.stockSerialUsed.rawValue, "[1] B1 Y1 D1"),
      ("3505", #"{"selinfo":[\#(Self.sale("D2", "0"))]}"#, DeskOutcome.quantityImpossible.rawValue, "[1] 0"),
      ("3505", #"{"selinfo":[\#(Self.sale("D2", "1e3"))]}"#, InterfaceFault.valueForm.rawValue, "sel_retn_cnt"),
      (
        "3505", #"{"selinfo":[\#(Self.sale("D2", "1", trace: "5"))]}"#, InterfaceFault.nodeForm.rawValue, "drugtracinfo"
      ),
      (
        "3505",
        #"{"selinfo":\#(Self.sale("D", "1", trace: #"{"drug_trac_codg":"\#(String(repeating: "9", count: 101))"}"#))}"#,
        InterfaceFault.valueForm.rawValue, "drug_trac_codg"
      ),
      (
        "3506", #"{"selinfo":{\#(Self.goods),"mdtrt_sn":"V1","sel_retn_cnt":4}}"#, DeskOutcome.returnExceeds.rawValue,
        "4 > 3"
      ),
      (
        "3502",
        #"{"invinfo":{\#(Self.goods),"inv_chg_type":"999","cnt":1,"inv_chg_time":"2026-03-01"}}"#,
        InterfaceFault.codeUnknown.rawValue, "库存变更类型"
      ),
      ("3507", #"{"data":{"fixmedins_bchno":"B1","inv_data_type":"1"}}"#, DeskOutcome.stockUnknown.rawValue, "B1"),
      ("3507", #"{"data":{"fixmedins_bchno":"B1","inv_data_type":"5"}}"#, InterfaceFault.codeUnknown.rawValue, "盘存"),
      (
        "3505", #"{"selinfo":[\#((0...500).map { Self.sale("E\($0)", "1") }.joined(separator: ","))]}"#,
        InterfaceFault.nodeForm.rawValue, "最多 500 行"
      ),
    ]
    for (infno, input, number, place) in cases {
      let answer = try await trial.ask(infno, input)
      #expect(answer.number == number && answer.error.contains(place), "\(answer.error)")
    }
    #expect(try await movements(trial).count == 1)
    _ = try await trial.succeed("3507", #"{"data":{"fixmedins_bchno":"B1","inv_data_type":"4"}}"#)
    #expect(try await movements(trial).map(\.deleted) == ["2026-03-02 10:00:00"])
    _ = try await trial.succeed("3505", #"{"selinfo":[\#(Self.sale("D1", "2"))]}"#)
  }
}
