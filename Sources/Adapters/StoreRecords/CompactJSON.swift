/// Writes a value as JSON text in one pass, straight into its bytes.
///
/// Foundation's encoder builds a tree first, which is dear on the one thread that writes (decision 0010). Foundation
/// reads the text back. Floating point is refused: no stored value has it.
package enum CompactJSON {
  /// The text of a value.
  package static func encode(_ value: some Encodable) throws -> [UInt8] {
    let text = JSONBytes()
    try value.encode(to: JSONBytesEncoder(text: text, depth: 0))
    text.close(to: 0)
    return text.bytes
  }
}

/// The bytes written so far and the brackets still open.
final class JSONBytes {
  // One encoding uses it, on one thread; checking each byte's access at run time took a quarter of the whole.
  @exclusivity(unchecked) private(set) var bytes: [UInt8] = []
  @exclusivity(unchecked) private var open: [UInt8] = []

  init() { bytes.reserveCapacity(4096) }

  var depth: Int { open.count }

  /// Closes what is open below a depth: containers end when their parent goes on.
  @inline(__always)
  func close(to depth: Int) {
    while open.count > depth { bytes.append(open.removeLast()) }
  }

  func begin(_ bracket: UInt8, closing: UInt8) -> Int {
    bytes.append(bracket)
    open.append(closing)
    return open.count
  }

  /// Begins the next element of the container at a depth.
  @inline(__always)
  func separate(in depth: Int) {
    close(to: depth)
    if let last = bytes.last, last != UInt8(ascii: "{"), last != UInt8(ascii: "[") { bytes.append(UInt8(ascii: ",")) }
  }

  func write(key: String, in depth: Int) {
    separate(in: depth)
    write(key)
    bytes.append(UInt8(ascii: ":"))
  }

  func write(literal: StaticString) {
    literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    defer { bytes.append(UInt8(ascii: "\"")) }
    var text = text
    let isPlain = text.withUTF8 { utf8 in
      for byte in utf8 where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return false }
      bytes.append(contentsOf: utf8)
      return true
    }
    if isPlain { return }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20:
        write(literal: "\\u00")
        bytes.append(Self.digits[Int(byte >> 4)])
        bytes.append(Self.digits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
  }

  func write(_ number: some BinaryInteger) {
    guard var rest = UInt64(exactly: number.magnitude) else {
      return bytes.append(contentsOf: String(number).utf8)
    }
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var place = 20
      repeat {
        place -= 1
        digits[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[place...]))
    }
  }

  private static let digits = Array("0123456789abcdef".utf8)
}

struct JSONBytesEncoder: Encoder, SingleValueEncodingContainer {
  let text: JSONBytes
  /// Brackets open when the value began.
  let depth: Int

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(JSONBytesKeyed(text: text))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { JSONBytesList(text: text) }
  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() { text.write(literal: "null") }
  func encode(_ value: Bool) { text.write(literal: value ? "true" : "false") }
  func encode(_ value: String) { text.write(value) }
  func encode(_ value: Int) { text.write(value) }
  func encode(_ value: Int8) { text.write(value) }
  func encode(_ value: Int16) { text.write(value) }
  func encode(_ value: Int32) { text.write(value) }
  func encode(_ value: Int64) { text.write(value) }
  func encode(_ value: UInt) { text.write(value) }
  func encode(_ value: UInt8) { text.write(value) }
  func encode(_ value: UInt16) { text.write(value) }
  func encode(_ value: UInt32) { text.write(value) }
  func encode(_ value: UInt64) { text.write(value) }
  func encode(_ value: Double) throws { throw Self.inexact(value) }
  func encode(_ value: Float) throws { throw Self.inexact(value) }
  func encode(_ value: some Encodable) throws { try Self.write(value, to: text) }

  /// Writes a value; one that encodes nothing is an empty object.
  @inline(__always)
  static func write(_ value: some Encodable, to text: JSONBytes) throws {
    let (start, depth) = (text.bytes.count, text.depth)
    try value.encode(to: JSONBytesEncoder(text: text, depth: depth))
    if text.bytes.count == start { text.write(literal: "{}") }
    text.close(to: depth)
  }

  private static func inexact(_ value: Any) -> EncodingError {
    .invalidValue(value, .init(codingPath: [], debugDescription: "floating point is not stored"))
  }
}

struct JSONBytesKeyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
  private let text: JSONBytes
  private let depth: Int

  init(text: JSONBytes) {
    self.text = text
    depth = text.begin(UInt8(ascii: "{"), closing: UInt8(ascii: "}"))
  }

  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) {
    text.write(key: key.stringValue, in: depth)
    text.write(literal: "null")
  }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    text.write(key: key.stringValue, in: depth)
    try JSONBytesEncoder.write(value, to: text)
  }

  func nestedContainer<Nested>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
    text.write(key: key.stringValue, in: depth)
    return KeyedEncodingContainer(JSONBytesKeyed<Nested>(text: text))
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    text.write(key: key.stringValue, in: depth)
    return JSONBytesList(text: text)
  }

  func superEncoder() -> any Encoder { preconditionFailure("stored records are values, without a superclass") }
  func superEncoder(forKey key: Key) -> any Encoder { superEncoder() }
}

struct JSONBytesList: UnkeyedEncodingContainer {
  private let text: JSONBytes
  private let depth: Int
  private(set) var count = 0

  init(text: JSONBytes) {
    self.text = text
    depth = text.begin(UInt8(ascii: "["), closing: UInt8(ascii: "]"))
  }

  var codingPath: [any CodingKey] { [] }

  private mutating func next() {
    text.separate(in: depth)
    count += 1
  }

  mutating func encodeNil() {
    next()
    text.write(literal: "null")
  }

  mutating func encode(_ value: some Encodable) throws {
    next()
    try JSONBytesEncoder.write(value, to: text)
  }

  mutating func nestedContainer<Nested>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    next()
    return KeyedEncodingContainer(JSONBytesKeyed<Nested>(text: text))
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    next()
    return JSONBytesList(text: text)
  }

  func superEncoder() -> any Encoder { preconditionFailure("stored records are values, without a superclass") }
}
