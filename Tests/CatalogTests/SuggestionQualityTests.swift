import Catalog
import Kernel
import Testing

/// A small generator with a seed, so that a failure can be repeated.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

@Test func `千行错码逐行指出且首选即为原编码`() throws {
  var generator = SplitMix(state: 11)
  let stems = ["复方", "注射用", "盐酸", "示例", "头孢", "青霉", "氯化", "维生"]
  let forms = ["片", "胶囊", "颗粒", "注射液", "糖浆"]
  // Numbered through: many codes are equally near to a wrong one, and the name must decide.
  let entries = (0..<5_000).map { number in
    let name = (0..<3).map { _ in stems.randomElement(using: &generator) ?? "" }.joined()
    return CodeEntry(code: "XA\(100_000 + number)", name: "\(name)\(number)号\(forms[number % 5])")
  }
  var damaged: Set<Int> = []
  let rows = entries.enumerated().map { position, entry in
    var code = Array(entry.code)
    if position % 5 == 2 {
      // A letter where codes have digits, so that no other code is hit.
      code[Int.random(in: 3..<code.count, using: &generator)] = "Q"
      damaged.insert(position + 2)
    }
    return MappingRow(
      line: position + 2, localCode: "Y\(position)", nationalCode: String(code), nationalName: entry.name)
  }
  let findings = MappingChecker(try CodeTable(edition: "示例", entries: entries)).check(rows).findings
  #expect(damaged.count == 1_000)
  #expect(findings.map(\.line) == damaged.sorted())
  #expect(findings.allSatisfy { $0.fault == .unknownNationalCode })
  let wrong = findings.filter { $0.suggestions.first?.code != entries[$0.line - 2].code }
  #expect(wrong.isEmpty)
}
