import Catalog
import Claims
import Kernel
import People
import Settlement
import StoreTrial
import Testing
import Workflows

/// What comes in before anything is settled: persons, institutions, catalogue, visits, lines, messages, sign-ins.
@Suite struct RegisterTests {
  let desk: TrialDesk

  init() throws { desk = try StoreUnderTest.desk.get() }

  @Test(arguments: StoreUnderTest.available)
  func `空库什么也没有`(kind: StoreUnderTest) async throws {
    try await kind.use { store throws in
      #expect(try await store.get { try $0.person("P1") } == nil)
      #expect(try await store.get { try $0.person(certificateType: "01", number: "C") } == nil)
      #expect(try await store.get { try $0.balance("P1") } == AccountBalance())
      #expect(try await store.get { try $0.institution("H") } == nil)
      #expect(try await store.get { try $0.visit("V") } == nil)
      #expect(try await store.get { try $0.visits(of: "P1") }.isEmpty)
      #expect(try await store.get { try $0.lines(of: "V") }.isEmpty)
      #expect(try await store.get { try $0.accumulators("P1", .resident, year: 2025).stays }.isEmpty)
      #expect(try await store.get { try $0.settlement("S") } == nil)
      #expect(try await store.get { try $0.reversal(of: "S") } == nil)
      #expect(try await store.get { try $0.settledPersons() }.isEmpty)
      #expect(try await store.get { try $0.settlements(ofPerson: "P1") }.isEmpty)
      #expect(try await store.get { try $0.message("M") } == nil)
      #expect(try await store.get { try $0.signIn("1") } == nil)
      #expect(try await store.get { try $0.closedYear() } == nil)
      #expect(try await store.verifyChain() == [])
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `参保人按编号和证件查到且可更新`(kind: StoreUnderTest) async throws {
    let first = try desk.person("P1")
    var second = first
    second.name = "改名\"\\\u{1}"
    second.certificateNumber = "C-NEW"
    second.employer = "单位"
    let (changed, other) = (second, try desk.person("P2"))
    try await kind.use { store throws in
      try await store.write { store throws(StoreError) in
        try store.put(first, balance: AccountBalance(own: Money(fen: 5), family: Money(fen: 7)))
        try store.put(other, balance: nil)
      }
      try await store.write { store throws(StoreError) in try store.put(changed, balance: nil) }
      #expect(try await store.get { try $0.person("P1") } == changed)
      #expect(try await store.get { try $0.person(certificateType: "01", number: "C-NEW") } == changed)
      #expect(try await store.get { try $0.person(certificateType: "01", number: first.certificateNumber) } == nil)
      #expect(try await store.get { try $0.person(certificateType: "02", number: "C-NEW") } == nil)
      #expect(try await store.get { try $0.balance("P1") } == AccountBalance(own: Money(fen: 5), family: Money(fen: 7)))
      #expect(try await store.get { try $0.balance("P2") } == AccountBalance())
      await expectRefused(store) { store throws(StoreError) in
        var twin = other
        twin.certificateNumber = "C-NEW"
        try store.put(twin, balance: nil)
      }
      await expectRefused(store) { store throws(StoreError) in
        try store.put(other, balance: AccountBalance(own: Money(fen: -1)))
      }
      #expect(try await store.get { try $0.person("P2") } == other)
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `目录项目按日期取当日版本`(kind: StoreUnderTest) async throws {
    func item(_ first: String, _ last: String?, _ kind: ChargeClass) throws -> ListedItem {
      let (begin, end) = (try #require(CalendarDate(first)), last.flatMap { CalendarDate($0) })
      let period = try #require(DateRange(begin, end))
      return ListedItem(
        code: "XA", name: "药", listType: "101", feeCategory: "09", period: period, chargeClass: kind,
        ceilings: [.tertiary: UnitPrice(microyuan: 7), .primary: UnitPrice(microyuan: 5)],
        firstSelfPay: [.employee: Rate(millionths: 100_000)])
    }
    let versions = [
      try item("2025-07-01", "2025-12-31", .b), try item("2024-01-01", "2025-06-30", .a),
      try item("2026-02-01", nil, .c),
    ]
    let replacement = try item("2026-02-01", nil, .b)
    try await kind.use { store throws in
      try await store.write { store throws(StoreError) in
        for version in versions { try store.put(version) }
      }
      func found(_ text: String) async throws -> ListedItem? {
        let day = try #require(CalendarDate(text))
        return try await store.get { try $0.item("XA", on: day) }
      }
      #expect(try await found("2023-12-31") == nil)
      #expect(try await found("2024-01-01") == versions[1])
      #expect(try await found("2025-06-30") == versions[1])
      #expect(try await found("2025-07-01") == versions[0])
      #expect(try await found("2026-01-01") == nil)
      #expect(try await found("2026-02-01") == versions[2])
      try await store.write { store throws(StoreError) in try store.put(replacement) }
      #expect(try await found("2030-01-01") == replacement)
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `就诊按登记次序列出且更新不改次序`(kind: StoreUnderTest) async throws {
    let visits = ["V3", "V1", "V2"].map { desk.visit($0, of: "P1", care: .inpatient) }
    var withdrawn = visits[0]
    withdrawn.state = .withdrawn
    withdrawn.diagnoses = ["I10"]
    let (changed, foreign) = (withdrawn, desk.visit("V1", of: "P2"))
    try await kind.use { store throws in
      try await store.write { store throws(StoreError) in
        for visit in visits { try store.put(visit) }
        try store.put(changed)
      }
      let listed = try await store.get { try $0.visits(of: "P1") }
      #expect(listed == [changed, visits[1], visits[2]])
      #expect(try await store.get { try $0.visit("V3") } == changed)
      await expectRefused(store) { store throws(StoreError) in try store.put(foreign) }
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `新登记不能占用已有的就诊编号`(kind: StoreUnderTest) async throws {
    let (first, again) = (desk.visit("V1", of: "P1"), desk.visit("V1", of: "P2"))
    try await kind.use { store throws in
      try await store.write { store throws(StoreError) in
        try store.add(first)
        try store.append(desk.lines(2, total: Money(fen: 600), of: first), to: "V1")
        try store.put(first)
      }
      await expectRefused(store) { store throws(StoreError) in try store.add(again) }
      await expectRefused(store) { store throws(StoreError) in try store.add(first) }
      #expect(try await store.get { try $0.visit("V1") } == first)
      #expect(try await store.get { try $0.lines(of: "V1") }.count == 2)
      #expect(try await store.get { try $0.visits(of: "P2") }.isEmpty)
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `费用明细按上传次序且撤销后可重传`(kind: StoreUnderTest) async throws {
    let visit = desk.visit("V1", of: "P1")
    let lines = desk.lines(6, total: Money(fen: 600), of: visit)
    try await kind.use { store throws in
      try await store.write { store throws(StoreError) in
        try store.put(visit)
        try store.append(Array(lines[0..<4]), to: "V1")
        try store.append(Array(lines[4...]), to: "V1")
        try store.withdraw(["S1", "S4", "none"], from: "V1")
      }
      func standing() async throws -> [UploadedLine] {
        try await store.get { try $0.lines(of: "V1") }
      }
      #expect(try await standing().map(\.serial) == ["S0", "S2", "S3", "S5"])
      await expectRefused(store) { store throws(StoreError) in try store.append([lines[1], lines[0]], to: "V1") }
      await expectRefused(store) { store throws(StoreError) in try store.append([lines[1], lines[1]], to: "V1") }
      #expect(try await standing().map(\.serial) == ["S0", "S2", "S3", "S5"])
      try await store.write { store throws(StoreError) in try store.append([lines[1]], to: "V1") }
      #expect(try await standing() == [lines[0], lines[2], lines[3], lines[5], lines[1]])
      await expectRefused(store) { store throws(StoreError) in try store.append(lines, to: "V2") }
      try await store.write { store throws(StoreError) in try store.withdraw(["S1", "S5"], from: "V1") }
      #expect(try await standing().map(\.serial) == ["S0", "S2", "S3"])
      try await store.write { store throws(StoreError) in try store.append([lines[5]], to: "V1") }
      #expect(try await standing().map(\.serial) == ["S0", "S2", "S3", "S5"])
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `报文签到机构和关账`(kind: StoreUnderTest) async throws {
    let message = MessageRecord(id: "M1", institution: "H1", transaction: "2207", digest: "d1", result: "S1")
    var signIn = SignIn(number: "7", institution: "H1", operatorNumber: "O1", time: "2025-06-02 08:00:00")
    let (open, institution) = (signIn, desk.institution)
    signIn.isOver = true
    let over = signIn
    try await kind.use { store throws in
      try await store.write { store throws(StoreError) in
        try store.append(message)
        try store.put(open)
        try store.put(over)
        try store.put(institution)
        try store.close(year: 2024)
        try store.close(year: 2023)
      }
      #expect(try await store.get { try $0.message("M1") } == message)
      #expect(try await store.get { try $0.signIn("7") } == over)
      #expect(try await store.get { try $0.institution(institution.institution.code) } == institution)
      #expect(try await store.get { try $0.closedYear() } == 2024)
      await expectRefused(store) { store throws(StoreError) in
        try store.append(MessageRecord(id: "M1", institution: "H1", transaction: "2207", digest: "d2", result: "S2"))
      }
      #expect(try await store.get { try $0.message("M1") } == message)
    }
  }
}

/// Expects a write to be refused; that nothing of it stays is for the test to look at.
func expectRefused(
  _ store: any PayerStore, _ location: SourceLocation = #_sourceLocation,
  _ body: @escaping @Sendable (any PayerTransaction) throws(StoreError) -> Void
) async {
  do {
    try await store.write(body)
    Issue.record("it was stored", sourceLocation: location)
  } catch {
    #expect(error.code == .refused, sourceLocation: location)
    #expect(!error.isTransient, sourceLocation: location)
  }
}
