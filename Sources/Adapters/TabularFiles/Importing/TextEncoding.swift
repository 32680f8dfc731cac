public import Kernel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How a file of text is written, told from its bytes; hospital systems and spreadsheets often write GBK.
public enum TextEncoding: String, Sendable {
  /// UTF-8, with single damaged places at the most.
  case utf8 = "UTF-8"
  /// GB18030, of which GBK and GB 2312 are parts.
  case gb18030 = "GB18030"

  private static let chunk = 256 << 10

  /// Looks through a file.
  ///
  /// Chinese text in GB18030 has hardly a byte pair that UTF-8 allows: it is taken for GB18030 when a quarter of its
  /// bytes beyond ASCII break the rules of UTF-8.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be read.
  public static func of(_ path: String) throws(Diagnostic) -> TextEncoding {
    var source = try ByteSource.open(path)
    defer { source.close() }
    var (bytes, others, faults) = ([UInt8](), 0, 0)
    var isFirst = true
    while try source.read(into: &bytes, count: chunk, name: path) {
      if isFirst, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
      isFirst = false
      // A character that the chunk cuts is looked at with the next.
      let whole = bytes.count - cutBytes(bytes)
      count(bytes, whole, &others, &faults)
      bytes.removeFirst(whole)
    }
    count(bytes, bytes.count, &others, &faults)
    return faults > 0 && faults * 4 >= others ? .gb18030 : .utf8
  }

  private static func count(_ bytes: [UInt8], _ end: Int, _ others: inout Int, _ faults: inout Int) {
    let span = bytes.span
    for place in 0..<end where span[unchecked: place] >= 0x80 { others += 1 }
    var start = 0
    while let fault = UTF8Check.firstFault(in: span, start..<end) {
      faults += 1
      start = fault + 1
    }
  }

  /// Bytes of a character at the end whose rest is still to come.
  private static func cutBytes(_ bytes: [UInt8]) -> Int {
    for back in 1...3 where bytes.count > back {
      let byte = bytes[bytes.count - back]
      if byte < 0x80 { return 0 }
      if byte >= 0xC0 { return back < (byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2) ? back : 0 }
    }
    return 0
  }

  /// Writes a copy of a GB18030 file in UTF-8; memory holds a piece of it.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` with the place of the first byte that is not GB18030, or when a file cannot be
  ///   read or written.
  public static func convert(_ path: String, to copy: String) throws(Diagnostic) {
    guard let converter = iconv_open("UTF-8", "GB18030"), Int(bitPattern: converter) != -1 else {
      throw systemDiagnostic("系统不能转换 GB18030", "the system cannot convert GB18030", path: path)
    }
    defer { iconv_close(converter) }
    var source = try ByteSource.open(path)
    defer { source.close() }
    let file = try ReplacedFile(path: copy)
    do throws(Diagnostic) {
      var (rest, position) = ([UInt8](), 0)
      while try source.read(into: &rest, count: chunk, name: path) {
        let step = Step(converter, rest)
        try file.write(step.output)
        guard !step.isBroken else { throw broken(path, at: position + step.used) }
        position += step.used
        rest.removeFirst(step.used)
      }
      guard rest.isEmpty else { throw broken(path, at: position) }
    } catch {
      file.abandon()
      throw error
    }
    try file.commit()
  }

  private static func broken(_ path: String, at place: Int) -> Diagnostic {
    Diagnostic(
      .error,
      LocalizedText("第 \(place + 1) 个字节不是 GB18030 文字", "byte \(place + 1) is no text in GB18030"), file: path)
  }

  /// One conversion of some bytes: what came out, how many were used, and whether one cannot be text.
  private struct Step {
    var output: [UInt8]
    let used: Int
    let isBroken: Bool

    init(_ converter: iconv_t, _ input: [UInt8]) {
      // Two bytes of GB18030 become three of UTF-8, four become four.
      var output = [UInt8](repeating: 0, count: input.count * 2 + 16)
      var (left, room, code) = (input.count, input.count * 2 + 16, Int32(0))
      var copy = input
      copy.withUnsafeMutableBytes { from in
        output.withUnsafeMutableBytes { to in
          var start = from.baseAddress?.assumingMemoryBound(to: CChar.self)
          var end = to.baseAddress?.assumingMemoryBound(to: CChar.self)
          if iconv(converter, &start, &left, &end, &room) == -1 { code = errno }
        }
      }
      output.removeLast(room)
      self.output = output
      used = input.count - left
      // Bytes that end within a character wait for the next ones.
      isBroken = code != 0 && code != EINVAL
    }
  }
}
