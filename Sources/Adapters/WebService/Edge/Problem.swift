/// A request that the edge answers itself, as a problem document (RFC 9457) with Chinese and English text.
struct Problem: Sendable {
  let status: Int
  /// A short name for metrics and logs.
  let name: String
  let chinese: String
  let english: String
  var headers: [(name: String, value: String)] = []

  static let malformed = Problem(
    status: 400, name: "malformed", chinese: "不是正确的 HTTP 请求", english: "not a well-formed HTTP request")
  static let notFound = Problem(
    status: 404, name: "not-found", chinese: "没有这个地址", english: "there is nothing at this path")
  static let slowRequest = Problem(
    status: 408, name: "slow-request", chinese: "请求未在时限内收全，未处理",
    english: "the request did not arrive in time; nothing was processed")
  static let notText = Problem(
    status: 415, name: "not-text", chinese: "请求体应为 UTF-8 文本（JSON），且不压缩",
    english: "the body has to be UTF-8 text (JSON), not compressed")
  static let headersTooLarge = Problem(
    status: 431, name: "headers-too-large", chinese: "请求头过大", english: "the header fields are too large")
  static let overloaded = Problem(
    status: 503, name: "overloaded", chinese: "系统繁忙，未处理，请稍后重发",
    english: "too many requests at once; nothing was processed, send it again later",
    headers: [("Retry-After", "1")])
  static let outcomeUnknown = Problem(
    status: 504, name: "outcome-unknown", chinese: "未在时限内得到结果，结果未知：请以相同报文重发，或做冲正交易（2601）",
    english: "no result in time, the outcome is unknown: send the same message again, or reverse it (2601)")
  static let draining = Problem(
    status: 503, name: "draining", chinese: "正在停止服务", english: "the server is stopping",
    headers: [("Retry-After", "5")])
  static let notReady = Problem(
    status: 503, name: "not-ready", chinese: "尚未就绪", english: "not ready", headers: [("Retry-After", "5")])

  static func tooLarge(limit: Int) -> Problem {
    Problem(
      status: 413, name: "too-large", chinese: "请求体超过 \(limit) 字节", english: "the body is longer than \(limit) bytes")
  }

  static func wrongMethod(allowed: String) -> Problem {
    Problem(
      status: 405, name: "wrong-method", chinese: "此地址只接受 \(allowed)", english: "this path takes \(allowed) only",
      headers: [("Allow", allowed)])
  }

  /// The answer that says so.
  var response: ServedResponse {
    ServedResponse(status: status, problem: name, chinese: chinese, english: english, headers: headers)
  }
}

extension ServedResponse {
  /// A problem document (RFC 9457) in Chinese and English, counted under its name.
  ///
  /// ```json
  /// {"type":"about:blank","status":404,"code":"not-found","title":"没有这个地址","title_en":"there is nothing …"}
  /// ```
  public init(
    status: Int, problem name: String, chinese: String, english: String,
    headers: [(name: String, value: String)] = []
  ) {
    var json = JSONText()
    json.field("type", "about:blank")
    json.field("status", status)
    json.field("code", name)
    json.field("title", chinese)
    json.field("title_en", english)
    self.init(
      status: status, contentType: "application/problem+json; charset=utf-8", headers: headers, body: json.closed,
      resultCode: name)
  }
}

/// A flat JSON object being written.
struct JSONText {
  private var text = "{"

  mutating func field(_ name: String, _ value: Int) { add(name, "\(value)") }

  mutating func field(_ name: String, _ value: String) { add(name, "\"\(Self.escaped(value))\"") }

  /// The bytes of the finished object.
  var closed: [UInt8] { Array((text + "}\n").utf8) }

  private mutating func add(_ name: String, _ value: String) {
    if text.utf8.count > 1 { text += "," }
    text += "\"\(name)\":\(value)"
  }

  private static func escaped(_ value: String) -> String {
    var text = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case _ where scalar.value < 0x20: text += " "
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
