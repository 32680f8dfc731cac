public import Kernel

/// Prints JSON straight into bytes, compactly and in the order of the calls.
///
/// ```swift
/// var writer = JSONWriter()
/// writer.object {
///   $0.text("psn_no", "P1")
///   $0.amount("balc", Money(fen: 1250))
/// }
/// // {"psn_no":"P1","balc":12.50}
/// ```
public struct JSONWriter {
  /// What has been printed.
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// Begins an empty text.
  public init(capacity: Int = 1_024) { bytes.reserveCapacity(capacity) }

  // MARK: Containers

  /// Prints an object whose members the body prints.
  public mutating func object(_ body: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(Ascii.openObject)
    needsComma = false
    body(&self)
    bytes.append(Ascii.closeObject)
    needsComma = true
  }

  /// Prints an array whose elements the body prints.
  public mutating func list(_ body: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(Ascii.openList)
    needsComma = false
    body(&self)
    bytes.append(Ascii.closeList)
    needsComma = true
  }

  /// Prints a member that is an object.
  public mutating func object(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
    self.name(name)
    object(body)
  }

  /// Prints a member that is an array.
  public mutating func list(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
    self.name(name)
    list(body)
  }

  /// Prints a member that is an array of objects, one for each element.
  public mutating func rows<Row>(_ name: StaticString, _ rows: [Row], _ body: (inout JSONWriter, Row) -> Void) {
    list(name) { writer in
      for row in rows { writer.object { body(&$0, row) } }
    }
  }

  // MARK: Members

  /// Prints a member that is a string.
  public mutating func text(_ name: StaticString, _ value: String) {
    self.name(name)
    string(value)
  }

  /// Prints a member that is a string, or `null` when there is none.
  public mutating func text(_ name: StaticString, optional value: String?) {
    if let value { text(name, value) } else { null(name) }
  }

  /// Prints a member that is an amount in yuan, a number with two decimals.
  public mutating func amount(_ name: StaticString, _ value: Money) { number(name, value.fen, decimals: 2) }

  /// Prints a member that is a scaled whole number, with all its decimals.
  public mutating func number(_ name: StaticString, _ value: Int64, decimals: Int = 0) {
    self.name(name)
    separate()
    digits(value, decimals: decimals)
    needsComma = true
  }

  /// Prints a member that is `true` or `false`.
  public mutating func flag(_ name: StaticString, _ value: Bool) {
    self.name(name)
    separate()
    append(value ? "true" : "false")
    needsComma = true
  }

  /// Prints a member that is `null`.
  public mutating func null(_ name: StaticString) {
    self.name(name)
    separate()
    append("null")
    needsComma = true
  }

  /// Prints a member that is a value of another document.
  public mutating func value(_ name: StaticString, _ value: JSONValue) {
    self.name(name)
    self.value(value)
  }

  /// Prints a value of another document, compactly; members that a later one replaces are left out.
  public mutating func value(_ value: JSONValue) {
    separate()
    value.writeCompactly(to: &bytes)
    needsComma = true
  }

  /// Prints a string value.
  public mutating func string(_ value: String) {
    separate()
    bytes.append(Ascii.quote)
    var value = value
    value.withUTF8 { escape($0) }
    bytes.append(Ascii.quote)
    needsComma = true
  }

  // MARK: Bytes

  private mutating func name(_ name: StaticString) {
    separate()
    bytes.append(Ascii.quote)
    append(name)
    bytes.append(Ascii.quote)
    bytes.append(Ascii.colon)
    needsComma = false
  }

  private mutating func append(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  @inline(__always)
  private mutating func separate() {
    if needsComma { bytes.append(Ascii.comma) }
    needsComma = false
  }

  private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for index in 0..<text.count {
      let byte = text[index]
      if byte >= 0x20 && byte != Ascii.quote && byte != Ascii.backslash { continue }
      bytes.append(contentsOf: text[start..<index])
      start = index + 1
      escape(byte)
    }
    bytes.append(contentsOf: text[start...])
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(Ascii.backslash)
    switch byte {
    case Ascii.quote, Ascii.backslash: bytes.append(byte)
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    default:
      append("u00")
      for digit in [byte >> 4, byte & 15] {
        bytes.append(digit < 10 ? Ascii.zero + digit : UInt8(ascii: "a") + digit - 10)
      }
    }
  }

  private mutating func digits(_ value: Int64, decimals: Int) {
    if value < 0 { bytes.append(Ascii.minus) }
    var rest = value.magnitude
    let start = bytes.count
    var written = 0
    repeat {
      if written == decimals && decimals > 0 { bytes.append(Ascii.point) }
      bytes.append(Ascii.zero + UInt8(rest % 10))
      rest /= 10
      written += 1
    } while rest > 0 || written <= decimals
    bytes[start...].reverse()
  }
}
