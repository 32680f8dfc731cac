import NIOCore

/// Writes the messages of a run as HTTP requests.
struct Envelope: Sendable {
  let host: String
  let path: String
  let institution: String
  let signNumber: String

  /// A whole request; `sequence` makes the message's id distinct.
  func request(_ message: Message, _ turn: Turn, sequence: Int, allocator: ByteBufferAllocator) -> ByteBuffer {
    let body = envelope(message, turn, sequence: sequence)
    let length = body.utf8.count
    var buffer = allocator.buffer(capacity: length + 200)
    buffer.writeString(
      "POST \(path) HTTP/1.1\r\nHost: \(host)\r\nContent-Type: application/json\r\nContent-Length: \(length)\r\n\r\n")
    buffer.writeString(body)
    return buffer
  }

  private func envelope(_ message: Message, _ turn: Turn, sequence: Int) -> String {
    let number = String(sequence % 100_000_000)
    let id = institution + turn.run + String(repeating: "0", count: 8 - number.utf8.count) + number
    return """
      {"infno":"\(message.transaction)","msgid":"\(id)","mdtrtarea_admvs":"990100","insuplc_admdvs":"990100",\
      "recer_sys_code":"HIS","dev_no":"","dev_safe_info":"","cainfo":"","signtype":"","infver":"1.0.0",\
      "opter_type":"1","opter":"0001","opter_name":"测试","inf_time":"\(turn.day) 10:00:00",\
      "fixmedins_code":"\(institution)","fixmedins_name":"示例市第一人民医院","sign_no":"\(signNumber)",\
      "input":\(message.input(turn))}
      """
  }
}

/// Takes answers apart: just enough of HTTP/1.1 for a server that states the length.
struct AnswerScanner {
  /// One answer.
  struct Answer {
    let status: Int
    let body: ByteBufferView
    let bytes: Int
  }

  private static let headEnd = Array("\r\n\r\n".utf8)
  private static let lengthField = Array("content-length:".utf8)

  /// The first answer of the buffer if it is whole; `nil` while more has to come.
  static func next(in buffer: inout ByteBuffer) -> Answer? {
    let view = buffer.readableBytesView
    guard let end = position(of: headEnd, in: view, from: view.startIndex) else { return nil }
    let head = view[..<end]
    var length = 0
    var index = head.startIndex
    while let found = head[index...].firstIndex(of: UInt8(ascii: "\n")) {
      index = found + 1
      guard matches(lengthField, head, at: index) else { continue }
      for byte in head[(index + lengthField.count)...] where byte != UInt8(ascii: " ") {
        guard (48...57).contains(byte) else { break }
        length = length * 10 + Int(byte - 48)
      }
      break
    }
    let bodyStart = end + headEnd.count
    guard view.endIndex - bodyStart >= length else { return nil }
    // HTTP/1.1 200
    let digits = head.dropFirst(9).prefix(3)
    let status = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    let bytes = bodyStart + length - view.startIndex
    let answer = Answer(status: status, body: view[bodyStart..<(bodyStart + length)], bytes: bytes)
    buffer.moveReaderIndex(forwardBy: bytes)
    return answer
  }

  /// The text of a string member, found without parsing: `"mdtrt_id":"…"`.
  static func text(of member: String, in body: ByteBufferView) -> String? {
    guard let found = position(of: Array("\"\(member)\":\"".utf8), in: body, from: body.startIndex) else { return nil }
    let start = found + member.utf8.count + 4
    guard let end = body[start...].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
    return String(decoding: body[start..<end], as: UTF8.self)
  }

  /// Whether the envelope says success, as number or as string.
  static func isSuccess(_ body: ByteBufferView) -> Bool {
    guard let found = position(of: Array("\"infcode\":".utf8), in: body, from: body.startIndex) else { return false }
    let rest = body[(found + 10)...].drop { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: " ") }
    return rest.first == UInt8(ascii: "0")
  }

  private static func position(of wanted: [UInt8], in view: ByteBufferView, from start: Int) -> Int? {
    var index = start
    while let found = view[index...].firstIndex(of: wanted[0]) {
      if matches(wanted, view, at: found, ignoringCase: false) { return found }
      index = found + 1
    }
    return nil
  }

  private static func matches(_ wanted: [UInt8], _ view: ByteBufferView, at index: Int, ignoringCase: Bool = true)
    -> Bool
  {
    guard view.endIndex - index >= wanted.count else { return false }
    for (offset, byte) in wanted.enumerated() {
      let other = view[index + offset]
      if byte != other && !(ignoringCase && byte == (other | 0x20)) { return false }
    }
    return true
  }
}
