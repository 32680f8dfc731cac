import Foundation
import Testing

@testable import WebService

/// The file of gateway keys: its form, and who may read it.
struct GatewayKeyFileTests {
  private let secret = "kOYh7b3QmZsWw4dF"

  @Test func `每行一个密钥，注释和空行略过`() throws {
    let text = "# 说明\n\nAK1 H99010000001 \(secret)\n  AK2\tP99010000001   \(secret)x  \r\n"
    let keys = try GatewayKeyFile.keys(in: text)
    #expect(keys.keys.sorted() == ["AK1", "AK2"])
    #expect(keys["AK1"]?.institution == "H99010000001" && keys["AK1"]?.secret == secret)
    #expect(keys["AK2"]?.institution == "P99010000001" && keys["AK2"]?.secret == secret + "x")
  }

  @Test func `列数不对、标识重复、机构编号不对、密钥过短、没有密钥都拒绝，且不泄露密钥`() {
    let cases: [(String, Int?)] = [
      ("AK1 H99010000001", 1), ("AK1 H99010000001 \(secret) x", 1),
      ("AK1 H99010000001 \(secret)\n\nAK1 H99010000002 \(secret)", 3), ("AK1 X99010000001 \(secret)", 1),
      ("AK1 H9901000000 \(secret)", 1), ("AK1 H9901000000A \(secret)", 1), ("AK1 H99010000001 short", 1),
      ("", nil), ("# AK1 H99010000001 \(secret)", nil),
    ]
    for (text, line) in cases {
      do {
        _ = try GatewayKeyFile.keys(in: text)
        Issue.record("taken: \(text)")
      } catch {
        switch error {
        case .line(let number, _): #expect(number == line, "\(text)")
        case .empty: #expect(line == nil, "\(text)")
        default: Issue.record("\(error)")
        }
        #expect(!error.description.contains(secret))
      }
    }
  }

  @Test(arguments: [(0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o660, false)])
  func `只有属主可读写的密钥文件才用`(mode: Int, isTaken: Bool) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID())").path
    try "AK1 H99010000001 \(secret)\n".write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    if isTaken {
      #expect(try GatewayKeyFile.keys(path: path).count == 1)
    } else {
      #expect(throws: GatewayKeyFile.Fault.open(path, mode: mode)) { try GatewayKeyFile.keys(path: path) }
    }
  }

  @Test func `文件不存在或是目录则拒绝`() {
    let folder = FileManager.default.temporaryDirectory.path
    for path in [folder, folder + "/none-\(UUID())"] {
      #expect(throws: GatewayKeyFile.Fault.unreadable(path)) { try GatewayKeyFile.keys(path: path) }
    }
  }
}
