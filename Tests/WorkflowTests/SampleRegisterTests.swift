import Kernel
import Testing
import Workflows

/// The invented persons of the sample register.
@Suite struct SampleRegisterTests {
  private static func covered() throws -> DateRange {
    let first = try #require(CalendarDate("2023-01-01"))
    return try #require(DateRange(first, nil))
  }

  @Test func `五十万人证件号码互不相同`() throws {
    let covered = try SampleRegisterTests.covered()
    var seen: Set<String> = []
    for number in stride(from: 1, through: 1_000_000, by: 2) {
      seen.insert(SampleRegister.person(number, over: covered).record.certificateNumber)
    }
    #expect(seen.count == 500_000)
  }

  @Test func `证件号码不会与真人相同`() throws {
    let covered = try SampleRegisterTests.covered()
    for number in [1, 2, 272_999, 273_000, 5_000_000] {
      let certificate = SampleRegister.person(number, over: covered).record.certificateNumber
      #expect(certificate.count == 18 && certificate.hasPrefix(SampleRegister.region))
      #expect(certificate.last.map { !$0.isNumber && $0 != "X" } == true)
    }
  }
}
