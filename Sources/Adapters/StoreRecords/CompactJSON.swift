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
///
/// Memory of its own rather than an array: a settlement is some two thousand small pieces, and an array asks before
/// each whether it is shared and whether there is room (measured: performance.md).
final class JSONBytes {
  // One encoding uses it, on one thread; checking each access at run time took a quarter of the whole.
  @exclusivity(unchecked) private var start: UnsafeMutablePointer<UInt8>
  @exclusivity(unchecked) private var capacity = 4096
  /// How many bytes have been written.
  @exclusivity(unchecked) private(set) var count = 0
  /// How many brackets are open.
  @exclusivity(unchecked) private(set) var depth = 0
  /// The kind of each open bracket, one bit a level: whether it is an object's.
  @exclusivity(unchecked) private var objects: UInt64 = 0

  init() { start = .allocate(capacity: capacity) }

  deinit { start.deallocate() }

  /// What has been written.
  var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

  var string: String { String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }

  /// Makes room for so many bytes more.
  @inline(__always)
  private func reserve(_ more: Int) {
    if count + more > capacity { grow(more) }
  }

  @inline(never)
  private func grow(_ more: Int) {
    let larger = max(capacity * 2, count + more)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    moved.update(from: start, count: count)
    start.deallocate()
    (start, capacity) = (moved, larger)
  }

  @inline(__always)
  private func append(_ byte: UInt8) {
    reserve(1)
    start[count] = byte
    count += 1
  }

  @inline(__always)
  private func append(_ text: UnsafeBufferPointer<UInt8>) {
    guard let from = text.baseAddress else { return }
    reserve(text.count)
    (start + count).update(from: from, count: text.count)
    count += text.count
  }

  /// Closes what is open below a depth: containers end when their parent goes on.
  @inline(__always)
  func close(to depth: Int) {
    while self.depth > depth {
      append(objects & 1 == 1 ? UInt8(ascii: "}") : UInt8(ascii: "]"))
      objects >>= 1
      self.depth -= 1
    }
  }

  /// Opens an object or a list.
  ///
  /// - Returns: the depth of what is in it.
  func begin(object isObject: Bool) -> Int {
    precondition(depth < UInt64.bitWidth, "records are nested less deeply")
    append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
    objects = objects << 1 | (isObject ? 1 : 0)
    depth += 1
    return depth
  }

  /// Begins the next element of the container at a depth.
  @inline(__always)
  func separate(in depth: Int) {
    close(to: depth)
    guard count > 0 else { return }
    let last = start[count - 1]
    if last != UInt8(ascii: "{"), last != UInt8(ascii: "[") { append(UInt8(ascii: ",")) }
  }

  func write(key: String, in depth: Int) {
    separate(in: depth)
    write(key)
    append(UInt8(ascii: ":"))
  }

  /// Writes a name that is known when the program is built and needs no escapes.
  func write(name: StaticString) {
    separate(in: depth)
    reserve(name.utf8CodeUnitCount + 3)
    append(UInt8(ascii: "\""))
    write(literal: name)
    append(UInt8(ascii: "\""))
    append(UInt8(ascii: ":"))
  }

  func write(literal: StaticString) {
    append(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  func write(_ text: String) {
    append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      if utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
        append(utf8)
      } else {
        for byte in utf8 { escape(byte) }
      }
    }
    append(UInt8(ascii: "\""))
  }

  private func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      append(UInt8(ascii: "\\"))
      append(byte)
    case 0..<0x20:
      write(literal: "\\u00")
      append(Self.digits[Int(byte >> 4)])
      append(Self.digits[Int(byte & 15)])
    default: append(byte)
    }
  }

  func write(_ number: some BinaryInteger) {
    guard var rest = UInt64(exactly: number.magnitude) else {
      var text = String(number)
      return text.withUTF8 { append($0) }
    }
    if number < 0 { append(UInt8(ascii: "-")) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var place = 20
      repeat {
        place -= 1
        digits[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      append(UnsafeBufferPointer(rebasing: digits[place...]))
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
    let (start, depth) = (text.count, text.depth)
    try value.encode(to: JSONBytesEncoder(text: text, depth: depth))
    if text.count == start { text.write(literal: "{}") }
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
    depth = text.begin(object: true)
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
    depth = text.begin(object: false)
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
