import CLibExpat

/// Receives a document's elements in order.
protocol XMLListener: AnyObject {
  func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookFault)
  func end(_ name: XMLName) throws(WorkbookFault)
  func characters(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookFault)
}

/// The name of an element or attribute without its prefix, lent while the event lasts.
struct XMLName {
  fileprivate let text: UnsafePointer<CChar>

  fileprivate init(_ qualified: UnsafePointer<CChar>) {
    var start = qualified
    var next = qualified
    while next.pointee != 0 {
      if next.pointee == 0x3A { start = next + 1 }
      next += 1
    }
    text = start
  }

  static func == (name: XMLName, literal: StaticString) -> Bool {
    literal.withUTF8Buffer { expected in
      for (position, byte) in expected.enumerated() where UInt8(bitPattern: name.text[position]) != byte {
        return false
      }
      return name.text[expected.count] == 0
    }
  }

  static func ~= (literal: StaticString, name: XMLName) -> Bool { name == literal }
}

/// The attributes of an element, lent while the event lasts.
struct XMLAttributes {
  fileprivate let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>

  /// The bytes of an attribute's value, zero at the end.
  func bytes(_ name: StaticString) -> UnsafePointer<CChar>? {
    var next = pairs
    while let key = next.pointee {
      if XMLName(key) == name { return next[1] }
      next += 2
    }
    return nil
  }

  subscript(name: StaticString) -> String? { bytes(name).map { String(cString: $0) } }

  /// Every attribute in order.
  var all: Pairs { Pairs(place: pairs) }

  /// The attributes of an element one by one.
  struct Pairs {
    fileprivate var place: UnsafeMutablePointer<UnsafePointer<CChar>?>

    mutating func next() -> (name: XMLName, value: UnsafePointer<CChar>)? {
      guard let key = place[0], let value = place[1] else { return nil }
      place += 2
      return (XMLName(key), value)
    }
  }

  /// The attribute with a prefix, such as `r:id` beside `id`.
  func prefixed(_ name: StaticString) -> String? {
    var next = pairs
    while let key = next.pointee {
      if XMLName(key).text != key, XMLName(key) == name { return next[1].map { String(cString: $0) } }
      next += 2
    }
    return nil
  }
}

/// Reads one part of a workbook by expat.
///
/// A document type declaration ends the reading: workbooks have none, and without one there are no entities to expand.
final class XMLStream {
  private let listener: any XMLListener
  private let part: String
  private let parser: XML_Parser
  private var fault: WorkbookFault?
  private var depth = 0

  private static let deepest = 64

  private init(_ part: String, _ listener: any XMLListener) throws(WorkbookFault) {
    guard let parser = XML_ParserCreate(nil) else { throw .damaged(part, "no memory") }
    (self.part, self.listener, self.parser) = (part, listener, parser)
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { XMLStream.of($0).opened($1, $2) },
      { XMLStream.of($0).closed($1) })
    XML_SetCharacterDataHandler(parser) { XMLStream.of($0).read($1, $2) }
    XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, _ in
      let stream = XMLStream.of(context)
      stream.stop(.damaged(stream.part, "DOCTYPE"))
    }
  }

  deinit { XML_ParserFree(parser) }

  /// Reads a part from its first byte to its last.
  static func read(
    _ part: String, of package: WorkbookPackage, limit: Int, _ listener: any XMLListener
  ) throws(WorkbookFault) {
    let stream = try XMLStream(part, listener)
    try package.unpack(part, limit: limit, into: { XML_GetBuffer(stream.parser, Int32($0)) }) {
      count throws(WorkbookFault) in
      let status = XML_ParseBuffer(stream.parser, Int32(count), count == 0 ? 1 : 0)
      if let fault = stream.fault { throw fault }
      if status == XML_STATUS_OK { return true }
      let code = XML_GetErrorCode(stream.parser)
      let line = XML_GetCurrentLineNumber(stream.parser)
      throw .damaged(part, "\(XML_ErrorString(code).map { String(cString: $0) } ?? "XML"), line \(line)")
    }
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> XMLStream {
    guard let context else { preconditionFailure("the parser has its stream as user data") }
    return Unmanaged<XMLStream>.fromOpaque(context).takeUnretainedValue()
  }

  private func opened(
    _ name: UnsafePointer<CChar>?, _ pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?
  ) {
    depth += 1
    if depth > Self.deepest { return stop(.damaged(part, "more than \(Self.deepest) levels")) }
    guard fault == nil, let name, let pairs else { return }
    do throws(WorkbookFault) {
      try listener.start(XMLName(name), XMLAttributes(pairs: pairs))
    } catch {
      stop(error)
    }
  }

  private func closed(_ name: UnsafePointer<CChar>?) {
    depth -= 1
    guard fault == nil, let name else { return }
    do throws(WorkbookFault) { try listener.end(XMLName(name)) } catch { stop(error) }
  }

  private func read(_ text: UnsafePointer<CChar>?, _ count: Int32) {
    guard fault == nil, let text else { return }
    text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { bytes in
      do throws(WorkbookFault) {
        try listener.characters(UnsafeBufferPointer(start: bytes, count: Int(count)))
      } catch {
        stop(error)
      }
    }
  }

  private func stop(_ fault: WorkbookFault) {
    if self.fault == nil { self.fault = fault }
    XML_StopParser(parser, XML_Bool(XML_FALSE))
  }
}
