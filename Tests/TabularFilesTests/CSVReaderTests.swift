import Kernel
import TabularFiles
import Testing

/// Rows of a text, or the line of the diagnostic that refuses it.
private enum Reading: Equatable {
  case rows([[String]])
  case refused(line: Int)
}

private func read(_ bytes: some Sequence<UInt8>, chunk: Int = 4) throws -> Reading {
  do {
    return .rows(try CSVReader(bytes: bytes, name: "t.csv", chunkSize: chunk).rows())
  } catch let diagnostic as Diagnostic {
    return .refused(line: try #require(diagnostic.line))
  }
}

@Test(
  arguments: [
    ("", []), ("a", [["a"]]), ("a\n", [["a"]]), ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
    ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), ("a\rb\r", [["a"], ["b"]]), ("\n", [[""]]), ("\n\n", [[""], [""]]),
    (",", [["", ""]]), ("a,", [["a", ""]]), (",\n,", [["", ""], ["", ""]]), ("\"\"", [[""]]), ("\"a\"", [["a"]]),
    ("\"a,b\",c", [["a,b", "c"]]), ("\"a\"\"b\"", [["a\"b"]]), ("\"\"\"\"", [["\""]]),
    ("\"a\nb\",c\nd,e", [["a\nb", "c"], ["d", "e"]]),
    ("\"a\r\nb\"\r\nc", [["a\r\nb"], ["c"]]), ("a\"b,c", [["a\"b", "c"]]), (" \"a\"", [[" \"a\""]]),
    ("\u{FEFF}a,b", [["a", "b"]]), ("\u{FEFF}", []), ("\u{FEFF}\"a\"", [["a"]]), ("\"\u{FEFF}a\"", [["\u{FEFF}a"]]),
    ("示例,𬭊\n", [["示例", "𬭊"]]), ("a,b,c\nd", [["a", "b", "c"], ["d"]]),
  ] as [(String, [[String]])])
func `各种写法读成的行`(text: String, expected: [[String]]) throws {
  for chunk in 1...9 { #expect(try read(text.utf8, chunk: chunk) == .rows(expected)) }
}

@Test(arguments: [
  ("a\n\"b\nc\n", 2, 1), ("\"", 1, 1), ("x,\"a\"\"", 1, 3), ("\"p\nq\",\"r", 2, 4), ("\"a\"b", 1, 4),
  ("a\r\nb\r\n\"c\"d\r\n", 3, 4), ("\"a\r\nb\"x", 2, 3),
])
func `引号错误指向所在行列`(text: String, line: Int, column: Int) throws {
  for chunk in 1...9 {
    let error = try #require(throws: Diagnostic.self) {
      try CSVReader(bytes: text.utf8, name: "t.csv", chunkSize: chunk).rows()
    }
    #expect(error.line == line && error.column == column && error.file == "t.csv")
  }
}

@Test func `行号按文件计且与记录号不同`() throws {
  var places: [String] = []
  try CSVReader(bytes: "a\n\"b\r\nb\rb\nb\"\n\nc".utf8, name: "t", chunkSize: 3).forEachRow {
    places.append("\($0.number)@\($0.line)")
  }
  #expect(places == ["1@1", "2@2", "3@6", "4@7"])
}

@Test func `字段可按字节取用`() throws {
  var sizes: [Int] = []
  try CSVReader(bytes: "示例,\"a\"\"b\",".utf8, name: "t").forEachRow { row in
    for position in 0..<row.count { sizes.append(row.withBytes(at: position) { $0.count }) }
    #expect(row.isEmpty(at: 2) && !row.isEmpty(at: 0))
  }
  #expect(sizes == [6, 3, 0])
}

@Test func `非 UTF-8 文件提示可能为 GBK 并说明转换办法`() throws {
  // 示例 in GB18030; its first two bytes happen to be well-formed.
  let bytes = Array("code,name\nA,".utf8) + [0xCA, 0xBE, 0xC0, 0xFD, 0x0A]
  let error = try #require(throws: Diagnostic.self) { try CSVReader(bytes: bytes, name: "t.csv").rows() }
  #expect(error.line == 2 && error.column == 5)
  #expect(error.message.chinese.contains("GBK") && error.message.english.contains("iconv -f GB18030 -t UTF-8"))
  let wide = try #require(throws: Diagnostic.self) { try CSVReader(bytes: [0xFF, 0xFE, 0x61, 0], name: "t").rows() }
  #expect(wide.message.chinese.contains("UTF-16"))
}

