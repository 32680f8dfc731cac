import Grouping
import Kernel
import NationalInterface
import Testing

@Suite struct SettlementListCaseTests {
  private func read(_ text: String) throws -> GroupingCase { try SettlementListCase.read(Array(text.utf8)) }

  @Test func `结算清单读成病例`() throws {
    let read = try read(
      """
      {"infno":"4101","input":{"setlinfo":{"setl_id":"S1","mdtrt_id":"V1","gend":"1","brdy":"1960-05-02","age":65,
       "adm_time":"2026-03-01 08:00:00","dscg_time":"2026-03-09 10:00:00","act_ipt_days":"8","dscg_way":"5",
       "dscg_caty":"A28"},
       "diseinfo":[{"diag_type":"1","diag_code":"I10.x00","maindiag_flag":"0"},
        {"diag_type":"2","diag_code":"BNX010","maindiag_flag":"1"},
        {"diag_type":"1","diag_code":"I21.000","maindiag_flag":"1"},
        {"diag_type":"1","diag_code":"E11.900","maindiag_flag":"0"}],
       "oprninfo":[{"oprn_oprt_type":"2","oprn_oprt_code":"88.5500"},{"oprn_oprt_type":"1","oprn_oprt_code":"36.0700"},
        {"oprn_oprt_type":"2","oprn_oprt_code":""}]}}
      """)
    #expect(
      read
        == GroupingCase(
          id: "S1", sex: .male, ageYears: 65, stayDays: 8, dischargeKind: 5, department: "A28",
          diagnoses: ["I21.000", "I10.x00", "E11.900"], procedures: ["36.0700", "88.5500"]))
  }

  @Test func `缺年龄按出生日期新生儿按天龄`() throws {
    let old = try read(
      """
      {"setlinfo":[{"mdtrt_id":"V1","brdy":"1960-03-02","adm_time":"2026-03-01","dscg_time":"2026-03-04"}]}
      """)
    #expect(old == GroupingCase(id: "V1", ageYears: 65, stayDays: 3))
    let newborn = try read(
      """
      {"setlinfo":{"medcasno":"M1","gend":"2","nwb_age":"12","nwb_bir_wt":"3250.00"}}
      """)
    #expect(newborn == GroupingCase(id: "M1", sex: .female, ageYears: 0, ageDays: 12, birthWeightGrams: 3_250))
  }

  @Test(arguments: [
    ("{\"setlinfo\":{\"setl_id\":\"S1\",\"act_ipt_days\":\"八\"}}", "S1", "act_ipt_days"),
    ("{\"input\":{}}", "", "setlinfo"),
    ("{\"setlinfo\":\"x\"}", "", "setlinfo"), ("{\"setlinfo\":", "", ""),
  ])
  func `不能读的清单说明原因`(text: String, id: String, word: String) throws {
    let fault = #expect(throws: SettlementListFault.self) { try read(text) }
    #expect(fault?.id == id && fault?.message.english.contains(word) == true)
  }
}
