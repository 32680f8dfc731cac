import Foundation
import Testing

@testable import NationalInterface

/// Messages captured from independent clients and platforms, which lie beside the repository when they are there.
struct SampleMessageTests {
  /// The samples in `shared/cases/interface-samples` of a folder around the repository.
  static let files: [String] = {
    var folder = URL(filePath: #filePath).deletingLastPathComponent()
    for _ in 0..<5 {
      folder = folder.deletingLastPathComponent()
      let samples = folder.path + "/shared/cases/interface-samples"
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: samples) else { continue }
      return names.filter { $0.hasSuffix(".json") }.sorted().map { "\(samples)/\($0)" }
    }
    return []
  }()

  private static func document(_ path: String) throws -> JSONDocument {
    try JSONDocument([UInt8](try #require(FileManager.default.contents(atPath: path))))
  }

  private static func bytes(_ value: JSONValue) -> [UInt8] {
    var writer = JSONWriter()
    writer.value(value)
    return writer.bytes
  }

  private static func named(_ prefix: String) -> [String] {
    files.filter { $0.split(separator: "/").last?.hasPrefix(prefix) ?? false }
  }

  @Test(.enabled(if: !files.isEmpty, "skipped: the captured messages are not beside the repository"))
  func `captured requests of independent clients are taken as envelopes`() throws {
    let captured = Self.named("captured_")
    #expect(captured.count >= 10)
    for path in captured {
      let payload = try #require(try Self.document(path).root["payload"])
      let body = try #require(payload["body"])
      let suffix = payload["path"]?.string?.split(separator: "/").last.map(String.init)
      let document = try JSONDocument(Self.bytes(body))
      let envelope = try RequestEnvelope(document, pathInfno: suffix, limits: JSONLimits())
      #expect(envelope.transaction.count == 4, "\(path)")
      #expect(envelope.institution.count == 12, "\(path)")
      #expect(!envelope.input.members.isEmpty, "\(path)")
    }
  }

  @Test(.enabled(if: !files.isEmpty, "skipped: the captured messages are not beside the repository"))
  func `inputs of captured requests have the form of their transaction`() throws {
    // The client with empty credentials and the one that sends other provinces' transactions are known to differ.
    for path in Self.named("captured_") {
      let body = try #require(try Self.document(path).root["payload"]?["body"])
      let envelope = try RequestEnvelope(
        try JSONDocument(Self.bytes(body)), pathInfno: nil, limits: JSONLimits())
      let form = try #require(TransactionForm.of(Dialect.canonical(envelope.transaction)), "\(path)")
      let violations = InputCheck.violations(in: envelope.input, of: form).map(\.message)
      #expect(violations.isEmpty, "\(path): \(violations)")
    }
  }

  @Test(.enabled(if: !files.isEmpty, "skipped: the captured messages are not beside the repository"))
  func `captured answers are read, and their money holds as ours does`() throws {
    var settlements = 0
    for path in Self.files {
      let document = try Self.document(path)
      let again = try JSONDocument(Self.bytes(document.root))
      #expect(Self.bytes(again.root) == Self.bytes(document.root), "\(path)")
      guard let money = document.root["payload"]?["output"]?["setlinfo"] else { continue }
      let field = { (name: StaticString) in FieldText.number(FieldText.text(of: money[name]), digits: 16, decimals: 2) }
      guard let total = field("medfee_sumamt"), let own = field("fulamt_ownpay_amt"),
        let over = field("overlmt_selfpay"),
        let first = field("preselfpay_amt"), let scope = field("inscp_scp_amt")
      else { continue }
      settlements += 1
      #expect(total == own + over + first + scope, "\(path)")
    }
    #expect(settlements >= 8)
  }
}
