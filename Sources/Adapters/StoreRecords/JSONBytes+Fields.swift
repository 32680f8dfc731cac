import Kernel

/// Objects, lists and fields whose names are known when the program is built.
extension JSONBytes {
  func object(_ body: () -> Void) {
    let depth = depth
    _ = begin(object: true)
    body()
    close(to: depth)
  }

  func object(_ key: StaticString, _ body: () -> Void) {
    write(name: key)
    object(body)
  }

  /// A list whose elements the body writes one by one.
  func list(_ body: () -> Void) {
    let depth = depth
    _ = begin(object: false)
    body()
    close(to: depth)
  }

  func list(_ key: StaticString, _ body: () -> Void) {
    write(name: key)
    list(body)
  }

  func element(_ value: String) {
    separate(in: depth)
    write(value)
  }

  func element(_ value: Int64) {
    separate(in: depth)
    write(value)
  }

  func element(_ value: Bool) {
    separate(in: depth)
    write(literal: value ? "true" : "false")
  }

  func list<Element>(_ key: StaticString, _ elements: [Element], _ body: (Element) -> Void) {
    write(name: key)
    list(elements, body)
  }

  func list<Element>(_ elements: [Element], _ body: (Element) -> Void) {
    let depth = depth
    let inner = begin(object: false)
    for element in elements {
      separate(in: inner)
      body(element)
    }
    close(to: depth)
  }

  func field(_ key: StaticString, _ value: String) {
    write(name: key)
    write(value)
  }

  func field(_ key: StaticString, _ value: String?) {
    if let value { field(key, value) }
  }

  func field(_ key: StaticString, _ value: Int64) {
    write(name: key)
    write(value)
  }

  func field(_ key: StaticString, _ value: Bool) {
    write(name: key)
    write(literal: value ? "true" : "false")
  }

  /// An amount that is not zero.
  func amount(_ key: StaticString, _ value: Money) {
    if value != .zero { field(key, value.fen) }
  }

  /// Amounts by kind, up to the last that is not zero; nothing when all are.
  func lanes(_ key: StaticString, _ values: [Int64]) {
    guard let last = values.lastIndex(where: { $0 != 0 }) else { return }
    list(key) { for value in values[...last] { element(value) } }
  }
}
