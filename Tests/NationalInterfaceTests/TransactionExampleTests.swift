import Claims
import Kernel
import NationalInterface
import Testing
import Workflows

/// Example messages are carried out as they stand, one after the other, against the sample register.
@Suite struct TransactionExampleTests {
  /// A projection in which nothing was settled yet.
  private struct NothingSettled: SettlementMonitoring {
    func place() async throws(StoreError) -> ChainPlace { .beginning }
    func ends() async throws(StoreError) -> (first: MonitoredSettlement, last: MonitoredSettlement)? { nil }
    func append(_ settlements: [MonitoredSettlement], upTo place: ChainPlace) async throws(StoreError) {}
    func settlements(_ filter: MonitoringFilter, order: MonitoringOrder, page: PageRequest) async throws(StoreError)
      -> Page<MonitoredSettlement>
    { Page([], page) }
    func totals(_ filter: MonitoringFilter, by dimensions: Set<MonitoringDimension>) async throws(StoreError)
      -> [MonitoringTotal]
    { [] }
    func diagnoses(_ filter: MonitoringFilter, by rank: MonitoringRank, limit: Int) async throws(StoreError)
      -> [DiagnosisTotal]
    { [] }
    func persons(_ query: MonitoredPersonQuery, limit: Int) async throws(StoreError) -> [MonitoredPerson] { [] }
  }

  /// Sends examples in order, each about what the one before answered.
  ///
  /// - Parameter serial: the first message's number; one that was sent before would be answered as before.
  private func course(_ numbers: [String], in trial: InterfaceTrial, from serial: Int = 0) async throws -> Answer {
    let search = ExampleSearch(trial.store, NothingSettled(), InterfaceTrial.library, region: SampleRegister.region)
    let today = try #require(CalendarDate("2026-03-02"))
    var wish = ExampleWish()
    var last: Answer?
    for (place, number) in numbers.enumerated() {
      let facts = try await search.facts(TransactionExample.care(of: number), wish, today: today)
      let example = TransactionExample(number, facts, region: SampleRegister.region)
      let body = try #require(example.message(serial: serial + place, time: "2026-03-02 10:00:00"))
      let answer = try await trial.send(body)
      #expect(answer.error == "", "\(number)")
      try #require(answer.code == "0", "\(number)")
      for path in ["data", "result", "setlinfo"] {
        if !answer.value("\(path).mdtrt_id").isEmpty { wish.visit = answer.value("\(path).mdtrt_id") }
        if !answer.value("\(path).setl_id").isEmpty { wish.settlement = answer.value("\(path).setl_id") }
      }
      last = answer
    }
    return try #require(last)
  }

  @Test func `门诊：挂号、费用、预结算、结算、查询、撤销，示例逐笔成功`() async throws {
    let trial = try await InterfaceTrial()
    let answer = try await course(["2201", "2204", "2206", "2207"], in: trial)
    try answer.checkMoney()
    #expect(answer.value("setlinfo.medfee_sumamt") == "100.00")
    _ = try await course(["2201", "2204", "2207", "5203", "5204", "2208"], in: trial, from: 100)
    _ = try await course(["2201", "2204", "2207", "2601"], in: trial, from: 200)
  }

  @Test func `住院：入院、费用、预结算、出院、结算、撤销，示例逐笔成功`() async throws {
    let trial = try await InterfaceTrial()
    let answer = try await course(["2401", "2301", "2303", "2402", "2304"], in: trial)
    try answer.checkMoney()
    #expect(answer.value("setlinfo.medfee_sumamt") == "6000.00")
    let other = try await InterfaceTrial()
    _ = try await course(["2401", "2301", "2402", "2304", "2305"], in: other)
  }

  @Test func `药店：预结算、结算、撤销，示例逐笔成功`() async throws {
    _ = try await course(["2101", "2102", "2103"], in: try await InterfaceTrial())
  }

  @Test(arguments: ["1101", "1201", "1301", "1312", "2001", "2503", "5201", "5206", "5301", "5303", "9001", "3201"])
  func `单笔示例成功`(number: String) async throws {
    _ = try await course([number], in: try await InterfaceTrial())
  }

  @Test func `每个提供的交易都有示例、中英文名称；拒绝编号都有说明`() async throws {
    let trial = try await InterfaceTrial()
    let search = ExampleSearch(trial.store, NothingSettled(), InterfaceTrial.library, region: SampleRegister.region)
    let facts = try await search.facts(.outpatient, ExampleWish(), today: try #require(CalendarDate("2026-03-02")))
    for (number, title) in TransactionGuide.offered {
      #expect(title.chinese != title.english, "\(number)")
      let example = TransactionExample(number, facts, region: SampleRegister.region)
      let body = try #require(example.message(serial: 7, time: "2026-03-02 10:00:00"))
      let root = try JSONDocument(Array(body.utf8)).root
      #expect(root["infno"]?.string == number && root["msgid"]?.string?.count == 30)
      // Whatever is refused is refused for what the example leaves to fill in, never for its form.
      let answer = try await trial.send(body)
      #expect(
        ![301, 302, 303, 304, 305, 306, 307, 308, 309, 311, 312].contains(answer.number), "\(number): \(answer.error)")
    }
    #expect(TransactionExample("9999", facts, region: "").message(serial: 1, time: "") == nil)
    for fault in InterfaceFault.allCases { #expect(TransactionGuide.refusal(Int(fault.rawValue)) == fault.message) }
    #expect(TransactionGuide.refusal(201) == nil)
  }
}
