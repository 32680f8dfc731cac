/// What a node of a parsed document is.
public enum JSONKind: UInt8, Sendable {
  /// Nothing (`null`).
  case null
  /// `true`.
  case yes
  /// `false`.
  case no
  /// A number, kept as the text it came in.
  case number
  /// A string.
  case text
  /// An array.
  case list
  /// An object.
  case object
  /// The name of a member; its value is the next node.
  case name
}

/// One entry of the flat list that a document is parsed into; containers are followed by what they hold.
struct JSONNode {
  /// Where the node's bytes begin: after the quote of a string, at the first digit of a number.
  var start: UInt32
  /// How many bytes a string or number has; how many elements or members a container has.
  var count: UInt32
  /// The index of the node after this one and everything inside it.
  var next: UInt32
  /// A hash of a member's name; 0 elsewhere.
  var hash: UInt32
  /// What it is.
  var kind: JSONKind
  /// Whether a string holds escapes.
  var isEscaped: Bool
  /// Whether a later member of the same name replaces this one.
  var isReplaced: Bool
}

/// The hash of a member's name as the parser makes it.
enum NameHash {
  static let seed: UInt32 = 2_166_136_261

  @inline(__always)
  static func add(_ byte: UInt8, to hash: UInt32) -> UInt32 { (hash ^ UInt32(byte)) &* 16_777_619 }

  static func of(_ bytes: some Sequence<UInt8>) -> UInt32 { bytes.reduce(seed) { add($1, to: $0) } }
}

/// Limits that keep one message from taking the whole server.
public struct JSONLimits: Sendable {
  /// The largest body in bytes.
  public var bytes: Int
  /// How deeply arrays and objects may lie within each other.
  public var depth: Int

  /// Makes limits; the usual ones hold a stay's fee lines with room to spare.
  public init(bytes: Int = 8 << 20, depth: Int = 32) {
    self.bytes = bytes
    self.depth = depth
  }
}
