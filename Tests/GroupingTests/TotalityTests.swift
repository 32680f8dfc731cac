import Grouping
import Kernel
import Testing

/// Whatever a case holds, it gets exactly one group or a named status, and nothing traps.
struct TotalityTests {
  private struct Garbage {
    var generator = SeededGenerator(seed: 9)

    mutating func text() -> String {
      let pieces = [
        "", " ", "A1", "A11", "B1", "C1", "1.1", "2.2", "\u{0}", "诊断", "🩺", "é", "|", "\"", "OP_ALL", "MCC", "_x000D_",
        String(repeating: "长", count: 40), "A01.000x001+G01*", "I60.000I60.000I60.000I60.000", "e\u{301}", "-1",
      ]
      return (0..<Int.random(in: 0...2, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
        .joined()
    }

    mutating func number() -> Int? {
      [nil, 0, 1, -1, 28, 29, 1_500, Int.max, Int.min, Int(Int32.max), Int(Int32.min), Int(Int32.min) - 1]
        .randomElement(
          using: &generator) ?? nil
    }

    mutating func next() -> GroupingCase {
      GroupingCase(
        id: text(), sex: [.male, .female].randomElement(using: &generator), ageYears: number(), ageDays: number(),
        birthWeightGrams: number(), stayDays: number(), dischargeKind: number(), department: text(),
        diagnoses: (0..<Int.random(in: 0...12, using: &generator)).map { _ in text() },
        procedures: (0..<Int.random(in: 0...12, using: &generator)).map { _ in text() })
    }
  }

  private func check(_ loaded: LoadedEdition, cases: Int, from garbage: inout some IteratorProtocol<GroupingCase>) {
    let grouper = Grouper(loaded.edition)
    let codes = Set(loaded.tables.groups.map(\.code)).union(loaded.tables.adjacentGroups.map(\.code))
    for _ in 0..<cases {
      guard let stated = garbage.next() else { return }
      let result = grouper.group(stated)
      let hasGroup = result.group != nil
      let isSound =
        switch result.status {
        case .grouped: hasGroup && codes.contains(result.code)
        case .ambiguous: result.adjacentGroup?.hasSuffix("QY") == true
        case .adjacentGroupOnly: !hasGroup && result.adjacentGroup == result.code
        case .ungrouped: result.code == "0000" || result.adjacentGroup?.hasSuffix("00") == true
        case .invalidInput: result.code == "0000" && result.category == nil
        }
      if !isSound || !result.isSame(as: loaded.naive.group(stated)) { Issue.record("\(stated): \(result)") }
      #expect(!grouper.explain(stated).text(.chinese).isEmpty)
    }
  }

  @Test(arguments: ToyEdition.manifests)
  func `任意输入都有且只有一个结果`(manifest: EditionManifest) throws {
    var garbage = Garbage()
    var cases = AnyIterator { garbage.next() }
    check(try LoadedEdition(ToyEdition.tables(manifest)), cases: 1_500, from: &cases)
  }

  @Test(.enabled(if: Shared.isThere, "needs ../shared/data/editions"))
  func `整版方案下任意输入都有且只有一个结果`() throws {
    var garbage = Garbage()
    var cases = AnyIterator { garbage.next() }
    check(try LoadedEdition.named("chs_drg_11"), cases: 1_500, from: &cases)
  }

  @Test func `任意规则文本要么能读，要么指出位置`() {
    var generator = SeededGenerator(seed: 4)
    let words = [
      "ZYZD", "QTZD", "zyss", "NL", "XB", "in", "not", "and", "or", "(", ")", "{", "}", ",", "=", "<", ">=", "5",
      "DI_Z01",
      "MCC", "表", "\u{0}", "'", "_x000D_", "\n", "🩺", "9999999999999",
    ]
    for _ in 0..<20_000 {
      let rule = (0..<Int.random(in: 0...12, using: &generator)).map { _ in words.randomElement(using: &generator) ?? ""
      }
      .joined(separator: Bool.random(using: &generator) ? " " : "")
      var tables = EditionTables(manifest: EditionManifest(identifier: "fuzz", name: "fuzz"))
      tables.categories = [EditionTables.CategoryRow(code: "MDCB", name: "", rule: rule, order: 1, row: 2)]
      tables.members = [EditionTables.MemberRow(set: "DI_Z01", code: "A1", row: 2)]
      let (edition, findings) = Edition.compile(tables)
      let fault = findings.first { $0.kind == .ruleSyntax || $0.kind == .unknownSet }
      #expect((edition == nil) == (fault != nil))
      if let fault { #expect(fault.column ?? 0 >= 1 && fault.column ?? 0 <= rule.count + 1) }
    }
  }
}
