/// A strict JSON parser (RFC 8259) that writes a flat list of nodes and copies no text.
struct JSONParser {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let depthLimit: Int
  private var index = 0
  private(set) var nodes: ContiguousArray<JSONNode> = []
  private(set) var duplicates = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
    self.bytes = bytes
    self.depthLimit = limits.depth
    // One node for every ten bytes or so, as messages of the interface have them.
    nodes.reserveCapacity(bytes.count / 10 + 8)
  }

  /// Parses the whole text.
  mutating func parse() throws(JSONFault) {
    // Some clients begin with a byte order mark.
    if bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF { index = 3 }
    skipBlanks()
    guard index < bytes.count else { throw .empty }
    try value(depth: 0)
    skipBlanks()
    guard index == bytes.count else { throw .unexpected(offset: index, expected: .end) }
  }

  private mutating func value(depth: Int) throws(JSONFault) {
    switch try current() {
    case Ascii.quote: try text(as: .text)
    case Ascii.openObject: try object(depth: depth + 1)
    case Ascii.openList: try list(depth: depth + 1)
    case Ascii.minus, Ascii.zero...Ascii.nine: try number()
    case UInt8(ascii: "t"): try word("true", .yes)
    case UInt8(ascii: "f"): try word("false", .no)
    case UInt8(ascii: "n"): try word("null", .null)
    default: throw .unexpected(offset: index, expected: .value)
    }
  }

  // MARK: Containers

  private mutating func object(depth: Int) throws(JSONFault) {
    guard depth <= depthLimit else { throw .tooDeep(limit: depthLimit) }
    let own = open(.object)
    var count: UInt32 = 0
    if try current() == Ascii.closeObject {
      index += 1
    } else {
      while true {
        guard try current() == Ascii.quote else { throw .unexpected(offset: index, expected: .name) }
        try text(as: .name)
        skipBlanks()
        guard try current() == Ascii.colon else { throw .unexpected(offset: index, expected: .colon) }
        index += 1
        skipBlanks()
        try value(depth: depth)
        count += 1
        if try isLast(closing: Ascii.closeObject) { break }
      }
    }
    close(own, count)
    if count > 1 { markReplaced(in: own, count: Int(count)) }
  }

  private mutating func list(depth: Int) throws(JSONFault) {
    guard depth <= depthLimit else { throw .tooDeep(limit: depthLimit) }
    let own = open(.list)
    var count: UInt32 = 0
    if try current() == Ascii.closeList {
      index += 1
    } else {
      while true {
        try value(depth: depth)
        count += 1
        if try isLast(closing: Ascii.closeList) { break }
      }
    }
    close(own, count)
  }

  /// Takes the opening bracket and the blanks after it.
  private mutating func open(_ kind: JSONKind) -> Int {
    let own = nodes.count
    append(kind, start: index, count: 0)
    index += 1
    skipBlanks()
    return own
  }

  private mutating func close(_ own: Int, _ count: UInt32) {
    nodes[own].count = count
    nodes[own].next = UInt32(nodes.count)
  }

  /// Takes a comma and the blanks around it, or the closing bracket.
  private mutating func isLast(closing: UInt8) throws(JSONFault) -> Bool {
    skipBlanks()
    let byte = try current()
    guard byte == Ascii.comma || byte == closing else { throw .unexpected(offset: index, expected: .comma) }
    index += 1
    if byte == closing { return true }
    skipBlanks()
    return false
  }

  /// Marks members whose name comes again later in the same object.
  private mutating func markReplaced(in own: Int, count: Int) {
    if count <= 48 { return markReplacedByPairs(in: own) }
    var latest: [String: Int] = [:]
    latest.reserveCapacity(count)
    for name in names(in: own) {
      if let earlier = latest.updateValue(name, forKey: JSONText.string(bytes, nodes[name])) { replace(earlier) }
    }
  }

  private mutating func markReplacedByPairs(in own: Int) {
    let end = Int(nodes[own].next)
    var name = own + 1
    while name < end {
      let hash = nodes[name].hash
      var earlier = own + 1
      while earlier < name {
        if nodes[earlier].hash == hash, JSONText.isEqual(bytes, nodes[earlier], nodes[name]) { replace(earlier) }
        earlier = Int(nodes[earlier + 1].next)
      }
      name = Int(nodes[name + 1].next)
    }
  }

  private mutating func replace(_ name: Int) {
    guard !nodes[name].isReplaced else { return }
    nodes[name].isReplaced = true
    duplicates += 1
  }

  private func names(in own: Int) -> [Int] {
    var found: [Int] = []
    var name = own + 1
    while name < Int(nodes[own].next) {
      found.append(name)
      name = Int(nodes[name + 1].next)
    }
    return found
  }

  // MARK: Scalars

  private mutating func text(as kind: JSONKind) throws(JSONFault) {
    index += 1
    let start = index
    var hash = NameHash.seed
    var escaped = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte == Ascii.quote {
        append(kind, start: start, count: index - start, hash: kind == .name ? hash : 0, escaped: escaped)
        index += 1
        if escaped && kind == .name { rehash() }
        return
      }
      guard byte >= 0x20 else { throw .unexpected(offset: index, expected: .character) }
      if byte == Ascii.backslash {
        escaped = true
        try escape()
      } else {
        hash = NameHash.add(byte, to: hash)
        index += 1
      }
    }
    throw .endsEarly
  }

  /// The hash of a name with escapes is that of the name it stands for.
  private mutating func rehash() {
    let last = nodes.count - 1
    nodes[last].hash = NameHash.of(JSONText.string(bytes, nodes[last]).utf8)
  }

  private mutating func escape() throws(JSONFault) {
    let start = index
    index += 1
    switch try current() {
    case Ascii.quote, Ascii.backslash, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
      UInt8(ascii: "r"), UInt8(ascii: "t"):
      index += 1
    case UInt8(ascii: "u"):
      let unit = try hexadecimal()
      if (0xD800...0xDBFF).contains(unit) {
        guard try current() == Ascii.backslash else { throw .unexpected(offset: start, expected: .escape) }
        index += 1
        guard try current() == UInt8(ascii: "u"), (0xDC00...0xDFFF).contains(try hexadecimal()) else {
          throw .unexpected(offset: start, expected: .escape)
        }
      } else if (0xDC00...0xDFFF).contains(unit) {
        throw .unexpected(offset: start, expected: .escape)
      }
    default:
      throw .unexpected(offset: index, expected: .escape)
    }
  }

  /// Takes the letter `u` and four digits.
  private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
    index += 1
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Ascii.hexadecimal(try current()) else { throw .unexpected(offset: index, expected: .escape) }
      unit = unit << 4 | UInt32(digit)
      index += 1
    }
    return unit
  }

  private mutating func number() throws(JSONFault) {
    let start = index
    if bytes[index] == Ascii.minus { index += 1 }
    if try current() == Ascii.zero { index += 1 } else { try digits() }
    if index < bytes.count, bytes[index] == Ascii.point {
      index += 1
      try digits()
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      let sign = try current()
      if sign == Ascii.minus || sign == Ascii.plus { index += 1 }
      try digits()
    }
    append(.number, start: start, count: index - start)
  }

  private mutating func digits() throws(JSONFault) {
    let start = index
    while index < bytes.count, bytes[index] &- Ascii.zero < 10 { index += 1 }
    guard index > start else {
      if index == bytes.count { throw .endsEarly }
      throw .unexpected(offset: index, expected: .digit)
    }
  }

  private mutating func word(_ word: StaticString, _ kind: JSONKind) throws(JSONFault) {
    for position in 0..<word.utf8CodeUnitCount {
      guard try current() == word.utf8Start[position] else { throw .unexpected(offset: index, expected: .value) }
      index += 1
    }
    append(kind, start: index, count: 0)
  }

  // MARK: Bytes

  @inline(__always)
  private func current() throws(JSONFault) -> UInt8 {
    guard index < bytes.count else { throw .endsEarly }
    return bytes[index]
  }

  @inline(__always)
  private mutating func skipBlanks() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x0A, 0x0D, 0x09: index += 1
      default: return
      }
    }
  }

  @inline(__always)
  private mutating func append(_ kind: JSONKind, start: Int, count: Int, hash: UInt32 = 0, escaped: Bool = false) {
    nodes.append(
      JSONNode(
        start: UInt32(truncatingIfNeeded: start), count: UInt32(truncatingIfNeeded: count),
        next: UInt32(truncatingIfNeeded: nodes.count + 1), hash: hash, kind: kind, isEscaped: escaped, isReplaced: false
      ))
  }
}

/// Bytes of the JSON grammar.
enum Ascii {
  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")
  static let openObject = UInt8(ascii: "{")
  static let closeObject = UInt8(ascii: "}")
  static let openList = UInt8(ascii: "[")
  static let closeList = UInt8(ascii: "]")
  static let colon = UInt8(ascii: ":")
  static let comma = UInt8(ascii: ",")
  static let minus = UInt8(ascii: "-")
  static let plus = UInt8(ascii: "+")
  static let point = UInt8(ascii: ".")
  static let zero = UInt8(ascii: "0")
  static let nine = UInt8(ascii: "9")

  static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case zero...nine: byte - zero
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
