import Kernel
import Testing

@testable import NationalInterface

private func fault(_ text: String, limits: JSONLimits = JSONLimits()) -> JSONFault? {
  fault(Array(text.utf8), limits: limits)
}

private func fault(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) -> JSONFault? {
  do throws(JSONFault) {
    _ = try JSONDocument(bytes, limits: limits)
    return nil
  } catch { return error }
}

private func printed(_ text: String) throws -> String {
  var writer = JSONWriter()
  writer.value(try JSONDocument(Array(text.utf8)).root)
  return String(decoding: writer.bytes, as: UTF8.self)
}

struct JSONParserTests {
  @Test func `values keep their order, their text and their digits`() throws {
    let text = #" { "b" : [ 1.50 , -0 , 1e5, true, false, null ], "a" : { "中" : "\u4e2d\n" }, "" : [] , "o":{} } "#
    let document = try JSONDocument(Array(text.utf8))
    #expect(document.root.members.map(\.name) == ["b", "a", "", "o"])
    #expect(document.root["b"]?.elements.map(\.kind) == [.number, .number, .number, .yes, .no, .null])
    #expect(document.root["b"]?.elements.compactMap(\.plainText) == ["1.50", "-0", "1e5"])
    #expect(document.root["a"]?[name: "中"]?.string == "中\n")
    #expect(document.root["missing"] == nil)
    #expect(document.root["b"]?["x"] == nil)
    #expect(document.duplicateNames == 0)
    #expect(try printed(text) == #"{"b":[1.50,-0,1e5,true,false,null],"a":{"中":"\u4e2d\n"},"":[],"o":{}}"#)
  }

  @Test func `every escape is read, pairs of surrogates included`() throws {
    let document = try JSONDocument(Array(#"["\"\\\/\b\f\n\r\t\u0041\u00e9\u4E2D\ud83D\uDE00"]"#.utf8))
    #expect(document.root.elements.first?.string == "\"\\/\u{8}\u{C}\n\r\tAé中😀")
  }

  @Test func `the last of several members of one name wins and the others are counted`() throws {
    let document = try JSONDocument(Array(#"{"a":1,"b":2,"a":3,"\u0061":4,"c":{"x":1,"x":2}}"#.utf8))
    #expect(document.root["a"]?.plainText == "4")
    #expect(document.root.members.map(\.name) == ["b", "a", "c"])
    #expect(document.duplicateNames == 3)
    #expect(try printed(#"{"a":1,"b":2,"a":3}"#) == #"{"b":2,"a":3}"#)
  }

  @Test func `many members of one name are found in an object of any size`() throws {
    for count in [47, 48, 49, 50, 400] {
      let members = (0..<count).map { #""k\#($0 % 40)":\#($0)"# }.joined(separator: ",")
      let document = try JSONDocument(Array("{\(members)}".utf8))
      #expect(document.duplicateNames == count - 40)
      #expect(document.root["k3"]?.plainText == "\((count - 4) / 40 * 40 + 3)")
    }
  }

  @Test(arguments: [
    ("{", JSONFault.endsEarly), ("[1,", .endsEarly), (#""abc"#, .endsEarly), ("tru", .endsEarly), ("-", .endsEarly),
    (#"{"a"}"#, .unexpected(offset: 4, expected: .colon)), ("{a:1}", .unexpected(offset: 1, expected: .name)),
    ("[1 2]", .unexpected(offset: 3, expected: .comma)), ("[1,]", .unexpected(offset: 3, expected: .value)),
    (#"{"a":1,}"#, .unexpected(offset: 7, expected: .name)), ("1 2", .unexpected(offset: 2, expected: .end)),
    ("01", .unexpected(offset: 1, expected: .end)), ("+1", .unexpected(offset: 0, expected: .value)),
    (".5", .unexpected(offset: 0, expected: .value)), ("1.x", .unexpected(offset: 2, expected: .digit)),
    ("1e", .endsEarly), ("NaN", .unexpected(offset: 0, expected: .value)),
    ("'a'", .unexpected(offset: 0, expected: .value)),
    (#""\x""#, .unexpected(offset: 2, expected: .escape)), (#""\u12g4""#, .unexpected(offset: 5, expected: .escape)),
    (#""\ud800""#, .unexpected(offset: 1, expected: .escape)),
    (#""\udc00""#, .unexpected(offset: 1, expected: .escape)),
    (#""\ud800\u0041""#, .unexpected(offset: 1, expected: .escape)),
    ("\"a\nb\"", .unexpected(offset: 2, expected: .character)), ("", .empty), (" \r\n", .empty),
  ])
  func `what is not JSON is refused at its place`(text: String, expected: JSONFault) {
    #expect(fault(text) == expected)
  }

  @Test func `size and depth are limited`() {
    let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(fault(nested(32)) == nil)
    #expect(fault(nested(33)) == .tooDeep(limit: 32))
    #expect(fault(String(repeating: "[", count: 1_000_000)) == .tooDeep(limit: 32))
    #expect(fault("[12345]", limits: JSONLimits(bytes: 6)) == .tooLarge(limit: 6))
    #expect(fault("[1234]", limits: JSONLimits(bytes: 6)) == nil)
  }

  @Test func `encodings other than UTF-8 are named`() throws {
    // 测试 in GBK.
    let name: [UInt8] = [0xB2, 0xE2, 0xCA, 0xD4]
    #expect(fault(Array(#"{"opter_name":""#.utf8) + name + Array(#""}"#.utf8)) == .looksLikeGBK(offset: 15))
    #expect(fault(Array(#"{"a":""#.utf8) + [0xFF, 0xFF] + Array(#""}"#.utf8)) == .notUTF8(offset: 6))
    #expect(fault([0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00]) == .looksLikeUTF16)
    #expect(JSONFault.looksLikeGBK(offset: 0).message.chinese.contains("GBK"))
    let marked = try JSONDocument([0xEF, 0xBB, 0xBF] + Array("{}".utf8))
    #expect(marked.root.kind == .object)
  }

  @Test(
    arguments: [
      [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xE4, 0xB8], [0xC2], [0xF0, 0x9F, 0x98],
    ] as [[UInt8]])
  func `bytes that are no well-formed UTF-8 are refused`(bytes: [UInt8]) throws {
    let text = [0x22] + bytes + [0x22]
    let found = try #require(fault(text))
    #expect(found == .notUTF8(offset: 1) || found == .looksLikeGBK(offset: 1))
    #expect(String(validating: text, as: UTF8.self) == nil)
  }

  @Test func `the writer escapes what must be escaped and prints amounts exactly`() throws {
    var writer = JSONWriter()
    writer.object {
      $0.text("t", "\"\\\n\r\t\u{1}中/😀")
      $0.text("n", optional: nil)
      $0.number("zero", 0, decimals: 2)
      $0.number("small", -7, decimals: 4)
      $0.number("whole", -120)
      $0.number("least", .min, decimals: 2)
      $0.list("l") { $0.object { _ in } }
      $0.rows("r", [1, 2]) { $0.number("x", Int64($1)) }
    }
    let text = String(decoding: writer.bytes, as: UTF8.self)
    #expect(
      text == #"{"t":"\"\\\n\r\t\u0001中/😀","n":null,"zero":0.00,"small":-0.0007,"whole":-120,"#
        + #""least":-92233720368547758.08,"l":[{}],"r":[{"x":1},{"x":2}]}"#)
    #expect(try JSONDocument(writer.bytes).root["t"]?.string == "\"\\\n\r\t\u{1}中/😀")
  }
}
