import Foundation
import Kernel
import People
import Settlement
import StoreRecords
import StoreTrial
import Testing
import Workflows

/// The stored text is JSON that Foundation reads back to the same value.
@Suite struct CompactJSONTests {
  private func again<Value: Codable & Equatable>(_ value: Value) throws -> Bool {
    try JSONDecoder().decode(Value.self, from: Data(CompactJSON.encode(value))) == value
  }

  private enum Shape: Codable, Hashable {
    case point
    case named(String, of: Int)
  }

  private struct Nothing: Codable, Equatable {}

  private struct Mixed: Codable, Equatable {
    var texts: [String?]
    var shapes: [Shape: Int]
    var byNumber: [Int: [Nothing]]
    var missing: String?
    var flags: [[Bool]]
    var numbers: [Int64]
  }

  @Test func `各种形状写出后读回相同`() throws {
    let everyByte = String(decoding: (0..<128).map { UInt8($0) }, as: UTF8.self) + "医保🏥"
    let mixed = Mixed(
      texts: [everyByte, nil, "", "\"\\"], shapes: [.point: 1, .named("x", of: -3): 2],
      byNumber: [7: [Nothing()], 8: []],
      missing: nil, flags: [[true, false], []], numbers: [.min, -10, -1, 0, 9, 10, .max])
    #expect(try again(mixed))
    #expect(try again([mixed, mixed]))
    #expect(try again(["a": ["b": ["c": 1]], "d": [:]]))
    #expect(try String(decoding: CompactJSON.encode([1, 22]), as: UTF8.self) == "[1,22]")
    #expect(try again(7) && again("x") && again([Int]()) && again(Nothing()))
  }

  @Test func `结算记录读回相同`() async throws {
    let folder = try StoreFolder()
    let store = MemoryStore()
    try await folder.desk.enrol(["P1"], balance: Money(fen: 1_000_00), in: store)
    let record = try await folder.settle(1, in: store)
    #expect(try again(record))
    #expect(try again(Accumulators(scheme: .employee, year: 2025, uses: [.disease("M1"): Money(fen: 1)])))
  }

  @Test func `拒绝浮点数`() {
    #expect(throws: EncodingError.self) { try CompactJSON.encode([1.5]) }
    #expect(throws: EncodingError.self) { try CompactJSON.encode(["x": Float(2)]) }
  }
}
