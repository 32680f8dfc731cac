import Foundation
import Kernel
import Payment
import People
import TabularFiles
import Testing
import Workflows

/// The small tables beside cases: written and read back, and what is wrong is found at its place.
@Suite struct PayingInputTests {
  private func table(_ text: String) -> CSVReader { CSVReader(bytes: Array(text.utf8), name: "t.csv") }

  @Test func `样例输入写出后读回不变`() throws {
    let world = try PayingWorld(count: 200, seed: 3)
    let folder = FileManager.default.temporaryDirectory.appending(path: "inputs-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try PayingInputFiles.write(world.inputs, to: folder)
    #expect(PayingInputFiles.budget(TableReader(path: folder + "/budget.csv")).value == world.inputs.fund)
    #expect(PayingInputFiles.findings(TableReader(path: folder + "/findings.csv")).value == world.inputs.findings)
    #expect(PayingInputFiles.scores(TableReader(path: folder + "/scores.csv")).value == world.inputs.scores)
  }

  @Test func `同一种子写出同样的病例且换种子不同`() throws {
    let contract = try #require(try PayingWorld.contracts()[.employee])
    let one = SamplePaymentCases(count: 400, seed: 5, under: contract).cases
    #expect(SamplePaymentCases(count: 400, seed: 5, under: contract).cases == one)
    #expect(SamplePaymentCases(count: 400, seed: 6, under: contract).cases != one)
    #expect(Array(SamplePaymentCases(count: 300, seed: 5, under: contract).cases) == Array(one.prefix(300)))
    #expect(zip(one, one.dropFirst()).allSatisfy { $0.id < $1.id })
    #expect(Set(one.map(\.month)).count == 12)
    #expect(one.allSatisfy { $0.fundShare < $0.cost && $0.cost > .zero })
    #expect(Set(one.map(\.group)).count > 5)
  }

  @Test(arguments: [
    ("scheme,period,amount,basis\nemployee,2026-13,1,x\n", 2, "2026-03"),
    ("scheme,period,amount,basis\nworker,2026,1,x\n", 2, "employee or resident"),
    ("scheme,period,amount,basis\nemployee,2026,-1,x\n", 2, "not below zero"),
    ("scheme,period,amount,basis\nemployee,2026,1.005,x\n", 2, "two decimals"),
    ("scheme,period,amount,basis\nemployee,2026,1,\n", 2, "left out"),
    ("scheme,period,amount,basis\n职工,2026,1,x\nemployee,2026,2,y\n", 3, "came before"),
    ("scheme,period,amount\nemployee,2026,1\n", 1, "basis"),
  ])
  func `预算表的错误指明行和应有的写法`(text: String, line: Int, word: String) throws {
    let found = PayingInputFiles.budget(table(text)).diagnostics
    #expect(found.count == 1)
    #expect(found.first?.line == line)
    #expect(found.first?.message.english.contains(word) == true)
  }

  @Test func `认定表三种结论与错误`() throws {
    let good = """
      case,types,within_quota,decision,amount
      C1,death|severe,yes,amount,1200.50
      C2,,no,actual_cost,
      C3,,,refused,
      """
    let read = try #require(PayingInputFiles.decisions(table(good)).value)
    #expect(
      read["C1"]
        == CaseDetermination(
          auxiliaryTypes: ["death", "severe"], isWithinQuota: true, decision: .amount(Money(fen: 120_050))))
    #expect(read["C2"] == CaseDetermination(isWithinQuota: false, decision: .actualCost))
    #expect(read["C3"] == CaseDetermination(decision: .refused))
    let bad = "case,types,within_quota,decision,amount\nC1,,maybe,amount,\nC1,,,paid,\n"
    let found = PayingInputFiles.decisions(table(bad)).diagnostics
    #expect(found.compactMap(\.line) == [2, 2, 3, 3])
    #expect(PayingInputFiles.decisions(table(bad)).value == nil)
  }

  @Test func `扣款与剔除表的错误`() {
    let findings =
      "finding,institution,scheme,period,amount,reason\nF1,H1,employee,2026-02,5,x\nF1,H2,employee,2026,6,y\n"
    #expect(PayingInputFiles.findings(table(findings)).diagnostics.compactMap(\.line) == [3])
    let removals = "institution,scheme,year,retention,policy_change\nH1,employee,2026-02,5,1\nH1,employee,2026,5,-1\n"
    #expect(PayingInputFiles.removals(table(removals)).diagnostics.compactMap(\.line) == [2])
    let scores = "institution,indicator,points\nH1,D1,5\nH1,D1,6\nH1,D2,-1\n"
    #expect(PayingInputFiles.scores(table(scores)).diagnostics.compactMap(\.line) == [3, 4])
  }

  @Test func `摘要只认内容与次序无关的文件名`() throws {
    let digest = SHA256ContentDigest()
    #expect(digest.text(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let world = try PayingWorld(count: 50)
    let pieces = digest.text { PaymentCase.write(world.sample.cases, to: &$0) }
    #expect(pieces == digest.text(CanonicalBytes.of { PaymentCase.write(world.sample.cases, to: &$0) }))
  }
}
