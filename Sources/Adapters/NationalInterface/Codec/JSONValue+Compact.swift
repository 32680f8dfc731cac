import Workflows

/// What takes bytes one piece after the other.
protocol ByteSink {
  mutating func take(_ byte: UInt8)
  mutating func take(_ bytes: UnsafeBufferPointer<UInt8>)
}

extension [UInt8]: ByteSink {
  mutating func take(_ byte: UInt8) { append(byte) }
  mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) { append(contentsOf: bytes) }
}

extension Fingerprint: ByteSink {
  mutating func take(_ byte: UInt8) { add(byte) }
  mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) { add(bytes) }
}

extension ByteSink {
  mutating func take(_ text: StaticString) {
    take(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}

extension JSONValue {
  /// Writes the value without blanks, strings as they were escaped; members that a later one replaces are left out.
  func writeCompactly(to sink: inout some ByteSink) {
    document.nodes.withUnsafeBufferPointer { nodes in
      document.bytes.withUnsafeBufferPointer { source in
        let walk = CompactWalk(nodes: nodes, source: source)
        _ = walk.write(index, to: &sink)
      }
    }
  }
}

/// A walk through a part of a document.
private struct CompactWalk {
  let nodes: UnsafeBufferPointer<JSONNode>
  let source: UnsafeBufferPointer<UInt8>

  /// Writes a node and returns the index of the next.
  func write(_ index: Int, to sink: inout some ByteSink) -> Int {
    let node = nodes[index]
    switch node.kind {
    case .null: sink.take("null")
    case .yes: sink.take("true")
    case .no: sink.take("false")
    case .number: sink.take(text(of: node))
    case .text, .name:
      sink.take(Ascii.quote)
      sink.take(text(of: node))
      sink.take(Ascii.quote)
    case .list:
      sink.take(Ascii.openList)
      var child = index + 1
      while child < Int(node.next) {
        if child > index + 1 { sink.take(Ascii.comma) }
        child = write(child, to: &sink)
      }
      sink.take(Ascii.closeList)
    case .object:
      writeMembers(of: index, to: &sink)
    }
    return Int(node.next)
  }

  private func writeMembers(of index: Int, to sink: inout some ByteSink) {
    sink.take(Ascii.openObject)
    var isFirst = true
    var name = index + 1
    while name < Int(nodes[index].next) {
      if !nodes[name].isReplaced {
        if !isFirst { sink.take(Ascii.comma) }
        isFirst = false
        _ = write(name, to: &sink)
        sink.take(Ascii.colon)
        _ = write(name + 1, to: &sink)
      }
      name = Int(nodes[name + 1].next)
    }
    sink.take(Ascii.closeObject)
  }

  private func text(of node: JSONNode) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: source[Int(node.start)..<Int(node.start + node.count)])
  }
}
