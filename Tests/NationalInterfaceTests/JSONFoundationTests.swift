import Foundation
import Testing

@testable import NationalInterface

/// The codec against Foundation's on random documents and on random damage.
struct JSONFoundationTests {
  private static let letters = ["a", "Z", "0", "中", "é", "😀", "𬭊", "\"", "\\", "/", "\n", "\u{1}", "\u{7F}", " "]

  private func text(_ random: inout Seeded) -> String {
    (0..<Int.random(in: 0...8, using: &random)).map { _ in
      Self.letters[Int.random(in: 0..<Self.letters.count, using: &random)]
    }.joined()
  }

  private func object(_ random: inout Seeded, depth: Int) -> Any {
    switch Int.random(in: 0..<(depth > 4 ? 5 : 7), using: &random) {
    case 0: return NSNull()
    case 1: return Bool.random(using: &random)
    case 2: return NSNumber(value: Int64.random(in: .min ... .max, using: &random))
    case 3, 4: return text(&random)
    case 5: return (0..<Int.random(in: 0...5, using: &random)).map { _ in object(&random, depth: depth + 1) }
    default:
      var members: [String: Any] = [:]
      for _ in 0..<Int.random(in: 0...6, using: &random) { members[text(&random)] = object(&random, depth: depth + 1) }
      return members
    }
  }

  /// Whether our value is what Foundation has.
  private func isSame(_ own: JSONValue, _ other: Any) -> Bool {
    switch (own.kind, other) {
    case (.null, is NSNull): return true
    case (.text, let text as String): return own.string == text
    case (.list, let list as [Any]):
      return own.elements.count == list.count && zip(own.elements, list).allSatisfy { isSame($0, $1) }
    case (.object, let members as [String: Any]):
      // Foundation's dictionaries take canonically equivalent names as one; the letters above hold none.
      return own.members.count == members.count
        && members.allSatisfy { name, value in own[name: name].map { isSame($0, value) } ?? false }
    case (.yes, let number as NSNumber): return number == true
    case (.no, let number as NSNumber): return number == false
    case (.number, let number as NSNumber): return own.plainText == number.stringValue
    default: return false
    }
  }

  @Test func `random documents are read as Foundation wrote them and print back the same`() throws {
    var random = Seeded(state: 20_261_121)
    for _ in 0..<3_000 {
      let original = object(&random, depth: 0)
      let bytes = [UInt8](try JSONSerialization.data(withJSONObject: original, options: [.fragmentsAllowed]))
      let document = try JSONDocument(bytes)
      #expect(isSame(document.root, original))
      var writer = JSONWriter()
      writer.value(document.root)
      let again = try JSONSerialization.jsonObject(with: Data(writer.bytes), options: [.fragmentsAllowed])
      #expect(isSame(document.root, again))
      var second = JSONWriter()
      second.value(try JSONDocument(writer.bytes).root)
      #expect(second.bytes == writer.bytes)
    }
  }

  @Test func `what we take after random damage, Foundation takes as the same`() throws {
    var random = Seeded(state: 7)
    let seeds = [
      #"{"infno":"2207","msgid":"H1","input":{"data":{"psn_no":"中\u4e2d\n","fee":70.50,"l":[1,-2.5e3,null]}}}"#,
      #"[{"a":true,"b":false},[],"\ud83d\ude00"]"#,
    ].map { Array($0.utf8) }
    var taken = 0
    for _ in 0..<40_000 {
      var bytes = seeds[Int.random(in: 0..<seeds.count, using: &random)]
      for _ in 0..<Int.random(in: 1...3, using: &random) { damage(&bytes, &random) }
      guard let document = try? JSONDocument(bytes) else { continue }
      taken += 1
      let other = try JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])
      #expect(isSimilar(document.root, other), "\(String(decoding: bytes, as: UTF8.self))")
    }
    #expect(taken > 2_000)
  }

  private func damage(_ bytes: inout [UInt8], _ random: inout Seeded) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    let plain = Array(#"{}[]",:\0123eE+-.tfnu "#.utf8)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.remove(at: place)
    case 2: bytes.insert(plain[Int.random(in: 0..<plain.count, using: &random)], at: place)
    default: bytes[place] = plain[Int.random(in: 0..<plain.count, using: &random)]
    }
  }

  /// Like `isSame`, but numbers only by kind: Foundation keeps no text of them.
  private func isSimilar(_ own: JSONValue, _ other: Any) -> Bool {
    switch (own.kind, other) {
    case (.number, is NSNumber): true
    case (.list, let list as [Any]):
      own.elements.count == list.count && zip(own.elements, list).allSatisfy { isSimilar($0, $1) }
    case (.object, let members as [String: Any]):
      own.members.count == members.count
        && members.allSatisfy { name, value in own[name: name].map { isSimilar($0, value) } ?? false }
    default: isSame(own, other)
    }
  }
}
