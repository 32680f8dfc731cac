import Kernel
import TabularFiles
import Testing

/// A small generator with a seed, so that a failure can be repeated.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

private let pieces = ["a", "", ",", "\"", "\n", "\r", "\r\n", " ", "示例", "𬭊", "\u{FEFF}", "=1+1", "0", "é"]

@Test func `一万张随机表写出再读回相同`() throws {
  var generator = SplitMix(state: 20_260_301)
  var wrong = 0
  for _ in 0..<10_000 {
    let table = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
      (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        (0..<Int.random(in: 0...4, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
          .joined()
      }
    }
    let bytes = CSVWriter.bytes(
      of: table, lineEnding: Bool.random(using: &generator) ? .lineFeed : .carriageReturnLineFeed,
      byteOrderMark: Bool.random(using: &generator))
    let chunk = Int.random(in: 1...40, using: &generator)
    let rows = try CSVReader(bytes: bytes, name: "t", chunkSize: chunk).rows()
    // Scalars, because equal strings may differ in bytes.
    if rows.map({ $0.map { Array($0.utf8) } }) != table.map({ $0.map { Array($0.utf8) } }) { wrong += 1 }
  }
  #expect(wrong == 0)
}

@Test func `随机字节不会使读取崩溃且结果与分块大小无关`() throws {
  var generator = SplitMix(state: 5)
  let likely: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x61, 0xE4, 0xB8, 0xAD, 0xEF, 0xBB, 0xBF, 0xFF, 0x00]
  var (accepted, refused, differing) = (0, 0, 0)
  func outcome(_ bytes: [UInt8], _ chunk: Int) -> Result<[[String]], Diagnostic>? {
    do {
      return .success(try CSVReader(bytes: bytes, name: "t", chunkSize: chunk).rows())
    } catch {
      return (error as? Diagnostic).map { .failure($0) }
    }
  }
  for _ in 0..<20_000 {
    let isWild = Int.random(in: 0..<4, using: &generator) == 0
    let bytes = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
      isWild ? UInt8.random(in: 0...255, using: &generator) : likely.randomElement(using: &generator) ?? 0
    }
    let whole = try #require(outcome(bytes, 64))
    switch (whole, try #require(outcome(bytes, 3))) {
    case (.success(let one), .success(let other)):
      accepted += 1
      if one != other { differing += 1 }
    case (.failure(let one), .failure(let other)):
      refused += 1
      // The excerpt may end with the chunk.
      if one.message != other.message || one.line != other.line || one.column != other.column { differing += 1 }
    default: differing += 1
    }
  }
  #expect(differing == 0)
  #expect(accepted > 1_000 && refused > 1_000)
}

@Test func `只在需要时加引号`() {
  let bytes = CSVWriter.bytes(of: [["a", "b c", "d,e", "f\"g", "=1", ""], [""]])
  #expect(String(decoding: bytes, as: UTF8.self) == "a,b c,\"d,e\",\"f\"\"g\",=1,\n\"\"\n")
}
