import Foundation
import Testing
import WebService

private let path = PayerServerConfiguration.standardPath
private let now: Int64 = 1_772_323_200_000

/// The gateway's signature check.
@Suite(.timeLimit(.minutes(1)))
struct GatewayTests {
  /// The header fields of a request that is signed right, unless a test says otherwise.
  private func fields(
    key: String = "AK1", secret: String = "SK1", name: String = "1101", time: Int64 = now
  ) -> [String: String] {
    let signature = GatewayKeys.signature(
      accessKey: key, secret: secret, name: name, timestamp: "\(time)", version: "1.0.0")
    return [
      "_api_access_key": key, "_api_name": name, "_api_timestamp": "\(time)", "_api_version": "1.0.0",
      "_api_signature": signature,
    ]
  }

  private func ask(_ server: LoopbackServer, _ fields: [String: String], _ path: String = path) async throws
    -> RawResponse
  {
    try await server.ask(RawClient.post(path, "x", headers: fields.map { "\($0.key): \($0.value)" }))
  }

  private var configuration: PayerServerConfiguration {
    var configuration = PayerServerConfiguration()
    configuration.gateway = GatewayKeys(
      [
        "AK1": .init(institution: "H99010000001", secret: "SK1"),
        "AK2": .init(institution: "P99010000002", secret: "SK2"),
      ],
      now: { now })
    return configuration
  }

  @Test func `签名与独立工具的结果一致`() {
    // printf '%s' '_api_access_key=AK1&_api_name=1101&_api_timestamp=1772323200000&_api_version=1.0.0' |
    //   openssl dgst -sha1 -hmac SK1 -binary | base64
    let signature = GatewayKeys.signature(
      accessKey: "AK1", secret: "SK1", name: "1101", timestamp: "1772323200000", version: "1.0.0")
    #expect(signature == "35psxBjEaoYZb3noyKP3d7MjgMQ=")
  }

  @Test func `签名正确的请求带着机构交给处理者`() async throws {
    let handler: ServedHandler = { request in
      let gateway = request.gateway
      return ServedResponse(
        contentType: "text/plain", body: Array("\(gateway?.institution ?? "-") \(gateway?.name ?? "-")".utf8))
    }
    try await LoopbackServer.use(configuration, handler: handler) { server in
      let first = try await ask(server, fields())
      #expect(first.body == "H99010000001 1101")
      let second = try await ask(server, fields(key: "AK2", secret: "SK2", name: "2102"), path + "/2102")
      #expect(second.body == "P99010000002 2102")
      for time in [now - 1_800_000, now + 1_800_000] {
        let atEdge = try await ask(server, fields(time: time))
        #expect(atEdge.status == 200)
      }
    }
  }

  @Test func `签名不对的请求按网关的说法拒绝`() async throws {
    var unsigned = fields()
    unsigned["_api_signature"] = nil
    var forged = fields()
    forged["_api_name"] = "2207"
    var garbled = fields()
    garbled["_api_signature"] = "不是 base64"
    let cases: [([String: String], String, String)] = [
      ([:], path, "缺少服务网关的请求头!"), (unsigned, path, "缺少服务网关的请求头!"),
      (fields(time: now - 1_800_001), path, "签名时间戳超时!"), (fields(time: now + 1_800_001), path, "签名时间戳超时!"),
      (fields(time: .min), path, "签名时间戳超时!"), (fields(key: "AK3"), path, "非法用户!"),
      (fields(secret: "SK2"), path, "签名不一致!"), (fields(key: "AK2"), path, "签名不一致!"),
      (forged, path, "签名不一致!"), (garbled, path, "签名不一致!"), (fields(), path + "/2207", "签名不一致!"),
    ]
    try await LoopbackServer.use(configuration) { server in
      for (fields, path, message) in cases {
        let answer = try await ask(server, fields, path)
        #expect(answer.status == 401, "\(fields)")
        #expect(answer["Content-Type"] == "application/json; charset=utf-8")
        #expect(answer.body == "{\"code\":401,\"message\":\"\(message)\"}\n", "\(fields)")
      }
      // Health needs no signature, and none is asked for when no keys were given.
      let health = try await server.get("/healthz")
      #expect(health.status == 200)
    }
    try await LoopbackServer.use { server in
      let answer = try await ask(server, [:])
      #expect(answer.status == 200)
    }
  }
}
