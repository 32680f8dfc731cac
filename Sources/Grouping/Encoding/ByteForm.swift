/// Appends numbers, least byte first, and texts.
struct ByteWriter {
  var bytes: [UInt8] = []

  mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    var number = number.littleEndian
    withUnsafeBytes(of: &number) { bytes.append(contentsOf: $0) }
  }

  /// A count and the numbers.
  mutating func append<Number: FixedWidthInteger>(_ numbers: [Number]) {
    append(UInt32(numbers.count))
    for number in numbers { append(number) }
  }

  /// A count in bytes and the text in UTF-8.
  mutating func append(_ text: String) { append(Array(text.utf8)) }

  mutating func append(_ texts: [String]) {
    append(UInt32(texts.count))
    for text in texts { append(text) }
  }
}

/// Takes back what a ``ByteWriter`` wrote.
struct ByteReader {
  private let bytes: [UInt8]
  private(set) var position: Int

  init(_ bytes: [UInt8], at position: Int) {
    self.bytes = bytes
    self.position = position
  }

  mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type) throws(EditionCodingError)
    -> Number
  {
    let size = MemoryLayout<Number>.size
    guard bytes.count - position >= size else { throw .damaged }
    let number = bytes.span.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: Number.self)
    position += size
    return Number(littleEndian: number)
  }

  mutating func numbers<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type) throws(EditionCodingError)
    -> [Number]
  {
    let count = Int(try number(UInt32.self))
    let size = MemoryLayout<Number>.size
    guard (bytes.count - position) / size >= count else { throw .damaged }
    let start = position
    position += count * size
    let raw = bytes.span.bytes
    return [Number](unsafeUninitializedCapacity: count) { buffer, initialized in
      for place in 0..<count {
        let number = raw.unsafeLoadUnaligned(fromByteOffset: start + place * size, as: Number.self)
        buffer.initializeElement(at: place, to: Number(littleEndian: number))
      }
      initialized = count
    }
  }

  mutating func text() throws(EditionCodingError) -> String {
    guard let text = String(validating: try numbers(UInt8.self), as: UTF8.self) else { throw .damaged }
    return text
  }

  mutating func texts() throws(EditionCodingError) -> [String] {
    let count = Int(try number(UInt32.self))
    // Every text takes at least its count, so that a wrong count cannot ask for more than there is.
    guard (bytes.count - position) / 4 >= count else { throw .damaged }
    var texts: [String] = []
    texts.reserveCapacity(count)
    for _ in 0..<count { texts.append(try text()) }
    return texts
  }

  /// A range of places.
  mutating func range() throws(EditionCodingError) -> Range<Int> {
    let (lower, upper) = (Int(try number(UInt32.self)), Int(try number(UInt32.self)))
    guard lower <= upper else { throw .damaged }
    return lower..<upper
  }
}

/// A checksum that every change of a single byte changes.
enum Checksum {
  static func of(_ bytes: borrowing Span<UInt8>) -> UInt64 {
    var sum = 0xCBF2_9CE4_8422_2325 ^ UInt64(bytes.count)
    var place = 0
    let raw = bytes.bytes
    while place + 8 <= bytes.count {
      let word = raw.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
      sum = step(sum, UInt64(littleEndian: word))
      place += 8
    }
    while place < bytes.count {
      sum = step(sum, UInt64(bytes[place]))
      place += 1
    }
    return sum
  }

  /// Reversible in the sum and in the word, so that a difference never gets lost.
  private static func step(_ sum: UInt64, _ word: UInt64) -> UInt64 {
    let product = (sum ^ word) &* 0x9E37_79B9_7F4A_7C15
    return product ^ (product >> 29)
  }
}
