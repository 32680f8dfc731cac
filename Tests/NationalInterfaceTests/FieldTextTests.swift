import Kernel
import Testing

@testable import NationalInterface

/// Numbers and times as clients write them.
struct FieldTextTests {
  @Test(
    arguments: [
      ("0", 0), ("1", 100), ("-1.5", -150), ("70.50", 7_050), ("70.500000", 7_050), ("007.1", 710), ("-0.01", -1),
      ("99999999999999.99", 9_999_999_999_999_999), ("-99999999999999.99", -9_999_999_999_999_999),
    ] as [(String, Int64)])
  func `amounts are read exactly`(text: String, expected: Int64) {
    #expect(FieldText.number(text, digits: 16, decimals: 2) == expected)
  }

  @Test(arguments: [
    "", "-", ".", ".5", "5.", "1.005", "1e3", "1E3", "+1", "--1", "1.2.3", "1,000", " 1", "0x10", "１", "NaN",
    "100000000000000.00", "9223372036854775807", "92233720368547758070",
  ])
  func `what is no number of the form is refused`(text: String) {
    #expect(FieldText.number(text, digits: 16, decimals: 2) == nil)
  }

  @Test func `random numbers are read as the kernel reads them`() {
    var random = Seeded(state: 5)
    for _ in 0..<20_000 {
      var text = Bool.random(using: &random) ? "-" : ""
      for _ in 0..<Int.random(in: 0...6, using: &random) { text += "\(Int.random(in: 0...9, using: &random))" }
      if Bool.random(using: &random) { text += "." }
      for _ in 0..<Int.random(in: 0...5, using: &random) { text += "\(Int.random(in: 0...9, using: &random))" }
      let own = FieldText.number(text, digits: 18, decimals: 4)
      if let kernel = FixedPoint.parse(text, decimals: 4) {
        #expect(own == kernel, "\(text)")
      } else {
        // The kernel refuses zeros beyond the decimals.
        #expect(own == nil || text.hasSuffix("0"), "\(text)")
      }
    }
  }

  @Test(arguments: [
    ("2026-03-02", "00:00:00"), ("2026-03-02 09:08:07", "09:08:07"), ("2026-03-02T23:59:59", "23:59:59"),
  ])
  func `a day may come with a time of day`(text: String, time: String) throws {
    let moment = try #require(FieldText.moment(text))
    #expect(moment.day == CalendarDate("2026-03-02") && moment.time == time)
  }

  @Test(arguments: [
    "2026-3-2", "2026-02-29", "20260302", "2026-03-02 9:08:07", "2026-03-02 24:00:00", "2026-03-02 09:60:00",
    "2026-03-02 09:08:60", "2026-03-02 09:08", "2026-03-02 09:08:07.0", "2026/03/02", "二〇二六年", "2026-03-02x09:08:07",
  ])
  func `what is no time is refused`(text: String) { #expect(FieldText.moment(text) == nil) }

  @Test func `words that mean nothing are nothing`() throws {
    let root = try JSONDocument(Array(#"[null,"null",""," \t",{},[],"0001-01-01 00:00:00"]"#.utf8)).root
    #expect(root.elements.map { FieldText.text(of: $0) } == Array(repeating: "", count: 7))
    let filled = try JSONDocument(Array(#"[" a b ",1.50,true,false,"nulls"]"#.utf8)).root
    #expect(filled.elements.map { FieldText.text(of: $0) } == ["a b", "1.50", "1", "0", "nulls"])
  }
}
