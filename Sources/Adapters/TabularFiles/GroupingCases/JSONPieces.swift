public import Kernel

/// The objects of a JSON file one by one: of an array, of lines, or a single one; memory holds one of them.
///
/// Only brackets and texts are looked at; whoever takes a piece reads it as JSON.
public struct JSONPieces {
  /// One piece of the file.
  public enum Piece: Hashable, Sendable {
    /// The bytes of an object and the line on which it begins.
    case value([UInt8], line: Int)
    /// Something that is no object, up to the end of its line.
    case broken(line: Int)
  }

  /// Bytes that one object may have.
  public static let longestObject = 64 << 20

  private let path: String
  private let chunk: Int

  /// Names a file; `-` is standard input.
  public init(path: String, chunk: Int = 256 << 10) {
    precondition(chunk > 0, "a chunk needs at least one byte")
    self.path = path
    self.chunk = chunk
  }

  /// Whether a file's first byte that is no blank opens an object or an array.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be read.
  public static func isJSON(_ path: String) throws(Diagnostic) -> Bool {
    var source = try ByteSource.open(path)
    defer { source.close() }
    var head: [UInt8] = []
    guard try source.read(into: &head, count: 1_024, name: path) else { return false }
    let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
    let first = text.first { $0 > 0x20 }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  /// Calls the body with each piece in order.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be read or an object is too long, and what the body throws.
  public func forEach(_ body: (Piece) throws -> Void) throws {
    var source = path == "-" ? ByteSource.file(descriptor: 0) : try ByteSource.open(path)
    defer { source.close() }
    var state = Reading()
    var bytes: [UInt8] = []
    var isFirst = true
    while try source.read(into: &bytes, count: chunk, name: path) {
      if isFirst, bytes.count < 3 { continue }
      let start = isFirst && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      isFirst = false
      try state.take(bytes[start...], body)
      if state.object.count > Self.longestObject {
        throw Diagnostic(
          .error,
          LocalizedText(
            "此处的对象超过 \(Self.longestObject >> 20) MiB，或括号没有闭合。",
            "the object that begins here is longer than \(Self.longestObject >> 20) MiB, or never closed."),
          file: path, line: state.objectLine)
      }
      bytes.removeAll(keepingCapacity: true)
    }
    if isFirst { try state.take(bytes[...], body) }
    try state.finish(body)
  }

  /// Where the reading is between two bytes.
  private struct Reading {
    private enum Place { case between, inObject, inText, afterBackslash, inBroken }

    private var place = Place.between
    private var depth = 0
    private var line = 1
    var object: [UInt8] = []
    private(set) var objectLine = 1

    mutating func take(_ bytes: ArraySlice<UInt8>, _ body: (Piece) throws -> Void) throws {
      for byte in bytes {
        switch place {
        case .between: begin(byte)
        case .inObject:
          object.append(byte)
          switch byte {
          case UInt8(ascii: "\""): place = .inText
          case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
          case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth -= 1
            if depth == 0 { try finish(body) }
          default: break
          }
        case .inText:
          object.append(byte)
          if byte == UInt8(ascii: "\\") { place = .afterBackslash }
          if byte == UInt8(ascii: "\"") { place = .inObject }
        case .afterBackslash:
          object.append(byte)
          place = .inText
        case .inBroken: if byte == UInt8(ascii: "\n") { try finish(body) }
        }
        if byte == UInt8(ascii: "\n") { line += 1 }
      }
    }

    private mutating func begin(_ byte: UInt8) {
      switch byte {
      case UInt8(ascii: "{"): (place, depth, object, objectLine) = (.inObject, 1, [byte], line)
      // The brackets and commas of the array around the objects.
      case 0...0x20, UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","): break
      default: (place, objectLine) = (.inBroken, line)
      }
    }

    mutating func finish(_ body: (Piece) throws -> Void) throws {
      let ended = place
      place = .between
      defer { object.removeAll(keepingCapacity: true) }
      switch ended {
      case .between: return
      case .inBroken: try body(.broken(line: objectLine))
      case .inObject, .inText, .afterBackslash: try body(.value(object, line: objectLine))
      }
    }
  }
}
