import Glibc
import Synchronization

/// Why a client could not go on.
enum RawClientError: Error, Equatable {
  case connect(Int32)
  case send(Int32)
  case receive(Int32)
  /// The server closed before the answer was whole.
  case closed
  case malformed(String)
}

/// An answer as it came over the socket.
struct RawResponse: Sendable {
  let status: Int
  let headers: [(name: String, value: String)]
  let body: String

  subscript(name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
}

/// An HTTP client on a blocking socket, so that tests decide every byte that is sent and when.
///
/// For one thread at a time; call it inside ``blocking(_:)``.
final class RawClient: @unchecked Sendable {
  private let socket: Int32
  private var buffer: [UInt8] = []
  private var isOpen = true

  /// Connects to a port of the loopback; reading gives up after some seconds.
  init(port: Int, timeoutSeconds: Int = 15) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { throw RawClientError.connect(errno) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var limit = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    // A class that throws once all it holds is set is deinitialised: closing here, too, would close somebody else's.
    guard result == 0 else { throw RawClientError.connect(errno) }
  }

  deinit { close() }

  func close() {
    guard isOpen else { return }
    isOpen = false
    Glibc.close(socket)
  }

  /// Says that nothing more will be sent.
  func finishSending() { shutdown(socket, Int32(SHUT_WR)) }

  func send(_ text: String) throws { try send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, numericCast(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw RawClientError.send(errno) }
      sent += count
    }
  }

  /// Sends a POST with a body.
  func post(_ path: String, _ body: String, headers: [String] = ["Content-Type: application/json"]) throws {
    try send(Self.post(path, body, headers: headers))
  }

  /// The text of a POST.
  static func post(_ path: String, _ body: String, headers: [String] = ["Content-Type: application/json"]) -> String {
    let fields = (["Host: localhost", "Content-Length: \(body.utf8.count)"] + headers).joined(separator: "\r\n")
    return "POST \(path) HTTP/1.1\r\n\(fields)\r\n\r\n\(body)"
  }

  /// Sends a GET and reads its answer.
  func get(_ path: String) throws -> RawResponse {
    try send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
    return try response()
  }

  /// Reads one answer.
  func response(hasBody: Bool = true) throws -> RawResponse {
    let lines = try head().split(separator: "\r\n")
    let status = lines.first.flatMap { line in line.split(separator: " ").dropFirst().first.flatMap { Int($0) } }
    guard let status else { throw RawClientError.malformed("\(lines.first ?? "")") }
    let headers = lines.dropFirst().map { line -> (name: String, value: String) in
      let parts = line.split(separator: ":", maxSplits: 1)
      return (String(parts[0]), String(parts.dropFirst().first ?? "").trimmed)
    }
    let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
    let body = hasBody ? try take(length) : []
    return RawResponse(status: status, headers: headers, body: String(decoding: body, as: UTF8.self))
  }

  /// Whether the server closes now, without sending more.
  func isClosedByServer() -> Bool {
    guard buffer.isEmpty else { return false }
    do {
      try fill()
      return false
    } catch {
      return error == .closed || error == .receive(ECONNRESET)
    }
  }

  private func head() throws(RawClientError) -> String {
    let end = Array("\r\n\r\n".utf8)
    while true {
      if let range = buffer.firstRange(of: end) {
        let head = String(decoding: buffer[..<range.lowerBound], as: UTF8.self)
        buffer.removeSubrange(..<range.upperBound)
        return head
      }
      try fill()
    }
  }

  private func take(_ count: Int) throws(RawClientError) -> [UInt8] {
    while buffer.count < count { try fill() }
    defer { buffer.removeFirst(count) }
    return Array(buffer[..<count])
  }

  private func fill() throws(RawClientError) {
    var chunk = [UInt8](repeating: 0, count: 65536)
    let count = chunk.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
    if count < 0 { throw .receive(errno) }
    if count == 0 { throw .closed }
    buffer += chunk[..<count]
  }
}

extension String {
  /// Without blanks at either end.
  var trimmed: String {
    let head = drop { $0 == " " }
    return String(head.reversed().drop { $0 == " " }.reversed())
  }
}
