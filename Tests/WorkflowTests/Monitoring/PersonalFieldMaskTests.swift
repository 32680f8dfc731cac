import Foundation
import Testing

@testable import Workflows

/// No personal value of a message is shown, and its shape stays.
@Suite struct PersonalFieldMaskTests {
  private let mask = PersonalFieldMask()

  private func masked(_ json: String) -> String { mask.masked(Array(json.utf8)).text }

  @Test(arguments: [
    (PersonalField.name, "张三丰", "张**"), (.name, "李", "*"), (.name, "", ""), (.name, "𠮷野家", "𠮷**"),
    (.number, "430102198501011234", "430*************34"), (.number, "13812345678", "138******78"),
    (.number, "1234567", "*******"), (.number, "12345678", "123***78"), (.date, "1985-01-02", "1985-**-**"),
    (.date, "19850102", "1985****"), (.date, "1985", "****"), (.date, "1985-01-02 03:04", "1985-**-** **:**"),
    (.address, "湖南省长沙市岳麓区", "湖南省***"), (.address, "长沙", "**"), (.hidden, "token-value", "***"),
    (.hidden, "x", "*"),
  ])
  func `各类字段的遮盖`(kind: PersonalField, value: String, shown: String) { #expect(kind.hide(value) == shown) }

  @Test(arguments: ["psn_no", "psnNo", "psn_No", "PSN_NO", "mdtrt_cert_no", "agnter_certno", "delverCertno"])
  func `字段名不分大小写和下划线`(field: String) { #expect(PersonalField.named(field) == .number) }

  @Test(arguments: ["infno", "setl_id", "mdtrt_id", "fixmedins_name", "med_list_codg", "diag_name", "acct_pay", "tele"])
  func `其余字段不遮盖`(field: String) { #expect(PersonalField.named(field) == nil) }

  @Test(arguments: [
    (#"{"psn_name": "张三丰" , "n" : 1.50}"#, #"{"psn_name": "张**" , "n" : 1.50}"#),
    (#"{"tel":["13812345678",null,true,13812345678]}"#, #"{"tel":["138******78",null,true,0]}"#),
    (#"[{"certno":{"psn_no":"P0000001"}},{}]"#, #"[{"certno":{"psn_no":"P00***01"}},{}]"#),
    (#"{"memo":"电话13812345678，证件43010219850101123X。"}"#, #"{"memo":"电话138******78，证件430*************3X。"}"#),
    (
      #"{"setl_id":"990100000000123","cnt":43010219850101123}"#,
      #"{"setl_id":"990100000000123","cnt":43010219850101123}"#
    ),
    (#"{"amt":430102198501011234}"#, #"{"amt":0}"#), (#"{"13812345678":1}"#, #"{"138******78":1}"#),
    (#"{"exp":"{\"psn_name\":\"张三\"}"}"#, #"{"exp":"{\"psn_name\":\"张**\"}"}"#),
    (#"{"psn_name":"张三\"丰"}"#, #"{"psn_name":"张**"}"#),
    (#"{"memo":"a\/b\n"}"#, #"{"memo":"a\/b\n"}"#), ("\n[ ]\t", "\n[ ]\t"), (#""13812345678""#, #""138******78""#),
  ])
  func `形状不变而个人信息不见`(json: String, shown: String) { #expect(masked(json) == shown) }

  @Test(arguments: [
    "", "{", "[1,]", #"{"a":1,}"#, #"{"a" 1}"#, "nul", "01", "1.", "-", "1e", #""\x""#, #""\u12"#, #""open"#, "{} {}",
    "{\"psn_name\":\"张三\"", "'张三'", "<xml>张三</xml>", "\"\u{1}\"", "[\"13812345678\"", "psn_name=张三&tel=13812345678",
  ])
  func `不是 JSON 的只留长度`(text: String) {
    let found = mask.masked(Array(text.utf8))
    #expect(!found.isJSON && found.text == "(\(text.utf8.count) bytes)" && found.message.isEmpty)
  }

  @Test func `不是 UTF-8 和嵌套过深的只留长度`() {
    #expect(mask.masked([0x22, 0xD5, 0xC5, 0xC8, 0xFD, 0x22]).text == "(6 bytes)")
    let deep = String(repeating: "[", count: 100_000)
    #expect(mask.masked(Array(deep.utf8)).text == "(100000 bytes)")
    let closed = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
    #expect(masked(closed) == closed)
  }

  @Test func `出错说明里的个人信息也遮盖`() {
    let message = mask.masked(Array(#"{"msgid":"M7","certno":"430102198501011234","psn_name":"王小二"}"#.utf8))
    #expect(message.message == "M7")
    let text = mask.masked("王小二（430102198501011234）的结算990100 已撤销，联系 13912345678", of: message)
    #expect(text == "王**（430*************34）的结算990100 已撤销，联系 139******78")
  }

  @Test func `截断在字符之间`() {
    #expect(MaskedMessage.cut("短", toBytes: 3) == "短")
    #expect(MaskedMessage.cut("长长长长", toBytes: 8) == "长…")
    #expect(MaskedMessage.cut("abcdefgh", toBytes: 7) == "abcd…")
    for limit in 0...30 { #expect(MaskedMessage.cut("长a𠮷b长é", toBytes: limit).utf8.count <= max(limit, 3)) }
  }

  /// Damage at every place: nothing crashes, and what is not JSON shows nothing.
  @Test func `任意截断和改动都不泄露`() throws {
    let json = Array(#"{"a":[1,{"psn_name":"欧阳娜娜","tel":"13812345678"}],"b":"\u5f20\u4e09"}"#.utf8)
    for end in 0..<json.count {
      #expect(mask.masked(Array(json[..<end])).text == "(\(end) bytes)")
      for byte: UInt8 in [0, 0x22, 0x5C, 0x7B, 0x2C, 0xFF] {
        var broken = json
        broken[end] = byte
        let found = mask.masked(broken)
        let isThere = (try? JSONSerialization.jsonObject(with: Data(broken), options: .fragmentsAllowed)) != nil
        if !isThere { #expect(!found.isJSON) }
        #expect(found.isJSON || found.text == "(\(broken.count) bytes)")
      }
    }
  }
}

/// The collected samples of other systems' messages; they are not part of the repository.
@Suite struct MaskedSampleTests {
  private static let folder: URL = {
    var root = URL(filePath: #filePath)
    while root.path != "/", !FileManager.default.fileExists(atPath: root.appending(path: "Package.swift").path) {
      root.deleteLastPathComponent()
    }
    return root.deletingLastPathComponent().appending(path: "shared/cases/interface-samples")
  }()

  private static let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".json") }.sorted()

  /// Values of personal fields, wherever they stand, with how they are hidden.
  private static func personal(_ value: Any, _ kind: PersonalField?, _ found: inout [(PersonalField, String)]) {
    switch value {
    case let object as [String: Any]:
      for (key, value) in object { personal(value, PersonalField.named(key), &found) }
    case let list as [Any]: for value in list { personal(value, kind, &found) }
    case let text as String:
      if let kind { found.append((kind, text)) }
    default: break
    }
  }

  /// The shape of a value: names, places and kinds, without texts and numbers.
  private static func shape(_ value: Any) -> String {
    switch value {
    case let object as [String: Any]:
      "{" + object.keys.sorted().map { "\($0):\(shape(object[$0] ?? ""))" }.joined(separator: ",") + "}"
    case let list as [Any]: "[" + list.map(shape).joined(separator: ",") + "]"
    case is String: "text"
    case is NSNull: "null"
    default: "number"
    }
  }

  @Test(.enabled(if: !files.isEmpty, "../shared/cases/interface-samples is not there"))
  func `样例报文里没有个人信息留下`() throws {
    var count = 0
    for file in Self.files {
      let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: file)))
      let found = PersonalFieldMask().masked(bytes)
      #expect(found.isJSON, "\(file)")
      let before = try JSONSerialization.jsonObject(with: Data(bytes))
      let after = try JSONSerialization.jsonObject(with: Data(found.text.utf8))
      #expect(Self.shape(before) == Self.shape(after), "\(file)")
      var values: [(PersonalField, String)] = []
      Self.personal(before, nil, &values)
      var shown: [(PersonalField, String)] = []
      Self.personal(after, nil, &shown)
      #expect(shown.map(\.1).sorted() == values.map { $0.0.hide($0.1) }.sorted(), "\(file)")
      // Brute force over the text: nothing of them that says anything stands anywhere in a personal field's place.
      for (kind, value) in values where value.count >= 2 {
        count += 1
        #expect(!shown.contains { $0.1.contains(value) }, "\(file): \(kind) \(value)")
        if kind == .number, value.count >= 8 { #expect(!found.text.contains("\"\(value)\""), "\(file): \(value)") }
      }
    }
    #expect(count > 100)
  }
}
