import Grouping
import Kernel
import Testing

/// The language of the cells.
@Suite struct DIPCellTests {
  @Test(arguments: [
    ("A40", "A40.900", true), ("A40", "A40", true), ("A40", "A41.900", false), ("A09.0", "A09.000x001", true),
    ("A09.0", "A09.900", false), ("C00-C14", "C14.800", true), ("C00-C14", "C15.000", false),
    ("A15-A16|A40.0", "A40.001", true), ("T20.2-T20.7", "T20.600", true), ("T20.2-T20.7", "T20", false),
    ("B95-C02", "B97.300", true), ("B95-C02", "C02.900", true), ("B95-C02", "C03.900", false),
    ("所有诊断", "Z99.900", true), (" A40 | A41 ", "a41.9", true), ("A17.0+G01*", "A17.000+G01*", true),
    ("A17+|A18", "A17.100", true), ("A15.000x010", "A15.000X010", true), ("A40", "A01.000x005+J17.0*", false),
  ])
  func `诊断按开头和范围`(cell: String, code: String, expected: Bool) throws {
    #expect(try DIPCell(cell, of: .diagnosis).matches([code]) == expected)
  }

  @Test(arguments: [
    ("33.6x00", ["33.6x00"], true), ("33.6x00", ["33.6X00 "], true), ("50.5100", ["50.5100x001"], false),
    ("96.7201+39.9500x007", ["39.9500x007", "96.7201"], true), ("96.7201+39.9500x007", ["96.7201"], false),
    ("25.5905+40.3x00x005|40.5900x011", ["40.5900x011"], true), ("25.5905+40.3x00x005|40.5900x011", ["25.5905"], false),
    ("45.1300+54.2100/54.2200", ["54.2200", "45.1300"], true), ("45.1300+54.2100/54.2200", ["54.2200"], false),
  ])
  func `手术操作整码且任一同时和组合`(cell: String, codes: [String], expected: Bool) throws {
    #expect(try DIPCell(cell, of: .procedure).matches(codes) == expected)
  }

  @Test(arguments: [
    ("786900x002", 1, "786900x002"), ("33.6x00|", 9, ""), ("33.6x00||40.11", 9, "|"), ("33.6x00,40.11", 8, ","),
    ("33.6x00(40.11", 8, "("), ("|33.6x00", 1, "|"), ("33.", 1, "33."), ("保守治疗+33.6x00", 1, "保守治疗"),
    ("12.3456789012", 1, "12.3456789012"),
  ])
  func `手术单元格的错误指出位置和内容`(cell: String, position: Int, excerpt: String) {
    #expect {
      try DIPCell(cell, of: .procedure)
    } throws: { error in
      guard let fault = error as? DIPCell.Fault else { return false }
      return fault.position == position && fault.excerpt == excerpt && !fault.message.english.isEmpty
    }
  }

  @Test(arguments: [
    "C14-C00", "C00-C14.0", "C00-", "-C14", "A1", "A40.", "AB0", "4A0", "A40 A41", "C00.1x-C00.2y", "U84.700U84.800",
  ])
  func `不是诊断编码的都拒绝`(cell: String) {
    #expect(throws: DIPCell.Fault.self) { try DIPCell(cell, of: .diagnosis) }
  }

  @Test func `逗号的含义由方案说明规定`() throws {
    #expect(throws: DIPCell.Fault.self) { try DIPCell("33.6x00,40.1100", of: .procedure) }
    #expect(try DIPCell("33.6x00，40.1100", of: .procedure, comma: .any).matches(["40.1100"]))
    #expect(try !DIPCell("33.6x00,40.1100", of: .procedure, comma: .all).matches(["40.1100"]))
  }

  @Test(arguments: [
    ("<29", 28, true), ("<29天", 29, false), ("＜29天", 0, true), ("≤28", 28, true), ("0-999克", 999, true),
    ("出生体重1000-1499克", 1_500, false), ("≥2500", 2_500, true), (">2500g", 2_500, false), ("1000至1499", 1_000, true),
    ("7", 7, true),
  ])
  func `天龄和体重的范围`(text: String, number: Int, expected: Bool) throws {
    let range = try #require(DIPNumberRange(text))
    #expect(range.contains(number) == expected)
    #expect(!range.contains(nil))
  }

  @Test(arguments: ["", "<", "小于29", "29-", "5-3", "1-2-3", "-5", "一周", "99999999999"])
  func `不是范围的都拒绝`(text: String) { #expect(DIPNumberRange(text) == nil) }
}
