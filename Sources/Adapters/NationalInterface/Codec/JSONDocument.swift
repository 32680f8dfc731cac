/// A parsed JSON text: its bytes and a flat list of nodes, in the order of the text.
///
/// Numbers stay the text they came in, so that no amount ever passes through floating point.
///
/// ```swift
/// let document = try JSONDocument(Array(#"{"medfee_sumamt": 70.50}"#.utf8))
/// document.root["medfee_sumamt"]?.plainText  // "70.50"
/// ```
public final class JSONDocument: Sendable {
  let bytes: [UInt8]
  let nodes: ContiguousArray<JSONNode>
  /// How many members were replaced by a later one of the same name in the same object.
  public let duplicateNames: Int

  /// Parses a text.
  ///
  /// - Parameters:
  ///   - bytes: the text in UTF-8; a byte order mark is skipped.
  ///   - limits: the largest size and depth.
  /// - Throws: the first ``JSONFault``, with its place.
  public init(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONFault) {
    guard bytes.count <= min(limits.bytes, Int(UInt32.max) - 16) else { throw .tooLarge(limit: limits.bytes) }
    let result = bytes.withUnsafeBufferPointer { buffer in
      Result<JSONParser, JSONFault> { () throws(JSONFault) in
        try Encoding.check(buffer)
        var parser = JSONParser(buffer, limits: limits)
        try parser.parse()
        return parser
      }
    }
    let parser = try result.get()
    self.bytes = bytes
    self.nodes = parser.nodes
    self.duplicateNames = parser.duplicates
  }

  /// The value that the whole text is.
  public var root: JSONValue { JSONValue(document: self, index: 0) }

  func string(_ node: JSONNode) -> String {
    bytes.withUnsafeBufferPointer { JSONText.string($0, node) }
  }
}

/// One value of a document.
public struct JSONValue: Sendable {
  /// The document it belongs to.
  public let document: JSONDocument
  let index: Int

  var node: JSONNode { document.nodes[index] }

  /// What it is.
  public var kind: JSONKind { node.kind }

  /// The string of a string value; `nil` for anything else.
  public var string: String? { node.kind == .text ? document.string(node) : nil }

  /// The text of a string or number; `nil` for anything else.
  public var plainText: String? {
    switch node.kind {
    case .text, .number: document.string(node)
    default: nil
    }
  }

  /// How many elements or members a container has, replaced members included; 0 for anything else.
  public var count: Int { node.kind == .list || node.kind == .object ? Int(node.count) : 0 }

  /// The last member of a name; `nil` when there is none or the value is no object.
  public subscript(name: StaticString) -> JSONValue? {
    let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    return member(wanted, hash: NameHash.of(wanted))
  }

  /// The last member of a name; `nil` when there is none or the value is no object.
  public subscript(name name: String) -> JSONValue? {
    var name = name
    return name.withUTF8 { member($0, hash: NameHash.of($0)) }
  }

  func member(_ wanted: UnsafeBufferPointer<UInt8>, hash: UInt32) -> JSONValue? {
    let own = node
    guard own.kind == .object else { return nil }
    return document.nodes.withUnsafeBufferPointer { nodes in
      var name = index + 1
      while name < Int(own.next) {
        if nodes[name].hash == hash, !nodes[name].isReplaced, isName(nodes[name], wanted) {
          return JSONValue(document: document, index: name + 1)
        }
        name = Int(nodes[name + 1].next)
      }
      return nil
    }
  }

  private func isName(_ node: JSONNode, _ wanted: UnsafeBufferPointer<UInt8>) -> Bool {
    if node.isEscaped { return document.string(node).utf8.elementsEqual(wanted) }
    guard Int(node.count) == wanted.count else { return false }
    return document.bytes.withUnsafeBufferPointer { bytes in
      let own = UnsafeBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.start + node.count)])
      for place in 0..<own.count where own[place] != wanted[place] { return false }
      return true
    }
  }

  /// Whether it is a string or number that is written without escapes, not longer than this many bytes, and surely says
  /// something: it begins neither as a `null` in quotes nor as a day that was never set, and has no blanks around it.
  func isPlain(upTo length: Int) -> Bool {
    let own = node
    guard own.kind == .text || own.kind == .number, !own.isEscaped, own.count > 0, Int(own.count) <= length else {
      return false
    }
    let (first, last) = (document.bytes[Int(own.start)], document.bytes[Int(own.start + own.count) - 1])
    return first > 0x20 && last > 0x20 && first != UInt8(ascii: "n") && first != Ascii.zero
  }

  /// The elements of an array, in order; empty for anything else.
  public var elements: [JSONValue] {
    guard node.kind == .list else { return [] }
    var found: [JSONValue] = []
    found.reserveCapacity(count)
    var child = index + 1
    while child < Int(node.next) {
      found.append(JSONValue(document: document, index: child))
      child = Int(document.nodes[child].next)
    }
    return found
  }

  /// The members of an object in the order of the text, without replaced ones; empty for anything else.
  public var members: [(name: String, value: JSONValue)] {
    guard node.kind == .object else { return [] }
    var found: [(name: String, value: JSONValue)] = []
    found.reserveCapacity(count)
    var name = index + 1
    while name < Int(node.next) {
      let node = document.nodes[name]
      if !node.isReplaced { found.append((document.string(node), JSONValue(document: document, index: name + 1))) }
      name = Int(document.nodes[name + 1].next)
    }
    return found
  }
}
