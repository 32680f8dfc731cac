import Claims
import Foundation
import Kernel
import Testing

@testable import NationalInterface

/// The reference page names what the code offers.
struct ReferencePageTests {
  private func cells(_ page: String) throws -> [[String]] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "Docs/Reference/\(page).md"), encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("| ") }
      .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
  }

  @Test func `the page lists every transaction, variant and number, and no other`() throws {
    let numbers = try cells("interface").compactMap(\.first)
      .filter { $0.first?.isNumber ?? false && !$0.contains("/") && $0.count <= 5 }
    let faults = InterfaceFault.allCases.map { "\($0.rawValue)" }
    let offered = Array(InterfaceService.transactions.keys) + Dialect.variants.map(\.number)
    #expect(numbers.sorted() == (offered + faults).sorted())
  }

  @Test func `the page of settlement lists tells every rule as it is`() throws {
    let rows = try cells("settlement-list").filter { $0.count == 5 && UInt16($0[0]) != nil }
    #expect(rows.map { $0[0] } == SettlementListRule.allCases.map { "\($0.rawValue)" })
    for (row, rule) in zip(rows, SettlementListRule.allCases) {
      #expect(row[1] == "`\(rule.field)`" && row[3] == rule.message.chinese, "\(rule)")
      #expect(row[2] == (rule.severity == .refusal ? "refuses" : "warns"), "\(rule)")
      #expect(row[4].hasPrefix(rule.message.english), "\(rule)")
    }
  }
}
