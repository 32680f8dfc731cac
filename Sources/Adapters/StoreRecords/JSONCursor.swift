/// Walks through the text that ``RecordText`` and ``CompactJSON`` write.
///
/// For the stores' own text alone: no blanks, whole numbers, escapes as those two make them. Anything else is reported
/// as damage, never guessed.
struct JSONCursor {
  /// What is not as it was written.
  struct Damage: Error {
    let place: Int
    let expected: String
  }

  private let bytes: UnsafeRawBufferPointer
  private var place = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  func damage(_ expected: String) -> Damage { Damage(place: place, expected: expected) }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func take(_ byte: UInt8) throws(Damage) {
    guard next == byte else { throw damage("\(Character(UnicodeScalar(byte)))") }
    place += 1
  }

  /// Reads an object; the body reads the value of each member.
  mutating func object(_ body: (_ key: String, _ cursor: inout JSONCursor) throws(Damage) -> Void) throws(Damage) {
    try take(UInt8(ascii: "{"))
    if next == UInt8(ascii: "}") { return place += 1 }
    while true {
      let key = try string()
      try take(UInt8(ascii: ":"))
      try body(key, &self)
      if next == UInt8(ascii: "}") { return place += 1 }
      try take(UInt8(ascii: ","))
    }
  }

  /// Reads a list; the body reads each element.
  mutating func list<Element>(_ body: (_ cursor: inout JSONCursor) throws(Damage) -> Element) throws(Damage)
    -> [Element]
  {
    try take(UInt8(ascii: "["))
    var elements: [Element] = []
    if next == UInt8(ascii: "]") {
      place += 1
      return elements
    }
    while true {
      elements.append(try body(&self))
      if next == UInt8(ascii: "]") {
        place += 1
        return elements
      }
      try take(UInt8(ascii: ","))
    }
  }

  // A list of unlike elements is read one by one.

  mutating func beginList() throws(Damage) { try take(UInt8(ascii: "[")) }

  mutating func endList() throws(Damage) { try take(UInt8(ascii: "]")) }

  /// Whether a text comes.
  var isString: Bool { next == UInt8(ascii: "\"") }

  /// Whether another element comes.
  var isFollowed: Bool { next == UInt8(ascii: ",") }

  /// Reads the element after the one before.
  mutating func following<Element>(_ body: (_ cursor: inout JSONCursor) throws(Damage) -> Element) throws(Damage)
    -> Element
  {
    try take(UInt8(ascii: ","))
    return try body(&self)
  }

  mutating func string() throws(Damage) -> String {
    try take(UInt8(ascii: "\""))
    let start = place
    while let byte = next, byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "\\") { return try escaped(from: start) }
      place += 1
    }
    let text = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<place]), as: UTF8.self)
    try take(UInt8(ascii: "\""))
    return text
  }

  private mutating func escaped(from start: Int) throws(Damage) -> String {
    var text = Array(bytes[start..<place])
    while let byte = next, byte != UInt8(ascii: "\"") {
      place += 1
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard let mark = next else { throw damage("an escape") }
      place += 1
      switch mark {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(mark)
      case UInt8(ascii: "u"):
        guard place + 4 <= bytes.count,
          let code = UInt8(String(decoding: bytes[place..<(place + 4)], as: UTF8.self), radix: 16)
        else { throw damage("four digits of a control character") }
        text.append(code)
        place += 4
      default: throw damage("a known escape")
      }
    }
    try take(UInt8(ascii: "\""))
    return String(decoding: text, as: UTF8.self)
  }

  mutating func integer() throws(Damage) -> Int64 {
    let isNegative = next == UInt8(ascii: "-")
    if isNegative { place += 1 }
    let start = place
    var value: Int64 = 0
    while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      let (product, isTooBig) = value.multipliedReportingOverflow(by: 10)
      // Downwards, because the least number has no opposite.
      let (sum, isTooSmall) = product.subtractingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
      guard !isTooBig, !isTooSmall else { throw damage("a number of 64 bits") }
      value = sum
      place += 1
    }
    guard place > start, isNegative || value != .min else { throw damage("a number") }
    return isNegative ? value : -value
  }

  mutating func bool() throws(Damage) -> Bool {
    if next == UInt8(ascii: "t") {
      try skip("true")
      return true
    }
    try skip("false")
    return false
  }

  private mutating func skip(_ word: StaticString) throws(Damage) {
    let count = word.utf8CodeUnitCount
    guard place + count <= bytes.count,
      UnsafeRawBufferPointer(start: word.utf8Start, count: count).elementsEqual(bytes[place..<(place + count)])
    else { throw damage("true or false") }
    place += count
  }
}
