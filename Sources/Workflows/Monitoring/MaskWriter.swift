/// Walks through a JSON text and writes it again with personal values hidden; blanks, order and kinds of values stay.
struct MaskWriter {
  /// The text is no JSON, or nested deeper than any message is.
  struct NotJSON: Error {}

  private static let depthLimit = 64

  private let input: UnsafeBufferPointer<UInt8>
  private var place = 0
  /// How deep the JSON is of which this one is a text within.
  private let outerDepth: Int
  private(set) var output: [UInt8] = []
  /// Values that were hidden, with what is shown for them.
  private(set) var hidden: [String: String] = [:]
  /// The message's identifier, a text of the outermost object.
  private(set) var message = ""

  init(_ input: UnsafeBufferPointer<UInt8>, outerDepth: Int = 0) {
    (self.input, self.outerDepth) = (input, outerDepth)
    output.reserveCapacity(input.count)
  }

  /// The whole text: one value, with nothing but blanks around it.
  mutating func document() throws(NotJSON) {
    try value(nil, key: "", depth: outerDepth)
    guard next == nil else { throw NotJSON() }
  }

  // MARK: Walking

  /// The next byte that is no blank; blanks before it are copied.
  private var next: UInt8? {
    mutating get {
      while place < input.count, [0x20, 0x0A, 0x0D, 0x09].contains(input[place]) {
        output.append(input[place])
        place += 1
      }
      return place < input.count ? input[place] : nil
    }
  }

  private mutating func copy(_ byte: UInt8) throws(NotJSON) {
    guard next == byte else { throw NotJSON() }
    output.append(byte)
    place += 1
  }

  private mutating func value(_ kind: PersonalField?, key: String, depth: Int) throws(NotJSON) {
    guard depth <= Self.depthLimit else { throw NotJSON() }
    switch next {
    case UInt8(ascii: "{"): try object(depth: depth + 1)
    case UInt8(ascii: "["): try list(kind, key: key, depth: depth + 1)
    case UInt8(ascii: "\""): try text(kind, key: key, depth: depth)
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    default: try number(kind)
    }
  }

  private mutating func object(depth: Int) throws(NotJSON) {
    try copy(UInt8(ascii: "{"))
    if next == UInt8(ascii: "}") { return try copy(UInt8(ascii: "}")) }
    while true {
      guard next == UInt8(ascii: "\"") else { throw NotJSON() }
      let (raw, key) = try string()
      // A personal value may stand where a name should.
      output += PersonalNumber.isOne(key.utf8) ? Self.quoted(PersonalField.number.hide(key)) : Array(raw)
      try copy(UInt8(ascii: ":"))
      try value(PersonalField.named(key), key: depth == 1 ? key : "", depth: depth)
      if next == UInt8(ascii: "}") { return try copy(UInt8(ascii: "}")) }
      try copy(UInt8(ascii: ","))
    }
  }

  private mutating func list(_ kind: PersonalField?, key: String, depth: Int) throws(NotJSON) {
    try copy(UInt8(ascii: "["))
    if next == UInt8(ascii: "]") { return try copy(UInt8(ascii: "]")) }
    while true {
      try value(kind, key: "", depth: depth)
      if next == UInt8(ascii: "]") { return try copy(UInt8(ascii: "]")) }
      try copy(UInt8(ascii: ","))
    }
  }

  private mutating func word(_ word: StaticString) throws(NotJSON) {
    for byte in word.description.utf8 {
      guard place < input.count, input[place] == byte else { throw NotJSON() }
      output.append(byte)
      place += 1
    }
  }

  /// A number; a personal one becomes 0, because it can hold no star.
  private mutating func number(_ kind: PersonalField?) throws(NotJSON) {
    let start = place
    if peek == UInt8(ascii: "-") { place += 1 }
    let whole = digits()
    guard whole > 0, whole == 1 || input[place - whole] != UInt8(ascii: "0") else { throw NotJSON() }
    if peek == UInt8(ascii: ".") {
      place += 1
      if digits() == 0 { throw NotJSON() }
    }
    if let byte = peek, byte | 0x20 == UInt8(ascii: "e") {
      place += 1
      if let sign = peek, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { place += 1 }
      if digits() == 0 { throw NotJSON() }
    }
    let written = input[start..<place]
    if kind != nil || PersonalNumber.isOne(written) {
      hidden[String(decoding: written, as: UTF8.self)] = "*"
      output.append(UInt8(ascii: "0"))
    } else {
      output += written
    }
  }

  private var peek: UInt8? { place < input.count ? input[place] : nil }

  private mutating func digits() -> Int {
    let start = place
    while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { place += 1 }
    return place - start
  }

  // MARK: Texts

  private mutating func text(_ kind: PersonalField?, key: String, depth: Int) throws(NotJSON) {
    let (raw, value) = try string()
    if key == "msgid" { message = value }
    if let kind, !value.isEmpty {
      let shown = kind.hide(value)
      hidden[value] = shown
      output += Self.quoted(shown)
    } else if let inner = inner(value, depth: depth) {
      output += Self.quoted(inner)
    } else {
      let shown = key == "msgid" ? value : PersonalNumber.hidden(in: value)
      output += shown == value ? Array(raw) : Self.quoted(shown)
    }
  }

  /// A text that is JSON itself, with personal values hidden; `nil` when it is none.
  private mutating func inner(_ value: String, depth: Int) -> String? {
    guard let first = value.utf8.first(where: { $0 > 0x20 }),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    else { return nil }
    let bytes = Array(value.utf8)
    let found = bytes.withUnsafeBufferPointer { bytes -> (text: String, hidden: [String: String])? in
      var writer = MaskWriter(bytes, outerDepth: depth + 1)
      do throws(NotJSON) { try writer.document() } catch { return nil }
      return (String(decoding: writer.output, as: UTF8.self), writer.hidden)
    }
    guard let found else { return nil }
    hidden.merge(found.hidden) { first, _ in first }
    return found.text
  }

  /// Reads a text: as it is written, quotes included, and what it says.
  private mutating func string() throws(NotJSON) -> (raw: UnsafeBufferPointer<UInt8>.SubSequence, value: String) {
    let start = place
    place += 1
    var plain: [UInt8] = []
    while let byte = peek {
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return (input[start..<place], String(decoding: plain, as: UTF8.self))
      case UInt8(ascii: "\\"): plain += try escape()
      case 0..<0x20: throw NotJSON()
      default: plain.append(byte)
      }
    }
    throw NotJSON()
  }

  private mutating func escape() throws(NotJSON) -> [UInt8] {
    guard let byte = peek else { throw NotJSON() }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var units = [try unit()]
      if UTF16.isLeadSurrogate(units[0]), place + 1 < input.count, input[place] == UInt8(ascii: "\\"),
        input[place + 1] == UInt8(ascii: "u")
      {
        place += 2
        units.append(try unit())
      }
      return Array(String(decoding: units, as: UTF16.self).utf8)
    default: throw NotJSON()
    }
  }

  private mutating func unit() throws(NotJSON) -> UInt16 {
    guard place + 4 <= input.count,
      let unit = UInt16(String(decoding: input[place..<place + 4], as: UTF8.self), radix: 16)
    else { throw NotJSON() }
    place += 4
    return unit
  }

  private static func quoted(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x0A: bytes += Array("\\n".utf8)
      case 0x0D: bytes += Array("\\r".utf8)
      case 0x09: bytes += Array("\\t".utf8)
      case 0..<0x20: bytes += Array("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
    return bytes
  }
}
