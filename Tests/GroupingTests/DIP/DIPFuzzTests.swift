import Grouping
import Kernel
import Testing

/// Grouping is total, whatever a case holds.
@Suite struct DIPFuzzTests {
  @Test func `任意乱码都入组或有明确状态`() throws {
    var catalogue = DIPCatalogue(manifest: DIPManifest(identifier: "fuzz", name: "fuzz"))
    var row = DIPCatalogue.GroupRow(layer: .basic, code: "JC-1", name: "", row: 2)
    row.principal = "A00-Z99"
    row.mainProcedure = "33.2400|47.0901+96.7201"
    catalogue.groups = [row]
    catalogue.rejects = [.init(code: "Z99.100", row: 2)]
    let grouper = try DIPGrouper(catalogue)
    var random = SeededNumbers(99)
    var statuses: Set<DIPStatus> = []
    var strange = 0
    let pieces: [Character] = Array("AZUx.0129+*-| \u{0}é诊🧬\"\t")
    func text() -> String {
      if random.chance(20) { return random.pick(["A09.900", "Z99.100", "33.2400", "47.0901", "", "96.7201"]) }
      return String((0..<random.below(16)).map { _ in random.pick(pieces) })
    }
    for _ in 0..<100_000 {
      let unit = GroupingCase(
        ageDays: random.chance(50) ? Int(truncatingIfNeeded: random.next()) : nil,
        birthWeightGrams: random.chance(50) ? Int(truncatingIfNeeded: random.next()) : nil,
        diagnoses: (0..<random.below(4)).map { _ in text() }, procedures: (0..<random.below(4)).map { _ in text() })
      let grouping = grouper.group(unit)
      statuses.insert(grouping.status)
      if (grouping.status == .grouped) == grouping.code.isEmpty { strange += 1 }
      if random.chance(2) { #expect(grouper.explain(unit).grouping == grouping) }
    }
    #expect(strange == 0)
    #expect(
      statuses == [
        .grouped, .noPrincipalDiagnosis, .malformedPrincipalDiagnosis, .rejectedPrincipalDiagnosis, .notInCatalogue,
      ])
  }

  @Test func `任意单元格都能读或报错而不中断`() {
    var random = SeededNumbers(7)
    let pieces = ["A40", "C00", "-", "|", "+", "/", "33.2400", "x001", ".", " ", "*", "所有诊断", "，", "９", "Z99.9x"]
    var read = 0
    for _ in 0..<50_000 {
      let text = (0..<random.below(7)).map { _ in random.pick(pieces) }.joined()
      for subject in [DIPCell.Subject.diagnosis, .procedure] where (try? DIPCell(text, of: subject)) != nil {
        read += 1
      }
      _ = DIPNumberRange(text)
    }
    #expect(read > 1_000)
  }

  @Test func `编号和用语不变`() {
    #expect(DIPLayer.allCases.map(\.rawValue) == Array(1...9))
    #expect(DIPStatus.allCases.map(\.rawValue) == Array(0...5))
    #expect(DIPMiss.allCases.map(\.rawValue) == Array(0...11))
    #expect(DIPFinding.Fault.allCases.map(\.rawValue) == Array(1...16))
    #expect(DIPTreatment.allCases.map(\.rawValue) == [1, 2, 3, 4])
    #expect(DIPLayer.allCases.allSatisfy { DIPLayer(word: $0.word) == $0 })
  }
}
