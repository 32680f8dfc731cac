import Crypto
import Foundation

/// The gateway's signature check: HMAC-SHA1 over the `_api_*` header fields with a key per institution.
///
/// Source: interface edition of Hunan V1.1.27, section 4.5. The signature is the base64 of HMAC-SHA1 over
/// `_api_access_key=…&_api_name=…&_api_timestamp=…&_api_version=…`; the timestamp, in milliseconds, may be 30 minutes
/// off. SHA-1 is what the gateways use; it is no choice of this platform.
public struct GatewayKeys: Sendable {
  /// One institution's key.
  public struct Key: Sendable {
    /// The institution the key belongs to (定点医药机构编号, `fixmedins_code`).
    public let institution: String
    /// The secret half.
    public let secret: String

    /// A key of an institution.
    public init(institution: String, secret: String) {
      self.institution = institution
      self.secret = secret
    }
  }

  private let keys: [String: Key]
  private let window: Int64
  private let now: @Sendable () -> Int64

  /// - Parameters:
  ///   - keys: Keys by their access key.
  ///   - windowMilliseconds: How far the timestamp may be off, either way.
  ///   - now: Milliseconds since 1970; the system's clock when left out.
  public init(
    _ keys: [String: Key], windowMilliseconds: Int64 = 30 * 60 * 1000,
    now: (@Sendable () -> Int64)? = nil
  ) {
    self.keys = keys
    self.window = windowMilliseconds
    self.now = now ?? { Int64(Date().timeIntervalSince1970 * 1000) }
  }

  /// The signature that a client has to send: base64 of HMAC-SHA1.
  public static func signature(
    accessKey: String, secret: String, name: String, timestamp: String, version: String
  ) -> String {
    let text = signedText(accessKey: accessKey, name: name, timestamp: timestamp, version: version)
    let key = SymmetricKey(data: Array(secret.utf8))
    return Data(HMAC<Insecure.SHA1>.authenticationCode(for: Array(text.utf8), using: key)).base64EncodedString()
  }

  /// Who signed a request, or why it is refused.
  func check(_ headers: ServedHeaders, transaction: String?) -> Result<GatewayIdentity, GatewayRefusal> {
    guard let name = headers["_api_name"], let version = headers["_api_version"],
      let timestamp = headers["_api_timestamp"], let accessKey = headers["_api_access_key"],
      let signature = headers["_api_signature"]
    else { return .failure(.missingFields) }
    guard let sent = Int64(timestamp), sent > 0, (now() - sent).magnitude <= UInt64(window) else {
      return .failure(.expired)
    }
    guard let key = keys[accessKey] else { return .failure(.unknownKey) }
    let text = Self.signedText(accessKey: accessKey, name: name, timestamp: timestamp, version: version)
    // Compares in constant time. A signature for one transaction does not open the path of another.
    guard let code = Data(base64Encoded: signature), transaction == nil || transaction == name,
      HMAC<Insecure.SHA1>.isValidAuthenticationCode(
        code, authenticating: Array(text.utf8), using: SymmetricKey(data: Array(key.secret.utf8)))
    else { return .failure(.wrongSignature) }
    return .success(GatewayIdentity(accessKey: accessKey, institution: key.institution, name: name))
  }

  private static func signedText(accessKey: String, name: String, timestamp: String, version: String) -> String {
    "_api_access_key=\(accessKey)&_api_name=\(name)&_api_timestamp=\(timestamp)&_api_version=\(version)"
  }
}

/// Who signed a request.
public struct GatewayIdentity: Sendable, Equatable {
  /// The access key that was used.
  public let accessKey: String
  /// The institution the key belongs to (定点医药机构编号, `fixmedins_code`).
  public let institution: String
  /// What was signed for (`_api_name`, the transaction number).
  public let name: String

  /// An identity; the server makes them, and so do tests of handlers.
  public init(accessKey: String, institution: String, name: String) {
    self.accessKey = accessKey
    self.institution = institution
    self.name = name
  }
}

/// Why a signature was refused, in the gateways' own words.
enum GatewayRefusal: String, Error {
  case missingFields = "缺少服务网关的请求头!"
  case expired = "签名时间戳超时!"
  case unknownKey = "非法用户!"
  case wrongSignature = "签名不一致!"

  /// The answer as gateways give it: `{"code":401,"message":…}`.
  var response: ServedResponse {
    var json = JSONText()
    json.field("code", 401)
    json.field("message", rawValue)
    return ServedResponse(
      status: 401, contentType: "application/json; charset=utf-8", body: json.closed, resultCode: "unsigned")
  }
}
