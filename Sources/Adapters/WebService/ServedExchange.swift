/// A request as the handler gets it: complete, within the limits, and of an institution whose key was checked if the
/// server checks keys.
public struct ServedRequest: Sendable {
  /// The method, in capitals: `POST`.
  public let method: String
  /// The path as sent, without the query: `/fsi/api/rsfComIfsService/callService/1101`.
  public let path: String
  /// The query as sent, without its question mark; empty when there is none.
  public let query: String
  /// The transaction number that the path ends in (交易编号, `infno`), if it does.
  public let transaction: String?
  /// The header fields, in the order they came.
  public let headers: ServedHeaders
  /// The body, whole.
  public let body: [UInt8]
  /// Who signed the request; `nil` when the server checks no signatures.
  public let gateway: GatewayIdentity?

  /// A request; the server makes them, and so do tests of handlers.
  public init(
    method: String, path: String, query: String = "", transaction: String? = nil,
    headers: ServedHeaders = ServedHeaders(), body: [UInt8] = [], gateway: GatewayIdentity? = nil
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.transaction = transaction
    self.headers = headers
    self.body = body
    self.gateway = gateway
  }
}

/// Header fields, found by name without regard to case.
public struct ServedHeaders: Sendable {
  /// Name and value of each field, as sent.
  public let fields: [(name: String, value: String)]

  /// Fields in their order.
  public init(_ fields: [(name: String, value: String)] = []) { self.fields = fields }

  /// The value of the first field of that name.
  public subscript(name: String) -> String? {
    fields.first { $0.name.isSameFieldName(as: name) }?.value
  }
}

/// What the handler answers.
public struct ServedResponse: Sendable {
  /// The HTTP status; the national interface answers 200 whatever the outcome.
  public var status: Int
  /// The media type of the body: `application/json; charset=utf-8`.
  public var contentType: String
  /// Further header fields.
  public var headers: [(name: String, value: String)]
  /// The body, whole.
  public var body: [UInt8]
  /// The transaction number that metrics and logs count the request under (交易编号, `infno`); one that the handler
  /// knows, never text taken unchecked from a message.
  public var transaction: String?
  /// The outcome that metrics and logs count the request under (交易状态码, `infcode`, or a numbered outcome).
  public var resultCode: String?
  /// The route of a page for logs, without what the client chose; `nil` for the interface, whose route is known.
  public var route: String?

  /// An answer.
  public init(
    status: Int = 200, contentType: String, headers: [(name: String, value: String)] = [], body: [UInt8],
    transaction: String? = nil, resultCode: String? = nil, route: String? = nil
  ) {
    self.status = status
    self.contentType = contentType
    self.headers = headers
    self.body = body
    self.transaction = transaction
    self.resultCode = resultCode
    self.route = route
  }
}

/// Answers a request.
///
/// It runs on the cooperative pool: work that blocks belongs on a ``BlockingLane``.
public typealias ServedHandler = @Sendable (ServedRequest) async -> ServedResponse

extension String {
  /// Whether two field names are the same but for the case of ASCII letters.
  func isSameFieldName(as other: String) -> Bool {
    let (own, their) = (utf8, other.utf8)
    return own.count == their.count
      && zip(own, their).allSatisfy { $0 == $1 || (($0 | 0x20) == ($1 | 0x20) && ($0 | 0x20).isLowercaseLetter) }
  }
}

extension UInt8 {
  /// Whether it is one of `a` to `z`.
  var isLowercaseLetter: Bool { UInt8(ascii: "a") <= self && self <= UInt8(ascii: "z") }
}