@Test(
  arguments: [
    [0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
    [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE4, 0xB8], [0xE4, 0xB8, 0x2C], [0xF0, 0x9F, 0x98],
  ] as [[UInt8]])
func `不合规的 UTF-8 一律不收`(bytes: [UInt8]) throws {
  #expect(try read(bytes) == .refused(line: 1))
  #expect(try read(Array("a\nb,".utf8) + bytes + Array("\nc".utf8)) == .refused(line: 2))
}

@Test func `每一个合法字符都能读回`() throws {
  let text = (UInt32(0x80)...0x10_FFFF).lazy.compactMap { Unicode.Scalar($0) }.filter { $0.value % 61 == 0 }
  let value = String(String.UnicodeScalarView(text))
  #expect(try CSVReader(bytes: value.utf8, name: "t").rows() == [[value]])
}

@Test func `打不开的文件说明原因`() throws {
  let error = try #require(throws: Diagnostic.self) { try CSVReader(path: "/no/such/file.csv").rows() }
  #expect(error.file == "/no/such/file.csv" && error.line == nil)
}

/// A plain splitter, one character after the other; `nil` where the quotes are wrong.
private func naive(_ text: [Character]) -> [[String]]? {
  var rows: [[String]] = []
  var row: [String] = []
  var (field, position, isOpen) = ("", 0, false)
  func peek(_ offset: Int) -> Character? { position + offset < text.count ? text[position + offset] : nil }
  while position < text.count {
    isOpen = true
    if peek(0) == "\"" {
      position += 1
      while true {
        guard let next = peek(0) else { return nil }
        position += 1
        if next != "\"" {
          field.append(next)
        } else if peek(0) == "\"" {
          field.append("\"")
          position += 1
        } else {
          break
        }
      }
      if let next = peek(0), next != ",", next != "\n", next != "\r" { return nil }
    } else {
      while let next = peek(0), next != ",", next != "\n", next != "\r" {
        field.append(next)
        position += 1
      }
    }
    row.append(field)
    field = ""
    guard let end = peek(0) else { break }
    position += 1
    if end == "," {
      if position == text.count { row.append("") }
      continue
    }
    if end == "\r", peek(0) == "\n" { position += 1 }
    rows.append(row)
    row = []
    isOpen = false
  }
  if isOpen { rows.append(row) }
  return rows
}

@Test func `与逐字符的对照实现在所有短文本上一致`() throws {
  let letters: [Character] = ["a", ",", "\"", "\n", "\r"]
  var texts: [[Character]] = [[]]
  var last = texts
  for _ in 0..<6 {
    last = last.flatMap { text in letters.map { text + [$0] } }
    texts += last
  }
  var wrong: [String] = []
  for text in texts {
    // Not by `String`, which would join CR and LF to one character.
    let bytes = text.compactMap(\.asciiValue)
    for chunk in [1, 3, 64] {
      let rows = try? CSVReader(bytes: bytes, name: "t", chunkSize: chunk).rows()
      let same = rows.map { $0.map { $0.map { Array($0.utf8) } } } == naive(text)?.map { $0.map { Array($0.utf8) } }
      if !same { wrong.append("\(text) in chunks of \(chunk)") }
    }
  }
  #expect(texts.count == 19_531)
  #expect(wrong.isEmpty)
}

@Test func `过长的一行按未闭合的引号报告而不无限占用内存`() throws {
  let bytes = Array("a\nb,\"".utf8) + [UInt8](repeating: 0x61, count: CSVReader.longestRow + (1 << 20))
  let more = repeatElement(UInt8(0x0A), count: CSVReader.longestRow)
  let error = try #require(throws: Diagnostic.self) { try CSVReader(bytes: bytes + more, name: "t").rows() }
  #expect(error.line == 2 && error.column == 3 && error.message.english.contains("8 MiB"))
}

@Test func `接近上限的长字段照常读取`() throws {
  let long = String(repeating: "示", count: 2_000_000)
  #expect(try CSVReader(bytes: "\"\(long)\",b\nc,d".utf8, name: "t").rows() == [[long, "b"], ["c", "d"]])
}
