import Foundation
import Testing

@testable import NationalInterface

/// The reference page names what the code offers.
struct ReferencePageTests {
  private func firstCells() throws -> [String] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "Docs/Reference/interface.md"), encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("| ") }
      .compactMap { $0.split(separator: "|").first?.trimmingCharacters(in: .whitespaces) }
  }

  @Test func `the page lists every transaction, variant and number, and no other`() throws {
    let numbers = try firstCells().filter { $0.first?.isNumber ?? false && !$0.contains("/") && $0.count <= 5 }
    let faults = InterfaceFault.allCases.map { "\($0.rawValue)" }
    let offered = Array(InterfaceService.transactions.keys) + Dialect.variants.map(\.number)
    #expect(numbers.sorted() == (offered + faults).sorted())
  }
}
