import Kernel

/// A small text file line by line: UTF-8 with or without a byte order mark, lines ended by LF or CR LF.
///
/// For code tables, which end up in memory anyway; larger files go through ``CSVReader``.
struct LineFile {
  struct Line {
    let number: Int
    /// The words between blanks, at least one.
    let words: [String]
  }

  /// The largest file read.
  static let limit = 64 << 20

  let lines: [Line]

  init(path: String) throws(Diagnostic) {
    var source = try ByteSource.open(path)
    defer { source.close() }
    var bytes: [UInt8] = []
    while try source.read(into: &bytes, count: 256 << 10, name: path) {
      if bytes.count > Self.limit {
        let text = LocalizedText(
          "文件超过 \(Self.limit >> 20) MiB，不是编码表。", "the file is larger than \(Self.limit >> 20) MiB; it is no code table."
        )
        throw Diagnostic(.error, text, file: path)
      }
    }
    try self.init(bytes: bytes, name: path)
  }

  init(bytes: [UInt8], name: String) throws(Diagnostic) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if let fault = UTF8Check.firstFault(in: bytes.span, start..<bytes.count) {
      let line = bytes[..<fault].count { $0 == UInt8(ascii: "\n") } + 1
      let text = LocalizedText(
        "此处不是 UTF-8 文本，文件可能是 GBK 编码；用 iconv -f GB18030 -t UTF-8 转换。",
        "this is not UTF-8; the file may be GBK: convert it with iconv -f GB18030 -t UTF-8")
      throw Diagnostic(.error, text, file: name, line: line)
    }
    lines = Self.lines(bytes, from: start)
  }

  private static func lines(_ bytes: [UInt8], from start: Int) -> [Line] {
    var lines: [Line] = []
    var (number, words, wordStart) = (1, [String](), start)
    bytes.withUnsafeBufferPointer { bytes in
      // One place beyond the end closes the last word and the last line.
      for place in start...bytes.count {
        let byte = place == bytes.count ? UInt8(ascii: "\n") : bytes[place]
        guard
          byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: "\n")
        else { continue }
        if wordStart < place {
          words.append(String(decoding: UnsafeBufferPointer(rebasing: bytes[wordStart..<place]), as: UTF8.self))
        }
        wordStart = place + 1
        if byte == UInt8(ascii: "\n") {
          if !words.isEmpty { lines.append(Line(number: number, words: words)) }
          (number, words) = (number + 1, [])
        }
      }
    }
    return lines
  }
}
